"""The competency framework: its versions, scale, groups, competencies and level texts."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrplan.core.models import TenantModel


class Framework(TenantModel):
    """A version of the competency framework; assessments and profiles belong to one."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_FORCE = "in_force", _("in force")
        RETIRED = "retired", _("retired")

    code = models.SlugField(max_length=60)
    version = models.CharField(_("version"), max_length=10)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=10, default="en")
    provider = models.CharField(_("provider"), max_length=120, blank=True)
    licence = models.CharField(_("licence"), max_length=60, blank=True)
    provenance = models.TextField(_("provenance"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.IN_FORCE)
    in_force_on = models.DateField(_("in force since"), null=True, blank=True)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)
    report = models.JSONField(
        default=dict, blank=True, help_text="what putting it in force carried over, as counts"
    )

    class Meta:
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "code", "version"], name="one_framework_a_version"
            ),
            models.UniqueConstraint(
                fields=["administration"],
                condition=models.Q(state="in_force"),
                name="one_framework_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("competencies:framework_version", args=[self.administration.slug, self.pk])


IN_FORCE = Framework.State.IN_FORCE


class Level(models.Model):
    """One step of a framework's scale; 0 is assessed and not held."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    can_do = models.TextField(blank=True)
    autonomy = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    typical_time = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["framework", "level"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "level"], name="one_name_a_level")
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.name}"


class CompetencyGroup(TenantModel):
    """A family of competencies; values stay out of gap totals."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="groups")
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=120)
    assessed_by = models.CharField(_("assessed by"), max_length=300, blank=True)
    in_gap_totals = models.BooleanField(_("counts in totals of gaps"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["framework", "position"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="one_group_a_code")
        ]

    def __str__(self) -> str:
        return self.title


class Competency(TenantModel):
    """One competency of a framework."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="competencies")
    group = models.ForeignKey(CompetencyGroup, models.PROTECT, related_name="competencies")
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    definition = models.TextField(_("definition"), blank=True)
    basis = models.CharField(_("rests on"), max_length=200, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=2)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["framework", "position"]
        verbose_name_plural = "competencies"
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="one_competency_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("competencies:competency", args=[self.administration.slug, self.pk])


class LevelText(models.Model):
    """What an observer sees a person do who holds the level, and what that takes."""

    competency = models.ForeignKey(Competency, models.CASCADE, related_name="level_texts")
    level = models.PositiveSmallIntegerField()
    text = models.TextField(_("behaviour"))
    knowledge = models.TextField(_("knowledge"), blank=True)
    skill = models.TextField(_("skill"), blank=True)

    class Meta:
        ordering = ["competency", "level"]
        constraints = [
            models.UniqueConstraint(fields=["competency", "level"], name="one_text_a_level")
        ]

    def __str__(self) -> str:
        return f"{self.competency.code} {self.level}"


class Crosswalk(TenantModel):
    """How a competency of one version stands to one of another."""

    class Relation(models.TextChoices):
        EQUAL = "equal", _("the same")
        PART = "part", _("a part of it")
        WIDER = "wider", _("wider than it")
        OVERLAPS = "overlaps", _("overlaps with it")

    source = models.ForeignKey(
        Competency, models.CASCADE, related_name="crosswalks", verbose_name=_("competency")
    )
    target = models.ForeignKey(
        Competency, models.CASCADE, related_name="crosswalks_from", verbose_name=_("of the other")
    )
    relation = models.CharField(_("is"), max_length=10, choices=Relation)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["source__position", "target__position"]
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="one_relation_a_pair")
        ]

    def __str__(self) -> str:
        return f"{self.source.code} – {self.target.code}"
