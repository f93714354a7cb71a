"""A deck as a PowerPoint file: 16:9, letters of 18 points and more, words for every picture."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from hrplan.documents import charts, palette
from hrplan.documents.columns import aligned
from hrplan.documents.fitting import (
    LINE,
    broken,
    fitted_items,
    fitted_table,
    measure,
    row_heights,
    shares,
    shortened,
)
from hrplan.documents.nodes import (
    Bullets,
    Chart,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Rich,
    Table,
    Text,
    plain,
)
from hrplan.documents.slides import Deck, Part, Slide, part_text
from hrplan.documents.word_house import undated
from hrplan.documents.words import ENGLISH, Words, right_to_left, unbroken, xml_safe

WIDTH, HEIGHT = 13.333, 7.5  # [inch] 16:9
_EMU = 914400  # in one inch
_LEFT, _ROOM = 0.6, 12.133  # [inch] the margin, and what stands between both
_TITLE_TOP, _TITLE_HEIGHT, _TITLE_SIZE = 0.4, 0.8, 30.0
_TOP, _FOOT = 1.4, 6.85  # [inch] where the parts begin and the foot stands
_GAP, _BAR = 0.2, 0.16  # [inch] between parts, and of the bar at the edge
_TILES, _TILE_GAP, _NUMBER = 2.15, 0.2, 40.0  # [inch] twice, [point]
_UPPER = _TILES  # [inch] what a part with another below it has
SIZE = 18.0  # [point] the smallest letters of a slide
_LEAD, _ITEMS = 20.0, (22.0, 20.0, SIZE)  # [point] of items the first in which all stands whole
_AFTER, _HANG = 6.0, 0.3  # [point] below an item of a list, [inch] between its dot and its words
_ENLARGED = 2.0  # the letters of charts, 9 points on paper, have 18 on a slide
_DPI = 240
_FONT = "Arial"
_COVER = {"title": 44.0, "subtitle": 28.0, "line": 20.0}  # [point]
_BANDS = {True: palette.BAND, False: "ffffff"}
_ALIGN = {"left": "l", "right": "r", "centre": "ctr"}
_LAYOUT = "Title Only"
_LEFTOVERS = {"thumbnail", "printerSettings"}


def pptx(deck: Deck, words: Words = ENGLISH, mark: str = "") -> bytes:
    """The deck as the bytes of a .pptx file; the same deck gives the same bytes.

    `mark` is kept in the properties of the file, among the keywords.
    """
    import pptx as python_pptx  # noqa: PLC0415 -- slow import

    presentation = python_pptx.Presentation()
    _set_house(presentation)
    _Writer(presentation, deck, words).write()
    _set_properties(presentation, deck, mark)
    out = BytesIO()
    presentation.save(out)
    return undated(out.getvalue(), deck.as_of)


class _Writer:
    """Writes slide by slide; what is cut on a slide stands whole in its notes."""

    def __init__(self, presentation: Any, deck: Deck, words: Words) -> None:
        self.presentation = presentation
        self.deck = deck
        self.words = words
        self.layout = presentation.slide_layouts[0]
        self.count = 1 + len(deck.slides)

    def write(self) -> None:
        self._cover()
        for number, slide in enumerate(self.deck.slides, 2):
            self._slide(slide, number)

    def _begun(self, title: str, size: float, top: float, height: float) -> Any:
        """A new slide with its title in its place."""
        made = self.presentation.slides.add_slide(self.layout)
        head = made.shapes.title
        _place(head, _LEFT, top, _ROOM, height)
        frame = head.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = 0
        self._paragraph(frame, title, size, bold=True, colour=palette.ACCENT, first=True)
        return made

    def _cover(self) -> None:
        deck, size = self.deck, _COVER["title"]
        title = shortened(deck.title, _ROOM, measure(size, bold=True), 2)
        made = self._begun(title, size, 2.2, 1.5)
        self._box(made, 0.6, 1.4, deck.administration, 24.0, palette.QUIET)
        self._box(made, 3.75, 0.7, deck.subtitle, _COVER["subtitle"], palette.INK)
        line = _COVER["line"]
        told = "\n".join(shortened(one, _ROOM, measure(line), 1) for one in deck.lines if one)
        self._box(made, 4.8, 1.6, told, line, palette.QUIET)
        self._foot(made, 1)
        self._notes(made, deck.notes, [])

    def _slide(self, slide: Slide, number: int) -> None:
        title = shortened(slide.title, _ROOM, measure(_TITLE_SIZE, bold=True), 1)
        made = self._begun(title, _TITLE_SIZE, _TITLE_TOP, _TITLE_HEIGHT)
        cut: list[Part] = []
        top = _TOP
        for index, part in enumerate(map(_together, slide.parts)):
            room = _FOOT - _GAP - top
            if index + 1 < len(slide.parts):
                room = min(room, _UPPER)
            shown, used = self._part(made, part, top, room)
            if part_text(shown, self.words) != part_text(part, self.words):
                cut.append(part)
            top += used + _GAP
        self._foot(made, number)
        self._notes(made, slide.notes, cut)

    def _part(self, made: Any, part: Part, top: float, room: float) -> tuple[Part, float]:
        """Set a part; what of it is shown, and the height it takes [inch]."""
        match part:
            case KeyFigures():
                return self._tiles(made, part, top, min(room, _TILES))
            case Paragraph(text=text):
                return self._lead(made, part, plain(text), top, room)
            case Bullets():
                return self._items(made, part, top, room)
            case Table():
                return self._table(made, part, top, room)
        return self._picture(made, part, top, room)

    # --- Text ---

    def _paragraph(
        self,
        frame: Any,
        text: Rich,
        size: float,
        *,
        bold: bool = False,
        colour: str = palette.INK,
        first: bool = False,
        align: str = "l",
        after: float = 0.0,
    ) -> None:
        from pptx.util import Pt  # noqa: PLC0415 -- slow import

        told = frame.paragraphs[0] if first else frame.add_paragraph()
        properties = told._p.get_or_add_pPr()
        if right_to_left(self.deck.language):
            properties.set("rtl", "1")
            align = {"l": "r", "r": "l"}.get(align, align)
        properties.set("algn", align)
        told.space_after, told.line_spacing = Pt(after), 1.0
        runs = (Text(text),) if isinstance(text, str) else text
        for run in (one for one in runs if one.text):
            self._run(told, run, size, bold=bold or run.bold, colour=colour)

    def _run(self, paragraph: Any, text: Text, size: float, *, bold: bool, colour: str) -> None:
        from pptx.dml.color import RGBColor  # noqa: PLC0415 -- slow import
        from pptx.util import Pt  # noqa: PLC0415 -- slow import

        run = paragraph.add_run()
        run.text = xml_safe(text.text.replace("\n", " "))
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = RGBColor.from_string(colour.upper())
        run._r.get_or_add_rPr().set("lang", _language(self.deck))

    def _box(
        self, made: Any, top: float, height: float, text: str, size: float, colour: str
    ) -> None:
        if not text:
            return
        frame = _frame(made, _LEFT, top, _ROOM, height)
        for index, line in enumerate(text.split("\n")):
            self._paragraph(frame, line, size, colour=colour, first=not index, after=4)

    def _foot(self, made: Any, number: int) -> None:
        """What stands on every slide, and where in the deck it is."""
        place = f"{number} / {self.count}"
        told = self.deck.notice or self.deck.foot
        shown = shortened(told, _ROOM - measure(SIZE)(f" · {place}"), measure(SIZE), 1)
        text = f"{shown} · {place}" if shown else place
        self._box(made, _FOOT, 0.45, text, SIZE, palette.QUIET)

    def _notes(self, made: Any, notes: str, cut: list[Part]) -> None:
        parts = [notes, *(part_text(part, self.words) for part in cut)]
        text = "\n\n".join(part for part in parts if part)
        if text:
            made.notes_slide.notes_text_frame.text = xml_safe(text)

    def _lead(
        self, made: Any, part: Paragraph, text: str, top: float, room: float
    ) -> tuple[Part, float]:
        wide, line = measure(_LEAD), _LEAD * LINE / 72
        shown = shortened(text, _ROOM, wide, max(1, int(room / line)))
        height = len(broken(shown, _ROOM, wide)) * line + 0.1
        frame = _frame(made, _LEFT, top, _ROOM, height)
        self._paragraph(frame, shown, _LEAD, first=True)
        return (part if shown == text else Paragraph(shown)), height

    def _items(self, made: Any, part: Bullets, top: float, room: float) -> tuple[Part, float]:
        tried = ((size, fitted_items(part, _ROOM - _HANG, room, size, _AFTER)) for size in _ITEMS)
        size, shown = next(one for one in tried if one[1] == part or one[0] == _ITEMS[-1])
        frame = _frame(made, _LEFT, top, _ROOM, room)
        for index, item in enumerate(shown.items):
            self._paragraph(frame, item, size, first=not index, after=_AFTER)
            _bullet(frame.paragraphs[index])
        return shown, room

    def _tiles(self, made: Any, part: KeyFigures, top: float, height: float) -> tuple[Part, float]:
        count = max(len(part.items), 1)
        width = (_ROOM - _TILE_GAP * (count - 1)) / count
        shown = tuple(
            self._tile(made, tile, _LEFT + index * (width + _TILE_GAP), top, width, height)
            for index, tile in enumerate(part.items)
        )
        return replace(part, items=shown), height

    def _tile(
        self, made: Any, tile: KeyFigure, left: float, top: float, width: float, height: float
    ) -> KeyFigure:
        inner = width - 0.3
        wide = measure(_NUMBER, bold=True)(tile.number)
        size = max(SIZE, _NUMBER * min(1.0, inner / wide)) if wide else _NUMBER
        label = shortened(tile.label, inner, measure(SIZE, bold=True), 2)
        note = shortened(tile.note, inner, measure(SIZE), 2)
        frame = _frame(made, left, top, width, height, fill=palette.BAND)
        self._paragraph(frame, tile.number, size, bold=True, colour=palette.ACCENT, first=True)
        self._paragraph(frame, label, SIZE, bold=True)
        if note:
            self._paragraph(frame, note, SIZE, colour=palette.QUIET)
        return KeyFigure(tile.number, label, note)

    # --- Table and picture ---

    def _table(self, made: Any, part: Table, top: float, room: float) -> tuple[Part, float]:
        shown = fitted_table(part, _ROOM, room, SIZE)
        heights = row_heights(shown, _ROOM, SIZE)
        place = (_LEFT, top, _ROOM, sum(heights))
        box = made.shapes.add_table(
            len(shown.rows) + 1, len(shown.columns), *(_emu(one) for one in place)
        )
        _describe(box, part.caption)
        table = box.table
        _plain_style(box, total=shown.total)
        for column, share in zip(table.columns, shares(shown, _ROOM, SIZE), strict=True):
            column.width = _emu(share * _ROOM)
        for index, row in enumerate((shown.columns, *shown.rows)):
            table.rows[index].height = _emu(heights[index])
            strong = not index or (shown.total and index == len(shown.rows))
            for at, cell in enumerate(row):
                side = _ALIGN[aligned(shown, at)]
                back = palette.ACCENT if not index else _BANDS[strong or index % 2 == 0]
                self._cell(table.cell(index, at), cell, side, back=back, strong=strong)
        return shown, sum(heights)

    def _cell(self, cell: Any, text: str, align: str, *, back: str, strong: bool) -> None:
        from pptx.dml.color import RGBColor  # noqa: PLC0415 -- slow import

        cell.fill.solid()
        cell.fill.fore_color.rgb = RGBColor.from_string(back.upper())
        cell.margin_top = cell.margin_bottom = _emu(0.05)
        colour = "ffffff" if back == palette.ACCENT else palette.INK
        for index, line in enumerate(text.split("\n")):
            self._paragraph(
                cell.text_frame, line, SIZE, bold=strong, colour=colour, first=not index,
                align=align,
            )  # fmt: skip

    def _picture(self, made: Any, part: Chart, top: float, room: float) -> tuple[Part, float]:
        tallest = room / _ENLARGED
        sheet = charts.on_sheet(part, self.words, _ROOM / _ENLARGED, _DPI, tallest)
        high = sheet.height * _ENLARGED
        place = (_LEFT, top, _ROOM, high)
        picture = made.shapes.add_picture(BytesIO(sheet.png()), *(_emu(one) for one in place))
        _describe(picture, charts.alternative(part))
        return part, high


def _together(part: Part) -> Part:
    """The part with fixed spaces where a number would part from its unit."""
    match part:
        case Paragraph(text=text):
            return replace(part, text=unbroken(plain(text)))
        case Bullets(items=items):
            return replace(part, items=tuple(_runs_together(item) for item in items))
        case KeyFigures(items=tiles):
            told = (KeyFigure(*map(unbroken, (x.number, x.label, x.note))) for x in tiles)
            return replace(part, items=tuple(told))
        case Table(columns=columns, rows=rows):
            cells = tuple(tuple(map(unbroken, row)) for row in rows)
            return replace(part, columns=tuple(map(unbroken, columns)), rows=cells)
    return part


def _runs_together(item: Rich) -> Rich:
    if isinstance(item, str):
        return unbroken(item)
    return tuple(replace(run, text=unbroken(run.text)) for run in item)


def _emu(inches: float) -> int:
    return round(inches * _EMU)


def _place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = map(_emu, (left, top, width, height))


def _frame(
    made: Any, left: float, top: float, width: float, height: float, *, fill: str = ""
) -> Any:
    """The text frame of a new box; filled ones have a margin."""
    from pptx.dml.color import RGBColor  # noqa: PLC0415 -- slow import
    from pptx.enum.text import MSO_AUTO_SIZE  # noqa: PLC0415 -- slow import

    box = made.shapes.add_textbox(*(_emu(one) for one in (left, top, width, height)))
    if fill:
        box.fill.solid()
        box.fill.fore_color.rgb = RGBColor.from_string(fill.upper())
    frame = box.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    margin = _emu(0.15 if fill else 0.0)
    frame.margin_left = frame.margin_right = margin
    frame.margin_top = frame.margin_bottom = _emu(0.1 if fill else 0.0)
    return frame


def _bullet(paragraph: Any) -> None:
    """A dash before the item, which hangs beside it."""
    from pptx.oxml import parse_xml  # noqa: PLC0415 -- slow import

    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(_emu(_HANG)))
    properties.set("indent", str(-_emu(_HANG)))
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    for xml in (f'<a:buFont xmlns:a="{space}" typeface="{_FONT}"/>',
                f'<a:buChar xmlns:a="{space}" char="•"/>'):  # fmt: skip
        properties.append(parse_xml(xml))


def _describe(shape: Any, text: str) -> None:
    """Words for those who cannot see the shape."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", xml_safe(text))


