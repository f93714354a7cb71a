"""The instance as the dense arrays of the kernels, and the state that holds its pinned sessions."""

import numpy as np

from training_calendar.solver.facts import UNKNOWN, Instance
from training_calendar.solver.further import WEEK_SHARE
from training_calendar.solver.kernel_data import NEVER, SCALE, UNRATED, Array, Problem, State, Work
from training_calendar.solver.placed import Placed, placed_sessions, positions
from training_calendar.solver.till import till_of
from training_calendar.solver.weeks import weeks_of


def pins_of(instance: Instance) -> tuple[Placed, ...]:
    """The pinned sessions that lie within the horizon and have a known module."""
    return placed_sessions(instance, instance.pins)


def _rows(flags: Array) -> tuple[Array, Array]:
    """Compressed rows of a matrix of flags: where each row starts, and the columns set."""
    ptr = np.concatenate([[0], np.cumsum(flags.sum(axis=1))]).astype(np.int64)
    return ptr, np.nonzero(flags)[1].astype(np.int64)


def _backwards(requires: Array) -> Array:
    """Modules so ordered that whatever needs a module stands before it."""
    left, order = list(range(requires.shape[0])), []
    while left:
        free = [m for m in left if not requires[left, m].any()]
        if not free:
            raise ValueError("prerequisites run in a circle")
        order += free
        left = [m for m in left if m not in free]
    return np.array(order, dtype=np.int64)


def even_weeks(instance: Instance) -> Array:
    """Weeks with three open days or more: those that the smooth term looks at."""
    horizon = instance.horizon
    counts = np.bincount(horizon.week[horizon.open], minlength=int(horizon.week[-1]) + 1)
    return np.asarray(counts >= 3)


def discount(instance: Instance) -> Array:
    """Worth of a gap point closed on each day [0..1]."""
    length = instance.horizon.length
    return 1 - instance.parameters.discount_beta * np.arange(length) / max(1, length - 1)


def top_gain(instance: Instance) -> int:
    """The most weighted levels one module can lift anybody by [points]."""
    best = 0
    roles = instance.roles
    for module in range(len(instance.modules.ids)):
        up = np.minimum(instance.modules.to_level[module], roles.required)
        best = max(best, int((up * roles.weight).sum(axis=1).max(initial=0)))
    return best


def _people(instance: Instance) -> dict[str, Array]:
    """People, what is asked of them, and who need not attend what."""
    return dict(  # noqa: C408 -- reads as the fields it fills
        station=instance.staff.station,
        home=instance.stations.region[instance.staff.station],
        role=instance.staff.role,
        required=instance.roles.required.astype(np.int8),
        weight=instance.roles.weight.astype(np.int32),
        audience=instance.modules.audience,
        waived=instance.waived,
    )


def _partners(instance: Instance) -> dict[str, Array]:
    """Who alone can stand in for whom, where rule F3 is obeyed."""
    partners = instance.partners
    sizes = [len(partners.get(i, ())) for i in range(len(instance.staff.ids))]
    return dict(  # noqa: C408 -- reads as the fields it fills
        paired=bool(partners),
        partner_ptr=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        partner=np.array([j for i in sorted(partners) for j in partners[i]], dtype=np.int64),
    )


def _courses(instance: Instance) -> dict[str, Array]:
    """Modules, what they lift, and what comes before and after them."""
    modules = instance.modules
    effect_ptr, effect_competency = _rows(modules.to_level > 0)
    effect_module = np.repeat(np.arange(len(modules.ids)), np.diff(effect_ptr))
    before_ptr, before = _rows(modules.requires)
    after_ptr, after = _rows(modules.requires.T)
    return dict(  # noqa: C408 -- reads as the fields it fills
        effect_ptr=effect_ptr,
        effect_competency=effect_competency,
        effect_to=modules.to_level[effect_module, effect_competency],
        effect_from=modules.from_level[effect_module, effect_competency],
        before_ptr=before_ptr,
        before=before,
        after_ptr=after_ptr,
        after=after,
        backwards=_backwards(modules.requires),
        mode=modules.mode,
        duration=modules.duration,
        min_seats=modules.min_seats,
        max_seats=modules.max_seats,
        cost_session=modules.cost_session,
        cost_seat=modules.cost_seat,
    )


