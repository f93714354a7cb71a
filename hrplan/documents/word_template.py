"""A Word file in an administration's own template: its styles, pages, headers and cover."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hrplan.documents.nodes import Document
from hrplan.documents.word_fonts import Letters, letters_of
from hrplan.documents.word_house import (
    language_of,
    numbering_xml,
    part_xml,
    replace_content,
)
from hrplan.documents.word_merge import (
    merged_settings,
    missing,
    rename,
    renumber,
    set_language,
    take_numbering,
    take_styles,
)
from hrplan.documents.word_package import (
    field_codes,
    keep_mentioned,
    margin_parts,
    only_unfit,
    opened,
)
from hrplan.documents.word_pages import Page, Pages, pages_of, shaped
from hrplan.documents.word_placeholders import fill, known, nearest, placeholders, values_of
from hrplan.documents.word_room import height
from hrplan.documents.word_styles import TWIP, Look, W, looks
from hrplan.documents.word_xml import NAMESPACES, paragraph_xml, text_xml
from hrplan.documents.words import Words, right_to_left

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

_STOPS = (567, 1304, 2154)  # [twip] where the titles of the contents list begin, by depth
_POINTS_OF_INCH, _TWIPS_OF_INCH = 72, 1440
_CAPTION = 1  # [inch] left below a picture for its caption
_NUMBERING = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_NUMBERING_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
_OTHERS = frozenset(  # of another document: remarks, marks, bound data
    f"{W}{name}"
    for name in (
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"),
        *("commentReference", "footnoteReference", "endnoteReference", "proofErr"),
        *("permStart", "permEnd", "del", "moveFrom", "pPrChange", "rPrChange", "sectPrChange"),
        *("tblPrChange", "dataBinding", "showingPlcHdr", "placeholder", "sectPr", "object"),
        *("lastRenderedPageBreak",),
    )
)


@dataclass(frozen=True, slots=True)
class Findings:
    """What a template has and lacks.

    missing : names of styles that our documents use and that are taken from ours
    filled : placeholders that are filled; unknown : others, each with the one it is most like
    has_own_cover : its first page stands for our cover; has_page_numbers : in header or footer
    """

    missing: tuple[str, ...]
    filled: tuple[str, ...]
    unknown: tuple[tuple[str, str], ...]
    has_own_cover: bool
    has_page_numbers: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds the text in a template.

    widths : [twip] between the margins, by whether the page lies on its side
    sections : properties of a section, likewise; first : those of the cover
    cover : the paragraphs of its own first page; empty where ours is used
    heights : [twip] likewise, what header and footer leave between them
    ids : the numbers up to here are in use
    margins : [twip] what header and footer need of a page, at the top and at the bottom
    """

    widths: Mapping[bool, int]
    heights: Mapping[bool, int]
    sections: Mapping[bool, str]
    first: str
    cover: str
    ids: int
    margins: Mapping[bool, tuple[float, float]]
    letters: Letters

    def stops(self, depth: int) -> str:
        """The tabs of an entry of the contents list: after its number, and at its page."""
        return (
            f'<w:tabs><w:tab w:val="left" w:pos="{_STOPS[depth - 1]}"/>'
            f'<w:tab w:val="right" w:leader="dot" w:pos="{self.widths[False]}"/></w:tabs>'
        )

    def fitted(self, *, width: float, height: float, landscape: bool) -> dict[str, float]:
        """The size of a picture [inch] that goes between the margins."""
        across = self.widths[landscape] / _TWIPS_OF_INCH
        down = self.heights[landscape] / _TWIPS_OF_INCH - _CAPTION
        share = min(1, across / width, down / height)
        return {"width": width * share, "height": height * share}

    def make_room(self, body: "Element") -> None:
        """Set the margins of a body that is measured to what headers and footers leave."""
        for section in body.iter(f"{W}sectPr"):
            size, margin = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
            if size is None or margin is None:
                continue
            top, bottom = self.margins[size.get(f"{W}orient") == "landscape"]
            margin.set(f"{W}top", str(max(abs(int(margin.get(f"{W}top", 0))), round(top))))
            margin.set(f"{W}bottom", str(max(abs(int(margin.get(f"{W}bottom", 0))), round(bottom))))