def _plain_style(box: Any, *, total: bool) -> None:
    """A heading row that assistive software knows as one; no banding of the library's."""
    table = box.table
    table.first_row, table.horz_banding, table.last_row = True, False, total


def _language(deck: Deck) -> str:
    return "en-GB" if deck.language == "en" else deck.language


# --- The file ----------------------------------------------------------------------------------


def _set_house(presentation: Any) -> None:
    """16:9, one layout with a title alone, the house's letters and colours."""
    presentation.slide_width, presentation.slide_height = _emu(WIDTH), _emu(HEIGHT)
    layouts = presentation.slide_layouts
    for layout in [one for one in layouts if one.name != _LAYOUT]:
        layouts.remove(layout)
    for holder in (presentation.slide_master, layouts[0]):
        for shape in list(holder.placeholders):
            _widen(shape)
    _set_bar(presentation.slide_master)
    _set_theme(presentation)
    _remove_leftovers(presentation)


def _widen(shape: Any) -> None:
    """A place holder of the library's 4:3 template at the width of ours."""
    from pptx.enum.shapes import PP_PLACEHOLDER  # noqa: PLC0415 -- slow import

    kind = shape.placeholder_format.type
    if kind in {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}:
        shape._element.getparent().remove(shape._element)
    elif kind == PP_PLACEHOLDER.TITLE:
        _place(shape, _LEFT, _TITLE_TOP, _ROOM, _TITLE_HEIGHT)
    else:
        _place(shape, _LEFT, _TOP, _ROOM, _FOOT - _TOP)


