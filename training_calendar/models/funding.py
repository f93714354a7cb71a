"""Who pays for training: how much, in which window, under which conditions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hrplan.core.models import TenantModel
from training_calendar.models.catalogue import Module
from training_calendar.models.supply import Budget, Offer


class FundingSource(TenantModel):
    """A vote, donor or loan that pays for training.

    Its money lies in the quarters named, within their amounts; its courses are the dated offers
    it pays for. What it pays begins within its window.
    """

    class Kind(models.TextChoices):
        VOTE = "vote", _("vote of the administration")
        DONOR = "donor", _("donor")
        LOAN = "loan", _("loan or project")
        OTHER = "other", _("other")

    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    starts_on = models.DateField(_("window from"), null=True, blank=True)
    ends_on = models.DateField(_("window to"), null=True, blank=True)
    amount = models.DecimalField(
        _("amount"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    quarters = models.ManyToManyField(
        Budget, related_name="sources", blank=True, verbose_name=_("quarters")
    )
    offers = models.ManyToManyField(
        Offer, related_name="sources", blank=True, verbose_name=_("dated courses")
    )
    modules = models.ManyToManyField(
        Module, related_name="+", blank=True, verbose_name=_("modules")
    )
    pays_travel = models.BooleanField(_("pays travel"), default=True)
    conditions = models.TextField(_("conditions"), max_length=1000, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_source_a_code"),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0),
                name="source_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="window_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name
