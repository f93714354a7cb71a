"""Competencies and lists of people on show, each with what the analysis says of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from django.db.models import QuerySet

from competencies.analysis import suppression
from competencies.models import Competency, Requirement, StaffMember
from competencies.usecases.dense import GapFigures
from competencies.usecases.gaps import gap_analysis, known
from competencies.usecases.heat_maps import HeatColumn, heat_map
from competencies.usecases.quality import BenchLine, bench_depth
from hrplan.core import audit
from hrplan.core.models import Member


@dataclass(frozen=True, slots=True)
class LevelCount:
    """A step of the scale: what it means here, and how many hold just this; None is withheld."""

    level: int
    name: str
    text: str
    knowledge: str
    skill: str
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
    competency: Competency, analysis: GapFigures, *, limit: int | None = None
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


def _own_group(competency: Competency, analysis: GapFigures) -> str:
    """The group, where its competencies stay out of totals and have a table of their own."""
    return competency.group.code if competency.code in analysis.left_out else ""


def _levels(
    competency: Competency, analysis: GapFigures, limit: int | None
) -> tuple[LevelCount, ...]:
    counts = Counter(np.floor(analysis.held(competency.code)).astype(int).tolist())
    said = {row.level: row for row in competency.level_texts.all()}
    scale = list(competency.framework.levels.all())
    table = pd.DataFrame(
        {
            "row": [str(step.level) for step in scale],
            "column": "people",
            "n": [counts[step.level] for step in scale],
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
            text=said[step.level].text if step.level in said else step.can_do,
            knowledge=said[step.level].knowledge if step.level in said else "",
            skill=said[step.level].skill if step.level in said else "",
            people=None if pd.isna(shown[str(step.level)]) else int(shown[str(step.level)]),
        )
        for step in scale
    )


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A staff member in a list: gap index [0..1], critical misses, pairs not assessed.

    index, critical_misses : None where nothing (critical) was assessed; missing : None where
    nothing is asked
    """

    person: StaffMember
    index: float | None
    critical_misses: int | None
    missing: int | None


def staff_lines(people: Iterable[StaffMember], totals: pd.DataFrame) -> tuple[StaffLine, ...]:
    """Each staff member with what the totals by staff say in one line.

    totals : one row per staff of whom something is asked: index, critical_n, critical_misses,
        missing
    """
    rows = totals.set_index("staff").to_dict("index")
    return tuple(_staff_line(person, rows.get(person.code)) for person in people)


def _staff_line(person: StaffMember, row: Mapping[Any, Any] | None) -> StaffLine:
    if row is None:
        return StaffLine(person, None, None, None)
    misses = int(row["critical_misses"]) if row["critical_n"] else None
    return StaffLine(person, known(row["index"]), misses, int(row["missing"]))


def ranked_staff(people: Iterable[str], totals: pd.DataFrame, sort: str) -> list[str]:
    """Codes of people by a figure of StaffLine, falling with a minus; who has none comes last.

    totals : as `staff_lines`
    """
    key, falls = sort.lstrip("-"), sort.startswith("-")
    values = totals[key]
    if key == "critical_misses":
        values = values.where(totals["critical_n"] > 0)
    known_of = dict(zip(totals["staff"], values, strict=True))
    codes = pd.Series(list(people), dtype="str")
    ordered = codes.map(known_of).sort_values(ascending=not falls, kind="stable")
    return codes[ordered.index].tolist()


Exported = tuple[str, str, str, str, str, float | None, int | None, int | None]


def exported_staff(people: QuerySet[StaffMember], *, by: Member) -> Iterator[Exported]:
    """Each of these people to leave the product in a file; that is on record.

    Number, name, unit, job profile, rank; then the figures of StaffLine.
    """
    owner = by.administration
    audit.record("export staff list", owner, by=by, administration=owner)
    columns = ("code", "name", "unit__title", "profile__title", "rank")
    rows = list(people.values_list(*columns))
    totals = gap_analysis(owner, people=people).totals_of_people()
    figures = totals[["index", "critical_misses", "critical_n", "missing"]]
    told = dict(zip(totals["staff"], figures.itertuples(index=False, name=None), strict=True))
    return ((*row, *_exported(told.get(row[0]))) for row in rows)


def _exported(
    told: tuple[float, int, int, int] | None,
) -> tuple[float | None, int | None, int | None]:
    if told is None:
        return None, None, None
    index, misses, asked, missing = told
    return known(index), int(misses) if asked else None, int(missing)
