"""Job profiles and what they require."""

from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from competencies.models.framework import Competency, Framework
from hrplan.core.models import TenantModel


class StaffLevel(models.TextChoices):
    RECRUITS = "recruits", _("recruits")
    OFFICERS = "officers", _("officers")
    SPECIALISTS = "specialists", _("specialists")
    SUPERVISORS = "supervisors", _("supervisors")
    MANAGERS = "managers", _("managers")
    EXECUTIVES = "executives", _("executives")
    SUPPORT = "support", _("support staff")


class JobProfile(TenantModel):
    """A kind of work with the levels it requires."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        APPROVED = "approved", _("approved")

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="profiles")
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    band = models.CharField(_("band"), max_length=60, blank=True)
    family = models.CharField(_("job family"), max_length=60, blank=True)
    staff_level = models.CharField(_("staff level"), max_length=12, choices=StaffLevel)
    purpose = models.TextField(_("purpose"), blank=True)
    typical_rank = models.CharField(max_length=120, blank=True)
    eu_equivalent = models.CharField(max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_profile_a_code")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("competencies:profile", args=[self.administration.slug, self.pk])


class Requirement(models.Model):
    """The level a job profile asks for in one competency, and its weight."""

    profile = models.ForeignKey(JobProfile, models.CASCADE, related_name="requirements")
    competency = models.ForeignKey(Competency, models.PROTECT, related_name="requirements")
    level = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    weight = models.PositiveSmallIntegerField(default=2, validators=[MinValueValidator(1)])
    critical = models.BooleanField(default=False)
    steps = models.JSONField(
        _("steps"), default=list, blank=True, help_text="year:level on the way to the level"
    )

    class Meta:
        ordering = ["profile", "competency__position"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "competency"], name="one_level_a_pair")
        ]

    def __str__(self) -> str:
        return f"{self.profile.code} {self.competency.code} {self.level}"
