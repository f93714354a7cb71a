"""Certificates: what the administration says in writing of somebody who completed a module."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models import StaffMember
from hrplan.core.models import Member, TenantModel, TenantQuerySet
from training_calendar.analysis.certificates import standing
from training_calendar.models.calendars import Enrolment
from training_calendar.models.catalogue import Module


class CertificateQuerySet(TenantQuerySet):
    def visible_to(self, member: Member) -> Any:
        """Those of people whom the member may see: of all, of the own units, or the own ones."""
        people = StaffMember.objects.visible_to(member)
        return self.filter(administration=member.administration_id, staff_member__in=people)


class Certificate(TenantModel):
    """One numbered certificate; what it says stays as it was said, whatever is changed later.

    The token opens the page on which anybody who holds the certificate checks it.
    """

    class Ground(models.TextChoices):
        ERROR = "error", _("issued in error")
        TAKEN_BACK = "taken_back", _("the completion was taken back")
        REPLACED = "replaced", _("another one was issued in its place")
        MISUSED = "misused", _("it was altered or misused")

    staff_member = models.ForeignKey(
        StaffMember, models.CASCADE, related_name="certificates", verbose_name=_("staff member")
    )
    module = models.ForeignKey(Module, models.PROTECT, related_name="+", verbose_name=_("module"))
    enrolment = models.ForeignKey(
        Enrolment, models.SET_NULL, null=True, related_name="certificates"
    )
    number = models.CharField(_("number"), max_length=20)
    token = models.CharField(max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=200)
    provider = models.CharField(_("provider"), max_length=200)
    hours = models.DecimalField(_("hours attended"), max_digits=7, decimal_places=1)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    lifts = models.JSONField(
        default=list, help_text="code, title, level, framework, identifier of each competency"
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    issued_on = models.DateField(_("issued on"))
    issued_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, related_name="+", verbose_name=_("issued by")
    )
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, related_name="+", verbose_name=_("revoked by")
    )
    ground = models.CharField(_("why"), max_length=12, blank=True, choices=Ground)

    objects: ClassVar = CertificateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "number"], name="one_certificate_a_number"
            ),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=models.Q(revoked_on=None),
                name="one_standing_certificate_a_place",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def standing_on(self, today: date) -> str:
        """Whether it holds on a day: valid, expired or revoked."""
        return standing(self.valid_until, self.revoked_on, today)
