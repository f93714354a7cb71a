"""What a staff member and the supervisor agree to develop: agreed, corrected, reviewed."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from competencies import rules
from competencies.models import IndividualPlan, StaffMember
from hrplan.core.access import require
from hrplan.core.keeping import save_row
from hrplan.core.models import Member


@transaction.atomic
def agree(
    person: StaffMember,
    *,
    agreed_on: date,
    text: str,
    review_on: date | None = None,
    by: Member,
) -> IndividualPlan:
    """Write down what was agreed. Refused for one who has left, and twice on a day."""
    require(rules.can_agree(by, person))
    if person.left_on is not None:
        raise ValidationError(_("Nothing is agreed with who has left."))
    if person.plans.filter(agreed_on=agreed_on).exists():
        raise ValidationError({"agreed_on": _("There is a plan of this day; change that one.")})
    fresh = IndividualPlan(administration=person.administration, staff_member=person)
    fields = {"agreed_on": agreed_on, "text": text, "review_on": review_on}
    return _saved(fresh, fields, "agree", by)


@transaction.atomic
def review(plan: IndividualPlan, *, reviewed_on: date, outcome: str, by: Member) -> IndividualPlan:
    """Say what became of a plan, and when that was looked at. Needs words."""
    require(rules.can_agree(by, plan.staff_member))
    if not outcome.strip():
        raise ValidationError({"outcome": _("Say what became of it.")})
    fields = {"reviewed_on": reviewed_on, "outcome": outcome.strip()}
    return _saved(plan, fields, "review", by)


def _saved(
    plan: IndividualPlan, fields: dict[str, object], action: str, by: Member
) -> IndividualPlan:
    days = {name: fields.get(name, getattr(plan, name)) for name in ("agreed_on", "reviewed_on")}
    today, faults = plan.administration.as_of, {}
    for name, day in days.items():
        if isinstance(day, date) and day > today:
            faults[name] = _("This date lies in the future.")
    agreed = days["agreed_on"]
    for name in ("review_on", "reviewed_on"):
        day = fields.get(name)
        if isinstance(day, date) and isinstance(agreed, date) and day < agreed:
            faults[name] = _("This lies before the day of the agreement.")
    if faults:
        raise ValidationError(faults)
    saved: IndividualPlan = save_row(plan, fields, action, by=by)
    return saved
