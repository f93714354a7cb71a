"""The audit trail: written by use cases, one entry for each thing done."""

from collections.abc import Iterable

from django.db import models

from hrplan.core.models import Administration, AuditEntry, Member


def record(
    action: str,
    row: models.Model,
    *,
    by: Member | None,
    fields: Iterable[str] = (),
    administration: Administration | None = None,
) -> AuditEntry:
    """Write that `by` did `action` to `row`: ids and field names only, never values."""
    owner = administration or getattr(row, "administration", None)
    if owner is None:
        if by is None:
            raise ValueError("an audit entry needs an administration or a member")
        owner = by.administration
    return AuditEntry.objects.create(
        administration=owner,
        by=by,
        action=action,
        table=row._meta.label_lower,
        row=str(row.pk),
        fields=sorted(fields),
    )
