"""The administration's own texts and order of sections, and the figures that texts quote."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrplan.core.models import TenantModel
from hrplan.deliverables.models.documents import DocumentKind


class Narrative(TenantModel):
    """A passage of the administration's own in a section of a document.

    `values` are its figures, by name, as they were when somebody last wrote or confirmed it; empty
    for those that had never been read.
    """

    kind = models.CharField(_("document"), max_length=24, choices=DocumentKind)
    section = models.CharField(_("section"), max_length=60)
    language = models.CharField(_("language"), max_length=10, default="en")
    text = models.TextField(_("text"))
    values = models.JSONField(_("figures"), default=dict, blank=True)
    values_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "section"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "kind", "section", "language"],
                name="one_narrative_a_section",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.section}"


class SectionPlace(TenantModel):
    """Where a section stands in a document, and whether it is on; without a row, as by default."""

    kind = models.CharField(_("document"), max_length=24, choices=DocumentKind)
    section = models.CharField(_("section"), max_length=60)
    position = models.PositiveSmallIntegerField(_("place"))
    is_on = models.BooleanField(_("printed"), default=True)

    class Meta:
        ordering = ["kind", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "kind", "section"], name="one_place_a_section"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.section}"


class FigureReading(TenantModel):
    """The live figures of an administration as they were read last: name -> value."""

    values = models.JSONField(default=dict)
    as_of = models.DateField(_("as of"))
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["administration"], name="one_reading_an_administration")
        ]

    def __str__(self) -> str:
        return f"{self.read_at:%Y-%m-%d %H:%M}"
