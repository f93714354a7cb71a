"""Rulings on needs: proposed by HR, changed, taken back; approved by somebody else."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hrplan.core.access import require
from hrplan.core.audit import record
from hrplan.core.keeping import save_row
from hrplan.core.models import Administration, Member
from training_calendar import rules
from training_calendar.models import NeedRuling

APPROVED = ("competency", "profile", "ground", "reason")  # what an approval stands for
SAYS = ("cause", "ground", "link", "deadline")
PLAIN = ("", NeedRuling.Cause.KNOWLEDGE)  # causes that need no reason


@transaction.atomic
def add_ruling(administration: Administration, *, by: Member, **fields: Any) -> NeedRuling:
    """Rule on a need. Refused without a reason where one is due, and where one stands already."""
    require(rules.can_plan(by) and by.administration_id == administration.pk)
    fresh = NeedRuling(administration=administration, proposed_by=by)
    return _saved(fresh, fields, "add", by=by)


@transaction.atomic
def change_ruling(row: NeedRuling, *, by: Member, **fields: Any) -> NeedRuling:
    """Change a ruling; what was approved of it has to be approved again where it says otherwise."""
    require(rules.can_keep_ruling(by, row))
    if any(name in fields and fields[name] != getattr(row, name) for name in APPROVED):
        row.proposed_by, row.approved_by, row.approved_on = by, None, None
    return _saved(row, fields, "change", by=by)


@transaction.atomic
def remove_ruling(row: NeedRuling, *, by: Member) -> None:
    """Take a ruling back: the need stands as gaps and duties make it."""
    require(rules.can_keep_ruling(by, row))
    record("remove", row, by=by)
    row.delete()


@transaction.atomic
def approve_ruling(row: NeedRuling, *, by: Member) -> NeedRuling:
    """Approve a place in the top band. Refused for who proposed it, and where there is none."""
    require(rules.can_approve_ruling(by, row))
    if not row.ground:
        raise ValidationError(_("This ruling asks for no place in the top band."))
    if row.approved_by_id is not None:
        raise ValidationError(_("This place in the top band is approved already."))
    row.approved_by, row.approved_on = by, row.administration.as_of
    row.save(update_fields=["approved_by", "approved_on"])
    record("approve", row, by=by, fields=["approved_by"])
    return row


def _saved(row: NeedRuling, fields: dict[str, Any], action: str, *, by: Member) -> NeedRuling:
    said = {name: fields.get(name, getattr(row, name)) for name in (*SAYS, "reason")}
    if not any(said[name] for name in SAYS):
        raise ValidationError(_("Say at least one thing: cause, top band, link or deadline."))
    if (said["ground"] or said["cause"] not in PLAIN) and not said["reason"].strip():
        raise ValidationError({"reason": _("Say why: this changes what the plan does.")})
    competency = fields.get("competency") or row.competency
    profile = fields.get("profile", row.profile)
    others = NeedRuling.objects.filter(competency=competency, profile=profile)
    if others.exclude(pk=row.pk).exists():
        raise ValidationError(_("There is a ruling on this already; change that one."))
    saved: NeedRuling = save_row(row, fields, action, by=by)
    return saved
