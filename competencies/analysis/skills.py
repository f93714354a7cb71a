"""Skills ahead: who will still hold a level in the coming years, and when it runs short."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrplan.core.frames import need, places

UNUSED_MONTHS = 24  # months after which a technical skill without use no longer counts
LEAD_MONTHS = (18, 36)  # from recruit to level 2 (12 to 18 months: the longer), to level 3 and up
HIGH_LEVEL = 3  # level from which the longer lead time holds
NEVER = np.datetime64("2200-01-01")  # stands for no end while days are compared
Levels = NDArray[np.floating]
Marks = NDArray[np.bool_]
Days = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True, eq=False)
class StillHeld:
    """Levels and until when they count; (people, competencies).

    level : NaN = not assessed [level]
    lapses_on : day from which it counts no more for want of use, NaT if none is foreseen
    ends_on : the earlier of lapse and retirement, NaT likewise
    """

    level: Levels
    lapses_on: Days
    ends_on: Days


def still_held(
    level: Levels,
    rated_on: Days,
    in_use: Marks,
    retires_on: Days,
    *,
    technical: Marks,
    months: int = UNUSED_MONTHS,
) -> StillHeld:
    """Say until when each held level counts: to retirement, or until it lapses without use.

    A skill is in use where a profile of the person asks for it. A technical one that is not in
    use lapses so many months after it was rated last; other competencies don't lapse.

    Parameters
    ----------
    level : (people, competencies), NaN = not assessed [level]
    rated_on : the same shape, day of the last rating used; says nothing where not assessed
    in_use : the same shape, whether a profile of the person asks for it
    retires_on : (people,), NaT where unknown
    technical : (competencies,), those that lapse; months : int [months]

    Source
    ------
    docs/methods/skills-ahead.md, "Still held".
    """
    idle = ~np.isnan(level) & ~in_use & technical
    days, place = np.unique(rated_on[idle], return_inverse=True)
    later = (pd.DatetimeIndex(days) + pd.DateOffset(months=months)).to_numpy("datetime64[D]")
    lapses = np.full(level.shape, np.datetime64("NaT", "D"))
    lapses[idle] = later[place]
    return StillHeld(level, lapses, np.fmin(lapses, retires_on[:, None]))


def skill_forecast(
    held: StillHeld, topics: pd.Index, needed: pd.DataFrame, *, days: Sequence[date]
) -> pd.DataFrame:
    """Count who still meets each level on each day, and when fewer do than are needed.

    able(t) = sum over people of 1[level held >= level asked] x 1[still held on t].

    Parameters
    ----------
    held : of the competencies `topics`
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
    need(needed, ["competency", "level", "needed"], key=["competency", "level"])
    stamps = np.array(days, "datetime64[D]")
    lines = []
    rows = needed[["competency", "level", "needed"]].itertuples(index=False)
    for (topic, level, people), place in zip(
        rows, places(topics, needed["competency"]), strict=True
    ):
        mine = held.level[:, place] >= level if place >= 0 else np.zeros(len(held.level), bool)
        ends, lapses = (table[mine, place] for table in (held.ends_on, held.lapses_on))
        until = np.sort(np.where(np.isnat(ends), NEVER, ends))
        gone = np.searchsorted(until, stamps, side="right")
        lines.append(
            {
                "competency": topic,
                "level": level,
                "needed": people,
                "able": tuple((len(until) - gone).tolist()),
                "lapsed": int((lapses <= stamps[0]).sum()),
                "short_from": _short_from(until[gone[0] :], people, stamps),
            }
        )
    columns = ["competency", "level", "needed", "able", "lapsed", "short_from"]
    return pd.DataFrame(lines, columns=columns).astype({"short_from": "datetime64[ns]"})


def _short_from(until: Days, needed: int, stamps: Days) -> np.datetime64:
    """The day of the departure after which fewer are left than needed; NaT if it never comes."""
    spare = len(until) - needed
    if spare < 0:
        return np.datetime64(stamps[0])
    if needed and until[spare] <= stamps[-1]:
        return np.datetime64(until[spare])
    return np.datetime64("NaT", "D")


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
