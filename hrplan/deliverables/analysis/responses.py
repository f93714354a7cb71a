"""Comments beside later versions: whether the place that one is about reads otherwise since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hrplan.documents.nodes import Leaf
from hrplan.documents.outline import Heading, Layout


@dataclass(frozen=True, slots=True)
class Response:
    """A comment with its answer, and since which version its place reads otherwise.

    before, after : of a tracked change, the words removed and those in their place
    version : number of the one it is about; outcome : key, empty where it is not answered
    changed_in : number of a later version, 0 while all read as that one did
    is_gone : the place is in that version no longer
    """

    key: int
    version: int
    anchor: str
    place: str
    text: str
    before: str
    after: str
    is_from_ministry: bool
    made_on: date
    outcome: str
    answer: str
    changed_in: int
    is_gone: bool


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many comments and changes were new, and how many of them stand at no place."""

    comments: int
    changes: int
    unmatched: int
    known: int


def changed_since(layouts: Mapping[int, Layout], version: int, anchor: str) -> tuple[int, bool]:
    """The first later version in which a place reads otherwise, 0 if none; whether it is gone.

    layouts : of the versions of one document, by number, in order

    Source
    ------
    docs/methods/comparing.md, "What became of a comment".
    """
    before = standing(layouts[version], anchor)
    for number, layout in layouts.items():
        if number > version and (now := standing(layout, anchor)) != before:
            return number, not now
    return 0, False


def standing(layout: Layout, anchor: str) -> tuple[str | Leaf, ...]:
    """What stands at a place: a table or figure, or all under a heading down to the next alike."""
    found: list[str | Leaf] = []
    depth = 0
    for piece in layout.pieces:
        if isinstance(piece, Heading):
            if depth and piece.depth <= depth:
                break
            depth = piece.depth if piece.anchor == anchor else depth
            found += [piece.title] if depth else []
        elif depth:
            found.append(piece.block)
        elif piece.anchor == anchor:
            return (piece.block,)
    return tuple(found)
