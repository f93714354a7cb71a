"""WordprocessingML as strings: runs, paragraphs, fields, tables and pictures, text escaped."""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from html import escape

from hrplan.documents import palette
from hrplan.documents.columns import aligned, column_shares, letter_size, stands_together
from hrplan.documents.nodes import Table
from hrplan.documents.outline import Run
from hrplan.documents.words import unbroken, xml_safe

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
UPRIGHT = 9071  # [twip] 160 mm between the margins
SIDEWAYS = 14003  # [twip] 247 mm
TAB = "<w:r><w:tab/></w:r>"
_SIZES = {9.0: "", 8.0: "Small", 7.5: "Smaller", 7.0: "Smallest"}  # [point] -> end of the style
_LONGEST_BOOKMARK = 40
_EMU = 914400  # in one inch
_JUSTIFIED = {"left": "start", "right": "end", "centre": "center"}


def quoted(text: str) -> str:
    """Text as it stands in XML, in an element or an attribute."""
    return escape(xml_safe(text))


def text_xml(text: str, properties: str = "") -> str:
    """One run; line breaks and tabs of the text are kept."""
    style = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{style}{_lines(text)}</w:r>"


def _lines(text: str) -> str:
    """Text within a run, its lines broken as they are."""
    whole = quoted(unbroken(text).replace("\r\n", "\n").replace("\r", "\n"))
    between = whole.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:t xml:space="preserve">{between}</w:t>'


def runs_xml(runs: Iterable[Run]) -> str:
    """Runs with their emphasis, those with an anchor as links."""
    return "".join(_run_xml(run) for run in runs)


def _run_xml(run: Run) -> str:
    properties = '<w:rStyle w:val="Hyperlink"/>' if run.anchor else ""
    properties += "<w:b/><w:bCs/>" if run.bold else ""
    properties += "<w:i/><w:iCs/>" if run.italic else ""
    xml = text_xml(run.text, properties)
    return link_xml(run.anchor, xml) if run.anchor else xml


def link_xml(anchor: str, inner: str) -> str:
    """A link to a place in the same document."""
    return f'<w:hyperlink w:anchor="{bookmark_name(anchor)}" w:history="1">{inner}</w:hyperlink>'


def bookmark_name(anchor: str) -> str:
    """The anchor as Word allows a bookmark: letters, digits, underscores, forty at most."""
    name = "_" + anchor.replace("-", "_")
    if len(name) <= _LONGEST_BOOKMARK:
        return name
    return f"{name[:30]}_{hashlib.sha256(anchor.encode()).hexdigest()[:9]}"


def bookmarked(anchor: str, number: int, inner: str) -> str:
    """Content to which links may lead."""
    name = bookmark_name(anchor)
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{start}{inner}<w:bookmarkEnd w:id="{number}"/>'


