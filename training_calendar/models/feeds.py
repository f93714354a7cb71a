"""Feeds: calendars that programs read again and again under a secret address."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competencies.models import StaffMember, Unit
from hrplan.core.models import Member, TenantModel
from training_calendar.models.supply import Trainer, Venue


class Feed(TenantModel):
    """One secret address, kept as a digest: whose calendar it shows, and who had it made."""

    class Kind(models.TextChoices):
        PERSONAL = "personal", _("own training")
        STATION = "station", _("station or unit")
        TRAINER = "trainer", _("trainer")
        ROOM = "room", _("room")

    kind = models.CharField(_("calendar of"), max_length=10, choices=Kind)
    staff_member = models.ForeignKey(
        StaffMember, models.CASCADE, null=True, blank=True, related_name="feeds"
    )
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="+")
    trainer = models.ForeignKey(Trainer, models.CASCADE, null=True, blank=True, related_name="+")
    venue = models.ForeignKey(Venue, models.CASCADE, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(Member, models.CASCADE, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    read_on = models.DateField(_("last read on"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.target}"

    @property
    def target(self) -> StaffMember | Unit | Trainer | Venue | None:
        """Whose calendar it is."""
        return self.staff_member or self.unit or self.trainer or self.venue
