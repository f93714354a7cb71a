"""A development plan: what was chosen, what it costs, and each need with its answer."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models import Competency, StaffMember
from diagnostics.models import Finding
from hrplan.core.access import OFFICE, has_role
from hrplan.core.models import Member, TenantModel, TenantQuerySet
from training_calendar.models.catalogue import Module


class OfPlanQuerySet(TenantQuerySet):
    """Rows of a plan; one that is being written or proposed is the office's."""

    path = ""

    def visible_to(self, member: Member) -> "OfPlanQuerySet":
        seen = super().visible_to(member)
        if has_role(member, OFFICE):
            return seen
        inside = (Plan.State.WRITING, Plan.State.PROPOSED)
        return seen.exclude(**{f"{self.path}state__in": inside})


class PartOfPlanQuerySet(OfPlanQuerySet):
    path = "plan__"


class Plan(TenantModel):
    """A development plan: the chosen interventions within a budget, with bound and reasons."""

    class State(models.TextChoices):
        WRITING = "writing", _("being written")
        PROPOSED = "proposed", _("proposed")
        DRAFT = "draft", _("draft")
        ADOPTED = "adopted", _("adopted")

    title = models.CharField(_("title"), max_length=200)
    as_of = models.DateField(_("as of"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    is_current = models.BooleanField(default=True)
    budget_share = models.FloatField(_("share of the budget"), default=1.0)
    objective = models.FloatField(null=True, blank=True)
    bound = models.FloatField(null=True, blank=True)
    total_gap = models.FloatField(_("weighted gap"), default=0)
    closed_gap = models.FloatField(_("weighted gap closed"), default=0)
    parameters = models.JSONField(default=dict)
    report = models.JSONField(default=dict)

    objects: ClassVar = OfPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


class Intervention(TenantModel):
    """One line of a plan: what is done, for whom, by which module, at what cost."""

    class Kind(models.TextChoices):
        TRAINING = "training", _("training")
        OTHER = "other", _("non-training measure")

    class Funding(models.TextChoices):
        WITHIN = "within", _("this year within vote")
        VIREMENT = "virement", _("virement")
        NEXT = "next", _("next call")
        DONOR = "donor", _("donor")
        NONE = "none", _("no cash cost")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="interventions")
    code = models.CharField(_("code"), max_length=20)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TRAINING)
    module = models.ForeignKey(
        Module, models.PROTECT, null=True, blank=True, related_name="interventions"
    )
    title = models.CharField(_("title"), max_length=200)
    need_text = models.TextField(_("need"), blank=True)
    audience = models.CharField(_("audience"), max_length=300, blank=True)
    audience_levels = models.JSONField(default=list)
    people = models.PositiveIntegerField(_("people"), default=0)
    hours = models.DecimalField(_("hours a person"), max_digits=7, decimal_places=1, default=0)
    priority = models.FloatField(_("priority"), default=0)
    rank = models.PositiveSmallIntegerField(default=0)
    closes_gap = models.FloatField(_("weighted gap closed"), default=0)
    funding = models.CharField(_("funding"), max_length=10, choices=Funding, default=Funding.WITHIN)
    source = models.CharField(_("source of funds"), max_length=120, blank=True)
    duty = models.CharField(_("legal or reform duty"), max_length=200, blank=True)
    owner = models.CharField(_("owner"), max_length=120, blank=True)
    evaluation = models.CharField(_("evaluation"), max_length=300, blank=True)
    indicator = models.CharField(_("indicator"), max_length=300, blank=True)
    finding = models.ForeignKey(
        Finding, models.SET_NULL, null=True, blank=True, related_name="interventions"
    )

    objects: ClassVar = PartOfPlanQuerySet.as_manager()

    class Meta:
        ordering = ["rank", "code"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="one_intervention_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class CostLine(models.Model):
    """An amount of an intervention: budget line, quantity, rate, quarter, source."""

    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="cost_lines")
    budget_line = models.CharField(_("budget line"), max_length=20)
    title = models.CharField(_("item"), max_length=120)
    quarter = models.CharField(_("quarter"), max_length=20)
    fiscal_year = models.CharField(_("fiscal year"), max_length=10)
    quantity = models.DecimalField(max_digits=10, decimal_places=2)
    unit = models.CharField(max_length=40)
    rate = models.DecimalField(max_digits=12, decimal_places=2)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    is_opportunity = models.BooleanField(_("opportunity cost"), default=False)

    class Meta:
        ordering = ["intervention", "quarter", "budget_line"]

    def __str__(self) -> str:
        return f"{self.budget_line} {self.amount}"


class Need(models.Model):
    """A gap of a staff member and the module it asks for: met by an enrolment, or why not."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="needs")
    staff_member = models.ForeignKey(StaffMember, models.CASCADE, related_name="needs")
    competency = models.ForeignKey(Competency, models.PROTECT, related_name="needs")
    module = models.ForeignKey(Module, models.PROTECT, null=True, blank=True, related_name="needs")
    held = models.FloatField()
    required = models.PositiveSmallIntegerField()
    reached = models.FloatField(help_text="level after the plan")
    weighted_gap = models.FloatField()
    is_critical = models.BooleanField(default=False)
    is_met = models.BooleanField(default=False)
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-weighted_gap", "staff_member", "competency"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "staff_member", "competency"], name="one_need_a_pair"
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff_member_id} {self.competency_id}"
