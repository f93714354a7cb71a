"""The variables of a repair: which sessions may move where, and which seats may be given up."""

from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from training_calendar.solver.facts import CLASSROOM, EXTERNAL, Instance, Session
from training_calendar.solver.placed import Placed, placed_sessions
from training_calendar.solver.solution import Change


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """A calendar after a hand-made change, before its repair.

    sessions : all that are to be held; `free` may move within the window, `by_hand` were changed
    touched : people in sessions that move, were moved by hand, or are cancelled
    fixed_seats : (session, person) that somebody pinned
    """

    instance: Instance
    sessions: tuple[Placed, ...]
    free: tuple[bool, ...]
    starts: tuple[tuple[int, ...], ...]
    by_hand: tuple[bool, ...]
    touched: frozenset[int]
    fixed_seats: frozenset[tuple[int, int]]


@dataclass(slots=True)
class Vars:
    """The decisions: first day, venue and instructor of each session, and who keeps the seat."""

    start: dict[int, cp_model.IntVar] = field(default_factory=dict)
    at: dict[tuple[int, int], cp_model.IntVar] = field(default_factory=dict)
    lead: dict[tuple[int, int], cp_model.IntVar] = field(default_factory=dict)
    seat: dict[tuple[int, int], cp_model.IntVar] = field(default_factory=dict)
    on: dict[tuple[int, int], cp_model.IntVar] = field(default_factory=dict)


def task_of(instance: Instance, sessions: tuple[Session, ...], change: Change) -> Task:
    """What stands still, what may move, and whom the change touches."""
    by_hand = {s.session_id: s for s in change.pin}
    gone = set(change.cancel)
    kept = [by_hand.pop(s.session_id, s) for s in sessions if s.session_id not in gone]
    placed = placed_sessions(instance, [*kept, *by_hand.values()])
    hand = {s.session_id for s in change.pin}
    pinned = {s.session_id for s in instance.pins}
    first = instance.horizon.day_of(change.first_day)
    last = instance.horizon.day_of(change.last_day)
    free, starts = [], []
    for s in placed:
        movable = s.session.session_id not in hand | pinned and not s.session.pinned
        movable &= first <= s.first <= last and instance.modules.mode[s.module] != EXTERNAL
        free.append(movable)
        starts.append(_starts(instance, s, first, last) if movable else (s.first,))
    person = {who: i for i, who in enumerate(instance.staff.ids)}
    changed = [s for s in sessions if s.session_id in gone]
    touched = {person[who] for s in changed for who in s.staff_ids if who in person}
    for s, movable in zip(placed, free, strict=True):
        if movable or s.session.session_id in hand:
            touched.update(s.staff)
    fixed = {
        (n, i)
        for n, s in enumerate(placed)
        if s.session.pinned or s.session.session_id in pinned - hand
        for i in s.staff
    }
    return Task(
        instance=instance,
        sessions=placed,
        free=tuple(free),
        starts=tuple(starts),
        by_hand=tuple(s.session.session_id in hand for s in placed),
        touched=frozenset(touched),
        fixed_seats=frozenset(fixed),
    )


def _starts(instance: Instance, s: Placed, first: int, last: int) -> tuple[int, ...]:
    """First days in the window on which the session fits into one week of open days."""
    horizon, length = instance.horizon, len(s.days)
    last = min(last, horizon.length - length)
    return tuple(
        a
        for a in range(max(0, first), last + 1)
        if horizon.week[a] == horizon.week[a + length - 1] and horizon.open[a : a + length].all()
    ) or (s.first,)


def variables(model: cp_model.CpModel, task: Task) -> Vars:
    """Each session has one first day, one venue if it needs one, and one instructor if it does."""
    v, instance = Vars(), task.instance
    for n, s in enumerate(task.sessions):
        domain = cp_model.Domain.from_values(list(task.starts[n]))
        v.start[n] = model.new_int_var_from_domain(domain, f"start:{n}")
        for venue in _venues(task, n):
            v.at[n, venue] = model.new_bool_var(f"at:{n}:{venue}")
        for trainer in _trainers(task, n):
            v.lead[n, trainer] = model.new_bool_var(f"lead:{n}:{trainer}")
        for chosen in (v.at, v.lead):
            own = [var for (m, _), var in chosen.items() if m == n]
            if own:
                model.add_exactly_one(own)
        for i in s.staff:
            if i in task.touched:
                v.seat[n, i] = model.new_bool_var(f"seat:{n}:{i}")
                if (n, i) in task.fixed_seats:
                    model.add(v.seat[n, i] == 1)
    for n in v.start:
        _quarters(model, instance, task, v, n)
    return v


def _venues(task: Task, n: int) -> list[int]:
    s, instance = task.sessions[n], task.instance
    if instance.modules.mode[s.module] != CLASSROOM:
        return []
    if not task.free[n]:
        return [s.venue] if s.venue >= 0 else []
    kind = instance.modules.venue_kind[s.module]
    return [k for k, other in enumerate(instance.venues.kind) if other == kind]


def _trainers(task: Task, n: int) -> list[int]:
    s, instance = task.sessions[n], task.instance
    if instance.modules.mode[s.module] == EXTERNAL:
        return []
    if not task.free[n]:
        return [s.trainer] if s.trainer >= 0 else []
    return [int(i) for i in np.flatnonzero(instance.instructors.qualified[:, s.module])]


def _quarters(model: cp_model.CpModel, instance: Instance, task: Task, v: Vars, n: int) -> None:
    """`on[n, q]`: the session starts in quarter q."""
    by_quarter: dict[int, list[int]] = {}
    for a in task.starts[n]:
        by_quarter.setdefault(int(instance.horizon.quarter[a]), []).append(a)
    for q, days in by_quarter.items():
        v.on[n, q] = model.new_bool_var(f"on:{n}:{q}")
        domain = cp_model.Domain.from_values(days)
        model.add_linear_expression_in_domain(v.start[n], domain).only_enforce_if(v.on[n, q])
    model.add_exactly_one([v.on[n, q] for q in by_quarter])


def both(
    model: cp_model.CpModel, a: cp_model.IntVar, b: cp_model.IntVar, name: str
) -> cp_model.IntVar:
    """A flag that is set if both are."""
    flag = model.new_bool_var(name)
    model.add_bool_or([flag, a.negated(), b.negated()])
    model.add_implication(flag, a)
    model.add_implication(flag, b)
    return flag
