"""Workloads and planned recruits kept by hand."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from competencies import rules
from competencies.models import PlannedIntake, Workload
from hrplan.core.access import require
from hrplan.core.audit import record
from hrplan.core.keeping import save_row
from hrplan.core.models import Administration, Member


@transaction.atomic
def add_workload(administration: Administration, *, by: Member, **fields: Any) -> Workload:
    """Write down an activity. Refused without volume and minutes, or a share in their place."""
    require(rules.can_keep_people(by) and by.administration_id == administration.pk)
    return _saved(Workload(administration=administration), fields, "add", by)


@transaction.atomic
def change_workload(workload: Workload, *, by: Member, **fields: Any) -> Workload:
    """Change an activity. Refused as a new one is."""
    require(rules.can_keep_people(by) and workload.administration_id == by.administration_id)
    return _saved(workload, fields, "change", by)


@transaction.atomic
def remove_workload(workload: Workload, *, by: Member) -> None:
    """Take an activity away."""
    require(rules.can_keep_people(by) and workload.administration_id == by.administration_id)
    record("remove", workload, by=by)
    workload.delete()


def _saved(workload: Workload, fields: dict[str, Any], action: str, by: Member) -> Workload:
    named = ("volume", "minutes", "share")
    volume, minutes, share = (fields.get(name, getattr(workload, name)) for name in named)
    counted = volume is not None and minutes is not None
    half = (volume is None) != (minutes is None)
    if half or counted == (share is not None):
        words = _("Give how many a year and the minutes for each, or a share of the working time.")
        raise ValidationError(words)
    unit, profile = (
        fields.get(name, getattr(workload, name, None)) for name in ("unit", "profile")
    )
    if share is not None and unit and profile:
        others = Workload.objects.filter(unit=unit, profile=profile).exclude(pk=workload.pk)
        taken = sum((one.share or Decimal(0) for one in others), Decimal(str(share)))
        if taken >= 1:
            words = _("The shares of this profile would take up all of the working time.")
            raise ValidationError({"share": words})
    saved: Workload = save_row(workload, fields, action, by=by)
    return saved


@transaction.atomic
def add_intake(administration: Administration, *, by: Member, **fields: Any) -> PlannedIntake:
    """Plan recruits for a unit and a profile."""
    require(rules.can_keep_people(by) and by.administration_id == administration.pk)
    fresh = PlannedIntake(administration=administration)
    saved: PlannedIntake = save_row(fresh, fields, "add", by=by)
    return saved


@transaction.atomic
def change_intake(intake: PlannedIntake, *, by: Member, **fields: Any) -> PlannedIntake:
    """Change planned recruits."""
    require(rules.can_keep_people(by) and intake.administration_id == by.administration_id)
    saved: PlannedIntake = save_row(intake, fields, "change", by=by)
    return saved


@transaction.atomic
def remove_intake(intake: PlannedIntake, *, by: Member) -> None:
    """Take planned recruits away."""
    require(rules.can_keep_people(by) and intake.administration_id == by.administration_id)
    record("remove", intake, by=by)
    intake.delete()
