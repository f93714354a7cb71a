"""Document versions, passages of text, submissions and decisions: what goes to the ministry."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrplan.core.models import Member, TenantModel


class DocumentKind(models.TextChoices):
    STRATEGY = "hr-strategy", _("HR Strategy")
    PLAN = "hr-development-plan", _("HR Development Plan")
    CALENDAR = "training-calendar", _("Training Calendar")


class DocumentVersion(TenantModel):
    """A frozen document: its tree, its hash and the date of the data it quotes."""

    kind = models.CharField(_("document"), max_length=24, choices=DocumentKind)
    number = models.PositiveSmallIntegerField(_("version"))
    language = models.CharField(_("language"), max_length=10)
    is_internal = models.BooleanField(_("internal edition"), default=False)
    as_of = models.DateField(_("as of"))
    tree = models.JSONField()
    digest = models.CharField(_("SHA-256"), max_length=64)
    snapshot = models.JSONField(default=dict)
    made_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "kind", "number", "language", "is_internal"],
                name="one_document_a_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class Narrative(TenantModel):
    """A passage of the administration's own in a section of a document."""

    kind = models.CharField(_("document"), max_length=24, choices=DocumentKind)
    section = models.CharField(_("section"), max_length=60)
    language = models.CharField(_("language"), max_length=10, default="en")
    text = models.TextField(_("text"))

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


class Submission(TenantModel):
    """A set of document versions sent to the ministry together."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        REVIEW = "review", _("internal review")
        ENDORSED = "endorsed", _("endorsed")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned")
        APPROVED = "approved", _("approved")

    number = models.PositiveSmallIntegerField(_("number"))
    versions = models.ManyToManyField(DocumentVersion, related_name="submissions")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    author = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "number"], name="one_submission_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"Submission {self.number}"


class Passage(models.Model):
    """One move of a submission on record: who, when, why."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="passages")
    move = models.CharField(max_length=20)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["submission", "at", "pk"]

    def __str__(self) -> str:
        return self.move


class SignOff(TenantModel):
    """A senior manager's signature under the documents of the workshop."""

    name = models.CharField(_("name"), max_length=200)
    function = models.CharField(_("function"), max_length=120)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name