def _set_bar(master: Any) -> None:
    """A bar at the left edge, on the master alone: nothing that is read aloud on a slide."""
    from pptx.oxml import parse_xml  # noqa: PLC0415 -- slow import

    space = "http://schemas.openxmlformats.org"
    xml = f"""<p:sp xmlns:p="{space}/presentationml/2006/main"
      xmlns:a="{space}/drawingml/2006/main"><p:nvSpPr><p:cNvPr id="90" name="Bar"/><p:cNvSpPr/>
      <p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/>
      <a:ext cx="{_emu(_BAR)}" cy="{_emu(HEIGHT)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>
      </a:prstGeom><a:solidFill><a:srgbClr val="{palette.ACCENT.upper()}"/></a:solidFill>
      <a:ln><a:noFill/></a:ln></p:spPr></p:sp>"""
    tree = master.shapes._spTree
    tree.insert(2, parse_xml(xml))


def _set_theme(presentation: Any) -> None:
    """Fonts and accents of the theme, so that what is added by hand looks alike."""
    part = next(
        one.target_part
        for one in presentation.slide_master.part.rels.values()
        if one.reltype.endswith("/theme")
    )
    theme = part.blob.decode("utf-8").replace('typeface="Calibri"', f'typeface="{_FONT}"')
    for index, colour in enumerate(palette.SERIES[:6], 1):
        before, _begun, rest = theme.partition(f"<a:accent{index}>")
        _old, end, after = rest.partition(f"</a:accent{index}>")
        theme = f'{before}<a:accent{index}><a:srgbClr val="{colour.upper()}"/>{end}{after}'
    part._blob = theme.encode("utf-8")


def _remove_leftovers(presentation: Any) -> None:
    """Parts of the library's template that show or print another presentation."""
    for relations in (presentation.part.package._rels, presentation.part.rels):
        kinds = {key: one.reltype.rpartition("/")[2] for key, one in relations.items()}
        for key in (key for key, kind in kinds.items() if kind in _LEFTOVERS):
            relations.pop(key)


def _set_properties(presentation: Any, deck: Deck, mark: str) -> None:
    """Title, author and the day of the data; `mark` among the keywords."""
    core = presentation.core_properties
    day = datetime(deck.as_of.year, deck.as_of.month, deck.as_of.day, tzinfo=UTC)
    core.title = xml_safe(deck.title)[:255]
    core.subject = xml_safe(deck.subtitle)[:255]
    core.author = core.last_modified_by = xml_safe(deck.administration)[:255]
    core.comments = xml_safe(deck.notice)[:255]
    core.language = deck.language
    core.version = xml_safe(deck.version)[:255]
    core.created = core.modified = day
    core.keywords, core.category, core.revision = xml_safe(mark)[:255], "", 1
