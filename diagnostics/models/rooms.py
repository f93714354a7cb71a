"""Workshops: agenda, people, rounds, votes, and what the room settled on."""

from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from diagnostics.models.exercises import Exercise
from diagnostics.models.questionnaires import Question
from hrplan.core.models import Member, TenantModel


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

    @property
    def known_as(self) -> str:
        """As the workshop lets them be known: by name, or by function only."""
        by_role = self.workshop.attribution == Workshop.Attribution.ROLE
        return (self.function if by_role else self.name) or self.code


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
