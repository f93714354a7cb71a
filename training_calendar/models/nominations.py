"""Nominations: that somebody's name was sent for a course, on which day, and by when it was due."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models import StaffMember
from hrplan.core.models import Member, TenantModel
from training_calendar.models.catalogue import Module


class Nomination(TenantModel):
    """One person's name sent for one course on its days; a course that moves is another one."""

    staff_member = models.ForeignKey(StaffMember, models.CASCADE, related_name="nominations")
    module = models.ForeignKey(Module, models.CASCADE, related_name="+")
    starts_on = models.DateField(_("from"))
    due_on = models.DateField(_("due"))
    sent_on = models.DateField(_("sent on"))
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["starts_on", "module", "staff_member"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff_member", "module", "starts_on"], name="one_nomination_a_course"
            )
        ]

    def __str__(self) -> str:
        return f"{self.module_id} {self.staff_member_id} {self.sent_on}"

    @property
    def is_late(self) -> bool:
        return self.sent_on > self.due_on
