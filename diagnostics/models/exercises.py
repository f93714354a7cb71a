"""Exercises, their steps, and the answers to a baseline form."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diagnostics.models.questionnaires import Question, Questionnaire
from hrplan.core.models import TenantModel


class Exercise(TenantModel):
    """One diagnostic of the administration, such as the baseline of a year."""

    class State(models.TextChoices):
        REQUEST = "request", _("request")
        DOCUMENTS = "documents", _("document pack")
        SELF_ASSESSMENT = "self_assessment", _("self-assessment")
        WORKSHOP = "workshop", _("workshop")
        INTERVIEWS = "interviews", _("interviews")
        SCORING = "scoring", _("scoring")
        DRAFT = "draft", _("draft")
        CLOSE_OUT = "close_out", _("close-out")
        COMMENTS = "comments", _("comments")
        APPROVED = "approved", _("approved")
        FOLLOW_UP = "follow_up", _("follow-up")

    code = models.SlugField(max_length=60)
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.REQUEST)
    questionnaires = models.ManyToManyField(Questionnaire, related_name="exercises")
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    owner = models.CharField(_("owner"), max_length=120, blank=True)
    purpose = models.TextField(_("purpose"), blank=True)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_exercise_a_code")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("diagnostics:exercise", args=[self.administration.slug, self.pk])


class ExerciseStep(models.Model):
    """When a state of the exercise was planned and done, and whose it is."""

    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=20, choices=Exercise.State)
    planned_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["exercise", "position"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "state"], name="one_step_a_state")
        ]

    def __str__(self) -> str:
        return f"{self.exercise_id} {self.state}"


class BaselineAnswer(models.Model):
    """One value of the baseline form; a table's value has a line and a field `table.column`."""

    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="baseline_answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    field = models.CharField(max_length=80)
    line = models.PositiveSmallIntegerField(default=1)
    value = models.TextField(
        help_text="dates as 2016-02-12, numbers with a point, codes of choices"
    )
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["exercise", "question__position", "line", "field"]
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "question", "field", "line"], name="one_value_a_field"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.field}"
