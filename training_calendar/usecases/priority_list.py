"""All needs by competency and job profile, ranked, with what was ruled about each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Any

import pandas as pd

from competencies.analysis.suppression import suppressed
from competencies.usecases.dense import GapFigures, gap_figures
from competencies.usecases.quality import bench_depth
from hrplan.core.models import Administration
from training_calendar import frames, wording
from training_calendar.models import NeedRuling
from training_calendar.usecases.constants import planning_constants
from training_calendar.usecases.duties import duties
from training_calendar.usecases.ranking import ranked_needs


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a priority [0..1], and the points it gives [0..100]."""

    key: str
    words: str
    value: float
    points: float


@dataclass(frozen=True, slots=True)
class PriorityLine:
    """One need: a competency in a job profile.

    Where too few people are behind it only the band is told: rank and figures are None, and there
    is no ruling, for a cause or a reason would tell of them.

    mean_gap [level]; weighted_gap, adjusted_gap [weighted levels]; priority [0..100]
    """

    rank: int | None
    band: int
    competency: str
    competency_title: str
    competency_pk: int
    profile: str
    profile_title: str
    profile_pk: int
    deadline: date | None
    ruling: NeedRuling | None
    priority: float | None
    people: int | None
    mean_gap: float | None
    weighted_gap: float | None
    adjusted_gap: float | None
    terms: tuple[Term, ...]

    @property
    def is_hidden(self) -> bool:
        return self.people is None

    @property
    def cause(self) -> str:
        return self.ruling.cause if self.ruling else ""

    @property
    def band_words(self) -> str:
        return wording.band(self.band)

    @property
    def band_shape(self) -> str:
        return wording.BAND_SHAPES[self.band]

    @property
    def cause_words(self) -> str:
        return str(NeedRuling.Cause(self.cause).label) if self.cause else ""

    @property
    def response(self) -> str:
        return "" if self.is_hidden else wording.response(self.cause)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A competency that hangs on one person in these units, and has no place in the top band."""

    competency: str
    title: str
    pk: int
    units: tuple[str, ...]


def need_priorities(
    administration: Administration,
    *,
    figures: GapFigures | None = None,
    limit: int | None,
) -> tuple[PriorityLine, ...]:
    """Every need in its order; with `limit`, figures on fewer people and what betrays them go.

    Works before there is a plan: duties are those of the plan in force, if there is one.
    """
    found = figures or gap_figures(administration)
    rule = planning_constants(administration)
    ranked = ranked_needs(found, frames.rulings(administration), rule, duties(administration))
    shown = _shown(ranked, limit)
    topics = found.competencies.set_index("competency")[["title", "pk"]].to_dict("index")
    jobs = found.profiles.set_index("profile")[["title", "pk"]].to_dict("index")
    rows = NeedRuling.objects.filter(administration=administration)
    ruled = rows.select_related("approved_by__user", "proposed_by").in_bulk()
    words = [(key, wording.term(key)) for key in wording.TERMS]
    weights = dict(zip(words, rule.priority.weights, strict=True))
    lines = [_line(row, topics, jobs, ruled, weights, shown) for row in ranked.to_dict("records")]
    return _placed(lines) if limit is not None else tuple(lines)


def _placed(lines: list[PriorityLine]) -> tuple[PriorityLine, ...]:
    """Hidden lines at the end of their band by code, so that no place tells their priority."""
    rank = count(1)
    seen = [line if line.is_hidden else replace(line, rank=next(rank)) for line in lines]
    return tuple(
        sorted(
            seen,
            key=lambda line: (
                line.band,
                line.is_hidden,
                line.rank or 0,
                line.competency,
                line.profile,
            ),
        )
    )


def _shown(ranked: pd.DataFrame, limit: int | None) -> set[tuple[str, str]]:
    """The (competency, profile) whose figures may be read."""
    pairs = ranked[["competency", "group", "people"]].set_axis(["row", "column", "n"], axis=1)
    if limit is None or pairs.empty:
        return set(pairs[["row", "column"]].itertuples(index=False, name=None))
    cells = suppressed(pairs, limit=limit)
    seen = cells.loc[cells["n"].notna(), ["row", "column"]]
    return set(seen.itertuples(index=False, name=None))


def _line(
    row: Mapping[Any, Any],
    topics: Mapping[Any, Mapping[Any, Any]],
    jobs: Mapping[Any, Mapping[Any, Any]],
    ruled: Mapping[int, NeedRuling],
    weights: Mapping[tuple[str, str], float],
    shown: set[tuple[str, str]],
) -> PriorityLine:
    topic, job = topics[row["competency"]], jobs[row["group"]]
    seen = (row["competency"], row["group"]) in shown

    def figure(name: str) -> float | None:
        return float(row[name]) if seen else None

    return PriorityLine(
        rank=int(row["rank"]) if seen else None,
        band=int(row["band"]),
        competency=row["competency"],
        competency_title=topic["title"],
        competency_pk=int(topic["pk"]),
        profile=row["group"],
        profile_title=job["title"],
        profile_pk=int(job["pk"]),
        deadline=None if pd.isna(row["deadline"]) else row["deadline"],
        ruling=None if pd.isna(row["ruling"]) or not seen else ruled[int(row["ruling"])],
        priority=figure("priority"),
        people=int(row["people"]) if seen else None,
        mean_gap=figure("mean_gap"),
        weighted_gap=figure("weighted_gap"),
        adjusted_gap=figure("adjusted_gap"),
        terms=_terms(row, weights) if seen else (),
    )


def _terms(row: Mapping[Any, Any], weights: Mapping[tuple[str, str], float]) -> tuple[Term, ...]:
    return tuple(
        Term(key, words, float(row[key]), 100 * weight * float(row[key]))
        for (key, words), weight in weights.items()
    )


def narrowed(
    lines: Iterable[PriorityLine],
    *,
    band: str = "",
    profile: str = "",
    competency: str = "",
    cause: str = "",
) -> list[PriorityLine]:
    """The lines of a band, a profile, a competency, a cause; `cause` none: nobody looked."""
    return [
        line
        for line in lines
        if band in {"", str(line.band)}
        and profile in {"", line.profile}
        and competency in {"", line.competency}
        and (not cause or (not line.is_hidden and cause == (line.cause or "none")))
    ]


def suggested_overrides(
    administration: Administration, figures: GapFigures
) -> tuple[Suggestion, ...]:
    """Critical competencies that hang on one person, of which nobody proposed the top band."""
    rows = NeedRuling.objects.filter(administration=administration).exclude(ground="")
    known = set(rows.values_list("competency__code", flat=True))
    units: dict[str, list[str]] = {}
    for one in bench_depth(administration, figures).dependencies:
        if one.competency not in known:
            units.setdefault(one.competency, []).append(one.unit)
    topics = figures.competencies.set_index("competency")[["title", "pk"]].to_dict("index")
    found = [
        Suggestion(code, topics[code]["title"], int(topics[code]["pk"]), tuple(names))
        for code, names in units.items()
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.units), one.competency)))
