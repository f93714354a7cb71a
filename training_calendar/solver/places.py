"""Where each module can be held, what a session costs there, and how many there can be."""

from dataclasses import dataclass

import numpy as np

from training_calendar.solver.facts import CLASSROOM, EXTERNAL, Instance
from training_calendar.solver.spans import Spans, most_sessions, rooms_for


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Places of each module; see `kernel_prices.Chances`.

    rooms : V x T, days that rooms of a kind in a region are free [days]
    room_keys : kind and region of each row of `rooms`
    """

    ptr: np.ndarray
    region: np.ndarray
    seats: np.ndarray
    room: np.ndarray
    cost: np.ndarray
    sessions: np.ndarray
    leads: np.ndarray
    rooms: np.ndarray
    room_keys: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class _Place:
    region: int
    seats: int
    room: int
    cost: np.ndarray
    sessions: np.ndarray


def places_of(instance: Instance, spans: Spans) -> Places:
    """Venues of one region, price and size are one place; so are offers of one region and size."""
    venues = instance.venues
    kinds = zip(venues.kind, venues.region.tolist(), strict=True)
    keys = tuple(sorted(set(kinds)))
    led = _led(instance, spans)
    found, ptr = [], [0]
    for module in range(len(instance.modules.ids)):
        mode = instance.modules.mode[module]
        if mode == EXTERNAL:
            found += _offered(instance, spans, module)
        elif mode == CLASSROOM:
            found += _in_rooms(instance, spans, module, led[module].sum(axis=0), keys)
        else:
            most = int(instance.modules.max_seats[module])
            cost = _cost(instance, module, -1, 0.0)
            found.append(_Place(-1, most, -1, cost, led[module].sum(axis=0)))
        ptr.append(len(found))
    return Places(
        ptr=np.array(ptr),
        region=np.array([p.region for p in found], dtype=np.int64),
        seats=np.array([p.seats for p in found], dtype=np.int64),
        room=np.array([p.room for p in found], dtype=np.int64),
        cost=np.array([p.cost for p in found]).reshape(
            len(found), max(1, len(instance.instructors.ids))
        ),
        sessions=np.array([p.sessions for p in found], dtype=np.int64).reshape(-1, spans.count),
        leads=led > 0,
        rooms=_room_days(instance, spans, keys),
        room_keys=keys,
    )


def _led(instance: Instance, spans: Spans) -> np.ndarray:
    """M x I x T: the most sessions of a module that each instructor can lead."""
    trainers, modules = instance.instructors, instance.modules
    led = np.zeros((len(modules.ids), len(trainers.ids), spans.count), dtype=np.int64)
    for length in np.unique(modules.duration).tolist():
        same = np.flatnonzero((modules.duration == length) & (modules.mode != EXTERNAL))
        for i, free in enumerate(trainers.available):
            most = most_sessions(free, spans, instance.horizon.week, length)
            led[same, i] = trainers.qualified[i, same][:, None] * most
    return led


def _cost(instance: Instance, module: int, region: int, room: float) -> np.ndarray:
    """I: what a session costs with each instructor, seats apart [money]."""
    trainers, days = instance.instructors, int(instance.modules.duration[module])
    cost = np.full(max(1, len(trainers.ids)), instance.modules.cost_session[module] + days * room)
    if region >= 0 and len(trainers.ids):
        away = trainers.region != region
        trip = instance.regions.trip[trainers.region, region] + instance.parameters.per_diem * days
        cost += np.where(away, trip, 0.0)
    return cost


def _in_rooms(
    instance: Instance,
    spans: Spans,
    module: int,
    led: np.ndarray,
    keys: tuple[tuple[str, int], ...],
) -> list[_Place]:
    venues, modules = instance.venues, instance.modules
    alike: dict[tuple[int, float, int], np.ndarray] = {}
    for v in rooms_for(instance, module):
        key = int(venues.region[v]), float(venues.cost_day[v]), int(venues.capacity[v])
        length, week = int(modules.duration[module]), instance.horizon.week
        most = most_sessions(venues.available[v], spans, week, length)
        alike[key] = alike.get(key, 0) + most
    return [
        _Place(
            region,
            min(size, int(modules.max_seats[module])),
            keys.index((modules.venue_kind[module], region)),
            _cost(instance, module, region, price),
            np.minimum(most, led),
        )
        for (region, price, size), most in sorted(alike.items())
    ]


def _offered(instance: Instance, spans: Spans, module: int) -> list[_Place]:
    offers, modules = instance.offers, instance.modules
    own = np.flatnonzero(offers.module == module)
    alike: dict[tuple[int, int], np.ndarray] = {}
    for o in own:
        key = int(offers.region[o]), int(offers.seats[o])
        sessions = alike.setdefault(key, np.zeros(spans.count, dtype=np.int64))
        sessions[spans.of_day[offers.first_day[o]]] += 1
    nothing = np.zeros(max(1, len(instance.instructors.ids)))
    most = int(modules.max_seats[module])
    return [
        _Place(region, min(size, most), -1, nothing, sessions)
        for (region, size), sessions in sorted(alike.items())
    ]


def _room_days(instance: Instance, spans: Spans, keys: tuple[tuple[str, int], ...]) -> np.ndarray:
    days = np.zeros((max(1, len(keys)), spans.count))
    venues = instance.venues
    for v, key in enumerate(zip(venues.kind, venues.region.tolist(), strict=True)):
        days[keys.index(key)] += (venues.available[v] & spans.reach).sum(axis=1)
    return days
