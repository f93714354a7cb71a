"""The best plan of a very small instance, proven by CP-SAT on one model of all its rules.

Levels that a module starts from are not modelled, nor is the smooth term: what is proven is the
largest value less cost, which is the largest z where `lambda_smooth` is 0, and no less elsewhere.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from ortools.sat.python import cp_model

from training_calendar.solver.facts import CLASSROOM, EXTERNAL, Instance, Session

FINE = 10_000
"""Points are counted in so many parts, money in hundredths."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The best value found, what CP-SAT proves, and whether the two meet."""

    z: float
    ceiling: float
    proven: bool
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A session that could be held."""

    module: int
    first: int
    last: int
    venue: int
    offer: int
    trainer: int


def held(instance: Instance) -> list[Held]:
    """Every session that the calendar, a venue and an instructor, or an offer, allow."""
    found = []
    horizon, modules, offers = instance.horizon, instance.modules, instance.offers
    for m, length in enumerate(modules.duration.tolist()):
        if modules.mode[m] == EXTERNAL:
            own = [(int(offers.first_day[o]), o) for o in np.flatnonzero(offers.module == m)]
            ways = [(a, -1, int(o), -1) for a, o in own if offers.last_day[o] == a + length - 1]
        else:
            rooms = range(len(instance.venues.ids)) if modules.mode[m] == CLASSROOM else [-1]
            leaders = np.flatnonzero(instance.instructors.qualified[:, m]).tolist()
            days = range(horizon.length - length + 1)
            ways = [(a, v, -1, i) for a, v, i in product(days, rooms, leaders)]
        for a, v, o, i in ways:
            s = Held(m, a, a + length - 1, v, o, i)
            if _possible(instance, s):
                found.append(s)
    return found


def _possible(instance: Instance, s: Held) -> bool:
    days = slice(s.first, s.last + 1)
    fits = instance.horizon.week[s.first] == instance.horizon.week[s.last]
    fits &= instance.horizon.open[days].all()
    if s.venue >= 0:
        fits &= instance.venues.kind[s.venue] == instance.modules.venue_kind[s.module]
        fits &= instance.venues.available[s.venue, days].all()
    if s.trainer >= 0:
        fits &= instance.instructors.available[s.trainer, days].all()
    return bool(fits)


def proven_best(instance: Instance, effort: float = 60.0) -> Proof:
    """The best plan, within an effort of CP-SAT's deterministic time."""
    model = cp_model.CpModel()
    sessions = held(instance)
    runs = [model.new_bool_var("") for _ in sessions]
    seat = _seats(model, instance, sessions, runs)
    _capacities(model, instance, sessions, runs)
    _people(model, instance, sessions, seat)
    model.maximize(
        _worth(model, instance, sessions, seat) - _cost(model, instance, sessions, runs, seat)
    )
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = effort
    status = solver.solve(model)
    assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    plan = []
    for n, s in enumerate(sessions):
        if solver.value(runs[n]):
            who = [i for (i, k), flag in seat.items() if k == n and solver.value(flag)]
            plan.append(_session(instance, n, s, who))
    return Proof(
        solver.objective_value / FINE,
        solver.best_objective_bound / FINE,
        status == cp_model.OPTIMAL,
        tuple(plan),
    )


def _seats(model, instance, sessions, runs):  # type: ignore[no-untyped-def]
    """Who could sit where, within the smallest group and the places."""
    staff, modules = instance.staff, instance.modules
    black = instance.stations.black[staff.station]
    seat = {}
    for n, s in enumerate(sessions):
        days = slice(s.first, s.last + 1)
        for i in range(len(staff.ids)):
            free = not (staff.leave[i, days] | black[i, days]).any()
            if free and modules.audience[s.module, staff.role[i]]:
                seat[i, n] = model.new_bool_var("")
        places = int(modules.max_seats[s.module])
        if s.venue >= 0:
            places = min(places, int(instance.venues.capacity[s.venue]))
        if s.offer >= 0:
            places = min(places, int(instance.offers.seats[s.offer]))
        own = sum(flag for (_, k), flag in seat.items() if k == n)
        model.add(own >= int(modules.min_seats[s.module]) * runs[n])
        model.add(own <= places * runs[n])
    return seat


def _capacities(model, instance, sessions, runs):  # type: ignore[no-untyped-def]
    """A venue and an instructor have one session a day; an offer is used once."""
    for day in range(instance.horizon.length):
        now = [n for n, s in enumerate(sessions) if s.first <= day <= s.last]
        for part in ("venue", "trainer"):
            for key in {getattr(sessions[n], part) for n in now} - {-1}:
                model.add(sum(runs[n] for n in now if getattr(sessions[n], part) == key) <= 1)
    for o in range(len(instance.offers.ids)):
        model.add(sum(runs[n] for n, s in enumerate(sessions) if s.offer == o) <= 1)
    for i, most in enumerate(instance.instructors.max_days_quarter.tolist()):
        for q in range(len(instance.horizon.quarter_ids)):
            own = [
                n for n, s in enumerate(sessions) if s.trainer == i and _quarter(instance, s) == q
            ]
            days = sum((sessions[n].last - sessions[n].first + 1) * runs[n] for n in own)
            model.add(days <= most)


