"""Emptying a demonstration administration before it is furnished anew."""

from django.apps import apps
from django.db import models, transaction
from django.db.models import ProtectedError

from hrplan.core.models import Administration, AuditEntry, Member, TenantModel


@transaction.atomic
def clear(administration: Administration) -> None:
    """Delete every row of the administration, its seats among them; the administration stays.

    Models that others still point to wait until those are gone.
    """
    AuditEntry.objects.of(administration).delete()
    waiting = [model for model in apps.get_models() if issubclass(model, TenantModel)]
    while waiting:
        left = [model for model in waiting if not _emptied(model, administration)]
        if len(left) == len(waiting):
            names = ", ".join(sorted(model._meta.label for model in left))
            raise RuntimeError(f"rows of these models hold each other: {names}")
        waiting = left
    Member.objects.filter(administration=administration).delete()


def _emptied(model: type[models.Model], administration: Administration) -> bool:
    """Whether the model's rows could be deleted; one that points to itself lets go first."""
    rows = model._default_manager.filter(administration=administration)
    own = [field.name for field in model._meta.fields if field.related_model is model]
    try:
        with transaction.atomic():
            if own:
                rows.update(**dict.fromkeys(own))
            rows.delete()
    except ProtectedError:
        return False
    return True
