"""A document as a Word file: real headings, captions, contents field, sections and header rows."""

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from hrplan.documents import charts
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
from hrplan.documents.outline import Heading, Layout, Placed, Run, laid_out
from hrplan.documents.word_xml import (
    NAMESPACES,
    SIDEWAYS,
    UPRIGHT,
    bookmarked,
    field_xml,
    link_xml,
    pairs_xml,
    paragraph_xml,
    picture_xml,
    quoted,
    runs_xml,
    section_xml,
    table_xml,
    text_xml,
    tiles_xml,
)
from hrplan.documents.words import ENGLISH, Words, right_to_left, xml_safe

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_HOUSE = Path(__file__).parent / "house"
_STYLES = {"body": "BodyText", "lead": "Lead", "note": "SmallNote", "quote": "Quote"}
_PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_LOGO_HEIGHT = 0.9  # [inch]
_ANNEX_LIST = 2  # the list of numbering.xml that letters annexes
_FIRST_FREE_LIST = 10
_LEFTOVERS = frozenset({"thumbnail", "stylesWithEffects"})
_CONTENTS_DEPTH = 3
_LONG_NUMBER = 7  # characters; beyond them the numbers of tiles are set smaller


def docx(document: Document, words: Words = ENGLISH, mark: str = "") -> bytes:
    """The document as the bytes of a .docx file; the same document gives the same bytes.

    `mark` is kept in the properties of the file, among the keywords.
    """
    import docx as python_docx  # noqa: PLC0415 -- slow import

    word = python_docx.Document()
    _set_house(word, document, words)
    _Writer(word, document, words).write()
    _set_properties(word, document, mark)
    out = BytesIO()
    word.save(out)
    return _undated(out.getvalue(), document.as_of)


def _set_house(word: "WordDocument", document: Document, words: Words) -> None:
    """Our styles and numbering in the place of those of the library's template."""
    styles = (_HOUSE / "styles.xml").read_text("utf-8").replace("en-GB", _language(document))
    if right_to_left(document.language):
        styles = styles.replace("<w:widowControl/>", "<w:widowControl/><w:bidi/>")
    _replace(word.styles.element, styles)
    _replace(word.settings.element, (_HOUSE / "settings.xml").read_text("utf-8"))
    numbering = (_HOUSE / "numbering.xml").read_text("utf-8")
    numbering = numbering.replace("Annex %1", f"{quoted(words.annex)} %1")
    _replace(word.part.numbering_part.element, numbering)
    _remove_leftovers(word)


def _language(document: Document) -> str:
    language = quoted(document.language)
    return "en-GB" if language == "en" else language


def _replace(element: object, xml: str) -> None:
    from docx.oxml import parse_xml  # noqa: PLC0415 -- slow import

    element[:] = parse_xml(xml.encode("utf-8"))[:]  # type: ignore[index]


def _remove_leftovers(word: "WordDocument") -> None:
    """Parts of the library's template that show or style another document."""
    for relations in (word.part.package.rels, word.part.rels):
        kinds = {key: one.reltype.rpartition("/")[2] for key, one in relations.items()}
        for key in [key for key, kind in kinds.items() if kind in _LEFTOVERS]:
            del relations[key]


def _set_properties(word: "WordDocument", document: Document, mark: str) -> None:
    core = word.core_properties
    day = datetime(document.as_of.year, document.as_of.month, document.as_of.day, tzinfo=UTC)
    core.title = xml_safe(document.title)[:255]
    core.subject = xml_safe(document.subtitle)[:255]
    core.author = core.last_modified_by = xml_safe(document.administration)[:255]
    core.comments = xml_safe(document.notice)[:255]
    core.language = document.language
    core.version = xml_safe(document.version)[:255]
    core.created = core.modified = day
    core.keywords, core.category, core.revision = xml_safe(mark)[:255], "", 1


