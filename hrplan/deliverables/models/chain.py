"""The chain of approval: its steps, for whom reviewers speak, who acts for whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hrplan.core.models import Member, Role, TenantModel
from hrplan.deliverables.models.submissions import Submission


class Body(models.TextChoices):
    HOUSE = "house", _("the administration")
    BUDGET = "budget", _("budget")
    PUBLIC_SERVICE = "public_service", _("public service")
    LEGAL = "legal", _("legal affairs")
    FINANCE = "finance", _("head of the ministry")
    CABINET = "cabinet", _("Cabinet")


class Stage(models.TextChoices):
    """The states in which steps of a chain are taken."""

    REVIEW = "review", _("internal review")
    SIGNING = "signing", _("managers' sign-off")
    ENDORSING = "endorsing", _("endorsement")
    TECHNICAL = "technical", _("technical review")
    DECISION = "decision", _("decision")
    CABINET = "cabinet", _("noting by Cabinet")


class StepFields(TenantModel):
    """One step of a chain: which body says yes, in which role, how many, within how many days.

    Steps of one stage at the same position are taken side by side, others one after the other.
    """

    stage = models.CharField(_("stage"), max_length=12, choices=Stage)
    position = models.PositiveSmallIntegerField(_("order within the stage"), default=1)
    body = models.CharField(_("body"), max_length=16, choices=Body, default=Body.HOUSE)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    quorum = models.PositiveSmallIntegerField(_("people needed"), default=1)
    days = models.PositiveSmallIntegerField(_("working days allowed"), null=True, blank=True)

    class Meta:
        abstract = True


class ChainStep(StepFields):
    """A step of the chain that an administration's submissions go through."""

    class Meta:
        ordering = ["stage", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.get_body_display()}"


class SubmissionStep(StepFields):
    """The same as it stood when the submission was put together."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="steps")

    class Meta:
        ordering = ["submission", "stage", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.get_body_display()}"


class Voice(TenantModel):
    """The body that a reviewer speaks for; one without speaks for any."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="voice")
    body = models.CharField(_("speaks for"), max_length=16, choices=Body)

    def __str__(self) -> str:
        return f"{self.member}: {self.get_body_display()}"


class Delegation(TenantModel):
    """For some days another member takes the steps of one."""

    principal = models.ForeignKey(Member, models.CASCADE, related_name="+")
    delegate = models.ForeignKey(
        Member, models.CASCADE, related_name="delegations", verbose_name=_("acts for you")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="a_delegation_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.principal}: {self.delegate}"
