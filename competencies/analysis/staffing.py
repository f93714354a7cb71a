"""Staff needed: from the work there is (the WISN way), and from the hours a post is manned."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hrplan.core.frames import need

WEEKS_A_YEAR = 52
DAYS_SERVED = 5  # days a week that one officer serves
FULLER = 1.1  # load that one person carries at most before another is counted
GROUP = ["unit", "profile"]


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """What one officer can give in a year; own proposal, to be replaced by the rules of service."""

    hours_week: float = 40.0
    hours_shift: float = 8.0
    leave_days: float = 20.0
    holiday_days: float = 13.0
    sick_days: float = 7.0
    training_days: float = 5.0

    @property
    def days_absent(self) -> float:
        """Days of leave, holidays, sickness and training in a year."""
        return self.leave_days + self.holiday_days + self.sick_days + self.training_days

    @property
    def net_hours(self) -> float:
        """Hours on duty in a year: the available working time."""
        return self.hours_week * WEEKS_A_YEAR - self.days_absent * self.hours_shift


def officers_needed(
    hours_day: float, time: WorkingTime, *, days_week: float = 7.0, posts: int = 1
) -> float:
    """How many officers it takes to keep a post manned; not rounded.

    Parameters
    ----------
    hours_day : float, hours a day the post is manned [hours]
    time : WorkingTime
    days_week : float, days a week [days]
    posts : int, such posts manned at once

    Raises
    ------
    ValueError
        The officers are absent as much as they work.

    Source
    ------
    docs/methods/staffing.md, "Officers for a post".
    """
    return posts * hours_day * days_week * WEEKS_A_YEAR / _given(time)


def usual_roster(people: int, days_week: float, served: float = DAYS_SERVED) -> int:
    """How many of a station's people are rostered on one of its days of duty [persons].

    Source
    ------
    docs/methods/staffing.md, "Releasable on a day".
    """
    return math.floor(people * min(1.0, served / days_week) + 1e-9) if days_week else 0


def activity_needs(workloads: pd.DataFrame, time: WorkingTime) -> pd.DataFrame:
    """Work out, activity by activity, how many people the work takes.

    Parameters
    ----------
    workloads : DataFrame, one row per (unit, profile, activity)
        volume : float, how many a year; minutes : float, for each [minutes]
        share : float, of everybody's working time [0..1], in place of volume and minutes

    Returns
    -------
    DataFrame, the rows given
        standard : float, how many one person does in a year, NaN for a share
        people : float, volume / standard, NaN for a share [persons]

    Raises
    ------
    FrameError
        A column is missing or a key given twice.
    ValueError
        The officers are absent as much as they work.

    Source
    ------
    docs/methods/staffing.md, "Staff needed from the workload".
    """
    need(workloads, [*GROUP, "activity", "volume", "minutes", "share"], key=[*GROUP, "activity"])
    minutes = workloads["minutes"].astype(float)
    standard = _given(time) * 60 / minutes.where(minutes > 0)
    done = (workloads["volume"].astype(float) / standard).where(minutes.notna())
    return workloads.assign(standard=standard, people=done.mask(minutes == 0, 0.0))


def staff_needed(activities: pd.DataFrame, strength: pd.DataFrame) -> pd.DataFrame:
    """Sum the work of each unit and profile, add what takes a share, and compare with the people.

    required = sum(volume / standard workload) x 1 / (1 - sum of shares)
    ratio = people / required: 1 is balance, below it the work is more than they can do.

    Parameters
    ----------
    activities : DataFrame, as `activity_needs` gives it
    strength : DataFrame, one row per (unit, profile); posts, people : int [persons]

    Returns
    -------
    DataFrame, one row per (unit, profile) with work, sorted by them
        direct : float [persons]; share : float [0..1]
        factor : float, 1 / (1 - share), NaN where the shares take all time
        required : float [persons]; whole : float, whole persons, each loaded up to a tenth more
        posts, people : int; ratio : float, NaN if nothing is required
        difference : float, people - whole [persons]

    Raises
    ------
    FrameError
        A column is missing or a key given twice.

    Source
    ------
    docs/methods/staffing.md, "Staff needed from the workload".
    """
    need(activities, [*GROUP, "activity", "people", "share"], key=[*GROUP, "activity"])
    need(strength, [*GROUP, "posts", "people"], key=GROUP)
    sums = activities.groupby(GROUP, as_index=False).agg(
        direct=("people", "sum"), share=("share", "sum")
    )
    left = 1 - sums["share"].astype(float)
    sums["factor"] = 1 / left.where(left > 1e-9)
    sums["required"] = sums["direct"] * sums["factor"]
    sums["whole"] = np.ceil(sums["required"] / FULLER - 1e-9)
    table = sums.merge(strength[[*GROUP, "posts", "people"]], on=GROUP, how="left")
    table = table.fillna({"posts": 0, "people": 0}).astype({"posts": int, "people": int})
    table["ratio"] = table["people"] / table["required"].where(table["required"] > 0)
    table["difference"] = table["people"] - table["whole"]
    return table.sort_values(GROUP).reset_index(drop=True)


def _given(time: WorkingTime) -> float:
    if time.net_hours <= 0:
        raise ValueError("absences take up all the hours of a year")
    return time.net_hours
