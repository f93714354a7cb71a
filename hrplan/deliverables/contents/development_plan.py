"""The HR Development Plan: its parts in order."""

from django.utils.translation import gettext_lazy as _

from competencies.report.assessments import assessment_section
from competencies.report.framework import framework_section, matrix_section
from competencies.report.gaps import gap_section
from competencies.report.outlook import outlook_section
from hrplan.deliverables.contents.hr_strategy import of_strategy
from hrplan.deliverables.contents.parts import Part
from hrplan.deliverables.contents.scope import scope_section
from hrplan.strategy.report import work

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
    Part("selection", _("Selection, bonding and obligations"), of_strategy(work.selection_section)),
    Part("plan-risks", _("Risks and dependencies"), of_strategy(work.plan_risks_section)),
    Part("matrix", _("Matrix of required levels"), lambda e: matrix_section(e.competence)),
)
