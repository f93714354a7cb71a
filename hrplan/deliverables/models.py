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
            sent = Submission.objects.filter(state__in=SENT)
            own = Submission.objects.filter(administration=member.administration_id)
            return rows.filter(
                models.Q(pk__in=sent.values("versions"))
                | models.Q(pk__in=sent.values("carried"))
                | models.Q(pk__in=own.values("earlier"))
            )
        return rows.none()

    def foremost(self, language: str) -> Self:
        """The ministry's edition first, of it what is in the language, of that the newest."""
        foreign = Case(When(language=language, then=0), default=1)
        return self.order_by("is_internal", foreign, "-number", "-pk")


class WordTemplate(TenantModel):
    """A Word file of the administration's own whose look its documents take; one is in use.

    The file itself lies among the kept files under its hash.
    """

    name = models.CharField(_("file"), max_length=120)
    digest = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("size"), help_text="bytes")
    is_in_use = models.BooleanField(_("in use"), default=False)
    added_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "digest"], name="a_word_template_is_kept_once"
            ),
            models.UniqueConstraint(
                fields=["administration"],
                condition=models.Q(is_in_use=True),
                name="one_word_template_in_use",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("deliverables:word_template", args=[self.administration.slug, self.pk])


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
    word_template = models.ForeignKey(
        WordTemplate, models.RESTRICT, null=True, blank=True, related_name="versions"
    )
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
    of others. `link` is that of a reviewer without an account, whom `said_by` then names.
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
    link = models.ForeignKey("ReviewLink", models.SET_NULL, null=True, related_name="comments")
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
    """A set of document versions sent to the ministry together.

    `earlier` : those that the ministry had before it was answered with others
    `carried`, `effect` : the versions that carry out what was approved in part, and what it did
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        REVIEW = "review", _("internal review")
        SIGNING = "signing", _("managers' sign-off")
        ENDORSING = "endorsing", _("before the head")
        ENDORSED = "endorsed", _("endorsed by the head")
        SUBMITTED = "submitted", _("submitted")
        TECHNICAL = "technical", _("technical review")
        QUERIES = "queries", _("queries of the ministry")
        RESUBMITTED = "resubmitted", _("submitted again")
        DECISION = "decision", _("before the decision")
        DEFERRED = "deferred", _("deferred")
        RETURNED = "returned", _("returned")
        APPROVED = "approved", _("approved in full")
        PARTLY = "partly", _("approved in part")
        NOTED = "noted", _("noted by Cabinet")
        IN_FORCE = "in_force", _("in force")
        REPORTED = "reported", _("reported on")
        CLOSED = "closed", _("closed")

    number = models.PositiveSmallIntegerField(_("number"))
    versions = models.ManyToManyField(DocumentVersion, related_name="submissions")
    earlier = models.ManyToManyField(DocumentVersion, related_name="+")
    carried = models.ManyToManyField(DocumentVersion, related_name="carries")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    effect = models.JSONField(default=dict, help_text="figures before and after the cuts")
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


INSIDE_STATES = frozenset(
    {
        Submission.State.DRAFT,
        Submission.State.REVIEW,
        Submission.State.SIGNING,
        Submission.State.ENDORSING,
        Submission.State.ENDORSED,
    }
)
"""The states before the ministry has seen anything."""
SENT = tuple(one for one in Submission.State if one not in INSIDE_STATES)


class Move(models.TextChoices):
    REVIEW = "review", _("Send for internal review")
    PASS = "pass", _("Nothing to object")
    SIGN = "sign", _("Sign")
    ENDORSE = "endorse", _("Endorse")
    SEND_BACK = "send_back", _("Send back to the HR officer")
    SUBMIT = "submit", _("Submit to the ministry")
    RECEIVE = "receive", _("Receive for review")
    CLEAR = "clear", _("No objection")
    QUERY = "query", _("Ask a question")
    ANSWER = "answer", _("Submit again with answers")
    APPROVE = "approve", _("Approve in full")
    APPROVE_PART = "approve_part", _("Approve in part")
    DEFER = "defer", _("Defer")
    RETURN = "return", _("Return with comments")
    RESUME = "resume", _("Take up again")
    NOTE = "note", _("Note")
    ENFORCE = "enforce", _("Put in force")
    REPORT = "report", _("Report on it")
    CLOSE = "close", _("Close")
    REVISE = "revise", _("Take back to revise")


class Passage(models.Model):
    """One move of a submission on record: who, when, why, the hashes, and the state it led to.

    said_by : who moved it without an account, by the name on the link or the paper
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="passages")
    move = models.CharField(max_length=20, choices=Move)
    state = models.CharField(max_length=12, choices=Submission.State)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    said_by = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)
    digests = models.JSONField(default=dict, help_text="document -> SHA-256 at the time")

    class Meta:
        ordering = ["submission", "at", "pk"]

    def __str__(self) -> str:
        return str(self.get_move_display())


