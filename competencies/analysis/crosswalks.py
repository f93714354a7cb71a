"""Crosswalks: which ratings of one framework version still say something under another.

Pure. A relation is read from source to target: "wider" says that the source is wider than the
target, so that whoever holds the source holds the target too.
"""

from collections.abc import Iterable
from dataclasses import dataclass

EQUAL, PART, WIDER, OVERLAPS = "equal", "part", "wider", "overlaps"
TURNED = {EQUAL: EQUAL, PART: WIDER, WIDER: PART, OVERLAPS: OVERLAPS}
CARRIES = frozenset({EQUAL, WIDER})


@dataclass(frozen=True, slots=True)
class Pair:
    """How one competency stands to another; both are named by their row."""

    source: int
    target: int
    relation: str

    def turned(self) -> "Pair":
        """The same seen from the other side."""
        return Pair(self.target, self.source, TURNED[self.relation])


def directed(pairs: Iterable[Pair], sources: frozenset[int]) -> tuple[Pair, ...]:
    """The pairs seen from the sources, those written down the other way round turned."""
    return tuple(pair if pair.source in sources else pair.turned() for pair in pairs)


def same(pairs: Iterable[Pair]) -> dict[int, int]:
    """Source -> the target that is the same competency."""
    return {pair.source: pair.target for pair in pairs if pair.relation == EQUAL}


def carrying(pairs: Iterable[Pair]) -> dict[int, tuple[int, ...]]:
    """Source -> the targets for which a rating of the source counts as it stands.

    A competency that is the same or wider carries. One that is only a part of the target, or
    overlaps with it, says too little about the target: there the target stays not assessed, which
    is never a zero.

    Source
    ------
    docs/methods/framework-versions.md.
    """
    found: dict[int, tuple[int, ...]] = {}
    for pair in pairs:
        if pair.relation in CARRIES:
            found[pair.source] = (*found.get(pair.source, ()), pair.target)
    return found


def twice_the_same(pairs: Iterable[Pair]) -> frozenset[int]:
    """Competencies said to be the same as more than one other: at most one of these can be true."""
    seen: set[int] = set()
    twice: set[int] = set()
    for pair in pairs:
        if pair.relation == EQUAL:
            for row in (pair.source, pair.target):
                (twice if row in seen else seen).add(row)
    return frozenset(twice)
