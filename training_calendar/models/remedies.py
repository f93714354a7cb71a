"""What would meet a need that a plan leaves open, worked out with the plan."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from training_calendar.models.plans import Need


class Remedy(models.Model):
    """The cheapest change that would meet one need.

    `parts` is a list of what has to change, empty where a decision is enough; `places` are the
    sessions that the person would attend, held or added; both with codes, worded when shown.
    """

    need = models.OneToOneField(Need, models.CASCADE, primary_key=True, related_name="remedy")
    kind = models.CharField(_("kind of change"), max_length=10)
    parts = models.JSONField(default=list)
    places = models.JSONField(default=list)
    cost = models.DecimalField(
        _("cost"), max_digits=12, decimal_places=2, null=True, help_text=_("empty: not known")
    )

    is_derived: ClassVar = True

    class Meta:
        ordering = ["need"]
        verbose_name_plural = "remedies"

    def __str__(self) -> str:
        return f"{self.need_id} {self.kind}"
