"""A document as accessible HTML: a fragment for pages, a self-contained page for keeping."""

import base64
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from html import escape
from itertools import repeat
from pathlib import Path

from hrplan.documents import charts
from hrplan.documents.behind import table_behind
from hrplan.documents.columns import aligned
from hrplan.documents.nodes import (
    Block,
    Bullets,
    Callout,
    Chart,
    Document,
    KeyFigures,
    PageBreak,
    Paragraph,
    Picture,
    Reference,
    Section,
    Source,
    Table,
    TreeError,
)
from hrplan.documents.outline import Heading, Layout, Placed, Run, laid_out
from hrplan.documents.places import Place, places_in
from hrplan.documents.slots import around, named, slot
from hrplan.documents.tracing import narrowed
from hrplan.documents.words import ENGLISH, Words, right_to_left, unbroken, xml_safe

_STYLESHEET = Path(__file__).parent / "house" / "page.css"
_DRAWING_ID = re.compile(r"(?<=[\"# (])c[0-9a-f]{10}(?=-)")
_PNG = b"\x89PNG"
Told = Callable[[Source], str]
Spots = Sequence[Place]  # the places of a piece; none where no slots are wanted


def fragment(
    document: Document,
    words: Words = ENGLISH,
    told: Told | None = None,
    *,
    with_slots: bool = False,
) -> str:
    """The document as one `<article>`: classes only, no script, no style attribute.

    It fits under the strictest content security policy, given the rules of `stylesheet()`. With
    `told` each table, figure and statement says, folded up, which rows it comes from; the words
    for a source are marked with the page that shows them, for the page around to link. With
    slots every place bears its anchor and can be given what is said of it (`slots.filled`).
    """
    layout = laid_out(document, words)
    places = places_in(layout, words) if with_slots else repeat(())
    return (
        f'<article class="document" lang="{quoted(document.language)}"'
        f'{_direction(document)} aria-labelledby="document-title">'
        f"{_cover(document, words)}{_control(document, words)}{_contents(layout, words)}"
        '<div class="document-text" id="document-text">'
        f"{_text(layout, words, places, told)}</div></article>"
    )


def passage(blocks: tuple[Block, ...], language: str, words: Words = ENGLISH) -> str:
    """Blocks without a document round them, as they stand in one: for a look before."""
    document = Document("", "", "", date.min, (Section("", blocks),), language=language)
    layout = laid_out(document, words)
    inner = "".join(
        _block(piece, layout, words) for piece in layout.pieces if isinstance(piece, Placed)
    )
    return f'<div class="document" lang="{quoted(language)}"{_direction(document)}>{inner}</div>'


def page(document: Document, words: Words = ENGLISH, mark: str = "") -> str:
    """The document as one file that needs nothing else: no network, no script.

    `mark` is kept among the keywords of its head.
    """
    keywords = f'<meta name="keywords" content="{quoted(mark)}">\n' if mark else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{quoted(document.language)}"{_direction(document)}>\n'
        '<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n"
        f"{keywords}<title>{quoted(document.title)} – {quoted(document.administration)}</title>\n"
        f"<style>\n{stylesheet()}</style>\n</head>\n<body>\n"
        f'<a class="document-skip" href="#document-text">{quoted(words.skip_to_text)}</a>\n'
        f"<main>{fragment(document, words)}</main>\n</body>\n</html>\n"
    )


def stylesheet() -> str:
    """The rules for screen and paper that go with the fragment."""
    return _STYLESHEET.read_text("utf-8")


def quoted(text: str) -> str:
    """Text as it stands in HTML, in an element or an attribute."""
    return escape(xml_safe(text))


def _lines(text: str) -> str:
    return quoted(unbroken(text)).replace("\n", "<br>")


def _direction(document: Document) -> str:
    return ' dir="rtl"' if right_to_left(document.language) else ""


# --- Before the text ---------------------------------------------------------------------------


def _cover(document: Document, words: Words) -> str:
    facts = (
        f"{words.version} {document.version}",
        f"{words.as_of} {words.date(document.as_of)}",
        document.edition,
    )
    lines = "".join(f"<li>{quoted(fact)}</li>" for fact in facts if fact)
    return (
        '<header class="document-cover">'
        f"{_logo(document.logo) if document.logo else ''}"
        f'<p class="document-administration">{quoted(document.administration)}</p>'
        f'<h1 id="document-title">{quoted(document.title)}</h1>'
        f"{_optional('p', 'document-subtitle', document.subtitle)}"
        f"{_drawing(document.cover, words, charts.PORTRAIT, 'cover') if document.cover else ''}"
        f'<ul class="document-facts">{lines}</ul>'
        f"{_optional('p', 'document-notice', document.notice)}</header>"
    )


def _optional(tag: str, name: str, text: str) -> str:
    return f'<{tag} class="{name}">{_lines(text)}</{tag}>' if text else ""


def _logo(logo: Picture) -> str:
    kind = "png" if logo.data.startswith(_PNG) else "jpeg"
    data = base64.b64encode(logo.data).decode("ascii")
    told = quoted(logo.alternative)
    return f'<img class="document-logo" alt="{told}" src="data:image/{kind};base64,{data}">'


