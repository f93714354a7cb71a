"""Gaps of everybody in service without a frame of their cells: what totals need, and no more."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from django.db.models import QuerySet

from competencies import frames
from competencies.analysis.demand import Demand, Whole
from competencies.analysis.dense_gaps import DenseSums, dense_sums
from competencies.analysis.dense_totals import dense_totals
from competencies.analysis.held_levels import held_levels
from competencies.models import Framework, StaffMember, with_below
from competencies.usecases import derived
from competencies.usecases.constants import held_level_constants
from competencies.usecases.gaps import GapTotal, Totals, asked_of, gap_total, no_cells
from competencies.usecases.persons import People
from hrplan.core.frames import numbered, places
from hrplan.core.models import Administration

READY, SHORT, OPEN = "ready", "short", "open"


@dataclass(frozen=True, eq=False)
class GapFigures:
    """Gaps of groups and, one by one, of everybody in service on a day.

    chosen : who is in service
    serving : where they belong, in the order of the tables: pk, unit and profile by code, grade
    competencies, requirements, profiles, units : the columns of `competencies.frames`
    dense : their levels
    role, groups : as `analysis.dense_gaps.dense_sums` takes them, the
        groupings being unit and profile, by their rows in the frames
    """

    as_of: date
    chosen: QuerySet[StaffMember]
    serving: pd.DataFrame
    framework: Framework | None
    competencies: pd.DataFrame
    requirements: pd.DataFrame
    profiles: pd.DataFrame
    units: pd.DataFrame
    dense: derived.Levels
    demand: Demand
    role: Whole
    groups: Whole

    @cached_property
    def staff(self) -> pd.DataFrame:
        """The columns of `frames.STAFF`, in the order of the tables; read when asked for."""
        table = frames.staff(self.chosen).set_index("pk", drop=False)
        return table.reindex(self.serving["pk"]).reset_index(drop=True)

    @property
    def top_level(self) -> int:
        return frames.top_level(self.framework) if self.framework else frames.TOP

    @property
    def grades(self) -> list[int]:
        return sorted(set(self.serving["grade"].tolist()))

    def carriers(self, level: float) -> pd.DataFrame:
        """Who holds a level in each competency, as `derived.Levels.carriers`."""
        return self.dense.carriers(self.competencies["competency"], level)

    def held(self, competency: str) -> np.ndarray:
        """The levels held in a competency of the framework by those assessed in it."""
        place = list(self.competencies["competency"]).index(competency)
        level = self.dense.level[:, place].astype(np.float64)
        return np.round(level[~np.isnan(level)], derived.PLACES)

    @cached_property
    def left_out(self) -> frozenset[str]:
        """Codes of the competencies that stay out of totals (values)."""
        counted = self.competencies["in_gap_totals"].astype(bool)
        return frozenset(self.competencies.loc[~counted, "competency"])

    @cached_property
    def _sums(self) -> DenseSums:
        return self._summed(np.ones(len(self.role), bool), self.demand)

    def _summed(self, chosen: np.ndarray, demand: Demand) -> DenseSums:
        role = np.where(chosen, self.role, -1)
        return dense_sums(self.dense.level, self.dense.confidence, demand, role, self.groups)

    def _totals(self, sums: DenseSums, columns: np.ndarray) -> Totals:
        names = {"unit": list(self.units["unit"]), "profile": list(self.profiles["profile"])}
        topics = list(self.competencies["competency"])
        return lambda *by: dense_totals(sums, names, topics, by, columns=columns)

    def totals(self, *by: str) -> pd.DataFrame:
        """The columns of `analysis.gaps.TOTALS` per group; by: unit or profile, competency."""
        return self.narrowed()(*by)

    def values(self, *by: str) -> pd.DataFrame:
        """The same for the competencies that stay out of totals."""
        return self._totals(self._sums, ~self.counted)(*by)

    def everything(self, *by: str) -> pd.DataFrame:
        """The same for all competencies, those that stay out of totals too."""
        return self._totals(self._sums, np.ones(len(self.competencies), bool))(*by)

    def statuses(self) -> dict[str, int]:
        """How many of the levels held in what is asked have each of `derived.STATUSES`."""
        asked = (self.demand.required > 0)[self.role] & (self.role >= 0)[:, None]
        seen = self.dense.status[asked & ~np.isnan(self.dense.level)]
        return dict(
            zip(derived.STATUSES, np.bincount(seen, minlength=len(derived.STATUSES)), strict=True)
        )

    def ratings(self) -> pd.DataFrame:
        """What the levels are made of, as `derived.ratings`; people by id."""
        return derived.ratings(self.chosen, self.competencies["competency"], by="pk")

    @property
    def counted(self) -> np.ndarray:
        """(competencies,), which count in totals."""
        return self.competencies["in_gap_totals"].to_numpy(bool)

    def _narrow(
        self, *, unit: str = "", profile: str = "", group: str = "", grade: str = ""
    ) -> tuple[np.ndarray, np.ndarray]:
        """Which of the people, and which of the competencies.

        A unit counts with those below it; of a group asked for, what stays out of totals counts.
        """
        columns, chosen = self.counted, np.ones(len(self.role), bool)
        if group:
            columns = (self.competencies["group"] == group).to_numpy(bool)
        if unit:
            chosen &= self.units["unit"].isin(self.units_below(unit)).to_numpy()[self.groups[:, 0]]
        if profile:
            chosen &= (self.profiles["profile"] == profile).to_numpy()[self.groups[:, 1]]
        if grade:
            chosen &= (self.serving["grade"].astype(str) == grade).to_numpy()
        return chosen, columns

    def narrowed(self, *, only_critical: bool = False, **narrow: str) -> Totals:
        """Totals, to be asked for as from `totals`, of some people and of some competencies.

        narrow : unit, profile, group, grade, as `_narrow`
        """
        chosen, columns = self._narrow(**narrow)
        if chosen.all() and not only_critical:
            return self._totals(self._sums, columns)
        demand = self.demand.of_critical() if only_critical else self.demand
        return self._totals(self._summed(chosen, demand), columns)

    def people(self, *, only_critical: bool = False, **narrow: str) -> People:
        """Some of the people, and what of some competencies is asked of them; as `narrowed`."""
        chosen, columns = self._narrow(**narrow)
        demand = self.demand.of_topics(columns)
        asked = demand.of_critical() if only_critical else demand
        return People(self.dense.level, asked, np.where(chosen, self.role, -1), lambda: self.staff)

    def totals_of(self, people: Mapping[int, str]) -> pd.DataFrame:
        """One row per person named of whom something is asked: staff, and `PeopleGaps.totals`.

        people : code by id
        """
        rows = np.flatnonzero(self.serving["pk"].isin(people))
        codes = self.serving["pk"].iloc[rows].map(people)
        asked = self.demand.of_topics(self.counted)
        named = pd.DataFrame({"staff": codes.to_numpy()})
        return People(self.dense.level[rows], asked, self.role[rows], lambda: named).totals()

    def _with(self, **other: Any) -> "GapFigures":
        """The same people with other figures; what is read of them already stays."""
        found = replace(self, **other)
        if "staff" in self.__dict__:
            found.__dict__["staff"] = self.staff
        return found

    def of_people(self, people: Collection[str]) -> "GapFigures":
        """The same with nothing asked but of these people, by their codes."""
        mine = self.staff["staff"].isin(people).to_numpy()
        return self._with(role=np.where(mine, self.role, -1))

    def seen_by(self, source: str, administration: Administration) -> "GapFigures":
        """The same with levels as one source alone rates them; of no source: as concluded."""
        if not source:
            return self
        ratings = self.ratings()
        rule = held_level_constants(administration, self.top_level)
        mine = ratings[ratings["source"] == source]
        held = held_levels(mine, rule, as_of=self.as_of)
        codes = self.serving["pk"], self.competencies["competency"]
        return self._with(dense=self.dense.with_levels(held, *codes))

    def totals_by(self, key: pd.Series) -> pd.DataFrame:
        """The same per value of a key, one of each person in the order of `staff`."""
        number, names = pd.factorize(key, sort=True)
        table = self.dense.level, self.dense.confidence, self.demand, self.role
        sums = dense_sums(*table, number.astype(np.int64)[:, None])
        topics = list(self.competencies["competency"])
        counted = self.counted
        return dense_totals(sums, {"key": list(names)}, topics, ("key",), columns=counted)

    def standing(self) -> np.ndarray:
        """READY, SHORT or OPEN for each person: critical levels met, one missed, or not all known.

        OPEN where nothing critical is asked.
        """
        found = np.full(len(self.role), OPEN, dtype="U8")
        for role, critical in enumerate(self.demand.critical & (self.demand.required > 0)):
            rows = np.flatnonzero(self.role == role)
            level = self.dense.level[np.ix_(rows, np.flatnonzero(critical))]
            if level.size:
                short = (level < self.demand.required[role, critical]).any(axis=1)
                unknown = np.isnan(level).any(axis=1)
                found[rows] = np.select([short, unknown], [SHORT, OPEN], READY)
        return found

    def units_below(self, unit: str) -> set[str]:
        """The codes of a unit and of all units under it."""
        return with_below(zip(self.units["unit"], self.units["parent"], strict=True), [unit])

    @property
    def overall(self) -> GapTotal:
        return gap_total(self.totals().to_dict("records")[0])

    @property
    def assessed_people(self) -> int:
        """Staff members with at least one assessed pair of those asked of them."""
        return int(self._sums.assessed.sum())

    @property
    def unassessed_people(self) -> int:
        """Staff members of whom something is asked and nothing was assessed."""
        return int(self.everything()["people"].iloc[0]) - self.assessed_people

    @property
    def without_profile(self) -> int:
        return int((self.role < 0).sum())


def gap_figures(
    administration: Administration, *, as_of: date | None = None, before: date | None = None
) -> GapFigures:
    """Required and held levels of everybody in service, as dense tables.

    With `before` also the levels of that day, in `dense.earlier`.
    """
    day = as_of or administration.as_of
    framework = frames.current_framework(administration)
    units, profiles = frames.units(administration), frames.profiles(administration)
    topics = frames.competencies(framework) if framework else no_cells()[1]
    people = frames.serving(administration, day)
    if framework:
        levels = derived.read(
            administration,
            framework,
            list(topics["pk"]),
            people,
            as_of=day,
            before=before,
            columns=frames.BY_ID,
        )
    else:
        levels = derived.nobody_rated(people, frames.BY_ID)
    where = levels.staff
    unit, profile = (
        places(pd.Index(table["pk"]), where[name])
        for name, table in (("unit", units), ("profile", profiles))
    )
    serving = where.assign(
        unit=numbered(unit, pd.Index(units["unit"])),
        profile=numbered(profile, pd.Index(profiles["profile"])),
    )
    rows = frames.requirements(framework, day.year) if framework else no_cells()[0]
    asked = asked_of(administration, framework, serving, rows, topics, day=day)
    return GapFigures(
        as_of=day,
        chosen=people,
        serving=serving,
        framework=framework,
        competencies=topics,
        requirements=rows,
        profiles=profiles,
        units=units,
        dense=levels,
        demand=asked.demand,
        role=asked.role,
        groups=np.column_stack([unit, np.maximum(profile, 0)]),
    )
