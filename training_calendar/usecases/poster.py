"""A year of the calendar on one sheet: twelve months of days, sessions as bars in lanes."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hrplan.core.workdays import workdays_between
from hrplan.core.working_calendar import working_calendar
from training_calendar.models import Calendar, Closure, TrainingSession
from training_calendar.usecases.sessions_list import SessionRow, rows_of, sessions_of

DAY = timedelta(days=1)
COLUMNS = 31
ROOMY, DENSE = 22, 44
"""Lanes of a sheet up to which several lines of words, and one of full size, fit in each."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One or several days of a lane: a session, or one day without.

    state : off (no workday), closed (to all training), none (after the month's end), or empty
    """

    span: int
    session: SessionRow | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class PosterMonth:
    """One month as lanes of cells that fill 31 columns; `rest` of a session runs on."""

    first: date
    lanes: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Poster:
    """A year; `years` are those of the calendar."""

    year: int
    years: tuple[int, ...]
    months: tuple[PosterMonth, ...]
    sessions: int

    @property
    def density(self) -> str:
        """How many lines a lane has room for: roomy, dense or tight."""
        lanes = sum(len(month.lanes) for month in self.months)
        return "roomy" if lanes <= ROOMY else "dense" if lanes <= DENSE else "tight"


def poster(calendar: Calendar, year: str = "") -> Poster:
    """The sessions of one year, cancelled ones left out.

    year : nothing, or what is no year of the calendar, is the first that still has days ahead
    """
    years = tuple(range(calendar.starts_on.year, calendar.ends_on.year + 1))
    ahead = min(max(calendar.administration.as_of.year, years[0]), years[-1])
    shown = next((one for one in years if str(one) == year), ahead)
    first, last = date(shown, 1, 1), date(shown, 12, 31)
    held = sessions_of(calendar).exclude(status=TrainingSession.Status.CANCELLED)
    rows = rows_of(held.filter(starts_on__lte=last, ends_on__gte=first))
    states = _states(calendar, first, last)
    months = tuple(_month(date(shown, month, 1), rows, states) for month in range(1, 13))
    return Poster(shown, years, months, len(rows))


def _states(calendar: Calendar, first: date, last: date) -> dict[date, str]:
    """What each day is that is no ordinary workday."""
    owner = calendar.administration
    work = set(workdays_between(working_calendar(owner, [first.year]), first, last))
    days = (first + DAY * n for n in range((last - first).days + 1))
    states = {day: "off" for day in days if day not in work}
    closures = Closure.objects.filter(
        administration=owner, scope=Closure.Scope.ALL, starts_on__lte=last, ends_on__gte=first
    )
    for begins, ends in closures.values_list("starts_on", "ends_on"):
        for n in range((ends - begins).days + 1):
            states.setdefault(begins + DAY * n, "closed")
    return states


def _month(first: date, rows: Iterable[SessionRow], states: dict[date, str]) -> PosterMonth:
    length = monthrange(first.year, first.month)[1]
    last = first + DAY * (length - 1)
    spans = [
        (max(row.starts_on, first).day, min(row.ends_on, last).day, row)
        for row in rows
        if row.starts_on <= last and row.ends_on >= first
    ]
    packed = packed_lanes([(a, b) for a, b, _row in spans]) or [[]]
    lanes = tuple(_lane([spans[n] for n in lane], first, length, states) for lane in packed)
    return PosterMonth(first, lanes)


def packed_lanes(spans: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The spans (first and last day, both included) in lanes: each in the first with room.

    Spans come in order of their first day; the numbers of those of each lane are answered.
    """
    lanes: list[list[int]] = []
    ends: list[int] = []
    for number, (first, last) in enumerate(spans):
        lane = next((n for n, end in enumerate(ends) if end < first), len(lanes))
        if lane == len(lanes):
            lanes.append([])
            ends.append(0)
        lanes[lane].append(number)
        ends[lane] = last
    return lanes


def _lane(
    spans: Sequence[tuple[int, int, SessionRow]],
    first: date,
    length: int,
    states: dict[date, str],
) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    starts = {a: (b, row) for a, b, row in spans}
    day = 1
    while day <= length:
        last, row = starts.get(day, (day, None))
        state = "" if row else states.get(first + DAY * (day - 1), "")
        cells.append(Cell(last - day + 1, row, state))
        day = last + 1
    if length < COLUMNS:
        cells.append(Cell(COLUMNS - length, None, "none"))
    return tuple(cells)
