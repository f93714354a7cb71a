"""This cycle against the last: what changed between two days, competency by competency."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from django.db.models import Q

from competencies import frames
from competencies.analysis import cycles, held_levels
from competencies.analysis.demand import PAIR
from competencies.models import Campaign
from competencies.usecases.gaps import GapAnalysis, known
from hrplan.core.frames import numbered, places
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


def changes_since(analysis: GapAnalysis, before: date) -> pd.DataFrame:
    """One row per (staff, competency) asked today, as `analysis.cycles.changes`; no values."""
    then = _levels_on(analysis, before)
    required = analysis.required[~analysis.required["competency"].isin(analysis.left_out)]
    return cycles.changes(required, then, analysis.levels)


def _levels_on(analysis: GapAnalysis, before: date) -> pd.DataFrame:
    """The levels of an earlier day: those of today, but for people whose ratings changed since."""
    if analysis.framework is None:
        return analysis.levels
    rows = frames.counting(analysis.framework)
    begun = Q(rated_on__gt=before, rated_on__lte=analysis.as_of)
    ended = Q(valid_until__gte=before, valid_until__lt=analysis.as_of)
    changed = rows.filter(begun | ended).order_by().values_list("staff_member", flat=True)
    whose = set(changed.distinct())
    read = rows.filter(rated_on__lte=before, staff_member__in=changed)
    ratings = analysis.ratings_of(read) if whose else analysis.ratings[:0]
    then = held_levels.held_levels(ratings, analysis.constants, as_of=before)
    gone = analysis.people.loc[analysis.people["pk"].isin(whose), "staff"]
    same = analysis.levels[~analysis.levels["staff"].isin(gone)]
    columns = ["staff", "competency", "level"]
    for name in PAIR:
        codes = same[name].cat.categories
        then[name] = numbered(places(codes, then[name]), codes)
    return pd.concat([same[columns], then[columns]], ignore_index=True)


def cycle(analysis: GapAnalysis, before: date, *, limit: int | None = None) -> Cycle:
    """The last cycle against this one; with `limit`, what few people stand behind is withheld."""
    table = changes_since(analysis, before)
    topics = dict(
        zip(analysis.competencies["competency"], analysis.competencies["title"], strict=True)
    )
    units = dict(zip(analysis.units["unit"], analysis.units["title"], strict=True))
    return Cycle(
        before=before,
        now=analysis.as_of,
        total=_lines(table, [], {"": ""}, None)[0],
        by_competency=_lines(table, ["competency"], topics, limit),
        by_unit=_lines(table, ["unit"], units, limit),
    )


def _lines(
    table: pd.DataFrame, by: list[str], titles: Mapping[str, str], limit: int | None
) -> tuple[Change, ...]:
    rows = {
        row[by[0]] if by else "": row for row in cycles.change_totals(table, by).to_dict("records")
    }
    return tuple(
        _change(key, title, rows[key], is_few=bool(by) and rows[key]["people"] < (limit or 0))
        for key, title in titles.items()
        if key in rows
    )


def _change(key: str, title: str, row: Mapping[Any, Any], *, is_few: bool) -> Change:
    counts = {name: 0 if is_few else int(row[name]) for name in cycles.COUNTS}
    means = {
        name: None if is_few else known(row[name]) for name in ("change", "gap_before", "gap_now")
    }
    return Change(key, title, **counts, **means, withheld=is_few)  # type: ignore[arg-type]
