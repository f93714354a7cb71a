"""Partners, their activities and recommendations: the register of assistance."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrplan.core.models import TenantModel


class Partner(TenantModel):
    """Who funds or gives assistance."""

    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=60, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_partner_a_code")
        ]

    def __str__(self) -> str:
        return self.name


class Activity(TenantModel):
    """One piece of assistance, in the shape of an IATI activity."""

    class Status(models.TextChoices):
        PIPELINE = "pipeline", _("pipeline")
        IMPLEMENTATION = "implementation", _("implementation")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("cancelled")
        OPEN = "open", _("no partner yet")

    class Kind(models.TextChoices):
        MISSION = "mission", _("mission")
        COURSE = "course", _("course")
        WORKSHOP = "workshop", _("workshop")
        ATTACHMENT = "attachment", _("attachment")
        E_LEARNING = "e_learning", _("e-learning")
        SCHOLARSHIP = "scholarship", _("scholarship")
        EQUIPMENT = "equipment", _("equipment")
        PROGRAMME = "programme", _("programme")

    code = models.CharField(_("register number"), max_length=40)
    identifier = models.CharField(_("IATI identifier"), max_length=120, blank=True)
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    measure = models.CharField(_("obligation it serves"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=40, choices=Kind, default=Kind.MISSION)
    status = models.CharField(_("status"), max_length=16, choices=Status)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    implementing = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="implements"
    )
    funding = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="funds"
    )
    competencies = models.JSONField(_("competencies"), default=list, blank=True)
    role_groups = models.JSONField(_("groups it is for"), default=list, blank=True)
    level_from = models.PositiveSmallIntegerField(_("from level"), null=True, blank=True)
    level_to = models.PositiveSmallIntegerField(_("to level"), null=True, blank=True)
    places = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    nominate_by = models.DateField(_("nominate by"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        ordering = ["starts_on", "code"]
        verbose_name_plural = "activities"
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_activity_a_code")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("partners:activity", args=[self.administration.slug, self.pk])


class AidRecommendation(TenantModel):
    """What a mission recommended, and what became of it."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="recommendations")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("text"))
    owner = models.CharField(_("owner"), max_length=120, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "activity", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "number"], name="one_aid_recommendation_a_number"
            )
        ]

    def __str__(self) -> str:
        return self.text


class OverlapRuling(TenantModel):
    """What was concluded by hand on two activities that look alike."""

    class Verdict(models.TextChoices):
        DUPLICATE = "duplicate", _("duplicate")
        COMPLEMENTARY = "complementary", _("complementary")
        SEQUENTIAL = "sequential", _("sequential")
        CONTRADICTORY = "contradictory", _("contradictory advice")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="rulings")
    other = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    verdict = models.CharField(_("conclusion"), max_length=16, choices=Verdict)
    note = models.CharField(_("what was agreed"), max_length=300)
    ruled_on = models.DateField(_("concluded on"))

    class Meta:
        ordering = ["activity", "other"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "other"], name="one_ruling_a_pair")
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.other_id} {self.verdict}"
