"""The parts of the frozen planning problem, made one by one from typed tables."""

import numpy as np
import pandas as pd

from training_calendar.solver import facts
from training_calendar.solver.further import week_most
from training_calendar.solver.tables import Fault, InstanceError


class Builder:
    """Holds the typed tables while the parts of an instance are made from them."""

    def __init__(
        self,
        typed: dict[str, pd.DataFrame],
        parameters: facts.Parameters,
        name: str,
        obeyed: frozenset[str],
        faults: list[Fault],
    ) -> None:
        self.tables, self.parameters, self.name, self.faults = typed, parameters, name, faults
        self.obeyed = obeyed
        self.spans: dict[str, list[tuple[int, int, int]]] = {}
        regions = [
            typed["stations"]["region_id"],
            typed["venues"]["region_id"],
            typed["instructors"]["region_id"],
            typed["external_offers"]["region_id"],
        ]
        self.region = pd.Index(sorted(set(pd.concat(regions))))
        self.station = pd.Index(typed["stations"]["station_id"])
        self.competency = pd.Index(typed["competencies"]["competency_id"])
        known = sorted(set(typed["role_profiles"]["role_id"]))
        self.role = pd.Index(known + sorted(set(typed["staff"]["role_id"]).difference(known)))
        self.person = pd.Index(typed["staff"]["staff_id"])
        self.module = pd.Index(typed["modules"]["module_id"])
        self.venue = pd.Index(typed["venues"]["venue_id"])
        self.instructor = pd.Index(typed["instructors"]["instructor_id"])

    def fault(self, table: str, row: int, column: str, value: object, reason: str) -> None:
        self.faults.append(Fault(table, row, column, str(value), reason))

    def instance(self) -> facts.Instance:
        for name in ("calendar", "staff"):
            if self.tables[name].empty:
                self.fault(name, 0, "", "", "no-rows")
        if self.faults:
            raise InstanceError(self.faults)
        horizon = self._horizon()
        modules, roles, staff = self._modules(), self._roles(), self._staff(horizon)
        return facts.Instance(
            name=self.name,
            parameters=self.parameters,
            horizon=horizon,
            regions=self._regions(),
            stations=self._stations(horizon),
            competency_ids=tuple(self.competency),
            roles=roles,
            staff=staff,
            modules=modules,
            venues=self._venues(horizon),
            instructors=self._instructors(horizon),
            offers=self._offers(horizon),
            pins=self._pins(),
            courses=self._courses(horizon),
            holders=last_two(staff, roles),
            earmarks=self._earmarks(horizon, len(modules.ids)),
            obeyed=self.obeyed,
        )

    def _day(self, series: pd.Series) -> np.ndarray:
        start = pd.Timestamp(self.parameters.horizon_start)
        return np.asarray((series - start).dt.days, dtype=np.int64)

    def _spans(self, name: str, length: int) -> list[tuple[int, int, int]]:
        """(position in the table, first day, day after the last) clipped to the horizon."""
        if name in self.spans:
            return self.spans[name]
        table = self.tables[name]
        first, last = self._day(table["from_date"]), self._day(table["to_date"])
        for row in table.index[last < first]:
            value = table.at[row, "to_date"]
            self.fault(name, int(row), "to_date", _iso(value), "ends-before-start")
        first = np.clip(first, 0, length)
        after = np.clip(last + 1, first, length)
        self.spans[name] = list(zip(range(len(table)), first.tolist(), after.tolist(), strict=True))
        return self.spans[name]

    def _horizon(self) -> facts.Horizon:
        table = self.tables["calendar"]
        start = self.parameters.horizon_start
        expected = pd.date_range(pd.Timestamp(start), periods=len(table))
        for row in table.index[table["date"].to_numpy() != expected.to_numpy()][:1]:
            self.fault("calendar", int(row), "date", _iso(table.at[row, "date"]), "not-next-day")
        length = len(table)
        if length < 2:
            self.fault("calendar", 0, "date", length, "no-rows")
        closed = np.zeros(length, dtype=bool)
        scope = self.tables["blackouts"]["scope"].to_numpy()
        for at, first, after in self._spans("blackouts", length):
            if scope[at] == "ALL":
                closed[first:after] = True
        quarters = pd.Index(sorted(set(table["quarter"])))
        budget = np.zeros(len(quarters))
        money = self.tables["budget"]
        budget[quarters.get_indexer(pd.Index(money["quarter"]))] = money["amount"]
        years = expected.year
        return facts.Horizon(
            start=start,
            workday=(table["workday"] == "1").to_numpy(),
            closed=closed,
            week=(np.arange(length) + start.weekday()) // 7,
            year=np.asarray(years - years[0], dtype=np.int64),
            years=tuple(sorted({int(year) for year in years})),
            quarter=np.asarray(quarters.get_indexer(pd.Index(table["quarter"])), dtype=np.int64),
            quarter_ids=tuple(quarters),
            budget=budget,
        )

    def _regions(self) -> facts.Regions:
        table = self.tables["travel"]
        trip = np.full((len(self.region), len(self.region)), np.nan)
        source = self.region.get_indexer(pd.Index(table["from_region"]))
        target = self.region.get_indexer(pd.Index(table["to_region"]))
        used = (source >= 0) & (target >= 0)
        trip[source[used], target[used]] = table["trip_cost"].to_numpy()[used]
        np.fill_diagonal(trip, 0.0)
        leave_from = {
            *self.tables["stations"]["region_id"],
            *self.tables["instructors"]["region_id"],
        }
        go_to = {*self.tables["venues"]["region_id"], *self.tables["external_offers"]["region_id"]}
        for a in sorted(leave_from):
            for b in sorted(go_to):
                if np.isnan(trip[self.region.get_loc(a), self.region.get_loc(b)]):
                    self.fault("travel", 0, "to_region", f"{a}, {b}", "no-trip")
        return facts.Regions(tuple(self.region), np.nan_to_num(trip))

    def _stations(self, horizon: facts.Horizon) -> facts.Stations:
        table = self.tables["stations"]
        count = len(table)
        heads = np.bincount(
            self.station.get_indexer(pd.Index(self.tables["staff"]["station_id"])), minlength=count
        )
        rostered = np.repeat(heads[:, None], horizon.length, axis=1)
        minimum = np.zeros((count, horizon.length), dtype=np.int64)
        duty = self.tables["duty"]
        of = self.station.get_indexer(pd.Index(duty["station_id"]))
        least, listed = duty["minimum"].to_numpy(), duty["rostered"].to_numpy()
        for at, first, after in self._spans("duty", horizon.length):
            minimum[of[at], first:after] = least[at]
            rostered[of[at], first:after] = heads[of[at]] if listed[at] < 0 else listed[at]
        black = np.zeros((count, horizon.length), dtype=bool)
        closures = self.tables["blackouts"]
        for at, first, after in self._spans("blackouts", horizon.length):
            if closures["scope"].iloc[at] != "STATION":
                continue
            station = self.station.get_indexer(pd.Index([closures["scope_id"].iloc[at]]))[0]
            if station < 0:
                row, value = int(closures.index[at]), closures["scope_id"].iloc[at]
                self.fault("blackouts", row, "scope_id", value, "unknown-reference")
            else:
                black[station, first:after] = True
        return facts.Stations(
            ids=tuple(self.station),
            region=self.region.get_indexer(pd.Index(table["region_id"])).astype(np.int64),
            shift=tuple(table["shift"]),
            max_away=table["max_away"].to_numpy(),
            minimum=minimum,
            rostered=rostered.astype(np.int64),
            black=black,
            week_most=np.where(table["max_week"] < 0, week_most(heads), table["max_week"]),
            peak=self._peak(),
        )

    def _peak(self) -> np.ndarray:
        table = self.tables["peaks"]
        peak = np.zeros((len(self.station), 12), dtype=bool)
        peak[self.station.get_indexer(pd.Index(table["station_id"])), table["month"] - 1] = True
        return peak

    def _earmarks(self, horizon: facts.Horizon, modules: int) -> facts.Earmarks:
        """Within the budget of each quarter; where more is bound than it holds, in proportion."""
        table, windows = self.tables["earmarks"], self.tables["earmark_windows"]
        sources = pd.Index(sorted(set(table["source_id"])))
        quarters = pd.Index(horizon.quarter_ids)
        amount = np.zeros((len(quarters), len(sources)))
        row = quarters.get_indexer(pd.Index(table["quarter"]))
        amount[row, sources.get_indexer(pd.Index(table["source_id"]))] = table["amount"]
        whole = np.maximum(amount.sum(axis=1), 1e-9)
        amount *= np.minimum(1.0, horizon.budget / whole)[:, None]
        inside = np.ones((len(sources), horizon.length), dtype=bool)
        window_of = sources.get_indexer(pd.Index(windows["source_id"]))
        for at, first, after in self._spans("earmark_windows", horizon.length):
            inside[window_of[at]] = False
            inside[window_of[at], first:after] = True
        listed = self.tables["earmark_modules"]
        of = np.full((modules, horizon.length), -1, dtype=np.int64)
        for source, name in enumerate(sources):
            own = listed.loc[listed["source_id"] == name, "module_id"]
            rows = self.module.get_indexer(pd.Index(own)) if len(own) else np.arange(modules)
            rows = rows[rows >= 0]  # what is not held in sessions is paid elsewhere
            free = inside[source] & (amount[horizon.quarter, source] > 0) & (of[rows] < 0)
            of[rows] = np.where(free, source, of[rows])
        return facts.Earmarks(tuple(sources), amount, of)

    def _courses(self, horizon: facts.Horizon) -> np.ndarray:
        of = self.person.get_indexer(pd.Index(self.tables["courses"]["staff_id"]))
        rows = [
            (of[at], first, after - 1)
            for at, first, after in self._spans("courses", horizon.length)
            if first < after
        ]
        return np.array(rows, dtype=np.int64).reshape(-1, 3)

    def _roles(self) -> facts.Roles:
        shape = (len(self.role), len(self.competency))
        required, weight = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        table = self.tables["role_profiles"]
        role = self.role.get_indexer(pd.Index(table["role_id"]))
        competency = self.competency.get_indexer(pd.Index(table["competency_id"]))
        own = self.tables["competencies"]["weight"].to_numpy()
        required[role, competency] = table["required_level"]
        weight[role, competency] = table["weight"].to_numpy() * own[competency]
        return facts.Roles(tuple(self.role), required, weight)

    def _staff(self, horizon: facts.Horizon) -> facts.Staff:
        table = self.tables["staff"]
        level = np.full((len(table), len(self.competency)), facts.UNKNOWN, dtype=np.int64)
        rated = self.tables["assessments"]
        level[
            self.person.get_indexer(pd.Index(rated["staff_id"])),
            self.competency.get_indexer(pd.Index(rated["competency_id"])),
        ] = rated["level"]
        leave = np.zeros((len(table), horizon.length), dtype=bool)
        of = self.person.get_indexer(pd.Index(self.tables["leave"]["staff_id"]))
        for at, first, after in self._spans("leave", horizon.length):
            leave[of[at], first:after] = True
        return facts.Staff(
            ids=tuple(self.person),
            station=self.station.get_indexer(pd.Index(table["station_id"])).astype(np.int64),
            role=self.role.get_indexer(pd.Index(table["role_id"])).astype(np.int64),
            level=level,
            leave=leave,
        )

    def _modules(self) -> facts.Modules:
        table, effects = self.tables["modules"], self.tables["module_effects"]
        shape = (len(table), len(self.competency))
        to_level, from_level = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        module = self.module.get_indexer(pd.Index(effects["module_id"]))
        competency = self.competency.get_indexer(pd.Index(effects["competency_id"]))
        to_level[module, competency] = effects["to_level"]
        from_level[module, competency] = effects["from_level"]
        audience = np.ones((len(table), len(self.role)), dtype=bool)
        listed = self.tables["audience"]
        module = self.module.get_indexer(pd.Index(listed["module_id"]))
        role = self.role.get_indexer(pd.Index(listed["role_id"]))
        audience[np.unique(module)] = False
        audience[module[role >= 0], role[role >= 0]] = True
        return facts.Modules(
            ids=tuple(self.module),
            mode=table["mode"].map(facts.MODES.index).to_numpy(dtype=np.int64),
            duration=table["duration_days"].to_numpy(),
            min_seats=table["min_seats"].to_numpy(),
            max_seats=table["max_seats"].to_numpy(),
            cost_session=table["cost_session"].to_numpy(),
            cost_seat=table["cost_seat"].to_numpy(),
            venue_kind=tuple(table["venue_kind"]),
            to_level=to_level,
            from_level=from_level,
            requires=self._requires(),
            audience=audience,
        )

    def _requires(self) -> np.ndarray:
        table = self.tables["prerequisites"]
        needs = np.zeros((len(self.module), len(self.module)), dtype=bool)
        module = self.module.get_indexer(pd.Index(table["module_id"]))
        before = self.module.get_indexer(pd.Index(table["requires_module_id"]))
        needs[module, before] = True
        reach = needs.astype(np.int64)
        for _ in range(len(self.module)):
            reach = np.minimum(1, reach + reach @ needs)
        for at in np.flatnonzero(np.diag(reach)[module] > 0).tolist():
            row = int(table.index[at])
            self.fault(
                "prerequisites",
                row,
                "module_id",
                str(table.at[table.index[at], "module_id"]),
                "circle",
            )
        return needs

    def _venues(self, horizon: facts.Horizon) -> facts.Venues:
        table = self.tables["venues"]
        available = np.repeat(horizon.open[None, :], len(table), axis=0)
        closures = self.tables["blackouts"]
        region = table["region_id"].to_numpy()
        for at, first, after in self._spans("blackouts", horizon.length):
            if closures["scope"].iloc[at] == "REGION":
                available[region == closures["scope_id"].iloc[at], first:after] = False
        of = self.venue.get_indexer(pd.Index(self.tables["venue_closed"]["venue_id"]))
        for at, first, after in self._spans("venue_closed", horizon.length):
            available[of[at], first:after] = False
        return facts.Venues(
            ids=tuple(self.venue),
            region=self.region.get_indexer(pd.Index(table["region_id"])).astype(np.int64),
            kind=tuple(table["kind"]),
            capacity=table["capacity"].to_numpy(),
            cost_day=table["cost_day"].to_numpy(),
            available=available,
        )

    def _instructors(self, horizon: facts.Horizon) -> facts.Instructors:
        table = self.tables["instructors"]
        available = np.repeat(horizon.open[None, :], len(table), axis=0)
        away = self.tables["instructor_unavailable"]
        of = self.instructor.get_indexer(pd.Index(away["instructor_id"]))
        for at, first, after in self._spans("instructor_unavailable", horizon.length):
            available[of[at], first:after] = False
        qualified = np.zeros((len(table), len(self.module)), dtype=bool)
        able = self.tables["instructor_quals"]
        qualified[
            self.instructor.get_indexer(pd.Index(able["instructor_id"])),
            self.module.get_indexer(pd.Index(able["module_id"])),
        ] = True
        return facts.Instructors(
            ids=tuple(self.instructor),
            region=self.region.get_indexer(pd.Index(table["region_id"])).astype(np.int64),
            max_days_quarter=table["max_days_quarter"].to_numpy(),
            qualified=qualified,
            available=available,
        )

    def _offers(self, horizon: facts.Horizon) -> facts.Offers:
        table = self.tables["external_offers"]
        for row in table.index[table["end_date"] < table["start_date"]]:
            value = _iso(table.at[row, "end_date"])
            self.fault("external_offers", int(row), "end_date", value, "ends-before-start")
        first, last = self._day(table["start_date"]), self._day(table["end_date"])
        kept = (first >= 0) & (last < horizon.length)
        table = table[kept]
        return facts.Offers(
            ids=tuple(table["offer_id"]),
            module=self.module.get_indexer(pd.Index(table["module_id"])).astype(np.int64),
            first_day=first[kept],
            last_day=last[kept],
            seats=table["seats"].to_numpy(),
            region=self.region.get_indexer(pd.Index(table["region_id"])).astype(np.int64),
        )

    def _pins(self) -> tuple[facts.Session, ...]:
        seats = self.tables["pinned_seats"].groupby("session_id", sort=False)["staff_id"]
        taken = {str(key): tuple(people) for key, people in seats}
        rows = self.tables["pinned_sessions"].to_dict("records")
        return tuple(
            facts.Session(
                session_id=str(row["session_id"]),
                module_id=str(row["module_id"]),
                start_date=pd.Timestamp(row["start_date"]).date(),
                end_date=pd.Timestamp(row["end_date"]).date(),
                venue_id=str(row["venue_id"]),
                instructor_id=str(row["instructor_id"]),
                staff_ids=taken.get(str(row["session_id"]), ()),
                pinned=True,
                open=row["open"] == "1",
            )
            for row in rows
        )


def _iso(value: object) -> str:
    """A date as the tables write it."""
    return str(value)[:10]


def last_two(staff: facts.Staff, roles: facts.Roles) -> np.ndarray:
    """The two people of each competency that exactly two of a station hold as their role asks.

    Source
    ------
    docs/methods/releases.md, "Further rules".
    """
    asked = roles.required[staff.role]
    person, competency = np.nonzero((asked > 0) & (staff.level >= asked))
    keys = pd.DataFrame({"station": staff.station[person], "competency": competency})
    together = keys.groupby(["station", "competency"])["station"].transform("size").to_numpy() == 2
    keys = keys[together].assign(person=person[together])
    order = keys.sort_values(["station", "competency", "person"])["person"].to_numpy()
    return np.asarray(order, dtype=np.int64).reshape(-1, 2)
