"""Skills ahead: who will still hold a level in the coming years, and when it runs short."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from competencies.analysis.summing import beside
from hrplan.core.frames import need

UNUSED_MONTHS = 24  # months after which a technical skill without use no longer counts
LEAD_MONTHS = (18, 36)  # from recruit to level 2 (12 to 18 months: the longer), to level 3 and up
HIGH_LEVEL = 3  # level from which the longer lead time holds
PAIR = ["staff", "competency"]
NEVER = pd.Timestamp(2200, 1, 1)  # stands for no end while days are compared


def still_held(
    held: pd.DataFrame,
    used: pd.DataFrame,
    leaving: pd.DataFrame,
    *,
    technical: Collection[str],
    months: int = UNUSED_MONTHS,
) -> pd.DataFrame:
    """Say until when each held level counts: to retirement, or until it lapses without use.

    A skill is in use where a profile of the person asks for it. A technical one that is not in
    use lapses so many months after it was rated last; other competencies don't lapse.

    Parameters
    ----------
    held : DataFrame, one row per (staff, competency); level : float [level]; rated_on : date
    used : DataFrame, one row per (staff, competency) that a profile of the person asks for
    leaving : DataFrame, one row per staff member whose day is known; staff : str; retires_on : date
    technical : codes of the competencies that lapse; months : int [months]

    Returns
    -------
    DataFrame, one row per row of `held`: staff, competency, level
        lapses_on, ends_on : day from which it counts no more, NaT if none is foreseen;
            ends_on is the earlier of lapse and retirement

    Raises
    ------
    FrameError
        A column is missing or a key given twice.

    Source
    ------
    docs/methods/skills-ahead.md, "Still held".
    """
    need(held, [*PAIR, "level", "rated_on"], key=PAIR)
    need(used, PAIR, key=PAIR)
    need(leaving, ["staff", "retires_on"], key=["staff"])
    rows = held[[*PAIR, "level", "rated_on"]].reset_index(drop=True)
    (in_use,) = beside(rows, used[PAIR].assign(used=1), "used")
    idle = np.isnan(in_use) & rows["competency"].isin(technical)
    lapses = pd.to_datetime(rows.loc[idle, "rated_on"]) + pd.DateOffset(months=months)
    rows["lapses_on"] = lapses.reindex(rows.index)
    goes = pd.to_datetime(rows["staff"].map(leaving.set_index("staff")["retires_on"]))
    rows["ends_on"] = pd.concat([rows["lapses_on"], goes], axis=1).min(axis=1)
    return rows[[*PAIR, "level", "lapses_on", "ends_on"]]


def skill_forecast(
    held: pd.DataFrame, needed: pd.DataFrame, *, days: Sequence[date]
) -> pd.DataFrame:
    """Count who still meets each level on each day, and when fewer do than are needed.

    able(t) = sum over people of 1[level held >= level asked] x 1[still held on t].

    Parameters
    ----------
    held : DataFrame, as `still_held` gives it
    needed : DataFrame, one row per (competency, level); level : int; needed : int [persons]
    days : today first, then the ends of the years ahead

    Returns
    -------
    DataFrame, one row per row of `needed`, in its order
        able : tuple of int, people on each of the days
        lapsed : int, people whose level is high enough and lapsed before the first day
        short_from : first day on which able < needed, NaT if not before the last day

    Raises
    ------
    FrameError
        A column is missing or a key given twice.

    Source
    ------
    docs/methods/skills-ahead.md, "Short from".
    """
    need(held, [*PAIR, "level", "lapses_on", "ends_on"], key=PAIR)
    need(needed, ["competency", "level", "needed"], key=["competency", "level"])
    stamps = [pd.Timestamp(day) for day in days]
    by_topic = dict(iter(held.groupby("competency")))
    none = held.iloc[:0]
    lines = []
    for topic, level, people in needed[["competency", "level", "needed"]].itertuples(index=False):
        mine = by_topic.get(topic, none)
        mine = mine[mine["level"] >= level]
        until = mine["ends_on"].fillna(NEVER).sort_values()
        able = tuple(int((until > day).sum()) for day in stamps)
        lines.append(
            {
                "competency": topic,
                "level": level,
                "needed": people,
                "able": able,
                "lapsed": int((mine["lapses_on"] <= stamps[0]).sum()),
                "short_from": _short_from(until[until > stamps[0]], people, stamps),
            }
        )
    columns = ["competency", "level", "needed", "able", "lapsed", "short_from"]
    return pd.DataFrame(lines, columns=columns).astype({"short_from": "datetime64[ns]"})


def _short_from(until: pd.Series, needed: int, stamps: Sequence[pd.Timestamp]) -> Any:
    """The day of the departure after which fewer are left than needed."""
    spare = len(until) - needed
    if spare < 0:
        return stamps[0]
    if needed == 0:
        return pd.NaT
    day = until.iloc[spare]
    return day if day <= stamps[-1] else pd.NaT


def start_by(
    short_from: pd.Series, level: pd.Series, *, lead: tuple[int, int] = LEAD_MONTHS
) -> pd.DataFrame:
    """The day by which to begin so that a recruit has the level when it runs short.

    Parameters
    ----------
    short_from : days, NaT where nothing runs short; level : int, level needed
    lead : months to level 2 or below, and to level 3 or above [months]

    Returns
    -------
    DataFrame with the index of `short_from`
        lead_months : int; start_by : short_from less the lead time

    Source
    ------
    docs/methods/skills-ahead.md, "Start by".
    """
    months = pd.Series(np.where(level >= HIGH_LEVEL, lead[1], lead[0]), short_from.index)
    days = [
        day - pd.DateOffset(months=int(month)) if pd.notna(day) else pd.NaT
        for day, month in zip(short_from, months, strict=True)
    ]
    return pd.DataFrame(
        {"lead_months": months, "start_by": pd.to_datetime(pd.Series(days, short_from.index))}
    )