def _undated(package: bytes, day: date) -> bytes:
    """The same package with every part dated by the document and in a fixed order."""
    out = BytesIO()
    stamp = (max(day.year, 1980), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            new.writestr(entry, old.read(name))
    return out.getvalue()


class _Writer:
    """Collects the body as XML while handing out the numbers that Word wants unique."""

    def __init__(self, word: "WordDocument", document: Document, words: Words) -> None:
        self.word = word
        self.document = document
        self.words = words
        self.layout: Layout = laid_out(document, words)
        self.ids = 0
        self.lists = _FIRST_FREE_LIST
        self.width = UPRIGHT
        self.page = charts.PORTRAIT

    def write(self) -> None:
        """The whole body, parsed once."""
        from docx.oxml import parse_xml  # noqa: PLC0415 -- slow import

        upright, sideways = (self._margins(landscape) for landscape in (False, True))
        parts = [self._cover(), _ending(section_xml(landscape=False, title=True)), self._front()]
        stretches = self.layout.stretches()
        last = section_xml(landscape=False, header=upright[0], footer=upright[1])
        if stretches:
            parts.append(_ending(last))
        for index, stretch in enumerate(stretches):
            header, footer = sideways if stretch.landscape else upright
            self.width = SIDEWAYS if stretch.landscape else UPRIGHT
            self.page = charts.LANDSCAPE if stretch.landscape else charts.PORTRAIT
            parts += [self._piece(piece) for piece in stretch.pieces]
            last = section_xml(landscape=stretch.landscape, header=header, footer=footer)
            if index < len(stretches) - 1:
                parts.append(_ending(last))
        body = f"<w:body>{''.join(parts)}{last}</w:body>"
        tree = parse_xml(f"<w:document {NAMESPACES}>{body}</w:document>".encode())
        self.word.part._element = tree  # as a whole: moving thousands of nodes is slow

    def _number(self) -> int:
        self.ids += 1
        return self.ids

    # --- Before the text ---

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
        head = text_xml(left) + "<w:r><w:tab/></w:r>" + text_xml(right)
        foot = text_xml(notice) + "<w:r><w:tab/></w:r>" + shown
        for part, style, inner in (
            (section.header, "Header", head),
            (section.footer, "Footer", foot),
        ):
            _replace(
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
            parts.append(pairs_xml(self.words.control, self.document.control, UPRIGHT))
            parts.append(_PAGE_BREAK)
        parts.append(paragraph_xml("FrontHeading", text_xml(self.words.contents)))
        parts += self._contents()
        return "".join(parts)

    def _contents(self) -> list[str]:
        """A contents field that holds its entries; Word adds the page numbers on opening."""
        shown = [one for one in self.layout.headings if one.depth <= _CONTENTS_DEPTH]
        opening = (
            '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
            '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" \\h \\z \\u </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        closing = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        entries = [
            paragraph_xml(
                f"TOC{heading.depth}", (opening if index == 0 else "") + self._entry(heading)
            )
            for index, heading in enumerate(shown)
        ]
        if not entries:
            return []
        return [*entries[:-1], entries[-1].removesuffix("</w:p>") + closing + "</w:p>"]

    def _entry(self, heading: Heading) -> str:
        number = text_xml(heading.number) + "<w:r><w:tab/></w:r>" if heading.number else ""
        if heading.annex and heading.depth == 1:
            number = text_xml(f"{heading.number} ")
        return link_xml(heading.anchor, number + text_xml(heading.title))

    # --- The text ---

    def _piece(self, piece: Heading | Placed) -> str:
        if isinstance(piece, Heading):
            return self._heading(piece)
        match piece.block:
            case Paragraph(text=text, style=style):
                return paragraph_xml(_STYLES[style], runs_xml(self.layout.runs(text)))
            case Bullets() as bullets:
                return self._list(bullets)
            case Callout() as callout:
                return self._callout(callout)
            case Reference(mark=mark, text=text, address=address):
                inner = text_xml(f"[{mark}]") + "<w:r><w:tab/></w:r>" + text_xml(text)
                return paragraph_xml("Source", inner + (text_xml(f" {address}") if address else ""))
            case KeyFigures() as figures:
                return self._tiles(figures)
            case PageBreak():
                return _PAGE_BREAK
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
        items = (runs_xml(self.layout.runs(item)) for item in bullets.items)
        return "".join(paragraph_xml(style, item, listed) for item in items)

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
        title = paragraph_xml(style, runs_xml((Run(label, bold=True),)), "<w:keepNext/>")
        text = paragraph_xml(style, runs_xml(self.layout.runs(callout.text)))
        return f"{title}{text}{_after()}"

    def _tiles(self, figures: KeyFigures) -> str:
        longest = max((len(one.number) for one in figures.items), default=0)
        size = '<w:sz w:val="28"/>' if longest > _LONG_NUMBER else ""
        tiles = [
            paragraph_xml("KeyNumber", text_xml(one.number, size))
            + paragraph_xml("KeyLabel", text_xml(one.label))
            + (paragraph_xml("KeyNote", text_xml(one.note)) if one.note else "")
            for one in figures.items
        ]
        told = ", ".join(f"{one.number} {one.label}" for one in figures.items)
        return tiles_xml(told, tiles, self.width) + _after() if tiles else ""

    def _caption(self, style: str, text: str, piece: Placed) -> str:
        name, _, number = piece.label.rpartition(" ")
        kind = "Table" if isinstance(piece.block, Table) else "Figure"
        inner = text_xml(f"{name} ") + field_xml(f"SEQ {kind} \\* ARABIC", number)
        label = bookmarked(piece.anchor, self._number(), inner)
        return paragraph_xml(style, label + text_xml(f". {text}"))

    def _table(self, table: Table, piece: Placed) -> str:
        caption = self._caption("Caption", table.caption, piece)
        note = paragraph_xml("SmallNote", text_xml(table.note)) if table.note else _after()
        return caption + table_xml(table, self.width) + note

    def _figure(self, chart: Chart, piece: Placed) -> str:
        picture = paragraph_xml("Picture", self._drawing(chart))
        return picture + self._caption("FigureCaption", chart.caption, piece)

    def _drawing(self, chart: Chart) -> str:
        data, height = charts.png(chart, self.words, self.page)
        relation, _ = self.word.part.get_or_add_image(BytesIO(data))
        told = charts.alternative(chart)
        size = {"width": self.page, "height": height}
        return picture_xml(relation, self._number(), alternative=told, **size)


def _ending(section: str) -> str:
    """The empty paragraph that ends a section, as small as can be."""
    return f'<w:p><w:pPr><w:pStyle w:val="AfterCallout"/>{section}</w:pPr></w:p>'


def _after() -> str:
    return paragraph_xml("AfterCallout", "")


def _split(page: str) -> list[str]:
    """The words of a footer with the places of the two numbers between them."""
    return page.replace("\x00", "\x02\x00\x02").replace("\x01", "\x02\x01\x02").split("\x02")


def _page_part(part: str) -> str:
    fields = {"\x00": "PAGE", "\x01": "NUMPAGES"}
    return field_xml(fields[part], "1") if part in fields else text_xml(part)
