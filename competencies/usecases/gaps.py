"""What is asked and held, as frames keyed by codes; cell by cell where somebody needs them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd
from django.db.models import QuerySet

from competencies import frames
from competencies.analysis import demand, gaps, held_levels
from competencies.analysis.demand import Asked
from competencies.models import Assessment, Framework, StaffMember, with_below
from competencies.usecases import constants, derived
from competencies.usecases.persons import People
from hrplan.core.models import Administration

Totals = Callable[..., pd.DataFrame]


@dataclass(frozen=True, slots=True)
class GapTotal:
    """Sums over some cells; `index` [0..1], `mean_gap` and `confidence` None if none assessed."""

    people: int
    pairs: int
    n: int
    missing: int
    short: int
    gap: float
    surplus: float
    weighted_gap: float
    weighted_required: float
    adjusted_gap: float
    index: float | None
    mean_gap: float | None
    confidence: float | None
    critical: int
    critical_n: int
    critical_misses: int


@dataclass(frozen=True, eq=False)
class GapAnalysis:
    """Everything about gaps on one day, as frames keyed by codes; each read where it is used.

    chosen : the people it is about
    competencies, requirements : the columns of `competencies.frames`
    given : ratings read already, all of these people; None: kept levels are read
    with_units : the frame `units` is read; else it is empty
    """

    administration: Administration
    as_of: date
    chosen: QuerySet[StaffMember]
    framework: Framework | None
    competencies: pd.DataFrame
    requirements: pd.DataFrame
    given: Sequence[Assessment] | None = None
    with_units: bool = True

    @cached_property
    def top_level(self) -> int:
        return frames.top_level(self.framework) if self.framework else frames.TOP

    @cached_property
    def constants(self) -> held_levels.HeldLevelConstants:
        return constants.held_level_constants(self.administration, self.top_level)

    @property
    def _reads_kept(self) -> bool:
        return self.framework is not None and self.given is None

    @cached_property
    def kept(self) -> derived.Levels:
        """The levels kept of `people`, as dense tables; without them where ratings were given."""
        if self.framework is None or not self._reads_kept:
            return derived.nobody_rated(self.chosen)
        topics = list(self.competencies["pk"])
        return derived.read(
            self.administration, self.framework, topics, self.chosen, as_of=self.as_of
        )

    @cached_property
    def people(self) -> pd.DataFrame:
        """Where each staff member belongs: pk, staff, name, unit, profile, grade."""
        return self.kept.staff

    @cached_property
    def staff(self) -> pd.DataFrame:
        """The same with born_on; read without their levels, unless these are read already."""
        if "kept" not in self.__dict__:
            return frames.staff(self.chosen, "born_on")
        born = frames.births(self.chosen).set_index("staff")["born_on"]
        return self.people.assign(born_on=born.reindex(self.people["staff"]).to_numpy())

    @cached_property
    def profiles(self) -> pd.DataFrame:
        """The columns of `competencies.frames`."""
        return frames.profiles(self.administration)

    @cached_property
    def units(self) -> pd.DataFrame:
        """The columns of `competencies.frames`."""
        return frames.units(self.administration, none=not self.with_units)

    @cached_property
    def levels(self) -> pd.DataFrame:
        """One row per (staff, competency) with a rating: level, confidence, status, rated_on."""
        if not self._reads_kept:
            return self.held
        return self.kept.frame(self.competencies["competency"])

    @cached_property
    def ratings(self) -> pd.DataFrame:
        """The ratings the levels are made of, in the columns of `frames.RATINGS`.

        Of kept levels they are the latest in force of each source, else all of them.
        """
        if self.framework is None:
            return no_cells()[2]
        people, topics = self.people, self.competencies
        if self.given is not None:
            return frames.ratings(frames.values_of(self.given), people, topics)
        if self.as_of != self.administration.as_of:
            return self.ratings_of(frames.counting(self.framework))
        return derived.ratings(self.chosen, topics["competency"])

    def ratings_of(self, rows: QuerySet[Assessment]) -> pd.DataFrame:
        """Rows of the database as `ratings` holds them."""
        read = frames.rating_values(rows, self.people)
        return frames.ratings(read, self.people, self.competencies)

    @cached_property
    def held(self) -> pd.DataFrame:
        """What the levels are made of, as `analysis.held_levels.held_levels`."""
        return held_levels.held_levels(self.ratings, self.constants, as_of=self.as_of)

    @cached_property
    def required(self) -> pd.DataFrame:
        """One row per (staff, competency) asked, as `analysis.demand.Asked.required`."""
        return self.asked.required()

    @cached_property
    def asked(self) -> Asked:
        """What is asked of each of `people`."""
        return asked_of(
            self.administration,
            self.framework,
            self.people,
            self.requirements,
            self.competencies,
            day=self.as_of,
        )

    @cached_property
    def cells(self) -> pd.DataFrame:
        """One row per (staff, competency) asked, as `analysis.gaps.person_gaps`."""
        if not self._reads_kept:
            return gaps.person_gaps(self.required, self.levels)
        beside = self.kept.beside(self.required, self.competencies["competency"])
        return gaps.measured(self.required, *beside)

    @cached_property
    def left_out(self) -> frozenset[str]:
        """Codes of the competencies that stay out of totals (values)."""
        counted = self.competencies["in_gap_totals"].astype(bool)
        return frozenset(self.competencies.loc[~counted, "competency"])

    def totals(self, *by: str) -> pd.DataFrame:
        """The columns of `analysis.gaps.TOTALS` per group; by: unit, profile, competency, staff."""
        return gaps.gap_totals(self.cells, by, left_out=self.left_out)

    def totals_of_people(self) -> pd.DataFrame:
        """One row per person of whom something is asked: staff, `PeopleGaps.totals`."""
        counted = self.competencies["in_gap_totals"].to_numpy(bool)
        asked = self.asked.demand.of_topics(counted)
        return People(self.kept.level, asked, self.asked.role, lambda: self.people).totals()

    def units_below(self, unit: str) -> set[str]:
        """The codes of a unit and of all units under it."""
        return with_below(zip(self.units["unit"], self.units["parent"], strict=True), [unit])

    @property
    def overall(self) -> GapTotal:
        return gap_total(self.totals().to_dict("records")[0])

    @property
    def assessed_people(self) -> int:
        """Staff members with at least one assessed pair of those asked of them."""
        return int(self.cells.loc[self.cells["assessed"], "staff"].nunique())

    @property
    def unassessed_people(self) -> int:
        """Staff members of whom something is asked and nothing was assessed."""
        return int(self.cells["staff"].nunique()) - self.assessed_people

    @property
    def without_profile(self) -> int:
        return int(self.people["profile"].isna().sum())


def known(value: Any) -> float | None:
    """A number of a frame, None where it is NaN."""
    return None if value is None or pd.isna(value) else float(value)


def gap_total(row: Mapping[Any, Any]) -> GapTotal:
    """One row of totals as a value."""
    values: dict[str, Any] = {name: int(row[name]) for name in gaps.COUNTS}
    values |= {name: known(row[name]) for name in gaps.TOTALS if name not in gaps.COUNTS}
    return GapTotal(**values)


def no_cells() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    requirements = pd.DataFrame(columns=["profile", "competency", "level", "weight", "critical"])
    competencies = pd.DataFrame(
        columns=["competency", "pk", "title", "group", "group_title", "in_gap_totals", "weight"]
    )
    ratings = pd.DataFrame(columns=frames.RATINGS)
    typed = {"level": int, "weight": float, "critical": bool}
    return (
        requirements.astype(typed),
        competencies.astype({"in_gap_totals": bool}),
        ratings.astype({"level": float}),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Demands:
    """What is asked of some people on one day; frames as in `GapAnalysis`."""

    framework: Framework | None
    competencies: pd.DataFrame
    asked: Asked


def demands(
    administration: Administration, people: QuerySet[StaffMember], *, as_of: date
) -> Demands:
    """What the people's profiles ask of them in the framework in force, exemptions left out."""
    framework, competencies, requirements = _framework(administration, as_of)
    staff = derived.nobody_rated(people).staff
    asked = asked_of(administration, framework, staff, requirements, competencies, day=as_of)
    return Demands(framework, competencies, asked)


