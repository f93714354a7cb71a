"""What came of training at work: the supervisor's answer months later, and what was taught back."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models import StaffMember
from hrplan.core.models import Member, TenantModel
from training_calendar.models.calendars import Enrolment


class BehaviourReport(TenantModel):
    """What a supervisor says of one person some months after a module (evaluation level 3)."""

    class Use(models.TextChoices):
        REGULAR = "regular", _("uses it regularly")
        SOMETIMES = "sometimes", _("uses it at times")
        NOT = "not", _("does not use it")
        NO_OCCASION = "no_occasion", _("had no occasion to use it")

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, related_name="behaviour")
    staff_member = models.ForeignKey(StaffMember, models.CASCADE, related_name="behaviour_reports")
    use = models.CharField(_("at work"), max_length=12, choices=Use)
    has_sample = models.BooleanField(_("a piece of work was looked at"), default=False)
    words = models.TextField(_("what was seen"), blank=True, max_length=1000)
    on = models.DateField(_("answered on"))
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.use}"


class TeachBack(TenantModel):
    """A session that somebody gave to colleagues after a course outside."""

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, related_name="teach_back")
    staff_member = models.ForeignKey(StaffMember, models.CASCADE, related_name="teach_backs")
    held_on = models.DateField(_("held on"))
    people = models.PositiveSmallIntegerField(
        _("colleagues who came"), validators=[MinValueValidator(1)]
    )
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.held_on}"
