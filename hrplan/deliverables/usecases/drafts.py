"""Documents drawn up from the data as they stand: the three together, checked, in one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from hrplan.core.models import Administration
from hrplan.core.wording import languages_of, spoken
from hrplan.deliverables import frames
from hrplan.deliverables.analysis.checks import Outcome, outcomes, overridden, rows_of
from hrplan.deliverables.analysis.facts import Facts, HeadcountFact, NamedFact, StationFact
from hrplan.deliverables.analysis.names import people_named
from hrplan.deliverables.analysis.responses import Response
from hrplan.deliverables.contents.documents import KINDS, Body, body, document
from hrplan.deliverables.contents.evidence import Evidence
from hrplan.deliverables.models import DocumentKind
from hrplan.deliverables.usecases import calendar_rows, line_decisions
from hrplan.deliverables.usecases.comments import printed
from hrplan.documents.nodes import Document
from training_calendar.models import Plan
from training_calendar.usecases.cover import cover


@dataclass(frozen=True, slots=True)
class Draft:
    """One document as it would be frozen, and the rows it quotes."""

    kind: str
    language: str
    internal: bool
    document: Document
    snapshot: dict[str, Any]
    plan: Plan | None


def checked_language(administration: Administration, language: str) -> str:
    """The language asked for, or the administration's first. Refused if it is none of its own."""
    own = languages_of(administration)
    if language and language not in own:
        words = _("%(name)s writes its documents in %(own)s, not in %(asked)s.")
        values = {"name": administration, "own": ", ".join(own), "asked": language}
        raise ValidationError(words % values)
    return language or own[0]


def draft_documents(
    administration: Administration,
    kinds: Sequence[str] = KINDS,
    *,
    language: str = "",
    internal: bool = False,
    version: str = "",
    evidence: Evidence | None = None,
) -> tuple[Draft, ...]:
    """The documents asked for, drawn from one reading of the data, with their checks printed.

    version : what the cover says; empty where it is a draft
    evidence : a reading of the same edition that goes on being used; without one, a new one
    """
    language = checked_language(administration, language)
    evidence = evidence or Evidence(administration, internal=internal)
    with translation.override(spoken(language)):
        bodies = [body(kind, evidence, language) for kind in kinds]
        counts = frames.counts(administration, evidence.strategy, evidence.plan)
        said = {one.kind: _answered(evidence, one) for one in bodies}
        ruled = line_decisions.carried_out(administration)
        outside = () if internal else bodies
        bare = [
            document(one, evidence, (), counts, version, said[one.kind], ruled) for one in outside
        ]
        named = _named(administration, bare) if bare else ()
        facts = facts_of(evidence, kinds=kinds, outside=len(bare), named=named)
        found = overridden(outcomes(facts), frames.overrides(administration))
        drawn = [
            document(one, evidence, found, counts, version or _("draft"), said[one.kind], ruled)
            for one in bodies
        ]
        for at, one in enumerate(bodies):
            if said[one.kind]:  # what this version changes is known once it is drawn up
                told = _answered(evidence, one, drawn[at])
                drawn[at] = document(
                    one, evidence, found, counts, version or _("draft"), told, ruled
                )
        return tuple(
            Draft(
                kind=one.kind,
                language=language,
                internal=internal,
                document=made,
                snapshot=_snapshot(evidence, one.kind, counts, found),
                plan=evidence.plan,
            )
            for one, made in zip(bodies, drawn, strict=True)
        )


def _answered(evidence: Evidence, one: Body, draft: Document | None = None) -> tuple[Response, ...]:
    owner, internal = evidence.administration, evidence.internal
    return printed(owner, one.kind, language=one.language, internal=internal, draft=draft)


def draft_document(
    administration: Administration, kind: str, *, language: str = "", internal: bool = False
) -> Document:
    """One document as it would be frozen now."""
    drafts = draft_documents(administration, (kind,), language=language, internal=internal)
    return drafts[0].document


def _named(administration: Administration, documents: Sequence[Document]) -> tuple[NamedFact, ...]:
    names = frames.people_to_hide(administration)
    return tuple(found for one in documents for found in people_named(one, one.title, names))


def facts_of(
    evidence: Evidence,
    *,
    kinds: Sequence[str] = (),
    outside: int = 0,
    named: tuple[NamedFact, ...] = (),
) -> Facts:
    """What the consistency rules look at.

    kinds : documents drawn up now; the others state what their latest version states
    outside : documents for outside readers that were searched for names; named : what was found
    """
    plan, calendar, strategy = evidence.plan, evidence.calendar, evidence.strategy
    analysis = evidence.competence.analysis
    owner = evidence.administration
    return Facts(
        interventions=frames.interventions(plan) if plan else (),
        objectives=frames.objectives(strategy) if strategy else (),
        sessions=(sessions := frames.sessions(calendar) if calendar else ()),
        sessions_cost=sum(one.cost for one in sessions),
        outside_cost=frames.outside_cost(calendar) if calendar else 0.0,
        plan_cost=frames.plan_cost(plan) if plan else None,
        seats=frames.seats(calendar, analysis.levels) if calendar else (),
        prerequisites=frames.prerequisites(owner),
        stations=_stations(evidence),
        hours=tuple(frames.hours(calendar, analysis.people, analysis.profiles)) if calendar else (),
        gaps=frames.gaps(plan) if plan else (),
        targets=frames.targets(strategy) if strategy else (),
        headcounts=_headcounts(evidence, kinds),
        outside_documents=outside,
        named=named,
    )


def _stations(evidence: Evidence) -> tuple[StationFact, ...]:
    if evidence.calendar is None:
        return ()
    return tuple(
        StationFact(one.code, one.title, sum(cell.broken_days for cell in one.cells))
        for one in cover(evidence.calendar).stations
    )


def _headcounts(evidence: Evidence, kinds: Sequence[str]) -> tuple[HeadcountFact, ...]:
    latest = frames.latest(evidence.administration, internal=evidence.internal)
    now = (evidence.as_of, evidence.competence.workforce.strength)
    stated = []
    for kind in KINDS:
        as_of, headcount = now
        if kind not in kinds and kind in latest:
            as_of = latest[kind].as_of
            headcount = int(latest[kind].snapshot["headcount"])
        stated.append(HeadcountFact(str(DocumentKind(kind).label), as_of, headcount))
    return tuple(stated)


def _snapshot(
    evidence: Evidence, kind: str, counts: Mapping[str, int], found: Sequence[Outcome]
) -> dict[str, Any]:
    snapshot: dict[str, Any] = {
        "as_of": evidence.as_of.isoformat(),
        "headcount": evidence.competence.workforce.strength,
        "counts": dict(counts),
        "seed": evidence.administration.seed,
        "checks": rows_of(found),
    }
    lines: list[dict[str, Any]] = []
    if kind == DocumentKind.STRATEGY and evidence.strategy:
        snapshot["targets"] = frames.targets_now(evidence.strategy)
        lines = line_decisions.of_strategy(evidence.strategy)
    if kind == DocumentKind.PLAN and evidence.plan:
        lines = line_decisions.of_plan(evidence.plan)
    if kind == DocumentKind.CALENDAR and evidence.calendar:
        snapshot["calendar"] = calendar_rows.rows(evidence.calendar, internal=evidence.internal)
        lines = line_decisions.of_calendar(snapshot["calendar"].get("sessions", ()))
    return {**snapshot, "lines": lines}
