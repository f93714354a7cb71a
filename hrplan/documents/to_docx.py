"""A document as a Word file: real headings, captions, contents field, sections and header rows."""

import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import count, repeat
from typing import TYPE_CHECKING, Any

from hrplan.documents import charts
from hrplan.documents.columns import list_stands_together
from hrplan.documents.marks import accepted
from hrplan.documents.nodes import (
    Bullets,
    Callout,
    Chart,
    Document,
    KeyFigures,
    PageBreak,
    Paragraph,
    Picture,
    Reference,
    Table,
    TreeError,
)
from hrplan.documents.outline import Heading, Layout, Piece, Placed, laid_out
from hrplan.documents.tracked import Tracker
from hrplan.documents.word_fonts import TIMES
from hrplan.documents.word_house import replace_content, set_house, set_properties, undated
from hrplan.documents.word_layout import bookmark_pages
from hrplan.documents.word_package import only_unfit, opened
from hrplan.documents.word_template import Frame, framed
from hrplan.documents.word_xml import (
    NAMESPACES,
    SIDEWAYS,
    TAB,
    UPRIGHT,
    bookmark_name,
    bookmarked,
    field_ends,
    field_xml,
    link_xml,
    pairs_xml,
    paragraph_xml,
    picture_xml,
    runs_xml,
    section_xml,
    table_xml,
    text_xml,
    tiles_xml,
)
from hrplan.documents.words import ENGLISH, Words

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_STYLES = {"body": "BodyText", "lead": "Lead", "note": "SmallNote", "quote": "Quote"}
_STYLED = re.compile("<w:pStyle [^>]*/>(?:<w:keepNext/>)?(?:<w:keepLines/>)?")
_LOGO_HEIGHT = 0.9  # [inch]
_ANNEX_LIST = 2  # the list of numbering.xml that letters annexes
_FIRST_FREE_LIST = 10
_CONTENTS_DEPTH = 3
_LONG_NUMBER = 7  # characters; beyond them the numbers of tiles are set smaller


def docx(
    document: Document,
    words: Words = ENGLISH,
    mark: str = "",
    *,
    author: str = "",
    template: bytes = b"",
) -> bytes:
    """The document as the bytes of a .docx file; the same document gives the same bytes.

    `mark` is kept in the properties of the file, among the keywords. With an author the marks of
    `comparing.compared` become changes tracked as theirs; without one they are text as any other.
    With a template (a .docx file) styles, pages, headers and footers are the template's.

    Raises
    ------
    word_package.Unfit
        The template holds no document that can be written into.
    """
    import docx as python_docx  # noqa: PLC0415 -- slow import

    tracked = Tracker(author, document.as_of) if author else str
    if template:
        with only_unfit():
            word = opened(template)
            frame = framed(word, document, words, mark)
            return _written(_Writer(word, document, words, frame), tracked, mark)
    word = python_docx.Document()
    set_house(word, document, words)
    return _written(_Writer(word, document, words), tracked, mark)


def _written(writer: "_Writer", tracked: Callable[[str], str], mark: str) -> bytes:
    writer.write(tracked)
    set_properties(writer.word, writer.document, mark)
    out = BytesIO()
    writer.word.save(out)
    return undated(out.getvalue(), writer.document.as_of)


