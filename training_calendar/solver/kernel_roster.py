"""Kernels that put sessions and people into a calendar and take them out again, step by step."""

from typing import Any, NamedTuple

from numba import types
from numba.experimental import structref

from training_calendar.solver.compiled import kernel
from training_calendar.solver.kernel_data import NEVER, SCALE, UNRATED, Array
from training_calendar.solver.kernel_seats import gain_of, join_week, leave_week, pay

SEAT, LEAVE, OPEN, CLOSE = 0, 1, 2, 3
"""Kinds of steps in the journal; each is the inverse of its neighbour."""
SLOTS, STEPS, DIRTY, WORK, FREE, TOUCHED, CALLS = 0, 1, 2, 3, 4, 5, 6
"""Places in `count`: slots ever used, steps of this move, people to value anew, people looked at
so far, free slots, sessions touched in this move, calls of `gather`."""


class Roster(NamedTuple):
    """A calendar that can be changed a little at a time; a slot holds one session or none."""

    alive: Array  # S, bool
    fixed: Array  # S, bool: pinned, may not be closed
    held: Array  # S: the first so many people are pinned
    module: Array  # S
    first: Array
    place: Array  # venue, -1 online, -2 - offer
    trainer: Array
    region: Array  # S: where it is held, -1 online
    places: Array  # S: most people
    size: Array  # S: people
    people: Array  # S x widest, int32
    of_count: Array  # N
    of: Array  # N x most, int32: slots of a person, in the order in which they end
    rated: Array  # N x C, int8: levels before any session
    value: Array  # N: discounted points closed
    worth: Array  # M x N, int32 [points x SCALE]
    keen_ptr: Array  # M x (R + 1)
    keen: Array  # people a module could ever lift, or lead to one that does, by region
    dirty: Array  # N
    is_dirty: Array  # N, bool
    journal: Array  # x 3: kind, slot, person
    free: Array  # S: slots that may be used
    touched: Array  # S
    is_touched: Array  # S, bool
    price: Array  # Q: price of money in this move [points / money]
    left: Array  # K
    left_week: Array  # K
    week_stamp: Array  # K
    barred: Array  # N
    stamp: Array  # K
    heap_value: Array
    heap: Array
    picked: Array
    keep: Array
    count: Array
    total: Array  # 0: value of all people [points]


@structref.register
class RosterKind(types.StructRef):
    """The type of a roster inside the kernels."""

    def preprocess_fields(self, fields: Any) -> Any:
        return tuple((name, types.unliteral(kind)) for name, kind in fields)


class _RosterReference(structref.StructRefProxy):
    """A roster as the kernels take it."""


structref.define_proxy(_RosterReference, RosterKind, Roster._fields)


@kernel
def roster_reference(values):  # type: ignore[no-untyped-def]
    """The kernels' view of a `Roster`; the arrays are shared, not copied."""
    return _RosterReference(*values)


@kernel
def fare_of(p, r, t, i):  # type: ignore[no-untyped-def]
    """What the seat of person `i` in slot `t` costs [money]."""
    fare = p.cost_seat[r.module[t]]
    if r.region[t] >= 0 and r.region[t] != p.home[i]:
        fare += p.trip[p.home[i], r.region[t]] + p.per_diem * p.duration[r.module[t]]
    return fare


@kernel
def fixed_cost(p, r, t):  # type: ignore[no-untyped-def]
    """What the session in slot `t` costs before anybody sits in it [money]."""
    m = r.module[t]
    if r.place[t] <= -2:
        return 0.0
    cost = p.cost_session[m]
    if r.place[t] >= 0:
        cost += p.cost_day[r.place[t]] * p.duration[m]
        home = p.trainer_region[r.trainer[t]]
        if home != r.region[t]:
            cost += p.trip[home, r.region[t]] + p.per_diem * p.duration[m]
    return cost


@kernel
def note(r, kind, t, i):  # type: ignore[no-untyped-def]
    """Write one step into the journal, and remember slot and person as changed."""
    n = r.count[STEPS]
    r.journal[n, 0], r.journal[n, 1], r.journal[n, 2] = kind, t, i
    r.count[STEPS] = n + 1
    if not r.is_touched[t]:
        r.is_touched[t] = True
        r.touched[r.count[TOUCHED]] = t
        r.count[TOUCHED] += 1
    if i >= 0 and not r.is_dirty[i]:
        r.is_dirty[i] = True
        r.dirty[r.count[DIRTY]] = i
        r.count[DIRTY] += 1


@kernel
def enlist(p, r, i, t):  # type: ignore[no-untyped-def]
    """Enter slot `t` among the sessions of person `i`, and the person among its people."""
    last = r.first[t] + p.duration[r.module[t]]
    at = r.of_count[i]
    while at > 0:
        before = r.of[i, at - 1]
        if r.first[before] + p.duration[r.module[before]] <= last:
            break
        r.of[i, at] = before
        at -= 1
    r.of[i, at] = t
    r.of_count[i] += 1
    r.people[t, r.size[t]] = i
    r.size[t] += 1


