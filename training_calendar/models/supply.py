"""What training takes: trainers, venues, money, dated courses, and the days that are not free."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models import StaffMember, Unit
from hrplan.core.models import TenantModel
from training_calendar.models.catalogue import Module, Provider


class Trainer(TenantModel):
    """Who may lead sessions of certain modules, and how many days a quarter."""

    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=200)
    region = models.CharField(_("region"), max_length=40)
    staff_member = models.ForeignKey(
        StaffMember, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    provider = models.ForeignKey(Provider, models.SET_NULL, null=True, blank=True, related_name="+")
    max_days_quarter = models.PositiveSmallIntegerField(_("most days a quarter"), default=20)
    modules = models.ManyToManyField(Module, related_name="trainers", blank=True)
    accreditation = models.CharField(_("accreditation"), max_length=200, blank=True)
    accredited_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_trainer_a_code")
        ]

    def __str__(self) -> str:
        return self.name


class TrainerAbsence(models.Model):
    trainer = models.ForeignKey(Trainer, models.CASCADE, related_name="absences")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["trainer", "starts_on"]

    def __str__(self) -> str:
        return f"{self.trainer_id} {self.starts_on}"


class Venue(TenantModel):
    """A room where sessions are held."""

    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    region = models.CharField(_("region"), max_length=40)
    kind = models.CharField(_("kind"), max_length=20)
    capacity = models.PositiveSmallIntegerField(_("places"), validators=[MinValueValidator(1)])
    cost_day = models.DecimalField(_("cost per day"), max_digits=10, decimal_places=2, default=0)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_venue_a_code")
        ]

    def __str__(self) -> str:
        return self.title


class VenueClosure(models.Model):
    venue = models.ForeignKey(Venue, models.CASCADE, related_name="closures")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["venue", "starts_on"]

    def __str__(self) -> str:
        return f"{self.venue_id} {self.starts_on}"


class Closure(TenantModel):
    """Days on which nothing runs, a region's venues are shut, or nobody of a unit may leave."""

    class Scope(models.TextChoices):
        ALL = "ALL", _("everywhere")
        REGION = "REGION", _("the region's venues")
        STATION = "STATION", _("the station's people")

    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    scope = models.CharField(_("scope"), max_length=8, choices=Scope)
    region = models.CharField(_("region"), max_length=40, blank=True)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="closures")
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        ordering = ["starts_on", "scope"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="closure_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.starts_on}"


class Leave(models.Model):
    """Days a staff member is away."""

    staff_member = models.ForeignKey(StaffMember, models.CASCADE, related_name="leave")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["staff_member", "starts_on"]
        verbose_name_plural = "leave"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="leave_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff_member_id} {self.starts_on}"


class Budget(TenantModel):
    """The money for training in one quarter of the fiscal year."""

    quarter = models.CharField(_("quarter"), max_length=20)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    source = models.CharField(_("source"), max_length=120, blank=True)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "quarter"], name="one_budget_a_quarter"
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="budget_not_negative"),
        ]

    def __str__(self) -> str:
        return self.quarter


class Offer(TenantModel):
    """A run of an external module whose dates the provider fixed."""

    code = models.CharField(_("code"), max_length=20)
    module = models.ForeignKey(Module, models.CASCADE, related_name="offers")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    places = models.PositiveSmallIntegerField(_("places"))
    region = models.CharField(_("region"), max_length=40)
    nominate_by = models.DateField(_("nominate by"), null=True, blank=True)
    funding = models.CharField(_("funding"), max_length=120, blank=True)

    class Meta:
        ordering = ["starts_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_offer_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.module.title}"


class Travel(TenantModel):
    """What a trip costs one person from one region to another, both ways."""

    from_region = models.CharField(max_length=40)
    to_region = models.CharField(max_length=40)
    cost = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        ordering = ["from_region", "to_region"]
        verbose_name_plural = "travel"
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "from_region", "to_region"], name="one_trip_a_pair"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_region} - {self.to_region}"


class PlanningParameters(TenantModel):
    """The horizon and the constants of planning; printed in the annex."""

    horizon_start = models.DateField(_("horizon from"))
    horizon_end = models.DateField(_("horizon to"))
    discount_beta = models.FloatField(default=0.5)
    lambda_cost = models.FloatField(null=True, blank=True)
    lambda_smooth = models.FloatField(default=0.02)
    per_diem = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    max_days_staff_year = models.PositiveSmallIntegerField(default=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["administration"], name="one_set_of_parameters"),
            models.CheckConstraint(
                condition=models.Q(horizon_end__gt=models.F("horizon_start")),
                name="horizon_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.horizon_start} - {self.horizon_end}"
