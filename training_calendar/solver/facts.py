"""The planning problem as frozen data: what the dispatcher, the bound and the checker all read.

Words are those of the planning tables (station, instructor, seat, black-out), an interchange format
with names of its own; arrays are indexed by the position of an id in the `ids` beside them.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from training_calendar.solver.further import EARMARKS, LAST_TWO, PEAK

Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]
Money = NDArray[np.float64]

CLASSROOM, ONLINE, EXTERNAL = 0, 1, 2
MODES = ("classroom", "online", "external")
UNKNOWN = -1
"""The level of somebody who was not assessed in a competency; never taken for zero."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """The constants of an instance, each printed with every result.

    discount_beta : share by which the worth of a closed gap point falls over the horizon [0..1]
    lambda_cost : gap points that one unit of money weighs [points / money]
    lambda_smooth : share of the total weighted gap that a wholly uneven load costs [0..1]
    per_diem : for one person and day away from the own region [money]
    max_days_staff_year : training days of one person in a calendar year [days]
    """

    horizon_start: date
    discount_beta: float
    lambda_cost: float
    lambda_smooth: float
    per_diem: float
    max_days_staff_year: int


@dataclass(frozen=True, slots=True, eq=False)
class Horizon:
    """The days 0..H-1 of the instance, their weeks and quarters, and the money of each quarter."""

    start: date
    workday: Flags
    closed: Flags
    week: Whole
    year: Whole
    years: tuple[int, ...]
    quarter: Whole
    quarter_ids: tuple[str, ...]
    budget: Money

    @property
    def length(self) -> int:
        """Number of days."""
        return int(self.workday.size)

    @property
    def open(self) -> Flags:
        """Workdays outside every black-out of scope ALL."""
        return self.workday & ~self.closed

    @property
    def month(self) -> Whole:
        """H: the month of each day, January is 1."""
        days = np.datetime64(self.start, "D") + np.arange(self.length)
        return np.asarray(days.astype("datetime64[M]").astype(np.int64) % 12 + 1)

    @property
    def weeks(self) -> int:
        """Number of weeks that begin on a Monday, the first and the last perhaps in part."""
        return int(self.week[-1]) + 1

    def date_of(self, day: int) -> date:
        """The date of a day number."""
        return self.start + timedelta(days=int(day))

    def day_of(self, when: date) -> int:
        """The day number of a date; negative or beyond the length when outside the horizon."""
        return (when - self.start).days


@dataclass(frozen=True, slots=True, eq=False)
class Regions:
    """Regions and what one person's trip between two of them costs, both ways [money]."""

    ids: tuple[str, ...]
    trip: Money


