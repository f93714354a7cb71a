"""This cycle against the last: what changed between two days, competency by competency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from competencies.analysis import cycles
from competencies.analysis.demand import Floats, Whole
from competencies.analysis.dense_gaps import Singles
from competencies.models import Campaign
from competencies.usecases.dense import GapFigures, gap_figures
from competencies.usecases.gaps import known
from hrplan.core.models import Administration

YEAR = 365


@dataclass(frozen=True, slots=True)
class Change:
    """Pairs of people and competencies on two days; means None where nobody is known twice.

    Withheld, where fewer people than the small-cell limit stand behind it.
    """

    key: str
    title: str
    n: int
    fresh: int
    lapsed: int
    missing: int
    risen: int
    fallen: int
    change: float | None
    gap_before: float | None
    gap_now: float | None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Cycle:
    """What changed between two days among those who serve today."""

    before: date
    now: date
    total: Change
    by_competency: tuple[Change, ...]
    by_unit: tuple[Change, ...]


@dataclass(frozen=True, slots=True, eq=False)
class TwoDays:
    """What is asked of everybody who serves today, and what they held on an earlier day.

    figures : gaps of today; required : as `analysis.cycles.asked`, values left out
    then : (people, competencies), level held on the day; NaN = not assessed by then [level]
    """

    figures: GapFigures
    before: date
    required: Singles
    then: Singles


def last_cycle(administration: Administration) -> date:
    """The day to compare with unless another is asked for.

    The last day of the latest campaign closed before today, else a year ago.
    """
    today = administration.as_of
    closed = Campaign.objects.of(administration).filter(
        state=Campaign.State.CLOSED, due_on__lt=today
    )
    latest = closed.order_by("-due_on").values_list("due_on", flat=True).first()
    return latest or date.fromordinal(today.toordinal() - YEAR)


def two_days(administration: Administration, before: date) -> TwoDays:
    """Levels of an earlier day beside those of today, of everybody who serves today."""
    figures = gap_figures(administration, before=before)
    counted = figures.competencies["in_gap_totals"].to_numpy(bool)
    required = cycles.asked(figures.demand, figures.role, counted)
    return TwoDays(figures, before, required, figures.dense.earlier)


def cycle(days: TwoDays, *, limit: int | None = None) -> Cycle:
    """The last cycle against this one; with `limit`, what few people stand behind is withheld."""
    figures = days.figures
    unit, units = figures.groups[:, 0], figures.units
    sums = cycles.change_sums(days.required, days.then, figures.dense.level, unit, len(units))
    pairs = days.required > 0
    there = np.bincount(unit[pairs.any(axis=1)], minlength=len(units))
    names = {name: list(figures.competencies[name]) for name in ("competency", "title")}
    everybody = sums.sum(axis=(1, 2))[:, None], np.array([pairs.any(axis=1).sum()])
    return Cycle(
        before=days.before,
        now=figures.as_of,
        total=_lines(*everybody, [""], [""], None)[0],
        by_competency=_lines(
            sums.sum(axis=1), pairs.sum(axis=0), names["competency"], names["title"], limit
        ),
        by_unit=_lines(sums.sum(axis=2), there, list(units["unit"]), list(units["title"]), limit),
    )


@dataclass(frozen=True, slots=True)
class Closed:
    """Critical gaps of the day before: those known today, the closed among them, the others.

    gaps, closed, missing : pairs of people and competencies; people : with one of `gaps` [persons]
    """

    gaps: int
    closed: int
    missing: int
    people: int


def critical_closed(days: TwoDays) -> Closed:
    """What became of the critical gaps of the day before, against what is asked today."""
    figures = days.figures
    counted = figures.competencies["in_gap_totals"].to_numpy(bool)
    required = cycles.asked(figures.demand.of_critical(), figures.role, counted)
    cells = cycles.closed(required, days.then, figures.dense.level)
    gaps, closed, missing = (int(one) for one in cells.sum(axis=1))
    return Closed(gaps, closed, missing, int((cells[0] > 0).sum()))


def _lines(
    sums: Floats, people: Whole, keys: Sequence[str], titles: Sequence[str], limit: int | None
) -> tuple[Change, ...]:
    """One line a group of which something is asked; of all together always one."""
    rows = cycles.change_totals(sums, people).to_dict("records")
    return tuple(
        _change(key, title, row, is_few=bool(key) and row["people"] < (limit or 0))
        for key, title, row in zip(keys, titles, rows, strict=True)
        if row["people"] or not key
    )


def _change(key: str, title: str, row: Mapping[Any, Any], *, is_few: bool) -> Change:
    counts = {name: 0 if is_few else int(row[name]) for name in cycles.COUNTS}
    means = {
        name: None if is_few else known(row[name]) for name in ("change", "gap_before", "gap_now")
    }
    return Change(key, title, **counts, **means, withheld=is_few)  # type: ignore[arg-type]
