"""A calendar: sessions, who has a place in them, who came, and what is asked afterwards."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models import StaffMember
from hrplan.core.models import TenantModel
from training_calendar.models.catalogue import Module
from training_calendar.models.plans import (
    Intervention,
    OfPlanQuerySet,
    PartOfPlanQuerySet,
    Plan,
)
from training_calendar.models.supply import Offer, Trainer, Venue


class Calendar(TenantModel):
    """The dated plan: sessions and enrolments; a draft until it is released."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        RELEASED = "released", _("released")

    plan = models.OneToOneField(Plan, models.CASCADE, related_name="calendar")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    violations = models.JSONField(default=list)

    objects: ClassVar = PartOfPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.plan} {self.starts_on} - {self.ends_on}"


class OfCalendarQuerySet(OfPlanQuerySet):
    path = "calendar__plan__"


class TrainingSession(TenantModel):
    """One group taking one module once."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        CONFIRMED = "confirmed", _("confirmed")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="sessions")
    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="sessions")
    code = models.CharField(_("reference"), max_length=20)
    module = models.ForeignKey(Module, models.PROTECT, related_name="sessions")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, blank=True, related_name="sessions")
    trainer = models.ForeignKey(
        Trainer, models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, blank=True, related_name="sessions")
    places = models.PositiveSmallIntegerField(_("places"))
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=2, default=0)
    cost_paid = models.DecimalField(
        _("cost paid"), max_digits=12, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    is_pinned = models.BooleanField(_("pinned"), default=False)
    fallback_on = models.DateField(_("storm fallback"), null=True, blank=True)

    objects: ClassVar = OfCalendarQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "code"], name="one_session_a_code"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="session_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.module.title}"


class Enrolment(models.Model):
    """One staff member's place: in a session, or dated outside the sessions."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="enrolments")
    session = models.ForeignKey(
        TrainingSession, models.CASCADE, null=True, blank=True, related_name="enrolments"
    )
    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="enrolments")
    module = models.ForeignKey(Module, models.PROTECT, related_name="enrolments")
    staff_member = models.ForeignKey(StaffMember, models.CASCADE, related_name="enrolments")
    starts_on = models.DateField()
    ends_on = models.DateField()
    cost = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    is_pinned = models.BooleanField(default=False)

    class Meta:
        ordering = ["starts_on", "staff_member"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "module", "staff_member"], name="one_place_a_module"
            )
        ]

    def __str__(self) -> str:
        return f"{self.module_id} {self.staff_member_id}"


class Attendance(models.Model):
    """Hours a staff member attended of an enrolment."""

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, related_name="attendance")
    hours = models.DecimalField(max_digits=6, decimal_places=1)
    is_completed = models.BooleanField(default=False)
    result = models.PositiveSmallIntegerField(
        _("test result [%]"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    result_before = models.PositiveSmallIntegerField(
        _("test result before [%]"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    has_answered = models.BooleanField(_("gave feedback"), default=False)

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.hours}"


class Evaluation(models.Model):
    """One level of evaluation of a session: when it is due, with what instrument, what it gave."""

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="evaluations")
    level = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    instrument = models.CharField(max_length=200)
    result = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["session", "level"]
        constraints = [
            models.UniqueConstraint(fields=["session", "level"], name="one_evaluation_a_level")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.level}"


class CalendarChange(models.Model):
    """A session moved or cancelled, and why."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="changes")
    session_code = models.CharField(max_length=20)
    changed_on = models.DateField()
    what = models.CharField(max_length=300)
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["changed_on", "pk"]

    def __str__(self) -> str:
        return f"{self.session_code} {self.what}"
