"""Workforce outlook: retirements ahead, the stock to come, bands of age and service."""

import calendar
from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrplan.core.frames import need

RETIREMENT_AGE = 60  # years; a default to be replaced by the rules of service
EXPOSURE_YEARS = 3  # years ahead; K04
SMALL_GROUP = 20  # people under which a rate of leaving says nothing
SCENARIOS = (0, 1, 2)  # leavers a year in the scenarios of a small group; own proposal
AGE_BANDS = (20, 25, 30, 35, 40, 45, 50, 55, 60)
SERVICE_BANDS = (0, 2, 5, 10, 15, 20, 25, 30)
UNKNOWN_BAND = "unknown"
EXPECTED = "expected"


def years_since(days: pd.Series, as_of: date) -> pd.Series:
    """Full years from each day to a date; NaN where the day is unknown [years]."""
    stamps = pd.to_datetime(days)
    ahead = (stamps.dt.month > as_of.month) | (
        (stamps.dt.month == as_of.month) & (stamps.dt.day > as_of.day)
    )
    years: pd.Series = as_of.year - stamps.dt.year - ahead.astype(int)
    return years.astype(float)


def years_on(day: date, years: int) -> date:
    """The same day some years on; the last of February for a 29th that there isn't."""
    last = calendar.monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, last))


def years_ahead(days: pd.Series, as_of: date) -> pd.Series:
    """In which year ahead each day lies: 1 for twelve months from `as_of`, 0 or less before.

    A day that is `as_of` itself lies in year 0; NaN where the day is unknown. [years]
    """
    stamps = pd.to_datetime(days)
    beyond = (stamps.dt.month > as_of.month) | (
        (stamps.dt.month == as_of.month) & (stamps.dt.day > as_of.day)
    )
    years: pd.Series = stamps.dt.year - as_of.year + beyond.astype(int)
    return years.astype(float)


def retirement_days(staff: pd.DataFrame, *, age: int = RETIREMENT_AGE) -> pd.DataFrame:
    """Name the day on which each person reaches the age of retirement, the next first.

    Parameters
    ----------
    staff : DataFrame, one row per staff member; staff : str; born_on : date or none

    Returns
    -------
    DataFrame, one row per staff member whose birth is known, sorted by day and code
        staff : str; retires_on : date

    Raises
    ------
    FrameError
        A column is missing or a staff member given twice.

    Source
    ------
    docs/methods/outlook.md, "Retirements by name".
    """
    need(staff, ["staff", "born_on"], key=["staff"])
    known = staff.loc[staff["born_on"].notna(), ["staff", "born_on"]]
    born = pd.to_datetime(known["born_on"])
    days = (born + pd.DateOffset(years=age)).dt.date.to_numpy()
    table = pd.DataFrame({"staff": known["staff"].to_numpy(), "retires_on": days})
    return table.sort_values(["retires_on", "staff"]).reset_index(drop=True)


def retirement_exposure(
    staff: pd.DataFrame,
    by: Sequence[str],
    *,
    as_of: date,
    age: int = RETIREMENT_AGE,
    within: int = EXPOSURE_YEARS,
) -> pd.DataFrame:
    """Count who reaches the age of retirement within some years (K04), in any grouping.

    Parameters
    ----------
    staff : DataFrame, one row per staff member serving
        staff : str; born_on : date or none; and the columns of `by`
    by : the columns to group by; none gives one row for all
    as_of : date; age : int [years]; within : int [years]

    Returns
    -------
    DataFrame, one row per group, sorted by it
        people : int; n, missing : int, with and without a known date of birth
        past : int, at the age already; due : int, reaching it within the years
        exposure : float, (past + due) / n, NaN if n is 0 [0..1]

    Raises
    ------
    FrameError
        A column is missing or a staff member given twice.

    Source
    ------
    docs/methods/outlook.md, "Retirement exposure".
    """
    need(staff, ["staff", "born_on", *by], key=["staff"])
    years = years_since(staff["born_on"], as_of)
    rows = staff.assign(
        known=years.notna(), past=years >= age, due=(years >= age - within) & (years < age)
    )
    names = list(by) if by else [np.zeros(len(rows), int)]
    table = rows.groupby(names).agg(
        people=("staff", "size"), n=("known", "sum"), past=("past", "sum"), due=("due", "sum")
    )
    table["missing"] = table["people"] - table["n"]
    table["exposure"] = (table["past"] + table["due"]) / table["n"].where(table["n"] > 0)
    table = table.reset_index() if by else table.reset_index(drop=True)
    return table[[*by, "people", "n", "missing", "past", "due", "exposure"]]


