"""The three documents put together: parts in order, annexes, cover and control page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hrplan.core.figures import day
from hrplan.deliverables.analysis.checks import Outcome
from hrplan.deliverables.analysis.responses import Response
from hrplan.deliverables.analysis.ruled import Ruled
from hrplan.deliverables.contents import (
    annexes,
    control,
    development_plan,
    hr_strategy,
    training_calendar,
)
from hrplan.deliverables.contents.arrangement import arrangement
from hrplan.deliverables.contents.evidence import Evidence
from hrplan.deliverables.contents.parts import Filled, Part, filled
from hrplan.deliverables.contents.ruled import ruled_annex
from hrplan.deliverables.contents.sources import RULED_KEYS, with_sources
from hrplan.deliverables.models import DocumentKind, Narrative
from hrplan.documents.nodes import Document, Section

PARTS: dict[str, tuple[Part, ...]] = {
    DocumentKind.STRATEGY.value: hr_strategy.PARTS,
    DocumentKind.PLAN.value: development_plan.PARTS,
    DocumentKind.CALENDAR.value: training_calendar.PARTS,
}
KINDS = tuple(PARTS)


@dataclass(frozen=True, slots=True)
class Body:
    """A document's own sections, before the annexes that look at all three."""

    kind: str
    language: str
    filled: Filled


def body(kind: str, evidence: Evidence, language: str) -> Body:
    """The sections of a document in the language that is active."""
    passages = Narrative.objects.filter(
        administration=evidence.administration, kind=kind, language=language
    )
    said = dict(passages.values_list("section", "text"))
    placed = arrangement(PARTS[kind], evidence.administration, kind)
    return Body(kind, language, filled(placed, evidence, said))


def document(
    body: Body,
    evidence: Evidence,
    outcomes: Sequence[Outcome],
    counts: Mapping[str, int],
    version: str,
    answered: Sequence[Response],
    ruled: Mapping[str, Ruled],
) -> Document:
    """The whole document: cover, control page, sections, annexes, each figure with its sources.

    ruled : document -> what was decided on it line by line last
    """
    decided = ruled.get(body.kind)
    ends = (
        annexes.responses_annex(answered),
        ruled_annex(decided, evidence.administration.currency),
        annexes.constants_annex(evidence, counts),
        annexes.checks_annex(outcomes),
        annexes.glossary_annex(evidence),
        annexes.left_out_annex(body.filled.left_out, body.filled.taken_out),
    )
    codes = dict.fromkeys(RULED_KEYS, str(decided.submission)) if decided else {}
    return with_sources(_bare(body, evidence, version, ends), evidence, codes)


def _bare(body: Body, evidence: Evidence, version: str, ends: Sequence[Section | None]) -> Document:
    owner = evidence.administration
    return Document(
        title=str(DocumentKind(body.kind).label),
        subtitle=_subtitle(body.kind, evidence),
        administration=owner.name,
        version=version,
        as_of=evidence.as_of,
        sections=(*body.filled.sections, *(section for section in ends if section is not None)),
        language=body.language,
        edition=control.edition(internal=evidence.internal),
        notice=control.notice(evidence),
        control=control.control_rows(evidence, body.kind, body.language),
    )


def _subtitle(kind: str, evidence: Evidence) -> str:
    """The time the document is for: the years of the strategy, the days of plan and calendar."""
    strategy, calendar = evidence.strategy, evidence.calendar
    if kind == DocumentKind.STRATEGY and strategy is not None:
        return f"{strategy.starts_on.year} – {strategy.ends_on.year}"
    if kind != DocumentKind.STRATEGY and calendar is not None:
        words = _("%(first)s to %(last)s")
        return words % {"first": day(calendar.starts_on), "last": day(calendar.ends_on)}
    return ""
