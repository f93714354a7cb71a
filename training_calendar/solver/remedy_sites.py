"""Where and when a module could still be attended beside a calendar, at what price."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from training_calendar.solver.explain import Rest, useful, window
from training_calendar.solver.facts import CLASSROOM, EXTERNAL, UNKNOWN, Instance

MOST_DAYS, FEWEST_DAYS = 400, 20
"""First days looked at for one module and lack, spread over the horizon: in all regions together,
and in each of them at least."""
SPARE = 4
"""People known for a group beyond the smallest, so that it does not hang on one station."""
NEW = -2
"""In the place of a venue, trainer or offer: one that does not exist yet."""


@dataclass(frozen=True, slots=True)
class Site:
    """One place and time for one more person: a session that is held, or one more session.

    joined : position of the session in `rest.placed`; -1 a session that is not held yet
    venue, trainer, offer : positions; -1 none is needed, NEW one would have to be found
    region : -1 online; others : people who would fill the smallest group, and SPARE more
    cost : of the session and its others, the person left out [money]
    """

    module: int
    first: int
    last: int
    region: int
    joined: int = -1
    venue: int = -1
    trainer: int = -1
    offer: int = -1
    others: tuple[int, ...] = ()
    cost: float = 0.0
    lacks: str = ""

    @property
    def days(self) -> range:
        return range(self.first, self.last + 1)


def seat_cost(instance: Instance, site: Site, person: int) -> float:
    """What one more person costs there: the place, and the trip from another region [money]."""
    home = int(instance.stations.region[instance.staff.station[person]])
    return float(instance.modules.cost_seat[site.module]) + trip_cost(instance, site, home)


def trip_cost(instance: Instance, site: Site, home: int) -> float:
    """Trip and subsistence of who comes from a region; none online or at home [money]."""
    if site.region in (-1, home):
        return 0.0
    away = instance.parameters.per_diem * len(site.days)
    return float(instance.regions.trip[home, site.region]) + away


def ready_day(instance: Instance, rest: Rest, module: int) -> np.ndarray:
    """N: the first day on which each may begin the module; the horizon's length is never."""
    never = instance.horizon.length
    ready = np.zeros(len(instance.staff.ids), dtype=np.int64)
    for before in np.flatnonzero(instance.modules.requires[module]):
        after = np.minimum(rest.done[:, before] + 1, never)
        ready = np.maximum(ready, np.where(instance.waived[:, before], 0, after))
    return ready


@dataclass(frozen=True, slots=True, eq=False)
class SiteTable:
    """The sites of one module, and what of them is the same for everybody, site by site.

    first, last, year : S; money : S, left for it [money]; lacking : S, things that lack
    cost : S, with the place of one more person, without the trip [money]
    trips : regions x S [money]
    shut, peak, black : stations x S, no cover left, in a busy month, nobody may leave
    ready : N, the first day on which each may begin the module
    """

    sites: tuple[Site, ...]
    first: np.ndarray
    last: np.ndarray
    year: np.ndarray
    money: np.ndarray
    lacking: np.ndarray
    cost: np.ndarray
    trips: np.ndarray
    shut: np.ndarray
    peak: np.ndarray
    black: np.ndarray
    ready: np.ndarray

    @property
    def latest(self) -> int:
        """The last day on which one of them begins; -1 where there is none."""
        return int(self.first.max(initial=-1))


def site_table(instance: Instance, rest: Rest, module: int, left: np.ndarray) -> SiteTable:
    """All sites of a module: sessions that are held, then sessions that could be."""
    crowd = _Crowd(instance, rest, module, left)
    bare = (*_joined(instance, rest, module), *_bare(instance, rest, module))
    sites = tuple(crowd.filled(site) for site in bare)
    first = np.array([site.first for site in sites], dtype=np.int64)
    length, horizon = int(instance.modules.duration[module]), instance.horizon
    small = [site.joined < 0 and 1 + len(site.others) < crowd.least for site in sites]
    lacks = [bool(site.lacks) for site in sites]
    trips = [
        [trip_cost(instance, site, home) for site in sites]
        for home in range(len(instance.regions.ids))
    ]
    seat = float(instance.modules.cost_seat[module])
    return SiteTable(
        sites=sites,
        first=first,
        last=np.array([site.last for site in sites], dtype=np.int64),
        year=horizon.year[first],
        money=rest.till.left(module, first),
        lacking=np.array(lacks, dtype=float) + np.array(small, dtype=float),
        cost=np.array([site.cost for site in sites], dtype=float) + seat,
        trips=np.array(trips, dtype=float).reshape(len(instance.regions.ids), len(sites)),
        shut=~window(rest.room > 0, length)[:, first],
        peak=~window(~instance.busy, length)[:, first],
        black=~window(~instance.stations.black, length)[:, first],
        ready=ready_day(instance, rest, module),
    )


