"""What was read and heard: documents, reviews, interviews, SWOT, corporate objectives."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from diagnostics.models.exercises import Exercise
from hrplan.core.models import TenantModel


class ReferenceDocument(TenantModel):
    """A document the diagnostic asks for: whether it exists, its status, where it is."""

    class Status(models.TextChoices):
        MISSING = "missing", _("missing")
        DRAFT = "draft", _("draft")
        APPROVED = "approved", _("approved")
        OUTDATED = "outdated", _("outdated")

    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="documents")
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    dated_on = models.DateField(_("dated"), null=True, blank=True)
    domain = models.CharField(_("domain"), max_length=20, blank=True)
    link = models.CharField(_("where it is"), max_length=300, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "code"], name="one_document_a_code")
        ]

    def __str__(self) -> str:
        return self.title


class CorporateObjective(TenantModel):
    """What an existing strategy or business plan sets out to reach."""

    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=300)
    measure = models.CharField(_("measure"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=120, blank=True)
    source = models.CharField(_("source document"), max_length=200, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "code"], name="one_corporate_objective_a_code"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class DocumentReview(TenantModel):
    """What a strategy or business plan says, and what it says on people."""

    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="reviews")
    document = models.OneToOneField(ReferenceDocument, models.CASCADE, related_name="review")
    summary = models.TextField(_("summary"))
    on_people = models.TextField(_("what it says on people"), blank=True)

    class Meta:
        ordering = ["document__code"]

    def __str__(self) -> str:
        return str(self.document)


class SwotItem(TenantModel):
    """A strength, weakness, opportunity or threat the room named."""

    class Kind(models.TextChoices):
        STRENGTH = "strength", _("strength")
        WEAKNESS = "weakness", _("weakness")
        OPPORTUNITY = "opportunity", _("opportunity")
        THREAT = "threat", _("threat")

    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="swot")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    text = models.CharField(_("text"), max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["kind", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "kind", "position"], name="one_swot_item_a_place"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Interview(TenantModel):
    """Notes of one interview held by a guide."""

    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="interviews")
    code = models.CharField(_("code"), max_length=20)
    guide = models.CharField(_("guide"), max_length=40)
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    function = models.CharField(_("function interviewed"), max_length=120, blank=True)
    notes = models.TextField(_("notes"))

    class Meta:
        ordering = ["held_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "code"], name="one_interview_a_code")
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.code, self.function)))