@kernel
def seat_in(p, s, r, i, t):  # type: ignore[no-untyped-def]
    """Person `i` takes a place in slot `t`."""
    enlist(p, r, i, t)
    m, first = r.module[t], r.first[t]
    last = first + p.duration[m] - 1
    s.done[i, m] = last
    k = p.station[i]
    for d in range(first, last + 1):
        s.busy[i, d] = True
        s.room[k, d] -= 1
    join_week(p, s, i, first)
    s.days[i, p.year[first]] += p.duration[m]
    s.load[p.week[first]] += p.duration[m]
    pay(p, s, m, first, fare_of(p, r, t, i))
    note(r, SEAT, t, i)


@kernel
def take_out(p, s, r, i, t):  # type: ignore[no-untyped-def]
    """Person `i` gives up the place in slot `t`."""
    at = 0
    while r.of[i, at] != t:
        at += 1
    r.of_count[i] -= 1
    for k in range(at, r.of_count[i]):
        r.of[i, k] = r.of[i, k + 1]
    at = r.held[t]
    while r.people[t, at] != i:
        at += 1
    r.size[t] -= 1
    r.people[t, at] = r.people[t, r.size[t]]
    m, first = r.module[t], r.first[t]
    s.done[i, m] = NEVER
    k = p.station[i]
    for d in range(first, first + p.duration[m]):
        s.busy[i, d] = False
        s.room[k, d] += 1
    leave_week(p, s, i, first)
    s.days[i, p.year[first]] -= p.duration[m]
    s.load[p.week[first]] -= p.duration[m]
    pay(p, s, m, first, -fare_of(p, r, t, i))
    note(r, LEAVE, t, i)


@kernel
def mark(p, s, r, t, free):  # type: ignore[no-untyped-def]
    """Venue, instructor, offer and fixed cost of slot `t` taken or given back."""
    m, first = r.module[t], r.first[t]
    after = first + p.duration[m]
    sign = 1 if free else -1
    if r.place[t] >= 0:
        s.venue_free[r.place[t], first:after] = free
    if r.place[t] <= -2:
        s.offer_used[-2 - r.place[t]] = not free
    if r.trainer[t] >= 0:
        s.trainer_free[r.trainer[t], first:after] = free
        s.trainer_used[r.trainer[t], p.quarter[first]] -= sign * p.duration[m]
    pay(p, s, m, first, -sign * fixed_cost(p, r, t))
    r.alive[t] = not free


@kernel
def open_session(p, s, r, m, first, place, trainer):  # type: ignore[no-untyped-def]
    """A new session in a free slot, without people; the slot."""
    r.count[FREE] -= 1
    t = r.free[r.count[FREE]]
    r.count[SLOTS] = max(r.count[SLOTS], t + 1)
    r.module[t], r.first[t], r.place[t], r.trainer[t] = m, first, place, trainer
    r.region[t], r.places[t] = -1, p.max_seats[m]
    if place >= 0:
        r.region[t] = p.venue_region[place]
        r.places[t] = min(p.max_seats[m], p.capacity[place])
    if place <= -2:
        r.region[t] = p.offer_region[-2 - place]
        r.places[t] = min(p.max_seats[m], p.offer_seats[-2 - place])
    r.size[t], r.held[t] = 0, 0
    mark(p, s, r, t, False)
    note(r, OPEN, t, -1)
    return t


@kernel
def slot_of(r, i, m):  # type: ignore[no-untyped-def]
    """The slot in which person `i` attends module `m`; -1 if in none."""
    for k in range(r.of_count[i]):
        if r.module[r.of[i, k]] == m:
            return r.of[i, k]
    return -1


@kernel
def is_held(r, t, i):  # type: ignore[no-untyped-def]
    """Is the place of person `i` in slot `t` pinned?"""
    for k in range(r.held[t]):  # noqa: SIM110 -- numba compiles the loop
        if r.people[t, k] == i:
            return True
    return False


@kernel
def drop(p, s, r, i, t):  # type: ignore[no-untyped-def]
    """Person `i` leaves slot `t` and whatever needs that module first; False if a pin forbids."""
    n, k = 1, 0
    r.keep[0] = t
    while k < n:
        m = r.module[r.keep[k]]
        if not p.waived[i, m]:
            for j in range(p.after_ptr[m], p.after_ptr[m + 1]):
                later = slot_of(r, i, p.after[j])
                known = later < 0
                for q in range(n):
                    known = known or r.keep[q] == later
                if not known:
                    r.keep[n] = later
                    n += 1
        k += 1
    for k in range(n):
        if is_held(r, r.keep[k], i):
            return False
    for k in range(n):
        take_out(p, s, r, i, r.keep[k])
    return True


@kernel
def close_session(p, s, r, t):  # type: ignore[no-untyped-def]
    """Take slot `t` out of the calendar with its people; False if a pin forbids."""
    if r.fixed[t]:
        return False
    while r.size[t] > 0:
        if not drop(p, s, r, r.people[t, r.size[t] - 1], t):
            return False
    mark(p, s, r, t, True)
    note(r, CLOSE, t, -1)
    return True