def _joined(instance: Instance, rest: Rest, module: int) -> list[Site]:
    """Sessions that are held: with a place left, or full."""
    return [
        Site(
            module, s.first, s.last, s.region, at, s.venue, s.trainer, s.offer,
            lacks="" if len(s.staff) < s.capacity else "place",
        )
        for at, s in enumerate(rest.placed)
        if s.module == module and not (s.session.pinned and not s.session.open)
    ]  # fmt: skip


def _bare(instance: Instance, rest: Rest, module: int) -> list[Site]:
    """Sessions not held yet, without people."""
    if instance.modules.mode[module] == EXTERNAL:
        return _offered(instance, rest, module)
    length = int(instance.modules.duration[module])
    able = np.flatnonzero(instance.instructors.qualified[:, module])
    starts = _open_starts(instance, length)
    led = window(rest.trainer_free[able], length)
    enough = (rest.trainer_days[able] >= length)[:, instance.horizon.quarter[: led.shape[1]]]
    led = (led & enough)[:, starts]
    if instance.modules.mode[module] != CLASSROOM:
        return _without_room(instance, module, starts, able, led)
    return _in_rooms(instance, rest, module, starts, able, led)


def _open_starts(instance: Instance, length: int) -> np.ndarray:
    """First days from which all days are open and lie in one week."""
    horizon = instance.horizon
    whole = window(horizon.open[None, :], length)[0]
    last = np.arange(whole.size) + length - 1
    fits = whole & (horizon.week[: whole.size] == horizon.week[last])
    return np.asarray(np.flatnonzero(fits))


