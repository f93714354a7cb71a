"""Paragraphs of a Word file that comes back, each with the place of the version it stands at."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from hrplan.documents.comparing import SHORTEST
from hrplan.documents.likest import in_order, likest
from hrplan.documents.places import WHOLE, Place
from hrplan.documents.word_styles import W
from hrplan.documents.word_xml import bookmark_name

MOST = 2_000  # passages of a section or rows of a table that are matched by their order
_REMARKS = {f"{W}{tag}" for tag in ("commentRangeStart", "commentReference")}
_NEW = {f"{W}ins", f"{W}moveTo"}
_CHANGES = _NEW | {f"{W}del", f"{W}moveFrom"}
_AROUND = {f"{W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a paragraph stands: its place, else (not exact) the section or table around it."""

    anchor: str = ""
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class _Text:
    """A passage, or a row of a table: as it came back, or (with an anchor) as it was sent out."""

    squeezed: str
    words: str
    anchor: str = ""


Stood = tuple[Element, Stand]
Named = Callable[[str], str]


def stands(body: Element, places: Sequence[Place]) -> Iterator[Stood]:
    """Every paragraph, row or cell of a body in order, with where it stands.

    Source
    ------
    docs/methods/comments.md, "What comes back in a Word file".
    """
    finder = _Finder(places)
    heading, group = "", list[Element]()
    for block in _blocks(body):
        own = finder.own(block)
        if own is not None and own.kind == "heading":
            yield from finder.section(heading, group)
            heading, group = own.anchor, []
        group.append(block)
    yield from finder.section(heading, group)


def words_of(node: Element) -> str:
    """The words of a node, those removed among them."""
    return "".join(part.text or "" for part in node.iter() if part.tag in {f"{W}t", f"{W}delText"})


def _blocks(node: Element) -> Iterator[Element]:
    """Paragraphs and tables, whatever is put around them."""
    for block in node:
        if block.tag in {f"{W}p", f"{W}tbl"}:
            yield block
        elif block.tag in _AROUND:
            yield from _blocks(block)


def _rows(table: Element) -> Iterator[Element]:
    return _inside(table, f"{W}tr")


def _cells(row: Element) -> Iterator[Element]:
    return _inside(row, f"{W}tc")


def _inside(node: Element, tag: str) -> Iterator[Element]:
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag in _AROUND:
            yield from _inside(child, tag)


def _is_head(row: Element) -> bool:
    return row.find(f"{W}trPr/{W}tblHeader") is not None


def _words_before(node: Element) -> str:
    """The words of a node as they were before anybody changed them."""
    if node.tag in {f"{W}t", f"{W}delText"}:
        return node.text or ""
    if node.tag in _NEW:
        return ""
    return "".join(map(_words_before, node))


def _as_sent(node: Element) -> str:
    """The words of a paragraph, a row or a cell as they were sent out; of a row cell by cell."""
    if node.tag == f"{W}tr":
        return " | ".join(map(_words_before, _cells(node)))
    return " ".join(map(_words_before, node.iter(f"{W}p")))


def _is_remarked(node: Element) -> bool:
    return any(part.tag in _REMARKS or part.tag in _CHANGES for part in node.iter())


def _squeezed(text: str) -> str:
    """The text without what a word processor may set otherwise: blanks and ends of lines."""
    return "".join(text.split())


def _text(words: str, anchor: str = "") -> _Text:
    return _Text(_squeezed(words), words, anchor)


def _alike(
    sent: Sequence[_Text], back: Sequence[_Text], known: dict[int, int], told_by: Named
) -> dict[int, int]:
    """Of those that are not known yet, the ones that are most like to each other."""
    taken = set(known.values())
    left = [m for m in range(len(sent)) if m not in taken]
    came = [n for n in range(len(back)) if n not in known and back[n].squeezed]
    pairs = likest([told_by(sent[m].words) for m in left], [told_by(back[n].words) for n in came])
    return {came[n]: left[m] for n, m in pairs.items()}


