"""What a module lifts: kept by HR, one line for each competency of the framework in force."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from competencies.frames import top_level
from competencies.models import IN_FORCE
from hrplan.core.access import require
from hrplan.core.audit import record
from hrplan.core.keeping import save_row
from hrplan.core.models import Administration, Member
from training_calendar import rules
from training_calendar.models import Outcome


@transaction.atomic
def add_outcome(administration: Administration, *, by: Member, **fields: Any) -> Outcome:
    """Say that a module lifts a competency. Refused where it does so already."""
    require(rules.can_plan(by) and by.administration_id == administration.pk)
    return _saved(Outcome(), fields, "add", by=by)


@transaction.atomic
def change_outcome(row: Outcome, *, by: Member, **fields: Any) -> Outcome:
    """Change from which level to which a module lifts, or what."""
    require(rules.can_keep_outcome(by, row))
    return _saved(row, fields, "change", by=by)


@transaction.atomic
def remove_outcome(row: Outcome, *, by: Member) -> None:
    """The module lifts this no longer; plans made and levels proposed stay as they are."""
    require(rules.can_keep_outcome(by, row))
    record("remove", row, by=by)
    row.delete()


def _saved(row: Outcome, fields: dict[str, Any], action: str, *, by: Member) -> Outcome:
    module = fields.get("module") or row.module
    competency = fields.get("competency") or row.competency
    low = fields.get("level_from", row.level_from)
    high = fields.get("level_to", row.level_to)
    if competency.framework.state != IN_FORCE:
        words = _("Choose a competency of the framework in force.")
        raise ValidationError({"competency": words})
    if Outcome.objects.filter(module=module, competency=competency).exclude(pk=row.pk).exists():
        words = _("The module lifts this competency already; change that line.")
        raise ValidationError({"competency": words})
    top = top_level(competency.framework)
    if high > top:
        words = _("The scale of the framework ends at %(top)d.")
        raise ValidationError({"level_to": words % {"top": top}})
    if low >= high:
        words = _("It has to be above the level needed before.")
        raise ValidationError({"level_to": words})
    saved: Outcome = save_row(row, fields, action, by=by)
    return saved
