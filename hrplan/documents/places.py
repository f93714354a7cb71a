"""The places of a document on which one comments: headings, blocks, bullets, tiles and rows."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from hrplan.documents.nodes import (
    Bullets,
    Callout,
    Chart,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Reference,
    Rich,
    Table,
    plain,
)
from hrplan.documents.outline import Heading, Layout, Piece, Placed
from hrplan.documents.stored import content_hash
from hrplan.documents.words import Words

Kind = Literal[
    "heading", "table", "figure", "paragraph", "item", "remark", "tile", "source", "row", "note"
]
WHOLE: frozenset[Kind] = frozenset({"heading", "table", "figure"})
"""Places with an anchor of their own in the document; all others are known by what they say."""

SHOWN = 60  # letters of a passage that a place is called by
_HASH = 10  # hexadecimal digits of what a place is known by
_STANDS = 32  # and of the hash of what stands there


@dataclass(frozen=True, slots=True)
class Place:
    """A place of one version.

    anchor : in its pages; within : anchor of the heading, of a row and a note that of the table
    words : what it is called; said : what it says, of a row its cells; head : of a remark its title
    stands : hash of all that stands there, of a heading down to the next of its depth
    """

    anchor: str
    kind: Kind
    within: str
    words: str
    said: str
    stands: str
    head: str = ""


def places_in(layout: Layout, words: Words) -> tuple[tuple[Place, ...], ...]:
    """The places of each piece of a layout: of a table itself, its rows, and its note.

    Source
    ------
    docs/methods/comments.md, "What a place is known by".
    """
    finder = _Finder(layout, words)
    hashes = [_stands(piece)[:_STANDS] for piece in layout.pieces]
    return tuple(
        tuple(finder.piece(piece, _under(layout.pieces, hashes, n)))
        for n, piece in enumerate(layout.pieces)
    )


def _stands(piece: Piece) -> str:
    return _hash(piece.title) if isinstance(piece, Heading) else content_hash(piece.block)


def _under(pieces: Sequence[Piece], hashes: Sequence[str], at: int) -> str:
    """The hash of a piece, of a heading with all that is under it."""
    piece = pieces[at]
    if not isinstance(piece, Heading):
        return hashes[at]
    end = at + 1
    while end < len(pieces) and not _ends(pieces[end], piece.depth):
        end += 1
    return _hash(*hashes[at:end])[:_STANDS]


def _ends(piece: Piece, depth: int) -> bool:
    return isinstance(piece, Heading) and piece.depth <= depth


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


class _Finder:
    """Walks the pieces and knows the heading that each stands under."""

    def __init__(self, layout: Layout, words: Words) -> None:
        self.layout, self.words = layout, words
        self.heading, self.called = "", ""
        self.known: Counter[str] = Counter()

    def piece(self, piece: Piece, stands: str) -> Iterator[Place]:
        if isinstance(piece, Heading):
            self.heading, self.called = piece.anchor, piece.full
            yield Place(piece.anchor, "heading", "", piece.full, piece.title, stands)
            return
        match piece.block:
            case Table() as table:
                yield self._numbered(piece, "table", table.caption, stands)
                yield from self._rows(table, piece)
            case Chart(caption=caption):
                yield self._numbered(piece, "figure", caption, stands)
            case Paragraph(text=text):
                yield self._text("paragraph", text)
            case Bullets(items=items):
                for item in items:
                    yield self._text("item", item)
            case Callout() as callout:
                title = callout.title or str(getattr(self.words, callout.kind))
                yield self._text("remark", callout.text, title)
            case Reference(mark=mark, text=text, address=address):
                said = " ".join(filter(None, (f"[{mark}]", text, address)))
                yield self._inner("source", mark, said, self.heading, self.called)
            case KeyFigures(items=items):
                yield from map(self._tile, items)

    def _numbered(self, piece: Placed, kind: Kind, caption: str, stands: str) -> Place:
        called = f"{piece.label}. {caption}"
        return Place(piece.anchor, kind, self.heading, called, caption, stands)

    def _text(self, kind: Kind, text: Rich, head: str = "") -> Place:
        said = "".join(run.text for run in self.layout.runs(text))
        by = f"{head}\0{plain(text)}"
        return self._inner(kind, by, said, self.heading, self.called, head=head)

    def _tile(self, one: KeyFigure) -> Place:
        said = " ".join(filter(None, (one.number, one.label, one.note)))
        return self._inner("tile", one.label, said, self.heading, self.called)

    def _rows(self, table: Table, piece: Placed) -> Iterator[Place]:
        """Rows and note, named after the label of the table alone."""
        firsts = Counter(row[0] for row in table.rows)
        for n, row in enumerate(table.rows):
            said = row[0] if n in table.subheads else " | ".join(row)
            by = row[0] if firsts[row[0]] == 1 else said
            yield self._inner("row", by, said, piece.anchor, piece.label, shown=row[0])
        if table.note:
            yield self._inner("note", table.note, table.note, piece.anchor, piece.label)

    def _inner(
        self,
        kind: Kind,
        by: str,
        said: str,
        within: str,
        called: str,
        *,
        head: str = "",
        shown: str = "",
    ) -> Place:
        """A place known by what it says; the second of the same words is counted."""
        anchor = f"{kind}-{_hash(within, by)[:_HASH]}"
        self.known[anchor] += 1
        if (count := self.known[anchor]) > 1:
            anchor = f"{anchor}-{count}"
        told = shown.strip() or (f"{head}{self.words.colon}{said}" if head else said)
        stands = _hash(by if kind in _TEXTS else said)[:_STANDS]
        words = f"{called}{self.words.colon}“{shortened(told)}”"
        return Place(anchor, kind, within, words, said, stands, head)


_TEXTS: frozenset[Kind] = frozenset({"paragraph", "item", "remark"})
"""Their links are named after what they lead to, whose number is no word of theirs."""


def shortened(text: str, longest: int = SHOWN) -> str:
    """The first words of a text."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    whole, blank, _cut = line[:longest].rpartition(" ")
    return f"{whole} …" if blank else f"{line[:longest]}…"
