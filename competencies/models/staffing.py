"""What staffing rests on: the work a unit has to do, and the recruits that are planned."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models.organisation import Unit
from competencies.models.profiles import JobProfile
from hrplan.core.models import TenantModel


class Workload(TenantModel):
    """Work of one kind in a unit: so many a year of so many minutes, or a share of all time."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="workloads")
    profile = models.ForeignKey(JobProfile, models.PROTECT, related_name="workloads")
    activity = models.CharField(_("activity"), max_length=120)
    volume = models.PositiveIntegerField(_("how many a year"), null=True, blank=True)
    minutes = models.DecimalField(
        _("minutes for each"), max_digits=7, decimal_places=1, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    share = models.DecimalField(
        _("share of the working time"), max_digits=4, decimal_places=3, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(Decimal("0.95"))],
    )  # fmt: skip
    source = models.CharField(_("where the figures come from"), max_length=200, blank=True)

    class Meta:
        ordering = ["unit__position", "profile__position", "activity"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "unit", "profile", "activity"],
                name="one_workload_an_activity",
            )
        ]

    def __str__(self) -> str:
        return self.activity


class PlannedIntake(TenantModel):
    """Recruits who are to begin on one day in one unit and profile."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="intakes")
    profile = models.ForeignKey(JobProfile, models.PROTECT, related_name="intakes")
    starts_on = models.DateField(_("begin on"))
    people = models.PositiveSmallIntegerField(_("people"), validators=[MinValueValidator(1)])
    basis = models.CharField(_("on what it rests"), max_length=200, blank=True)

    class Meta:
        ordering = ["starts_on", "unit__position", "profile__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "unit", "profile", "starts_on"],
                name="one_intake_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.people}, {self.starts_on}"
