"""Further rules of a calendar: looked at where it is released, and weighed by the planner."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from hrplan.core.frames import need

WEEK_SHARE = "F1"
PEAK = "F2"
SHARE = 0.15
"""Most of a station's people in training in one week, at least one [0..1]."""


@dataclass(frozen=True, slots=True)
class Found:
    """One further rule broken once: which, at which station, in the week that begins then."""

    rule: str
    station: str
    week: date
    found: int
    allowed: int


def further(stations: pd.DataFrame, places: pd.DataFrame, share: float = SHARE) -> list[Found]:
    """Weeks in which too many of a station are in training, and training in its busy months.

    Who is away on any day of a week counts once for that week.

    Parameters
    ----------
    stations : DataFrame, one row per station
        headcount : int [persons]; peak_months : list of int, 1 is January
    places : DataFrame, one row per place: staff, station : str; starts_on, ends_on : date
    share : most of a station in one week [0..1]

    Returns
    -------
    list of Found, by week, station and rule

    Raises
    ------
    FrameError
        A column is missing or a station given twice.

    Source
    ------
    docs/methods/releases.md, "Further rules".
    """
    need(stations, ["station", "headcount", "peak_months"], key=["station"])
    need(places, ["staff", "station", "starts_on", "ends_on"])
    if places.empty:
        return []
    heads = dict(zip(stations["station"], stations["headcount"], strict=True))
    months = zip(stations["station"], stations["peak_months"], strict=True)
    busy = {code: {int(month) for month in listed} for code, listed in months}
    away: dict[tuple[date, str], set[str]] = {}
    peak: dict[tuple[date, str], set[str]] = {}
    for staff, station, first, last in places[
        ["staff", "station", "starts_on", "ends_on"]
    ].itertuples(index=False):
        for day in pd.date_range(first, last):
            week = (day - pd.Timedelta(days=day.day_of_week)).date()
            away.setdefault((week, station), set()).add(staff)
            if day.month in busy.get(station, ()):
                peak.setdefault((week, station), set()).add(staff)
    found = [
        Found(WEEK_SHARE, station, week, len(people), most)
        for (week, station), people in away.items()
        if len(people) > (most := max(1, int(share * heads.get(station, 0) + 1e-9)))
    ]
    found += [
        Found(PEAK, station, week, len(people), 0) for (week, station), people in peak.items()
    ]
    return sorted(found, key=lambda one: (one.week, one.station, one.rule))
