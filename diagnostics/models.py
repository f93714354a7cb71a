"""Questionnaires, exercises, workshops, votes and findings: what a diagnostic leaves."""

from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from hrplan.core.models import Member, TenantModel


class Questionnaire(TenantModel):
    """A questionnaire as data: written as a draft, published, frozen once an exercise uses it.

    `translations` hold its texts in further languages, by language and field. Where a later
    version gives a question another code, `mapping` says the earlier one, by the later.
    """

    class Kind(models.TextChoices):
        MATURITY = "maturity", _("maturity")
        BASELINE = "baseline", _("baseline form")
        TABLE = "table", _("rows of a table")  # put to the vote, see usecases.tables

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.MATURITY)
    code = models.SlugField(max_length=60)
    version = models.CharField(_("version"), max_length=10)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=10, default="en")
    provider = models.CharField(_("provider"), max_length=120, blank=True)
    licence = models.CharField(_("licence"), max_length=60, blank=True)
    provenance = models.TextField(_("provenance"), blank=True)
    scale = models.JSONField(default=list, help_text="levels: level, name, meaning")
    existence = models.JSONField(default=list, help_text="stages: code, label, meaning, caps_at")
    use = models.JSONField(default=list, help_text="stages: code, label, meaning, caps_at")
    references = models.JSONField(
        default=dict,
        help_text="framework_sections, arusha_8, reference_points: code -> title; meanings; order",
    )
    guides = models.JSONField(default=list, help_text="interview guides")
    translations = models.JSONField(default=dict, blank=True)
    is_draft = models.BooleanField(_("draft"), default=False)
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaced_by"
    )
    mapping = models.JSONField(
        default=dict, blank=True, help_text="code here -> code in `replaces`; empty: it is new"
    )

    class Meta:
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "code", "version"], name="one_questionnaire_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("diagnostics:questionnaire", args=[self.administration.slug, self.pk])


class Domain(models.Model):
    """A part of a questionnaire with a score of its own."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="domains")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    is_cross_cutting = models.BooleanField(default=False)
    purpose = models.TextField(blank=True)
    documents = models.JSONField(default=list)
    translations = models.JSONField(default=dict, blank=True)
    framework_sections = models.JSONField(default=list)
    arusha = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["questionnaire", "position"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "code"], name="one_domain_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Question(models.Model):
    """One question with anchors for each level, or one item of a baseline form with fields."""

    domain = models.ForeignKey(Domain, models.CASCADE, related_name="questions")
    code = models.CharField(max_length=20)
    subject = models.CharField(max_length=200, help_text="what is rated: 'the HR strategy'")
    text = models.TextField()
    help = models.TextField(blank=True)
    fields = models.JSONField(default=list, help_text="of a baseline item, as in its content file")
    probe = models.CharField(max_length=20, blank=True)
    anchors = models.JSONField(default=dict, help_text="level -> text")
    evidence = models.JSONField(default=list, help_text="what to ask to see")
    weight = models.DecimalField(max_digits=4, decimal_places=2, default=1)
    tags = models.JSONField(default=list)
    relevant = models.JSONField(
        default=dict, blank=True, help_text="asked if: question, of, test, value"
    )
    translations = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["domain", "position"]
        constraints = [
            models.UniqueConstraint(fields=["domain", "code"], name="one_question_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def title(self) -> str:
        return capfirst(self.subject)


class Exercise(TenantModel):
    """One diagnostic of the administration, such as the baseline of a year."""

    class State(models.TextChoices):
        REQUEST = "request", _("request")
        DOCUMENTS = "documents", _("document pack")
        SELF_ASSESSMENT = "self_assessment", _("self-assessment")
        WORKSHOP = "workshop", _("workshop")
        INTERVIEWS = "interviews", _("interviews")
        SCORING = "scoring", _("scoring")
        DRAFT = "draft", _("draft")
        CLOSE_OUT = "close_out", _("close-out")
        COMMENTS = "comments", _("comments")
        APPROVED = "approved", _("approved")
        FOLLOW_UP = "follow_up", _("follow-up")

    code = models.SlugField(max_length=60)
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.REQUEST)
    questionnaires = models.ManyToManyField(Questionnaire, related_name="exercises")
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    owner = models.CharField(_("owner"), max_length=120, blank=True)
    purpose = models.TextField(_("purpose"), blank=True)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_exercise_a_code")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("diagnostics:exercise", args=[self.administration.slug, self.pk])


class ExerciseStep(models.Model):
    """When a state of the exercise was planned and done, and whose it is."""

    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=20, choices=Exercise.State)
    planned_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["exercise", "position"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "state"], name="one_step_a_state")
        ]

    def __str__(self) -> str:
        return f"{self.exercise_id} {self.state}"


class Workshop(TenantModel):
    """One sitting of a diagnostic. Once it is closed nothing in it changes."""

    class Attribution(models.TextChoices):
        NAMED = "named", _("by name")
        ROLE = "role", _("by function only")
        ANONYMOUS = "anonymous", _("nobody's: nicknames")

    class Pace(models.TextChoices):
        ROOM = "room", _("together, one question after the other")
        OWN = "own", _("each at their own pace, before the room meets")

    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="workshops")
    code = models.SlugField(max_length=60)
    title = models.CharField(_("title"), max_length=200)
    facilitator = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="workshops"
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    attribution = models.CharField(
        _("whose vote is whose"), max_length=10, choices=Attribution, default=Attribution.NAMED
    )
    names_outliers = models.BooleanField(
        _("minutes may name whose vote stands apart"), default=False
    )
    pace = models.CharField(_("pace"), max_length=10, choices=Pace, default=Pace.ROOM)
    current_question = models.ForeignKey(
        Question, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    timer_until = models.DateTimeField(null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(
        default=0, editable=False, help_text="grows with whatever the participants' pages show"
    )

    class Meta:
        ordering = ["-starts_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_workshop_a_code")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("diagnostics:workshop", args=[self.administration.slug, self.pk])

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    @property
    def is_named(self) -> bool:
        """Whose vote is whose is on record by name."""
        return self.attribution == self.Attribution.NAMED


class AgendaItem(models.Model):
    """One session of the workshop's days, with the page that captures what it yields."""

    class Half(models.TextChoices):
        MORNING = "am", _("morning")
        AFTERNOON = "pm", _("afternoon")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="agenda")
    day = models.PositiveSmallIntegerField()
    half = models.CharField(max_length=3, choices=Half)
    title = models.CharField(max_length=200)
    captures = models.CharField(max_length=200, blank=True)
    page_name = models.CharField(max_length=60, blank=True)
    is_done = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["workshop", "position"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "position"], name="one_agenda_item_a_place")
        ]

    def __str__(self) -> str:
        return self.title


