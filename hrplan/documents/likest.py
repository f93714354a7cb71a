"""Passages that belong together although their words changed."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from hrplan.documents.comparing import ALIKE

PAIRS = 20_000  # passages are read beside each other as long as there are no more pairs of them
_WORD = re.compile(r"\w+")


def in_order(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Indices of equal passages: the longest run of them, and what is equal on either side."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {b.b + n: b.a + n for b in blocks for n in range(b.size)}


def likest(old: Sequence[str], new: Sequence[str], least: float = ALIKE) -> dict[int, int]:
    """Index of a new passage -> index of the old one, where each is most like to the other.

    least : words they share at least [0..1], as the ratio of `difflib` over their words

    Source
    ------
    docs/methods/comments.md, "What became of a place".
    """
    if len(old) * len(new) > PAIRS:
        return {}
    words = [[_WORD.findall(one.casefold()) for one in side] for side in (old, new)]
    alike = [[_shared(one, other) for other in words[1]] for one in words[0]]
    of_new = {n: _first_of(row[n] for row in alike) for n in range(len(new))}
    return {
        n: m
        for n, m in of_new.items()
        if m is not None and alike[m][n] >= least and _first_of(alike[m]) == n
    }


def _first_of(values: Iterable[float]) -> int | None:
    """The index of the highest, of equal ones the first."""
    return max(enumerate(values), key=lambda one: (one[1], -one[0]), default=(None, 0.0))[0]


def _shared(old: Sequence[str], new: Sequence[str]) -> float:
    return SequenceMatcher(None, old, new, autojunk=False).ratio()
