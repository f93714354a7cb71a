"""The agenda of a workshop: begun from a template, kept item by item, each with its capture page.

A page is named as its address is, such as `diagnostics:results`; day 0 is before the workshop.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diagnostics import rules
from diagnostics.models import AgendaItem, Workshop
from diagnostics.usecases.workshops import refuse_closed
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Member

AM, PM = AgendaItem.Half.MORNING, AgendaItem.Half.AFTERNOON
TEMPLATE_DAYS = 5
ASIDE = 10_000  # where places stand while they are given anew
Words = str | Promise

PAGES: dict[str, Words] = {
    "diagnostics:document_list": gettext_lazy("Document register"),
    "diagnostics:baseline": gettext_lazy("Baseline form"),
    "diagnostics:evidence": gettext_lazy("Evidence: reviews, objectives, SWOT, interviews"),
    "diagnostics:workshop": gettext_lazy("Votes and agreed ratings"),
    "diagnostics:results": gettext_lazy("Maturity by domain"),
    "diagnostics:finding_list": gettext_lazy("Findings and causes"),
    "strategy:strategy": gettext_lazy("Vision and objectives of the strategy"),
    "strategy:indicator_list": gettext_lazy("Indicators"),
    "competencies:profile_list": gettext_lazy("Job profiles"),
    "competencies:gaps": gettext_lazy("Competency gaps"),
    "training_calendar:needs": gettext_lazy("Training needs by priority"),
    "training_calendar:plan": gettext_lazy("Development plan and its costs"),
    "partners:activity_list": gettext_lazy("Partners and assistance"),
    "training_calendar:calendar": gettext_lazy("Training calendar"),
    "strategy:risk_list": gettext_lazy("Risks"),
    "deliverables:document_list": gettext_lazy("Documents"),
    "deliverables:submission_list": gettext_lazy("Submissions"),
    "diagnostics:minutes": gettext_lazy("Minutes"),
}

# day, half, session, what it leaves, page: our own proposal for five days
TEMPLATE: tuple[tuple[int, str, Words, Words, str], ...] = (
    (0, AM, gettext_lazy("Documents are registered, the baseline form is filled in"),
     gettext_lazy("Documents, baseline items"), "diagnostics:baseline"),
    (1, AM, gettext_lazy("Opening, mandate, review of strategy and business plan"),
     gettext_lazy("Reviews, corporate objectives"), "diagnostics:evidence"),
    (1, AM, gettext_lazy("What helps and what hinders us"),
     gettext_lazy("SWOT items"), "diagnostics:evidence"),
    (1, PM, gettext_lazy("Diagnostic, first half of the domains: vote, discussion, agreement"),
     gettext_lazy("Votes, agreed ratings, dissent"), "diagnostics:workshop"),
    (2, AM, gettext_lazy("Diagnostic, second half of the domains: vote, discussion, agreement"),
     gettext_lazy("Votes, agreed ratings, dissent"), "diagnostics:workshop"),
    (2, PM, gettext_lazy("Maturity on show: the strongest and weakest points"),
     gettext_lazy("Findings with their evidence"), "diagnostics:results"),
    (2, PM, gettext_lazy("Root causes"),
     gettext_lazy("Causes, recommendations"), "diagnostics:finding_list"),
    (3, AM, gettext_lazy("Vision, HR objectives and their owners"),
     gettext_lazy("Vision, objectives"), "strategy:strategy"),
    (3, AM, gettext_lazy("Measures of the objectives"),
     gettext_lazy("Indicators with baseline and target"), "strategy:indicator_list"),
    (3, PM, gettext_lazy("Job families, profiles and required levels"),
     gettext_lazy("Required levels, disputed cells"), "competencies:profile_list"),
    (4, AM, gettext_lazy("Gap heat map"),
     gettext_lazy("Gaps by unit and competency"), "competencies:gaps"),
    (4, AM, gettext_lazy("Rules of priority, interventions"),
     gettext_lazy("Needs in order, kind of answer"), "training_calendar:needs"),
    (4, PM, gettext_lazy("Costs against the ceiling"),
     gettext_lazy("Cost lines, sources of funds"), "training_calendar:plan"),
    (4, PM, gettext_lazy("Offers of partners, duplicates"),
     gettext_lazy("Links to assistance"), "partners:activity_list"),
    (5, AM, gettext_lazy("Calendar against the cover of stations"),
     gettext_lazy("Sessions, conflicts"), "training_calendar:calendar"),
    (5, AM, gettext_lazy("Risks and monitoring"),
     gettext_lazy("Risk register"), "strategy:risk_list"),
    (5, PM, gettext_lazy("Read-through of the three documents"),
     gettext_lazy("Versions, open points"), "deliverables:document_list"),
    (5, PM, gettext_lazy("Sign-off by the managers"),
     gettext_lazy("Submission, signed minutes"), "deliverables:submission_list"),
)  # fmt: skip


@transaction.atomic
def begin_agenda(workshop: Workshop, *, by: Member) -> list[AgendaItem]:
    """Lay the template over the days of the workshop. Refused where there is an agenda."""
    _require(workshop, by)
    if workshop.agenda.exists():
        raise ValidationError(_("This workshop has an agenda; change its items one by one."))
    days = min(_days(workshop), TEMPLATE_DAYS)
    made = AgendaItem.objects.bulk_create(
        AgendaItem(
            workshop=workshop,
            position=place,
            **_slot(day, half, days),
            title=str(title),
            captures=str(captures),
            page_name=page,
        )
        for place, (day, half, title, captures, page) in enumerate(TEMPLATE, 1)
    )
    _ordered(workshop)
    audit.record("begin agenda", workshop, by=by, fields=["agenda"])
    return made


@transaction.atomic
def add_item(workshop: Workshop, *, by: Member, **fields: Any) -> AgendaItem:
    """Add a session at the end of its half day. Refused for a day that the workshop has not."""
    _require(workshop, by)
    last = workshop.agenda.aggregate(last=Max("position"))["last"] or 0
    return _saved(AgendaItem(workshop=workshop, position=last + 1), fields, "add", by)


@transaction.atomic
def change_item(item: AgendaItem, *, by: Member, **fields: Any) -> AgendaItem:
    """Change a session, or say that it is done or open again."""
    _require(item.workshop, by)
    return _saved(item, fields, "change", by)


@transaction.atomic
def move_item(item: AgendaItem, *, up: bool, by: Member) -> AgendaItem:
    """Move a session past its neighbour; at the edge of a half day it goes into the next one."""
    _require(item.workshop, by)
    rows = _ordered(item.workshop)
    here = next(n for n, row in enumerate(rows) if row.pk == item.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        raise ValidationError(_("It stands at the end of the agenda already."))
    moved, other = rows[here], rows[there]
    if (moved.day, moved.half) == (other.day, other.half):
        rows[here], rows[there] = other, moved
    else:
        moved.day, moved.half = other.day, other.half
        moved.save(update_fields=["day", "half"])
    _place(item.workshop, rows)
    _record("move", moved, by, ["position"])
    return moved


@transaction.atomic
def remove_item(item: AgendaItem, *, by: Member) -> None:
    """Take a session off the agenda."""
    _require(item.workshop, by)
    _record("remove", item, by, [])
    item.delete()


def _require(workshop: Workshop, by: Member) -> None:
    require(rules.can_set_up(by, workshop))
    refuse_closed(workshop)


def _saved(item: AgendaItem, fields: dict[str, Any], action: str, by: Member) -> AgendaItem:
    for name, value in fields.items():
        setattr(item, name, value)
    item.full_clean(exclude=["workshop"])
    if item.day > _days(item.workshop):
        words = _("The workshop has %(n)d days.")
        raise ValidationError({"day": words % {"n": _days(item.workshop)}})
    if item.page_name and item.page_name not in PAGES:
        raise ValidationError({"page_name": _("There is no such page.")})
    item.save()
    item.position = next(n for n, row in enumerate(_ordered(item.workshop), 1) if row == item)
    _record(action, item, by, fields)
    return item


def _slot(day: int, half: str, days: int) -> dict[str, Any]:
    """The half day of a template's session in a workshop of fewer days, in the same order."""
    if not day:
        return {"day": 0, "half": half}
    place = (2 * (day - 1) + (half == PM)) * days // TEMPLATE_DAYS
    return {"day": 1 + place // 2, "half": PM if place % 2 else AM}


def _days(workshop: Workshop) -> int:
    return (workshop.ends_on - workshop.starts_on).days + 1


def _ordered(workshop: Workshop) -> list[AgendaItem]:
    """The sessions by day and half day, numbered so."""
    rows = sorted(workshop.agenda.all(), key=lambda row: (row.day, row.half, row.position))
    _place(workshop, rows)
    return rows


def _place(workshop: Workshop, rows: list[AgendaItem]) -> None:
    """Number the sessions in this order; two steps, for no two may share a place in between."""
    workshop.agenda.update(position=F("position") + ASIDE)
    for place, row in enumerate(rows, 1):
        row.position = place
    AgendaItem.objects.bulk_update(rows, ["position"])


def _record(action: str, item: AgendaItem, by: Member, fields: Any) -> None:
    owner = item.workshop.administration
    audit.record(action, item, by=by, fields=fields, administration=owner)
