"""Cover: how many people a station can release on a day."""

import math

import numpy as np
import pandas as pd

from hrplan.core.frames import need

POLICY, MINIMUM = "policy", "minimum"
DAY = ["station", "day"]


def max_away(headcount: int, share: float) -> int:
    """The most people of a station in training on one day: its share, rounded down, at least 1."""
    return max(1, math.floor(share * headcount + 1e-9))


def releasable(duty: pd.DataFrame, leave: pd.DataFrame, training: pd.DataFrame) -> pd.DataFrame:
    """How many people more each station can send to training, day by day.

    Two limits hold at once: the policy (the most in training on one day) and the minimum on
    duty (rostered less minimum, leave and training). The tighter one counts. An unknown
    minimum binds nothing and is marked, not taken as zero.

    Parameters
    ----------
    duty : DataFrame, one row per (station, day)
        rostered : int [persons]; max_away : int [persons]
        minimum : float, NaN where none is known [persons]
    leave : DataFrame, one row per (station, day, staff) rostered and on approved leave
    training : DataFrame, one row per (station, day, staff) in training; who is on leave too is
        counted as on leave for the minimum, and as in training for the policy

    Returns
    -------
    DataFrame, the rows of `duty`, in their order
        on_leave, in_training : int [persons]
        on_duty : int, rostered less those away [persons]
        spare : float, on_duty - minimum, NaN where no minimum is known; below 0 = uncovered
        releasable : int, how many more may go, at least 0 [persons]
        binding : str, policy | minimum, the limit that is reached first
        covered : bool, neither limit is overstepped

    Raises
    ------
    FrameError
        A column is missing or a key given twice.

    Source
    ------
    docs/methods/cover.md, "Release on a day".
    """
    need(duty, [*DAY, "rostered", "minimum", "max_away"], key=DAY)
    need(leave, [*DAY, "staff"], key=[*DAY, "staff"])
    need(training, [*DAY, "staff"], key=[*DAY, "staff"])
    away = pd.concat([leave[[*DAY, "staff"]], training[[*DAY, "staff"]]]).drop_duplicates()
    rows = duty
    for name, people in (("on_leave", leave), ("in_training", training), ("away", away)):
        counted = people.groupby(DAY, as_index=False).agg(**{name: ("staff", "size")})
        rows = rows.merge(counted, on=DAY, how="left")
        rows[name] = rows[name].fillna(0).astype(int)
    rows["on_duty"] = rows["rostered"] - rows["away"]
    rows["spare"] = rows["on_duty"] - rows["minimum"].astype(float)
    room = rows["max_away"] - rows["in_training"]
    tighter = rows["spare"] < room
    free = rows["spare"].where(tighter, room)
    rows["releasable"] = free.clip(lower=0).astype(int)
    rows["binding"] = np.where(tighter, MINIMUM, POLICY)
    rows["covered"] = free >= 0
    return rows.drop(columns="away")
