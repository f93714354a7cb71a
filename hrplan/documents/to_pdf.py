"""A document as a tagged PDF set by Typst: the tree goes in as data and never as markup."""

import re

from hrplan.documents import charts, palette
from hrplan.documents.columns import (
    aligned,
    column_shares,
    letter_size,
    list_stands_together,
    stands_together,
)
from hrplan.documents.nodes import (
    Bullets,
    Callout,
    Chart,
    Document,
    KeyFigures,
    PageBreak,
    Paragraph,
    Reference,
    Rich,
    Table,
    TreeError,
)
from hrplan.documents.outline import Heading, Layout, Placed, laid_out
from hrplan.documents.typeset import FONTS, typeset
from hrplan.documents.words import ENGLISH, Words, unbroken, xml_safe

_PAGE = re.compile(rb"/Type\s*/Page\b")
_REGION = 2  # letters of a country code
_LONG_NUMBER = 7  # characters; beyond them the numbers of tiles are set smaller

Data = dict[str, object]


def pdf(document: Document, words: Words = ENGLISH, mark: str = "") -> bytes:
    """The document as the bytes of a tagged PDF; the same document gives the same bytes.

    `mark` is kept in the properties of the file, among the keywords.
    """
    return typeset("document.typ", {**_data(document, words), "mark": _safe(mark)}, document.as_of)


def pages(made: bytes) -> int:
    """How many pages a PDF has that `pdf` made."""
    return len(_PAGE.findall(made))


# --- The tree as data --------------------------------------------------------------------------


def _data(document: Document, words: Words) -> Data:
    layout = laid_out(document, words)
    facts = (
        f"{words.version} {document.version}",
        f"{words.as_of} {words.date(document.as_of)}",
        document.edition,
    )
    day = document.as_of
    version = f"{words.version} {document.version}"
    language, _, region = document.language.partition("-")
    shown = {"contents": words.contents, "control": words.control, "page": _page_parts(words)}
    return {
        "title": _safe(document.title),
        "subtitle": _safe(document.subtitle),
        "administration": _safe(document.administration),
        "notice": _safe(document.notice),
        "head": _safe(document.edition or version),
        "foot": _safe(document.notice or version),
        "facts": [_safe(fact) for fact in facts if fact],
        "day": {"year": day.year, "month": day.month, "day": day.day},
        "lang": language.lower(),
        "region": region if len(region) == _REGION else "GB" if language == "en" else None,
        "fonts": list(FONTS),
        "control": [[_safe(label), _safe(value)] for label, value in document.control],
        "words": shown,
        "logo": _logo(document),
        "cover": _drawing(document.cover, words, charts.PORTRAIT) if document.cover else None,
        "stretches": [
            {
                "wide": stretch.landscape,
                "pieces": [_piece(piece, layout, words) for piece in stretch.pieces],
            }
            for stretch in layout.stretches()
        ],
    }


def _safe(text: str) -> str:
    return xml_safe(unbroken(text).replace("\r\n", "\n").replace("\r", "\n"))


def _page_parts(words: Words) -> list[str]:
    """The footer's words with NUL for the page and SOH for the number of pages."""
    marked = words.page("\x02\x00\x02", "\x02\x01\x02")
    return [part for part in marked.split("\x02") if part]


def _logo(document: Document) -> Data | None:
    if document.logo is None:
        return None
    return {"data": list(document.logo.data), "alternative": _safe(document.logo.alternative)}


def _drawing(chart: Chart, words: Words, width: float) -> Data:
    return {
        "svg": charts.svg(chart, words, width),
        "alternative": _safe(charts.alternative(chart)),
    }


def _runs(rich: Rich, layout: Layout) -> list[Data]:
    return [
        {"text": _safe(run.text), "bold": run.bold, "italic": run.italic, "anchor": run.anchor}
        for run in layout.runs(rich)
    ]


def _piece(piece: Heading | Placed, layout: Layout, words: Words) -> Data:
    if isinstance(piece, Heading):
        return {
            "kind": "heading",
            "title": _safe(piece.title),
            "number": piece.number,
            "depth": piece.depth,
            "anchor": piece.anchor,
        }
    match piece.block:
        case Paragraph(text=text, style=style):
            runs = _runs(text, layout)
            return {"kind": "paragraph", "style": style, "runs": runs, "leads": piece.leads}
        case Bullets(items=items, ordered=ordered) as bullets:
            entries = [_runs(item, layout) for item in items]
            whole = list_stands_together(bullets)
            return {"kind": "bullets", "items": entries, "ordered": ordered, "whole": whole}
        case Callout(kind=tone, text=text, title=title):
            shown = _safe(title or str(getattr(words, tone)))
            runs = _runs(text, layout)
            return {"kind": "callout", "tone": tone, "title": shown, "runs": runs}
        case Reference(mark=mark, text=text, address=address):
            told = {"mark": _safe(mark), "text": _safe(text), "address": _safe(address)}
            return {"kind": "reference", **told}
        case KeyFigures() as figures:
            return _tiles(figures)
        case PageBreak():
            return {"kind": "pagebreak"}
        case Table() as table:
            return _table(table, piece)
        case Chart() as chart:
            width = charts.LANDSCAPE if piece.landscape else charts.PORTRAIT
            drawing = _drawing(chart, words, width)
            return {"kind": "figure", **_captioned(piece, chart.caption), **drawing}
    raise TreeError(f"{type(piece.block).__name__} has no form in PDF.")


def _captioned(piece: Placed, caption: str) -> Data:
    return {"label": piece.label, "anchor": piece.anchor, "caption": _safe(caption)}


def _tiles(figures: KeyFigures) -> Data:
    items = [
        {"number": _safe(one.number), "label": _safe(one.label), "note": _safe(one.note)}
        for one in figures.items
    ]
    longest = max((len(one.number) for one in figures.items), default=0)
    return {"kind": "tiles", "items": items, "size": 15 if longest > _LONG_NUMBER else 20}


def _table(table: Table, piece: Placed) -> Data:
    return {
        "kind": "table",
        **_captioned(piece, table.caption),
        "note": _safe(table.note),
        "whole": stands_together(table, landscape=piece.landscape),
        "size": letter_size(table) + 0.5,
        "columns": [_safe(name) for name in table.columns],
        "align": [aligned(table, index) for index in range(len(table.columns))],
        "shares": list(column_shares(table, landscape=piece.landscape)),
        "groups": [{"label": _safe(one.label), "span": one.span} for one in table.groups],
        "rows": [_row(table, index) for index in range(len(table.rows))],
    }


def _row(table: Table, index: int) -> Data:
    total = table.total and index == len(table.rows) - 1
    shades = table.shading[index] if table.shading else ("",) * len(table.columns)
    cells = []
    for text, name in zip(table.rows[index], shades, strict=True):
        fill = palette.shade(name) or (palette.BAND if total else "")
        cells.append({"text": _safe(text), "fill": fill, "ink": palette.ink(name) if name else ""})
    return {"cells": cells, "total": total, "subhead": index in table.subheads}
