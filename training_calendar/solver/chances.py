"""Who could take which seat when: the pairs of people and modules that the priced plan sees."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from training_calendar.solver.arrays import discount
from training_calendar.solver.facts import Flags, Instance
from training_calendar.solver.spans import Spans, starts_of, whole


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of a person and a module of use, module by module; see `kernel_prices.Chances`.

    worth : E x T
    away : M x K x T, the most people of a station in one session
    steps : (pair, the pair that comes before it)
    """

    module_ptr: np.ndarray
    person: np.ndarray
    module: np.ndarray
    worth: np.ndarray
    away: np.ndarray
    steps: np.ndarray


def useful_to(instance: Instance) -> Flags:
    """N x M: the module closes a gap of the person, or comes before one that does."""
    modules, staff = instance.modules, instance.staff
    audience = modules.audience[:, staff.role].T
    useful, gap, required = np.zeros(audience.shape, dtype=bool), instance.gap, instance.required
    for module, c in np.argwhere(modules.to_level > 0):
        up = np.minimum(modules.to_level[module, c], required[:, c])
        useful[:, module] |= (gap[:, c] > 0) & (up > staff.level[:, c])
    useful &= audience
    steps, waived = np.argwhere(modules.requires), instance.waived
    for _ in modules.ids:
        before = useful.sum()
        for module, step in steps:
            useful[:, step] |= useful[:, module] & ~waived[:, step] & audience[:, step]
        if useful.sum() == before:
            break
    return useful


def pairs_of(instance: Instance, spans: Spans) -> Pairs:
    """All pairs that have a date on which the person is free and the module can be held."""
    count = len(instance.modules.ids)
    away = np.zeros((count, len(instance.stations.ids), spans.count), dtype=np.int64)
    room = np.maximum(instance.room, 0) * (instance.horizon.open & ~instance.shut)
    useful, person, worth, ptr = useful_to(instance), [], [], [0]
    for module in range(count):
        who = np.flatnonzero(useful[:, module])
        own = who, _worth(instance, spans, module, who, room, away[module])
        some = (own[1] >= 0).any(axis=1)
        person.append(own[0][some])
        worth.append(own[1][some])
        ptr.append(ptr[-1] + int(some.sum()))
    module_of = np.repeat(np.arange(count), np.diff(ptr))
    pairs = Pairs(
        module_ptr=np.array(ptr),
        person=np.concatenate(person) if person else np.zeros(0, dtype=np.int64),
        module=module_of,
        worth=np.concatenate(worth) if worth else np.zeros((0, spans.count)),
        away=away,
        steps=np.zeros((0, 2), dtype=np.int64),
    )
    return _with_steps(instance, pairs)


def _worth(
    instance: Instance,
    spans: Spans,
    module: int,
    who: np.ndarray,
    room: np.ndarray,
    away: np.ndarray,
) -> np.ndarray:
    """By person and span, what a point closed on the earliest free dates is worth."""
    length = int(instance.modules.duration[module])
    days = starts_of(instance, module)
    free = ~instance.staff.leave[who] & (room[instance.staff.station[who]] > 0)
    can = whole(free, days, length)
    worth = np.full((who.size, spans.count), -1.0)
    value = discount(instance)
    for n in range(days.size - 1, -1, -1):
        t, last = spans.of_day[days[n]], days[n] + length - 1
        worth[can[:, n], t] = value[last]
        away[:, t] = np.maximum(away[:, t], room[:, days[n] : last + 1].min(axis=1))
    return worth


def _with_steps(instance: Instance, pairs: Pairs) -> Pairs:
    """The ladders; nobody can start before the first date of the step below."""
    place = {key: e for e, key in enumerate(zip(pairs.person, pairs.module, strict=True))}
    waived, steps = instance.waived, []
    order = _upwards(instance.modules.requires)
    for module in order:
        below = np.flatnonzero(instance.modules.requires[module])
        for e in range(pairs.module_ptr[module], pairs.module_ptr[module + 1]):
            who = pairs.person[e]
            for step in below[~waived[who, below]]:
                before = place.get((who, step))
                if before is None:
                    pairs.worth[e] = -1.0
                    continue
                can = np.maximum.accumulate(pairs.worth[before] >= 0)
                pairs.worth[e, ~can] = -1.0
                steps.append((e, before))
    found = np.array(steps, dtype=np.int64).reshape(-1, 2)
    return Pairs(pairs.module_ptr, pairs.person, pairs.module, pairs.worth, pairs.away, found)


def _upwards(requires: Flags) -> list[int]:
    """Modules in an order in which each comes after what it requires; circles come last."""
    left, order = list(range(len(requires))), []
    while left:
        ready = [m for m in left if not requires[m, left].any()] or left
        order += ready
        left = [m for m in left if m not in ready]
    return order


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Gap points by who could close them: alone, or any of several pairs."""

    own: np.ndarray
    shared_ptr: np.ndarray
    shared: np.ndarray
    shared_points: np.ndarray


def points_of(instance: Instance, pairs: Pairs) -> Points:
    """Points of a person with the same pairs in reach are one group.

    A pair does not count for a point that a step below it closes already: that step comes first.
    """
    reach = _reach(instance, pairs)
    below = _below(pairs)
    groups: dict[tuple[int, ...], float] = defaultdict(float)
    for (person, c, _), found in reach.items():
        own = set(found)
        first = tuple(e for e in found if not (below[e] & own))
        groups[first] += float(instance.roles.weight[instance.staff.role[person], c])
    own_points = np.zeros(pairs.person.size)
    shares: list[list[int]] = [[] for _ in range(pairs.person.size)]
    shared_points: list[float] = []
    for group, points in groups.items():
        if len(group) == 1:
            own_points[group[0]] += points
            continue
        for e in group:
            shares[e].append(len(shared_points))
        shared_points.append(points)
    return Points(
        own=own_points,
        shared_ptr=np.cumsum([0, *(len(s) for s in shares)]),
        shared=np.array([a for s in shares for a in s], dtype=np.int64),
        shared_points=np.array(shared_points),
    )


def _reach(instance: Instance, pairs: Pairs) -> dict[tuple[int, int, int], list[int]]:
    """The pairs that could close each (person, competency, level)."""
    modules, level, gap = instance.modules, instance.staff.level, instance.gap
    required, reach = instance.required, defaultdict(list)
    effects = [np.flatnonzero(row) for row in modules.to_level]
    alive = (pairs.worth >= 0).any(axis=1)
    for e in np.flatnonzero(alive):
        person, module = int(pairs.person[e]), int(pairs.module[e])
        for c in effects[module]:
            if gap[person, c] > 0:
                low = max(int(level[person, c]), int(modules.from_level[module, c]))
                high = min(int(modules.to_level[module, c]), int(required[person, c]))
                for x in range(low + 1, high + 1):
                    reach[person, int(c), x].append(int(e))
    return reach


def _below(pairs: Pairs) -> list[set[int]]:
    """All steps below each pair; those of a pair are known before those that stand on it."""
    below: list[set[int]] = [set() for _ in range(pairs.person.size)]
    for e, before in pairs.steps.tolist():
        below[e] |= {before} | below[before]
    return below
