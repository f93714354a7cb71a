"""Cover as a page shows it: the weeks of one window, and its days on which nobody more may go."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from training_calendar.analysis.cover import MINIMUM
from training_calendar.models import Calendar
from training_calendar.usecases.cover import Cover, cover, cover_days

WEEK = timedelta(days=7)


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
    whole = cover(calendar)
    kept = [number for number, week in enumerate(whole.weeks) if first - WEEK < week <= last]
    stations = tuple(
        replace(station, cells=tuple(station.cells[number] for number in kept))
        for station in whole.stations
    )
    weeks = tuple(whole.weeks[number] for number in kept)
    titles = {station.code: station.title for station in stations}
    return CoverWindow(
        first, last, Cover(weeks, stations), _limit_days(calendar, first, last, titles)
    )


def _limit_days(
    calendar: Calendar, first: date, last: date, titles: dict[str, str]
) -> tuple[LimitDay, ...]:
    if last < first or not titles:
        return ()
    days = cover_days(calendar, first, last)
    reached = days[(days["in_training"] > 0) & (days["releasable"] == 0)]
    return tuple(
        LimitDay(
            day=row.day.date(),
            station=row.station,
            title=titles.get(row.station, row.station),
            in_training=int(row.in_training),
            on_leave=int(row.on_leave),
            on_duty=int(row.on_duty),
            spare=None if row.spare != row.spare else int(row.spare),
            by_minimum=row.binding == MINIMUM,
            is_broken=not row.covered,
        )
        for row in reached.sort_values(["day", "station"]).itertuples(index=False)
    )
