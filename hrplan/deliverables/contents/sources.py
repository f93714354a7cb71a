"""Every figure, table and statement with the rows it comes from, and the annex that lists them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

import competencies.report.sources
import diagnostics.report.sources
import hrplan.partners.report
import hrplan.strategy.report.sources
import training_calendar.report.sources
from competencies.report.sources import LEVELS, PEOPLE, POSTS, PROFILES, RATINGS, UNITS
from diagnostics.report.sources import RESULTS
from hrplan.core.models import Administration
from hrplan.core.rules import can_see_settings
from hrplan.core.tracing import RowSet, Traces, found, made_of
from hrplan.deliverables import frames, rules, wording
from hrplan.deliverables.contents import source_words
from hrplan.deliverables.contents.evidence import Evidence
from hrplan.deliverables.models import Comment, LineDecision
from hrplan.documents.nodes import Chart, Document, Paragraph, Section, Source, Table
from hrplan.documents.outline import Placed, laid_out
from hrplan.documents.tracing import Sources, traced
from hrplan.partners.report import ACTIVITIES
from hrplan.strategy.report.sources import COSTS, DECISIONS, INDICATORS, OBJECTIVES
from training_calendar.report.sources import COSTS as PLAN_COSTS
from training_calendar.report.sources import NEEDS, SEATS, SESSIONS, TRAINING

SETTINGS = RowSet(
    "administration",
    lambda owner: Administration.objects.filter(pk=owner.pk),
    "core:administration",
    can_see_settings,
)
COMMENTS = RowSet(
    "comments",
    lambda owner: Comment.objects.filter(
        administration=owner, is_from_ministry=True, version__is_internal=False
    ).exclude(outcome=""),
    "deliverables:document_list",
    rules.can_see_documents,
)
RULED = RowSet(
    "line_decisions",
    lambda owner: (
        LineDecision.objects.filter(submission__in=frames.carried_out(owner).values("pk"))
        .exclude(ruling=LineDecision.Ruling.ACCEPT)
        .annotate(of=Cast("submission__number", CharField()))
    ),
    "deliverables:submission_list",
    rules.can_see_documents,
    code="of",
)
RULED_KEYS = ("ruled", "ruled-lines")
"""The keys of what is printed of one submission, whose number is their code."""
RECORDS = (
    *(PEOPLE, POSTS, PROFILES, RATINGS, RESULTS, OBJECTIVES, INDICATORS, COSTS),
    *(NEEDS, TRAINING, PLAN_COSTS, SESSIONS, SEATS, ACTIVITIES),
)
OWN: Traces = {
    "summary": made_of(PEOPLE, POSTS, RESULTS, RATINGS, COSTS, PLAN_COSTS, SESSIONS, SEATS,
                       DECISIONS),
    "summary-objectives": made_of(OBJECTIVES, INDICATORS, COSTS, PLAN_COSTS, by="costs"),
    "scope": made_of(PEOPLE, RATINGS, NEEDS, SESSIONS, SEATS, PLAN_COSTS),
    "organisation": made_of(UNITS, POSTS, PEOPLE),
    "individual-plan": made_of(LEVELS),
    "constants": made_of(SETTINGS),
    "sources": made_of(*RECORDS),
    "settings": made_of(SETTINGS),
    "consistency": made_of(*RECORDS),
    "responses": made_of(COMMENTS),
    "ruled": made_of(RULED, SESSIONS, SEATS, NEEDS, PLAN_COSTS, COSTS, INDICATORS),
    "ruled-lines": made_of(RULED),
    "missing-most": made_of(RATINGS, PEOPLE, by="gaps"),
    "plan-in-figures": made_of(TRAINING, SESSIONS, SEATS, PLAN_COSTS, NEEDS),
    "left-out": made_of(SETTINGS),
}  # fmt: skip
TRACES: Traces = {
    **competencies.report.sources.TRACES,
    **diagnostics.report.sources.TRACES,
    **training_calendar.report.sources.TRACES,
    **hrplan.strategy.report.sources.TRACES,
    **hrplan.partners.report.TRACES,
    **OWN,
}


def row_sets() -> frozenset[RowSet]:
    """Every set of rows that a document may name."""
    return frozenset(one.rows for made in TRACES.values() for one in made)


def sources(key: str, evidence: Evidence, codes: Mapping[str, str]) -> Sources:
    """The sources stated for a key, counted; few people are not told to outside readers.

    codes : of keys that tell of the rows under one code without bearing it
    """
    made, code = found(TRACES, key)
    code = codes.get(key, code)
    return tuple(
        Source(
            table=one.rows.table,
            n=_told(one.rows, code, evidence),
            method=one.method,
            page=one.rows.page,
            query=one.rows.query,
        )
        for one in made
    )


def _told(rows: RowSet, code: str, evidence: Evidence) -> int | None:
    n, limit = evidence.count(rows, code), evidence.administration.small_cell_limit
    few = rows.of_people and not evidence.internal and 0 < n < limit
    return None if few else n


def with_sources(document: Document, evidence: Evidence, codes: Mapping[str, str]) -> Document:
    """The document with the sources of all it shows, and the annex that lists them at its end.

    codes : as of `sources`
    """
    sections = tuple(
        traced(section, lambda key: sources(key, evidence, codes)) for section in document.sections
    )
    whole = replace(document, sections=sections)
    return replace(whole, sections=(*sections, _annex(whole)))


def _annex(document: Document) -> Section:
    """Number, title, rows and method of every table and figure."""
    placed = [
        piece
        for piece in laid_out(document, wording.words()).pieces
        if isinstance(piece, Placed) and isinstance(piece.block, Table | Chart)
    ]
    words = _(
        "Every table and figure is made of rows that the administration keeps. Listed are the "
        "tables in which they are kept, how many rows stand behind, and the method by which the "
        "figures are made of them; without a method they are quoted or added up as they stand. "
        "Which rows they are shows the preview of this document to those who may see them."
    )
    table = Table(
        _("Rows behind each table and figure"),
        (_("No."), _("What it shows"), _("Rows behind it"), _("Method")),
        tuple(_row(piece) for piece in placed),
        widths=(1.4, 4.4, 4.4, 2.8),
        note=_few(placed),
        key="figures-from-table",
    )
    title = _("Where the figures come from")
    return Section(title, (Paragraph(words), table), annex=True, key="figures-from")


def _few(placed: Iterable[Placed]) -> str:
    """What “few” stands for, where it is said."""
    withheld = any(
        one.n is None
        for piece in placed
        if isinstance(piece.block, Table | Chart)
        for one in piece.block.sources
    )
    words = _("“Few” stands for fewer people than may be told to outside readers.")
    return words if withheld else ""


def _row(piece: Placed) -> tuple[str, ...]:
    block = piece.block
    if not isinstance(block, Table | Chart):
        raise ValueError("only tables and figures are numbered")
    made = dict.fromkeys(source_words.method(one.method) for one in block.sources if one.method)
    return (
        piece.label,
        block.caption,
        "\n".join(source_words.counted(one) for one in block.sources) or _("none"),
        "; ".join(made) or "–",
    )
