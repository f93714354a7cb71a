"""What an HR officer would plan by hand: module after module, on the earliest date.

The two baselines of the engine's figures. One round gives every module, the widest need first, one
more session on the earliest date on which a room, a trainer and half a room of people are free.
"""

import math

import numpy as np

from training_calendar.solver import kernel_fill, kernel_roster
from training_calendar.solver.dispatch import Dispatcher, Plan
from training_calendar.solver.facts import EXTERNAL, ONLINE
from training_calendar.solver.improve import Chain
from training_calendar.solver.roster import keen_people


def officers_plan(dispatcher: Dispatcher, *, cost_aware: bool) -> float:
    """Z of the plan by hand [points]; cost-aware if seat and trip are weighed against the gap."""
    keen = keen_people(dispatcher.instance, dispatcher.problem, dispatcher.levels)
    chain = Chain(dispatcher, dispatcher.desks[0], keen)
    guide = dispatcher.first_guide()._replace(ladder=0.0)
    none = np.zeros(0, dtype=np.int64)
    first = np.zeros_like(dispatcher.start.money), dispatcher.start.load
    chain.load(Plan(none, none, none, none, np.zeros(1, dtype=np.int64), none, *first, guide, 0.0))
    price = dispatcher.problem.lambda_cost if cost_aware else 0.0
    chain.guide = guide._replace(load_price=0.0)
    chain.roster.price[:] = price
    days = dict.fromkeys(_by_need(chain), 0)
    while days:
        placed = {m: _one_more(chain, m, begin) for m, begin in days.items()}
        days = {m: day for m, day in placed.items() if day is not None}
    return float(kernel_fill.z_of(dispatcher.given, chain.desk.state_given, chain.given))


def _by_need(chain: Chain) -> list[int]:
    """Modules that are not external, the one with the widest weighted need first."""
    mode = chain.dispatcher.problem.mode
    need = chain.roster.worth.sum(axis=1)
    return [int(m) for m in np.argsort(-need, kind="stable") if mode[m] != EXTERNAL]


def _one_more(chain: Chain, m: int, begin: int) -> int | None:
    """Place one session from that day on: its day, or None if there is no date left."""
    problem = chain.dispatcher.problem
    length = int(problem.duration[m])
    fits = np.flatnonzero(problem.venue_kind == problem.kind[m])
    places = [-1] if problem.mode[m] == ONLINE else [int(v) for v in fits]
    for day in range(begin, problem.week.size - length + 1):
        end = day + length
        if not problem.is_open[day:end].all() or problem.week[day] != problem.week[end - 1]:
            continue
        for v in places:
            if v >= 0 and not chain.desk.state.venue_free[v, day:end].all():
                continue
            if _held(chain, m, v, day):
                return day
    return None


def _held(chain: Chain, m: int, v: int, day: int) -> bool:
    """Hold the session there if at least half the room comes."""
    problem, state = chain.dispatcher.given, chain.desk.state_given
    given, guide = chain.given, chain.guide
    n, trainer, _ = kernel_fill.session_on(problem, state, given, guide, m, v, day)
    sizes = chain.dispatcher.problem
    room = int(sizes.max_seats[m]) if v < 0 else min(sizes.max_seats[m], sizes.capacity[v])
    if n < max(1, math.ceil(room / 2)):
        return False
    chain.roster.keep[:n] = chain.roster.picked[:n]
    kernel_roster.begin(given)
    kernel_fill.add_session(problem, state, given, m, v, day, trainer, n)
    kernel_roster.refresh(problem, state, given, guide.ladder)
    return True
