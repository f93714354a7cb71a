"""What the prices of the bound say is scarce: whose amount is worth most, month by month."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from training_calendar.solver.facts import EXTERNAL
from training_calendar.solver.kernel_prices import (
    Prices,
    Room,
    best_group,
    cheapest_hold,
    set_bases,
    set_tolls,
)
from training_calendar.solver.priced_model import Model
from training_calendar.solver.solution import Scarce

LEAST = 1e-4
"""Share of the bound from which a scarce thing is worth a word."""
Found = Iterator[Scarce]


def scarce_of(model: Model, prices: Prices, room: Room, value: float) -> tuple[Scarce, ...]:
    """The things with a price, those first whose whole amount is worth most."""
    stations, trainers = model.instance.stations.ids, model.instance.instructors.ids
    limit, rents = model.limit, _rents(model, prices, room)
    found = [
        *_money(model, prices),
        *_in_time(model, "cover", stations, prices.cover * limit.cover, limit.cover),
        *_in_time(model, "venue", _room_names(model), rents.room, limit.room),
        *_in_time(model, "instructor", trainers, rents.trainer, limit.trainer),
        *_instructors(model, prices),
        *_days(model, prices),
        *rents.offers,
    ]
    kept = [s for s in found if s.price * s.amount >= LEAST * max(value, 1.0)]
    return tuple(sorted(kept, key=lambda s: (-s.price * s.amount, s.kind, s.key, s.period)))


def _money(model: Model, prices: Prices) -> Found:
    for name, price, budget in zip(
        model.instance.horizon.quarter_ids, prices.money, model.limit.money, strict=True
    ):
        yield Scarce("money", name, "", float(price), float(budget))


def _months(model: Model) -> list[str]:
    horizon, of_day = model.instance.horizon, model.spans.of_day
    first = [int(np.flatnonzero(of_day == t)[0]) for t in range(model.spans.count)]
    return [f"{horizon.date_of(day):%Y-%m}" for day in first]


def _in_time(
    model: Model, kind: str, keys: tuple[str, ...], points: np.ndarray, limit: np.ndarray
) -> Found:
    """By key and month, from the points of each span: the mean over the month's units."""
    months = _months(model)
    for row, key in enumerate(keys):
        worth: dict[str, float] = defaultdict(float)
        amount: dict[str, float] = defaultdict(float)
        for t, month in enumerate(months):
            worth[month] += float(points[row, t])
            amount[month] += float(limit[row, t])
        for month, there in amount.items():
            if there > 0:
                yield Scarce(kind, key, month, worth[month] / there, there)


def _room_names(model: Model) -> tuple[str, ...]:
    regions = model.instance.regions.ids
    return tuple(f"{kind}/{regions[region]}" for kind, region in model.places.room_keys)


def _instructors(model: Model, prices: Prices) -> Found:
    instance = model.instance
    for i, who in enumerate(instance.instructors.ids):
        for q, name in enumerate(instance.horizon.quarter_ids):
            price, days = prices.trainer_quarter[i, q], model.limit.trainer_quarter[i, q]
            yield Scarce("instructor", f"{who}/{name}", "", float(price), float(days))


def _days(model: Model, prices: Prices) -> Found:
    """Training days of the people of a station in a year, at the mean price of one person's."""
    instance = model.instance
    heads = np.bincount(instance.staff.station, minlength=len(instance.stations.ids))
    for year in range(prices.days.shape[1]):
        price = np.bincount(
            instance.staff.station, weights=prices.days[:, year], minlength=heads.size
        )
        for k in np.flatnonzero(heads):
            name = f"{instance.stations.ids[k]}/{instance.horizon.years[year]}"
            there = float(heads[k]) * instance.parameters.max_days_staff_year
            yield Scarce("days", name, "", float(price[k] / heads[k]), there)


@dataclass(slots=True)
class _Rents:
    """What sessions pay above their cost, by what there is too little of to hold one more.

    room, trainer : V x T and I x T, points of all days: those at their price and the dearest rent
    """

    room: np.ndarray
    trainer: np.ndarray
    offers: list[Scarce]


def _rents(model: Model, prices: Prices, room: Room) -> _Rents:
    chances, limit, months = model.chances, model.limit, _months(model)
    rooms, trainers = np.zeros_like(limit.room), np.zeros_like(limit.trainer)
    offers = []
    set_tolls(chances, prices, room)
    for m, o, t in _holdings(model):
        set_bases(chances, prices, room, m, t)
        hold, leader = cheapest_hold(chances, prices, m, t, o)
        profit = float(best_group(chances, prices, room, m, t, o, hold)[0])
        if profit <= 0:
            continue
        sessions, row = int(chances.place_sessions[o, t]), int(chances.place_room[o])
        if model.instance.modules.mode[m] == EXTERNAL:
            seats = int(chances.place_seats[o])
            name = model.instance.modules.ids[m]
            offers.append(Scarce("offer", name, months[t], profit / seats, float(seats * sessions)))
        elif row >= 0 and limit.room[row, t] <= limit.trainer[chances.leads[m, :, t], t].sum():
            rooms[row, t] = max(rooms[row, t], profit * sessions)
        else:
            trainers[leader, t] = max(trainers[leader, t], profit * sessions)
    rooms += prices.room * limit.room
    return _Rents(rooms, trainers + prices.trainer * limit.trainer, offers)


def _holdings(model: Model) -> Iterator[tuple[int, int, int]]:
    """(module, place, span) in which a session can be held and somebody could come."""
    chances = model.chances
    for m in np.flatnonzero(np.diff(chances.module_ptr)).tolist():
        for o in range(chances.place_ptr[m], chances.place_ptr[m + 1]):
            for t in np.flatnonzero(chances.place_sessions[o]).tolist():
                yield m, o, t
