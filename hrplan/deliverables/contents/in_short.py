"""What the strategy quotes of gaps and plan: enough to decide on, the rest stands in the plan."""

from dataclasses import replace

from django.utils.translation import gettext as _

from competencies.report.gaps import widest_gaps
from hrplan.deliverables.contents.budget_case import case_in_short
from hrplan.deliverables.contents.evidence import Evidence
from hrplan.documents.nodes import Section
from training_calendar.report.priorities import plan_tiles
from training_calendar.report.value import value_tiles


def with_gaps(section: Section | None, evidence: Evidence) -> Section | None:
    """The workforce, and below it what its people lack most."""
    if section is None or not evidence.competence.analysis.overall.n:
        return section
    found = Section(_("What is missing most"), widest_gaps(evidence.competence), key="missing-most")
    return replace(section, blocks=(*section.blocks, found))


def with_plan(section: Section | None, evidence: Evidence) -> Section | None:
    """The costs, and below them the development plan in figures and at other budgets."""
    if section is None:
        return None
    more = (_plan(evidence), case_in_short(evidence))
    return replace(section, blocks=(*section.blocks, *(one for one in more if one)))


def _plan(evidence: Evidence) -> Section | None:
    contents = evidence.plan_contents
    if contents is None or not contents.sheets:
        return None
    tiles = (plan_tiles(contents), value_tiles(contents))
    return Section(_("The development plan in figures"), tiles, key="plan-in-figures")
