"""Rules that do not hold and stop nothing: the head says why, and it is printed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member
from hrplan.deliverables import rules
from hrplan.deliverables.models import CheckOverride
from hrplan.deliverables.usecases import checks

LONGEST = 2_000
"""Characters of a reason."""


@transaction.atomic
def override(
    administration: Administration, number: int, reason: str, *, by: Member
) -> CheckOverride:
    """Say why documents go on although a rule does not hold; versions made from now on print it.

    It is said about the faults that were found last; with another one the rule stops again.
    Refused where the rule held.
    """
    require(rules.can_override(by) and by.administration_id == administration.pk)
    if not 1 <= number <= rules.RULES:
        raise ValidationError({"number": _("There is no rule of that number.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it is printed beside the rule.")})
    faults = checks.faults_of(administration, number)
    if not faults:
        raise ValidationError(_("This rule held when it was checked last. Check the data again."))
    row, _made = CheckOverride.objects.update_or_create(
        administration=administration,
        number=number,
        defaults={
            "reason": reason.strip()[:LONGEST],
            "faults": faults,
            "by": by,
            "at": timezone.now(),
        },
    )
    audit.record("override_check", row, by=by, fields=["reason"])
    return row


@transaction.atomic
def take_back(administration: Administration, number: int, *, by: Member) -> None:
    """The rule stops again what does not hold it."""
    require(rules.can_override(by) and by.administration_id == administration.pk)
    row = CheckOverride.objects.filter(administration=administration, number=number).first()
    if row is not None:
        audit.record("take_back_override", row, by=by, fields=["reason"])
        row.delete()
