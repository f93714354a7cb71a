"""The budget case in the documents: a page of the plan, and below the costs of the strategy."""

from dataclasses import replace

from django.utils.translation import gettext as _

from hrplan.deliverables.contents.evidence import Evidence
from hrplan.documents.nodes import PageBreak, Paragraph, Section
from training_calendar.report import budget_case as report


def case_page(evidence: Evidence) -> Section | None:
    """The whole case on a page of its own."""
    case = evidence.budget_case
    if case is None:
        return None
    section = report.case_section(case, evidence.administration.currency)
    if not case.steps:
        return section
    return replace(section, blocks=(*section.blocks, PageBreak()))


def case_in_short(evidence: Evidence) -> Section | None:
    """What less or more money for training means, for the strategy."""
    case = evidence.budget_case
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
