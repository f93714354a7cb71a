"""Named releases: the calendar as it was told to the stations, frozen."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competencies.models import StaffMember
from hrplan.core.models import Member, TenantModel
from training_calendar.models.calendars import Calendar
from training_calendar.models.catalogue import Module
from training_calendar.models.supply import Trainer, Venue


class Release(TenantModel):
    """One release: who released which calendar when and why; its rows never change again."""

    calendar = models.ForeignKey(Calendar, models.SET_NULL, null=True, related_name="releases")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=80)
    reason = models.CharField(_("reason"), max_length=300)
    as_of = models.DateField(_("as of"))
    released_at = models.DateTimeField(_("released at"), default=timezone.now)
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, related_name="+", verbose_name=_("released by")
    )
    warnings = models.JSONField(default=dict, blank=True, help_text="rule -> how often")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "number"], name="one_release_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def warned(self) -> int:
        """How many warnings the check before it gave."""
        return sum(self.warnings.values())


class ReleasedSession(models.Model):
    """A session as a release told it; cancelled ones are in none."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="sessions")
    code = models.CharField(_("reference"), max_length=20)
    module = models.ForeignKey(Module, models.PROTECT, related_name="+")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    venue = models.ForeignKey(Venue, models.SET_NULL, null=True, related_name="+")
    trainer = models.ForeignKey(Trainer, models.SET_NULL, null=True, related_name="+")
    place = models.CharField(_("where"), max_length=200, blank=True)

    class Meta:
        ordering = ["starts_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["release", "code"], name="one_released_session_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.starts_on}"


class ReleasedPlace(models.Model):
    """A place as a release told it: in a session, or dated outside the sessions."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="places")
    session = models.ForeignKey(ReleasedSession, models.CASCADE, null=True, related_name="places")
    module = models.ForeignKey(Module, models.PROTECT, related_name="+")
    staff_member = models.ForeignKey(StaffMember, models.CASCADE, related_name="released_places")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))

    class Meta:
        ordering = ["starts_on", "module"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "module", "staff_member"], name="one_released_place_a_module"
            )
        ]

    def __str__(self) -> str:
        return f"{self.module_id} {self.staff_member_id}"
