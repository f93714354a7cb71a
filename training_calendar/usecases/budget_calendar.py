"""The budget calendar as the administration states it among its constants."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member
from training_calendar.analysis.budget_calendar import BudgetCalendar
from training_calendar.rules import can_plan

KEPT = "budget_calendar"
CALL, ESTIMATES = "call_closes_on", "estimates_pass_on"


def budget_calendar(administration: Administration) -> BudgetCalendar | None:
    """The calendar in force; None where none is stated. Refused where it makes no sense."""
    own = administration.constants_of(KEPT)
    if not own:
        return None
    try:
        return BudgetCalendar(**{name: date.fromisoformat(value) for name, value in own.items()})
    except (TypeError, ValueError) as error:
        words = _("The budget calendar of the administration does not make sense: %(reason)s")
        raise ValidationError(words % {"reason": error}) from error


def stated(administration: Administration) -> dict[str, date | None]:
    """Both days by their names, for a form; None where they are not stated."""
    found = budget_calendar(administration)
    return {
        CALL: found.call_closes_on if found else None,
        ESTIMATES: found.estimates_pass_on if found else None,
    }


@transaction.atomic
def set_budget_calendar(
    administration: Administration, days: Mapping[str, date | None], *, by: Member
) -> None:
    """State when calls close and Estimates pass; without either there is no calendar.

    Refused where only the second is stated: it says nothing of what can still be asked for.
    """
    require(can_plan(by) and by.administration_id == administration.pk)
    kept = {name: day.isoformat() for name in (CALL, ESTIMATES) if (day := days.get(name))}
    if kept and CALL not in kept:
        raise ValidationError({CALL: _("State the day on which the call closes too.")})
    administration.constants = {**(administration.constants or {}), KEPT: kept}
    administration.save(update_fields=["constants"])
    audit.record(
        "set_budget_calendar",
        administration,
        by=by,
        fields=[CALL, ESTIMATES],
        administration=administration,
    )