def _supply(instance: Instance) -> dict[str, Array]:
    """Venues, instructors, offers and trips."""
    venues, trainers, offers = instance.venues, instance.instructors, instance.offers
    trainer_ptr, trainer = _rows(trainers.qualified.T)
    kinds = positions(tuple(sorted(set(venues.kind))))
    return dict(  # noqa: C408 -- reads as the fields it fills
        kind=np.array(
            [kinds.get(kind, -1) for kind in instance.modules.venue_kind], dtype=np.int64
        ),
        trainer_ptr=trainer_ptr,
        trainer=trainer,
        venue_region=venues.region,
        venue_kind=np.array([kinds[kind] for kind in venues.kind], dtype=np.int64),
        capacity=venues.capacity,
        cost_day=venues.cost_day,
        trainer_region=trainers.region,
        trainer_days=trainers.max_days_quarter,
        offer_module=offers.module,
        offer_first=offers.first_day,
        offer_last=offers.last_day,
        offer_seats=offers.seats,
        offer_region=offers.region,
        trip=instance.regions.trip,
        per_diem=float(instance.parameters.per_diem),
    )


def _time(instance: Instance) -> dict[str, Array]:
    """Days, weeks, money and the weights of the objective."""
    horizon = instance.horizon
    return dict(  # noqa: C408 -- reads as the fields it fills
        is_open=horizon.open,
        week=horizon.week,
        quarter=horizon.quarter,
        year=horizon.year,
        disc=discount(instance),
        even=even_weeks(instance),
        budget=horizon.budget,
        lambda_cost=float(instance.parameters.lambda_cost),
        smooth_points=float(instance.parameters.lambda_smooth * instance.total_weighted_gap),
        max_days_year=int(instance.parameters.max_days_staff_year),
        weekly=WEEK_SHARE in instance.obeyed,
        earmarked=instance.has_earmarks,
        earmark=instance.earmarks.of,
        top_worth=max(1, SCALE * top_gain(instance)),
    )


def _plain(value: Array) -> Array:
    """One kind of array, whoever made it: for a read-only one all kernels were compiled again."""
    return np.require(value, requirements=["C", "W"]) if isinstance(value, np.ndarray) else value


def problem_of(instance: Instance, pins: tuple[Placed, ...]) -> Problem:
    """The arrays of the kernels that no pass changes."""
    fields = dict(
        **_people(instance),
        **_partners(instance),
        **_courses(instance),
        **_supply(instance),
        **_time(instance),
        pin_module=np.array([pin.module for pin in pins], dtype=np.int64),
        pin_first=np.array([pin.first for pin in pins], dtype=np.int64),
        pin_place=np.array([pin.venue for pin in pins], dtype=np.int64),
        pin_seats=np.array([len(pin.staff) for pin in pins], dtype=np.int64),
        pin_open=np.array([pin.session.open for pin in pins], dtype=bool),
        pin_region=np.array([pin.region for pin in pins], dtype=np.int64),
        pin_capacity=np.array([pin.capacity for pin in pins], dtype=np.int64),
    )
    return Problem(**{name: _plain(value) for name, value in fields.items()})


def rated_levels(instance: Instance) -> Array:
    """N x C, int8: levels as the kernels hold them, the not assessed above every target."""
    level = instance.staff.level
    return np.where(level == UNKNOWN, UNRATED, level).astype(np.int8)


def state_of(instance: Instance, pins: tuple[Placed, ...]) -> State:
    """The state before a pass: leave, black-outs and the pinned sessions with their people."""
    people, modules = len(instance.staff.ids), len(instance.modules.ids)
    horizon, weeks, till = instance.horizon, weeks_of(instance), till_of(instance)
    state = State(
        level=rated_levels(instance),
        lifted=np.full((people, len(instance.competency_ids)), -1, dtype=np.int16),
        done=np.full((people, modules), NEVER, dtype=np.int16),
        busy=instance.staff.leave | instance.shut[instance.staff.station],
        room=np.minimum(instance.room, 30_000).astype(np.int16),
        week_room=weeks.room,
        weeks=weeks.count,
        venue_free=instance.venues.available.copy(),
        trainer_free=instance.instructors.available.copy(),
        trainer_used=np.zeros(
            (len(instance.instructors.ids), len(horizon.quarter_ids)), dtype=np.int32
        ),
        offer_used=np.zeros(len(instance.offers.ids), dtype=bool),
        days=np.zeros((people, int(horizon.year[-1]) + 1), dtype=np.int32),
        money=till.money,
        earmarks=till.earmarks,
        load=np.zeros(horizon.weeks, dtype=np.int64),
    )
    for pin in sorted(pins, key=lambda pin: pin.last):
        _hold(instance, state, pin)
        till.pay(pin.module, pin.first, pin.cost)
        weeks.enter(slice(pin.first, pin.last + 1), np.array(pin.staff, dtype=np.int64))
    return state


