"""What a diagnostic found, why it is so, and what to do."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diagnostics.models.exercises import Exercise
from diagnostics.models.questionnaires import Domain, Question
from hrplan.core.models import TenantModel


class Finding(TenantModel):
    """A strength or weakness that the diagnostic shows; its code is that of its question.

    Rank 0: causes or recommendations were written down, but the scores don't single it out.
    """

    class Kind(models.TextChoices):
        STRENGTH = "strength", _("strength")
        WEAKNESS = "weakness", _("weakness")

    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="findings")
    code = models.CharField(_("code"), max_length=20)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    domain = models.ForeignKey(Domain, models.PROTECT, related_name="findings")
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="findings"
    )
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    cited = models.JSONField(
        _("evidence cited"), default=list, blank=True, help_text="kind:code, such as document:RD01"
    )
    severity = models.DecimalField(_("severity"), max_digits=5, decimal_places=2, default=0)
    rank = models.PositiveSmallIntegerField(_("rank"), default=0)

    class Meta:
        ordering = ["rank", "code"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "code"], name="one_finding_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("diagnostics:finding", args=[self.administration.slug, self.pk])


class Cause(models.Model):
    """Why a finding is so, by kind of cause: is it a training need at all?"""

    class Kind(models.TextChoices):
        KNOW = "know", _("does not know how")
        MAY = "may", _("knows but may not")
        CAN = "can", _("knows but cannot")
        WILL = "will", _("knows but does not")
        PERSON = "person", _("wrong person for the post")
        NOBODY = "nobody", _("nobody in the unit can")

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="causes")
    position = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    text = models.TextField(_("text"))

    class Meta:
        ordering = ["finding", "position"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "position"], name="one_cause_a_place")
        ]

    def __str__(self) -> str:
        return self.text


class Recommendation(models.Model):
    """What to do about a finding, by whom and when."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="recommendations")
    position = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(_("text"))
    owner = models.CharField(_("owner"), max_length=120, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    is_training = models.BooleanField(_("answered by training"), default=False)
    competency = models.CharField(
        _("competency to be lifted"), max_length=20, blank=True, help_text="code in the framework"
    )

    class Meta:
        ordering = ["finding", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "position"], name="one_recommendation_a_place"
            )
        ]

    def __str__(self) -> str:
        return self.text