def spread(positions: np.ndarray, regions: int = 1) -> np.ndarray:
    """As many of the positions as one of so many regions is looked at on, evenly."""
    most = max(FEWEST_DAYS, MOST_DAYS // max(1, regions))
    if positions.size <= most:
        return positions
    return np.asarray(positions[np.linspace(0, positions.size - 1, most).astype(int)])


def _without_room(
    instance: Instance, module: int, starts: np.ndarray, able: np.ndarray, led: np.ndarray
) -> list[Site]:
    last = int(instance.modules.duration[module]) - 1
    fixed = float(instance.modules.cost_session[module])
    out = []
    for at in spread(np.flatnonzero(led.any(axis=0))):
        trainer, first = int(able[np.argmax(led[:, at])]), int(starts[at])
        out.append(Site(module, first, first + last, -1, trainer=trainer, cost=fixed))
    for at in spread(np.flatnonzero(~led.any(axis=0))):
        first = int(starts[at])
        out.append(Site(module, first, first + last, -1, trainer=NEW, cost=fixed, lacks="trainer"))
    return out


def _in_rooms(
    instance: Instance,
    rest: Rest,
    module: int,
    starts: np.ndarray,
    able: np.ndarray,
    led: np.ndarray,
) -> list[Site]:
    """Region by region: rooms and trainers free together, and days on which one of them lacks."""
    venues, length = instance.venues, int(instance.modules.duration[module])
    kind = instance.modules.venue_kind[module]
    alike = np.array([k == kind for k in venues.kind], dtype=bool)
    prices = venues.cost_day[alike]
    dear = np.inf
    out: list[Site] = []
    homes = np.unique(instance.stations.region)
    places = np.unique(np.concatenate([venues.region[alike], homes]))
    for region in places:
        rooms = np.flatnonzero(alike & (venues.region == region))
        free = window(rest.venue_free[rooms], length)[:, starts]
        here, taught = np.asarray(free.any(axis=0)), np.asarray(led.any(axis=0))
        fee = _trainer_trips(instance, able, int(region), length)
        for names, days in (
            ("", here & taught), ("trainer", here & ~taught), ("venue", ~here & taught),
        ):  # fmt: skip
            for at in spread(np.flatnonzero(days), places.size):
                room, trainer, cost = NEW, NEW, 0.0
                if here[at]:
                    price = np.where(free[:, at], venues.cost_day[rooms], dear)
                    room = int(rooms[np.argmin(price)])
                    cost += float(price.min()) * length
                else:
                    cost += float(prices.min(initial=dear) if prices.size else 0.0) * length
                if taught[at]:
                    trips = np.where(led[:, at], fee, dear)
                    trainer = int(able[np.argmin(trips)])
                    cost += float(trips.min())
                first = int(starts[at])
                cost += float(instance.modules.cost_session[module])
                out.append(
                    Site(
                        module, first, first + length - 1, int(region), -1, room, trainer,
                        cost=cost, lacks=names,
                    )
                )  # fmt: skip
    return out


def _trainer_trips(instance: Instance, able: np.ndarray, region: int, length: int) -> np.ndarray:
    home = instance.instructors.region[able]
    trip = instance.regions.trip[home, region] + instance.parameters.per_diem * length
    return np.asarray(np.where(home == region, 0.0, trip))


def _offered(instance: Instance, rest: Rest, module: int) -> list[Site]:
    """Runs that others offer and nobody uses; and where there is none, days for a new one."""
    offers = instance.offers
    known = np.flatnonzero(offers.module == module)
    out = [
        Site(
            module, int(offers.first_day[o]), int(offers.last_day[o]), int(offers.region[o]),
            offer=int(o),
        )
        for o in known
        if o not in rest.offers
    ]  # fmt: skip
    length = int(instance.modules.duration[module])
    usual = Counter(offers.region[known].tolist() or instance.stations.region.tolist())
    region = usual.most_common(1)[0][0]
    starts = _open_starts(instance, length)
    return out + [
        Site(module, int(a), int(a) + length - 1, region, offer=NEW, lacks="offer")
        for a in spread(starts)
    ]


class _Crowd:
    """People who would come to one more session of a module without any change."""

    def __init__(self, instance: Instance, rest: Rest, module: int, left: np.ndarray) -> None:
        self.instance, self.rest, self.module = instance, rest, module
        self.partners = instance.partners
        self.least = int(instance.modules.min_seats[module])
        wanted = useful(instance, rest, module, left).any(axis=1)
        from_level = instance.modules.from_level[module]
        low = (rest.level < from_level) & (from_level > 0) & (rest.level != UNKNOWN)
        wanted &= ~low.any(axis=1)
        self.people = np.flatnonzero(wanted)
        self.ready = ready_day(instance, rest, module)[self.people]
        weight = instance.roles.weight[instance.staff.role[self.people]]
        self.gain = (left[self.people] * weight * (instance.modules.to_level[module] > 0)).sum(1)
        self.home = instance.stations.region[instance.staff.station[self.people]]

    def filled(self, site: Site) -> Site:
        """The site with the others who come cheapest."""
        if site.joined >= 0 or self.least <= 1:
            return site
        found = self._others(site)
        named = found[: self.least - 1]
        cost = site.cost + sum(seat_cost(self.instance, site, person) for person in named)
        return Site(
            site.module, site.first, site.last, site.region, site.joined, site.venue,
            site.trainer, site.offer, tuple(found), cost, site.lacks,
        )  # fmt: skip

    def _others(self, site: Site) -> list[int]:
        instance, rest = self.instance, self.rest
        span = slice(site.first, site.last + 1)
        length = len(site.days)
        free = (self.ready <= site.first) & ~rest.taken[self.people, span].any(axis=1)
        free &= ~(rest.leave[self.people, span] | rest.watched[self.people, span]).any(axis=1)
        year = instance.horizon.year[site.first]
        free &= rest.days[self.people, year] + length <= instance.parameters.max_days_staff_year
        week = instance.horizon.week[site.first]
        room, spared = rest.room[:, span].min(axis=1).copy(), rest.weeks.room[:, week].copy()
        order = np.lexsort((-self.gain, self.home != site.region))
        out: list[int] = []
        barred: set[int] = set()
        for at in order[free[order]]:
            station = instance.staff.station[self.people[at]]
            fresh = rest.weeks.count[self.people[at], week] == 0
            if room[station] <= 0 or spared[station] < fresh or int(self.people[at]) in barred:
                continue
            barred.update(self.partners.get(int(self.people[at]), ()))
            room[station] -= 1
            spared[station] -= fresh
            out.append(int(self.people[at]))
            if len(out) == self.least + SPARE:
                break
        return out
