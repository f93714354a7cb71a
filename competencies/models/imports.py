"""Frameworks of other systems on their way in."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competencies.models.framework import Framework
from hrplan.core.models import Import, Member, TenantModel


class FrameworkImport(TenantModel):
    """The files of a framework of another system: previewed, then confirmed or dropped.

    `content` is the framework as it was read, empty where it was refused; `faults` and `notes`
    hold place, key and params of their words. The files are kept until it is decided.
    """

    class Form(models.TextChoices):
        MOODLE = "moodle", _("Moodle's competency file")
        CASE = "case", _("CASE package")
        ESCO = "esco", _("skills of ESCO")

    State = Import.State

    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    name = models.CharField(_("file"), max_length=200)
    files = models.JSONField(default=list, help_text="name, stored")
    form = models.CharField(_("format"), max_length=8, choices=Form, blank=True)
    words = models.CharField(_("words"), max_length=200, blank=True)
    occupation = models.CharField(_("occupation"), max_length=200, blank=True)
    essential_only = models.BooleanField(_("essential skills only"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=Import.State)
    content = models.JSONField(default=dict)
    faults = models.JSONField(default=list, help_text="place, key, params")
    notes = models.JSONField(default=list, help_text="place, key, params")
    framework = models.ForeignKey(Framework, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        arguments = [self.administration.slug, self.pk]
        return reverse("competencies:framework_import", args=arguments)
