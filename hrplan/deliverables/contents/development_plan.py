"""The HR Development Plan: its parts in order."""

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from competencies.report.assessments import assessment_section
from competencies.report.framework import framework_section, matrix_section
from competencies.report.gaps import gap_section
from competencies.report.outlook import outlook_section
from hrplan.deliverables.contents.budget_case import case_page
from hrplan.deliverables.contents.evidence import Evidence
from hrplan.deliverables.contents.hr_strategy import of_strategy
from hrplan.deliverables.contents.individual_plan import individual_plan_annex
from hrplan.deliverables.contents.parts import Maker, Part
from hrplan.deliverables.contents.scope import scope_section
from hrplan.documents.nodes import Section
from hrplan.partners.report import assistance_section
from hrplan.strategy.report import work
from training_calendar.report import money, priorities, sheets
from training_calendar.usecases.contents import PlanContents


def of_plan(make: Callable[[PlanContents], Section | None]) -> Maker:
    """A section made of the plan in force; none without one."""
    return lambda evidence: make(evidence.plan_contents) if evidence.plan_contents else None


def _evaluation(evidence: Evidence) -> Section | None:
    """The schedule of evaluation, and below it the rules the administration set for it."""
    plan, contents = evidence.plan_contents, evidence.contents
    schedule = money.evaluation_section(plan) if plan else None
    rules = work.evaluation_rules_section(contents) if contents else None
    if schedule is None or rules is None:
        return schedule or rules
    return replace(schedule, blocks=(*schedule.blocks, rules))


PARTS: tuple[Part, ...] = (
    Part("scope", _("Purpose, scope and period"), scope_section),
    Part("strategy-link", _("Link to the HR strategy"), of_strategy(work.programme_section)),
    Part(
        "framework",
        _("Competency framework and job profiles"),
        lambda e: framework_section(e.competence),
    ),
    Part(
        "assessment",
        _("Assessment method and quality"),
        lambda e: assessment_section(e.competence),
    ),
    Part("gaps", _("Gap analysis"), lambda e: gap_section(e.competence)),
    Part("outlook", _("Workforce and succession outlook"), lambda e: outlook_section(e.competence)),
    Part(
        "priorities",
        _("Priorities and rationale"),
        of_plan(priorities.priorities_section),
        needed=_("what comes first and why"),
    ),
    Part("levels", _("Interventions by staff level"), of_plan(priorities.levels_section)),
    Part("sheets", _("Intervention sheets"), of_plan(sheets.sheets_section)),
    Part("measures", _("Non-training measures"), of_plan(sheets.measures_section)),
    Part("trainers", _("Trainer and mentor capacity"), of_plan(sheets.trainers_section)),
    Part("assistance", _("External assistance"), lambda e: assistance_section(e.register)),
    Part(
        "budget",
        _("Budget and funding"),
        of_plan(money.budget_section),
        needed=_("what it costs and who pays"),
    ),
    Part("budget-case", _("Budget case"), case_page, own_page=True),
    Part("selection", _("Selection, bonding and obligations"), of_strategy(work.selection_section)),
    Part("evaluation", _("Evaluation plan"), _evaluation),
    Part("plan-risks", _("Risks and dependencies"), of_strategy(work.plan_risks_section)),
    Part(
        "individual-plan",
        _("Individual development plan: form"),
        individual_plan_annex,
        annex=True,
    ),
    Part(
        "matrix",
        _("Matrix of required levels"),
        lambda e: matrix_section(e.competence),
        annex=True,
    ),
    Part("catalogue", _("Catalogue of modules"), of_plan(money.catalogue_annex), annex=True),
    Part(
        "costing",
        _("Costing assumptions"),
        of_plan(money.costing_annex),
        annex=True,
        needed=_("how the costs were worked out"),
    ),
)
