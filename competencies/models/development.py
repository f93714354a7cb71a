"""What people are to learn: a path for each staff level, a plan for each person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models.people import StaffMember
from competencies.models.profiles import JobProfile, StaffLevel
from hrplan.core.models import TenantModel


class LearningPath(TenantModel):
    """What a staff level, or one job profile of it, is to learn: aim, route, hours promised."""

    staff_level = models.CharField(_("staff level"), max_length=12, choices=StaffLevel)
    profile = models.ForeignKey(
        JobProfile,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="learning_paths",
        verbose_name=_("job profile"),
    )
    aim = models.TextField(_("aim"))
    route = models.TextField(_("route"), blank=True)
    hours_a_year = models.PositiveSmallIntegerField(_("hours promised a year"), default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "staff_level"],
                condition=models.Q(profile__isnull=True),
                name="one_path_a_level",
            ),
            models.UniqueConstraint(
                fields=["profile"],
                condition=models.Q(profile__isnull=False),
                name="one_path_a_profile",
            ),
        ]

    def __str__(self) -> str:
        return self.profile.title if self.profile else self.get_staff_level_display()


class IndividualPlan(TenantModel):
    """What one staff member and the supervisor agreed to develop, and what became of it."""

    staff_member = models.ForeignKey(StaffMember, models.CASCADE, related_name="plans")
    agreed_on = models.DateField(_("agreed on"))
    text = models.TextField(_("agreed"))
    review_on = models.DateField(_("to be reviewed on"), null=True, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    outcome = models.TextField(_("what became of it"), blank=True)

    @property
    def is_reviewed(self) -> bool:
        return self.reviewed_on is not None

    class Meta:
        ordering = ["-agreed_on"]

    def __str__(self) -> str:
        return f"{self.staff_member_id} {self.agreed_on}"
