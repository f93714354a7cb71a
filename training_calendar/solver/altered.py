"""A planning problem with one thing changed: more money, a trainer, a room, a rule relaxed."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from training_calendar.solver.facts import EXTERNAL, Instance


def with_money(instance: Instance, quarter: int, amount: float) -> Instance:
    """A quarter with so much more money; less where the amount is negative, never below 0."""
    budget = instance.horizon.budget.copy()
    budget[quarter] = max(0.0, budget[quarter] + amount)
    return replace(instance, horizon=replace(instance.horizon, budget=budget))


def without_source(instance: Instance, key: str) -> Instance:
    """A source whose money is bound gives none; the budgets stay."""
    amount = instance.earmarks.amount.copy()
    amount[:, [name == key for name in instance.earmarks.ids]] = 0.0
    return replace(instance, earmarks=replace(instance.earmarks, amount=amount))


def without_travel(instance: Instance) -> Instance:
    """Nobody can afford a trip: whoever would leave the own region stays at home."""
    dear = float(instance.horizon.budget.sum()) + 1.0
    trip = np.where(np.eye(len(instance.regions.ids), dtype=bool), instance.regions.trip, dear)
    return replace(instance, regions=replace(instance.regions, trip=trip))


def without_offers(instance: Instance, ids: Iterable[str]) -> Instance:
    """Some dated offers of others fall away."""
    gone, offers = set(ids), instance.offers
    kept = np.array([key not in gone for key in offers.ids], dtype=bool)
    left = replace(
        offers,
        ids=tuple(key for key in offers.ids if key not in gone),
        module=offers.module[kept],
        first_day=offers.first_day[kept],
        last_day=offers.last_day[kept],
        seats=offers.seats[kept],
        region=offers.region[kept],
    )
    return replace(instance, offers=left)


def with_trainer(
    instance: Instance,
    key: str,
    *,
    region: int,
    modules: Iterable[int],
    days_quarter: int,
    days: range | None = None,
) -> Instance:
    """One more trainer for some modules; there on some days only, or on every open day."""
    trainers, horizon = instance.instructors, instance.horizon
    qualified = np.zeros((1, len(instance.modules.ids)), dtype=bool)
    qualified[0, list(modules)] = True
    more = replace(
        trainers,
        ids=(*trainers.ids, key),
        region=np.append(trainers.region, region),
        max_days_quarter=np.append(trainers.max_days_quarter, days_quarter),
        qualified=np.concatenate([trainers.qualified, qualified]),
        available=np.concatenate([trainers.available, _days_of(horizon.open, days)]),
    )
    return replace(instance, instructors=more)


def with_venue(
    instance: Instance,
    key: str,
    *,
    region: int,
    kind: str,
    capacity: int,
    cost_day: float,
    days: range | None = None,
) -> Instance:
    """One more room of a kind; there on some days only, or on every open day."""
    venues = instance.venues
    more = replace(
        venues,
        ids=(*venues.ids, key),
        region=np.append(venues.region, region),
        kind=(*venues.kind, kind),
        capacity=np.append(venues.capacity, capacity),
        cost_day=np.append(venues.cost_day, float(cost_day)),
        available=np.concatenate([venues.available, _days_of(instance.horizon.open, days)]),
    )
    return replace(instance, venues=more)


def _days_of(open_days: np.ndarray, days: range | None) -> np.ndarray:
    row = open_days.copy()
    if days is not None:
        row[: days.start] = False
        row[days.stop :] = False
    return row[None, :]


def with_offer(
    instance: Instance, key: str, *, module: int, days: range, seats: int, region: int
) -> Instance:
    """One more run of an external module, on given dates."""
    offers = instance.offers
    more = replace(
        offers,
        ids=(*offers.ids, key),
        module=np.append(offers.module, module),
        first_day=np.append(offers.first_day, days.start),
        last_day=np.append(offers.last_day, days.stop - 1),
        seats=np.append(offers.seats, seats),
        region=np.append(offers.region, region),
    )
    return replace(instance, offers=more)


def with_course(
    instance: Instance, key: str, *, competency: int, level: int, length: int
) -> Instance:
    """One more external module that leads to a level of one competency, open to every role."""
    modules = instance.modules
    count, roles = len(modules.ids), len(instance.roles.ids)
    leads = np.zeros((1, modules.to_level.shape[1]), dtype=modules.to_level.dtype)
    leads[0, competency] = level
    requires = np.zeros((count + 1, count + 1), dtype=bool)
    requires[:count, :count] = modules.requires
    qualified = np.zeros((len(instance.instructors.ids), 1), dtype=bool)
    more = replace(
        modules,
        ids=(*modules.ids, key),
        mode=np.append(modules.mode, EXTERNAL),
        duration=np.append(modules.duration, length),
        min_seats=np.append(modules.min_seats, 1),
        max_seats=np.append(modules.max_seats, 1),
        cost_session=np.append(modules.cost_session, 0.0),
        cost_seat=np.append(modules.cost_seat, 0.0),
        venue_kind=(*modules.venue_kind, ""),
        to_level=np.concatenate([modules.to_level, leads]),
        from_level=np.concatenate([modules.from_level, np.zeros_like(leads)]),
        requires=requires,
        audience=np.concatenate([modules.audience, np.ones((1, roles), dtype=bool)]),
    )
    trainers = instance.instructors
    known = np.concatenate([trainers.qualified, qualified], axis=1)
    return replace(instance, modules=more, instructors=replace(trainers, qualified=known))


def with_group(
    instance: Instance, module: int, *, least: int | None = None, most: int | None = None
) -> Instance:
    """A module with another smallest or largest group."""
    modules = instance.modules
    low, high = modules.min_seats.copy(), modules.max_seats.copy()
    if least is not None:
        low[module] = least
    if most is not None:
        high[module] = max(int(high[module]), most)
    return replace(instance, modules=replace(modules, min_seats=low, max_seats=high))


def with_places(instance: Instance, *, venue: int, offer: int, places: int) -> Instance:
    """A room or an offer that holds at least so many people; -1 is none."""
    venues, offers = instance.venues, instance.offers
    capacity, seats = venues.capacity.copy(), offers.seats.copy()
    if venue >= 0:
        capacity[venue] = max(int(capacity[venue]), places)
    if offer >= 0:
        seats[offer] = max(int(seats[offer]), places)
    return replace(
        instance, venues=replace(venues, capacity=capacity), offers=replace(offers, seats=seats)
    )


def with_training_days(instance: Instance, most: int) -> Instance:
    """Another limit of training days of one person in a year."""
    return replace(instance, parameters=replace(instance.parameters, max_days_staff_year=most))


def without_leave(instance: Instance, person: int, days: range) -> Instance:
    """One person's leave moved away from some days."""
    leave = instance.staff.leave.copy()
    leave[person, days.start : days.stop] = False
    return replace(instance, staff=replace(instance.staff, leave=leave))


