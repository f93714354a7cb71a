"""How high the header or the footer of a template is: what is higher than the margin moves text."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from hrplan.documents.word_layout import EXTENT, picture_height
from hrplan.documents.word_styles import PLAIN, TWIP, Look, W, look_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_FONT_LINE = 1.17  # a line against the size of its letters, as most fonts have it
_LETTER = 0.5  # the width of a usual letter against its size
_INLINE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"


def height(root: "Element", looks: Mapping[str, Look], width: float) -> float:
    """How high the paragraphs and tables of an element stand [point].

    Parameters
    ----------
    looks : look of each paragraph style by its id
    width : between the margins [point]

    What floats over the page counts for nothing.
    """
    return sum(_block(block, looks, width) for block in _blocks(root))


def _blocks(root: "Element") -> list["Element"]:
    """Paragraphs and tables in their order, those of content controls among them."""
    found: list[Element] = []
    for child in root:
        if child.tag in {f"{W}p", f"{W}tbl"}:
            found.append(child)
        elif child.tag in {f"{W}sdt", f"{W}sdtContent"}:
            found += _blocks(child)
    return found


def _block(block: "Element", looks: Mapping[str, Look], width: float) -> float:
    return _paragraph(block, looks, width) if block.tag == f"{W}p" else _table(block, looks, width)


def _paragraph(paragraph: "Element", looks: Mapping[str, Look], width: float) -> float:
    own = paragraph.find(f"{W}pPr")
    style = None if own is None else own.find(f"{W}pStyle")
    name = "Normal" if style is None else str(style.get(f"{W}val"))
    look = look_of(own, None).over(looks.get(name, PLAIN))
    runs = [look_of(None, run.find(f"{W}rPr")).size for run in paragraph.iter(f"{W}r")]
    size = max((one for one in runs if one), default=look.size or 0)
    letters = sum(len(text.text or "") for text in paragraph.iter(f"{W}t"))
    room = max(width - (look.left or 0) - (look.right or 0), size)
    lines = max(math.ceil(letters * size * _LETTER / room), 1) + len(list(paragraph.iter(f"{W}br")))
    pictures = [
        picture_height(extent)
        for inline in paragraph.iter(_INLINE)
        for extent in inline.iter(EXTENT)
    ]
    text = lines * size * _FONT_LINE * (look.line or 1)
    return (look.before or 0) + max(text, *pictures, 0) + (look.after or 0)


def _table(table: "Element", looks: Mapping[str, Look], width: float) -> float:
    return sum(_row(row, looks, width) for row in table.findall(f"{W}tr"))


def _row(row: "Element", looks: Mapping[str, Look], width: float) -> float:
    cells = row.findall(f"{W}tc")
    share = width / max(len(cells), 1)
    asked = row.find(f"{W}trPr/{W}trHeight")
    least = 0.0 if asked is None else float(asked.get(f"{W}val", 0)) / TWIP
    return max([least, *(height(cell, looks, _width(cell, share)) for cell in cells)])


def _width(cell: "Element", otherwise: float) -> float:
    """The width that a cell states in twentieths of a point; else an equal share."""
    stated = cell.find(f"{W}tcPr/{W}tcW")
    if stated is None or stated.get(f"{W}type") != "dxa":
        return otherwise
    return float(stated.get(f"{W}w", 0)) / TWIP or otherwise
