"""Document versions, passages of text, submissions and decisions: what goes to the ministry."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrplan.core.access import INSIDE, OFFICE
from hrplan.core.models import Member, Role, TenantModel, TenantQuerySet


class DocumentKind(models.TextChoices):
    STRATEGY = "hr-strategy", _("HR Strategy")
    PLAN = "hr-development-plan", _("HR Development Plan")
    CALENDAR = "training-calendar", _("Training Calendar")


class DocumentVersionQuerySet(TenantQuerySet):
    def visible_to(self, member: Member) -> Self:
        """The office sees all; others no internal edition; reviewers only what was sent to them."""
        rows = self.filter(administration=member.administration_id)
        if member.role in OFFICE:
            return rows
        rows = rows.filter(is_internal=False)
        if member.role in INSIDE:
            return rows
        if member.role == Role.REVIEWER:
            sent = Submission.objects.filter(state__in=SENT).values("versions")
            return rows.filter(pk__in=sent)
        return rows.none()

    def foremost(self, language: str) -> Self:
        """The ministry's edition first, of it what is in the language, of that the newest."""
        foreign = Case(When(language=language, then=0), default=1)
        return self.order_by("is_internal", foreign, "-number", "-pk")


class DocumentVersion(TenantModel):
    """A frozen document: its tree, the rows it quotes, and one hash over both."""

    kind = models.CharField(_("document"), max_length=24, choices=DocumentKind)
    number = models.PositiveSmallIntegerField(_("version"))
    language = models.CharField(_("language"), max_length=10)
    is_internal = models.BooleanField(_("internal edition"), default=False)
    as_of = models.DateField(_("as of"))
    title = models.CharField(_("title"), max_length=200)
    tree = models.TextField(help_text="the document as canonical JSON")
    digest = models.CharField(_("SHA-256"), max_length=64)
    snapshot = models.JSONField(default=dict, help_text="what the document quotes, as rows")
    made_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = DocumentVersionQuerySet.as_manager()

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

    @property
    def language_name(self) -> str:
        """The language in its own name."""
        return dict(settings.DOCUMENT_LANGUAGES).get(self.language, self.language)

    def get_absolute_url(self) -> str:
        return reverse("deliverables:version", args=[self.administration.slug, self.pk])


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


class CommentQuerySet(TenantQuerySet):
    def visible_to(self, member: Member) -> Self:
        """Inside, all on the versions one sees; a reviewer those that reviewers made on them."""
        rows = self.filter(
            administration=member.administration_id,
            version__in=DocumentVersion.objects.visible_to(member).values("pk"),
        )
        return rows.filter(is_from_ministry=True) if member.role == Role.REVIEWER else rows


class Comment(TenantModel):
    """A remark on one place of a frozen version, and what was answered.

    `anchor` is the place in the document's pages, `place` what stood there; both are empty for
    what came back in a file and stands at no place. `is_from_ministry`: the ministry made it, and
    reads it and its answer. Out of a file: `said_by` is the author as the file names them, `quote`
    the words it is about; `before` and `after` are the words that a tracked change puts in place
    of others.
    """

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        PARTLY = "partly", _("accepted in part")
        REFUSED = "refused", _("not accepted")
        NOTED = "noted", _("noted")

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="comments")
    anchor = models.CharField(max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    text = models.TextField(_("comment"), blank=True)
    quote = models.TextField(blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    said_by = models.CharField(max_length=120, blank=True)
    author = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    is_from_ministry = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["version", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="", answered_at=None)
                | ~models.Q(outcome="") & models.Q(answered_at__isnull=False),
                name="an_answer_has_an_outcome_and_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk}"


class SubmissionQuerySet(TenantQuerySet):
    def visible_to(self, member: Member) -> Self:
        """Everybody inside sees all; reviewers those that were sent to them."""
        rows = self.filter(administration=member.administration_id)
        if member.role in INSIDE:
            return rows
        return rows.filter(state__in=SENT) if member.role == Role.REVIEWER else rows.none()


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

    objects: ClassVar = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "number"], name="one_submission_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"Submission {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("deliverables:submission", args=[self.administration.slug, self.pk])


SENT = (Submission.State.SUBMITTED, Submission.State.RETURNED, Submission.State.APPROVED)


class Move(models.TextChoices):
    REVIEW = "review", _("Send for internal review")
    ENDORSE = "endorse", _("Endorse")
    SUBMIT = "submit", _("Submit to the ministry")
    APPROVE = "approve", _("Approve")
    RETURN = "return", _("Return with comments")
    REVISE = "revise", _("Take back to revise")


class Passage(models.Model):
    """One move of a submission on record: who, when, why, and the hashes it was about."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="passages")
    move = models.CharField(max_length=20, choices=Move)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)
    digests = models.JSONField(default=dict, help_text="document -> SHA-256 at the time")

    class Meta:
        ordering = ["submission", "at", "pk"]

    def __str__(self) -> str:
        return str(self.get_move_display())


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
