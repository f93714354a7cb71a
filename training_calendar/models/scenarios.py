"""What a plan would be under other conditions: other money, no travel, one more trainer."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from training_calendar.models.plans import Plan


class Scenario(models.Model):
    """The figures of one scenario of a plan, worked out with small effort and kept with it.

    `facts` says what was changed, in codes; `reasons` counts the needs left open by reason;
    `left_out` lists the competencies with most left open, each with its one reason.
    """

    class Kind(models.TextChoices):
        SHARE = "share", _("another budget")
        NO_TRAVEL = "no-travel", _("without travel")
        NO_DONOR = "no-donor", _("donors drop out")
        TRAINER = "trainer", _("one more trainer")
        ROOM = "room", _("one more room")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="scenarios")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("scenario"), max_length=10, choices=Kind)
    share = models.FloatField(_("share of the budget"))
    facts = models.JSONField(default=dict)
    budget = models.FloatField(_("budget"))
    cost = models.FloatField(_("cost"))
    closed = models.FloatField(_("weighted gap closed"))
    total = models.FloatField(_("weighted gap"))
    sessions = models.PositiveIntegerField(_("sessions"))
    seats = models.PositiveIntegerField(_("places"))
    people = models.PositiveIntegerField(_("people"))
    reasons = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)

    is_derived: ClassVar = True

    class Meta:
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="one_scenario_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.share}"

    @property
    def closed_share(self) -> float:
        """Share of the weighted gap that it closes [0..1]."""
        return self.closed / self.total if self.total else 0.0
