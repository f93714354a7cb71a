"""Gaps on show: the analysis of an administration, its heat maps and its bench."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
from django.db.models import QuerySet

from competencies import frames
from competencies.analysis import gaps, held_levels
from competencies.models import Assessment, Framework, StaffMember, with_below
from competencies.usecases import constants
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


@dataclass(frozen=True, slots=True, eq=False)
class GapAnalysis:
    """Everything about gaps on one day, as frames keyed by codes.

    staff, competencies, profiles, units : the columns of `competencies.frames`
    required : one row per (staff, competency) asked, as `analysis.gaps.required_levels`
    held : one row per (staff, competency) with a rating, as `analysis.held_levels.held_levels`
    cells : one row per (staff, competency) asked, as `analysis.gaps.person_gaps`
    left_out : codes of the competencies that stay out of totals (values)
    """

    as_of: date
    framework: Framework | None
    top_level: int
    constants: held_levels.HeldLevelConstants
    staff: pd.DataFrame
    competencies: pd.DataFrame
    profiles: pd.DataFrame
    units: pd.DataFrame
    requirements: pd.DataFrame
    ratings: pd.DataFrame
    required: pd.DataFrame
    held: pd.DataFrame
    cells: pd.DataFrame
    left_out: frozenset[str]

    def totals(self, *by: str) -> pd.DataFrame:
        """The columns of `analysis.gaps.TOTALS` per group; by: unit, profile, competency, staff."""
        return gaps.gap_totals(self.cells, by, left_out=self.left_out)

    def values(self, *by: str) -> pd.DataFrame:
        """The same for the competencies that stay out of totals."""
        kept = self.cells[self.cells["competency"].isin(self.left_out)]
        return gaps.gap_totals(kept, by)

    def narrowed(
        self,
        *,
        unit: str = "",
        profile: str = "",
        group: str = "",
        grade: str = "",
        only_critical: bool = False,
    ) -> Totals:
        """Totals, to be asked for as from `totals`, of some people and of some competencies.

        A unit counts with those below it; of a group asked for, what stays out of totals counts.
        """
        cells, topics = self.cells, self.competencies
        left_out = self.left_out
        if group:
            left_out = frozenset(topics.loc[topics["group"] != group, "competency"])
        if unit:
            cells = cells[cells["unit"].isin(self.units_below(unit))]
        if profile:
            cells = cells[cells["profile"] == profile]
        if grade:
            graded = self.staff.loc[self.staff["grade"].astype(str) == grade, "staff"]
            cells = cells[cells["staff"].isin(graded)]
        if only_critical:
            cells = cells[cells["critical"]]
        return lambda *by: gaps.gap_totals(cells, by, left_out=left_out)

    def units_below(self, unit: str) -> set[str]:
        """The codes of a unit and of all units under it."""
        return with_below(zip(self.units["unit"], self.units["parent"], strict=True), [unit])

    def seen_by(self, source: str) -> "GapAnalysis":
        """The same with levels as one source alone rates them; of no source: as concluded."""
        if not source:
            return self
        ratings = self.ratings[self.ratings["source"] == source]
        held = held_levels.held_levels(ratings, self.constants, as_of=self.as_of)
        cells = gaps.person_gaps(self.required, held)
        return replace(self, ratings=ratings, held=held, cells=cells)

    def of_units(self, units: Collection[str]) -> "GapAnalysis":
        """The same analysis with the gaps of these units alone."""
        return replace(self, cells=self.cells[self.cells["unit"].isin(units)])

    def of_people(self, people: Collection[str]) -> "GapAnalysis":
        """The same analysis with the gaps of these people alone, by their codes."""
        return replace(self, cells=self.cells[self.cells["staff"].isin(people)])

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
    def grades(self) -> list[int]:
        return sorted(set(self.staff["grade"].dropna().astype(int)))

    @property
    def without_profile(self) -> int:
        return int(self.staff["profile"].isna().sum())


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
    staff: pd.DataFrame
    competencies: pd.DataFrame
    requirements: pd.DataFrame
    required: pd.DataFrame


def demands(
    administration: Administration, people: QuerySet[StaffMember], *, as_of: date
) -> Demands:
    """What the people's profiles ask of them in the framework in force, exemptions left out."""
    framework = frames.current_framework(administration)
    staff = frames.staff(people)
    requirements, competencies, _none = no_cells()
    if framework:
        requirements = frames.requirements(framework, as_of.year)
        competencies = frames.competencies(framework)
    second, exempt = frames.of_persons(administration, framework, as_of)
    required = gaps.required_levels(frames.holdings(staff, second), requirements)
    required = gaps.without_exempt(required, exempt)
    return Demands(framework, staff, competencies, requirements, required)


def gap_analysis(
    administration: Administration,
    *,
    as_of: date | None = None,
    people: QuerySet[StaffMember] | None = None,
    rows: Sequence[Assessment] | None = None,
    with_units: bool = True,
) -> GapAnalysis:
    """Required and held levels of the people (all in service), and the gaps between them.

    Ratings that were read already, all of these people, save reading them again; without units
    the frame `units` is empty: one query less where no title of one is shown.
    """
    day = as_of or administration.as_of
    chosen = frames.serving(administration, day) if people is None else people
    asked = demands(administration, chosen, as_of=day)
    framework, staff, competencies = asked.framework, asked.staff, asked.competencies
    top = frames.top_level(framework) if framework else 4
    rule = constants.held_level_constants(administration, top)
    ratings = no_cells()[2]
    if framework:
        read = frames.rating_values(framework, staff) if rows is None else frames.values_of(rows)
        ratings = frames.ratings(read, staff, competencies)
    required = asked.required
    held = held_levels.held_levels(ratings, rule, as_of=day)
    return GapAnalysis(
        as_of=day,
        framework=framework,
        top_level=top,
        constants=rule,
        staff=staff,
        competencies=competencies,
        profiles=frames.profiles(administration),
        units=frames.units(administration, none=not with_units),
        requirements=asked.requirements,
        ratings=ratings,
        required=required,
        held=held,
        cells=gaps.person_gaps(required, held),
        left_out=frozenset(
            competencies.loc[~competencies["in_gap_totals"].astype(bool), "competency"]
        ),
    )
