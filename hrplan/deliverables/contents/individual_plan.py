"""The blank individual development plan that a staff member and a supervisor fill in together."""

from django.utils.translation import gettext as _

from hrplan.deliverables.contents.evidence import Evidence
from hrplan.documents.nodes import Bullets, Paragraph, Section, Table

EMPTY_ROWS = 5
BLANK = "\u00a0\n\u00a0\n\u00a0"  # room for three lines by hand


def individual_plan_annex(evidence: Evidence) -> Section | None:
    """A form of one page; none without a framework, for it quotes its levels."""
    if evidence.competence.analysis.framework is None:
        return None
    who = Table(
        _("About the plan"),
        (_("Staff member"), _("Post and unit"), _("Supervisor"), _("Date agreed")),
        ((BLANK, "", "", ""),),
        key="plan-who",
    )
    columns = (
        _("Competency"),
        _("Level held"),
        _("Level asked"),
        _("What we do (course, coaching, task)"),
        _("By when"),
        _("How we will know"),
    )
    rows = ((BLANK, "", "", "", "", ""),) * EMPTY_ROWS
    what = Table(
        _("What is to be learnt"), columns, rows, widths=(3, 1, 1, 4, 1.5, 3), key="plan-what"
    )
    words = _(
        "The plan is agreed between the staff member and the supervisor after the assessment has "
        "been talked over, and looked at again after six months. It serves development only and "
        "is no ground for pay, promotion or discipline."
    )
    signing = (
        _("What the staff member does for it:"),
        _("What the supervisor does for it, time off duty included:"),
        _("Signed by both, with date:"),
    )
    title = _("Individual development plan: form")
    blocks = (Paragraph(words), who, what, Bullets(signing))
    return Section(title, blocks, annex=True, key="individual-plan")
