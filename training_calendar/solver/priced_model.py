"""The priced plan of one instance: what it may choose from, its limits, the order of each price."""

from dataclasses import dataclass

import numpy as np

from training_calendar.solver.chances import Pairs, Points, pairs_of, points_of
from training_calendar.solver.facts import EXTERNAL, Instance
from training_calendar.solver.kernel_prices import Chances, Prices, Room, priced_plan
from training_calendar.solver.places import Places, places_of
from training_calendar.solver.spans import Spans, spans_of

RUNG = 4
"""Spans of so many weeks in which steps of a ladder are compared."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """The priced plan of one instance: its pairs, limits, and the order of each price."""

    instance: Instance
    spans: Spans
    rungs: Spans
    places: Places
    chances: Chances
    limit: Prices
    order: Prices

    @property
    def cells(self) -> int:
        """Pairs x spans."""
        return int(self.chances.worth.size)


def model_of(instance: Instance, weeks: int) -> Model:
    """The arrays of the priced plan with spans of so many weeks."""
    spans, rungs = spans_of(instance.horizon, weeks), spans_of(instance.horizon, max(RUNG, weeks))
    pairs, places = pairs_of(instance, spans), places_of(instance, spans)
    points = points_of(instance, pairs)
    chances = _chances(instance, spans, rungs, pairs, points, places)
    limit = _limits(instance, spans, rungs, chances, places)
    return Model(instance, spans, rungs, places, chances, limit, _orders(instance, chances, limit))


def _chances(
    instance: Instance,
    spans: Spans,
    rungs: Spans,
    pairs: Pairs,
    points: Points,
    places: Places,
) -> Chances:
    modules, station = instance.modules, instance.staff.station[pairs.person]
    last = [int(np.flatnonzero(spans.of_day == t)[-1]) for t in range(spans.count)]
    return Chances(
        quarter=spans.quarter,
        year=spans.year - spans.year[0],
        rung=rungs.of_day[last],
        worth=pairs.worth,
        module_ptr=pairs.module_ptr,
        person=pairs.person,
        station=station,
        home=instance.stations.region[station],
        points=points.own,
        shared_ptr=points.shared_ptr,
        shared=points.shared,
        shared_points=points.shared_points,
        step=pairs.steps,
        place_ptr=places.ptr,
        place_region=places.region,
        place_seats=places.seats,
        place_room=places.room,
        place_cost=places.cost,
        place_sessions=places.sessions,
        leads=places.leads,
        away=pairs.away,
        length=modules.duration.astype(np.float64),
        seat_cost=modules.cost_seat.astype(np.float64),
        least=modules.min_seats.astype(np.int64),
        led=modules.mode != EXTERNAL,
        trip=instance.regions.trip.astype(np.float64),
        per_diem=float(instance.parameters.per_diem),
        weight_of_money=float(instance.parameters.lambda_cost),
    )


def _limits(
    instance: Instance, spans: Spans, rungs: Spans, chances: Chances, places: Places
) -> Prices:
    """How much there is of everything that has a price."""
    horizon, trainers = instance.horizon, instance.instructors
    room = np.maximum(instance.room, 0) * (horizon.open & ~instance.shut)
    people, years = len(instance.staff.ids), int(chances.year[-1]) + 1
    free = (trainers.available[:, None, :] & spans.reach[None]).sum(axis=2)
    quarters = len(horizon.quarter_ids)
    return Prices(
        money=horizon.budget.astype(np.float64),
        cover=room.astype(np.float64) @ spans.reach.T.astype(np.float64),
        days=np.full((people, years), float(instance.parameters.max_days_staff_year)),
        room=places.rooms,
        trainer=free.astype(np.float64),
        trainer_quarter=np.repeat(trainers.max_days_quarter[:, None], quarters, 1).astype(float),
        once=np.ones(chances.person.size),
        point=np.ones(chances.shared_points.size),
        ladder=np.zeros((len(chances.step), rungs.count)),
    )


def _orders(instance: Instance, chances: Chances, limit: Prices) -> Prices:
    """What each price is of the order of: steps are taken in this measure."""
    reach = _reach(chances)
    days = chances.length[_module_of(chances)]
    a_day = float((reach / days).mean()) if reach.size else 1.0
    full = {name: np.ones_like(part) for name, part in limit._asdict().items()}
    full["money"] *= 2 * max(instance.parameters.lambda_cost, 1e-6)
    for name, share in (("cover", 0.2), ("days", 0.2), ("room", 2.0), ("trainer", 2.0)):
        full[name] *= share * a_day
    full["trainer_quarter"] *= 2.0 * a_day
    full["once"] = np.maximum(0.5 * reach, 0.1)
    full["point"] = 0.5 * chances.shared_points
    full["ladder"] *= (0.5 * reach[chances.step[:, 0]] / max(1, limit.ladder.shape[1]))[:, None]
    return Prices(**full)


def _module_of(chances: Chances) -> np.ndarray:
    return np.repeat(np.arange(chances.length.size), np.diff(chances.module_ptr))


def _reach(chances: Chances) -> np.ndarray:
    """E: all points that a pair could close."""
    owner = np.repeat(np.arange(chances.points.size), np.diff(chances.shared_ptr))
    shared = chances.shared_points[chances.shared]
    together = np.bincount(owner, weights=shared, minlength=chances.points.size)
    return np.asarray(chances.points + together)


def value_at(model: Model, prices: Prices, room: Room) -> tuple[float, Prices]:
    """The bound that the prices prove, and what the priced plan leaves of each limit."""
    left = Prices(*(part.copy() for part in model.limit))
    own = sum(float((part * price).sum()) for part, price in zip(model.limit, prices, strict=True))
    return own + float(priced_plan(model.chances, prices, left, room)), left


def room_for(chances: Chances, rungs: int) -> Room:
    """Where the kernels write."""
    pairs = chances.points.size
    most = int(np.diff(chances.module_ptr).max(initial=0))
    return Room(
        toll=np.zeros((pairs, rungs)),
        taken=np.zeros((pairs, rungs)),
        base=np.zeros(most),
        value=np.zeros(most),
        who=np.zeros(most, dtype=np.int64),
        chosen=np.zeros(most, dtype=np.int64),
        left=np.zeros(chances.away.shape[1], dtype=np.int64),
    )