@kernel
def roll_back(p, s, r):  # type: ignore[no-untyped-def]
    """Undo all steps of the move, the last first."""
    n = r.count[STEPS]
    for at in range(n - 1, -1, -1):
        kind, t, i = r.journal[at, 0], r.journal[at, 1], r.journal[at, 2]
        if kind == SEAT:
            take_out(p, s, r, i, t)
        elif kind == LEAVE:
            seat_in(p, s, r, i, t)
        else:
            mark(p, s, r, t, kind == OPEN)
        r.count[STEPS] = n
    for at in range(n):
        if r.journal[at, 0] == OPEN:
            r.free[r.count[FREE]] = r.journal[at, 1]
            r.count[FREE] += 1


@kernel
def settle(r):  # type: ignore[no-untyped-def]
    """The move stands: closed slots may be used again."""
    for at in range(r.count[STEPS]):
        t = r.journal[at, 1]
        if r.journal[at, 0] == CLOSE and not r.alive[t]:
            r.free[r.count[FREE]] = t
            r.count[FREE] += 1


@kernel
def begin(r):  # type: ignore[no-untyped-def]
    """Start a move with an empty journal."""
    for k in range(r.count[TOUCHED]):
        r.is_touched[r.touched[k]] = False
    r.count[TOUCHED], r.count[STEPS] = 0, 0


@kernel
def value_of(p, s, r, i):  # type: ignore[no-untyped-def]
    """Replay the sessions of person `i`: levels in the end, and the discounted points closed."""
    role = p.role[i]
    for c in range(r.rated.shape[1]):
        s.level[i, c] = r.rated[i, c]
    value = 0.0
    for k in range(r.of_count[i]):
        t = r.of[i, k]
        m = r.module[t]
        closed = 0
        for e in range(p.effect_ptr[m], p.effect_ptr[m + 1]):
            c = p.effect_competency[e]
            up = min(p.effect_to[e], p.required[role, c])
            held = s.level[i, c]
            if held != UNRATED and up > held and held >= p.effect_from[e]:
                closed += (up - held) * p.weight[role, c]
                s.level[i, c] = up
        value += closed * p.disc[r.first[t] + p.duration[m] - 1]
    return value


@kernel
def worth_of(p, s, r, i, ladder):  # type: ignore[no-untyped-def]
    """What each module is worth to person `i` now; later steps of a ladder come first."""
    for k in range(p.backwards.size):
        m = p.backwards[k]
        if s.done[i, m] != NEVER or not p.audience[m, p.role[i]]:
            r.worth[m, i] = 0
            continue
        own = gain_of(p, s.level, i, m)
        ahead = 0
        if not p.waived[i, m]:
            for j in range(p.after_ptr[m], p.after_ptr[m + 1]):
                ahead = max(ahead, r.worth[p.after[j], i] - SCALE * own)
        r.worth[m, i] = SCALE * own + int(ladder * ahead)


@kernel
def refresh(p, s, r, ladder):  # type: ignore[no-untyped-def]
    """Value everybody anew whose sessions changed."""
    for k in range(r.count[DIRTY]):
        i = r.dirty[k]
        r.is_dirty[i] = False
        now = value_of(p, s, r, i)
        r.total[0] += now - r.value[i]
        r.value[i] = now
        worth_of(p, s, r, i, ladder)
    r.count[WORK] += r.count[DIRTY] * (p.mode.size // 4)
    r.count[DIRTY] = 0


@kernel
def load(p, s, r, module, first, place, trainer, ptr, people, pinned, held, ladder):  # type: ignore[no-untyped-def]
    """Enter a whole plan, its `pinned` sessions first; the state holds these and their people."""
    r.count[:] = 0
    r.total[0] = 0.0
    r.alive[:], r.fixed[:] = False, False
    r.of_count[:], r.size[:] = 0, 0
    r.is_dirty[:], r.is_touched[:] = False, False
    r.stamp[:], r.week_stamp[:], r.barred[:] = 0, 0, 0
    for t in range(r.free.size):
        r.free[t] = r.free.size - 1 - t
    r.count[FREE] = r.free.size
    for i in range(p.station.size):
        r.value[i] = value_of(p, s, r, i)
    for at in range(module.size):
        begin(r)
        t = open_session(p, s, r, module[at], first[at], place[at], trainer[at])
        if at < pinned:
            mark(p, s, r, t, True)
            r.alive[t], r.fixed[t], r.held[t] = True, True, held[at]
            r.places[t] = p.pin_capacity[at] if p.pin_open[at] else 0
        for k in range(ptr[at], ptr[at + 1]):
            if at < pinned and k - ptr[at] < held[at]:
                enlist(p, r, people[k], t)
            else:
                seat_in(p, s, r, people[k], t)
    begin(r)
    for i in range(p.station.size):
        r.value[i] = value_of(p, s, r, i)
        r.total[0] += r.value[i]
        worth_of(p, s, r, i, ladder)
        r.is_dirty[i] = False
    r.count[DIRTY] = 0
