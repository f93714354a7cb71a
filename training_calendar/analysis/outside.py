"""Courses outside the sessions: who takes self-paced, mentored and provider-run modules, and when.

They take what the sessions leave: gap by gap, the heaviest first, the cheapest module that fits.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrplan.core.frames import need
from hrplan.core.workdays import week_start

Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]
WEEK = timedelta(days=7)
FRIDAY = timedelta(days=4)
COLUMNS = ["staff", "module", "quarter", "starts_on", "ends_on", "cost"]
GAPS = ["staff", "competency", "level", "required", "weight"]
COURSES = [
    "module", "cost", "hours", "days", "places", "lead_days", "is_block", "min_years",
]  # fmt: skip
PASSES = 3
HOURS_A_DAY = 8


def is_block(mode: str, days: int, hours: float, self_study_hours: float) -> bool:
    """Whether the days away of a course outside the sessions are one block of whole days."""
    whole = 0 < hours <= days * HOURS_A_DAY
    return mode != "self_paced" and whole and self_study_hours == 0


def kept_outside(
    whole: Mapping[str, float], spent: Mapping[str, float], *, share: float
) -> dict[str, float]:
    """Money of each quarter for courses outside: its share, but never what sessions cost already.

    whole : of each quarter; spent : on sessions that start in it; share : kept back [0..1]
    """
    return {
        quarter: max(0.0, min(share * amount, amount - spent.get(quarter, 0.0)))
        for quarter, amount in whole.items()
    }


@dataclass(frozen=True, slots=True)
class OutsideConstants:
    """How much learning beside the work is asked of a person; own proposal, printed."""

    hours_week: float = 4.0  # hours of own study a week
    courses_quarter: int = 1  # most courses one person begins in a quarter
    long_days: int = 5  # days away from which a course has to be worth its length
    long_worth: float = 0.5  # points it must close for each day away
    cost_worth: float = 2.0  # points it must close, in prices of money of the objective


@dataclass(frozen=True, slots=True, eq=False)
class Courses:
    """What there is outside the sessions.

    modules : one row per module; cost : float, of one person [money]; hours : float, in all;
        days : int, away from duty; places : int, most people who begin in one quarter;
        lead_days : int; is_block : bool, the days away are one block;
        min_years : int, service asked [years]
    outcomes, prerequisites : as of all modules
    audience : one row per (module, profile) that may attend; none: all
    """

    modules: pd.DataFrame
    outcomes: pd.DataFrame
    prerequisites: pd.DataFrame
    audience: pd.DataFrame

    def __post_init__(self) -> None:
        need(self.modules, COURSES, key=["module"])
        need(self.outcomes, ["module", "competency", "level_from", "level_to"],
             key=["module", "competency"])  # fmt: skip
        need(self.prerequisites, ["module", "requires"], key=["module", "requires"])
        need(self.audience, ["module", "profile"])


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """What the sessions leave of the days: staff x days and stations x days.

    staff : the codes of the rows; station : the row of each in `room`
    free : present, in no session, nothing closed; room : how many more may go [persons]
    workday : days on which work is done; week : the week of each day
    week_room : stations x weeks, how many more may be in training [persons]
    in_week : staff x weeks, in how many sessions each is
    partners : row -> rows of those who may not be away with somebody
    """

    start: date
    workday: Flags
    staff: tuple[str, ...]
    station: Whole
    free: Flags
    room: Whole
    week: Whole
    week_room: Whole
    in_week: Whole
    partners: Mapping[int, list[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Person:
    """One person's profiles, assessed levels, modules done with their last day, and service."""

    profiles: frozenset[str]
    held: Mapping[str, int]
    done: dict[str, date]
    years: float = 99.0  # unknown service closes no course


@dataclass(slots=True)
class _State:
    money: dict[str, float]
    places: dict[tuple[str, str], int] = field(default_factory=dict)
    begun: dict[tuple[str, str], int] = field(default_factory=dict)
    busy_until: dict[str, date] = field(default_factory=dict)
    rows: list[tuple[str, str, str, date, date, float]] = field(default_factory=list)