def _framework(
    administration: Administration, day: date
) -> tuple[Framework | None, pd.DataFrame, pd.DataFrame]:
    """The framework in force, its competencies, and what profiles ask for by it on a day."""
    framework = frames.current_framework(administration)
    if framework is None:
        requirements, competencies, _none = no_cells()
        return None, competencies, requirements
    return framework, frames.competencies(framework), frames.requirements(framework, day.year)


def asked_of(
    administration: Administration,
    framework: Framework | None,
    people: pd.DataFrame,
    requirements: pd.DataFrame,
    competencies: pd.DataFrame,
    *,
    day: date,
) -> Asked:
    """What is asked of people on a day; frames as in `GapAnalysis`.

    people : DataFrame, at least pk, unit, profile
    """
    second, exempt = frames.of_persons(administration, framework, day)
    topics = pd.Index(competencies["competency"])
    return demand.asked_of(people, requirements, topics, second, exempt, by="pk")


def gap_analysis(
    administration: Administration,
    *,
    as_of: date | None = None,
    people: QuerySet[StaffMember] | None = None,
    rows: Sequence[Assessment] | None = None,
    with_units: bool = True,
) -> GapAnalysis:
    """Required and held levels of the people (all in service), and the gaps between them.

    Ratings that were read already, all of these people, save reading kept levels; without units
    the frame `units` is empty: one query less where no title of one is shown.
    """
    day = as_of or administration.as_of
    chosen = frames.serving(administration, day) if people is None else people
    framework, competencies, requirements = _framework(administration, day)
    return GapAnalysis(
        administration, day, chosen, framework, competencies, requirements, rows, with_units
    )
