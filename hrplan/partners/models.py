"""Partners, their activities and recommendations: the register of assistance."""

from django.db import models
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

    code = models.CharField(_("register number"), max_length=40)
    identifier = models.CharField(_("IATI identifier"), max_length=120, blank=True)
    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind"), max_length=40, default="mission")
    status = models.CharField(_("status"), max_length=16, choices=Status)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    implementing = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="implements"
    )
    funding = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="funds"
    )
    competencies = models.JSONField(default=list, help_text="competency codes")
    places = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    nominate_by = models.DateField(_("nominate by"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["starts_on", "code"]
        verbose_name_plural = "activities"
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_activity_a_code")
        ]

    def __str__(self) -> str:
        return self.title


class AidRecommendation(TenantModel):
    """What a mission recommended, and what became of it."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="recommendations")
    text = models.TextField(_("text"))
    owner = models.CharField(_("owner"), max_length=120, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text