def outside_enrolments(
    gaps: pd.DataFrame,
    people: Mapping[str, Person],
    courses: Courses,
    quarters: pd.DataFrame,
    days: Days,
    constants: OutsideConstants,
    *,
    must: pd.DataFrame,
    price: float = 0.0,
) -> pd.DataFrame:
    """Enrol people in courses outside the sessions for the gaps that the sessions leave.

    Parameters
    ----------
    gaps : DataFrame, one row per (staff, competency) still short after the sessions
        level : int, reached; required : int; weight : float
    people : by staff code; `done` is added to
    courses : Courses
    quarters : DataFrame, one row per quarter in order: quarter : str; starts_on, ends_on : date;
        amount : float, money for these courses [money]
    days : Days, `free`, `room`, `week_room` and `in_week` are written on
    constants : OutsideConstants
    must : DataFrame, rows (staff, module, before): prerequisites of sessions; before : date
    price : points that one unit of money weighs [points / money]

    Returns
    -------
    DataFrame, one row per (staff, module), in the order in which they were chosen
        quarter : str; starts_on, ends_on : date; cost : float [money]

    Raises
    ------
    FrameError
        A column is missing or a key given twice.

    Source
    ------
    docs/methods/outside.md.
    """
    need(gaps, GAPS, key=["staff", "competency"])
    need(quarters, ["quarter", "starts_on", "ends_on", "amount"], key=["quarter"])
    need(must, ["staff", "module", "before"])
    office = _Office(people, courses, quarters, days, constants)
    office.price = price
    for staff, module, before in must[["staff", "module", "before"]].itertuples(index=False):
        office.enrol_before(staff, module, before)
    short = gaps.assign(worth=gaps["weight"] * (gaps["required"] - gaps["level"]))
    short = short.sort_values(["worth", "staff", "competency"], ascending=[False, True, True])
    office.levels = {
        (staff, topic): int(level)
        for staff, topic, level in gaps[["staff", "competency", "level"]].itertuples(index=False)
    }
    office.asked = {
        (staff, topic): (int(required), float(weight))
        for staff, topic, required, weight in gaps[
            ["staff", "competency", "required", "weight"]
        ].itertuples(index=False)
    }
    for _round in range(PASSES):
        for staff, topic in short[["staff", "competency"]].itertuples(index=False):
            office.close(staff, topic)
    return pd.DataFrame(office.state.rows, columns=COLUMNS)


