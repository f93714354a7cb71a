"""The competency framework: its versions, scale, groups, competencies and level texts."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrplan.core.models import TenantModel


class Framework(TenantModel):
    """A version of the competency framework; assessments and profiles belong to one."""

    code = models.SlugField(max_length=60)
    version = models.CharField(_("version"), max_length=10)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=10, default="en")
    provider = models.CharField(_("provider"), max_length=120, blank=True)
    licence = models.CharField(_("licence"), max_length=60, blank=True)
    provenance = models.TextField(_("provenance"), blank=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "code", "version"], name="one_framework_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


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


class CompetencyGroup(models.Model):
    """A family of competencies; values stay out of gap totals."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="groups")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    assessed_by = models.CharField(max_length=300, blank=True)
    in_gap_totals = models.BooleanField(default=True)
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
    basis = models.CharField(max_length=200, blank=True)
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
    """What an observer sees a person do who holds the level."""

    competency = models.ForeignKey(Competency, models.CASCADE, related_name="level_texts")
    level = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["competency", "level"]
        constraints = [
            models.UniqueConstraint(fields=["competency", "level"], name="one_text_a_level")
        ]

    def __str__(self) -> str:
        return f"{self.competency.code} {self.level}"