def with_relief(instance: Instance, station: int, days: range, people: int) -> Instance:
    """So many people of relief at a station on some days, and as many more of its own away."""
    stations = instance.stations
    rostered, away = stations.rostered.copy(), stations.max_away.copy()
    rostered[station, days.start : days.stop] += people
    away[station] += people
    return replace(instance, stations=replace(stations, rostered=rostered, max_away=away))


def with_open_months(instance: Instance, station: int, days: range) -> Instance:
    """A station that lets people go in the months of some days, busy or not."""
    peak = instance.stations.peak.copy()
    peak[station, instance.horizon.month[days.start : days.stop] - 1] = False
    return replace(instance, stations=replace(instance.stations, peak=peak))


def with_week_places(instance: Instance, station: int, people: int) -> Instance:
    """A station that lets so many more be in training in one week."""
    most = instance.stations.week_most.copy()
    most[station] += people
    return replace(instance, stations=replace(instance.stations, week_most=most))


def with_stand_in(instance: Instance, person: int) -> Instance:
    """Somebody stands in for a person in what only two of the station hold."""
    kept = (instance.holders != person).all(axis=1)
    return replace(instance, holders=instance.holders[kept])


def with_audience(instance: Instance, module: int, role: int) -> Instance:
    """A module opened to a role."""
    audience = instance.modules.audience.copy()
    audience[module, role] = True
    return replace(instance, modules=replace(instance.modules, audience=audience))


def with_level(instance: Instance, module: int, competency: int, level: int) -> Instance:
    """A module that leads to another level of a competency."""
    to_level = instance.modules.to_level.copy()
    to_level[module, competency] = level
    return replace(instance, modules=replace(instance.modules, to_level=to_level))
