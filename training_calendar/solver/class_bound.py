"""The class bound: one linear programme over classes of staff, whose size no head-count changes."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from training_calendar.solver.classes import Rows, Terms, classes_of, openings
from training_calendar.solver.facts import CLASSROOM, EXTERNAL, Instance
from training_calendar.solver.linear import Answer, solve_linear
from training_calendar.solver.solution import Bound, Scarce

SINGLE_STATIONS = 80
"""Up to so many stations each is its own group for cover; above it region and shift are."""
MONTHS_UP_TO = 400
"""Days of a horizon up to which the periods are months; above it they are budget quarters."""


@dataclass(frozen=True, slots=True, eq=False)
class Periods:
    """The periods of the programme: of each day, and the first quarter and year of each period."""

    of_day: np.ndarray
    names: tuple[str, ...]
    quarter: np.ndarray
    year: np.ndarray
    reach: tuple[np.ndarray, ...]
    """H flags a period: the days that sessions starting in it can take."""

    @property
    def count(self) -> int:
        """Number of periods."""
        return len(self.names)


def periods_of(instance: Instance, coarse: bool = False) -> Periods:
    """Months of a short horizon, quarters of a long one or if asked for."""
    horizon = instance.horizon
    dates = [horizon.date_of(day) for day in range(horizon.length)]
    if horizon.length < MONTHS_UP_TO and not coarse:
        keys = [f"{d:%Y-%m}/{horizon.quarter_ids[q]}" for d, q in _pairs(dates, horizon.quarter)]
    else:
        keys = [f"{d.year}/{horizon.quarter_ids[q]}" for d, q in _pairs(dates, horizon.quarter)]
    names = tuple(dict.fromkeys(keys))
    of_day = np.array([names.index(key) for key in keys])
    first = np.array([int(np.flatnonzero(of_day == t)[0]) for t in range(len(names))])
    reach = []
    for t in range(len(names)):
        own = np.flatnonzero(of_day == t)
        days = np.zeros(horizon.length, dtype=bool)
        days[own[0] : own[-1] + 5] = True
        reach.append(days)
    return Periods(of_day, names, horizon.quarter[first], horizon.year[first], tuple(reach))


def _pairs(dates: list, quarter: np.ndarray) -> list[tuple]:
    return list(zip(dates, quarter.tolist(), strict=True))


class Programme:
    """Builds the rows of the bound, subject by subject; see docs/methods/bound.md."""

    def __init__(self, instance: Instance, coarse: bool = False) -> None:
        self.instance, self.rows = instance, Rows()
        self.periods = periods_of(instance, coarse)
        self.closable = 0.0
        self.weight_of_money = instance.parameters.lambda_cost
        self.opening = openings(instance, self.periods.of_day, self.periods.count)
        self.groups, self.group_region = _groups(instance)
        self.money: dict[int, Terms] = defaultdict(list)
        self.venue_days: dict[tuple[str, int, int], Terms] = defaultdict(list)
        self.cover: dict[tuple[int, int], Terms] = defaultdict(list)
        self.year_days: dict[tuple[int, int], Terms] = defaultdict(list)
        self.leads: dict[tuple[int, int], Terms] = defaultdict(list)
        self.leads_quarter: dict[tuple[int, int], Terms] = defaultdict(list)
        self.seats: dict[tuple[int, int], list[int]] = defaultdict(list)
        self.by_role: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        self.missing: dict[tuple[int, int, int, int], list[int]] = defaultdict(list)

    def build(self) -> Rows:
        """All columns and rows."""
        self.classes()
        for module in range(len(self.instance.modules.ids)):
            self.supply(module)
        self.resources()
        self.ladders()
        return self.rows

    def classes(self) -> None:
        """Seats by class and the gap points that they close."""
        instance, rows = self.instance, self.rows
        atoms: dict[tuple[int, int, int], dict[int, list[int]]] = defaultdict(dict)
        for module in range(len(instance.modules.ids)):
            open_in = [t for t in range(self.periods.count) if self.opening[module, t] >= 0]
            for group in classes_of(instance, module):
                columns = [rows.column(0.0, group.size) for _ in open_in]
                for t, column in zip(open_in, columns, strict=True):
                    self.seats[module, t].append(column)
                    self.by_role[module, group.role, t].append(column)
                    for before in group.missing:
                        self.missing[module, before, group.role, t].append(column)
                    for c, x in group.closes:
                        atoms[group.role, c, x].setdefault(t, []).append(column)
                if columns:
                    rows.row([(v, 1.0) for v in columns], group.size)
        self._atoms(atoms)

    def _atoms(self, atoms: dict[tuple[int, int, int], dict[int, list[int]]]) -> None:
        instance, rows = self.instance, self.rows
        length = instance.horizon.length
        best = np.zeros(self.periods.count)
        for t in range(self.periods.count):
            ends = self.opening[:, t][self.opening[:, t] >= 0]
            if ends.size:
                best[t] = 1 - instance.parameters.discount_beta * ends.min() / (length - 1)
        gap, level, role = instance.gap, instance.staff.level, instance.staff.role
        for (r, c, x), by_period in atoms.items():
            n = int(((role == r) & (gap[:, c] > 0) & (level[:, c] < x)).sum())
            closed = []
            for t, columns in by_period.items():
                y = rows.column(float(instance.roles.weight[r, c] * best[t]), n)
                closed.append(y)
                rows.row([(y, 1.0), *((v, -1.0) for v in columns)], 0)
            rows.row([(y, 1.0) for y in closed], n)
            self.closable += n * max(rows.gain[y] for y in closed)

    def supply(self, module: int) -> None:
        """Where the seats of a module come from: groups of stations, at home or travelling."""
        pool = self._pool(module)
        per_group: dict[int, list[int]] = defaultdict(list)
        for t in range(self.periods.count):
            if self.seats[module, t]:
                self._supply_in(module, t, pool, per_group)
        for g, columns in per_group.items():
            self.rows.row([(v, 1.0) for v in columns], int(pool[g]))

    def _pool(self, module: int) -> np.ndarray:
        """People of each group to whom the module is of any use [persons]."""
        instance = self.instance
        useful = np.zeros(len(instance.staff.ids), dtype=bool)
        modules, role = instance.modules, instance.staff.role
        for c in np.flatnonzero(modules.to_level[module]):
            up = np.minimum(modules.to_level[module, c], instance.roles.required[role, c])
            useful |= (instance.gap[:, c] > 0) & (up > instance.staff.level[:, c])
        if modules.requires[:, module].any():
            useful |= ~instance.waived[:, module]
        useful &= modules.audience[module, role]
        own = self.groups[instance.staff.station[useful]]
        return np.bincount(own, minlength=len(self.group_region))

    def _regions(self, module: int) -> list[int]:
        instance = self.instance
        mode = instance.modules.mode[module]
        if mode == CLASSROOM:
            kind = instance.modules.venue_kind[module]
            venues = instance.venues
            fits = [
                r for r, k in zip(venues.region.tolist(), venues.kind, strict=True) if k == kind
            ]
            return sorted(set(fits))
        if mode == EXTERNAL:
            offers = instance.offers
            return sorted(set(offers.region[offers.module == module].tolist()))
        return []

    def _supply_in(
        self, module: int, t: int, pool: np.ndarray, per_group: dict[int, list[int]]
    ) -> None:
        rows, instance = self.rows, self.instance
        length, seat = (
            int(instance.modules.duration[module]),
            float(instance.modules.cost_seat[module]),
        )
        where = self._regions(module)
        total = float(pool.sum())
        link: Terms = [(v, 1.0) for v in self.seats[module, t]]
        arriving = {h: rows.column(0.0, total) for h in where}
        here: dict[int, list[int]] = defaultdict(list)
        travelling = []
        for g in np.flatnonzero(pool):
            home = self.group_region[g]
            own = []
            if not where or home in where:
                column = self._paid(t, seat, float(pool[g]))
                here[home if where else -1].append(column)
                own.append(column)
            far = [float(instance.regions.trip[home, h]) for h in where if h != home]
            if far:
                fare = seat + min(far) + instance.parameters.per_diem * length
                column = self._paid(t, fare, float(pool[g]))
                travelling.append(column)
                own.append(column)
            for column in own:
                link.append((column, -1.0))
                per_group[int(g)].append(column)
                self.cover[int(g), t].append((column, float(length)))
                self.year_days[int(g), int(self.periods.year[t])].append((column, float(length)))
        rows.row(link, 0)
        balance = [(v, 1.0) for v in travelling] + [(v, -1.0) for v in arriving.values()]
        rows.row(balance, 0)
        rows.row([(v, -a) for v, a in balance], 0)
        self._sessions(module, t, where or [-1], here, arriving)

    def _paid(self, t: int, cost: float, upper: float) -> int:
        column = self.rows.column(-self.weight_of_money * cost, upper)
        self.money[int(self.periods.quarter[t])].append((column, cost))
        return column

    def _sessions(
        self,
        module: int,
        t: int,
        where: list[int],
        here: dict[int, list[int]],
        arriving: dict[int, int],
    ) -> None:
        instance, rows = self.instance, self.rows
        length = int(instance.modules.duration[module])
        held: Terms = []
        for h in where:
            use: Terms = [(v, 1.0) for v in here[h]]
            if h in arriving:
                use.append((arriving[h], 1.0))
            if instance.modules.mode[module] == EXTERNAL:
                places = self._offered(module, h, t)
                rows.row(use, places, ("offer", instance.modules.ids[module], t))
                continue
            cost, cap, days = self._terms(module, h, t)
            column = self._paid(t, cost, days / length)
            held.append((column, float(length)))
            rows.row([*use, (column, -float(cap))], 0)
            if h >= 0:
                kind = instance.modules.venue_kind[module]
                self.venue_days[kind, h, t].append((column, float(length)))
        if held:
            self._led(module, t, held)

    def _led(self, module: int, t: int, held: Terms) -> None:
        trainers = self.instance.instructors
        columns: Terms = []
        for i in np.flatnonzero(trainers.qualified[:, module]):
            free = int((trainers.available[i] & self.periods.reach[t]).sum())
            column = self.rows.column(0.0, free)
            columns.append((column, -1.0))
            self.leads[int(i), t].append((column, 1.0))
            self.leads_quarter[int(i), int(self.periods.quarter[t])].append((column, 1.0))
        self.rows.row([*held, *columns], 0)

    def _offered(self, module: int, region: int, t: int) -> int:
        offers = self.instance.offers
        places = np.minimum(offers.seats, self.instance.modules.max_seats[module])
        fits = (offers.module == module) & (offers.region == region)
        fits &= self.periods.of_day[offers.first_day] == t
        return int(places[fits].sum())

    def _terms(self, module: int, region: int, t: int) -> tuple[float, int, float]:
        """Cheapest cost of a session, most places, and instructor or venue days there are."""
        instance = self.instance
        modules, venues = instance.modules, instance.venues
        cost, cap = float(modules.cost_session[module]), int(modules.max_seats[module])
        able = instance.instructors.qualified[:, module]
        days = float((instance.instructors.available[able] & self.periods.reach[t]).sum())
        if region >= 0:
            kinds = np.array([kind == modules.venue_kind[module] for kind in venues.kind])
            fits = kinds & (venues.region == region)
            cost += int(modules.duration[module]) * float(venues.cost_day[fits].min())
            cap = min(cap, int(venues.capacity[fits].max()))
        return cost, cap, days

    def resources(self) -> None:
        """What there is of venues, cover, days of people, instructors and money."""
        instance, periods, rows = self.instance, self.periods, self.rows
        venues, trainers = instance.venues, instance.instructors
        for (kind, h, t), terms in self.venue_days.items():
            fits = np.array([k == kind for k in venues.kind]) & (venues.region == h)
            days = int((venues.available[fits] & periods.reach[t]).sum())
            rows.row(terms, days, ("venue", f"{kind}/{instance.regions.ids[h]}", t))
        room = np.maximum(instance.room, 0) * (instance.horizon.open & ~instance.shut)
        for (g, t), terms in self.cover.items():
            days = int(room[self.groups == g][:, periods.reach[t]].sum())
            rows.row(terms, days, ("cover", self._group_name(g), t))
        heads = np.bincount(self.groups[instance.staff.station], minlength=len(self.group_region))
        for (g, year), terms in self.year_days.items():
            days = int(heads[g]) * instance.parameters.max_days_staff_year
            name = f"{self._group_name(g)}/{instance.horizon.years[year]}"
            rows.row(terms, days, ("days", name, -1))
        for (i, t), terms in self.leads.items():
            days = int((trainers.available[i] & periods.reach[t]).sum())
            rows.row(terms, days, ("instructor", trainers.ids[i], t))
        for (i, q), terms in self.leads_quarter.items():
            name = f"{trainers.ids[i]}/{instance.horizon.quarter_ids[q]}"
            rows.row(terms, int(trainers.max_days_quarter[i]), ("instructor", name, -1))
        for q, terms in self.money.items():
            name = instance.horizon.quarter_ids[q]
            rows.row(terms, float(instance.horizon.budget[q]), ("money", name, -1))

    def _group_name(self, group: int) -> str:
        members = np.flatnonzero(self.groups == group)
        stations = self.instance.stations
        if len(self.group_region) == len(stations.ids):
            return stations.ids[int(members[0])]
        region = self.instance.regions.ids[self.group_region[group]]
        return f"{region}/{stations.shift[int(members[0])]}"

    def ladders(self) -> None:
        """By the end of each period, no more seats of a step than of the one below it, by role."""
        for module, before in np.argwhere(self.instance.modules.requires).tolist():
            for role in range(len(self.instance.roles.ids)):
                above: Terms = []
                below: Terms = []
                for t in range(self.periods.count):
                    fresh = self.missing.get((module, before, role, t), [])
                    above += [(v, 1.0) for v in fresh]
                    below += [(v, -1.0) for v in self.by_role.get((before, role, t), [])]
                    if fresh:
                        self.rows.row([*above, *below], 0)


def _groups(instance: Instance) -> tuple[np.ndarray, list[int]]:
    """The group of each station, and the region of each group."""
    stations = instance.stations
    if len(stations.ids) <= SINGLE_STATIONS:
        return np.arange(len(stations.ids)), stations.region.tolist()
    keys = list(zip(stations.region.tolist(), stations.shift, strict=True))
    names = sorted(set(keys))
    return np.array([names.index(key) for key in keys]), [region for region, _ in names]


def class_bound(instance: Instance, seconds: float | None = None, coarse: bool = False) -> Bound:
    """A value that no plan can exceed, the price of money, and what is scarce.

    The programme relaxes whole sessions, smallest groups, clashes within a period, leave, and who
    takes which seat. Cut off by `seconds`, the duals found so far still give a valid, weaker bound.

    Source
    ------
    planning/README.md, Upper bound; docs/methods/bound.md.
    """
    programme = Programme(instance, coarse)
    rows = programme.build()
    parameters = instance.parameters
    if not rows.gain:
        return Bound(0.0, "lp", tuple([parameters.lambda_cost] * len(instance.horizon.quarter_ids)))
    answer = solve_linear(rows, seconds)
    price = np.full(len(instance.horizon.quarter_ids), parameters.lambda_cost)
    for row, (kind, key, _) in rows.names.items():
        if kind == "money":
            price[instance.horizon.quarter_ids.index(key)] += answer.price[row]
    return Bound(
        value=max(0.0, min(answer.bound, programme.closable)),
        method="lp" if answer.optimal else "duals",
        money_price=tuple(float(x) for x in price),
        scarce=_scarce(rows, answer, programme.periods),
        columns=len(rows.gain),
        rows=len(rows.limit),
    )


def _scarce(rows: Rows, answer: Answer, periods: Periods) -> tuple[Scarce, ...]:
    """The resources with a price, those first whose whole amount is worth most."""
    found = [
        Scarce(
            kind=kind,
            key=key,
            period=periods.names[t].split("/")[0] if t >= 0 else "",
            price=float(answer.price[row]),
            amount=float(rows.limit[row]),
        )
        for row, (kind, key, t) in rows.names.items()
        if answer.price[row] > 1e-7
    ]
    return tuple(sorted(found, key=lambda s: (-s.price * s.amount, s.kind, s.key, s.period)))
