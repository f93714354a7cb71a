"""What is known of those who came: that they signed in, and what they thought of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from training_calendar.models.calendars import Enrolment, TrainingSession


class SignIn(models.Model):
    """Somebody signed in to the session on one of its days, by its code on the own phone."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="sign_ins")
    on = models.DateField(_("on"))

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "on"], name="one_sign_in_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.on}"


class Feedback(models.Model):
    """What one attendee thought of a session; nothing in it says who, or when."""

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="feedback")
    scores = models.JSONField(help_text="one of 1 to 5 for each question")
    best = models.TextField(_("what helped most"), blank=True)
    better = models.TextField(_("what should be better"), blank=True)

    class Meta:
        ordering = ["session", "scores"]
        verbose_name_plural = "feedback"

    def __str__(self) -> str:
        return f"feedback on {self.session_id}"
