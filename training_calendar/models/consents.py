"""What stations answer: whether somebody may go to a session on the days it then had."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models import StaffMember
from hrplan.core.models import Member, TenantModel
from training_calendar.models.calendars import TrainingSession


class Consent(TenantModel):
    """The answer of a station for one person and session; it holds for these days alone."""

    class State(models.TextChoices):
        APPROVED = "approved", _("may go")
        REFUSED = "refused", _("may not go")

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="consents")
    staff_member = models.ForeignKey(StaffMember, models.CASCADE, related_name="consents")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, help_text="empty: the first day alone")
    state = models.CharField(_("answer"), max_length=10, choices=State)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    on = models.DateField(_("answered on"))

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "staff_member", "starts_on"], name="one_consent_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.session_id} {self.staff_member_id}"
