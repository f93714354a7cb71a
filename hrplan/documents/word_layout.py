"""On which page of a Word file each bookmark falls: its body is read back and set by Typst.

Word alone knows its pages, and it is not here. But what it does with styles as plain as ours is
known: lines of the height that the font and the spacing ask, rows that do not break, headings that
stay with what follows. The letters of STIX General are as wide as those of Times New Roman, so
lines end at the same words.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hrplan.documents.word_fonts import TIMES, Letters
from hrplan.documents.word_styles import (
    TWIP,
    Look,
    W,
    cell_margins,
    indents,
    look_of,
    looks,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Data = dict[str, object]

_TEMPLATE = Path(__file__).parent / "house" / "word.typ"
_FACES = ("STIXGeneral", "STIXGeneralBol", "STIXGeneralItalic", "STIXGeneralBolIta")
_FONTS = ("STIXGeneral", "DejaVu Sans")
_RULE = 0.5  # [point] the line above a row
EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_RUN, _TEXT, _BREAK, _MARK = (f"{W}{tag}" for tag in ("r", "t", "br", "bookmarkStart"))
_READ = (_RUN, _BREAK, _MARK, EXTENT)  # within a paragraph
_EMU = 12700.0  # in one point
_FOOT = 0.25  # of the letters' size, below a picture that stands in a line


def bookmark_pages(
    body: "Element", styles: "Element", numbering: "Element", letters: Letters = TIMES
) -> Mapping[str, int]:
    """The page of each bookmark of a body (w:body), pages counted from 1.

    Parameters
    ----------
    body : element w:body, as it stands in the file
    styles, numbering : elements w:styles and w:numbering of the same file
    letters : how wide and high those of running text are

    Returns
    -------
    Name of each bookmark -> number of its page.
    """
    import typst  # noqa: PLC0415 -- slow import

    data = json.dumps(_Reader(styles, numbering).document(body) | _told(letters))
    with tempfile.TemporaryDirectory() as root:
        _copy_fonts(Path(root))
        compiler = typst.Compiler(
            input=_TEMPLATE.read_bytes(),
            root=root,
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[root]),
            sys_inputs={"document": data},
            package_path=root,
            package_cache_path=root,
        )
        found = json.loads(compiler.query("<mark>", field="value"))
    return {str(one["name"]): int(one["page"]) for one in found}


def _told(letters: Letters) -> Data:
    return {"line": letters.line, "wider": letters.wider}


def _copy_fonts(folder: Path) -> None:
    import matplotlib as mpl  # noqa: PLC0415 -- slow import

    for name in (*_FACES, "DejaVuSans"):
        shutil.copy(Path(mpl.get_data_path()) / "fonts" / "ttf" / f"{name}.ttf", folder)


class _Reader:
    """Turns the parts of a body into what the template sets."""

    def __init__(self, styles: "Element", numbering: "Element") -> None:
        self.looks = looks(styles)
        self.margins = cell_margins(styles)
        self.indents = indents(numbering)
        self.known: dict[tuple[bytes, Look | None], Look] = {}

    def document(self, body: "Element") -> Data:
        sections: list[Data] = []
        items: list[Data] = []
        for element in body:
            if element.tag == f"{W}sectPr":
                sections.append({**_page(element), "items": items})
            elif element.tag == f"{W}tbl":
                items.append(self.table(element))
            elif element.tag == f"{W}p":
                items += self.paragraphs(element)
                ending = element.find(f"{W}pPr/{W}sectPr")
                if ending is not None:
                    sections.append({**_page(ending), "items": items})
                    items = []
        return {
            "sections": sections, "fonts": list(_FONTS), "rule": _RULE,
        }  # fmt: skip

    def paragraphs(self, element: "Element") -> Iterator[Data]:
        """The paragraph; one that is a page break makes the next begin a page."""
        look = self.look(element.find(f"{W}pPr"))
        found: dict[str, list[Element]] = {tag: [] for tag in _READ}
        for one in element.iter(*_READ):
            found[one.tag].append(one)
        runs = [run for run in found[_RUN] if run.find(f"{W}instrText") is None]
        breaks = any(one.get(f"{W}type") == "page" for one in found[_BREAK])
        yield {
            "kind": "paragraph",
            **_said(look),
            "runs": [shown for run in runs if (shown := self.run(run, look))["text"]],
            "marks": [str(one.get(f"{W}name")) for one in found[_MARK]],
            "pictures": [picture_height(one) + _FOOT * (look.size or 0) for one in found[EXTENT]],
            **({"new_page": True} if breaks else {}),
        }

    def look(self, own: "Element | None") -> Look:
        """The look of a paragraph, read once for all whose properties are the same."""
        key = _key(own), None
        if key not in self.known:
            self.known[key] = self._look(own)
        return self.known[key]

    def _look(self, own: "Element | None") -> Look:
        """Its own words over its list's, over its style's."""
        style = None if own is None else own.find(f"{W}pStyle")
        below = self.looks["Normal" if style is None else str(style.get(f"{W}val"))]
        listed = None if own is None else own.find(f"{W}numPr/{W}numId")
        if own is not None and listed is not None:
            level = own.find(f"{W}numPr/{W}ilvl")
            at = "0" if level is None else str(level.get(f"{W}val"))
            below = self.indents.get((str(listed.get(f"{W}val")), at), Look()).over(below)
        return look_of(own, None).over(below)

    def run(self, run: "Element", look: Look) -> Data:
        said = run.find(f"{W}rPr")
        key = _key(said), look
        if key not in self.known:
            self.known[key] = look_of(None, said).over(look)
        own = self.known[key]
        parts = run.iter(_TEXT, _BREAK)
        text = "".join("\n" if one.tag == _BREAK else one.text or "" for one in parts)
        return {"text": text, "size": own.size, "bold": own.bold, "italic": own.italic}

    def table(self, element: "Element") -> Data:
        style = element.find(f"{W}tblPr/{W}tblStyle")
        margins = self.margins["TableNormal" if style is None else str(style.get(f"{W}val"))]
        widths = [float(one.get(f"{W}w", 0)) / TWIP for one in element.iter(f"{W}gridCol")]
        return {
            "kind": "table",
            "columns": widths,
            "side": margins.get("left", 0.0),
            "bottom": margins.get("bottom", 0.0),
            "rows": [self.row(row) for row in element.findall(f"{W}tr")],
        }

    def row(self, row: "Element") -> Data:
        cells = [self.cell(cell) for cell in row.findall(f"{W}tc")]
        kept = [look for cell in cells for look in cell["paragraphs"]]  # type: ignore[attr-defined]
        return {
            "head": row.find(f"{W}trPr/{W}tblHeader") is not None,
            "keep": all(one["keep_next"] for one in kept),
            "cells": cells,
        }

    def cell(self, cell: "Element") -> Data:
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        return {
            "span": 1 if span is None else int(span.get(f"{W}val", 1)),
            "paragraphs": [one for p in cell.findall(f"{W}p") for one in self.paragraphs(p)],
        }


@cache
def _said(look: Look) -> Data:
    return asdict(look)


def _key(properties: "Element | None") -> bytes:
    from lxml.etree import tostring  # noqa: PLC0415 -- slow import

    return b"" if properties is None else tostring(properties, with_tail=False)


def _page(section: "Element") -> Data:
    size, margin = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margin is None:
        raise ValueError("A section of our files states its page.")
    inner = {side: float(margin.get(f"{W}{side}", 0)) / TWIP for side in _SIDES}
    outer = {"width": "w", "height": "h"}
    return {**inner, **{one: float(size.get(f"{W}{a}", 0)) / TWIP for one, a in outer.items()}}


_SIDES = ("top", "bottom", "left", "right")


def picture_height(extent: "Element") -> float:
    """[point] of a picture, given its wp:extent."""
    return float(extent.get("cy", 0)) / _EMU