def findings(template: bytes) -> Findings:
    """What a template has and lacks for our documents.

    Raises
    ------
    Unfit
    """
    with only_unfit():
        return _findings(opened(template))


def _findings(word: "WordDocument") -> Findings:
    cover = list(_cover(word))
    roots = [*cover, *(part.element for part in margin_parts(word).values())]
    names = [name for root in roots for name in placeholders(root)]
    filled = dict.fromkeys(known(name) for name in names if known(name))
    unknown = dict.fromkeys(name for name in names if not known(name))
    return Findings(
        missing=missing(word.styles.element, _element(part_xml("styles"))),
        filled=tuple(filled),
        unknown=tuple((name, nearest(name)) for name in unknown),
        has_own_cover=bool(cover),
        has_page_numbers=any("PAGE" in code.upper().split() for code in field_codes(word)),
    )


def framed(word: "WordDocument", document: Document, words: Words, mark: str) -> Frame:
    """Bring a template's parts together with ours, and fill its headers, footers and cover.

    Raises
    ------
    Unfit
    """
    cover = [deepcopy(one) for one in _cover(word)]
    pages = pages_of(word.element.body)
    _merge(word, document, words, cover)
    values = values_of(document, words, mark.rpartition(" ")[2])
    _fill_margins(word, pages, document, values)
    own = _filled_cover(cover, values)
    sections = {landscape: page.xml for landscape, page in pages.text.items()}
    keep_mentioned(word, *cover, *(_element(one) for one in (*sections.values(), pages.first.xml)))
    seen = looks(word.styles.element)
    margins = {side: _margins(word, page, seen) for side, page in pages.text.items()}
    return Frame(
        widths={side: page.width for side, page in pages.text.items()},
        heights={side: page.left_between(*margins[side]) for side, page in pages.text.items()},
        sections=sections,
        first=pages.first.xml,
        cover=own,
        ids=_highest_id(cover),
        margins=margins,
        letters=letters_of(word),
    )


def _merge(word: "WordDocument", document: Document, words: Words, cover: list["Element"]) -> None:
    """Styles, lists and settings of theirs with ours; what refers to them follows."""
    sheet = word.styles.element
    ours = _element(part_xml("styles"))
    ids = take_styles(sheet, ours)
    set_language(sheet, language_of(document), right_to_left=right_to_left(document.language))
    take_numbering(_numbering(word), _element(numbering_xml(words)), ids)
    for root in (*cover, *(part.element for part in margin_parts(word).values())):
        rename(root, ids)
        renumber(root)
        _clean(root)
    settings = word.settings.element
    settings[:] = merged_settings(settings, _element(part_xml("settings")))


def _numbering(word: "WordDocument") -> Any:
    """The lists of a template; an empty part where it has none."""
    from docx.opc.packuri import PackURI  # noqa: PLC0415 -- slow import
    from docx.parts.numbering import NumberingPart  # noqa: PLC0415 -- slow import

    kinds = {one.reltype for one in word.part.rels.values()}
    if _NUMBERING_KIND not in kinds:
        blob = f"<w:numbering {NAMESPACES}/>".encode()
        place = PackURI("/word/numbering.xml")
        part = NumberingPart.load(place, _NUMBERING, blob, word.part.package)
        word.part.relate_to(part, _NUMBERING_KIND)
    return word.part.numbering_part.element


def _cover(word: "WordDocument") -> Iterator["Element"]:
    """The first page of the body where it has placeholders: what stands before the first break."""
    body = word.element.body
    if not any(known(name) for name in placeholders(body)):
        return
    for block in body:
        if block.tag == f"{W}sectPr":
            return
        yield block
        if block.find(f".//{W}sectPr") is not None or _breaks(block):
            return


