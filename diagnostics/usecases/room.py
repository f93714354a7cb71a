"""What the three screens of a room show: the facilitator's, the projector's, a participant's.

Before a round is revealed nothing here carries anybody's answer but one's own, nor how many
answered which way: the facilitator and the projector see the number of votes, participants none.
"""

from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone

from diagnostics import frames, rules
from diagnostics.analysis.agreement import APART_AT
from diagnostics.models import Agreement, Participant, Question, Round, Vote, Workshop
from diagnostics.usecases.asked import decided_in
from diagnostics.usecases.workshops import OPEN, REVEALED, state_of
from hrplan.core.access import require
from hrplan.core.models import Member

OVER = "over"


@dataclass(frozen=True, slots=True)
class VoteShown:
    """One vote with whose it is; only for eyes that `rules.can_see_votes` allows."""

    participant: str
    function: str
    level: int | None
    does_not_apply: bool
    existence: str
    use: str
    note: str
    is_paper: bool
    apart: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """The votes on one level; `share` is of the fullest level [0..100]."""

    level: int
    name: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class RoundShown:
    """One round: before its reveal only the count of votes, afterwards their distribution."""

    pk: int
    number: int
    state: str
    count: int
    bars: tuple[Bar, ...]
    dont_knows: int
    not_applicable: int
    median: float | None
    apart: int
    votes: tuple[VoteShown, ...]

    @property
    def is_open(self) -> bool:
        return self.state == OPEN

    @property
    def is_revealed(self) -> bool:
        return self.state == REVEALED

    @property
    def distribution(self) -> tuple[tuple[int, int], ...]:
        return tuple((bar.level, bar.count) for bar in self.bars)


@dataclass(frozen=True, slots=True)
class QuestionRoom:
    """What the room sees of one question: the rounds, what was settled, who has yet to vote."""

    question: Question
    rounds: tuple[RoundShown, ...]
    agreement: Agreement | None
    waiting: tuple[Participant, ...]
    state: str
    is_asked: bool | None  # None: the question it depends on is not answered yet

    @property
    def last(self) -> RoundShown | None:
        return self.rounds[-1] if self.rounds else None

    @property
    def open_round(self) -> RoundShown | None:
        return next((one for one in self.rounds if one.is_open), None)

    @property
    def earlier(self) -> tuple[RoundShown, ...]:
        """Rounds before the last one."""
        return self.rounds[:-1]


@dataclass(frozen=True, slots=True)
class Seat:
    """What one participant's page shows: the question before the room and their own answer."""

    participant: Participant
    workshop: Workshop
    question: Question | None
    round_pk: int | None
    round: RoundShown | None
    vote: Vote | None
    agreement: Agreement | None
    state: str
    seconds_left: int | None


@dataclass(frozen=True, slots=True)
class Screen:
    """What the projector shows; it has no controls and names nobody."""

    workshop: Workshop
    question: Question | None
    round: RoundShown | None
    agreement: Agreement | None
    state: str
    joined: int
    people: int
    seconds_left: int | None

    @property
    def version(self) -> str:
        """Changes with anything the screen shows, but for the clock, which runs by itself."""
        count = self.round.count if self.round else 0
        return f"{self.workshop.revision}-{count}-{self.joined}-{self.people}"


def question_room(workshop: Workshop, question: Question, *, by: Member) -> QuestionRoom:
    """One question in the room; whose vote is whose is shown to the workshop's facilitator only."""
    require(rules.can_see_exercise(by))
    held = list(Round.objects.filter(workshop=workshop, question=question).order_by("number"))
    votes: dict[int, list[Vote]] = {}
    given = Vote.objects.filter(round__in=held).select_related("participant")
    for vote in given.order_by("participant__code"):
        votes.setdefault(vote.round_id, []).append(vote)
    names = rules.can_see_votes(by, workshop)
    shown = tuple(_shown(one, votes.get(one.pk, []), question, names) for one in held)
    agreement = Agreement.objects.filter(workshop=workshop, question=question).first()
    last = held[-1] if held else None
    voted = {vote.participant_id for vote in votes.get(last.pk, [])} if last else set()
    is_open = last is not None and last.is_open
    waiting = Participant.objects.filter(workshop=workshop).exclude(pk__in=voted)
    is_asked: bool | None = True
    if question.relevant:
        is_asked = decided_in(workshop, frames.asked(workshop.exercise))[question.pk]
    return QuestionRoom(
        question=question,
        rounds=shown,
        agreement=agreement,
        waiting=tuple(waiting) if is_open else (),
        state=state_of(last, agreement is not None, is_asked),
        is_asked=is_asked,
    )


