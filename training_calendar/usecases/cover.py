"""Cover: who is away from each station, week by week and day by day, against both limits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from hrplan.core.frames import rows_of, spread
from hrplan.core.models import Administration
from hrplan.core.workdays import workdays_between
from hrplan.core.working_calendar import working_calendar
from training_calendar import frames
from training_calendar.analysis import cover as cover_analysis
from training_calendar.analysis import duty
from training_calendar.models import Calendar
from training_calendar.solver.further import week_most
from training_calendar.usecases import constants

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class CoverCell:
    """One station in one week.

    in_training, on_leave : most on one day of the week [persons]
    person_days : days of training in the week [person-days]
    spare : least number above the minimum on one day; None where no minimum is known [persons]
    binding_days : days on which nobody more may go; broken_days : days below a limit
    """

    week: date
    in_training: int
    on_leave: int
    person_days: int
    spare: int | None
    binding_days: int
    broken_days: int
    is_peak: bool

    @property
    def state(self) -> str:
        """free, used, binding (a limit is reached) or broken (it is overstepped)."""
        if self.broken_days:
            return "broken"
        if self.binding_days:
            return "binding"
        return "used" if self.in_training else "free"


@dataclass(frozen=True, slots=True)
class StationCover:
    """One unit with both limits and its weeks; minimum and rostered are those of a day of duty."""

    pk: int
    code: str
    title: str
    headcount: int
    rostered: int
    max_away: int
    minimum: int | None
    cells: tuple[CoverCell, ...]

    @property
    def binding_days(self) -> int:
        return sum(cell.binding_days for cell in self.cells)

    @property
    def person_days(self) -> int:
        return sum(cell.person_days for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Cover:
    """Stations x weeks; weeks are named by their Mondays."""

    weeks: tuple[date, ...]
    stations: tuple[StationCover, ...]

    @property
    def binding_days(self) -> int:
        """Station days on which the limit is reached by people in training."""
        return sum(station.binding_days for station in self.stations)

    @property
    def broken_days(self) -> int:
        return sum(cell.broken_days for station in self.stations for cell in station.cells)


def cover(calendar: Calendar) -> Cover:
    """How each station is covered in every week of the calendar; units without people left out."""
    units = duty_of(calendar.administration)
    return by_week(units, cover_days(calendar, calendar.starts_on, calendar.ends_on, units=units))


WEEKLY = {
    "in_training": ("in_training", "max"),
    "on_leave": ("on_leave", "max"),
    "person_days": ("in_training", "sum"),
    "spare": ("spare", "min"),
    "binding": ("is_binding", "sum"),
    "broken": ("is_broken", "sum"),
}


def by_week(units: pd.DataFrame, days: pd.DataFrame) -> Cover:
    """The rows of `cover_days` by station and week; `units` as `duty_of` gives them."""
    if days.empty:
        return Cover((), ())
    used = days["in_training"] > 0
    marked = days.assign(
        week=days["day"] - pd.to_timedelta(days["day"].dt.day_of_week, unit="D"),
        is_binding=used & days["covered"] & (days["releasable"] == 0),
        is_broken=used & ~days["covered"],
    )
    rows = marked.groupby(["station", "week"], as_index=False).agg(**WEEKLY)
    weeks = tuple(stamp.date() for stamp in sorted(rows["week"].unique()))
    by_station = {str(code): found for code, found in rows.groupby("station", sort=False)}
    shown = [
        _station(row, by_station[row["station"]])
        for row in units.to_dict("records")
        if row["headcount"] > 0
    ]
    return Cover(weeks, tuple(shown))


def cover_days(
    calendar: Calendar, first: date, last: date, *, units: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row per (station, workday): the columns of `analysis.cover.releasable`."""
    units = duty_of(calendar.administration) if units is None else units
    units = units[units["headcount"] > 0]
    days = _workdays(calendar.administration, first, last)
    on_duty = duty.duty_days(units, days)
    leave = _daily(frames.leave(calendar.administration), days, units["station"])
    training = _daily(frames.seats(calendar), days, units["station"])
    return cover_analysis.releasable(on_duty, leave, training)


def duty_of(administration: Administration) -> pd.DataFrame:
    """The units with their limits: the columns of `analysis.duty.station_duty`.

    And `week_most` : int, in training in one week by rule F1 [persons].
    """
    rule = constants.planning_constants(administration).duty
    units = duty.station_duty(frames.stations(administration, administration.as_of), rule)
    return units.assign(week_most=week_most(units["headcount"]))


def _workdays(administration: Administration, first: date, last: date) -> pd.DatetimeIndex:
    years = range(first.year, last.year + 1)
    return pd.DatetimeIndex(workdays_between(working_calendar(administration, years), first, last))


def _daily(spans: pd.DataFrame, days: pd.DatetimeIndex, stations: Iterable[str]) -> pd.DataFrame:
    """One row per (station, day, staff) of spans of days."""
    kept = spans[spans["station"].isin(list(stations))]
    first = days.searchsorted(pd.DatetimeIndex(kept["starts_on"]), side="left")
    last = days.searchsorted(pd.DatetimeIndex(kept["ends_on"]), side="right")
    row, at = spread(first, np.maximum(last - first, 0))
    found = kept[["station", "staff"]].take(row).assign(day=days[at])
    return found[["station", "day", "staff"]].drop_duplicates().reset_index(drop=True)


def _station(unit: Mapping[Any, Any], weeks: pd.DataFrame) -> StationCover:
    peak = {int(month) for month in unit["peak_months"]}
    cells = tuple(
        CoverCell(
            week=row.week.date(),
            in_training=int(row.in_training),
            on_leave=int(row.on_leave),
            person_days=int(row.person_days),
            spare=None if pd.isna(row.spare) else int(row.spare),
            binding_days=int(row.binding),
            broken_days=int(row.broken),
            is_peak=row.week.month in peak,
        )
        for row in rows_of(weeks)
    )
    return StationCover(
        pk=int(unit["pk"]),
        code=str(unit["station"]),
        title=str(unit["title"]),
        headcount=int(unit["headcount"]),
        rostered=int(str(unit["rostered"])),
        max_away=int(str(unit["max_away"])),
        minimum=int(str(unit["least"])) or None,
        cells=cells,
    )
