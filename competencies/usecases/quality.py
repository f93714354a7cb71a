"""How good the assessments are, and how deep the bench: coverage, sources, bias, holders."""

from dataclasses import dataclass

import pandas as pd

from competencies import wording
from competencies.analysis import bench, calibration
from competencies.analysis.held_levels import SOURCES
from competencies.usecases.constants import WorkforceConstants, workforce_constants
from competencies.usecases.dense import GapFigures
from competencies.usecases.gaps import gap_total, known
from hrplan.core.frames import places, rows_of
from hrplan.core.models import Administration

DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class SourceLine:
    """What one source gave: ratings in force on the day, and the people rated."""

    source: str
    title: str
    ratings: int
    people: int


@dataclass(frozen=True, slots=True)
class UnitQuality:
    """Coverage of one unit, and how far its people see themselves from their supervisors.

    `bias` is self less supervisor [level], None below `enough` pairs; state as calibration says.
    """

    key: str
    title: str
    people: int
    pairs: int
    n: int
    missing: int
    confidence: float | None
    bias: float | None
    bias_n: int
    bias_state: str


@dataclass(frozen=True, slots=True)
class AssessmentQuality:
    """Coverage, sources, validation and confidence of the assessments of the people in service."""

    people: int
    asked: int
    assessed: int
    recent: int
    recently_validated: int
    coverage_months: int
    pairs: int
    n: int
    missing: int
    ratings: int
    validated_ratings: int
    confidence: float | None
    statuses: tuple[tuple[str, int], ...]
    sources: tuple[SourceLine, ...]
    units: tuple[UnitQuality, ...]
    bias: float | None
    bias_n: int

    @property
    def validation_rate(self) -> float | None:
        """Validated among all ratings [0..1]."""
        return self.validated_ratings / self.ratings if self.ratings else None

    @property
    def coverage(self) -> float | None:
        """Assessed among the pairs required [0..1]."""
        return self.n / self.pairs if self.pairs else None


def assessment_quality(administration: Administration, figures: GapFigures) -> AssessmentQuality:
    """How much of what is required was assessed, by whom, how lately and how surely."""
    rule = workforce_constants(administration)
    ratings = figures.ratings()
    since = pd.Timestamp(figures.as_of) - pd.Timedelta(days=rule.coverage_months * DAYS_A_MONTH)
    recent = ratings[ratings["rated_on"] >= since]
    every = gap_total(figures.everything().to_dict("records")[0])
    found = figures.statuses()
    pairs = _rated_by_both(ratings, figures)
    whole = calibration.rater_bias(pairs.assign(all=""), ["all"]).to_dict("records")
    validated = recent.loc[recent["source"] == "validated", "staff"]
    return AssessmentQuality(
        people=len(figures.role),
        asked=every.people,
        assessed=figures.assessed_people,
        recent=int(recent["staff"].nunique()),
        recently_validated=int(validated.nunique()),
        coverage_months=rule.coverage_months,
        pairs=every.pairs,
        n=every.n,
        missing=every.missing,
        ratings=len(ratings),
        validated_ratings=int((ratings["source"] == "validated").sum()),
        confidence=every.confidence,
        statuses=tuple((key, found.get(key, 0)) for key in _STATUSES),
        sources=_sources(ratings),
        units=_units(figures, pairs),
        bias=known(whole[0]["mean"]) if whole else None,
        bias_n=int(whole[0]["n"]) if whole else 0,
    )


_STATUSES = ("validated", "estimated", "to_validate")


def _sources(ratings: pd.DataFrame) -> tuple[SourceLine, ...]:
    parts = ((source, ratings[ratings["source"] == source]) for source in SOURCES)
    return tuple(
        SourceLine(source, wording.source_words(source), len(part), int(part["staff"].nunique()))
        for source, part in parts
        if len(part)
    )


