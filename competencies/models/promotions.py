"""Promotion by competency: the rules of one round, and those who stand in it."""

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from competencies.models.people import StaffMember
from competencies.models.profiles import JobProfile
from hrplan.core.models import TenantModel


def _share(words: Any, default: str) -> models.DecimalField[Any, Any]:
    """A share of 0 to 1."""
    checks = [MinValueValidator(0), MaxValueValidator(1)]
    return models.DecimalField(
        words, max_digits=4, decimal_places=3, default=Decimal(default), validators=checks
    )


def _mark(words: Any) -> models.DecimalField[Any, Any]:
    """A mark of 0 to 100; empty is not known."""
    checks = [MinValueValidator(0), MaxValueValidator(100)]
    return models.DecimalField(
        words, max_digits=5, decimal_places=2, null=True, blank=True, validators=checks
    )


class PromotionRound(TenantModel):
    """One filling of posts by rules that are published before the vacancy."""

    class State(models.TextChoices):
        DRAFT = "draft", _("shadow run")
        PUBLISHED = "published", _("published")
        CLOSED = "closed", _("closed")

    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    profile = models.ForeignKey(JobProfile, models.PROTECT, related_name="promotion_rounds")
    posts = models.PositiveSmallIntegerField(
        _("posts to be filled"), default=1, validators=[MinValueValidator(1)]
    )
    counted_on = models.DateField(_("service and levels counted on"))
    minimum_service = models.DecimalField(
        _("least service in years"), max_digits=4, decimal_places=1, default=Decimal("3.0"),
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    courses = models.JSONField(_("mandatory courses"), default=list, blank=True)
    threshold = _share(_("least share of the competency asked for"), "0.75")
    competency_weight = _share(_("weight of competency"), "0.5")
    performance_weight = _share(_("weight of performance"), "0.3")
    panel_weight = _share(_("weight of the panel"), "0.2")
    weights_published_on = models.DateField(_("weights published on"), null=True, blank=True)
    vacancy_on = models.DateField(_("vacancy on"))
    rule_on = models.DateField(_("rule in force from"), null=True, blank=True)
    protected_until = models.DateField(_("protected until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)

    class Meta:
        ordering = ["-vacancy_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_round_a_code")
        ]

    @property
    def is_shadow(self) -> bool:
        return self.state == self.State.DRAFT

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("competencies:promotion_round", args=[self.administration.slug, self.pk])


class Candidacy(TenantModel):
    """One officer in one round; what is not known is never counted as zero."""

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        UNKNOWN = "unknown", _("not known")

    round = models.ForeignKey(PromotionRound, models.CASCADE, related_name="candidacies")
    staff_member = models.ForeignKey(StaffMember, models.CASCADE, related_name="candidacies")
    live_sanction = models.CharField(
        _("live sanction"), max_length=8, choices=Answer, default=Answer.UNKNOWN
    )
    courses_met = models.CharField(
        _("mandatory courses done"), max_length=8, choices=Answer, default=Answer.UNKNOWN
    )
    performance = _mark(_("performance mark of three years"))
    panel = _mark(_("mark of the panel"))
    is_protected = models.BooleanField(_("protected by the transition rule"), default=False)

    class Meta:
        ordering = ["round", "staff_member__code"]
        verbose_name_plural = "candidacies"
        constraints = [
            models.UniqueConstraint(fields=["round", "staff_member"], name="one_candidacy_a_round")
        ]

    def __str__(self) -> str:
        return str(self.staff_member)
