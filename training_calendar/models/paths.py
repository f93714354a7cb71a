"""The steps of learning paths: a module or a programme, by when, before what."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models import LearningPath
from hrplan.core.models import TenantModel
from training_calendar.models.catalogue import Module, Programme


class PathStep(TenantModel):
    """One step of a learning path: what is to be completed, and by when."""

    path = models.ForeignKey(
        LearningPath, models.CASCADE, related_name="steps", verbose_name=_("learning path")
    )
    position = models.PositiveSmallIntegerField(
        _("place in the path"), default=1, validators=[MinValueValidator(1)]
    )
    module = models.ForeignKey(
        Module, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("module")
    )
    programme = models.ForeignKey(
        Programme,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="path_steps",
        verbose_name=_("programme"),
    )
    milestone = models.CharField(_("milestone"), max_length=120, blank=True)
    within_months = models.PositiveSmallIntegerField(
        _("by when [months of service]"), null=True, blank=True
    )

    class Meta:
        ordering = ["path", "position"]
        constraints = [
            models.UniqueConstraint(fields=["path", "position"], name="one_step_a_place"),
            models.CheckConstraint(
                condition=models.Q(module__isnull=False, programme__isnull=True)
                | models.Q(module__isnull=True, programme__isnull=False),
                name="a_step_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.module or self.programme)
