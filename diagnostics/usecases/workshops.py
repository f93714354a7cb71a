"""What happens in a workshop: rounds are opened, voted on, revealed, settled, and it is closed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diagnostics import frames, rules
from diagnostics.analysis.agreement import APART_AT
from diagnostics.models import Agreement, Participant, Question, Round, Vote, Workshop
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Member, Role

UNASKED, OPEN, REVEALED, AGREED = "unasked", "open", "revealed", "agreed"


@dataclass(frozen=True, slots=True)
class QuestionProgress:
    """How far one question is: unasked, open, revealed or agreed; votes of its last round."""

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
    """How far a workshop is; `next_question` is the first that is not settled."""

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
        return self.count(UNASKED) + self.count(OPEN)

    @property
    def next_question(self) -> QuestionProgress | None:
        return next((q for q in self.questions if q.state != AGREED), None)


@dataclass(frozen=True, slots=True)
class VoteShown:
    """One vote with whose it is; only for eyes that `rules.can_see_votes` allows."""

    participant: str
    function: str
    level: int | None
    existence: str
    use: str
    note: str
    apart: bool


@dataclass(frozen=True, slots=True)
class RoundShown:
    """One round: before its reveal only the count of votes, afterwards their distribution."""

    pk: int
    number: int
    is_open: bool
    count: int
    distribution: tuple[tuple[int, int], ...]
    dont_knows: int
    votes: tuple[VoteShown, ...]


@dataclass(frozen=True, slots=True)
class QuestionRoom:
    """What the room sees of one question: the rounds, what was settled, who has yet to vote."""

    question: Question
    rounds: tuple[RoundShown, ...]
    agreement: Agreement | None
    waiting: tuple[Participant, ...]
    state: str

    @property
    def open_round(self) -> RoundShown | None:
        return next((one for one in self.rounds if one.is_open), None)


def workshop_progress(workshop: Workshop) -> WorkshopProgress:
    """Which questions were asked, revealed and settled."""
    asked = frames.asked(workshop.exercise)
    last: dict[int, tuple[int, bool, int]] = {}
    held = Round.objects.filter(workshop=workshop).annotate(given=Count("votes")).order_by("number")
    for round in held:
        last[round.question_id] = (round.number, round.is_open, round.given)
    agreed = set(Agreement.objects.filter(workshop=workshop).values_list("question_id", flat=True))
    parts: dict[int, list[QuestionProgress]] = {}
    for question in asked:
        number, is_open, votes = last.get(question.pk, (0, False, 0))
        state = _state(question.pk in agreed, number, is_open)
        row = QuestionProgress(question.pk, question.code, question.title, state, number, votes)
        parts.setdefault(question.domain_id, []).append(row)
    domains = {question.domain_id: question.domain for question in asked}
    return WorkshopProgress(
        domains=tuple(
            DomainProgress(domain.code, domain.title, tuple(parts[pk]))
            for pk, domain in domains.items()
        ),
        participants=Participant.objects.filter(workshop=workshop).count(),
    )


def _state(agreed: bool, number: int, is_open: bool) -> str:
    if number and is_open:
        return OPEN
    return AGREED if agreed else REVEALED if number else UNASKED


def question_room(workshop: Workshop, question: Question, *, by: Member) -> QuestionRoom:
    """One question in the room; whose vote is whose is shown to the workshop's facilitator only."""
    require(rules.can_see_exercise(by))
    held = Round.objects.filter(workshop=workshop, question=question).order_by("number")
    votes: dict[int, list[Vote]] = {}
    given = Vote.objects.filter(round__in=held).select_related("participant")
    for vote in given.order_by("participant__code"):
        votes.setdefault(vote.round_id, []).append(vote)
    names = rules.can_see_votes(by, workshop)
    levels = [level["level"] for level in question.domain.questionnaire.scale]
    shown = tuple(_shown(one, votes.get(one.pk, []), levels, names) for one in held)
    agreement = Agreement.objects.filter(workshop=workshop, question=question).first()
    last = held[len(held) - 1] if held else None
    voted = {vote.participant_id for vote in votes.get(last.pk, [])} if last else set()
    waiting = Participant.objects.filter(workshop=workshop).exclude(pk__in=voted)
    is_open = last is not None and last.is_open
    return QuestionRoom(
        question=question,
        rounds=shown,
        agreement=agreement,
        waiting=tuple(waiting) if is_open else (),
        state=_state(agreement is not None, len(shown), is_open),
    )


