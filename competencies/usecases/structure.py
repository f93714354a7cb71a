"""Units and competencies on show, each with what the analysis says of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import floor
from typing import Any

import pandas as pd

from competencies.analysis import suppression
from competencies.models import Competency, LevelText, Post, Requirement, StaffMember, Unit
from competencies.usecases.gaps import GapAnalysis, known
from competencies.usecases.heat_maps import HeatCell, HeatColumn, HeatRow, heat_map
from competencies.usecases.quality import BenchLine, Dependency, bench_depth
from competencies.usecases.workforce import Establishment, workforce_profile
from hrplan.core.models import Administration

SHOWN = 10


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in the tree: how deep it stands, its posts and people."""

    unit: Unit
    depth: int
    establishment: Establishment

    @property
    def indent(self) -> str:
        """Wide blanks that set the unit in by its depth, in tables without a style of their own."""
        return "\u2003" * (self.depth - 1) + "└ " if self.depth else ""


def unit_lines(administration: Administration) -> tuple[UnitLine, ...]:
    """All units, each below the one above it."""
    seen = workforce_profile(administration)
    establishment = {line.pk: line for line in seen.units}
    children: dict[int | None, list[Unit]] = {}
    for unit in Unit.objects.of(administration):
        children.setdefault(unit.parent_id, []).append(unit)

    def walk(parent: int | None, depth: int) -> Iterator[UnitLine]:
        for unit in children.get(parent, []):
            yield UnitLine(unit, depth, establishment[unit.pk])
            yield from walk(unit.pk, depth + 1)

    return tuple(walk(None, 0))


@dataclass(frozen=True, slots=True)
class UnitOverview:
    """One unit: its posts and people, its widest gaps, what hangs on one person there."""

    unit: Unit
    establishment: Establishment
    most_away: int
    total: HeatCell | None
    widest: tuple[tuple[HeatColumn, HeatCell], ...]
    dependencies: tuple[Dependency, ...]
    posts: tuple[Post, ...]


def unit_overview(unit: Unit, analysis: GapAnalysis, *, limit: int | None = None) -> UnitOverview:
    """What the analysis and the establishment say of one unit."""
    administration = unit.administration
    heat = heat_map(analysis, "unit", limit=limit)
    row: HeatRow | None = next((row for row in heat.rows if row.pk == unit.pk), None)
    pairs = zip(heat.columns, row.cells, strict=True) if row else ()
    cells = [(column, cell) for column, cell in pairs if cell and cell.gap > 0]
    widest = sorted(cells, key=lambda pair: pair[1].gap, reverse=True)[:SHOWN]
    posts = Post.objects.filter(unit=unit).select_related("profile", "staff_member")
    serving = set(analysis.staff["pk"])
    filled = sum(
        1 for post in posts if (held := getattr(post, "staff_member", None)) and held.pk in serving
    )
    strength = int((analysis.staff["unit"] == unit.code).sum())
    established = Establishment(
        unit.code, unit.title, unit.pk, len(posts), filled, len(posts) - filled, strength
    )
    alone = bench_depth(administration, analysis).dependencies if limit is None else ()
    return UnitOverview(
        unit=unit,
        establishment=established,
        most_away=max(1, floor(unit.max_away_share * strength)) if strength else 0,
        total=row.total if row else None,
        widest=tuple(widest),
        dependencies=tuple(line for line in alone if line.unit == unit.title),
        posts=tuple(posts),
    )


@dataclass(frozen=True, slots=True)
class LevelCount:
    """A step of the scale: what it means here, and how many hold just this; None is withheld."""

    level: int
    name: str
    text: str
    people: int | None


@dataclass(frozen=True, slots=True)
class CompetencyOverview:
    """One competency: its levels with their holders, its gap, its bench, who is asked for it."""

    competency: Competency
    levels: tuple[LevelCount, ...]
    column: HeatColumn | None
    bench: BenchLine | None
    requirements: tuple[Requirement, ...]


def competency_overview(
    competency: Competency, analysis: GapAnalysis, *, limit: int | None = None
) -> CompetencyOverview:
    """Level texts with holders, gap, bench and the profiles that ask for the competency."""
    heat = heat_map(analysis, "unit", group=_own_group(competency, analysis), limit=limit)
    lines = bench_depth(competency.administration, analysis).lines
    requirements = Requirement.objects.filter(competency=competency).select_related("profile")
    return CompetencyOverview(
        competency=competency,
        levels=_levels(competency, analysis, limit),
        column=next((one for one in heat.columns if one.pk == competency.pk), None),
        bench=next((line for line in lines if line.pk == competency.pk), None),
        requirements=tuple(requirements.order_by("-level", "profile__position")),
    )


def _own_group(competency: Competency, analysis: GapAnalysis) -> str:
    """The group, where its competencies stay out of totals and have a table of their own."""
    return competency.group.code if competency.code in analysis.left_out else ""


def _levels(
    competency: Competency, analysis: GapAnalysis, limit: int | None
) -> tuple[LevelCount, ...]:
    held = analysis.held.loc[analysis.held["competency"] == competency.code, "level"]
    counts = held.astype(float).map(floor).value_counts()
    texts = dict(LevelText.objects.filter(competency=competency).values_list("level", "text"))
    scale = list(competency.framework.levels.all())
    table = pd.DataFrame(
        {
            "row": [str(step.level) for step in scale],
            "column": "people",
            "n": [int(counts.get(step.level, 0)) for step in scale],
        }
    )
    shown: dict[str, float] = {}
    if scale:
        seen = suppression.suppressed(table, limit=limit or 0)
        inner = seen[seen["column"] == "people"]
        shown = dict(zip(inner["row"], inner["n"], strict=True))
    return tuple(
        LevelCount(
            level=step.level,
            name=step.name,
            text=texts.get(step.level, step.can_do),
            people=None if pd.isna(shown[str(step.level)]) else int(shown[str(step.level)]),
        )
        for step in scale
    )


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A staff member in a list: gap index [0..1], critical misses, pairs not assessed."""

    person: StaffMember
    index: float | None
    critical_misses: int
    missing: int


def staff_lines(people: Iterable[StaffMember], analysis: GapAnalysis) -> tuple[StaffLine, ...]:
    """Each staff member with what the analysis says in one line."""
    totals = analysis.totals("staff").set_index("staff").to_dict("index")
    nothing: dict[str, Any] = {"index": None, "critical_misses": 0, "missing": 0}
    return tuple(
        StaffLine(person, known(row["index"]), int(row["critical_misses"]), int(row["missing"]))
        for person in people
        for row in (totals.get(person.code, nothing),)
    )
