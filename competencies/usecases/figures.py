"""Everything of this floor that the documents quote, gathered once for one snapshot."""

from dataclasses import dataclass

from competencies import wording
from competencies.analysis import gaps as pure
from competencies.models import LearningPath, Level, StaffLevel
from competencies.usecases import constants, dense, gaps, heat_maps, outlook, quality, workforce
from competencies.usecases.frameworks import ProfileLine, profile_lines
from competencies.usecases.outlook import WorkforceOutlook
from competencies.usecases.quality import AssessmentQuality, Bench
from competencies.usecases.workforce import WorkforceProfile
from hrplan.core.models import Administration


@dataclass(frozen=True, slots=True)
class BandLine:
    """The gaps of one layer of staff; `total` None where withheld."""

    staff_level: str
    title: str
    total: gaps.GapTotal | None


@dataclass(frozen=True, slots=True, eq=False)
class CompetenceFigures:
    """What the sections are made of; `limit` is the small-cell limit, None inside the office."""

    administration: Administration
    limit: int | None
    analysis: gaps.GapAnalysis
    levels: tuple[Level, ...]
    profiles: tuple[ProfileLine, ...]
    workforce: WorkforceProfile
    outlook: WorkforceOutlook
    quality: AssessmentQuality
    bench: Bench
    heat: heat_maps.HeatMap
    by_competency: tuple[heat_maps.GapLine, ...]
    by_unit: tuple[heat_maps.GapLine, ...]
    by_profile: tuple[heat_maps.GapLine, ...]
    by_band: tuple[BandLine, ...]
    paths: tuple[LearningPath, ...]
    constants: tuple[constants.Constant, ...]


def competence_figures(
    administration: Administration, *, internal: bool = False
) -> CompetenceFigures:
    """One snapshot for the three documents; small cells are withheld unless `internal`."""
    limit = None if internal else administration.small_cell_limit
    analysis, seen = gaps.gap_analysis(administration), dense.gap_figures(administration)
    framework = analysis.framework
    return CompetenceFigures(
        administration=administration,
        limit=limit,
        analysis=analysis,
        levels=tuple(framework.levels.all()) if framework else (),
        profiles=profile_lines(administration),
        workforce=workforce.workforce_profile(administration, limit=limit),
        outlook=outlook.workforce_outlook(administration, analysis, limit=limit),
        quality=quality.assessment_quality(administration, seen),
        bench=quality.bench_depth(administration, seen),
        heat=heat_maps.heat_map(seen, "unit", limit=limit),
        by_competency=heat_maps.gap_lines(seen, "competency", limit=limit),
        by_unit=heat_maps.gap_lines(seen, "unit", limit=limit),
        by_profile=heat_maps.gap_lines(seen, "profile", limit=limit),
        by_band=gap_bands(analysis, limit=limit),
        paths=tuple(LearningPath.objects.of(administration).select_related("profile")),
        constants=constants.constants(administration, analysis.top_level),
    )


def gap_bands(analysis: gaps.GapAnalysis, *, limit: int | None = None) -> tuple[BandLine, ...]:
    """Gaps by layer of staff; with `limit`, layers of fewer people are withheld in pairs."""
    levels = analysis.profiles.set_index("profile")["staff_level"]
    cells = analysis.cells.assign(staff_level=analysis.cells["profile"].map(levels))
    totals = pure.gap_totals(cells, ["staff_level"], left_out=analysis.left_out)
    found = {row["staff_level"]: gaps.gap_total(row) for row in totals.to_dict("records")}
    few = {key for key, total in found.items() if limit and total.people < limit}
    if len(few) == 1 and len(found) > 1:
        few.add(min(set(found) - few, key=lambda key: (found[key].people, key)))
    return tuple(
        BandLine(key, wording.staff_level_words(key), None if key in few else found[key])
        for key in StaffLevel.values
        if key in found
    )