def _rated_by_both(ratings: pd.DataFrame, figures: GapFigures) -> pd.DataFrame:
    pairs = calibration.rating_pairs(ratings, as_of=figures.as_of)
    serving = figures.serving
    rows = places(pd.Index(serving["pk"]), pairs["staff"])
    return pairs.assign(unit=serving["unit"].iloc[rows].array)[rows >= 0]


def _units(figures: GapFigures, pairs: pd.DataFrame) -> tuple[UnitQuality, ...]:
    sums = figures.everything("unit").set_index("unit").to_dict("index")
    bias = calibration.rater_bias(pairs, ["unit"]).set_index("unit").to_dict("index")
    lines = []
    for unit in rows_of(figures.units):
        if unit.unit not in sums:
            continue
        seen = bias.get(unit.unit)
        enough = seen is not None and seen["state"] != calibration.TOO_FEW
        lines.append(
            UnitQuality(
                key=unit.unit,
                title=unit.title,
                **{name: sums[unit.unit][name] for name in ("people", "pairs", "n", "missing")},
                confidence=known(sums[unit.unit]["confidence"]),
                bias=known(seen["mean"]) if seen and enough else None,
                bias_n=int(seen["n"]) if seen else 0,
                bias_state=seen["state"] if seen else calibration.TOO_FEW,
            )
        )
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class BenchLine:
    """One competency: of whom it is asked, who meets it, who carries it; state covered, …"""

    competency: str
    title: str
    group: str
    pk: int
    people: int
    n: int
    missing: int
    able: int
    holders: int
    state: str


@dataclass(frozen=True, slots=True)
class Dependency:
    """A critical competency that exactly one person of a unit meets."""

    unit: str
    competency: str
    title: str
    people: int


@dataclass(frozen=True, slots=True)
class Bench:
    """How many people stand behind each competency, and where it hangs on one."""

    lines: tuple[BenchLine, ...]
    dependencies: tuple[Dependency, ...]
    constants: WorkforceConstants

    @property
    def single_points(self) -> tuple[BenchLine, ...]:
        """Competencies that too few people hold at the level that carries them (K13)."""
        return tuple(line for line in self.lines if line.state == bench.SINGLE)


def bench_depth(administration: Administration, figures: GapFigures) -> Bench:
    """Who meets what is asked, competency by competency, and what hangs on one person."""
    rule = workforce_constants(administration)
    topics, left_out = figures.competencies, figures.left_out
    topics = topics[~topics["competency"].isin(left_out)]
    depth = bench.bench_depth(figures.totals("competency")).set_index("competency")
    depth_rows = depth.to_dict("index")
    carriers = figures.carriers(rule.single_point_level)
    carriers = carriers[~carriers["competency"].isin(left_out)]
    points = bench.single_points(carriers, fewer_than=rule.single_point_people)
    nobody = dict.fromkeys(("people", "n", "missing", "able"), 0)
    lines = tuple(
        BenchLine(
            competency=row.competency,
            title=row.title,
            group=row.group_title,
            pk=row.pk,
            **{key: int(depth_rows.get(row.competency, nobody)[key]) for key in nobody},
            holders=int(point.holders),
            state=str(point.state),
        )
        for row, point in zip(rows_of(topics), rows_of(points), strict=True)
    )
    return Bench(lines, _dependencies(figures), rule)


def _dependencies(figures: GapFigures) -> tuple[Dependency, ...]:
    depth = bench.bench_depth(figures.narrowed(only_critical=True)("unit", "competency"))
    alone = depth[(depth["able"] == 1) & (depth["people"] > 1)]
    units = dict(zip(figures.units["unit"], figures.units["title"], strict=True))
    titles = dict(
        zip(figures.competencies["competency"], figures.competencies["title"], strict=True)
    )
    place = {unit: number for number, unit in enumerate(units)}
    found = sorted(alone.to_dict("records"), key=lambda row: place[row["unit"]])
    return tuple(
        Dependency(units[row["unit"]], row["competency"], titles[row["competency"]],
                   int(row["people"]))
        for row in found
    )  # fmt: skip
