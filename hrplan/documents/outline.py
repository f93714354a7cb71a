"""The document laid out for every renderer alike: numbers, anchors, links and page orientation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from hrplan.documents.nodes import (
    Block,
    Bullets,
    Chart,
    Document,
    KeyFigures,
    Leaf,
    Paragraph,
    Rich,
    Section,
    Source,
    Table,
    Text,
    plain,
)
from hrplan.documents.words import Words

_DEEPEST = 6  # headings below the sixth level look like it and bear no number
_LEADING = 240  # [letters] a longer paragraph stands for itself and is left where it ends


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its number ("3.2", "Annex A" or nothing), depth from 1, anchor and sources."""

    title: str
    number: str
    depth: int
    anchor: str
    annex: bool
    landscape: bool
    sources: tuple[Source, ...] = ()

    @property
    def full(self) -> str:
        """Number and title as the contents list shows them."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Placed:
    """A block in its place; a table or figure with its label ("Table 3") and anchor.

    leads : a paragraph that introduces the list, table or figure after it and stays with it
    """

    block: Leaf
    landscape: bool
    label: str = ""
    anchor: str = ""
    leads: bool = False


Piece = Heading | Placed


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pieces that follow each other on pages of one orientation."""

    landscape: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text with its link resolved to an anchor (empty where it has none)."""

    text: str
    bold: bool = False
    italic: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """All pieces in reading order, and where each key leads."""

    pieces: tuple[Piece, ...]
    targets: dict[str, tuple[str, str]]

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The entries of the contents list."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Heading))

    def runs(self, rich: Rich) -> tuple[Run, ...]:
        """The runs of a text; a link without words takes the label of its target."""
        if isinstance(rich, str):
            return (Run(rich),)
        return tuple(self._run(text) for text in rich)

    def _run(self, text: Text) -> Run:
        anchor, label = self.targets.get(text.to, ("", text.to))
        return Run(text.text or label, text.bold, text.italic, anchor)

    def stretches(self) -> tuple[Stretch, ...]:
        """The pieces by orientation; a heading never stays behind on the page before."""
        found: list[list[Piece]] = []
        for piece in self.pieces:
            if found and found[-1][0].landscape == piece.landscape:
                found[-1].append(piece)
                continue
            carried: list[Heading] = _trailing_headings(found[-1]) if found else []
            found = [pieces for pieces in found if pieces]
            found.append([*(replace(one, landscape=piece.landscape) for one in carried)])
            found[-1].append(piece)
        return tuple(Stretch(pieces[0].landscape, tuple(pieces)) for pieces in found)


def _trailing_headings(pieces: list[Piece]) -> list[Heading]:
    carried: list[Heading] = []
    while pieces and isinstance(last := pieces[-1], Heading):
        carried.insert(0, last)
        pieces.pop()
    return carried


class _Counter:
    """Numbers and unique anchors handed out while walking the tree."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.tables = self.figures = self.sections = self.annexes = 0
        self.anchors: set[str] = set()
        self.targets: dict[str, tuple[str, str]] = {}

    def anchor(self, key: str, otherwise: str, label: str) -> str:
        name = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-") or otherwise
        if name in self.anchors:
            name = f"{name}-{otherwise}"
        self.anchors.add(name)
        if key:
            self.targets.setdefault(key, (name, label))
        return name

    def heading(self, section: Section, number: str, depth: int, landscape: bool) -> Heading:
        self.sections += 1
        shown = f"{self.words.annex} {number}" if section.annex and depth == 1 else number
        label = shown if section.annex else f"{self.words.section} {number}".strip()
        if not number:
            label = section.title
        anchor = self.anchor(section.key, f"section-{self.sections}", label)
        sources = section.sources
        return Heading(section.title, shown, depth, anchor, section.annex, landscape, sources)

    def placed(self, block: Leaf, landscape: bool) -> Placed:
        if isinstance(block, Table):
            self.tables += 1
            label, spare = f"{self.words.table} {self.tables}", f"table-{self.tables}"
        elif isinstance(block, Chart):
            self.figures += 1
            label, spare = f"{self.words.figure} {self.figures}", f"figure-{self.figures}"
        else:
            return Placed(block, landscape)
        return Placed(block, landscape, label, self.anchor(block.key, spare, label))


def laid_out(document: Document, words: Words) -> Layout:
    """The document's pieces with their numbers; annexes are lettered, the rest numbered."""
    counter = _Counter(words)
    pieces = tuple(_sections(document.sections, counter, prefix="", depth=1, landscape=False))
    return Layout(_with_leads(pieces), counter.targets)


def _with_leads(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces with those paragraphs marked that introduce what follows them."""
    return tuple(
        replace(one, leads=True) if isinstance(one, Placed) and _leads(one, after) else one
        for one, after in pairwise((*pieces, None))
        if one is not None
    )


def _leads(one: Placed, after: Piece | None) -> bool:
    if not isinstance(one.block, Paragraph) or not isinstance(after, Placed):
        return False
    followed = isinstance(after.block, Bullets | Table | Chart | KeyFigures)
    return followed and len(plain(one.block.text)) <= _LEADING


def _sections(
    blocks: tuple[Block, ...], counter: _Counter, *, prefix: str, depth: int, landscape: bool
) -> Iterator[Piece]:
    inner = 0
    for block in blocks:
        if not isinstance(block, Section):
            yield counter.placed(block, landscape)
            continue
        number = ""
        if block.annex and depth == 1:
            number = letter(counter.annexes)
            counter.annexes += 1
        elif block.numbered and (prefix or depth == 1) and depth <= _DEEPEST:
            inner += 1
            number = f"{prefix}{inner}"
        wide = landscape or block.landscape
        yield counter.heading(block, number, min(depth, _DEEPEST), wide)
        below = f"{number}." if number else ""
        yield from _sections(block.blocks, counter, prefix=below, depth=depth + 1, landscape=wide)


def letter(index: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    head = letter(index // 26 - 1) if index >= 26 else ""
    return head + chr(ord("A") + index % 26)
