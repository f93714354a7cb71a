"""Two versions of a document compared: one document with all marks, and what changed in a list."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Literal

from hrplan.documents.behind import table_behind
from hrplan.documents.marks import (
    STRETCH,
    added,
    bare,
    likeness,
    marked,
    marked_rich,
    numbers_changed,
    removed,
)
from hrplan.documents.nodes import (
    Block,
    Bullets,
    Callout,
    Chart,
    Document,
    KeyFigures,
    PageBreak,
    Paragraph,
    Reference,
    Rich,
    Section,
    Table,
    plain,
)
from hrplan.documents.stored import from_json, to_json
from hrplan.documents.whole import all_added, all_removed
from hrplan.documents.words import ENGLISH, Words

Kind = Literal["added", "removed", "changed", "moved"]
ALIKE = 0.4  # words shared by two wordings of one passage, at least
SHORTEST = 12  # letters of what is told to have moved


@dataclass(frozen=True, slots=True)
class Change:
    """One block that differs; `words` is marked, `was_in` the old section of what moved."""

    kind: Kind
    what: str
    section: str
    words: str
    was_in: str = ""


@dataclass(frozen=True, slots=True)
class NumberChange:
    """One number that took the place of another; `label` says of what."""

    section: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The new document with the marks of what differs from the old one; changes in its order."""

    document: Document
    changes: tuple[Change, ...]
    numbers: tuple[NumberChange, ...]

    def count(self, kind: Kind) -> int:
        return sum(one.kind == kind for one in self.changes)


def compared(old: Document, new: Document, words: Words = ENGLISH) -> Comparison:
    """What became of a document.

    Sections, tables and figures are matched by their keys, else by their titles; running text by
    the words it shares; rows of tables by their first cell.

    Source
    ------
    docs/methods/comparing.md.
    """
    old, new = _unmarked(old), _unmarked(new)
    merger = _Merger(words)
    sections = merger.blocks(old.sections, new.sections, "")
    document = replace(new, sections=tuple(sections))
    return Comparison(document, tuple(_with_moves(merger.changes)), tuple(merger.numbers))


def _unmarked(document: Document) -> Document:
    """The document without any mark that somebody wrote into it."""
    text = json.dumps(json.loads(to_json(document)), ensure_ascii=False)
    return from_json(bare(text)) if STRETCH.search(text) else document


