"""Votes from participants' pages: once each, never undone by a replay, frozen with the round."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from diagnostics.models import Vote
from diagnostics.usecases import joining, rounds, votes
from diagnostics.usecases.votes import Ballot
from tests.diagnostics import make_diagnostics as make

pytestmark = pytest.mark.django_db
PAGE, OTHER_PAGE = uuid4(), uuid4()


@pytest.fixture
def workshop(customs, bob):
    return make.workshop(make.exercise(customs), facilitator=bob)


@pytest.fixture
def round(workshop, bob):
    return rounds.open_round(workshop, make.question(workshop.exercise, "D1.1"), by=bob)


@pytest.fixture
def person(workshop):
    return joining.join(workshop, place=workshop.participants.first()).participant


def levels(round):
    return list(Vote.objects.filter(round=round).values_list("level", flat=True))


def test_a_vote_can_be_changed_until_the_round_is_closed(round, person, bob):
    votes.cast_vote(round, person, Ballot(3), client=PAGE, sequence=1)
    votes.cast_vote(round, person, Ballot(4), client=PAGE, sequence=2)
    rounds.close_round(round, by=bob)

    with pytest.raises(ValidationError, match="stays as it was given: 4, not 5"):
        votes.cast_vote(round, person, Ballot(5), client=PAGE, sequence=3)
    assert levels(round) == [4]


def test_a_replay_counts_once_and_never_undoes_a_later_answer(round, person):
    votes.cast_vote(round, person, Ballot(4), client=PAGE, sequence=2)
    late = votes.cast_vote(round, person, Ballot(3), client=PAGE, sequence=1)
    again = votes.cast_vote(round, person, Ballot(4), client=PAGE, sequence=2)

    assert (late.level, again.level, levels(round)) == (4, 4, [4])


def test_a_replay_of_what_was_acknowledged_is_confirmed_after_the_close(round, person, bob):
    votes.cast_vote(round, person, Ballot(4), client=PAGE, sequence=1)
    rounds.reveal_round(round, by=bob)

    assert votes.cast_vote(round, person, Ballot(4), client=PAGE, sequence=1).level == 4


def test_of_two_open_pages_the_later_answer_counts(round, person):
    votes.cast_vote(round, person, Ballot(4), client=PAGE, sequence=7)
    votes.cast_vote(round, person, Ballot(2), client=OTHER_PAGE, sequence=1)

    assert levels(round) == [2]


def test_what_the_facilitator_entered_from_paper_is_not_overwritten_in_silence(round, person, bob):
    votes.enter_vote(round, person, level=1, by=bob)

    with pytest.raises(ValidationError, match="from paper: 1"):
        votes.cast_vote(round, person, Ballot(4), client=PAGE, sequence=1)
    assert Vote.objects.get(round=round).is_paper


def test_not_knowing_and_not_applying_are_answers_without_a_level(round, person):
    unknown = votes.cast_vote(round, person, Ballot(None), client=PAGE, sequence=1)
    assert (unknown.level, unknown.does_not_apply) == (None, False)
    other = votes.cast_vote(round, person, Ballot(None, True), client=PAGE, sequence=2)
    assert (other.level, other.does_not_apply) == (None, True)
    with pytest.raises(ValidationError, match="has no level"):
        votes.cast_vote(round, person, Ballot(2, True), client=PAGE, sequence=3)


def test_a_pass_of_one_workshop_opens_no_round_of_another(round, workshop, bob):
    other = make.workshop(workshop.exercise, code="w2", people=0)
    stranger = joining.join(other, name="Stranger").participant

    with pytest.raises(PermissionDenied):
        votes.cast_vote(round, stranger, Ballot(3), client=PAGE, sequence=1)


def test_one_question_is_voted_on_at_a_time(round, workshop, bob):
    second = make.question(workshop.exercise, "D1.2")
    for act in (rounds.open_round, rounds.show_question):
        with pytest.raises(ValidationError, match="close it first"):
            act(workshop, second, by=bob)


class Room(RuleBasedStateMachine):
    """A workshop's life: whatever is sent in whatever order, closed rounds stay as they were."""

    def __init__(self) -> None:
        super().__init__()
        self.workshop, self.bob, self.question = START()
        self.people = [
            joining.join(self.workshop, place=place).participant
            for place in self.workshop.participants.all()
        ]
        self.round = None
        self.sent: dict = {}  # (person, page) -> sequence
        self.acknowledged: dict = {}  # person -> level that the server said it has
        self.frozen: dict = {}  # round -> its votes when it was closed

    @precondition(lambda self: self.round is None)
    @rule()
    def open(self) -> None:
        self.round = rounds.open_round(self.workshop, self.question, by=self.bob)
        self.acknowledged = {}

    @precondition(lambda self: self.round is not None)
    @rule(who=st.integers(0, 2), page=st.integers(0, 1), level=st.integers(1, 5))
    def vote(self, who, page, level) -> None:
        sequence = self.sent.get((who, page), 0) + 1
        self.sent[who, page] = sequence
        try:
            given = votes.cast_vote(
                self.round, self.people[who], Ballot(level), client=PAGES[page], sequence=sequence
            )
        except ValidationError:
            assert self.round.pk in self.frozen
        else:
            self.acknowledged[who] = given.level

    @precondition(lambda self: self.round is not None)
    @rule(who=st.integers(0, 2), page=st.integers(0, 1), level=st.integers(1, 5))
    def replay(self, who, page, level) -> None:
        held = Vote.objects.filter(round=self.round, participant=self.people[who]).first()
        if held is None or held.client != PAGES[page]:
            return
        same = votes.cast_vote(
            self.round, self.people[who], Ballot(level), client=PAGES[page], sequence=held.sequence
        )
        assert same.level == held.level

    @precondition(lambda self: self.round is not None and self.round.pk not in self.frozen)
    @rule()
    def close(self) -> None:
        rounds.close_round(self.round, by=self.bob)
        self.frozen[self.round.pk] = self.given(self.round.pk)

    @precondition(lambda self: self.round is not None and self.acknowledged)
    @rule()
    def reveal(self) -> None:
        rounds.reveal_round(self.round, by=self.bob)
        self.frozen.setdefault(self.round.pk, self.given(self.round.pk))
        self.round = None

    @invariant()
    def every_acknowledged_vote_is_there_once(self) -> None:
        if self.round is not None:
            held = self.given(self.round.pk)
            expected = {self.people[who].pk: level for who, level in self.acknowledged.items()}
            assert held == expected

    @invariant()
    def closed_rounds_never_change(self) -> None:
        for pk, held in self.frozen.items():
            assert self.given(pk) == held

    @staticmethod
    def given(pk):
        pairs = Vote.objects.filter(round=pk).values_list("participant_id", "level")
        assert len(pairs) == len(dict(pairs))
        return dict(pairs)


PAGES = (PAGE, OTHER_PAGE)
START = None


def test_no_order_of_votes_replays_and_closes_loses_or_changes_a_vote(customs, bob):
    count = iter(range(10_000))
    exercise = make.exercise(customs)

    def start():
        held = make.workshop(exercise, facilitator=bob, code=f"room-{next(count)}")
        return held, bob, make.question(exercise, "D1.1")

    globals()["START"] = start

    run_state_machine_as_test(
        Room,
        settings=settings(
            max_examples=15,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
