"""Changes made to a calendar by hand, kept so that they can be taken back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hrplan.core.models import Member, TenantModel
from training_calendar.models.calendars import Calendar


class HandChange(TenantModel):
    """One change by hand: the sessions it touched as they were before and after, by code.

    A session that is new stands only in `after`.
    """

    class Kind(models.TextChoices):
        MOVE = "move", _("moved")
        PIN = "pin", _("pinned or let go")
        CANCEL = "cancel", _("cancelled")
        REFUSE = "refuse", _("a place refused")
        GIVE = "give", _("a place given")
        SWAP = "swap", _("two people swapped")
        PLACE = "place", _("given a date")

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="hand_changes")
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    session_code = models.CharField(max_length=20)
    on = models.DateField(_("day"))
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undone_on = models.DateField(null=True, blank=True)
    undone_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.session_code} {self.kind}"