class Body(models.TextChoices):
    HOUSE = "house", _("the administration")
    BUDGET = "budget", _("budget")
    PUBLIC_SERVICE = "public_service", _("public service")
    LEGAL = "legal", _("legal affairs")
    FINANCE = "finance", _("head of the ministry")
    CABINET = "cabinet", _("Cabinet")


class Stage(models.TextChoices):
    """The states in which steps of a chain are taken."""

    REVIEW = "review", _("internal review")
    SIGNING = "signing", _("managers' sign-off")
    ENDORSING = "endorsing", _("endorsement")
    TECHNICAL = "technical", _("technical review")
    DECISION = "decision", _("decision")
    CABINET = "cabinet", _("noting by Cabinet")


class StepFields(TenantModel):
    """One step of a chain: which body says yes, in which role, how many, within how many days.

    Steps of one stage at the same position are taken side by side, others one after the other.
    """

    stage = models.CharField(_("stage"), max_length=12, choices=Stage)
    position = models.PositiveSmallIntegerField(_("order within the stage"), default=1)
    body = models.CharField(_("body"), max_length=16, choices=Body, default=Body.HOUSE)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    quorum = models.PositiveSmallIntegerField(_("people needed"), default=1)
    days = models.PositiveSmallIntegerField(_("working days allowed"), null=True, blank=True)

    class Meta:
        abstract = True


class ChainStep(StepFields):
    """A step of the chain that an administration's submissions go through."""

    class Meta:
        ordering = ["stage", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.get_body_display()}"


class SubmissionStep(StepFields):
    """The same as it stood when the submission was put together."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="steps")

    class Meta:
        ordering = ["submission", "stage", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.get_body_display()}"


class Voice(TenantModel):
    """The body that a reviewer speaks for; one without speaks for any."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="voice")
    body = models.CharField(_("speaks for"), max_length=16, choices=Body)

    def __str__(self) -> str:
        return f"{self.member}: {self.get_body_display()}"


class Delegation(TenantModel):
    """For some days another member takes the steps of one."""

    principal = models.ForeignKey(Member, models.CASCADE, related_name="+")
    delegate = models.ForeignKey(
        Member, models.CASCADE, related_name="delegations", verbose_name=_("acts for you")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="a_delegation_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.principal}: {self.delegate}"


class ReviewLink(TenantModel):
    """A link by which somebody without an account reads one submission, and does one thing.

    Only the hash of its secret is kept. `step` : the step that it may take; none: it comments.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="links")
    step = models.ForeignKey(SubmissionStep, models.CASCADE, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    function = models.CharField(_("function"), max_length=120, blank=True)
    secret = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField(_("valid until"))
    revoked_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["submission", "pk"]

    def __str__(self) -> str:
        return self.name


class LinkUse(models.Model):
    """A link was opened, or something was done by it."""

    link = models.ForeignKey(ReviewLink, models.CASCADE, related_name="uses")
    what = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["link", "-at"]

    def __str__(self) -> str:
        return f"{self.link}: {self.what}"


class Verdict(models.Model):
    """What somebody said to a step, bound to the hashes that were shown.

    principal : whose step a delegate took; link, said_by : of somebody without an account;
    paper : a signed and scanned page; is_void : the documents were taken back since
    """

    step = models.ForeignKey(SubmissionStep, models.CASCADE, related_name="verdicts")
    move = models.CharField(max_length=20, choices=Move)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    principal = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    link = models.ForeignKey(ReviewLink, models.SET_NULL, null=True, related_name="verdicts")
    said_by = models.CharField(max_length=200, blank=True)
    paper = models.FileField(upload_to="signed/", blank=True)
    digests = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)
    is_void = models.BooleanField(default=False)

    class Meta:
        ordering = ["step", "pk"]

    def __str__(self) -> str:
        return f"{self.step}: {self.get_move_display()}"


class CheckOverride(TenantModel):
    """Why documents go on although a consistency rule does not hold; printed with the rule."""

    number = models.PositiveSmallIntegerField(_("rule"))
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "number"], name="one_override_a_rule")
        ]

    def __str__(self) -> str:
        return str(self.number)


class LineDecision(TenantModel):
    """What the ministry decides on one line of a submission; a line without one is accepted.

    key : code of the line within its kind, as the frozen version has it
    """

    class Kind(models.TextChoices):
        INTERVENTION = "intervention", _("intervention of the plan")
        SESSION = "session", _("training session")
        INITIATIVE = "initiative", _("initiative")
        COST = "cost", _("cost line")
        TARGET = "target", _("target of an indicator")

    class Ruling(models.TextChoices):
        ACCEPT = "accept", _("accepted")
        CUT = "cut", _("cut")
        CONDITION = "condition", _("accepted on a condition")

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="line_decisions")
    kind = models.CharField(max_length=12, choices=Kind)
    key = models.CharField(max_length=60)
    ruling = models.CharField(_("decision"), max_length=10, choices=Ruling)
    condition = models.TextField(_("condition or reason"), blank=True)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["submission", "kind", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "kind", "key"], name="one_decision_a_line"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.ruling}"


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
