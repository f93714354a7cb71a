"""A calendar after one session is cancelled: everybody else stays, its people find other places."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from training_calendar.solver import kernel_fill, kernel_roster, kernel_search
from training_calendar.solver.dispatch import Dispatcher, Plan
from training_calendar.solver.facts import Session
from training_calendar.solver.improve import Chain
from training_calendar.solver.kernel_data import Array, Problem
from training_calendar.solver.kernel_roster import SLOTS
from training_calendar.solver.placed import Placed, placed_sessions
from training_calendar.solver.roster import keen_people


def replanned(
    dispatcher: Dispatcher, sessions: Iterable[Session], gone: str
) -> tuple[Session, ...]:
    """The calendar without the session `gone`, its people in other sessions where it pays.

    Only people of the cancelled session, and those of sessions that become too small without them,
    get another place: in a session of the same module, or of one that needs it, which stands
    already or is new. Room and trainer of the cancelled session stay taken on its days. The
    instance of the dispatcher holds no pins: the sessions given stand for them.
    """
    instance = dispatcher.instance
    placed = placed_sessions(instance, sessions)
    at = next(n for n, s in enumerate(placed) if s.session.session_id == gone)
    keen = keen_people(instance, dispatcher.problem, dispatcher.levels)
    chain = Chain(dispatcher, dispatcher.desks[0], _concerned(dispatcher.problem, keen, placed[at]))
    chain.load(_plan(dispatcher, placed))
    _move_people(chain, at)
    return _sessions(dispatcher, chain, placed, at)


def _concerned(problem: Problem, keen: Array, gone: Placed) -> Array:
    """M x N: the people of the cancelled session, for its module and those that need it."""
    modules, left = {gone.module}, [gone.module]
    while left:
        m = left.pop()
        later = {int(a) for a in problem.after[problem.after_ptr[m] : problem.after_ptr[m + 1]]}
        left += later - modules
        modules |= later
    may = np.zeros_like(keen)
    may[np.ix_(sorted(modules), gone.staff)] = True
    return keen & may


def _plan(dispatcher: Dispatcher, placed: tuple[Placed, ...]) -> Plan:
    """A calendar as the kernels have it, sessions in the order given; guided by first prices."""
    where = [-2 - s.offer if s.offer >= 0 else s.venue for s in placed]
    people = [i for s in placed for i in s.staff]
    sizes = np.array([len(s.staff) for s in placed], dtype=np.int64)
    guide = dispatcher.first_guide()
    price = np.full_like(guide.price, dispatcher.problem.lambda_cost)
    return Plan(
        module=np.array([s.module for s in placed], dtype=np.int64),
        first=np.array([s.first for s in placed], dtype=np.int64),
        place=np.array(where, dtype=np.int64),
        trainer=np.array([s.trainer for s in placed], dtype=np.int64),
        ptr=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        people=np.array(people, dtype=np.int64),
        haste=np.zeros_like(dispatcher.start.money),
        load=dispatcher.start.load,
        guide=guide._replace(price=price),
        z=0.0,
    )


def _move_people(chain: Chain, t: int) -> None:
    """Cancel slot `t` and seat its people again."""
    problem, state, roster = chain.dispatcher.given, chain.desk.state_given, chain.given
    guide, arrays = chain.guide, chain.roster
    arrays.price[:] = guide.price
    kernel_roster.begin(roster)
    if not kernel_roster.close_session(problem, state, roster, t):
        raise ValueError("a pinned place cannot be given up")
    first, length = int(arrays.first[t]), int(chain.dispatcher.problem.duration[arrays.module[t]])
    if arrays.place[t] >= 0:
        chain.desk.state.venue_free[arrays.place[t], first : first + length] = False
    if arrays.trainer[t] >= 0:
        chain.desk.state.trainer_free[arrays.trainer[t], first : first + length] = False
    if arrays.place[t] <= -2:
        chain.desk.state.offer_used[-2 - arrays.place[t]] = True
    kernel_roster.refresh(problem, state, roster, guide.ladder)
    for u in np.flatnonzero(arrays.alive):
        if kernel_fill.top_up_session(problem, state, roster, guide, u):
            kernel_roster.refresh(problem, state, roster, guide.ladder)
    module, where, monday = _everywhere(chain, int(arrays.module[t]))
    kernel_search.put_in(problem, state, roster, guide, module, where, monday, module.size, 0.0)
    kernel_search.mend(problem, state, roster, guide, np.array([t], dtype=np.int64))
    kernel_roster.refresh(problem, state, roster, guide.ladder)
    kernel_search.keep_best(roster, chain.best_given)


def _everywhere(chain: Chain, m: int) -> tuple[Array, Array, Array]:
    """A new session of the module in each week and each place that fits."""
    problem = chain.dispatcher.problem
    mondays = np.flatnonzero(np.diff(problem.week, prepend=-1))
    fits = np.flatnonzero(problem.venue_kind == problem.kind[m])
    places = [-1] if problem.mode[m] == 1 else [int(v) for v in fits]
    if problem.mode[m] == 2:
        offers = np.flatnonzero(problem.offer_module == m)
        return np.full(offers.size, m), -2 - offers, problem.offer_first[offers]
    pairs = [(v, day) for day in mondays for v in places]
    where, monday = np.array(pairs, dtype=np.int64).reshape(-1, 2).T.copy()
    return np.full(where.size, m), where, monday


def _sessions(
    dispatcher: Dispatcher, chain: Chain, placed: tuple[Placed, ...], gone: int
) -> tuple[Session, ...]:
    """The sessions of the chain; those that stood before keep their ids and the order of people."""
    roster, ids = chain.best, dispatcher.instance.staff.ids
    out = []
    for t, s in enumerate(placed):
        if roster.alive[t] and t != gone:
            now = {ids[i] for i in roster.people[t, : roster.size[t]]}
            kept = [who for who in s.session.staff_ids if who in now]
            staff = (*kept, *sorted(now.difference(kept)))
            out.append(replace(s.session, staff_ids=staff))
    named = {s.session.session_id for s in placed}
    names = (name for n in range(1, 100_000) if (name := f"R{n:05d}") not in named)
    slots = np.flatnonzero(roster.alive[: roster.count[SLOTS]])
    for t in slots[slots >= len(placed)]:
        staff = tuple(sorted(ids[i] for i in roster.people[t, : roster.size[t]]))
        out.append(replace(dispatcher.session_in(roster, int(t), staff), session_id=next(names)))
    return tuple(out)
