"""Rules passed over, and decisions line by line."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrplan.core.models import Member, TenantModel
from hrplan.deliverables.models.submissions import Submission


class CheckOverride(TenantModel):
    """Why documents go on although a consistency rule does not hold; printed with the rule."""

    number = models.PositiveSmallIntegerField(_("rule"))
    reason = models.TextField(_("reason"))
    faults = models.JSONField(default=list, help_text="what it was said about; others still stop")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "number"], name="one_override_a_rule")
        ]

    def __str__(self) -> str:
        return str(self.number)


class LineDecision(TenantModel):
    """What the ministry decides on one line of a submission; a line without one is accepted.

    key : code of the line within its kind, as the frozen version has it;
    said_by : who ruled without an account, by the name on the link
    """

    class Kind(models.TextChoices):
        INTERVENTION = "intervention", _("intervention of the plan")
        SESSION = "session", _("training session")
        INITIATIVE = "initiative", _("initiative")
        COST = "cost", _("cost line")
        TARGET = "target", _("target of an indicator")

    class Ruling(models.TextChoices):
        ACCEPT = "accept", _("accepted")
        CUT = "cut", _("cut")
        CONDITION = "condition", _("accepted on a condition")

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="line_decisions")
    kind = models.CharField(max_length=12, choices=Kind)
    key = models.CharField(max_length=300)
    ruling = models.CharField(_("decision"), max_length=10, choices=Ruling)
    condition = models.TextField(_("condition or reason"), blank=True)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    said_by = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["submission", "kind", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "kind", "key"], name="one_decision_a_line"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.ruling}"
