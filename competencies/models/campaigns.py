"""Campaigns of assessment: who is rated, in what, by whom and by when."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrplan.core.models import TenantModel


class Campaign(TenantModel):
    """One round of assessments; nothing chosen of units, profiles or groups means all."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("what it is for"))
    may_affect_promotion = models.BooleanField(_("may count for promotion"), default=False)
    sources = models.JSONField(_("who rates"), default=list)
    units = models.JSONField(_("units"), default=list, blank=True, help_text="codes")
    profiles = models.JSONField(_("job profiles"), default=list, blank=True, help_text="codes")
    groups = models.JSONField(
        _("groups of competencies"), default=list, blank=True, help_text="codes"
    )
    opens_on = models.DateField(_("from"))
    due_on = models.DateField(_("by"))
    appeal_days = models.PositiveSmallIntegerField(_("days to appeal"), default=14)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    reminded_on = models.DateField(_("last reminder on"), null=True, blank=True)

    class Meta:
        ordering = ["-opens_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_campaign_a_code"),
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("opens_on")), name="due_after_opening"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("competencies:campaign", args=[self.administration.slug, self.pk])
