"""The section on how levels were assessed, and how well."""

from functools import partial

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from competencies.report.numbers import WITHHELD
from competencies.usecases.figures import CompetenceFigures
from hrplan.core.figures import number, percent, signed
from hrplan.documents.alignment import aligned
from hrplan.documents.nodes import (
    Block,
    Paragraph,
    Section,
    Table,
)


def assessment_section(figures: CompetenceFigures) -> Section | None:
    """How levels were assessed: sources, coverage, validation, confidence, raters' bias."""
    seen = figures.quality
    if not seen.ratings:
        return None
    lead = _(
        "%(ratings)s ratings stand behind this plan. They cover %(n)s of the %(pairs)s levels that "
        "job profiles ask for (%(share)s); %(missing)s were not assessed, and count as unknown, "
        "never as zero. %(assessed)s of %(asked)s people with a profile were assessed."
    ) % {
        "ratings": number(seen.ratings),
        "n": number(seen.n),
        "pairs": number(seen.pairs),
        "share": percent(seen.coverage),
        "missing": number(seen.missing),
        "assessed": number(seen.assessed),
        "asked": number(seen.asked),
    }
    sources = Table(
        _("Ratings by source"),
        (_("Source"), _("Ratings"), _("People rated")),
        tuple((capfirst(s.title), number(s.ratings), number(s.people)) for s in seen.sources),
        align=aligned(1, 2),
        widths=(3, 1, 1),
        key="rating-sources",
    )
    blocks: tuple[Block, ...] = (
        Paragraph(lead, style="lead"),
        sources,
        Paragraph(_confidence_words(figures)),
        _quality_table(figures),
        Paragraph(_bias_words(figures)),
    )
    return Section(_("Assessment method and quality"), blocks, key="assessment")


def _confidence_words(figures: CompetenceFigures) -> str:
    seen, states = figures.quality, dict(figures.quality.statuses)
    return _(
        "A validated rating settles a level. Without one the level is the weighted mean of the "
        "latest rating of each source, and its confidence falls when raters differ and as the "
        "rating ages. Mean confidence is %(confidence)s on a scale from 0 to 1. %(validated)s "
        "levels are validated, %(estimated)s are estimated, and %(doubtful)s must be validated "
        "first because raters differ widely. Within %(months)d months before this plan "
        "%(recent)s people were assessed, %(settled)s of them with a validated rating."
    ) % {
        "confidence": number(seen.confidence, 2),
        "validated": number(states["validated"]),
        "estimated": number(states["estimated"]),
        "doubtful": number(states["to_validate"]),
        "months": seen.coverage_months,
        "recent": number(seen.recent),
        "settled": number(seen.recently_validated),
    }


def _quality_table(figures: CompetenceFigures) -> Table:
    limit = figures.limit or 0
    rows = tuple(
        (
            unit.title,
            number(unit.people),
            number(unit.pairs),
            number(unit.missing),
            WITHHELD if unit.people < limit else number(unit.confidence, 2),
            WITHHELD if unit.people < limit or unit.bias is None else _levels(unit.bias),
        )
        for unit in figures.quality.units
    )
    note = _(
        "Self less supervisor: mean difference in levels where both have rated; above 0 people "
        "rate themselves higher. A dash: too few people or too few pairs to say."
    )
    return Table(
        _("Coverage and confidence by unit"),
        (
            _("Unit"), _("People"), _("Levels asked"), _("Not assessed"), _("Confidence"),
            _("Self less supervisor"),
        ),
        rows,
        align=aligned(1, 5),
        widths=(4, 1, 1.2, 1.2, 1.2, 1.4),
        note=note,
        key="quality",
    )  # fmt: skip


def _levels(difference: float) -> str:
    return signed(difference, partial(number, places=2))


def _bias_words(figures: CompetenceFigures) -> str:
    seen = figures.quality
    if seen.bias is None:
        return _("No level was rated both by the person and by the supervisor.")
    return _(
        "Where both rated (%(n)s levels), people placed themselves %(bias)s levels against their "
        "supervisors on average. Units that lie far from this mean should compare examples before "
        "the next round."
    ) % {"n": number(seen.bias_n), "bias": _levels(seen.bias)}