@dataclass(frozen=True, slots=True, eq=False)
class Stations:
    """Stations with both cover limits, and what the further rules F1 and F2 look at.

    max_away : K, the most people in training on one day (H13) [persons]
    minimum : K x H, people who must stay on duty (C1); 0 where nothing is stated [persons]
    rostered : K x H, people rostered that day [persons]
    black : K x H, nobody of the station may be away
    week_most : K, the most people in training in one week (F1) [persons]
    peak : K x 12, its busy months, January first (F2)
    """

    ids: tuple[str, ...]
    region: Whole
    shift: tuple[str, ...]
    max_away: Whole
    minimum: Whole
    rostered: Whole
    black: Flags
    week_most: Whole
    peak: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Staff:
    """People, their station, role, levels (N x C, UNKNOWN = -1) and days of leave (N x H)."""

    ids: tuple[str, ...]
    station: Whole
    role: Whole
    level: Whole
    leave: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Roles:
    """Roles and what they require.

    required : P x C, level; 0 where nothing is required
    weight : P x C, weight in the role x weight of the competency
    """

    ids: tuple[str, ...]
    required: Whole
    weight: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Modules:
    """Modules and what attending them does.

    mode : M, CLASSROOM, ONLINE or EXTERNAL
    to_level : M x C, level reached; 0 where the module does nothing
    from_level : M x C, only who holds at least this level is lifted
    requires : M x M, row m needs column m' first
    audience : M x P, roles that may attend
    """

    ids: tuple[str, ...]
    mode: Whole
    duration: Whole
    min_seats: Whole
    max_seats: Whole
    cost_session: Money
    cost_seat: Money
    venue_kind: tuple[str, ...]
    to_level: Whole
    from_level: Whole
    requires: Flags
    audience: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Venues:
    """Venues; available is V x H and includes workdays, closures and regional black-outs."""

    ids: tuple[str, ...]
    region: Whole
    kind: tuple[str, ...]
    capacity: Whole
    cost_day: Money
    available: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Instructors:
    """Instructors; qualified is I x M, available is I x H."""

    ids: tuple[str, ...]
    region: Whole
    max_days_quarter: Whole
    qualified: Flags
    available: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Offers:
    """Courses whose dates others fix; those outside the horizon are left out."""

    ids: tuple[str, ...]
    module: Whole
    first_day: Whole
    last_day: Whole
    seats: Whole
    region: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Earmarks:
    """Money of sources that pay only for some modules, or only what begins in their window (F4).

    It lies within the budgets of the quarters. A module that several could pay on a day is paid
    by the first of them.

    amount : Q x U [money]
    of : M x H, the source that pays a module that begins on that day; -1 none
    """

    ids: tuple[str, ...] = ()
    amount: Money = field(default_factory=lambda: np.zeros((0, 0)))
    of: Whole = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Session:
    """One group taking one module once.

    venue_id : the venue, the offer if the module is external, empty if online
    instructor_id : empty if external
    pinned : somebody decided it: no solver moves it or takes people out
    open : free places of a pinned session may still be filled
    """

    session_id: str
    module_id: str
    start_date: date
    end_date: date
    venue_id: str
    instructor_id: str
    staff_ids: tuple[str, ...] = ()
    pinned: bool = False
    open: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """One planning problem, whole and checked; see `instance.read_instance`.

    courses : one row per block outside the sessions: person, first day, last day; they are leave
        too
    holders : one row per competency that only two of a station hold: the two people (F3)
    obeyed : the further rules, keys of `check.FURTHER`, that no plan may break
    """

    name: str
    parameters: Parameters
    horizon: Horizon
    regions: Regions
    stations: Stations
    competency_ids: tuple[str, ...]
    roles: Roles
    staff: Staff
    modules: Modules
    venues: Venues
    instructors: Instructors
    offers: Offers
    pins: tuple[Session, ...] = field(default=())
    courses: Whole = field(default_factory=lambda: np.zeros((0, 3), dtype=np.int64))
    holders: Whole = field(default_factory=lambda: np.zeros((0, 2), dtype=np.int64))
    earmarks: Earmarks = field(default_factory=Earmarks)
    obeyed: frozenset[str] = frozenset()

    @property
    def required(self) -> Whole:
        """N x C: the level asked of each person."""
        return np.asarray(self.roles.required[self.staff.role])

    @property
    def gap(self) -> Whole:
        """N x C: required less held, not below 0; 0 where not assessed [levels]."""
        short = np.maximum(0, self.required - self.staff.level)
        return np.where(self.staff.level == UNKNOWN, 0, short)

    @property
    def total_weighted_gap(self) -> int:
        """The sum of weight x gap over all people and competencies [points]."""
        return int((self.gap * self.roles.weight[self.staff.role]).sum())

    @property
    def waived(self) -> Flags:
        """N x M: who need not attend a module before one that requires it."""
        level = self.staff.level
        met = np.ones((level.shape[0], len(self.modules.ids)), dtype=bool)
        for module, competency in np.argwhere(self.modules.to_level > 0):
            held = level[:, competency]
            reached = held >= self.modules.to_level[module, competency]
            met[:, module] &= (held == UNKNOWN) | reached
        return met

    @property
    def busy(self) -> Flags:
        """K x H: days of the busy months of a station, where rule F2 is obeyed."""
        return self.stations.peak[:, self.horizon.month - 1] & (PEAK in self.obeyed)

    @property
    def shut(self) -> Flags:
        """K x H: nobody of the station may be away, by H12 and by F2 where it is obeyed."""
        return self.stations.black | self.busy

    @property
    def has_earmarks(self) -> bool:
        """Is some money bound, and the rule obeyed?"""
        return EARMARKS in self.obeyed and bool(self.earmarks.ids)

    @property
    def partners(self) -> dict[int, list[int]]:
        """Whom nobody but the person can stand in for in some competency, where F3 is obeyed."""
        found: dict[int, list[int]] = {}
        if LAST_TWO in self.obeyed:
            for one, other in np.unique(self.holders, axis=0).tolist():
                found.setdefault(one, []).append(other)
                found.setdefault(other, []).append(one)
        return found

    @property
    def on_leave(self) -> Whole:
        """K x H: people of each station on leave on each day [persons]."""
        stations = range(len(self.stations.ids))
        found = [self.staff.leave[self.staff.station == k].sum(axis=0) for k in stations]
        return np.array(found, dtype=np.int64).reshape(len(found), self.horizon.length)

    @property
    def room(self) -> Whole:
        """K x H: how many people of a station may be in training by H13 and C1 [persons]."""
        spare = self.stations.rostered - self.on_leave - self.stations.minimum
        bounded = self.stations.minimum > 0
        limit = np.broadcast_to(self.stations.max_away[:, None], spare.shape)
        return np.where(bounded, np.clip(spare, 0, limit), limit)
