"""What is said about levels beside ratings: proposals, exemptions, appeals."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models.assessments import Assessment
from competencies.models.framework import Competency
from competencies.models.people import StaffMember
from hrplan.core.models import Member, TenantModel


class Proposal(TenantModel):
    """A level that a certificate, a passed module or long practice speaks for; a person decides."""

    class Ground(models.TextChoices):
        CERTIFICATE = "certificate", _("certificate")
        MODULE = "module", _("passed module")
        PRIOR_LEARNING = "prior_learning", _("prior learning and practice")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    staff_member = models.ForeignKey(StaffMember, models.CASCADE, related_name="proposals")
    competency = models.ForeignKey(Competency, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(_("level"), validators=[MinValueValidator(1)])
    ground = models.CharField(_("rests on"), max_length=20, choices=Ground)
    evidence = models.CharField(_("evidence"), max_length=300)
    proposed_on = models.DateField(_("proposed on"))
    proposed_by = models.ForeignKey(
        Member,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("proposed by"),
        help_text=_("empty: it follows from a completed module on record"),
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["state", "-proposed_on", "pk"]

    def __str__(self) -> str:
        return f"{self.competency} {self.level}"

    @property
    def is_from_record(self) -> bool:
        """A completed module on record speaks for it, and nobody's word."""
        return self.ground == self.Ground.MODULE and self.proposed_by_id is None


class Exemption(TenantModel):
    """For a time nothing is asked of a person in one competency, for a reason on record."""

    staff_member = models.ForeignKey(StaffMember, models.CASCADE, related_name="exemptions")
    competency = models.ForeignKey(Competency, models.PROTECT, related_name="+")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    granted_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    revoked_for = models.CharField(_("ended early because"), max_length=300, blank=True)

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="exempt_until_after_from",
            )
        ]

    def __str__(self) -> str:
        return str(self.competency)


class Appeal(TenantModel):
    """A person disputes a rating; somebody who had no part in it decides."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("the rating stands")
        CHANGED = "changed", _("the rating is changed")

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="appeals")
    filed_on = models.DateField(_("filed on"))
    text = models.TextField(_("why"))
    reviewer = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("reviewer")
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        ordering = ["decided_on", "filed_on", "pk"]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.filed_on}"
