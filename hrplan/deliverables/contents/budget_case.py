"""The budget case in the documents: a page of the plan, and below the costs of the strategy."""

from dataclasses import replace

from django.utils.translation import gettext as _

from hrplan.deliverables.contents.evidence import Evidence
from hrplan.documents.nodes import PageBreak, Paragraph, Section
from training_calendar.report import budget_case as report
from training_calendar.usecases.budget_case import BudgetCase, budget_case


def case_of(evidence: Evidence) -> BudgetCase | None:
    """The case as this edition may tell it; None where there is no plan."""
    if evidence.plan is None:
        return None
    limit = None if evidence.internal else evidence.administration.small_cell_limit
    return budget_case(evidence.plan, limit=limit)


def case_page(evidence: Evidence) -> Section | None:
    """The whole case on a page of its own."""
    case = case_of(evidence)
    if case is None:
        return None
    section = report.case_section(case, evidence.administration.currency)
    if not case.steps:
        return section
    return replace(section, blocks=(*section.blocks, PageBreak()))


def case_in_short(evidence: Evidence) -> Section | None:
    """What less or more money for training means, for the strategy."""
    case = case_of(evidence)
    if case is None or not case.steps:
        return None
    currency = evidence.administration.currency
    blocks = (
        Paragraph(report.summary(case, currency)),
        report.case_table(case, currency),
        report.case_chart(case),
    )
    title = _("What less or more money for training means")
    return Section(title, blocks, key=report.SECTION)


def before_case(section: Section | None, evidence: Evidence) -> Section | None:
    """The budget of the plan, so that the case begins on a new page."""
    case = case_of(evidence)
    if section is None or case is None or not case.steps:
        return section
    return replace(section, blocks=(*section.blocks, PageBreak()))
