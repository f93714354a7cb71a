"""Why the gaps that a plan leaves open stay open: one reason for each, from the plan's own data."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from training_calendar.solver.facts import CLASSROOM, EXTERNAL, UNKNOWN, Instance, Session
from training_calendar.solver.measure import levels_after
from training_calendar.solver.placed import Placed, placed_sessions
from training_calendar.solver.solution import Reason
from training_calendar.solver.till import Till, till_of
from training_calendar.solver.weeks import Weeks, weeks_of

KEYS = (
    "no-module",
    "prerequisite",
    "no-trainer",
    "no-venue",
    "no-offer",
    "no-date",
    "small-group",
    "money",
    "bound",
    "days",
    "leave",
    "peak",
    "clash",
    "pair",
    "cover",
    "week",
    "worth",
)
"""From furthest to nearest: a gap is explained by the module that came nearest to closing it.

no-module: no module for this role leads above the level reached
prerequisite: a module that must come first was not attended
no-trainer, no-venue, no-offer: nobody is qualified, no venue is of the kind, no offer is dated
no-date: no day is left on which a trainer and a venue, or an offer, are free
small-group: fewer people need and may take it than the module's smallest group
money: no quarter with a free date has the money left for the smallest group
bound: there is money, but sources bind it to other modules or to other days
days: the person's training days of the year are used up
leave: the person is on leave, or the station closed to leave, on all dates that remain
peak: all dates that remain lie in busy months of the station, in which it lets nobody go
clash: the person is in another session on all dates that remain
pair: the only other holder of a competency at the station is away on all dates that remain
cover: the station would be uncovered on all dates that remain
week: the station has as many in training as it lets go in each week that remains
worth: possible, but worth less than it costs at this budget
"""
MOST_STARTS = 120
"""First days looked at for one module, spread over the horizon."""


@dataclass(frozen=True, eq=False)
class Rest:
    """What a calendar leaves over; `leave` holds the days on which a station lets nobody go."""

    instance: Instance
    placed: tuple[Placed, ...]
    done: np.ndarray
    leave: np.ndarray
    taken: np.ndarray
    room: np.ndarray
    weeks: Weeks
    venue_free: np.ndarray
    trainer_free: np.ndarray
    trainer_days: np.ndarray
    offers: frozenset[int]
    days: np.ndarray
    till: Till

    @cached_property
    def level(self) -> np.ndarray:
        """N x C: levels after the calendar; worked out only where they are asked for."""
        return levels_after(self.instance, self.placed)[0]

    @cached_property
    def watched(self) -> np.ndarray:
        """N x H: the only other holder of a competency is away, where F3 is obeyed."""
        partners, shape = self.instance.partners, self.taken.shape
        if not partners:
            return np.broadcast_to(np.zeros(1, dtype=bool), shape)
        watched = np.zeros(shape, dtype=bool)
        for person, others in partners.items():
            watched[person] = (self.taken[others] | self.instance.staff.leave[others]).any(axis=0)
        return watched


def rest_of(instance: Instance, placed: tuple[Placed, ...]) -> Rest:
    """Days, rooms, cover and money that a calendar leaves over."""
    people, horizon = len(instance.staff.ids), instance.horizon
    taken = np.zeros((people, horizon.length), dtype=bool)
    done = np.full((people, len(instance.modules.ids)), horizon.length, dtype=np.int64)
    days = np.zeros((people, len(horizon.years)), dtype=np.int64)
    room, weeks, till = instance.room.copy(), weeks_of(instance), till_of(instance)
    venue_free = instance.venues.available.copy()
    trainer_free = instance.instructors.available.copy()
    trainer_days = np.repeat(
        instance.instructors.max_days_quarter[:, None], len(horizon.quarter_ids), axis=1
    )
    for s in placed:
        span = slice(s.first, s.last + 1)
        till.pay(s.module, s.first, s.cost)
        if s.venue >= 0:
            venue_free[s.venue, span] = False
        if s.trainer >= 0:
            trainer_free[s.trainer, span] = False
            trainer_days[s.trainer, horizon.quarter[s.first]] -= len(s.days)
        staff = np.array(s.staff, dtype=np.int64)
        taken[staff, span] = True
        np.minimum.at(done[:, s.module], staff, s.last)
        weeks.enter(span, staff)
        sent = np.bincount(instance.staff.station[staff], minlength=len(room))
        room[:, span] -= sent[:, None]
        np.add.at(days[:, horizon.year[s.first]], staff, len(s.days))
    return Rest(
        instance=instance,
        placed=placed,
        done=done,
        leave=instance.staff.leave | instance.shut[instance.staff.station],
        taken=taken,
        room=room,
        weeks=weeks,
        venue_free=venue_free,
        trainer_free=trainer_free,
        trainer_days=trainer_days,
        offers=frozenset(s.offer for s in placed if s.offer >= 0),
        days=days,
        till=till,
    )


def reasons_for(instance: Instance, sessions: Iterable[Session]) -> tuple[Reason, ...]:
    """One reason for each person and competency whose gap stays open; the not assessed have none.

    Source
    ------
    docs/methods/planning.md, section 5.
    """
    rest = rest_of(instance, placed_sessions(instance, sessions))
    required = instance.required
    left = np.where(rest.level == UNKNOWN, 0, np.maximum(0, required - rest.level))
    best = np.zeros(left.shape, dtype=np.int64)
    nearest = np.full(left.shape, -1, dtype=np.int64)
    for module in range(len(instance.modules.ids)):
        use = useful(instance, rest, module, left)
        if not use.any():
            continue
        wanted = np.asarray(use.any(axis=1))
        code = _codes(instance, rest, module, wanted)[:, None]
        closer = use & (code > best)
        best = np.where(closer, code, best)
        nearest = np.where(closer, module, nearest)
    weight = instance.roles.weight[instance.staff.role]
    return tuple(
        Reason(
            staff_id=instance.staff.ids[i],
            competency_id=instance.competency_ids[c],
            key=KEYS[best[i, c]],
            module_id=instance.modules.ids[nearest[i, c]] if nearest[i, c] >= 0 else "",
            levels=int(left[i, c]),
            weight=int(left[i, c] * weight[i, c]),
        )
        for i, c in np.argwhere(left > 0)
    )


def useful(instance: Instance, rest: Rest, module: int, left: np.ndarray) -> np.ndarray:
    """N x C: gaps that the module would narrow, for people who may and did not attend it."""
    to_level = instance.modules.to_level[module]
    may = instance.modules.audience[module, instance.staff.role]
    may &= rest.done[:, module] >= instance.horizon.length
    return np.asarray((left > 0) & (to_level > rest.level) & may[:, None])


def _codes(instance: Instance, rest: Rest, module: int, wanted: np.ndarray) -> np.ndarray:
    """For each person the position in KEYS of what keeps them from the module."""
    ready = _ready(instance, rest, module)
    code = np.full(wanted.size, KEYS.index("prerequisite"))
    supply = _missing_supply(instance, module)
    if supply:
        return np.where(ready, KEYS.index(supply), code)
    joinable = [s.first for s in rest.placed if s.module == module and len(s.staff) < s.capacity]
    starts = _free_starts(instance, rest, module)
    if not starts and not joinable:
        return np.where(ready, KEYS.index("no-date"), code)
    least = int(instance.modules.min_seats[module])
    if int((wanted & ready).sum()) < least and not joinable:
        return np.where(ready, KEYS.index("small-group"), code)
    first = np.array([*starts, *joinable], dtype=np.int64)
    seat = float(instance.modules.cost_seat[module])
    asked = least_cost(instance, module, least)
    cost = np.array([asked] * len(starts) + [seat] * len(joinable))
    paid = rest.till.left(module, first) >= cost
    if not paid.any():
        is_there = (rest.till.money[instance.horizon.quarter[first]] >= cost).any()
        return np.where(ready, KEYS.index("bound" if is_there else "money"), code)
    options = np.unique(first[paid])
    if options.size > MOST_STARTS:
        options = options[np.linspace(0, options.size - 1, MOST_STARTS).astype(int)]
    who = np.flatnonzero(wanted & ready)
    code[who] = _personal(instance, rest, module, options, who)
    return code


def _ready(instance: Instance, rest: Rest, module: int) -> np.ndarray:
    """People who attended, or need not attend, all that comes first, and hold the first level."""
    ready = np.ones(len(instance.staff.ids), dtype=bool)
    for before in np.flatnonzero(instance.modules.requires[module]):
        attended = rest.done[:, before] < instance.horizon.length
        ready &= instance.waived[:, before] | attended
    from_level = instance.modules.from_level[module]
    effects = (instance.modules.to_level[module] > 0) & (from_level > 0)
    if effects.any():
        ready &= (rest.level[:, effects] >= from_level[effects]).any(axis=1)
    return ready


def _missing_supply(instance: Instance, module: int) -> str:
    """What the module lacks altogether; empty if nothing."""
    mode = instance.modules.mode[module]
    if mode == EXTERNAL:
        return "" if (instance.offers.module == module).any() else "no-offer"
    if not instance.instructors.qualified[:, module].any():
        return "no-trainer"
    if mode == CLASSROOM and instance.modules.venue_kind[module] not in instance.venues.kind:
        return "no-venue"
    return ""


def _free_starts(instance: Instance, rest: Rest, module: int) -> list[int]:
    """First days on which another session of the module could still be held."""
    horizon, offers = instance.horizon, instance.offers
    if instance.modules.mode[module] == EXTERNAL:
        fits = np.flatnonzero(offers.module == module)
        return [int(offers.first_day[o]) for o in fits if o not in rest.offers]
    length = int(instance.modules.duration[module])
    able = np.flatnonzero(instance.instructors.qualified[:, module])
    free = window(rest.trainer_free[able], length)
    free &= (rest.trainer_days[able] >= length)[:, horizon.quarter[: free.shape[1]]]
    days = free.any(axis=0)
    if instance.modules.mode[module] == CLASSROOM:
        kind = instance.modules.venue_kind[module]
        fits = np.array([k == kind for k in instance.venues.kind])
        days &= window(rest.venue_free[fits], length).any(axis=0)
    last = np.arange(days.size) + length - 1
    return np.flatnonzero(days & (horizon.week[: days.size] == horizon.week[last])).tolist()


def window(flags: np.ndarray, length: int) -> np.ndarray:
    """Rows x (H - length + 1): are all `length` days from this one on set?"""
    total = np.concatenate(
        [np.zeros((flags.shape[0], 1), dtype=np.int64), np.cumsum(flags, axis=1)], axis=1
    )
    return np.asarray(total[:, length:] - total[:, :-length] == length)


def least_cost(instance: Instance, module: int, least: int) -> float:
    """What a session costs with the smallest group, at home prices [money]."""
    modules = instance.modules
    cost = max(1, least) * float(modules.cost_seat[module])
    if modules.mode[module] != EXTERNAL:
        cost += float(modules.cost_session[module])
    if modules.mode[module] == CLASSROOM:
        kind = modules.venue_kind[module]
        prices = [
            float(price)
            for price, k in zip(instance.venues.cost_day, instance.venues.kind, strict=True)
            if k == kind
        ]
        cost += min(prices, default=0.0) * int(modules.duration[module])
    return cost


def _personal(
    instance: Instance, rest: Rest, module: int, options: np.ndarray, who: np.ndarray
) -> np.ndarray:
    """For each of these people what stands between them and the dates that remain."""
    length, home = int(instance.modules.duration[module]), instance.staff.station[who]
    year, week = instance.horizon.year[options], instance.horizon.week[options]
    stations, own = instance.stations, instance.staff.leave
    left = rest.days[who][:, year] + length <= instance.parameters.max_days_staff_year
    released = window(~stations.black, length)[:, options][home]
    steps = {
        "leave": released & _off(own, who, options, length),
        "peak": window(~instance.busy, length)[:, options][home],
        "clash": _off(rest.taken, who, options, length),
        "pair": _off(rest.watched, who, options, length),
        "cover": window(rest.room > 0, length)[:, options][home],
        "week": rest.weeks.lets(who)[:, week],
    }
    code = np.where(left.any(axis=1), KEYS.index("worth"), KEYS.index("days"))
    for key, kept in steps.items():
        fits = left & kept
        code[left.any(axis=1) & ~fits.any(axis=1)] = KEYS.index(key)
        left = fits
    return code


def _off(flags: np.ndarray, rows: np.ndarray, starts: np.ndarray, length: int) -> np.ndarray:
    """Rows x starts: is none of the `length` days from that one on set?"""
    off = ~flags[np.ix_(rows, starts)]
    for later in range(1, length):
        off &= ~flags[np.ix_(rows, starts + later)]
    return np.asarray(off)


def count_by_key(reasons: Iterable[Reason]) -> dict[str, int]:
    """Open gaps by reason, most first."""
    return dict(Counter(r.key for r in reasons).most_common())


def count_by_module(reasons: Iterable[Reason]) -> dict[tuple[str, str], int]:
    """Open gaps by (module, reason), most first; the module is empty where none leads there."""
    return dict(Counter((r.module_id, r.key) for r in reasons).most_common())


def count_by_competency(reasons: Iterable[Reason]) -> dict[tuple[str, str], int]:
    """Open gaps by (competency, reason), most first."""
    return dict(Counter((r.competency_id, r.key) for r in reasons).most_common())


def unassessed(instance: Instance) -> int:
    """Required competencies of people who were not assessed in them: no need, and no reason."""
    return int(((instance.required > 0) & (instance.staff.level == UNKNOWN)).sum())
