"""Objectives, indicators, initiatives, risks and costs: what there is of strategy."""

from decimal import Decimal
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diagnostics.models import CorporateObjective, Exercise
from hrplan.core.figures import day
from hrplan.core.models import TenantModel, TenantQuerySet
from hrplan.strategy import wording
from hrplan.strategy.analysis.money import is_product
from training_calendar.models import Module

FIVE = (MinValueValidator(1), MaxValueValidator(5))


class Strategy(TenantModel):
    """The HR strategy of an administration for some years."""

    exercise = models.ForeignKey(
        Exercise, models.SET_NULL, null=True, blank=True, related_name="strategies"
    )
    code = models.SlugField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    vision = models.TextField(_("vision"), blank=True)
    mandate = models.TextField(_("mandate and functions"), blank=True)
    foreword = models.TextField(_("foreword"), blank=True)
    is_current = models.BooleanField(_("in force"), default=True)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name_plural = "strategies"
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_strategy_a_code")
        ]

    def __str__(self) -> str:
        return self.title


class Principle(TenantModel):
    """A principle or value of the strategy."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="principles")
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["strategy", "position", "title"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "title"], name="one_principle_a_title")
        ]

    def __str__(self) -> str:
        return self.title


class Objective(TenantModel):
    """A strategic objective, tied to corporate objectives."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="objectives")
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=300)
    rationale = models.TextField(_("rationale"), blank=True)
    corporate_objectives = models.ManyToManyField(
        CorporateObjective, related_name="objectives", blank=True
    )
    reference_points = models.JSONField(_("reference points"), default=list, blank=True)
    domains = models.JSONField(_("diagnostic domains"), default=list, blank=True)
    findings = models.JSONField(_("findings it answers"), default=list, blank=True)
    owner = models.CharField(_("owner"), max_length=120, blank=True)

    class Meta:
        ordering = ["strategy", "code"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="one_objective_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("strategy:objective", args=[self.administration.slug, self.pk])


class Indicator(TenantModel):
    """What shows whether an objective is reached: formula, baseline, target, owner, source."""

    class Better(models.TextChoices):
        HIGHER = "higher", _("higher")
        LOWER = "lower", _("lower")
        BAND = "band", _("within a band")
        MONITORED = "monitored", _("neither: it is watched")

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="indicators")
    objective = models.ForeignKey(
        Objective, models.SET_NULL, null=True, blank=True, related_name="indicators"
    )
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    formula = models.TextField(_("formula"), blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    better = models.CharField(
        _("better"), max_length=9, choices=Better, default=Better.HIGHER, blank=True
    )
    baseline = models.DecimalField(
        _("baseline"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    baseline_on = models.DateField(_("baseline date"), null=True, blank=True)
    target = models.DecimalField(
        _("target"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    target_on = models.DateField(_("target date"), null=True, blank=True)
    band_low = models.DecimalField(
        _("lower end of the band"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    band_high = models.DecimalField(
        _("upper end of the band"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    owner = models.CharField(_("owner"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    limits = models.TextField(_("limits"), blank=True)
    reference_points = models.JSONField(_("reference points"), default=list, blank=True)
    modules = models.ManyToManyField(
        Module, related_name="+", blank=True, verbose_name=_("training that is to move it")
    )

    class Meta:
        ordering = ["strategy", "code"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="one_indicator_a_code"),
            models.CheckConstraint(
                condition=models.Q(band_low__isnull=True, band_high__isnull=True)
                | models.Q(
                    band_low__isnull=False,
                    band_high__isnull=False,
                    band_low__lt=models.F("band_high"),
                ),
                name="both_ends_of_a_band_or_none",
                violation_error_message=_("State both ends of the band, the lower one first."),
            ),
            models.CheckConstraint(
                condition=models.Q(band_low__isnull=True) | models.Q(better="band"),
                name="only_a_band_has_ends",
                violation_error_message=_(
                    "Only an indicator that is better within a band has one."
                ),
            ),
        ]

    @property
    def ends(self) -> tuple[Decimal, Decimal] | None:
        """The two ends of its band; None where none is stated."""
        if self.band_low is None or self.band_high is None:
            return None
        return self.band_low, self.band_high

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("strategy:indicator", args=[self.administration.slug, self.pk])


class TargetChange(TenantModel):
    """A target moved between versions, with the reason on record."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="changes")
    changed_on = models.DateField(_("changed on"))
    before = models.DecimalField(
        _("before"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    after = models.DecimalField(_("after"), max_digits=12, decimal_places=2, null=True, blank=True)
    band_before = models.CharField(_("band before"), max_length=40, blank=True)
    band_after = models.CharField(_("band after"), max_length=40, blank=True)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        ordering = ["indicator", "changed_on", "pk"]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.before} - {self.after}"


class Measurement(TenantModel):
    """One value of an indicator on one day."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="measurements")
    measured_on = models.DateField(_("measured on"))
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=2)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["indicator", "measured_on"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "measured_on"], name="one_value_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.value}"


class StandingQuerySet(TenantQuerySet):
    """Rows that the ministry may cut: they stay on record, and count no more."""

    def standing(self) -> Self:
        return self.filter(cut_on=None)


class Initiative(TenantModel):
    """An action card: what is done, by whom, when, at what cost, on what it depends."""

    class Theme(models.TextChoices):
        ORGANISATION = "organisation", _("Organisation and jobs")
        WORKFORCE = "workforce", _("Workforce planning")
        RECRUITMENT = "recruitment", _("Recruitment and induction")
        PERFORMANCE = "performance", _("Performance management")
        LEARNING = "learning", _("Learning and development")
        CAREER = "career", _("Career and succession")
        INTEGRITY = "integrity", _("Integrity and rotation")
        WELLBEING = "wellbeing", _("Well-being and relations")
        SYSTEMS = "systems", _("HR systems and records")

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="initiatives")
    objective = models.ForeignKey(Objective, models.CASCADE, related_name="initiatives")
    code = models.CharField(_("code"), max_length=20)
    theme = models.CharField(_("theme"), max_length=20, choices=Theme)
    title = models.CharField(_("title"), max_length=200)
    action = models.TextField(_("action"))
    owner = models.CharField(_("owner"), max_length=120)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    depends_on = models.CharField(_("depends on"), max_length=200, blank=True)
    legal_change = models.CharField(_("change of law needed"), max_length=200, blank=True)
    recommendations = models.JSONField(
        _("recommendations it carries out"),
        default=list,
        blank=True,
        help_text="finding:place, such as D1.1:2",
    )

    cut_on = models.DateField(_("cut by the ministry on"), null=True, blank=True, editable=False)

    objects: ClassVar = StandingQuerySet.as_manager()

    class Meta:
        ordering = ["strategy", "theme", "code"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="one_initiative_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("strategy:initiative", args=[self.administration.slug, self.pk])


class Milestone(TenantModel):
    """A dated proof of progress of an initiative."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="milestones")
    title = models.CharField(_("title"), max_length=200)
    due_on = models.DateField(_("due"))
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "title"], name="one_milestone_a_title")
        ]

    def __str__(self) -> str:
        return self.title


class Risk(TenantModel):
    """What may go wrong: likelihood and impact from 1 to 5, owner, mitigation."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="risks")
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=300)
    likelihood = models.PositiveSmallIntegerField(_("likelihood, 1 to 5"), validators=FIVE)
    impact = models.PositiveSmallIntegerField(_("impact, 1 to 5"), validators=FIVE)
    owner = models.CharField(_("owner"), max_length=120)
    mitigation = models.TextField(_("mitigation"))
    scope = models.CharField(
        _("scope"),
        max_length=10,
        default="strategy",
        choices=[("strategy", _("strategy")), ("plan", _("plan"))],
    )

    class Meta:
        ordering = ["strategy", "code"]
        constraints = [models.UniqueConstraint(fields=["strategy", "code"], name="one_risk_a_code")]

    def __str__(self) -> str:
        return self.title


class StrategyCost(TenantModel):
    """A cost line of the strategy beside the development plan."""

    class Funding(models.TextChoices):
        WITHIN = "within", _("this year within vote")
        VIREMENT = "virement", _("virement")
        NEXT = "next", _("next call")
        DONOR = "donor", _("donor")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="cost_lines")
    fiscal_year = models.CharField(_("fiscal year"), max_length=10)
    budget_line = models.CharField(_("budget line"), max_length=20)
    title = models.CharField(_("item"), max_length=200)
    quantity = models.DecimalField(_("quantity"), max_digits=10, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=40)
    rate = models.DecimalField(_("rate"), max_digits=12, decimal_places=2)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    funding = models.CharField(_("funding"), max_length=10, choices=Funding)
    source = models.CharField(_("source of funds"), max_length=120, blank=True)
    rate_source = models.CharField(_("source of the rate"), max_length=200, blank=True)
    priced_on = models.DateField(_("price date"), null=True, blank=True)
    is_recurrent = models.BooleanField(_("recurrent"), default=False)

    cut_on = models.DateField(_("cut by the ministry on"), null=True, blank=True, editable=False)

    objects: ClassVar = StandingQuerySet.as_manager()

    class Meta:
        ordering = ["fiscal_year", "budget_line", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "fiscal_year", "budget_line", "title"],
                name="one_cost_line_a_year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year} {self.title}"

    def clean(self) -> None:
        """Refused where the amount isn't what quantity and rate give."""
        stated = (self.quantity, self.rate, self.amount)
        if all(isinstance(value, Decimal) for value in stated) and not is_product(*stated):
            raise ValidationError({"amount": wording.not_the_product(*stated)})


class Obligation(TenantModel):
    """A duty in law or reform that asks for training or a measure by a date."""

    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=300)
    source = models.CharField(_("source"), max_length=200)
    due_on = models.DateField(_("due"), null=True, blank=True)
    training_need = models.CharField(_("training need"), max_length=300, blank=True)
    competencies = models.JSONField(_("competencies"), default=list, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_obligation_a_code")
        ]

    def __str__(self) -> str:
        return self.title


class RequestedDecision(TenantModel):
    """A decision the ministry is asked for."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="requested_decisions")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("decision"))
    body = models.CharField(_("decided by"), max_length=120, blank=True)

    class Meta:
        ordering = ["strategy", "number"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "number"], name="one_decision_a_number")
        ]

    def __str__(self) -> str:
        return self.text


class Responsibility(TenantModel):
    """Who is responsible, accountable, consulted and informed for one task."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="responsibilities")
    task = models.CharField(_("task"), max_length=200)
    responsible = models.CharField(_("responsible"), max_length=120)
    accountable = models.CharField(_("accountable"), max_length=120)
    consulted = models.CharField(_("consulted"), max_length=200, blank=True)
    informed = models.CharField(_("informed"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["strategy", "position"]
        verbose_name_plural = "responsibilities"
        constraints = [
            models.UniqueConstraint(fields=["strategy", "task"], name="one_responsibility_a_task")
        ]

    def __str__(self) -> str:
        return self.task


class PolicyRule(TenantModel):
    """A rule the administration set: transition, selection, bonding, calendar, evaluation."""

    class Kind(models.TextChoices):
        TRANSITION = "transition", _("from seniority to competency")
        SELECTION = "selection", _("selection and obligations")
        CALENDAR = "calendar", _("use of the calendar")
        EVALUATION = "evaluation", _("evaluation")
        ARRANGEMENT = "arrangement", _("implementation arrangements")
        APPROVAL = "approval", _("budget approval")
        OFFICE = "office", _("project management office")
        MONITORING = "monitoring", _("monitoring")
        IMPROVEMENT = "improvement", _("continuous improvement")
        REPORTING = "reporting", _("reports and reviews")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["kind", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "kind", "title"], name="one_policy_rule_a_title"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Consultation(TenantModel):
    """Whom the strategy was discussed with, when, and what they held."""

    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="consultations")
    held_on = models.DateField(_("held on"))
    body = models.CharField(_("body"), max_length=200)
    view = models.TextField(_("view"))

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "held_on", "body"], name="one_consultation_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}, {day(self.held_on)}"
