"""How far a workshop is, who leads it, how it is set up, and its close."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diagnostics import frames, rules
from diagnostics.models import Agreement, JoinCode, Participant, Round, Workshop
from diagnostics.usecases import titled
from diagnostics.usecases.asked import decided_in
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Member, Role

UNASKED, OPEN, CLOSED, REVEALED, AGREED = "unasked", "open", "closed", "revealed", "agreed"
NOT_ASKED = "not_asked"  # the room's answers do not meet its condition


@dataclass(frozen=True, slots=True)
class QuestionProgress:
    """How far one question is, from unasked to agreed, or not asked; votes of its last round."""

    pk: int
    code: str
    title: str
    state: str
    rounds: int
    votes: int


@dataclass(frozen=True, slots=True)
class DomainProgress:
    """How far the questions of one domain are."""

    code: str
    title: str
    questions: tuple[QuestionProgress, ...]

    @property
    def agreed(self) -> int:
        return sum(question.state == AGREED for question in self.questions)


@dataclass(frozen=True, slots=True)
class WorkshopProgress:
    """How far a workshop is; `next_question` is the first that is asked and not settled."""

    domains: tuple[DomainProgress, ...]
    participants: int

    @property
    def questions(self) -> tuple[QuestionProgress, ...]:
        return tuple(question for domain in self.domains for question in domain.questions)

    def count(self, state: str) -> int:
        return sum(question.state == state for question in self.questions)

    @property
    def agreed(self) -> int:
        return self.count(AGREED)

    @property
    def unanswered(self) -> int:
        return self.count(UNASKED) + self.count(OPEN) + self.count(CLOSED)

    @property
    def next_question(self) -> QuestionProgress | None:
        return next((q for q in self.questions if q.state not in {AGREED, NOT_ASKED}), None)


def workshop_progress(workshop: Workshop) -> WorkshopProgress:
    """Which questions were asked, revealed and settled."""
    asked = frames.asked(workshop.exercise)
    held = Round.objects.filter(workshop=workshop).annotate(given=Count("votes")).order_by("number")
    last = {round.question_id: round for round in held}
    agreed = set(Agreement.objects.filter(workshop=workshop).values_list("question_id", flat=True))
    decided = decided_in(workshop, asked)
    parts: dict[int, list[QuestionProgress]] = {}
    for question in asked:
        round = last.get(question.pk)
        row = QuestionProgress(
            pk=question.pk,
            code=question.code,
            title=titled.question_title(question),
            state=state_of(round, question.pk in agreed, decided[question.pk]),
            rounds=round.number if round else 0,
            votes=round.given if round else 0,
        )
        parts.setdefault(question.domain_id, []).append(row)
    domains = {question.domain_id: question.domain for question in asked}
    return WorkshopProgress(
        domains=tuple(
            DomainProgress(domain.code, titled.domain_title(domain), tuple(parts[pk]))
            for pk, domain in domains.items()
        ),
        participants=Participant.objects.filter(workshop=workshop).count(),
    )


def state_of(last: Round | None, agreed: bool, is_asked: bool | None = True) -> str:
    """How far a question is, by its last round and whether the room settled it.

    Not asked is one whose condition is not met, unless a vote on it is open.
    """
    if is_asked is False and not (last and last.is_open):
        return NOT_ASKED
    if last is None:
        return UNASKED
    if not last.is_revealed:
        return OPEN if last.is_open else CLOSED
    return AGREED if agreed else REVEALED


@transaction.atomic
def name_facilitator(workshop: Workshop, facilitator: Member, *, by: Member | None) -> Workshop:
    """Say who leads. Refused for a closed workshop and for a member who is no facilitator."""
    if by is not None:
        require(rules.can_name_facilitator(by, workshop))
    refuse_closed(workshop)
    if facilitator.role != Role.FACILITATOR or (
        facilitator.administration_id != workshop.administration_id
    ):
        raise ValidationError(_("Choose a member with the role of facilitator."))
    workshop.facilitator = facilitator
    workshop.save(update_fields=["facilitator"])
    audit.record("name facilitator", workshop, by=by, fields=["facilitator"])
    return workshop


@transaction.atomic
def set_up_room(workshop: Workshop, *, by: Member, **values: Any) -> Workshop:
    """Say how votes are taken.

    Whose vote is whose is fixed once somebody has joined or voted, and so is the promise that no
    vote which stands apart is named; the pace stays while a round is open.
    """
    require(rules.can_set_up(by, workshop))
    refuse_closed(workshop)
    held = Workshop.objects.get(pk=workshop.pk)
    known = Participant.objects.filter(workshop=workshop)
    begun = known.exclude(joined_at=None) | known.filter(votes__isnull=False)
    if values.get("attribution", held.attribution) != held.attribution and begun.exists():
        raise ValidationError(
            _("People have joined or voted on the promise given; whose vote is whose stays.")
        )
    _refuse_naming(held, values, begun=begun.exists())
    going = Round.objects.filter(workshop=workshop, closed_at=None, revealed_at=None)
    if values.get("pace", held.pace) != held.pace and going.exists():
        raise ValidationError(_("A vote is open; close it before the pace is changed."))
    for name, value in values.items():
        setattr(workshop, name, value)
    workshop.full_clean(exclude=["administration", "exercise", "facilitator"])
    workshop.revision += 1
    workshop.save(update_fields=[*values, "revision"])
    audit.record("set up room", workshop, by=by, fields=values)
    return workshop


def _refuse_naming(held: Workshop, values: Mapping[str, Any], *, begun: bool) -> None:
    """Whose vote stands apart is named only where all votes are, and the room was told before."""
    if not values.get("names_outliers", held.names_outliers):
        return
    if values.get("attribution", held.attribution) != Workshop.Attribution.NAMED:
        raise ValidationError(
            _("Only where votes are given by name may one that stands apart be named.")
        )
    if begun and not held.names_outliers:
        raise ValidationError(
            _("People have joined or voted on the promise that nobody who stands apart is named.")
        )


@transaction.atomic
def close_workshop(workshop: Workshop, *, by: Member | None) -> Workshop:
    """Close for good. Refused while a round is open or a question has not been voted on."""
    if by is not None:
        require(rules.can_lead(by, workshop))
    refuse_closed(workshop)
    progress = workshop_progress(workshop)
    if progress.unanswered:
        words = ngettext(
            "%(count)d question is still open.",
            "%(count)d questions are still open.",
            progress.unanswered,
        )
        raise ValidationError(words % {"count": progress.unanswered}, code="unanswered")
    workshop.closed_on = workshop.administration.as_of
    workshop.revision += 1
    workshop.save(update_fields=["closed_on", "revision"])
    JoinCode.objects.filter(workshop=workshop).delete()
    audit.record("close workshop", workshop, by=by, fields=["closed_on"])
    return workshop


def refuse_closed(workshop: Workshop) -> None:
    """Nothing in a closed workshop changes."""
    if workshop.is_closed:
        raise ValidationError(_("This workshop is closed; nothing in it changes any more."))
