"""The objective of a calendar, computed without any solver from its sessions and seats."""

from collections import defaultdict

import numpy as np

from training_calendar.solver.facts import UNKNOWN, Instance
from training_calendar.solver.placed import Placed
from training_calendar.solver.solution import Objective


def attended(placed: tuple[Placed, ...]) -> dict[int, list[Placed]]:
    """The sessions of each person, in the order in which they end."""
    by_person: dict[int, list[Placed]] = defaultdict(list)
    for session in sorted(placed, key=lambda s: s.last):
        for person in session.staff:
            by_person[person].append(session)
    return by_person


def levels_after(instance: Instance, placed: tuple[Placed, ...]) -> tuple[np.ndarray, float, int]:
    """Levels after the calendar (N x C), the discounted worth and the points of what it closes.

    A session lifts a required competency to the level it leads to, not beyond the level required,
    and only from the level it starts at; a level reached before earns nothing again.
    """
    level = instance.staff.level.copy()
    modules, roles = instance.modules, instance.roles
    steps = max(1, instance.horizon.length - 1)
    value, closed = 0.0, 0
    for session in sorted(placed, key=lambda s: s.last):
        staff = np.array(list(dict.fromkeys(session.staff)), dtype=np.int64)
        role, points = instance.staff.role[staff], 0
        for c in np.flatnonzero(modules.to_level[session.module]):
            held = level[staff, c]
            up = np.minimum(modules.to_level[session.module, c], roles.required[role, c])
            lifted = (held != UNKNOWN) & (held >= modules.from_level[session.module, c])
            lifted &= up > held
            points += int(((up - held) * roles.weight[role, c])[lifted].sum())
            level[staff[lifted], c] = up[lifted]
        value += points * (1 - instance.parameters.discount_beta * session.last / steps)
        closed += points
    return level, value, closed


def unevenness(instance: Instance, placed: tuple[Placed, ...]) -> float:
    """How uneven the weekly load is: 0 = the same each week, 1 = all at once.

    Weeks of fewer than three open days count in the total load and nowhere else.
    """
    horizon = instance.horizon
    load = np.zeros(int(horizon.week[-1]) + 1)
    for session in placed:
        days = int(instance.modules.duration[session.module])
        load[horizon.week[session.first]] += days * len(session.staff)
    if not load.sum():
        return 0.0
    weeks, days_open = np.unique(horizon.week[horizon.open], return_counts=True)
    full = load[weeks[days_open >= 3]]
    if not full.size:
        return 0.0
    return float(np.abs(full - full.mean()).sum() / (2 * load.sum()))


def objective(instance: Instance, placed: tuple[Placed, ...]) -> Objective:
    """Worth, cost and evenness of a calendar, and z, which weighs them.

    Source
    ------
    docs/methods/planning.md, section 3.
    """
    _, value, closed = levels_after(instance, placed)
    cost = np.zeros(len(instance.horizon.quarter_ids))
    for session in placed:
        cost[instance.horizon.quarter[session.first]] += session.cost
    smooth = unevenness(instance, placed)
    total = instance.total_weighted_gap
    parameters = instance.parameters
    spent = float(cost.sum())
    return Objective(
        z=value - parameters.lambda_cost * spent - parameters.lambda_smooth * total * smooth,
        value=value,
        closed=closed,
        total=total,
        cost=spent,
        budget=float(instance.horizon.budget.sum()),
        travel=sum(session.travel for session in placed),
        smooth=smooth,
        cost_by_quarter=tuple(float(x) for x in cost),
    )
