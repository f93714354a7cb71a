"""A plain row saved: its fields set, what it points to checked, and the change on record."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.models import Member


def save_row(row: Any, fields: Mapping[str, Any], action: str, *, by: Member | None) -> Any:
    """Set the fields, many-to-many ones too, check the row, save it and record the action.

    Refused where it points to a row of another administration, where a last day lies before the
    first, and where the model refuses it. Call it in a transaction.
    """
    many = {field.name for field in row._meta.many_to_many}
    relations = {name: value for name, value in fields.items() if name in many}
    for name, value in fields.items():
        if name not in many:
            setattr(row, name, value)
    _refuse_foreign(row, [one for chosen in relations.values() for one in chosen])
    _refuse_turned(row)
    row.full_clean()
    row.save()
    for name, chosen in relations.items():
        getattr(row, name).set(chosen)
    audit.record(action, row, by=by, fields=fields)
    return row


def _refuse_foreign(row: Any, chosen: Iterable[models.Model]) -> None:
    pointed = [
        getattr(row, field.name)
        for field in row._meta.concrete_fields
        if field.is_relation and getattr(row, field.attname) is not None
    ]
    owners = {getattr(one, "administration_id", row.administration_id)
              for one in (*pointed, *chosen)}  # fmt: skip
    if owners - {row.administration_id}:
        raise ValidationError(_("This points to a row of another administration."))


def _refuse_turned(row: Any) -> None:
    for first, last in (("starts_on", "ends_on"), ("joined_on", "left_on")):
        begins, ends = getattr(row, first, None), getattr(row, last, None)
        if begins and ends and ends < begins:
            raise ValidationError({last: _("The last day lies before the first.")})
