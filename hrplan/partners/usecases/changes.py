"""Changes to the register: rows kept, recommendations followed, overlaps concluded."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.keeping import save_row
from hrplan.core.models import Administration, Member
from hrplan.partners import rules
from hrplan.partners.models import Activity, AidRecommendation, OverlapRuling
from hrplan.partners.usecases.register import ruling_between


@transaction.atomic
def add_row(
    kind: type[models.Model], administration: Administration, /, *, by: Member, **fields: Any
) -> Any:
    """Add a partner, an activity or a recommendation."""
    require(rules.can_change_register(by) and by.administration_id == administration.pk)
    return _save(kind(administration=administration), fields, "add", by)


@transaction.atomic
def change_row(row: Any, *, by: Member, **fields: Any) -> Any:
    """Change fields of a row of the register."""
    require(rules.can_change(by, row))
    return _save(row, fields, "change", by)


def _save(row: Any, fields: dict[str, Any], action: str, by: Member) -> Any:
    levels = {
        name: fields.get(name, getattr(row, name, None)) for name in ("level_from", "level_to")
    }
    low, high = levels.values()
    if low is not None and high is not None and high < low:
        raise ValidationError({"level_to": _("The level reached lies below the one before.")})
    return save_row(row, fields, action, by=by)


@transaction.atomic
def follow_recommendation(
    recommendation: AidRecommendation, *, done_on: date, evidence: str, by: Member | None
) -> AidRecommendation:
    """Say when a recommendation was carried out, and what shows it."""
    if by is not None:
        require(rules.can_change(by, recommendation))
    if done_on > recommendation.administration.as_of:
        raise ValidationError(_("It cannot be done after the day the figures stand at."))
    if not evidence.strip():
        raise ValidationError(_("Say what shows that it was done: a paper, a decision, a count."))
    recommendation.done_on = done_on
    recommendation.evidence = evidence.strip()
    recommendation.full_clean()
    recommendation.save(update_fields=["done_on", "evidence"])
    audit.record("follow recommendation", recommendation, by=by, fields=["done_on", "evidence"])
    return recommendation


@transaction.atomic
def conclude_overlap(
    first: Activity, second: Activity, *, verdict: str, note: str, by: Member | None
) -> OverlapRuling:
    """Record what was concluded with the partners on two activities; a later one replaces it."""
    if by is not None:
        require(rules.can_change(by, first) and rules.can_change(by, second))
    if first.administration_id != second.administration_id or first.pk == second.pk:
        raise ValidationError(_("Name two activities of the same register."))
    row = ruling_between(first, second) or OverlapRuling(
        administration=first.administration, activity=first, other=second
    )
    row.verdict, row.note = verdict, note.strip()
    row.ruled_on = first.administration.as_of
    row.full_clean()
    row.save()
    audit.record("conclude overlap", row, by=by, fields=["verdict", "note"])
    return row
