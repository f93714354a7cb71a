"""Cover as a page shows it: the weeks of one window, and its days on which nobody more may go."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from hrplan.core.frames import rows_of
from training_calendar.analysis.cover import MINIMUM
from training_calendar.models import Calendar
from training_calendar.usecases.cover import Cover, by_week, cover_days, duty_of


@dataclass(frozen=True, slots=True)
class LimitDay:
    """A day on which a station's people in training reach a limit.

    in_training, on_leave, on_duty : persons; spare : above the minimum, None where none is known
    by_minimum : the minimum on duty is reached first, not the policy
    """

    day: date
    station: str
    title: str
    in_training: int
    on_leave: int
    on_duty: int
    spare: int | None
    by_minimum: bool
    is_broken: bool


@dataclass(frozen=True, slots=True)
class CoverWindow:
    """The cover of some weeks."""

    first: date
    last: date
    cover: Cover
    days: tuple[LimitDay, ...]


def cover_window(calendar: Calendar, first: date, last: date) -> CoverWindow:
    """The weeks and limit days between two dates, cut to those of the calendar."""
    first, last = max(first, calendar.starts_on), min(last, calendar.ends_on)
    if last < first:
        return CoverWindow(first, last, Cover((), ()), ())
    units = duty_of(calendar.administration)
    days = cover_days(calendar, first, last, units=units)
    titles = dict(zip(units["station"], units["title"], strict=True))
    return CoverWindow(first, last, by_week(units, days), _limit_days(days, titles))


def _limit_days(days: pd.DataFrame, titles: dict[str, str]) -> tuple[LimitDay, ...]:
    reached = days[(days["in_training"] > 0) & (days["releasable"] == 0)]
    return tuple(
        LimitDay(
            day=row.day.date(),
            station=row.station,
            title=titles[row.station],
            in_training=int(row.in_training),
            on_leave=int(row.on_leave),
            on_duty=int(row.on_duty),
            spare=None if pd.isna(row.spare) else int(row.spare),
            by_minimum=row.binding == MINIMUM,
            is_broken=not row.covered,
        )
        for row in rows_of(reached.sort_values(["day", "station"]))
    )