def _hold(instance: Instance, state: State, pin: Placed) -> None:
    """Enter one pinned session in the state."""
    days = slice(pin.first, pin.last + 1)
    quarter = instance.horizon.quarter[pin.first]
    length = pin.last - pin.first + 1
    if pin.venue >= 0:
        state.venue_free[pin.venue, days] = False
    if pin.offer >= 0:
        state.offer_used[pin.offer] = True
    if pin.trainer >= 0:
        state.trainer_free[pin.trainer, days] = False
        state.trainer_used[pin.trainer, quarter] += length
    state.load[instance.horizon.week[pin.first]] += length * len(pin.staff)
    to_level, from_level = instance.modules.to_level, instance.modules.from_level
    for i in pin.staff:
        state.busy[i, days] = True
        state.room[instance.staff.station[i], days] -= 1
        state.done[i, pin.module] = pin.last
        state.days[i, instance.horizon.year[pin.first]] += length
        required = instance.roles.required[instance.staff.role[i]]
        for c in np.flatnonzero(to_level[pin.module]):
            up = min(int(to_level[pin.module, c]), int(required[c]))
            if state.level[i, c] >= from_level[pin.module, c] and up > state.level[i, c]:
                state.level[i, c] = up
                state.lifted[i, c] = pin.last


def work_for(instance: Instance, problem: Problem) -> Work:
    """Empty lists and an empty calendar, large enough for any pass."""
    people, modules = instance.staff.level.shape[0], len(instance.modules.ids)
    regions, stations = len(instance.regions.ids), len(instance.stations.ids)
    years = int(instance.horizon.year[-1]) + 1
    sessions = int(instance.instructors.available.sum()) + len(instance.offers.ids) + 1
    days = min(instance.parameters.max_days_staff_year, instance.horizon.length) * years
    seats = people * min(days, modules) + 1
    widest = int(instance.modules.max_seats.max(initial=0)) + 1
    return Work(
        gain=np.zeros((people, modules), dtype=np.int32),
        worth=np.zeros((people, modules), dtype=np.int32),
        lists=np.zeros((modules, people), dtype=np.int32),
        listed=np.zeros((modules, people), dtype=np.int32),
        list_ptr=np.zeros((modules, regions + 1), dtype=np.int64),
        bucket=np.zeros(regions * (problem.top_worth + 1), dtype=np.int64),
        cursor=np.zeros(regions, dtype=np.int64),
        fare=np.zeros(regions),
        price=np.zeros(len(instance.horizon.quarter_ids)),
        haste=np.zeros((len(instance.horizon.quarter_ids), 2)),
        left=np.zeros(stations, dtype=np.int64),
        left_week=np.zeros(stations, dtype=np.int64),
        week_stamp=np.zeros(stations, dtype=np.int64),
        barred=np.zeros(people, dtype=np.int64),
        stamp=np.zeros(stations, dtype=np.int64),
        picked=np.zeros(min(widest, people + 1), dtype=np.int64),
        module=np.zeros(sessions, dtype=np.int64),
        first=np.zeros(sessions, dtype=np.int64),
        place=np.zeros(sessions, dtype=np.int64),
        trainer=np.zeros(sessions, dtype=np.int64),
        seat_ptr=np.zeros(sessions + 1, dtype=np.int64),
        seat=np.zeros(seats, dtype=np.int64),
        extra_ptr=np.zeros((len(instance.pins), 2), dtype=np.int64),
        extra=np.zeros(seats, dtype=np.int64),
        count=np.zeros(4, dtype=np.int64),
    )