class _Office:
    """Holds what is left of money, places and days while people are enrolled."""

    def __init__(
        self,
        people: Mapping[str, Person],
        courses: Courses,
        quarters: pd.DataFrame,
        days: Days,
        constants: OutsideConstants,
    ) -> None:
        self.people, self.days, self.constants = people, days, constants
        self.quarters = [
            {str(key): value for key, value in row.items()} for row in quarters.to_dict("records")
        ]
        self.state = _State({q["quarter"]: float(q["amount"]) for q in self.quarters})
        self.row = {code: at for at, code in enumerate(days.staff)}
        self.course = {
            str(row["module"]): {str(key): value for key, value in row.items()}
            for row in courses.modules.to_dict("records")
        }
        self.lifts: dict[str, dict[str, tuple[int, int]]] = {}
        for module, topic, low, high in courses.outcomes[
            ["module", "competency", "level_from", "level_to"]
        ].itertuples(index=False):
            self.lifts.setdefault(module, {})[topic] = (int(low), int(high))
        self.asks = courses.prerequisites.groupby("module")["requires"].agg(list).to_dict()
        self.only = courses.audience.groupby("module")["profile"].agg(set).to_dict()
        self.price = 0.0
        self.levels: dict[tuple[str, str], int] = {}
        self.asked: dict[tuple[str, str], tuple[int, float]] = {}

    def close(self, staff: str, topic: str) -> None:
        """Enrol the person in the cheapest course that narrows the gap and fits."""
        if self.levels[staff, topic] >= self.asked[staff, topic][0]:
            return
        for module in self._candidates(staff, topic):
            if self._place(staff, module, not_before=self._ready(staff, module)):
                return

    def enrol_before(self, staff: str, module: str, before: date) -> None:
        """Enrol in a prerequisite that ends before a day, if the days suffice."""
        person = self.people[staff]
        if module in self.course and module not in person.done:
            self._place(staff, module, not_before=self.days.start, before=before)

    def _candidates(self, staff: str, topic: str) -> list[str]:
        """Courses that lift the person in the competency, cheapest and shortest first."""
        level, person = self.levels[staff, topic], self.people[staff]
        found = []
        for module, course in self.course.items():
            low, high = self.lifts.get(module, {}).get(topic, (0, 0))
            open_to = module not in self.only or bool(self.only[module] & person.profiles)
            open_to &= person.years >= course["min_years"]
            if low <= level < high and open_to and module not in person.done:
                found.append((course["cost"], course["days"], course["hours"], module))
        return [module for *_effort, module in sorted(found) if self._is_worth(staff, module)]

    def _is_worth(self, staff: str, module: str) -> bool:
        """A long absence and a dear course have to close enough [weighted points]."""
        course = self.course[module]
        asked = course["cost"] * self.price * self.constants.cost_worth
        if course["days"] >= self.constants.long_days:
            asked = max(asked, self.constants.long_worth * course["days"])
        gain = sum(points for _topic, _level, points in self._gains(staff, module))
        return bool(gain >= asked)

    def _gains(self, staff: str, module: str) -> Iterator[tuple[str, int, float]]:
        """The competencies a course lifts of those still short: level reached and points."""
        for topic, (low, high) in self.lifts.get(module, {}).items():
            if (staff, topic) not in self.asked:
                continue
            level, (required, weight) = self.levels[staff, topic], self.asked[staff, topic]
            up = min(high, required)
            if low <= level < up:
                yield topic, up, weight * (up - level)

    def _ready(self, staff: str, module: str) -> date | None:
        """The first day on which all prerequisites are met; None if one is not in sight."""
        person, day = self.people[staff], self.days.start
        for before in self.asks.get(module, ()):
            if before in person.done:
                day = max(day, person.done[before] + timedelta(days=1))
            elif not self._is_waived(person, before):
                return None
        return day

    def _is_waived(self, person: Person, module: str) -> bool:
        """Whether the person holds, or was not assessed in, all that the module teaches."""
        taught = self.lifts.get(module, {})
        return all(person.held.get(topic, high) >= high for topic, (_low, high) in taught.items())

    def _place(
        self, staff: str, module: str, *, not_before: date | None, before: date | None = None
    ) -> bool:
        """Take the first week that fits; False if there is none."""
        if not_before is None:
            return False
        course = self.course[module]
        for quarter in self.quarters:
            name = quarter["quarter"]
            counted = before is None
            full = self.state.begun.get((staff, name), 0) >= self.constants.courses_quarter
            taken = self.state.places.get((module, name), 0) >= course["places"]
            if (counted and full) or taken or self.state.money[name] < course["cost"] - 1e-9:
                continue
            span = self._span(staff, course, quarter, not_before, before)
            if span:
                self._take(staff, module, name, span)
                return True
        return False

    def _span(
        self,
        staff: str,
        course: Mapping[str, object],
        quarter: Mapping[str, date],
        not_before: date,
        before: date | None,
    ) -> tuple[date, date] | None:
        """The first span of whole weeks in the quarter that the person can keep."""
        weeks = self._weeks(course)
        earliest = max(
            quarter["starts_on"],
            not_before,
            self.days.start + timedelta(days=int(str(course["lead_days"]))),
            self.state.busy_until.get(staff, self.days.start),
        )
        if before is not None:
            earliest = max(quarter["starts_on"], not_before)
        monday = week_start(earliest)
        monday += WEEK if monday < earliest else timedelta(0)
        end = self.days.start + timedelta(days=int(self.days.workday.size) - 1)
        while monday <= quarter["ends_on"]:
            last = monday + WEEK * (weeks - 1) + FRIDAY
            if last > end or (before is not None and last >= before):
                return None
            if not course["is_block"] or self._fits(staff, monday, last):
                return monday, last
            monday += WEEK
        return None

    def _weeks(self, course: Mapping[str, object]) -> int:
        days, hours = int(str(course["days"])), float(str(course["hours"]))
        if course["is_block"]:
            return max(1, math.ceil(days / 5))
        return max(1, math.ceil(hours / self.constants.hours_week))

    def _fits(self, staff: str, first: date, last: date) -> bool:
        """Whether the person is free and the station covered on each workday of the block."""
        at, span = self.row[staff], self._slice(first, last)
        work = self.days.workday[span]
        days, home, weeks = self.days, self.days.station[at], self._whole_weeks(span)
        covered = (days.free[at, span] & (days.room[home, span] > 0))[work].all()
        spared = (days.week_room[home, weeks] > 0) | (days.in_week[at, weeks] > 0)
        return bool(covered and spared.all())

    def _whole_weeks(self, span: slice) -> Whole:
        return np.unique(self.days.week[span])

    def _slice(self, first: date, last: date) -> slice:
        return slice((first - self.days.start).days, (last - self.days.start).days + 1)

    def _take(self, staff: str, module: str, quarter: str, span: tuple[date, date]) -> None:
        course, state = self.course[module], self.state
        state.money[quarter] -= course["cost"]
        for counts, key in ((state.places, (module, quarter)), (state.begun, (staff, quarter))):
            counts[key] = counts.get(key, 0) + 1
        state.busy_until[staff] = span[1] + timedelta(days=1)
        state.rows.append((staff, module, quarter, *span, float(course["cost"])))
        self.people[staff].done[module] = span[1]
        if course["is_block"]:
            at, days = self.row[staff], self._slice(*span)
            self.days.free[[at, *self.days.partners.get(at, ())], days] = False
            self.days.room[self.days.station[at], days] -= self.days.workday[days]
            weeks = self._whole_weeks(days)
            self.days.week_room[self.days.station[at], weeks] -= self.days.in_week[at, weeks] == 0
            self.days.in_week[at, weeks] += 1
        for topic, level, _points in list(self._gains(staff, module)):
            self.levels[staff, topic] = level