def _control(document: Document, words: Words) -> str:
    rows = "".join(
        f'<tr><th scope="row">{quoted(label)}</th><td>{_lines(value)}</td></tr>'
        for label, value in document.control
    )
    caption = f"<caption>{quoted(words.control)}</caption>"
    table = f'<table class="document-control">{caption}<tbody>{rows}</tbody></table>'
    return table if rows else ""


def _contents(layout: Layout, words: Words) -> str:
    entries = "".join(
        f'<li class="depth-{heading.depth}"><a href="#{heading.anchor}">{_full(heading)}</a></li>'
        for heading in layout.headings
        if heading.depth == 1 or heading.number
    )
    label = quoted(words.contents)
    return (
        '<nav class="document-contents" aria-labelledby="document-contents">'
        f'<h2 id="document-contents">{label}</h2><ul>{entries}</ul></nav>'
    )


def _full(heading: Heading) -> str:
    number = f'<span class="number">{quoted(heading.number)}</span> ' if heading.number else ""
    return number + quoted(heading.title)


# --- The text ----------------------------------------------------------------------------------


def _text(layout: Layout, words: Words, places: Iterable[Spots], told: Told | None = None) -> str:
    """Sections inside each other as the depths of their headings say."""
    parts: list[str] = []
    depths: list[int] = []
    for piece, spots in zip(layout.pieces, places, strict=False):
        if not isinstance(piece, Heading):
            parts.append(_block(piece, layout, words, spots))
            parts.append(_sources(piece, words, told))
            continue
        while depths and depths[-1] >= piece.depth:
            parts.append("</section>")
            depths.pop()
        depths.append(piece.depth)
        level = min(piece.depth + 1, 6)
        wide = ' class="landscape"' if piece.landscape else ""
        heading = f'<h{level} id="{piece.anchor}">{_full(piece)}</h{level}>'
        heading = around(heading, _place(spots))
        parts.append(f'<section{wide} aria-labelledby="{piece.anchor}">{heading}')
        parts.append(_sources(piece, words, told))
    return "".join(parts) + "</section>" * len(depths)


def _sources(piece: Heading | Placed, words: Words, told: Told | None) -> str:
    """Where the piece comes from, folded up; nothing where that is not asked or not known."""
    block = piece if isinstance(piece, Heading) else piece.block
    found = () if told is None else getattr(block, "sources", ())
    if told is None or not found:
        return ""
    name = piece.title if isinstance(piece, Heading) else piece.label
    of = f'<span class="visually-hidden">{quoted(words.colon + name)}</span>' if name else ""
    items = "".join(_source(one, told(one)) for one in found)
    return (
        f'<details class="document-sources"><summary>{quoted(words.where_from)}{of}</summary>'
        f"<ul>{items}</ul></details>"
    )


def _source(source: Source, told: str) -> str:
    place = quoted(narrowed(source.page, source.query))
    return f'<li><span class="source" data-page="{place}">{quoted(told)}</span></li>'


def _place(spots: Spots, n: int = 0) -> Place | None:
    return spots[n] if n < len(spots) else None


def _block(piece: Placed, layout: Layout, words: Words, spots: Spots = ()) -> str:
    match piece.block:
        case Bullets() as bullets:
            return _list(bullets, layout, spots)
        case KeyFigures() as figures:
            return _tiles(figures, spots)
        case Table() as table:
            return _numbered_table(table, piece, spots)
        case PageBreak():
            return '<div class="page-break"></div>'
    return around(_single(piece, layout, words), _place(spots))


def _single(piece: Placed, layout: Layout, words: Words) -> str:
    """A block that is one place."""
    match piece.block:
        case Paragraph(text=text, style=style):
            inner = _runs(layout.runs(text))
            if style == "quote":
                return f"<blockquote><p>{inner}</p></blockquote>"
            return f'<p class="{style}">{inner}</p>'
        case Callout() as callout:
            return _callout(callout, layout, words)
        case Reference(mark=mark, text=text, address=address):
            end = f" {_address(address)}" if address else ""
            mark = f'<span class="mark">[{quoted(mark)}]</span>'
            return f'<p class="reference">{mark} {quoted(text)}{end}</p>'
        case Chart() as chart:
            return _figure(chart, piece, words)
    raise TreeError(f"{type(piece.block).__name__} has no form on a page.")


def _list(bullets: Bullets, layout: Layout, spots: Spots) -> str:
    tag = "ol" if bullets.ordered else "ul"
    inner = "".join(
        f"<li{named(place)}>{_runs(layout.runs(item))}{slot(place)}</li>"
        for n, item in enumerate(bullets.items)
        for place in [_place(spots, n)]
    )
    return f"<{tag}>{inner}</{tag}>"


