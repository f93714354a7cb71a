"""The pages of a Word template: size, margins, and which header and footer stand on them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hrplan.documents.word_package import Unfit
from hrplan.documents.word_styles import W
from hrplan.documents.word_xml import NAMESPACES

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NARROWEST, _LOWEST = 4_000, 5_000  # [twip] of text: 7 cm across, 9 cm down
_LARGEST = 31_680  # [twip] the largest page of Word, 22 inches
_SIDES = ("top", "right", "bottom", "left", "header", "footer", "gutter")
_USUAL = (1474, 1417, 1361, 1417, 624, 567, 0)  # [twip] as on our own pages
_A4 = (11906, 16838)
_FIRST_TAG = re.compile(r"^(<\?xml[^>]*\?>\s*)?(<[\w:]+)")

References = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Page:
    """The properties of a section; lengths in twips (twentieths of a point).

    references : (header or footer, default, first or even) -> its relation
    """

    size: tuple[int, int]
    sides: tuple[int, ...]
    references: References
    borders: str = ""
    align: str = ""
    first_differs: bool = False

    @property
    def width(self) -> int:
        """Between the margins."""
        _top, right, _bottom, left, _header, _footer, gutter = self.sides
        return self.size[0] - left - right - gutter

    def left_between(self, top: float = 0, bottom: float = 0) -> int:
        """From margin to margin, these being at least so wide."""
        taken = max(abs(self.sides[0]), round(top)) + max(abs(self.sides[2]), round(bottom))
        return self.size[1] - taken

    @property
    def landscape(self) -> bool:
        return self.size[0] > self.size[1]

    @property
    def header(self) -> int:
        """From the edge to the header."""
        return self.sides[4]

    @property
    def footer(self) -> int:
        """From the edge to the footer."""
        return self.sides[5]

    @property
    def xml(self) -> str:
        """The properties as they stand in a file."""
        references = "".join(
            f'<w:{what}Reference w:type="{kind}" r:id="{key}"/>'
            for (what, kind), key in self.references.items()
        )
        width, height = self.size
        side = ' w:orient="landscape"' if self.landscape else ""
        margins = " ".join(
            f'w:{name}="{value}"' for name, value in zip(_SIDES, self.sides, strict=True)
        )
        return (
            f'<w:sectPr>{references}<w:type w:val="nextPage"/>'
            f'<w:pgSz w:w="{width}" w:h="{height}"{side}/><w:pgMar {margins}/>'
            f"{self.borders}{self.align}{'<w:titlePg/>' if self.first_differs else ''}</w:sectPr>"
        )


@dataclass(slots=True)
class Pages:
    """The page of the cover, and those of the text by whether they lie on their side."""

    first: Page
    text: dict[bool, Page]
    kinds: tuple[str, ...]

    def stood(self) -> Iterator[tuple[Page, str]]:
        """Each page of the text and the cover's, with the kinds of margins that stand on it."""
        for page in (*self.text.values(), self.first):
            for kind in self.kinds:
                yield page, kind
        if self.first.first_differs and ("footer", "first") in self.first.references:
            yield self.first, "first"

    def refer(self, what: str, kind: str, key: str) -> None:
        """Let all pages have a header or footer that the template lacks."""
        for page in (self.first, *self.text.values()):
            page.references.setdefault((what, kind), key)


def pages_of(body: "Element") -> Pages:
    """The pages of a body: the first section is the cover's, the last ones are the text's.

    A page on its side is the template's where it has one, else the upright one turned.

    Raises
    ------
    Unfit
        A page states no lengths that are numbers, or leaves too little room for text.
    """
    try:
        found = list(_pages(body))
    except ValueError as error:
        raise Unfit("pages") from error
    upright = next((one for one in reversed(found) if not one.landscape), found[-1])
    sideways = next((one for one in reversed(found) if one.landscape), _turned(upright))
    plain = {
        side: replace(page, align="", first_differs=False)
        for side, page in ((False, upright), (True, sideways))
    }
    for page in (found[0], *plain.values()):
        if page.width < _NARROWEST or page.left_between() < _LOWEST or max(page.size) > _LARGEST:
            raise Unfit("pages")
    even = any(kind == "even" for one in found for _what, kind in one.references)
    kinds = ("default", "even") if even else ("default",)
    return Pages(found[0], plain, kinds)


def _pages(body: "Element") -> Iterator[Page]:
    """Each section in turn; one that names no header of a kind has the one before it."""
    inherited: References = {}
    sections = list(body.iter(f"{W}sectPr"))
    for section in sections:
        own = {
            (what, str(one.get(f"{W}type", "default"))): str(one.get(_R))
            for what in ("header", "footer")
            for one in section.findall(f"{W}{what}Reference")
        }
        inherited = {**inherited, **own}
        yield _page(section, inherited)
    if not sections:
        yield Page(_A4, _USUAL, {})


def _page(section: "Element", references: References) -> Page:
    size, margin = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    sides = _USUAL if margin is None else tuple(int(margin.get(f"{W}{s}", 0)) for s in _SIDES)
    across, down = _A4 if size is None else (int(size.get(f"{W}{s}", 0)) for s in "wh")
    title = section.find(f"{W}titlePg")
    return Page(
        (across, down),
        sides,
        dict(sorted(references.items())),
        borders=_plain(section.find(f"{W}pgBorders")),
        align=_plain(section.find(f"{W}vAlign")),
        first_differs=title is not None and title.get(f"{W}val", "1") not in {"0", "false"},
    )


def _plain(element: "Element | None") -> str:
    """An element of one name and its children with their attributes, as text."""
    if element is None:
        return ""
    name = f"w:{str(element.tag).removeprefix(W)}"
    told = "".join(
        f' w:{str(key).removeprefix(W)}="{value}"'
        for key, value in element.items()
        if str(key).startswith(W) and '"' not in str(value) and "<" not in str(value)
    )
    return f"<{name}{told}>{''.join(map(_plain, element))}</{name}>"


def _turned(page: Page) -> Page:
    width, height = page.size
    return replace(page, size=(height, width), references=page.references)


def shaped(parse: Callable[[bytes], Any], xml: str) -> Any:
    """XML of ours as an element, its names declared where they are not."""
    if "xmlns:w=" not in xml:
        xml = _FIRST_TAG.sub(rf"\2 {NAMESPACES}", xml, count=1)
    return parse(xml.encode("utf-8"))