def _shown(round: Round, votes: list[Vote], levels: list[int], names: bool) -> RoundShown:
    if round.is_open:
        return RoundShown(round.pk, round.number, True, len(votes), (), 0, ())
    given = sorted(vote.level for vote in votes if vote.level is not None)
    return RoundShown(
        pk=round.pk,
        number=round.number,
        is_open=False,
        count=len(votes),
        distribution=tuple((level, given.count(level)) for level in levels),
        dont_knows=len(votes) - len(given),
        votes=tuple(_vote(vote, given) for vote in votes) if names else (),
    )


def _vote(vote: Vote, given: list[int]) -> VoteShown:
    middle = (given[(len(given) - 1) // 2] + given[len(given) // 2]) / 2 if given else 0
    return VoteShown(
        participant=str(vote.participant),
        function=vote.participant.function,
        level=vote.level,
        existence=str(vote.get_existence_display()),
        use=str(vote.get_use_display()),
        note=vote.note,
        apart=vote.level is not None and abs(vote.level - middle) >= APART_AT,
    )


def own_participant(workshop: Workshop, member: Member) -> Participant | None:
    """The member's place in the room; None for those who don't take part."""
    return Participant.objects.filter(workshop=workshop, member=member).first()


@transaction.atomic
def name_facilitator(workshop: Workshop, facilitator: Member, *, by: Member | None) -> Workshop:
    """Say who leads. Refused for a closed workshop and for a member who is no facilitator."""
    if by is not None:
        require(rules.can_name_facilitator(by, workshop))
    _refuse_closed(workshop)
    if facilitator.role != Role.FACILITATOR or (
        facilitator.administration_id != workshop.administration_id
    ):
        raise ValidationError(_("Choose a member with the role of facilitator."))
    workshop.facilitator = facilitator
    workshop.save(update_fields=["facilitator"])
    audit.record("name facilitator", workshop, by=by, fields=["facilitator"])
    return workshop


@transaction.atomic
def open_round(workshop: Workshop, question: Question, *, by: Member) -> Round:
    """Open a blind vote. Refused while one is open, and once the workshop is closed."""
    require(rules.can_lead(by, workshop))
    _refuse_closed(workshop)
    _refuse_foreign(workshop, question)
    held = Round.objects.select_for_update().filter(workshop=workshop, question=question)
    numbers = {round.number: round for round in held}
    if any(round.is_open for round in numbers.values()):
        raise ValidationError(_("A round on this question is open; reveal it first."))
    made = Round.objects.create(
        workshop=workshop, question=question, number=max(numbers, default=0) + 1
    )
    audit.record("open round", made, by=by, administration=workshop.administration)
    return made


@transaction.atomic
def enter_vote(
    round: Round,
    participant: Participant,
    *,
    by: Member,
    level: int | None,
    existence: str = "",
    use: str = "",
    note: str = "",
) -> Vote:
    """Enter or correct a vote while the round is open; refused afterwards, telling what stands."""
    require(participant.workshop_id == round.workshop_id and rules.can_vote_for(by, participant))
    round = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    _refuse_closed(participant.workshop)
    if not round.is_open:
        raise ValidationError(_too_late(round, participant, level))
    _refuse_off_scale(round.question, [level])
    if level is None and (existence or use):
        raise ValidationError(_("Without a level, leave existence and use empty."))
    values = {"level": level, "existence": existence, "use": use, "note": note}
    vote = Vote(round=round, participant=participant, **values)
    vote.clean_fields(exclude=["round", "participant"])
    vote, _new = Vote.objects.update_or_create(
        round=round, participant=participant, defaults=values
    )
    audit.record("vote", round, by=by, administration=participant.workshop.administration)
    return vote


def _too_late(round: Round, participant: Participant, level: int | None) -> str:
    given = Vote.objects.filter(round=round, participant=participant).first()
    wanted = _("don't know") if level is None else str(level)
    if given is None:
        words = _("The round was revealed before this vote (%(wanted)s) came; it does not count.")
        return words % {"wanted": wanted}
    held = _("don't know") if given.level is None else str(given.level)
    words = _("The round was revealed; the vote stays as it was given: %(held)s, not %(wanted)s.")
    return words % {"held": held, "wanted": wanted}


@transaction.atomic
def reveal_round(round: Round, *, by: Member) -> Round:
    """Show the votes to the room. Refused without a vote; a round is revealed once."""
    round = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    require(rules.can_lead(by, round.workshop))
    if not round.is_open:
        raise ValidationError(_("This round was revealed before."))
    if not round.votes.exists():
        raise ValidationError(_("Nobody has voted yet; enter a vote first."))
    round.revealed_at = timezone.now()
    round.save(update_fields=["revealed_at"])
    audit.record("reveal round", round, by=by, administration=round.workshop.administration)
    return round


@transaction.atomic
def record_agreement(
    workshop: Workshop,
    question: Question,
    *,
    level: int,
    existence: str = "",
    use: str = "",
    rationale: str = "",
    evidence: str = "",
    dissent: str = "",
    by: Member,
) -> Agreement:
    """Write down what the room settled on. Refused before a reveal and while a round is open."""
    require(rules.can_lead(by, workshop))
    _refuse_closed(workshop)
    _refuse_foreign(workshop, question)
    held = list(Round.objects.filter(workshop=workshop, question=question))
    if not held or any(round.is_open for round in held):
        raise ValidationError(_("Vote on the question and reveal the votes before you settle it."))
    _refuse_off_scale(question, [level])
    values = {
        "level": level,
        "existence": existence,
        "use": use,
        "rationale": rationale,
        "evidence": evidence,
        "dissent": dissent,
    }
    Agreement(workshop=workshop, question=question, **values).clean_fields(
        exclude=["workshop", "question"]
    )
    agreement, _new = Agreement.objects.update_or_create(
        workshop=workshop, question=question, defaults=values
    )
    owner = workshop.administration
    audit.record("agree", agreement, by=by, fields=values, administration=owner)
    return agreement


@transaction.atomic
def close_workshop(workshop: Workshop, *, by: Member | None) -> Workshop:
    """Close for good. Refused while a round is open or a question has not been voted on."""
    if by is not None:
        require(rules.can_lead(by, workshop))
    _refuse_closed(workshop)
    progress = workshop_progress(workshop)
    if progress.unanswered:
        words = ngettext(
            "%(count)d question is still open.",
            "%(count)d questions are still open.",
            progress.unanswered,
        )
        raise ValidationError(words % {"count": progress.unanswered}, code="unanswered")
    workshop.closed_on = workshop.administration.as_of
    workshop.save(update_fields=["closed_on"])
    audit.record("close workshop", workshop, by=by, fields=["closed_on"])
    return workshop


def _refuse_closed(workshop: Workshop) -> None:
    if workshop.is_closed:
        raise ValidationError(_("This workshop is closed; nothing in it changes any more."))


def _refuse_foreign(workshop: Workshop, question: Question) -> None:
    used = workshop.exercise.questionnaires.filter(domains__questions=question)
    if not used.exists():
        raise ValidationError(_("This question does not belong to the workshop's exercise."))


def _refuse_off_scale(question: Question, levels: Iterable[int | None]) -> None:
    scale = [level["level"] for level in question.domain.questionnaire.scale]
    if any(level is not None and level not in scale for level in levels):
        words = _("Choose a level of the scale: %(levels)s.")
        raise ValidationError(words % {"levels": ", ".join(map(str, scale))})