def seat(participant: Participant, asked: Question | None = None) -> Seat:
    """The page of one participant, with their own answer and, once revealed, the room's.

    It shows the question before the room, or the one `asked` for at their own pace.
    """
    workshop = participant.workshop
    question, round, shown, agreement = (
        _kept(workshop) if asked is None else _told(workshop, *_last_on(workshop, asked))
    )
    own = None
    if round is not None:
        own = Vote.objects.filter(round=round, participant=participant).order_by().first()
    return Seat(
        participant=participant,
        workshop=workshop,
        question=question,
        round_pk=round.pk if round else None,
        round=shown,
        vote=own,
        agreement=agreement,
        state=OVER if workshop.is_closed else state_of(round, agreement is not None),
        seconds_left=seconds_left(workshop),
    )


def screen(workshop: Workshop) -> Screen:
    """The projector's picture."""
    question, round = _before_the_room(workshop)
    shown, agreement = _round(round, question), _agreement(workshop, question)
    people = Participant.objects.filter(workshop=workshop)
    joined = people.exclude(joined_at=None).count()
    return Screen(
        workshop=workshop,
        question=question,
        round=shown,
        agreement=agreement,
        state=OVER if workshop.is_closed else state_of(round, agreement is not None),
        joined=joined,
        people=people.count(),
        seconds_left=seconds_left(workshop),
    )


def own_participant(workshop: Workshop, member: Member) -> Participant | None:
    """The member's place in the room; None for those who don't take part."""
    return Participant.objects.filter(workshop=workshop, member=member).first()


Told = tuple[Question | None, Round | None, RoundShown | None, Agreement | None]


def _kept(workshop: Workshop) -> Told:
    """What everybody in the room is told, read once for each revision of the workshop.

    A revision grows in the transaction that changes what is told, so that no page is told older
    things under a newer number; when a vote is opened, two hundred phones ask within two seconds.
    """
    key = f"room-{workshop.pk}-{workshop.revision}"
    told: Told | None = cache.get(key)
    if told is None:
        told = _told(workshop, *_before_the_room(workshop))
        cache.set(key, told, timeout=60)
    return told


def _told(workshop: Workshop, question: Question | None, round: Round | None) -> Told:
    """The question, its last round, what that showed once it was revealed, and what was settled."""
    shown = _round(round, question) if round and round.is_revealed else None
    return question, round, shown, _agreement(workshop, question)


def _before_the_room(workshop: Workshop) -> tuple[Question | None, Round | None]:
    if workshop.current_question_id is None:
        return None, None
    found = Question.objects.select_related("domain__questionnaire")
    return _last_on(workshop, found.get(pk=workshop.current_question_id))


def _last_on(workshop: Workshop, question: Question) -> tuple[Question, Round | None]:
    held = Round.objects.filter(workshop=workshop, question=question)
    return question, held.order_by("number").last()


def _agreement(workshop: Workshop, question: Question | None) -> Agreement | None:
    if question is None:
        return None
    return Agreement.objects.filter(workshop=workshop, question=question).first()


def _round(round: Round | None, question: Question | None) -> RoundShown | None:
    if round is None or question is None:
        return None
    return _shown(round, list(Vote.objects.filter(round=round)), question, names=False)


def _shown(round: Round, votes: list[Vote], question: Question, names: bool) -> RoundShown:
    state = state_of(round, agreed=False)
    if state != REVEALED:
        return RoundShown(round.pk, round.number, state, len(votes), (), 0, 0, None, 0, ())
    given = sorted(vote.level for vote in votes if vote.level is not None)
    middle = (given[(len(given) - 1) // 2] + given[len(given) // 2]) / 2 if given else None
    not_applicable = sum(vote.does_not_apply for vote in votes)
    return RoundShown(
        pk=round.pk,
        number=round.number,
        state=state,
        count=len(votes),
        bars=_bars(given, question),
        dont_knows=len(votes) - len(given) - not_applicable,
        not_applicable=not_applicable,
        median=middle,
        apart=sum(_is_apart(level, middle) for level in given),
        votes=tuple(_vote(vote, middle) for vote in votes) if names else (),
    )


def _bars(given: list[int], question: Question) -> tuple[Bar, ...]:
    scale = question.domain.questionnaire.scale
    counts = {level["level"]: given.count(level["level"]) for level in scale}
    fullest = max(counts.values(), default=0) or 1
    return tuple(
        Bar(one["level"], one["name"], n := counts[one["level"]], 100 * n / fullest)
        for one in scale
    )


def _vote(vote: Vote, middle: float | None) -> VoteShown:
    return VoteShown(
        participant=str(vote.participant),
        function=vote.participant.function,
        level=vote.level,
        does_not_apply=vote.does_not_apply,
        existence=str(vote.get_existence_display()),
        use=str(vote.get_use_display()),
        note=vote.note,
        is_paper=vote.is_paper,
        apart=vote.level is not None and _is_apart(vote.level, middle),
    )


def _is_apart(level: int, middle: float | None) -> bool:
    return middle is not None and abs(level - middle) >= APART_AT


def seconds_left(workshop: Workshop) -> int | None:
    """What the clock shows; None where none runs. [s]"""
    until = workshop.timer_until
    return None if until is None else max(0, round((until - timezone.now()).total_seconds()))