def _quarter(instance: Instance, s: Held) -> int:
    return int(instance.horizon.quarter[s.first])


def _people(model, instance, sessions, seat):  # type: ignore[no-untyped-def]
    """Once a module, one session a day, days a year, steps first, and the cover of stations."""
    staff, horizon, modules = instance.staff, instance.horizon, instance.modules
    by_person = {i: [n for (j, n) in seat if j == i] for i in range(len(staff.ids))}
    for i, own in by_person.items():
        for m in range(len(modules.ids)):
            model.add(sum(seat[i, n] for n in own if sessions[n].module == m) <= 1)
        for day in range(horizon.length):
            now = [seat[i, n] for n in own if sessions[n].first <= day <= sessions[n].last]
            model.add(sum(now) <= 1)
        for year in range(len(horizon.years)):
            taken = [n for n in own if horizon.year[sessions[n].first] == year]
            days = sum((sessions[n].last - sessions[n].first + 1) * seat[i, n] for n in taken)
            model.add(days <= instance.parameters.max_days_staff_year)
        for n in own:
            for before in np.flatnonzero(modules.requires[sessions[n].module]):
                if not instance.waived[i, before]:
                    earlier = [
                        seat[i, k]
                        for k in own
                        if sessions[k].module == before and sessions[k].last < sessions[n].first
                    ]
                    model.add(seat[i, n] <= sum(earlier))
    for k in range(len(instance.stations.ids)):
        for day in range(horizon.length):
            now = [
                flag
                for (i, n), flag in seat.items()
                if staff.station[i] == k and sessions[n].first <= day <= sessions[n].last
            ]
            model.add(sum(now) <= max(0, int(instance.room[k, day])))


def _worth(model, instance, sessions, seat):  # type: ignore[no-untyped-def]
    """Each open point counts once, at the end of a session that reaches it."""
    staff, modules, horizon = instance.staff, instance.modules, instance.horizon
    terms = []
    for i, c in np.argwhere(instance.gap > 0).tolist():
        weight = int(instance.roles.weight[staff.role[i], c])
        for level in range(int(staff.level[i, c]) + 1, int(instance.required[i, c]) + 1):
            closes = []
            for (j, n), flag in seat.items():
                if j == i and modules.to_level[sessions[n].module, c] >= level:
                    z = model.new_bool_var("")
                    model.add_implication(z, flag)
                    worth = 1 - instance.parameters.discount_beta * sessions[n].last / (
                        horizon.length - 1
                    )
                    terms.append(round(FINE * weight * worth) * z)
                    closes.append(z)
            model.add(sum(closes) <= 1)
    return sum(terms)


def _cost(model, instance, sessions, runs, seat):  # type: ignore[no-untyped-def]
    """The cost of all, in parts of a point; each quarter keeps its budget."""
    weight = instance.parameters.lambda_cost
    quarters = [[] for _ in instance.horizon.quarter_ids]
    for n, s in enumerate(sessions):
        q = _quarter(instance, s)
        quarters[q].append((_fixed(instance, s), runs[n]))
    for (i, n), flag in seat.items():
        q = _quarter(instance, sessions[n])
        quarters[q].append((_of_seat(instance, sessions[n], i), flag))
    for budget, terms in zip(instance.horizon.budget, quarters, strict=True):
        model.add(sum(round(100 * c) * flag for c, flag in terms) <= int(100 * budget + 1e-6))
    return sum(round(FINE * weight * c) * flag for terms in quarters for c, flag in terms)


def _region(instance: Instance, s: Held) -> int:
    if s.venue >= 0:
        return int(instance.venues.region[s.venue])
    return int(instance.offers.region[s.offer]) if s.offer >= 0 else -1


def _way(instance: Instance, s: Held, home: int) -> float:
    region = _region(instance, s)
    if region < 0 or region == home:
        return 0.0
    days = s.last - s.first + 1
    return float(instance.regions.trip[home, region] + instance.parameters.per_diem * days)


def _fixed(instance: Instance, s: Held) -> float:
    if s.offer >= 0:
        return 0.0
    cost = float(instance.modules.cost_session[s.module])
    if s.venue >= 0:
        cost += float(instance.venues.cost_day[s.venue]) * (s.last - s.first + 1)
    return cost + _way(instance, s, int(instance.instructors.region[s.trainer]))


def _of_seat(instance: Instance, s: Held, person: int) -> float:
    home = int(instance.stations.region[instance.staff.station[person]])
    return float(instance.modules.cost_seat[s.module]) + _way(instance, s, home)


def _session(instance: Instance, n: int, s: Held, who: list[int]) -> Session:
    venue = instance.venues.ids[s.venue] if s.venue >= 0 else ""
    return Session(
        session_id=f"s{n}",
        module_id=instance.modules.ids[s.module],
        start_date=instance.horizon.date_of(s.first),
        end_date=instance.horizon.date_of(s.last),
        venue_id=instance.offers.ids[s.offer] if s.offer >= 0 else venue,
        instructor_id=instance.instructors.ids[s.trainer] if s.trainer >= 0 else "",
        staff_ids=tuple(instance.staff.ids[i] for i in who),
    )
