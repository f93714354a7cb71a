"""Questionnaires as data: domains, questions, scales."""

from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from hrplan.core.models import TenantModel


class Questionnaire(TenantModel):
    """A questionnaire as data: written as a draft, published, frozen once an exercise uses it.

    `translations` hold its texts in further languages, by language and field. Where a later
    version gives a question another code, `mapping` says the earlier one, by the later.
    """

    class Kind(models.TextChoices):
        MATURITY = "maturity", _("maturity")
        BASELINE = "baseline", _("baseline form")
        TABLE = "table", _("rows of a table")  # put to the vote, see usecases.tables

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.MATURITY)
    code = models.SlugField(max_length=60)
    version = models.CharField(_("version"), max_length=10)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=10, default="en")
    provider = models.CharField(_("provider"), max_length=120, blank=True)
    licence = models.CharField(_("licence"), max_length=60, blank=True)
    provenance = models.TextField(_("provenance"), blank=True)
    scale = models.JSONField(default=list, help_text="levels: level, name, meaning")
    existence = models.JSONField(default=list, help_text="stages: code, label, meaning, caps_at")
    use = models.JSONField(default=list, help_text="stages: code, label, meaning, caps_at")
    references = models.JSONField(
        default=dict,
        help_text="framework_sections, arusha_8, reference_points: code -> title; meanings; order",
    )
    guides = models.JSONField(default=list, help_text="interview guides")
    translations = models.JSONField(default=dict, blank=True)
    is_draft = models.BooleanField(_("draft"), default=False)
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaced_by"
    )
    mapping = models.JSONField(
        default=dict, blank=True, help_text="code here -> code in `replaces`; empty: it is new"
    )

    class Meta:
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "code", "version"], name="one_questionnaire_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("diagnostics:questionnaire", args=[self.administration.slug, self.pk])


class Domain(models.Model):
    """A part of a questionnaire with a score of its own."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="domains")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    is_cross_cutting = models.BooleanField(default=False)
    purpose = models.TextField(blank=True)
    documents = models.JSONField(default=list)
    translations = models.JSONField(default=dict, blank=True)
    framework_sections = models.JSONField(default=list)
    arusha = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["questionnaire", "position"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "code"], name="one_domain_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Question(models.Model):
    """One question with anchors for each level, or one item of a baseline form with fields."""

    domain = models.ForeignKey(Domain, models.CASCADE, related_name="questions")
    code = models.CharField(max_length=20)
    subject = models.CharField(max_length=200, help_text="what is rated: 'the HR strategy'")
    text = models.TextField()
    help = models.TextField(blank=True)
    fields = models.JSONField(default=list, help_text="of a baseline item, as in its content file")
    probe = models.CharField(max_length=20, blank=True)
    anchors = models.JSONField(default=dict, help_text="level -> text")
    evidence = models.JSONField(default=list, help_text="what to ask to see")
    weight = models.DecimalField(max_digits=4, decimal_places=2, default=1)
    tags = models.JSONField(default=list)
    relevant = models.JSONField(
        default=dict, blank=True, help_text="asked if: question, of, test, value"
    )
    translations = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["domain", "position"]
        constraints = [
            models.UniqueConstraint(fields=["domain", "code"], name="one_question_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def title(self) -> str:
        return capfirst(self.subject)
