"""Further rules of a calendar, weighed by the planner: the one reading that all who ask share."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from hrplan.core.frames import need, rows_of, spread

WEEK_SHARE = "F1"
PEAK = "F2"
LAST_TWO = "F3"
EARMARKS = "F4"
WEEKLY = (WEEK_SHARE, PEAK)
"""Rules whose day is the Monday of a week."""
SHARE = 0.15
"""Most of a station's people in training in one week, at least one [0..1]."""


EPOCH = 3
"""1 January 1970 was a Thursday: so many days after a Monday."""


@dataclass(frozen=True, slots=True)
class Found:
    """One further rule broken once: which, at which station, in the week that begins then."""

    rule: str
    station: str
    week: date
    found: int
    allowed: int


def week_most(headcount: np.ndarray | pd.Series) -> np.ndarray:
    """The most people of a station in training in one week, by its people [persons]."""
    share = np.floor(SHARE * np.asarray(headcount) + 1e-9)
    return np.maximum(1, share).astype(np.int64)


def further(stations: pd.DataFrame, places: pd.DataFrame) -> list[Found]:
    """Weeks in which too many of a station are in training, and training in its busy months.

    Who is away on any day of a week counts once for that week.

    Parameters
    ----------
    stations : DataFrame, one row per station
        week_most : int, in one week [persons]; peak_months : list of int, 1 is January
    places : DataFrame, one row per place: staff, station : str; starts_on, ends_on : date

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
    need(stations, ["station", "week_most", "peak_months"], key=["station"])
    need(places, ["staff", "station", "starts_on", "ends_on"])
    if places.empty:
        return []
    limit = dict(zip(stations["station"], stations["week_most"], strict=True))
    days = _days(places)
    months = stations[["station", "peak_months"]].explode("peak_months").dropna()
    busy = pd.MultiIndex.from_frame(months.astype({"peak_months": int}))
    peak = days[pd.MultiIndex.from_frame(days[["station", "month"]]).isin(busy)]
    found = [
        Found(WEEK_SHARE, station, week.date(), people, most)
        for week, station, people in _people(days)
        if people > (most := int(limit.get(station, 1)))
    ]
    found += [Found(PEAK, station, week.date(), n, 0) for week, station, n in _people(peak)]
    return sorted(found, key=lambda one: (one.week, one.station, one.rule))


def _days(places: pd.DataFrame) -> pd.DataFrame:
    """One row per place and day: staff, station, week (its Monday), month."""
    first, last = (
        pd.to_datetime(places[name]).to_numpy("datetime64[D]").astype(np.int64)
        for name in ("starts_on", "ends_on")
    )
    row, day = spread(first, np.maximum(last - first + 1, 0))
    monday = day - (day + EPOCH) % 7
    return pd.DataFrame(
        {
            "staff": places["staff"].to_numpy()[row],
            "station": places["station"].to_numpy()[row],
            "week": monday.astype("datetime64[D]"),
            "month": day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12 + 1,
        }
    )


def _people(days: pd.DataFrame) -> Iterator[tuple[pd.Timestamp, str, int]]:
    """Week, station and how many people, each counted once."""
    once = days[["week", "station", "staff"]].drop_duplicates()
    for row in rows_of(once.groupby(["week", "station"], as_index=False).size()):
        yield row.week, row.station, int(row.size)