def _breaks(block: "Element") -> bool:
    return any(one.get(f"{W}type") == "page" for one in block.iter(f"{W}br"))


def _filled_cover(cover: list["Element"], values: Mapping[str, str]) -> str:
    """The template's first page as XML, with what must stand on every cover."""
    from lxml import etree  # noqa: PLC0415 -- slow import

    if not cover:
        return ""
    asked = {known(name) for root in cover for name in placeholders(root)}
    for root in cover:
        fill(root, values)
        for one in [one for one in root.iter(f"{W}br") if one.get(f"{W}type") == "page"]:
            one.getparent().remove(one)  # type: ignore[union-attr]
    parts = [etree.tostring(root, encoding="unicode") for root in cover]
    parts += [
        paragraph_xml(style, text_xml(values[name]))
        for name, style in (("edition", "CoverLine"), ("notice", "CoverNotice"))
        if values[name] and name not in asked
    ]
    return "".join(parts)


def _fill_margins(
    word: "WordDocument", pages: Pages, document: Document, values: Mapping[str, str]
) -> None:
    """Fill headers and footers; what our documents say on every page is said in the footer."""
    told = [name for name in ("notice", "edition") if getattr(document, name)]
    parts = margin_parts(word)
    heads = {
        key: {known(name) for name in placeholders(part.element)} for key, part in parts.items()
    }
    for part in parts.values():
        fill(part.element, values)
    for page, kind in pages.stood():
        said = heads.get(page.references.get(("header", kind), ""), set())
        key = page.references.get(("footer", kind), "")
        left = [name for name in told if name not in said | heads.get(key, set())]
        if not left:
            continue
        if key not in parts:
            _part, key = word.part.add_footer_part()
            replace_content(_part.element, f"<w:ftr {NAMESPACES}/>")
            pages.refer("footer", kind, key)
            parts = margin_parts(word)
        more = " · ".join(values[name] for name in left)
        parts[key].element.append(_element(paragraph_xml("Footer", text_xml(more))))
        heads[key] = heads.get(key, set()) | set(left)


def _margins(word: "WordDocument", page: Page, seen: Mapping[str, Look]) -> tuple[float, float]:
    """[twip] from the edge of the page to its text, at the top and at the bottom."""
    parts = margin_parts(word)

    def needed(kind: str, distance: int) -> float:
        keys = {key for (what, _type), key in page.references.items() if what == kind}
        roots = [parts[key].element for key in keys if key in parts]
        return distance + TWIP * max(
            (height(root, seen, page.width / TWIP) for root in roots), default=0.0
        )

    return needed("header", page.header), needed("footer", page.footer)


def _clean(root: "Element") -> None:
    """Take out what belongs to the document that the template was once; insertions stay."""
    for node in [one for one in root.iter() if one.tag in _OTHERS or _is_new(one.tag)]:
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
    for node in root.iter():
        for name in [name for name in node.attrib if _is_new(name)]:
            del node.attrib[name]
    for node in list(root.iter(f"{W}ins", f"{W}moveTo")):
        parent = node.getparent()
        if parent is not None:
            place = parent.index(node)
            parent[place : place + 1] = list(node)


def _is_new(name: object) -> bool:
    """Whether a name is of a later Word than the one whose files ours are."""
    return "/office/word/20" in str(name) and "/wordprocessing" not in str(name)


def _highest_id(cover: list["Element"]) -> int:
    found = [
        int(one.get("id", 0))
        for root in cover
        for one in root.iter("{*}docPr", "{*}cNvPr")
        if str(one.get("id", "")).isdigit()
    ]
    return max(found, default=0)


def _element(xml: str) -> Any:
    from docx.oxml import parse_xml  # noqa: PLC0415 -- slow import

    return shaped(parse_xml, xml)