class _Writer:
    """Collects the body as XML while handing out the numbers that Word wants unique."""

    def __init__(
        self, word: "WordDocument", document: Document, words: Words, frame: Frame | None = None
    ) -> None:
        self.word = word
        self.frame = frame
        self.document = document
        self.words = words
        self.layout: Layout = laid_out(document, words)
        self.ids = frame.ids if frame else 0
        self.lists = _FIRST_FREE_LIST
        self.widths = frame.widths if frame else {False: UPRIGHT, True: SIDEWAYS}
        self.width = self.widths[False]
        self.landscape = False
        self.page = charts.PORTRAIT
        self.sheets: dict[str, charts.Sheet] = {}

    def write(self, tracked: Callable[[str], str]) -> None:
        """The whole body; the pages that the contents list shows are found by setting it once.

        Charts are drawn while it is set, which takes as long and holds no lock of Python's.
        """
        cover, first = self._cover_page()
        before = _ending(first) + self._front()
        after = tracked(self._text())
        parts = self.word.part
        measured = _parsed(self._in_place(cover) + before + self._contents({}) + after)[0]
        if self.frame:
            self.frame.make_room(measured)
        letters = self.frame.letters if self.frame else TIMES
        sheets = parts.styles.element, parts.numbering_part.element
        with ThreadPoolExecutor(1) as beside:
            pages_found = beside.submit(bookmark_pages, measured, *sheets, letters)
            self._draw()  # meanwhile: how high each drawing is was known before
            pages = pages_found.result()
        # as a whole: moving thousands of nodes is slow
        parts._element = _parsed(cover + before + self._contents(pages) + after)

    def _cover_page(self) -> tuple[str, str]:
        """What stands on the cover, and the properties of its section."""
        if self.frame:
            return self.frame.cover or self._cover(), self.frame.first
        return self._cover(), section_xml(landscape=False, title=True)

    def _in_place(self, cover: str) -> str:
        """The cover as it is measured: a template's own is one page, whatever it is made of."""
        return paragraph_xml("CoverLine", "") if self.frame and self.frame.cover else cover

    def _text(self) -> str:
        """What follows the contents list, in sections of one orientation each."""
        sections = self.frame.sections if self.frame else self._sections()
        last = sections[False]
        parts: list[str] = []
        for stretch in self.layout.stretches():
            parts.append(_ended(parts.pop(), last) if parts else _ending(last))
            self.landscape = stretch.landscape
            self.width = self.widths[stretch.landscape]
            self.page = charts.LANDSCAPE if stretch.landscape else charts.PORTRAIT
            parts += self._pieces(stretch.pieces)
            last = sections[stretch.landscape]
        return "".join(parts) + last

    def _pieces(self, pieces: tuple[Piece, ...]) -> Iterator[str]:
        """Each piece; one that follows a page break begins a page."""
        broken = False
        for piece in pieces:
            if isinstance(piece, Placed) and isinstance(piece.block, PageBreak):
                broken = True
                continue
            shown = self._piece(piece)
            if shown:
                yield _on_new_page(shown) if broken else shown
                broken = False

    def _number(self) -> int:
        self.ids += 1
        return self.ids

    # --- Before the text ---

    def _sections(self) -> Mapping[bool, str]:
        """Our own sections: upright and on its side, each with its header and footer."""
        made = {landscape: self._margins(landscape) for landscape in (False, True)}
        return {
            landscape: section_xml(landscape=landscape, header=header, footer=footer)
            for landscape, (header, footer) in made.items()
        }

    def _margins(self, landscape: bool) -> tuple[str, str]:
        """The relations of a header and a footer made for one orientation."""
        section = self.word.add_section()
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        stops = f'<w:tab w:val="clear" w:pos="{UPRIGHT}"/><w:tab w:val="right" w:pos="{SIDEWAYS}"/>'
        tab = f"<w:tabs>{stops}</w:tabs>" if landscape else ""
        left = f"{self.document.administration} · {self.document.title}"
        page = self.words.page("\x00", "\x01")
        shown = "".join(_page_part(part) for part in _split(page))
        notice = self.document.notice or f"{self.words.version} {self.document.version}"
        right = self.document.edition or f"{self.words.version} {self.document.version}"
        head = text_xml(left) + TAB + text_xml(right)
        foot = text_xml(notice) + TAB + shown
        for part, style, inner in (
            (section.header, "Header", head),
            (section.footer, "Footer", foot),
        ):
            replace_content(
                part._element,
                f"<w:hdr {NAMESPACES}>{paragraph_xml(style, inner, tab)}</w:hdr>",
            )
        references = section._sectPr.xpath("./w:headerReference/@r:id | ./w:footerReference/@r:id")
        return str(references[0]), str(references[1])

    def _cover(self) -> str:
        document, words = self.document, self.words
        parts = [self._logo(document.logo)] if document.logo else []
        parts.append(paragraph_xml("CoverAdministration", text_xml(document.administration)))
        parts.append(paragraph_xml("Title", text_xml(document.title)))
        if document.subtitle:
            parts.append(paragraph_xml("Subtitle", text_xml(document.subtitle)))
        if document.cover:
            parts.append(paragraph_xml("Picture", self._drawing(document.cover)))
        for label, value in (
            (words.version, document.version),
            (words.as_of, words.date(document.as_of)),
            ("", document.edition),
        ):
            if value:
                parts.append(paragraph_xml("CoverLine", text_xml(f"{label} {value}".strip())))
        if document.notice:
            parts.append(paragraph_xml("CoverNotice", text_xml(document.notice)))
        return "".join(parts)

    def _logo(self, logo: Picture) -> str:
        relation, image = self.word.part.get_or_add_image(BytesIO(logo.data))
        width = _LOGO_HEIGHT * image.px_width / image.px_height
        inner = picture_xml(
            relation,
            self._number(),
            width=width,
            height=_LOGO_HEIGHT,
            alternative=logo.alternative,
        )
        return paragraph_xml("CoverLine", inner)

    def _front(self) -> str:
        parts = []
        if self.document.control:
            parts.append(paragraph_xml("FrontHeading", text_xml(self.words.control)))
            parts.append(pairs_xml(self.words.control, self.document.control, self.width))
        title = paragraph_xml("FrontHeading", text_xml(self.words.contents))
        parts.append(_on_new_page(title) if parts else title)
        return "".join(parts)

    def _contents(self, pages: Mapping[str, int]) -> str:
        """A contents field that holds its entries with their pages until Word updates it."""
        shown = [one for one in self.layout.headings if one.depth <= _CONTENTS_DEPTH]
        opening, closing = field_ends('TOC \\o "1-3" \\h \\z \\u')
        entries = [self._entry(heading, pages) for heading in shown]
        if not entries:
            return ""
        entries[0], entries[-1] = opening + entries[0], entries[-1] + closing
        styles = (f"TOC{heading.depth}" for heading in shown)
        stops = (self.frame.stops(one.depth) if self.frame else "" for one in shown)
        return "".join(map(paragraph_xml, styles, entries, stops))

    def _entry(self, heading: Heading, pages: Mapping[str, int]) -> str:
        number = text_xml(heading.number) + TAB if heading.number else ""
        if heading.annex and heading.depth == 1:
            number = text_xml(f"{heading.number} ")
        name = bookmark_name(heading.anchor)
        page = field_xml(f"PAGEREF {name} \\h", str(pages.get(name, "")))
        return link_xml(heading.anchor, number + text_xml(accepted(heading.title)) + TAB + page)

    # --- The text ---

    def _piece(self, piece: Heading | Placed) -> str:
        if isinstance(piece, Heading):
            return self._heading(piece)
        match piece.block:
            case Paragraph(text=text, style=style):
                keep = "<w:keepNext/>" if piece.leads else ""
                return paragraph_xml(_STYLES[style], runs_xml(self.layout.runs(text)), keep)
            case Bullets() as bullets:
                return self._list(bullets)
            case Callout() as callout:
                return self._callout(callout)
            case Reference(mark=mark, text=text, address=address):
                inner = text_xml(f"[{mark}]") + TAB + text_xml(text)
                return paragraph_xml("Source", inner + (text_xml(f" {address}") if address else ""))
            case KeyFigures() as figures:
                return self._tiles(figures)
            case Table() as table:
                return self._table(table, piece)
            case Chart() as chart:
                return self._figure(chart, piece)
        raise TreeError(f"{type(piece.block).__name__} has no form in Word.")

    def _heading(self, heading: Heading) -> str:
        level = f'<w:ilvl w:val="{heading.depth - 1}"/>'
        listed = ""
        if not heading.number:
            listed = '<w:numPr><w:numId w:val="0"/></w:numPr><w:ind w:left="0" w:firstLine="0"/>'
        elif heading.annex or not heading.number[:1].isdigit():
            listed = f'<w:numPr>{level}<w:numId w:val="{_ANNEX_LIST}"/></w:numPr>'
        inner = bookmarked(heading.anchor, self._number(), text_xml(heading.title))
        return paragraph_xml(f"Heading{heading.depth}", inner, listed)

    def _list(self, bullets: Bullets) -> str:
        style, listed = "ListBullet", ""
        if bullets.ordered:
            style, listed = (
                "ListNumber",
                f'<w:numPr><w:numId w:val="{self._new_list()}"/></w:numPr>',
            )
        items = [runs_xml(self.layout.runs(item)) for item in bullets.items]
        keep = "<w:keepNext/>" if list_stands_together(bullets) else ""
        kept = [keep + listed] * (len(items) - 1) + [listed]
        return "".join(map(paragraph_xml, repeat(style), items, kept))

    def _new_list(self) -> int:
        """A list that starts at one again."""
        from docx.oxml import parse_xml  # noqa: PLC0415 -- slow import

        self.lists += 1
        xml = (
            f'<w:num {NAMESPACES} w:numId="{self.lists}"><w:abstractNumId w:val="4"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
        self.word.part.numbering_part.element.append(parse_xml(xml))
        return self.lists

    def _callout(self, callout: Callout) -> str:
        style = f"Callout{callout.kind.capitalize()}"
        label = callout.title or str(getattr(self.words, callout.kind))
        title = paragraph_xml(f"{style}Title", text_xml(label))
        text = paragraph_xml(style, runs_xml(self.layout.runs(callout.text)))
        return f"{title}{text}{_after()}"

    def _tiles(self, figures: KeyFigures) -> str:
        longest = max((len(one.number) for one in figures.items), default=0)
        style = "KeyNumberLong" if longest > _LONG_NUMBER else "KeyNumber"
        tiles = [
            paragraph_xml(style, text_xml(one.number))
            + paragraph_xml("KeyLabel", text_xml(one.label))
            + (paragraph_xml("KeyNote", text_xml(one.note)) if one.note else "")
            for one in figures.items
        ]
        told = ", ".join(f"{one.number} {one.label}" for one in figures.items)
        before = paragraph_xml("BeforeTiles", "")
        return before + tiles_xml(told, tiles, self.width) + _after() if tiles else ""

    def _caption(self, style: str, text: str, piece: Placed) -> str:
        name, _, number = piece.label.rpartition(" ")
        kind = "Table" if isinstance(piece.block, Table) else "Figure"
        inner = text_xml(f"{name} ") + field_xml(f"SEQ {kind} \\* ARABIC", number)
        label = bookmarked(piece.anchor, self._number(), inner)
        return paragraph_xml(style, label + text_xml(f". {text}"))

    def _table(self, table: Table, piece: Placed) -> str:
        caption = self._caption("Caption", table.caption, piece)
        note = paragraph_xml("SmallNote", text_xml(table.note)) if table.note else _after()
        return caption + table_xml(table, self.width, landscape=self.landscape) + note

    def _figure(self, chart: Chart, piece: Placed) -> str:
        picture = paragraph_xml("Picture", self._drawing(chart))
        return picture + self._caption("FigureCaption", chart.caption, piece)

    def _drawing(self, chart: Chart) -> str:
        sheet = charts.on_sheet(chart, self.words, self.page)
        relation = self._relation()
        self.sheets[relation] = sheet
        told = charts.alternative(chart)
        size = {"width": self.page, "height": sheet.height}
        if self.frame:
            size = self.frame.fitted(**size, landscape=self.landscape)
        return picture_xml(relation, self._number(), alternative=told, **size)

    def _relation(self) -> str:
        """A name that no relation of the file has."""
        taken = self.word.part.rels.keys() | self.sheets.keys()
        return next(name for n in count(1) if (name := f"chart{n}") not in taken)

    def _draw(self) -> None:
        """Draw each chart into the file."""
        from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 -- slow import

        part = self.word.part
        for relation, sheet in self.sheets.items():
            image = part.package.get_or_add_image_part(BytesIO(sheet.png()))
            part.load_rel(RELATIONSHIP_TYPE.IMAGE, image, relation)


def _parsed(body: str) -> Any:
    """The document element around the parts of a body."""
    from docx.oxml import parse_xml  # noqa: PLC0415 -- slow import

    return parse_xml(f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>".encode())


def _on_new_page(xml: str) -> str:
    """The same paragraphs, the first of them at the head of a page."""
    return _STYLED.sub(r"\g<0><w:pageBreakBefore/>", xml, count=1)


def _ended(xml: str, section: str) -> str:
    """The same paragraphs, the last of them ending a section: no empty one can begin a page."""
    before, end, after = xml.rpartition("</w:pPr>")
    return f"{before}{section}{end}{after}"


def _ending(section: str) -> str:
    """The empty paragraph that ends a section, as small as can be."""
    return f'<w:p><w:pPr><w:pStyle w:val="SectionEnd"/>{section}</w:pPr></w:p>'


def _after() -> str:
    return paragraph_xml("AfterCallout", "")


def _split(page: str) -> list[str]:
    """The words of a footer with the places of the two numbers between them."""
    return page.replace("\x00", "\x02\x00\x02").replace("\x01", "\x02\x01\x02").split("\x02")


def _page_part(part: str) -> str:
    fields = {"\x00": "PAGE", "\x01": "NUMPAGES"}
    return field_xml(fields[part], "1") if part in fields else text_xml(part)