def _all(words: str) -> str:
    return words


def _first(row: str) -> str:
    return row.partition(" | ")[0]


class _Finder:
    """What was sent out: places by their bookmarks, passages by the section or table around."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.marks = {bookmark_name(one.anchor): one for one in places if one.kind in WHOLE}
        self.sent: dict[str, list[_Text]] = {}
        self.everywhere: dict[str, set[str]] = {}
        tables = {one.anchor: one.within for one in places if one.kind == "table"}
        for one in places:
            if one.kind not in WHOLE:
                around = tables[one.within] if one.kind == "note" else one.within
                self._keep(around, one)

    def _keep(self, around: str, place: Place) -> None:
        for words in filter(None, (place.head, place.said)):
            text = _text(words, place.anchor)
            self.sent.setdefault(around, []).append(text)
            self.everywhere.setdefault(text.squeezed, set()).add(place.anchor)

    def own(self, block: Element) -> Place | None:
        """The heading, or the table or figure of a caption."""
        if block.tag != f"{W}p":
            return None
        names = (one.get(f"{W}name", "") for one in block.iter(f"{W}bookmarkStart"))
        return next((self.marks[name] for name in names if name in self.marks), None)

    def section(self, heading: str, blocks: Sequence[Element]) -> list[Stood]:
        """The blocks under a heading, itself the first; tables by their rows or cells."""
        found: list[tuple[Element, Stand | None]] = []
        own = [*map(self.own, blocks), None]
        for n, block in enumerate(blocks):
            caption = own[n - 1] if n else None
            if block.tag == f"{W}tbl":
                if caption is not None and caption.kind == "table":
                    found += self._rows(caption.anchor, block)
                else:
                    found += [(cell, None) for row in _rows(block) for cell in _cells(row)]
                continue
            is_picture = block.find(f".//{W}drawing") is not None
            place = own[n] or (own[n + 1] if is_picture else None)
            found.append((block, Stand(place.anchor, is_exact=True) if place else None))
        return self._filled(heading, found, _all)

    def _rows(self, table: str, block: Element) -> list[Stood]:
        """The rows of a table; its headings stand at the table itself."""
        at = Stand(table, is_exact=True)
        rows = [(row, at if _is_head(row) else None) for row in _rows(block)]
        return self._filled(table, rows, _first)

    def _filled(
        self, around: str, found: Sequence[tuple[Element, Stand | None]], told_by: Named
    ) -> list[Stood]:
        """The same, with where those stand that have no place yet."""
        rest = iter(self._known([one for one, stand in found if stand is None], around, told_by))
        return [(one, stand or next(rest)) for one, stand in found]

    def _known(self, elements: Sequence[Element], around: str, told_by: Named) -> list[Stand]:
        """Passages known by their words and their order, else by their words alone."""
        if not any(map(_is_remarked, elements)):
            return [Stand(around)] * len(elements)
        sent, back = self.sent.get(around, []), [_text(_as_sent(one)) for one in elements]
        known: dict[int, int] = {}
        if len(back) <= MOST:
            known = in_order([one.squeezed for one in sent], [one.squeezed for one in back])
            known |= _alike(sent, back, known, told_by)
        return [
            self._stand(around, sent[known[n]].anchor if n in known else "", one.squeezed)
            for n, one in enumerate(back)
        ]

    def _stand(self, around: str, anchor: str, squeezed: str) -> Stand:
        anchor = anchor or self._anywhere(around, squeezed)
        return Stand(anchor, is_exact=True) if anchor else Stand(around)

    def _anywhere(self, around: str, squeezed: str) -> str:
        """The place that says just this: in the section, else the only one of the document."""
        near = (one.anchor for one in self.sent.get(around, []) if one.squeezed == squeezed)
        only = self.everywhere.get(squeezed, set()) if len(squeezed) >= SHORTEST else set()
        return next(near, "") or (next(iter(only)) if len(only) == 1 else "")