def _runs(runs: Iterable[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    inner = _lines(run.text)
    inner = f"<strong>{inner}</strong>" if run.bold else inner
    inner = f"<em>{inner}</em>" if run.italic else inner
    return f'<a href="#{run.anchor}">{inner}</a>' if run.anchor else inner


def _address(address: str) -> str:
    """A link for web addresses only; anything else stays text."""
    shown = quoted(address)
    safe = address.startswith(("https://", "http://"))
    return f'<a href="{shown}" rel="noreferrer noopener">{shown}</a>' if safe else shown


def _callout(callout: Callout, layout: Layout, words: Words) -> str:
    title = quoted(callout.title or str(getattr(words, callout.kind)))
    inner = _runs(layout.runs(callout.text))
    return (
        f'<div class="callout callout-{callout.kind}" role="note">'
        f'<p class="callout-title">{title}</p><p>{inner}</p></div>'
    )


def _tiles(figures: KeyFigures, spots: Spots) -> str:
    tiles = "".join(
        f'<li{named(place)}><span class="key-number">{quoted(one.number)}</span> '
        f'<span class="key-label">{quoted(one.label)}</span>'
        f"{_optional('span', 'key-note', one.note)}{slot(place)}</li>"
        for n, one in enumerate(figures.items)
        for place in [_place(spots, n)]
    )
    return f'<ul class="key-figures">{tiles}</ul>'


def _figure(chart: Chart, piece: Placed, words: Words) -> str:
    width = charts.LANDSCAPE if piece.landscape else charts.PORTRAIT
    behind = _table(table_behind(chart, words), caption="", classes="behind")
    return (
        f'<figure id="{piece.anchor}">{_drawing(chart, words, width, piece.anchor)}'
        f"<figcaption>{_label(piece.label, chart.caption)}</figcaption>"
        f"<details><summary>{quoted(words.data_behind)}</summary>"
        f"<div {_frame(f'{quoted(piece.label)}. {quoted(chart.caption)}')}>{behind}</div></details>"
        "</figure>"
    )


def _drawing(chart: Chart, words: Words, width: float, place: str) -> str:
    """The drawing with ids of its place, for a chart may stand on a page twice."""
    return _DRAWING_ID.sub(rf"\g<0>-{place}", charts.svg(chart, words, width))


def _label(label: str, caption: str) -> str:
    return f'<span class="label">{quoted(label)}.</span> {quoted(caption)}'


def _frame(name: str) -> str:
    """A region that the keyboard can scroll; its name is escaped already."""
    return f'class="table-frame" role="region" tabindex="0" aria-label="{name}"'


def _numbered_table(table: Table, piece: Placed, spots: Spots) -> str:
    caption = _label(piece.label, table.caption)
    inner = _table(table, caption=caption, classes="", spots=spots)
    name = f"{quoted(piece.label)}. {quoted(table.caption)}"
    frame = f'<div {_frame(name)} id="{piece.anchor}">{inner}</div>'
    note = _optional("p", "note", table.note)
    if note:
        note = around(note, _place(spots, 1 + len(table.rows)))
    return around(frame, _place(spots)) + note


def _table(table: Table, *, caption: str, classes: str, spots: Spots = ()) -> str:
    """A table; with slots it has a narrow column for them, without a heading of its own."""
    name = f"data {classes}".strip()
    heads = "".join(
        f'<th scope="col" class="{aligned(table, index)}">{_lines(column)}</th>'
        for index, column in enumerate(table.columns)
    )
    last = len(table.rows) - 1
    rows = "".join(
        _subhead(row[0], len(table.columns), _place(spots, 1 + index))
        if index in table.subheads
        else _row(table, index, total=table.total and index == last, place=_place(spots, 1 + index))
        for index, row in enumerate(table.rows)
    )
    top = f"<caption>{caption}</caption>" if caption else ""
    end = '<td class="slot"></td>' if spots else ""
    head = f"<thead>{_groups(table, end)}<tr>{heads}{end}</tr></thead>"
    return f'<table class="{name}">{top}{head}<tbody>{rows}</tbody></table>'


def _slot_cell(place: Place | None) -> str:
    return f'<td class="slot">{slot(place)}</td>' if place else ""


def _groups(table: Table, end: str) -> str:
    cells = "".join(
        f'<th scope="colgroup" colspan="{group.span}" class="centre">{quoted(group.label)}</th>'
        if group.label
        else f'<td colspan="{group.span}"></td>'
        for group in table.groups
    )
    return f"<tr>{cells}{end}</tr>" if cells else ""


def _subhead(text: str, span: int, place: Place | None) -> str:
    head = f'<th scope="rowgroup" colspan="{span}">{_lines(text)}</th>'
    return f"<tr{named(place, 'subhead')}>{head}{_slot_cell(place)}</tr>"


def _row(table: Table, index: int, *, total: bool, place: Place | None) -> str:
    shades = table.shading[index] if table.shading else ("",) * len(table.columns)
    cells = []
    for column, text in enumerate(table.rows[index]):
        is_head = column == 0 and bool(text.strip())  # a form to be filled in has none
        tag = 'th scope="row"' if is_head else "td"
        classes = f"{aligned(table, column)} {shades[column]}".strip()
        cells.append(f'<{tag} class="{classes}">{_lines(text)}</{tag.split()[0]}>')
    name = named(place, "total" if total else "")
    return f"<tr{name}>{''.join(cells)}{_slot_cell(place)}</tr>"