def retirements(
    staff: pd.DataFrame, *, as_of: date, years: int, age: int = RETIREMENT_AGE
) -> pd.DataFrame:
    """Count, by group and year ahead, who reaches the age of retirement in it.

    Year 1 runs from `as_of` for twelve months; who is past the age already leaves in it.

    Parameters
    ----------
    staff : DataFrame, one row per staff member; staff, group : str; born_on : date or none

    Returns
    -------
    DataFrame, one row per (group, year) of 1..years; retirements : int [persons]

    Source
    ------
    docs/methods/outlook.md, "The stock ahead".
    """
    need(staff, ["staff", "group", "born_on"], key=["staff"])
    left = age - years_since(staff["born_on"], as_of)
    when = left.clip(lower=1).rename("year")
    counted = staff.groupby(["group", when]).size()
    grid = pd.MultiIndex.from_product(
        [sorted(staff["group"].unique()), range(1, years + 1)], names=["group", "year"]
    )
    return counted.reindex(grid, fill_value=0).rename("retirements").reset_index()


def stock_forecast(stock: pd.DataFrame, flows: pd.DataFrame) -> pd.DataFrame:
    """Carry the stock of each group forward: less retirements and leavers, plus intake.

    H(t+1) = H(t) - retirements - leavers + intake - net transfers out, leavers = rate x H(t).
    For a small group a rate says nothing: it gets scenarios of so many leavers a year instead.

    Parameters
    ----------
    stock : DataFrame, one row per group; group : str; people : int [persons]
        rate : float, share that leaves in a year for other reasons than age [0..1]
    flows : DataFrame, one row per (group, year), years 1, 2, ... for every group
        retirements, intake : int; transfers : int, net transfers out [persons]

    Returns
    -------
    DataFrame, one row per (group, scenario, year)
        scenario : str, expected, or for groups under SMALL_GROUP the leavers a year: 0, 1, 2
        leavers, people : float, who leaves in the year and the stock at its end, not below 0

    Raises
    ------
    FrameError
        A column is missing or a key given twice.

    Source
    ------
    docs/methods/outlook.md, "The stock ahead".
    """
    need(stock, ["group", "people", "rate"], key=["group"])
    need(flows, ["group", "year", "retirements", "intake", "transfers"], key=["group", "year"])
    small = stock["people"] < SMALL_GROUP
    variants = [stock[~small].assign(scenario=EXPECTED, fixed=np.nan)]
    variants += [stock[small].assign(scenario=str(n), fixed=float(n)) for n in SCENARIOS]
    now = pd.concat(variants).sort_values(["group", "scenario"]).reset_index(drop=True)
    people = now["people"].to_numpy(float)
    tables = []
    for year in sorted(flows["year"].unique()):
        flow = now[["group"]].merge(flows[flows["year"] == year], on="group", how="left")
        change = (flow["intake"] - flow["retirements"] - flow["transfers"]).to_numpy(float)
        leavers = np.minimum(people, now["fixed"].fillna(now["rate"] * people).to_numpy(float))
        people = np.maximum(0.0, people - leavers + change)
        part = now[["group", "scenario"]].assign(year=year, leavers=leavers, people=people)
        tables.append(part)
    empty = now[["group", "scenario"]].iloc[:0].assign(year=0, leavers=0.0, people=0.0)
    table = pd.concat(tables) if tables else empty
    return table.sort_values(["group", "scenario", "year"]).reset_index(drop=True)


def pyramid(
    staff: pd.DataFrame, since: str, split: str, *, as_of: date, bands: Sequence[int] = AGE_BANDS
) -> pd.DataFrame:
    """Count people by band of years since a date, split for the two sides of a pyramid.

    Parameters
    ----------
    staff : DataFrame, one row per staff member
        staff : str; `since` : date or none, such as born_on or joined_on; `split` : str
    bands : the first year of each band, rising; who is below the first is put into it

    Returns
    -------
    DataFrame, one row per (band, split), every band present, unknown last where there is one
        band : str, such as 25-29, 60+, unknown; `split` : str; people : int

    Raises
    ------
    FrameError
        A column is missing or a staff member given twice.

    Source
    ------
    docs/methods/outlook.md, "Bands".
    """
    need(staff, ["staff", since, split], key=["staff"])
    years = years_since(staff[since], as_of)
    names = [f"{low}-{high - 1}" for low, high in zip(bands, bands[1:], strict=False)]
    names += [f"{bands[-1]}+"]
    place = np.searchsorted(bands, years.to_numpy(), side="right") - 1
    band = np.array([*names, UNKNOWN_BAND])[_within(place, years, len(names))]
    if years.isna().any():
        names.append(UNKNOWN_BAND)
    counted = staff.groupby([pd.Series(band, staff.index, name="band"), split]).size()
    grid = pd.MultiIndex.from_product([names, sorted(staff[split].unique())], names=["band", split])
    return counted.reindex(grid, fill_value=0).rename("people").reset_index()


def _within(place: NDArray[np.int64], years: pd.Series, bands: int) -> NDArray[np.int64]:
    """Who is below the first band is put into it; who is unknown behind the last."""
    return np.where(years.isna(), bands, np.maximum(place, 0))
