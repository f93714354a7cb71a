"""Needs as they are shown: counts hidden from outsiders where they would tell of a person."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from competencies.analysis.suppression import TOTAL, suppressed
from training_calendar.usecases.needs import NeedCount


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One group of needs; None is hidden: too few people to be shown.

    met, unmet : needs; closed_share : of the weighted gap, closed by the plan [0..1]
    """

    key: str
    words: str
    advice: str
    met: int | None
    unmet: int | None
    closed_share: float | None

    @property
    def is_hidden(self) -> bool:
        return self.met is None or self.unmet is None


def need_lines(counts: Sequence[NeedCount], *, limit: int | None) -> tuple[NeedLine, ...]:
    """The groups, most unmet first; below `limit` needs a figure is hidden, and what betrays it."""
    shown = _shown(counts, limit)
    lines = [_line(count, *shown.get(count.key, (None, None))) for count in counts]
    return tuple(sorted(lines, key=lambda line: -(line.unmet or 0)))


def _shown(
    counts: Sequence[NeedCount], limit: int | None
) -> dict[str, tuple[int | None, int | None]]:
    if limit is None or not counts:
        return {count.key: (count.met, count.unmet) for count in counts}
    pairs = [
        (count.key, column, number)
        for count in counts
        for column, number in (("met", count.met), ("unmet", count.unmet))
    ]
    hidden = suppressed(pd.DataFrame(pairs, columns=["row", "column", "n"]), limit=limit)
    cells = {(row, column): n for row, column, n in hidden[["row", "column", "n"]].to_numpy()}
    return {
        count.key: (_number(cells, count.key, "met"), _number(cells, count.key, "unmet"))
        for count in counts
        if count.key != TOTAL
    }


def _number(cells: dict[tuple[str, str], float], row: str, column: str) -> int | None:
    value = cells.get((row, column), 0.0)
    return None if pd.isna(value) else int(value)


def _line(count: NeedCount, met: int | None, unmet: int | None) -> NeedLine:
    whole = met is not None and unmet is not None
    share = count.closed_share if whole else None
    return NeedLine(count.key, count.words, count.advice, met, unmet, share)
