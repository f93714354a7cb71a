"""The roster of the local search: made once for an instance, loaded from a plan, read back."""

import numpy as np

from training_calendar.solver.facts import Instance
from training_calendar.solver.kernel_data import UNRATED, Array, Problem
from training_calendar.solver.kernel_roster import SLOTS, Roster

STEPS_A_PLACE, SPARE = 400, 1000
"""Steps that one move may take, for each place of the widest session, and whatever it is."""
SPARE_SLOTS = 100
"""Slots beyond the sessions that trainers and offers allow, for those a move has just closed."""


def keen_people(instance: Instance, problem: Problem, rated: Array) -> Array:
    """M x N: people whom a module may lift, or lead to a module that does."""
    modules = instance.modules
    keen = np.zeros((len(modules.ids), rated.shape[0]), dtype=bool)
    for m in problem.backwards:
        for e in range(problem.effect_ptr[m], problem.effect_ptr[m + 1]):
            c = problem.effect_competency[e]
            up = np.minimum(problem.effect_to[e], problem.required[problem.role, c])
            keen[m] |= (rated[:, c] != UNRATED) & (up > rated[:, c])
        for j in range(problem.after_ptr[m], problem.after_ptr[m + 1]):
            keen[m] |= keen[problem.after[j]] & ~problem.waived[:, m]
        keen[m] &= problem.audience[m, problem.role]
    return keen


def _by_region(keen: Array, home: Array, regions: int) -> tuple[Array, Array]:
    """M x (R + 1) starts, and the people of each module in the order of their regions."""
    order = np.argsort(home, kind="stable")
    sorted_keen = keen[:, order]
    people = order[np.nonzero(sorted_keen)[1]].astype(np.int64)
    counts = np.stack(
        [sorted_keen[:, home[order] == region].sum(axis=1) for region in range(regions)], axis=1
    )
    ends = np.cumsum(counts.ravel()).reshape(counts.shape)
    starts = np.concatenate([(ends[:, :1] - counts[:, :1]), ends], axis=1)
    return starts.astype(np.int64), people


def roster_for(instance: Instance, problem: Problem, rated: Array, keen: Array) -> Roster:
    """An empty roster, large enough for any calendar; only the `keen` (M x N) take new places."""
    people, modules = rated.shape[0], len(instance.modules.ids)
    slots = int(instance.instructors.available.sum()) + len(instance.offers.ids)
    slots += len(instance.pins) + SPARE_SLOTS
    pinned = max((len(pin.staff_ids) for pin in instance.pins), default=0)
    widest = max(pinned, min(people, int(instance.modules.max_seats.max(initial=0)))) + 1
    days = min(instance.parameters.max_days_staff_year, instance.horizon.length)
    most = min(days * len(instance.horizon.years), modules) + len(instance.pins) + 1
    keen_ptr, listed = _by_region(keen, problem.home, len(instance.regions.ids))
    stations = len(instance.stations.ids)

    def whole(size: int) -> Array:
        return np.zeros(size, dtype=np.int64)

    def flags(size: int) -> Array:
        return np.zeros(size, dtype=bool)

    return Roster(
        alive=flags(slots),
        fixed=flags(slots),
        held=whole(slots),
        module=whole(slots),
        first=whole(slots),
        place=whole(slots),
        trainer=whole(slots),
        region=whole(slots),
        places=whole(slots),
        size=whole(slots),
        people=np.zeros((slots, widest), dtype=np.int32),
        of_count=whole(people),
        of=np.zeros((people, most), dtype=np.int32),
        rated=rated,
        value=np.zeros(people),
        worth=np.zeros((modules, people), dtype=np.int32),
        keen_ptr=keen_ptr,
        keen=listed,
        dirty=whole(people),
        is_dirty=flags(people),
        journal=np.zeros((STEPS_A_PLACE * widest + SPARE, 3), dtype=np.int64),
        free=whole(slots),
        touched=whole(slots),
        is_touched=flags(slots),
        price=np.zeros(len(instance.horizon.quarter_ids)),
        left=whole(stations),
        left_week=whole(stations),
        week_stamp=whole(stations),
        barred=whole(people),
        stamp=whole(stations),
        heap_value=np.zeros(people),
        heap=whole(people),
        picked=whole(people + modules + 1),
        keep=whole(people + modules + 1),
        count=whole(7),
        total=np.zeros(1),
    )


def kept_copy(roster: Roster) -> Roster:
    """A roster that only holds a calendar: the arrays of people and lists are shared."""
    own = ("alive", "module", "first", "place", "trainer", "size", "people", "count")
    return roster._replace(**{name: getattr(roster, name).copy() for name in own})


def content(roster: Roster) -> tuple[Array, Array, Array, Array, Array, Array]:
    """Module, first day, place, trainer, `ptr` and people of the sessions in a roster, by slot."""
    slots = np.flatnonzero(roster.alive[: roster.count[SLOTS]])
    sizes = roster.size[slots]
    ptr = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    seated = np.arange(roster.people.shape[1])[None, :] < sizes[:, None]
    people = roster.people[slots][seated].astype(np.int64)
    return (
        roster.module[slots],
        roster.first[slots],
        roster.place[slots],
        roster.trainer[slots],
        ptr,
        people,
    )
