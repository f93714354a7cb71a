"""The people behind a figure of the training effect, for the office."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import overload

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from competencies.analysis.demand import Floats, Whole
from competencies.usecases.derived import PLACES
from hrplan.core.frames import rows_of
from training_calendar.analysis.effects import TRAINED
from training_calendar.usecases.training_effect import EPOCH, Compared

CHUNK = 1_000  # lines made at a time


@dataclass(frozen=True, slots=True)
class Behind:
    """One person in one competency: what was held on both days, and the training between.

    modules : codes of the modules completed that lift it; ended_on : last day of the first
    """

    pk: int
    name: str
    unit: str
    competency: str
    competency_title: str
    modules: tuple[str, ...]
    ended_on: date | None
    before: float | None
    now: float | None

    @property
    def change(self) -> float | None:
        return None if self.before is None or self.now is None else self.now - self.before

    @property
    def why_not(self) -> str:
        """Why the person is in no mean; empty for those who are."""
        if self.before is None:
            return _("not known then")
        return "" if self.now is not None else _("not rated since")


@dataclass(frozen=True, eq=False)
class Lines(Sequence[Behind]):
    """Pairs by name of the person and code of the competency, each made when it is looked at.

    person, topic : (lines,), row and column of the tables; ended : day after 1970, NaN if none
    before, now : (lines,), NaN = not known [level]
    """

    found: Compared
    person: Whole
    topic: Whole
    ended: Floats
    before: Floats
    now: Floats

    def __len__(self) -> int:
        return len(self.person)

    def __iter__(self) -> Iterator[Behind]:
        for begin in range(0, len(self), CHUNK):
            yield from self[begin : begin + CHUNK]

    @overload
    def __getitem__(self, chosen: int) -> Behind: ...
    @overload
    def __getitem__(self, chosen: slice) -> list[Behind]: ...
    def __getitem__(self, chosen: int | slice) -> Behind | list[Behind]:
        if isinstance(chosen, int):
            return self._made(np.arange(len(self))[[chosen]])[0]
        return self._made(np.arange(len(self))[chosen])

    @property
    def known(self) -> int:
        """How many are known both times."""
        return int((~np.isnan(self.before + self.now)).sum())

    def _made(self, lines: Whole) -> list[Behind]:
        figures = self.found.days.figures
        staff = figures.staff.iloc[self.person[lines]]
        unit = figures.units["title"].iloc[figures.groups[self.person[lines], 0]]
        topic = self.found.topics.iloc[self.topic[lines]]
        courses = _courses(self.found.taken, staff["pk"])
        told = zip(
            staff["pk"], staff["name"], unit, topic["competency"], topic["title"],
            self.ended[lines].tolist(), self.before[lines].tolist(), self.now[lines].tolist(),
            strict=True,
        )  # fmt: skip
        return [
            Behind(
                pk=pk,
                name=name,
                unit=where,
                competency=code,
                competency_title=title,
                modules=() if isnan(ended) else courses.get((pk, code), ()),
                ended_on=None if isnan(ended) else date.fromordinal(EPOCH.toordinal() + int(ended)),
                before=None if isnan(before) else before,
                now=None if isnan(now) else now,
            )
            for pk, name, where, code, title, ended, before, now in told
        ]


def people_behind(
    found: Compared, *, competency: str = "", module: str = "", trained: bool = True
) -> Lines:
    """Those trained or those not, of a competency, of a module, or of all; by name."""
    codes = found.topics["competency"]
    if trained:
        pairs = found.pairs.completed if module else found.pairs.attended
        if module:
            pairs = pairs[pairs["module"] == module]
        if competency:
            pairs = pairs[codes.iloc[pairs["topic"]].to_numpy() == competency]
        return _trained(found, pairs[pairs["training"] == TRAINED])
    chosen = np.ones(len(codes), bool)
    if module:
        chosen &= np.isin(np.arange(len(codes)), list(found.lifted.get(module, ())))
    if competency:
        chosen &= (codes == competency).to_numpy()
    return _others(found, np.flatnonzero(chosen))


def _trained(found: Compared, pairs: pd.DataFrame) -> Lines:
    staff = found.days.figures.staff.iloc[pairs["person"]]
    order = (
        staff[["name", "staff"]]
        .assign(competency=found.topics["competency"].iloc[pairs["topic"]].to_numpy())
        .reset_index(drop=True)
        .sort_values(["name", "staff", "competency"], kind="stable")
        .index
    )
    rows = pairs.iloc[order]
    columns = (rows[name].to_numpy() for name in ("person", "topic", "ended", "before", "now"))
    person, topic, ended, before, now = columns
    return Lines(found, person, topic, ended, _rounded(before), _rounded(now))


def _others(found: Compared, topics: Whole) -> Lines:
    asked = found.pairs.required[:, topics] > 0
    people = np.flatnonzero(asked.any(axis=1))
    staff = found.days.figures.staff.iloc[people].reset_index(drop=True)
    people = people[staff.sort_values(["name", "staff"], kind="stable").index]
    topics = topics[np.argsort(found.topics["competency"].iloc[topics].to_numpy())]
    who, what = np.nonzero(found.pairs.required[np.ix_(people, topics)] > 0)
    place = people[who], topics[what]
    levels = (_rounded(one[place]) for one in (found.pairs.before, found.pairs.now))
    return Lines(found, *place, np.full(len(who), np.nan), *levels)


def _courses(taken: pd.DataFrame, staff: pd.Series) -> dict[tuple[int, str], tuple[str, ...]]:
    """(staff, competency) -> the codes of the modules completed that lift it, of some people."""
    courses: dict[tuple[int, str], tuple[str, ...]] = {}
    done = taken[taken["completed"] & taken["staff"].isin(staff)]
    for row in rows_of(done.sort_values("module")):
        pair = row.staff, row.competency
        courses[pair] = (*courses.get(pair, ()), row.module)
    return courses


def _rounded(levels: np.ndarray) -> Floats:
    return np.asarray(np.round(levels.astype(np.float64), PLACES))
