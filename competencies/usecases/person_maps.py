"""The heat map of persons: margins over everybody, the rows of those who are looked at."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from competencies.analysis.demand import Whole
from competencies.usecases.dense import GapFigures
from competencies.usecases.gaps import known
from competencies.usecases.heat_maps import HeatCell, HeatMap, HeatRow, margins
from competencies.usecases.persons import CHUNK, People
from hrplan.core.frames import rows_of


class PersonRows(Sequence[HeatRow]):
    """One row a person, made when it is asked for; columns : places of the competencies shown."""

    def __init__(self, people: People, columns: Whole) -> None:
        self.people, self.columns = people, columns

    def __len__(self) -> int:
        return len(self.people)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return list(self._made(at))
        return next(self._made(slice(at, at + 1)))

    def __iter__(self) -> Iterator[HeatRow]:
        for begin in range(0, len(self), CHUNK):
            yield from self._made(slice(begin, begin + CHUNK))

    def _made(self, at: slice) -> Iterator[HeatRow]:
        gaps = self.people.gaps(at)
        index = np.divide(gaps.gap, gaps.required, where=gaps.known, out=np.zeros_like(gaps.gap))
        tables = (gaps.required > 0, gaps.known, gaps.gap, index)
        cells = zip(*(table[:, self.columns].tolist() for table in tables), strict=True)
        people, totals = rows_of(self.people.staff(at)), rows_of(gaps.totals())
        for person, total, row in zip(people, totals, cells, strict=True):
            yield HeatRow(
                key=person.staff,
                title=person.name or person.staff,
                pk=int(person.pk),
                cells=tuple(map(_cell, *row)),
                total=HeatCell(
                    n=int(total.n),
                    missing=int(total.missing),
                    short=int(total.short),
                    gap=float(total.gap),
                    mean_gap=known(total.mean_gap),
                    index=known(total.index),
                ),
            )


def _cell(asked: bool, is_known: bool, gap: float, index: float) -> HeatCell | None:
    if not asked:
        return None
    if not is_known:
        return HeatCell(0, 1, 0, 0.0, None, None)
    return HeatCell(1, 0, int(gap > 0), gap, gap, index)


def person_map(figures: GapFigures, **narrow: Any) -> HeatMap:
    """Gaps of persons against competencies; `narrow` as `heat_maps.heat_map`, without a limit."""
    columns, overall = margins(figures, figures.narrowed(**narrow))
    topics = pd.Index(figures.competencies["competency"])
    asked = topics.get_indexer(pd.Index([column.code for column in columns]))
    rows = PersonRows(figures.people(**narrow), asked)
    return HeatMap(by="person", rows=rows, columns=columns, overall=overall, limit=None)