def paragraph_xml(style: str, inner: str, properties: str = "") -> str:
    """A paragraph in a named style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inner}</w:p>'


def field_xml(code: str, shown: str) -> str:
    """A field with what it shows until it is updated."""
    opening, closing = field_ends(code)
    return opening + text_xml(shown) + closing


def field_ends(code: str) -> tuple[str, str]:
    """What stands before and after that which a field shows."""
    opening = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {quoted(code)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    return opening, '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def section_xml(*, landscape: bool, header: str = "", footer: str = "", title: bool = False) -> str:
    """The properties of a section: A4 upright or on its side, with its header and footer."""
    width, height = ("16838", "11906") if landscape else ("11906", "16838")
    side = ' w:orient="landscape"' if landscape else ""
    top, bottom = ("1304", "1134") if landscape else ("1474", "1361")
    references = ""
    if header:
        references = f'<w:headerReference w:type="default" r:id="{header}"/>'
        references += f'<w:footerReference w:type="default" r:id="{footer}"/>'
    centred = '<w:vAlign w:val="top"/>' if title else ""
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{side}/>'
        f'<w:pgMar w:top="{top}" w:right="1417" w:bottom="{bottom}" w:left="1417" '
        f'w:header="624" w:footer="567" w:gutter="0"/>{centred}</w:sectPr>'
    )


def picture_xml(
    relation: str, number: int, *, width: float, height: float, alternative: str
) -> str:
    """A picture in the line [inch] with the words for those who cannot see it."""
    across, down = int(width * _EMU), int(height * _EMU)
    told = f'id="{number}" name="Figure {number}" descr="{quoted(alternative)}"'
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{across}" cy="{down}"/><wp:docPr {told}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {told}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


# --- Tables: one string each, because reaching for single cells is quadratic ------------------


def table_xml(table: Table, width: int, *, landscape: bool = False) -> str:
    """The whole table: repeated headings, rows that do not break, a total, shades."""
    grid = [round(share * width) for share in column_shares(table, landscape=landscape)]
    size = _size(table, width / (SIDEWAYS if landscape else UPRIGHT))
    heads = _heads(table, grid, size)
    whole = stands_together(table, landscape=landscape)
    rows = "".join(
        _subhead(row[0], len(grid), width, size)
        if index in table.subheads
        else _row(table, index, grid, size, whole=whole)
        for index, row in enumerate(table.rows)
    )
    return _table("HouseTable", table.caption, grid, heads + rows)


def _size(table: Table, share: float) -> str:
    """The end of the style for the letters; on a narrower page they are smaller by its share."""
    wanted = letter_size(table) * min(share, 1)
    return _SIZES[next((size for size in _SIZES if size <= wanted), min(_SIZES))]


def _table(style: str, told: str, grid: list[int], rows: str) -> str:
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in grid)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(grid)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/>'
        f'<w:tblCaption w:val="{quoted(told)}"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _cell(paragraphs: str, width: int, *, fill: str = "", span: int = 1, at: str = "") -> str:
    more = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    more += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill.upper()}"/>' if fill else ""
    more += f'<w:vAlign w:val="{at}"/>' if at else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{paragraphs}</w:tc>'


def _heads(table: Table, grid: list[int], size: str) -> str:
    columns = "".join(
        _cell(
            paragraph_xml(f"TableHead{size}", text_xml(name), _aligned(aligned(table, index))),
            grid[index],
            fill=palette.BAND,
            at="bottom",
        )
        for index, name in enumerate(table.columns)
    )
    return _grouped(table, grid, size) + _head_row(columns)


def _grouped(table: Table, grid: list[int], size: str) -> str:
    cells, at = "", 0
    for group in table.groups:
        width = sum(grid[at : at + group.span])
        words = paragraph_xml(f"TableHead{size}", text_xml(group.label), _aligned("centre"))
        cells += _cell(words, width, fill=palette.BAND, span=group.span)
        at += group.span
    return _head_row(cells) if cells else ""


def _head_row(cells: str) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _subhead(text: str, span: int, width: int, size: str) -> str:
    words = paragraph_xml(f"TableHead{size}", text_xml(text))
    cell = _cell(words, width, fill=palette.BAND, span=span)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>"


def _row(table: Table, index: int, grid: list[int], size: str, *, whole: bool) -> str:
    last = len(table.rows) - 1
    total = table.total and index == last
    shades = table.shading[index] if table.shading else ("",) * len(grid)
    with_next = bool(table.note) if index == last else whole or index in (0, last - 1)
    cells = ""
    for column, text in enumerate(table.rows[index]):
        align = aligned(table, column)
        before, after = _around(size, grid[column], align, shades[column], total, with_next)
        cells += f"{before}{_lines(text)}{after}"
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


@lru_cache(maxsize=1024)
def _around(
    size: str,
    width: int,
    align: str,
    shade: str,
    total: bool,
    keep: bool,
) -> tuple[str, str]:
    """What stands before and after the words of a cell: alike in most cells of a column."""
    colour = '<w:color w:val="FFFFFF"/>' if palette.ink(shade) == "ffffff" else ""
    words = text_xml("", ("<w:b/><w:bCs/>" if total else "") + colour)
    place = ("<w:keepNext/>" if keep else "") + _aligned(align)
    fill = palette.shade(shade) or (palette.BAND if total else "")
    cell = _cell(paragraph_xml(f"TableText{size}", words, place), width, fill=fill)
    before, _, after = cell.partition(_lines(""))
    return before, after


def _aligned(align: str) -> str:
    return "" if align == "left" else f'<w:jc w:val="{_JUSTIFIED[align]}"/>'


def tiles_xml(told: str, tiles: list[str], width: int) -> str:
    """Ready paragraphs side by side."""
    grid = [width // max(len(tiles), 1)] * len(tiles)
    cells = "".join(_cell(tile, one) for tile, one in zip(tiles, grid, strict=True))
    return _table("Tiles", told, grid, f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")


def pairs_xml(told: str, pairs: Iterable[tuple[str, str]], width: int) -> str:
    """Labels and their values in two columns, as on a control page."""
    grid = [width * 3 // 10, width - width * 3 // 10]
    rows = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + _cell(paragraph_xml("TableHead", text_xml(label)), grid[0], fill=palette.BAND)
        + _cell(paragraph_xml("TableText", text_xml(value)), grid[1])
        + "</w:tr>"
        for label, value in pairs
    )
    return _table("HouseTable", told, grid, rows)
