"""Duty: how many people of a station are rostered on a day, and how many of them must stay."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from hrplan.core.frames import need

WEEKDAYS = (0, 1, 2, 3, 4)
STATION = ["station", "headcount", "share", "minimum", "shifts", "weekdays"]


@dataclass(frozen=True, slots=True)
class DutyConstants:
    """What the roster assumes; own proposal, printed with every plan."""

    days_week: float = 5.0  # days a week that one person is on duty [days]


def station_duty(stations: pd.DataFrame, constants: DutyConstants) -> pd.DataFrame:
    """How many people each station rosters on a day of duty, and how many it must keep.

    Who serves a station seven days a week with five days each leaves five sevenths of the
    people on the roster of one day. The minimum on a shift holds on each shift of the day.

    Parameters
    ----------
    stations : DataFrame, one row per station
        headcount : int [persons]; share : float, most in training on one day [0..1]
        minimum : float, on one shift, NaN where none is known [persons]
        shifts : int, a day; weekdays : tuple of int, days of duty, Monday is 0; empty: the
        five days from Monday
    constants : DutyConstants

    Returns
    -------
    DataFrame, the rows of `stations`, and
        max_away : int, most people in training on one day [persons]
        rostered : int, on a day of duty [persons]
        least : int, who must stay on a day of duty, 0 where nothing is known [persons]

    Raises
    ------
    FrameError
        A column is missing or a station given twice.

    Source
    ------
    docs/methods/cover.md, "The roster of a day".
    """
    need(stations, STATION, key=["station"])
    days = stations["weekdays"].map(lambda listed: len(listed) or len(WEEKDAYS))
    on = np.minimum(1.0, constants.days_week / days.astype(float))
    heads = stations["headcount"].astype(float)
    away = np.floor(stations["share"].astype(float) * heads + 1e-9)
    least = stations["minimum"].astype(float).fillna(0.0) * stations["shifts"].astype(float)
    return stations.assign(
        max_away=np.maximum(1, away).astype("int64"),
        rostered=np.floor(heads * on + 1e-9).astype("int64"),
        least=least.astype("int64"),
    )


def duty_days(duty: pd.DataFrame, days: pd.DatetimeIndex) -> pd.DataFrame:
    """The roster of each station on each of some days; off duty everybody may go.

    Parameters
    ----------
    duty : DataFrame, as `station_duty` gives it
    days : the days wanted

    Returns
    -------
    DataFrame, one row per (station, day)
        rostered, max_away : int [persons]
        minimum : float, NaN where none is known or the station is off duty [persons]
    """
    need(duty, ["station", "weekdays", "max_away", "rostered", "least"], key=["station"])
    dates = pd.DataFrame({"day": days, "weekday": days.day_of_week})
    rows = duty[["station", "weekdays", "max_away", "rostered", "least"]].merge(dates, how="cross")
    on = [
        weekday in (listed or WEEKDAYS)
        for weekday, listed in zip(rows["weekday"], rows["weekdays"], strict=True)
    ]
    bound = pd.Series(on, index=rows.index, dtype=bool) & (rows["least"] > 0)
    rows["minimum"] = rows["least"].astype(float).where(bound)
    return rows[["station", "day", "rostered", "max_away", "minimum"]]


def duty_spans(duty: pd.DataFrame, days: pd.DatetimeIndex) -> pd.DataFrame:
    """The same as spans for the planning engine: one for all days, then the days off duty.

    Returns
    -------
    DataFrame, one row per (station, span), a later one overrides
        from_date, to_date : Timestamp; minimum, rostered : int [persons]
    """
    need(duty, ["station", "weekdays", "rostered", "least"], key=["station"])
    columns = ["station_id", "from_date", "to_date", "minimum", "rostered"]
    bound = duty[duty["least"] > 0]
    spans: list[tuple[object, ...]] = []
    for row in bound[["station", "weekdays", "rostered", "least"]].itertuples(index=False):
        station, listed, rostered, least = row
        spans.append((station, days[0], days[-1], least, rostered))
        off = [day for day in WEEKDAYS if day not in (listed or WEEKDAYS)]
        spans += [(station, day, day, 0, rostered) for day in days[days.day_of_week.isin(off)]]
    return pd.DataFrame(spans, columns=columns)