class JoinCode(models.Model):
    """What lets people into a workshop without an account, for some hours; a credential."""

    workshop = models.OneToOneField(Workshop, models.CASCADE, related_name="join_code")
    code = models.CharField(max_length=9, unique=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"join code of workshop {self.workshop_id}"


class Participant(models.Model):
    """One person in the room; needs no account.

    The device of one who joined holds a pass; only the pass's digest is kept here.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="participants")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200, blank=True)
    function = models.CharField(max_length=120, blank=True)
    member = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    pass_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(
        null=True, blank=True, help_text="said to be done, at their own pace"
    )
    key = models.UUIDField(default=uuid4, help_text="the same on every machine")

    class Meta:
        ordering = ["workshop", "code"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "code"], name="one_participant_a_code"),
            models.UniqueConstraint(fields=["workshop", "key"], name="one_participant_a_key"),
        ]

    def __str__(self) -> str:
        return self.name or self.code


class Existence(models.TextChoices):
    NONE = "none", _("none")
    DRAFT = "draft", _("draft")
    APPROVED = "approved", _("approved")


class Use(models.TextChoices):
    NEVER = "never", _("never")
    SOMETIMES = "sometimes", _("sometimes")
    ROUTINE = "routine", _("routine")


class Round(models.Model):
    """One blind vote of a workshop on one question; a re-vote is a new round."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="rounds")
    question = models.ForeignKey(Question, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="no vote comes in any more")
    revealed_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField(default=uuid4, help_text="the same on every machine")

    class Meta:
        ordering = ["workshop", "question__domain__position", "question__position", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "question", "number"], name="one_round_a_number"
            ),
            models.UniqueConstraint(fields=["workshop", "key"], name="one_round_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} round {self.number}"

    @property
    def is_open(self) -> bool:
        """Votes come in."""
        return self.closed_at is None and self.revealed_at is None

    @property
    def is_revealed(self) -> bool:
        return self.revealed_at is not None


class Vote(models.Model):
    """One participant's answer in one round.

    No level means that the person did not know, or that the question does not apply.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="votes")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="votes")
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    does_not_apply = models.BooleanField(default=False)
    existence = models.CharField(max_length=10, choices=Existence, blank=True)
    use = models.CharField(max_length=10, choices=Use, blank=True)
    note = models.CharField(max_length=500, blank=True)
    is_paper = models.BooleanField(default=False, help_text="entered by the facilitator")
    client = models.UUIDField(null=True, blank=True, help_text="the page it was given on")
    sequence = models.PositiveIntegerField(default=0, help_text="counts the changes on that page")

    class Meta:
        ordering = ["round", "participant"]
        constraints = [
            models.UniqueConstraint(fields=["round", "participant"], name="one_vote_a_participant"),
            models.CheckConstraint(
                condition=models.Q(does_not_apply=False) | models.Q(level__isnull=True),
                name="what_does_not_apply_has_no_level",
            ),
        ]

    def __str__(self) -> str:
        return f"vote {self.pk}"


class Agreement(models.Model):
    """What the room settled on for one question, why, on what evidence, and who dissents."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="agreements")
    question = models.ForeignKey(Question, models.PROTECT, related_name="agreements")
    level = models.PositiveSmallIntegerField(_("agreed level"))
    existence = models.CharField(max_length=10, choices=Existence, blank=True)
    use = models.CharField(max_length=10, choices=Use, blank=True)
    rationale = models.TextField(_("rationale"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    cited = models.JSONField(
        _("evidence cited"), default=list, blank=True, help_text="kind:code, such as document:RD01"
    )
    dissent = models.TextField(_("dissent"), blank=True)
    follow_up = models.TextField(_("still to be found out"), blank=True)

    class Meta:
        ordering = ["workshop", "question__domain__position", "question__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "question"], name="one_agreement_a_question"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id} = {self.level}"


class BaselineAnswer(models.Model):
    """One value of the baseline form; a table's value has a line and a field `table.column`."""

    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="baseline_answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    field = models.CharField(max_length=80)
    line = models.PositiveSmallIntegerField(default=1)
    value = models.TextField(
        help_text="dates as 2016-02-12, numbers with a point, codes of choices"
    )
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["exercise", "question__position", "line", "field"]
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "question", "field", "line"], name="one_value_a_field"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.field}"


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


class Finding(TenantModel):
    """A strength or weakness that the diagnostic shows; its code is that of its question.

    Rank 0: causes or recommendations were written down, but the scores don't single it out.
    """

    class Kind(models.TextChoices):
        STRENGTH = "strength", _("strength")
        WEAKNESS = "weakness", _("weakness")

    exercise = models.ForeignKey(Exercise, models.CASCADE, related_name="findings")
    code = models.CharField(_("code"), max_length=20)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    domain = models.ForeignKey(Domain, models.PROTECT, related_name="findings")
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="findings"
    )
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    cited = models.JSONField(
        _("evidence cited"), default=list, blank=True, help_text="kind:code, such as document:RD01"
    )
    severity = models.DecimalField(_("severity"), max_digits=5, decimal_places=2, default=0)
    rank = models.PositiveSmallIntegerField(_("rank"), default=0)

    class Meta:
        ordering = ["rank", "code"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "code"], name="one_finding_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("diagnostics:finding", args=[self.administration.slug, self.pk])


class Cause(models.Model):
    """Why a finding is so, by kind of cause: is it a training need at all?"""

    class Kind(models.TextChoices):
        KNOW = "know", _("does not know how")
        MAY = "may", _("knows but may not")
        CAN = "can", _("knows but cannot")
        WILL = "will", _("knows but does not")
        PERSON = "person", _("wrong person for the post")
        NOBODY = "nobody", _("nobody in the unit can")

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="causes")
    position = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    text = models.TextField(_("text"))

    class Meta:
        ordering = ["finding", "position"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "position"], name="one_cause_a_place")
        ]

    def __str__(self) -> str:
        return self.text


class Recommendation(models.Model):
    """What to do about a finding, by whom and when."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="recommendations")
    position = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(_("text"))
    owner = models.CharField(_("owner"), max_length=120, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    is_training = models.BooleanField(_("answered by training"), default=False)
    competency = models.CharField(
        _("competency to be lifted"), max_length=20, blank=True, help_text="code in the framework"
    )

    class Meta:
        ordering = ["finding", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "position"], name="one_recommendation_a_place"
            )
        ]

    def __str__(self) -> str:
        return self.text
