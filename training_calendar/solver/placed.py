"""Sessions in positions instead of ids, and what each of them costs."""

from collections.abc import Iterable
from dataclasses import dataclass

from training_calendar.solver.facts import CLASSROOM, EXTERNAL, Instance, Session


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """One session in positions; -1 where an id is empty or names nothing.

    region : of the venue or the offer; -1 if online or unknown
    capacity : places by module and room or offer [persons]
    staff : positions of the people who are known
    cost, travel : [money]
    """

    session: Session
    module: int
    first: int
    last: int
    venue: int
    trainer: int
    offer: int
    region: int
    capacity: int
    staff: tuple[int, ...]
    cost: float
    travel: float

    @property
    def days(self) -> range:
        """The days it takes, as day numbers."""
        return range(self.first, self.last + 1)


def positions(ids: tuple[str, ...]) -> dict[str, int]:
    """The position of each id."""
    return {key: at for at, key in enumerate(ids)}


def placed_sessions(instance: Instance, sessions: Iterable[Session]) -> tuple[Placed, ...]:
    """The sessions of a known module whose days lie within the horizon, in the order given."""
    module, person = positions(instance.modules.ids), positions(instance.staff.ids)
    venue, offer = positions(instance.venues.ids), positions(instance.offers.ids)
    trainer = positions(instance.instructors.ids)
    out = []
    for session in sessions:
        m = module.get(session.module_id, -1)
        first = instance.horizon.day_of(session.start_date)
        last = instance.horizon.day_of(session.end_date)
        if m < 0 or not 0 <= first <= last < instance.horizon.length:
            continue
        mode = int(instance.modules.mode[m])
        v = venue.get(session.venue_id, -1) if mode == CLASSROOM else -1
        o = offer.get(session.venue_id, -1) if mode == EXTERNAL else -1
        i = trainer.get(session.instructor_id, -1) if mode != EXTERNAL else -1
        staff = tuple(person[who] for who in session.staff_ids if who in person)
        out.append(_placed(instance, session, (m, first, last, v, i, o), staff))
    return tuple(out)


def _placed(
    instance: Instance,
    session: Session,
    where: tuple[int, int, int, int, int, int],
    staff: tuple[int, ...],
) -> Placed:
    m, first, last, v, i, o = where
    region, capacity = -1, int(instance.modules.max_seats[m])
    if o >= 0:
        region = int(instance.offers.region[o])
        capacity = min(capacity, int(instance.offers.seats[o]))
    elif v >= 0:
        region = int(instance.venues.region[v])
        capacity = min(capacity, int(instance.venues.capacity[v]))
    length = last - first + 1
    travel = _travel(instance, region, length, i, staff)
    cost = float(instance.modules.cost_seat[m]) * len(staff) + travel
    if instance.modules.mode[m] != EXTERNAL:
        cost += float(instance.modules.cost_session[m])
    if v >= 0:
        cost += float(instance.venues.cost_day[v]) * length
    return Placed(session, m, first, last, v, i, o, region, capacity, staff, cost, travel)


def _travel(
    instance: Instance, region: int, length: int, trainer: int, staff: tuple[int, ...]
) -> float:
    """Trips and days away of everybody who comes from another region [money]."""
    if region < 0:
        return 0.0
    homes = [int(instance.stations.region[instance.staff.station[i]]) for i in staff]
    if trainer >= 0:
        homes.append(int(instance.instructors.region[trainer]))
    away = instance.parameters.per_diem * length
    trip = instance.regions.trip
    return sum(float(trip[home, region]) + away for home in homes if home != region)
