"""The HR Strategy: its parts in order."""

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from competencies.report.framework import framework_section
from competencies.report.workforce import workforce_section
from diagnostics.report.agreement import agreement_section
from diagnostics.report.comparison import comparison_section
from diagnostics.report.detail import diagnostic_annex
from diagnostics.report.evidence import consultation_annex as hearing_annex
from diagnostics.report.evidence import context_section, method_section
from diagnostics.report.results import diagnostic_section
from hrplan.deliverables.contents.evidence import Evidence
from hrplan.deliverables.contents.in_short import with_gaps, with_plan
from hrplan.deliverables.contents.organisation import organisation_annex
from hrplan.deliverables.contents.parts import Maker, Part
from hrplan.deliverables.contents.summary import summary_section
from hrplan.deliverables.models import SignOff
from hrplan.documents.nodes import Block, PageBreak, Paragraph, Section, Text
from hrplan.strategy.report import aims, follow_up, work
from hrplan.strategy.report import money as strategy_money
from hrplan.strategy.usecases.contents import StrategyContents


def of_strategy(make: Callable[[StrategyContents], Section | None]) -> Maker:
    """A section made of the strategy in force; none without one."""
    return lambda evidence: make(evidence.contents) if evidence.contents else None


def _foreword(evidence: Evidence) -> Section | None:
    """The foreword on a page of its own, with the name of the first who signs."""
    section = aims.foreword_section(evidence.contents) if evidence.contents else None
    if section is None:
        return None
    first = SignOff.objects.filter(administration=evidence.administration).first()
    signed: tuple[Block, ...] = ()
    if first is not None:
        signed = (Paragraph((Text(first.name, bold=True), Text(f"\n{first.function}"))),)
    return replace(section, blocks=(*section.blocks, *signed, PageBreak()))


def _summary(evidence: Evidence) -> Section | None:
    """The summary on a page of its own."""
    section = summary_section(evidence)
    return replace(section, blocks=(*section.blocks, PageBreak())) if section else None


def _mandate(evidence: Evidence) -> Section | None:
    """Mandate and duties, and below them what the corporate plans ask for."""
    mandate = aims.mandate_section(evidence.contents) if evidence.contents else None
    context = context_section(evidence.context)
    if mandate is None or context is None:
        return mandate or context
    return replace(mandate, blocks=(*mandate.blocks, context))


def _workforce(evidence: Evidence) -> Section | None:
    return with_gaps(workforce_section(evidence.competence), evidence)


def _method(evidence: Evidence) -> Section | None:
    return method_section(evidence.method) if evidence.method else None


def _diagnostic(evidence: Evidence) -> Section | None:
    if evidence.results is None or evidence.findings is None:
        return None
    section = diagnostic_section(evidence.results, evidence.findings, evidence.baseline)
    if section is None:
        return None
    more = (_agreement(evidence), _changes(evidence))
    return replace(section, blocks=(*section.blocks, *(one for one in more if one)))


def _agreement(evidence: Evidence) -> Section | None:
    if evidence.results is None or evidence.room is None:
        return None
    return agreement_section(evidence.results, evidence.room)


def _changes(evidence: Evidence) -> Section | None:
    return comparison_section(evidence.comparison) if evidence.comparison else None


def _diagnostic_detail(evidence: Evidence) -> Section | None:
    return diagnostic_annex(evidence.results) if evidence.results else None


def _hearing(evidence: Evidence) -> Section | None:
    return hearing_annex(evidence.method) if evidence.method else None


def _framework(evidence: Evidence) -> Section | None:
    section = framework_section(evidence.competence)
    return replace(section, annex=True) if section else None


def _costs(evidence: Evidence) -> Section | None:
    """What strategy and plan cost; what the plan gives for it, and what other budgets would."""
    section = strategy_money.costs_section(evidence.contents) if evidence.contents else None
    return with_plan(section, evidence)


PARTS: tuple[Part, ...] = (
    Part("foreword", _("Foreword"), _foreword),
    Part("summary", _("Executive summary"), _summary),
    Part("mandate", _("Mandate and strategic context"), _mandate),
    Part("method", _("Method and evidence"), _method),
    Part("workforce", _("Workforce profile"), _workforce),
    Part("diagnostic", _("Diagnostic results"), _diagnostic),
    Part("vision", _("Vision, principles and values"), of_strategy(aims.vision_section)),
    Part(
        "objectives",
        _("Strategic objectives"),
        of_strategy(aims.objectives_section),
        needed=_("what is to be reached"),
    ),
    Part("initiatives", _("Themes and initiatives"), of_strategy(work.initiatives_section)),
    Part("transition", _("From seniority to competency"), of_strategy(work.transition_section)),
    Part("arrangements", _("Implementation arrangements"), of_strategy(work.arrangements_section)),
    Part("roadmap", _("Road map"), of_strategy(work.roadmap_section)),
    Part(
        "costs",
        _("Costs and financing"),
        _costs,
        needed=_("what it costs and who pays"),
    ),
    Part("risks", _("Risks"), of_strategy(work.risks_section)),
    Part(
        "monitoring",
        _("Monitoring, evaluation and reporting"),
        of_strategy(follow_up.monitoring_section),
    ),
    Part(
        "decisions",
        _("Decisions requested"),
        of_strategy(strategy_money.decisions_section),
        needed=_("what it is asked to decide"),
    ),
    Part("diagnostic-detail", _("Diagnostic detail"), _diagnostic_detail, annex=True),
    Part("organisation", _("Organisation"), organisation_annex, annex=True),
    Part("framework", _("Competency framework and job profiles"), _framework, annex=True),
    Part(
        "indicator-annex",
        _("Indicator definitions"),
        of_strategy(follow_up.indicator_annex),
        annex=True,
    ),
    Part("consultation", _("Workshops and interviews"), _hearing, annex=True),
    Part(
        "consultation-annex",
        _("Consultation record"),
        of_strategy(follow_up.consultation_annex),
        annex=True,
    ),
)
