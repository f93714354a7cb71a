"""What is ruled about a need by hand: its cause, its link and deadline, a place in the top band."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models import Competency, JobProfile
from hrplan.core.models import Member, TenantModel


class NeedRuling(TenantModel):
    """What is ruled about a competency in one job profile, or in all of them.

    The HR officer proposes it; a place in the top band counts once another member approves it.
    """

    class Cause(models.TextChoices):
        KNOWLEDGE = "knowledge", _("does not know how")
        AUTHORITY = "authority", _("knows but may not")
        TOOLS = "tools", _("knows but cannot: tools, time or system are missing")
        SUPERVISION = "supervision", _("knows but does not: supervision is missing")
        PERSON = "person", _("wrong person for the post")
        ABSENT = "absent", _("nobody in the unit can")

    class Ground(models.TextChoices):
        SAFETY = "safety", _("safety")
        LEGAL_DUTY = "legal_duty", _("duty in law")
        INTEGRITY = "integrity", _("integrity")
        SINGLE_POINT = "single_point", _("hangs on one person")

    class Link(models.TextChoices):
        DIRECT = "direct", _("tied to a corporate objective or a duty in law")
        INDIRECT = "indirect", _("tied indirectly")

    competency = models.ForeignKey(
        Competency, models.CASCADE, related_name="rulings", verbose_name=_("competency")
    )
    profile = models.ForeignKey(
        JobProfile,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="rulings",
        verbose_name=_("job profile"),
    )
    cause = models.CharField(_("cause"), max_length=12, choices=Cause, blank=True)
    ground = models.CharField(
        _("into the top band because of"), max_length=12, choices=Ground, blank=True
    )
    link = models.CharField(_("strategic link"), max_length=8, choices=Link, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    proposed_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    approved_by = models.ForeignKey(
        Member,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    approved_on = models.DateField(_("approved on"), null=True, blank=True)

    class Meta:
        ordering = ["competency__position", "profile__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["competency", "profile"],
                condition=models.Q(profile__isnull=False),
                name="one_ruling_a_need",
            ),
            models.UniqueConstraint(
                fields=["competency"],
                condition=models.Q(profile__isnull=True),
                name="one_ruling_on_all_profiles",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competency}, {self.profile or _('all job profiles')}"