class _Merger:
    """Walks both trees and keeps what it found on the way."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.changes: list[Change] = []
        self.numbers: list[NumberChange] = []

    def blocks(self, old: Sequence[Block], new: Sequence[Block], at: str) -> list[Any]:
        """The new blocks in order, with those that went where they stood."""
        found: list[Block] = []
        for before, after in _aligned(old, new, _identity, _may_be):
            if before is None and after is not None:
                found += self._added(after, at)
            elif after is None and before is not None:
                found += self._removed(before, at)
            elif before is not None and after is not None:
                found.append(after if before == after else self._merged(before, after, at))
        return found

    def _added(self, block: Block, at: str) -> list[Block]:
        self._tell("added", block, at, added(_said(block)))
        return all_added(block)

    def _removed(self, block: Block, at: str) -> list[Block]:
        self._tell("removed", block, at, removed(_said(block)))
        return all_removed(block)

    def _tell(self, kind: Kind, block: Block, at: str, words: str) -> None:
        if words:
            self.changes.append(Change(kind, type(block).__name__, at, words))

    def _merged(self, old: Any, new: Any, at: str) -> Any:
        match new:
            case Section():
                title = marked(old.title, new.title)
                inner = self.blocks(old.blocks, new.blocks, new.title)
                return replace(new, title=title, blocks=tuple(inner))
            case Table():
                return self._table(old, new, at)
            case Chart():
                self._chart(old, new, at)
                return new
            case KeyFigures():
                return self._tiles(old, new, at)
            case Bullets():
                return self._list(old, new, at)
            case Callout():
                text = self._text(old, new, at)
                return replace(new, title=marked(old.title, new.title), text=text)
            case Reference():
                self._numbers(old.text, new.text, at)
                text = marked(old.text, new.text)
                self._tell("changed", new, at, text)
                return replace(new, text=text)
            case Paragraph():
                return replace(new, text=self._text(old, new, at))
        return new

    def _text(self, old: Any, new: Any, at: str) -> Rich:
        before, after = plain(old.text), plain(new.text)
        if before == after:
            return new.text  # type: ignore[no-any-return]
        self._tell("changed", new, at, marked(before, after))
        self._numbers(before, after, at)
        return marked_rich(old.text, new.text)

    def _numbers(self, old: str, new: str, at: str, label: str = "") -> None:
        """The numbers of two wordings; without a label it is the words around each."""
        self.numbers += [
            NumberChange(at, label or around, before, after)
            for before, after, around in numbers_changed(old, new)
        ]

    def _list(self, old: Bullets, new: Bullets, at: str) -> Bullets:
        items: list[Rich] = []
        for before, after in _aligned(old.items, new.items, plain, _alike):
            if before is not None and after is not None:
                self._numbers(plain(before), plain(after), at)
            items.append(_both(before, after))
        words = "; ".join(plain(item) for item in items if plain(item) != bare(plain(item)))
        self._tell("changed", new, at, words)
        return replace(new, items=tuple(items))

    def _tiles(self, old: KeyFigures, new: KeyFigures, at: str) -> KeyFigures:
        were = {one.label: one for one in old.items}
        tiles = []
        for one in new.items:
            before = were.get(one.label)
            number = marked(before.number, one.number) if before else added(one.number)
            if before and before.number != one.number:
                self.numbers.append(NumberChange(at, one.label, before.number, one.number))
            tiles.append(replace(one, number=number))
        words = (f"{one.label}: {one.number}" for one in tiles if one.number != bare(one.number))
        self._tell("changed", new, at, "; ".join(words))
        return replace(new, items=tuple(tiles))

    def _chart(self, old: Chart, new: Chart, at: str) -> None:
        """The values of a figure; the picture is the new one."""
        before, after = (table_behind(one, self.words) for one in (old, new))
        if (before.columns, before.rows) != (after.columns, after.rows):
            self._tell("changed", new, at, new.caption)
            if before.columns == after.columns:
                for row, other in _aligned(before.rows, after.rows, _first, _same_first):
                    if row is not None and other is not None:
                        self._row(row, other, after, at)

    def _table(self, old: Table, new: Table, at: str) -> Table:
        name = marked(old.caption, new.caption)
        if old.columns != new.columns:
            self._tell("changed", new, at, name)
            return replace(new, caption=name, rows=tuple(_all(new.rows)))
        rows: list[tuple[str, ...]] = []
        places: dict[int, int] = {}
        for before, after in _aligned(old.rows, new.rows, _first, _same_first):
            if before is not None and after is not None:
                places[len(places)] = len(rows)
                rows.append(self._row(before, after, new, at))
            elif after is not None:
                places[len(places)] = len(rows)
                rows += _all([after])
            elif before is not None:
                rows += _all([before], removed_too=True)
        changed = [row for row in rows if any(cell != bare(cell) for cell in row)]
        if changed or name != new.caption:
            told = "; ".join(map(_row_told, changed))
            self._tell("changed", new, at, f"{name}: {told}" if told else name)
        shades = {place: new.shading[row] for row, place in places.items() if new.shading}
        white = ("",) * len(new.columns)
        return replace(
            new,
            caption=name,
            note=marked(old.note, new.note),
            rows=tuple(rows),
            shading=tuple(shades.get(n, white) for n in range(len(rows))) if shades else (),
            subheads=tuple(places[row] for row in new.subheads),
            total=new.total and places.get(len(new.rows) - 1) == len(rows) - 1,
        )

    def _row(
        self, old: tuple[str, ...], new: tuple[str, ...], table: Table, at: str
    ) -> tuple[str, ...]:
        for head, before, after in zip(table.columns, old, new, strict=True):
            label = ", ".join(filter(None, (table.caption, new[0], head)))
            self._numbers(before, after, at, label)
        return tuple(marked(before, after) for before, after in zip(old, new, strict=True))


def _row_told(row: tuple[str, ...]) -> str:
    """The cells of a row that differ, after its first."""
    cells = " | ".join(cell for cell in row[1:] if cell != bare(cell))
    return " – ".join(filter(None, (row[0], cells)))


def _all(rows: Iterable[tuple[str, ...]], *, removed_too: bool = False) -> list[tuple[str, ...]]:
    """Whole rows as added, or as removed."""
    table = Table("", tuple("x" for _ in next(iter(rows), ("",))), tuple(rows))
    (made,) = all_removed(table) if removed_too else all_added(table)
    return list(made.rows)  # type: ignore[union-attr]


def _both(old: Rich | None, new: Rich | None) -> Rich:
    if old is not None and new is not None:
        return marked_rich(old, new)
    (made,) = all_added(Paragraph(new)) if new is not None else all_removed(Paragraph(old or ""))
    return made.text  # type: ignore[union-attr]


def _first(row: tuple[str, ...]) -> str:
    return row[0]


def _same_first(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    return old[0] == new[0]


def _alike(old: Rich, new: Rich) -> bool:
    return likeness(plain(old), plain(new)) >= ALIKE


def _identity(block: Block) -> tuple[object, ...]:
    """By what a block is known from one version to the next."""
    name = type(block).__name__
    match block:
        case Section(title=title, key=key):
            return name, key or title
        case Table(caption=caption, key=key) | Chart(caption=caption, key=key):
            return name, key or caption
        case KeyFigures(items=items):
            return name, tuple(one.label for one in items)
        case Reference(mark=mark):
            return name, mark
        case PageBreak():
            return (name,)
        case Bullets(items=items):
            return name, tuple(plain(item) for item in items)
    return name, plain(block.text)  # type: ignore[union-attr]


def _may_be(old: Block, new: Block) -> bool:
    """Whether one block may have become the other."""
    if type(old) is not type(new):
        return False
    if isinstance(new, Bullets | KeyFigures):
        return True
    return likeness(_words(old), _words(new)) >= ALIKE


def _said(block: Block) -> str:
    """What a block says; of a section its title and all that stands under it."""
    if not isinstance(block, Section):
        return _words(block)
    inner = "; ".join(filter(None, map(_said, block.blocks)))
    return f"{block.title}: {inner}" if inner else block.title


def _words(block: Block) -> str:
    """What a block is known by."""
    match block:
        case Section(title=title):
            return title
        case Table(caption=caption) | Chart(caption=caption):
            return caption
        case KeyFigures(items=items):
            return "; ".join(f"{one.number} {one.label}" for one in items)
        case Bullets(items=items):
            return "; ".join(plain(item) for item in items)
        case PageBreak():
            return ""
    return plain(block.text)  # type: ignore[union-attr]


def _aligned(old: Sequence[Any], new: Sequence[Any], identity: Any, may_be: Any) -> Iterator[Any]:
    """Pairs of what belongs together, in order; one of a pair is None where it has no other."""
    keys = [identity(one) for one in old], [identity(one) for one in new]
    for step, i, j, k, m in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if step == "equal":
            yield from zip(old[i:j], new[k:m], strict=True)
            continue
        left = list(old[i:j])
        for one in new[k:m]:
            place = next((n for n, other in enumerate(left) if may_be(other, one)), None)
            if place is None:
                yield None, one
                continue
            yield from ((other, None) for other in left[:place])
            yield left[place], one
            del left[: place + 1]
        yield from ((other, None) for other in left)


def _with_moves(changes: Sequence[Change]) -> Iterator[Change]:
    """The changes; what went in one place and came in another, word for word, has moved."""
    gone = {bare(one.words): one for one in changes if one.kind == "removed"}
    come = {bare(one.words): one for one in changes if one.kind == "added"}
    both = {words for words in gone.keys() & come.keys() if len(words) >= SHORTEST}
    for one in changes:
        words = bare(one.words)
        if words not in both or one.kind not in ("added", "removed"):
            yield one
        elif one.kind == "added":
            yield Change("moved", one.what, one.section, words, gone[words].section)
