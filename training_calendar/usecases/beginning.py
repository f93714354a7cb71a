"""What an administration has from its first day, so that training can be costed at once."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from hrplan.core.models import Administration
from training_calendar.usecases.accounts import begin_chart


@receiver(post_save, sender=Administration)
def begin(instance: Administration, *, created: bool, raw: bool = False, **_more: Any) -> None:
    """A new administration begins with a chart of accounts; one that is read back has its own."""
    if created and not raw:
        begin_chart(instance)
