"""The arrays that the kernels share: the problem, the state of one pass, and what guides it."""

from typing import Any, NamedTuple

from numba import types
from numba.experimental import structref

from training_calendar.solver.compiled import kernel

Array = Any
"""A numpy array; the element types stand in the comments, as numba infers them itself."""

NEVER = 32000
"""The day a module ends for somebody who does not attend it."""
UNRATED = 9
"""The level of the not assessed inside the kernels: above every target, so nothing is gained."""
SCALE = 4
"""Worth is kept as whole numbers, this many a gap point."""


class Problem(NamedTuple):
    """What never changes in a pass. Pairs of `_ptr` and list are compressed rows."""

    station: Array  # N, int64
    home: Array  # N, int64: region
    role: Array  # N, int64
    required: Array  # P x C, int8
    weight: Array  # P x C, int32
    audience: Array  # M x P, bool
    waived: Array  # N x M, bool
    effect_ptr: Array  # M + 1
    effect_competency: Array
    effect_to: Array
    effect_from: Array
    before_ptr: Array  # M + 1: modules that come before
    before: Array
    after_ptr: Array  # M + 1: modules that need this one
    after: Array
    backwards: Array  # M: modules, the last of each ladder first
    mode: Array
    duration: Array
    min_seats: Array
    max_seats: Array
    cost_session: Array
    cost_seat: Array
    kind: Array  # M: kind of venue, -1 none
    trainer_ptr: Array  # M + 1: instructors who may lead it
    trainer: Array
    venue_region: Array
    venue_kind: Array
    capacity: Array
    cost_day: Array
    trainer_region: Array
    trainer_days: Array
    offer_module: Array
    offer_first: Array
    offer_last: Array
    offer_seats: Array
    offer_region: Array
    trip: Array  # R x R
    per_diem: float
    is_open: Array  # H, bool
    week: Array
    quarter: Array
    year: Array
    disc: Array  # H: worth of a point closed on that day [0..1]
    even: Array  # W, bool: weeks that count for the smooth term
    budget: Array
    lambda_cost: float
    smooth_points: float
    max_days_year: int
    weekly: bool  # does F1 bind?
    earmarked: bool  # does F4 bind?
    earmark: Array  # M x H: the source that pays it, -1 none
    paired: bool  # does F3 bind?
    partner_ptr: Array  # N + 1: the other holder of what only two of a station hold
    partner: Array
    top_worth: int
    pin_module: Array
    pin_first: Array
    pin_place: Array
    pin_seats: Array
    pin_open: Array
    pin_region: Array
    pin_capacity: Array


class State(NamedTuple):
    """What a pass changes; it starts from a copy of a state that holds the pinned sessions."""

    level: Array  # N x C, int8
    lifted: Array  # N x C, int16: day of the last lift
    done: Array  # N x M, int16
    busy: Array  # N x H, bool
    room: Array  # K x H, int16
    week_room: Array  # K x W, int16
    weeks: Array  # N x W, int8: sessions and blocks of a person in a week
    venue_free: Array  # V x H, bool
    trainer_free: Array  # I x H, bool
    trainer_used: Array  # I x Q, int32
    offer_used: Array  # bool
    days: Array  # N x Y, int32
    money: Array  # Q, float64
    earmarks: Array  # Q x U, float64
    load: Array  # W, int64: seat-days


class Work(NamedTuple):
    """Room for the lists of a pass and for what it has placed."""

    gain: Array  # N x M, int32 [points]
    worth: Array  # N x M, int32 [points x SCALE]
    lists: Array  # M x N, int32: people by region, most worth first
    listed: Array  # M x N, int32: their worth when listed
    list_ptr: Array  # M x (R + 1)
    bucket: Array
    cursor: Array  # R
    fare: Array  # R
    price: Array  # Q: of money in the week at hand
    haste: Array  # Q x 2: sum over its weeks of ln(share of time left / of money left), and weeks
    left: Array  # K: places left on the days looked at
    left_week: Array  # K: people who may still join in their week
    week_stamp: Array  # K
    barred: Array  # N: the call in which the other holder was picked
    stamp: Array  # K
    picked: Array
    module: Array  # S
    first: Array
    place: Array
    trainer: Array
    seat_ptr: Array  # S + 1
    seat: Array
    extra_ptr: Array  # pins x 2: where the people added to a pinned session start and end
    extra: Array
    count: Array  # 0: sessions, 1: seats, 2: calls of fill, 3: added to pins


class Guide(NamedTuple):
    """The numbers that steer a pass and the moves after it.

    price : worth of money by quarter [points / money]
    ladder : share of a later module's worth that its first step is credited with
    spread : exponent of the days a session takes when candidates are compared
    load_price, load_mean : cost of a seat-day in a week above the mean load, gain below it
    every : weeks between two rebuilds of the lists
    starts : first days of a week that are tried for a session
    """

    price: Array
    ladder: float
    spread: float
    load_price: float
    load_mean: float
    every: int
    starts: int


class _Kind(types.StructRef):
    """A struct that kernels pass by reference: they call each other and compile far faster."""

    def preprocess_fields(self, fields: Any) -> Any:
        return tuple((name, types.unliteral(kind)) for name, kind in fields)


@structref.register
class ProblemKind(_Kind):
    """The type of a problem inside the kernels."""


@structref.register
class StateKind(_Kind):
    """The type of a state inside the kernels."""


@structref.register
class WorkKind(_Kind):
    """The type of the working room inside the kernels."""


class _ProblemReference(structref.StructRefProxy):
    """A problem as the kernels take it."""


class _StateReference(structref.StructRefProxy):
    """A state as the kernels take it."""


class _WorkReference(structref.StructRefProxy):
    """Working room as the kernels take it."""


structref.define_proxy(_ProblemReference, ProblemKind, Problem._fields)
structref.define_proxy(_StateReference, StateKind, State._fields)
structref.define_proxy(_WorkReference, WorkKind, Work._fields)


@kernel
def problem_reference(values):  # type: ignore[no-untyped-def]
    """The kernels' view of a `Problem`; the arrays are shared, not copied."""
    return _ProblemReference(*values)


@kernel
def state_reference(values):  # type: ignore[no-untyped-def]
    """The kernels' view of a `State`; the arrays are shared, not copied."""
    return _StateReference(*values)


@kernel
def work_reference(values):  # type: ignore[no-untyped-def]
    """The kernels' view of a `Work`; the arrays are shared, not copied."""
    return _WorkReference(*values)
