"""What happens in a workshop, and what is refused."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from diagnostics.models import Vote
from diagnostics.usecases import room, rounds, votes, workshops
from hrplan.core.models import AuditEntry
from tests.diagnostics import make_diagnostics as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(customs, bob):
    return make.workshop(make.exercise(customs), facilitator=bob)


@pytest.fixture
def asked(workshop):
    return make.question(workshop.exercise, "D1.1")


def test_a_round_is_opened_voted_on_revealed_and_settled(workshop, asked, bob):
    round = rounds.open_round(workshop, asked, by=bob)
    for level, person in zip((1, 2, None), workshop.participants.all(), strict=True):
        votes.enter_vote(round, person, level=level, by=bob)
    rounds.reveal_round(round, by=bob)
    rounds.record_agreement(workshop, asked, level=2, rationale="A draft.", by=bob)

    shown = room.question_room(workshop, asked, by=bob)

    assert shown.state == "agreed"
    assert shown.rounds[0].distribution == ((1, 1), (2, 1), (3, 0), (4, 0), (5, 0))
    assert (shown.rounds[0].dont_knows, shown.agreement.level) == (1, 2)


def test_before_the_reveal_nobody_sees_more_than_the_count(workshop, asked, bob):
    make.round_of(workshop, "D1.1", 1, 5, open=True)

    shown = room.question_room(workshop, asked, by=bob).rounds[0]

    assert (shown.count, shown.distribution, shown.votes) == (2, (), ())


def test_only_the_facilitator_of_the_workshop_sees_who_voted_what(workshop, asked, bob, alice):
    make.round_of(workshop, "D1.1", 1, 1, 5)

    own = room.question_room(workshop, asked, by=bob).rounds[0]
    others = room.question_room(workshop, asked, by=alice).rounds[0]

    assert [(vote.participant, vote.level, vote.apart) for vote in own.votes] == [
        ("Person 1", 1, False),
        ("Person 2", 1, False),
        ("Person 3", 5, True),
    ]
    assert (others.votes, others.distribution) == ((), own.distribution)


def test_a_vote_after_the_reveal_is_refused_and_tells_what_stands(workshop, bob):
    round = make.round_of(workshop, "D1.1", 4)
    voted, late, _rest = workshop.participants.all()

    with pytest.raises(ValidationError, match="stays as it was given: 4, not 2"):
        votes.enter_vote(round, voted, level=2, by=bob)
    with pytest.raises(ValidationError, match=r"before this vote \(2\) came"):
        votes.enter_vote(round, late, level=2, by=bob)
    assert Vote.objects.filter(round=round).count() == 1


def test_a_participant_with_a_seat_votes_for_nobody_else(workshop, mona):
    round = make.round_of(workshop, "D1.1", open=True)
    own, other, _rest = workshop.participants.all()
    own.member = mona
    own.save()

    votes.enter_vote(round, own, level=3, by=mona)

    with pytest.raises(PermissionDenied):
        votes.enter_vote(round, other, level=3, by=mona)


def test_a_vote_entered_twice_replaces_the_first(workshop, bob):
    round = make.round_of(workshop, "D1.1", 1, open=True)
    person = workshop.participants.first()

    votes.enter_vote(round, person, level=3, by=bob)

    assert [vote.level for vote in round.votes.all()] == [3]


def test_levels_off_the_scale_and_words_without_a_level_are_refused(workshop, bob):
    round = make.round_of(workshop, "D1.1", open=True)
    person = workshop.participants.first()

    with pytest.raises(ValidationError, match="1, 2, 3, 4, 5"):
        votes.enter_vote(round, person, level=6, by=bob)
    with pytest.raises(ValidationError, match="existence and use empty"):
        votes.enter_vote(round, person, level=None, use="never", by=bob)
    with pytest.raises(ValidationError):
        votes.enter_vote(round, person, level=2, use="often", by=bob)


def test_one_round_at_a_time_and_none_revealed_without_a_vote(workshop, asked, bob):
    round = rounds.open_round(workshop, asked, by=bob)

    with pytest.raises(ValidationError, match="reveal it first"):
        rounds.open_round(workshop, asked, by=bob)
    with pytest.raises(ValidationError, match="Nobody has voted"):
        rounds.reveal_round(round, by=bob)


def test_nothing_is_settled_before_the_votes_are_revealed(workshop, asked, bob):
    with pytest.raises(ValidationError, match="reveal the votes"):
        rounds.record_agreement(workshop, asked, level=2, by=bob)
    make.round_of(workshop, "D1.1", 1, open=True)
    with pytest.raises(ValidationError, match="reveal the votes"):
        rounds.record_agreement(workshop, asked, level=2, by=bob)


def test_a_question_of_another_exercise_is_refused(workshop, bob):
    workshop.exercise.questionnaires.update(version="0.9")
    form = make.questionnaire(workshop.administration, X1=1)
    other = make.exercise(workshop.administration, code="other", form=form)

    with pytest.raises(ValidationError, match="does not belong"):
        rounds.open_round(workshop, make.question(other, "X1.1"), by=bob)


def test_a_workshop_is_closed_once_every_question_was_voted_on(workshop, asked, bob):
    make.round_of(workshop, "D1.1", 1)
    make.round_of(workshop, "D1.2", 1)

    with pytest.raises(ValidationError, match="1 question is still open"):
        workshops.close_workshop(workshop, by=bob)
    make.round_of(workshop, "D2.1", 1)
    workshops.close_workshop(workshop, by=bob)

    assert workshop.closed_on == workshop.administration.as_of
    for act in (rounds.open_round, _agree):
        with pytest.raises(ValidationError, match="closed"):
            act(workshop, asked, by=bob)


def _agree(workshop, asked, *, by):
    rounds.record_agreement(workshop, asked, level=1, by=by)


def test_others_neither_open_nor_reveal_nor_close(workshop, asked, alice, carol, mona):
    round = make.round_of(workshop, "D1.1", 1, open=True)

    for member in (alice, carol, mona):
        with pytest.raises(PermissionDenied):
            rounds.open_round(workshop, asked, by=member)
        with pytest.raises(PermissionDenied):
            rounds.reveal_round(round, by=member)
        with pytest.raises(PermissionDenied):
            workshops.close_workshop(workshop, by=member)


def test_the_hr_officer_names_a_facilitator_and_only_a_facilitator(workshop, alice, bob, mona):
    workshops.name_facilitator(workshop, bob, by=alice)

    with pytest.raises(ValidationError, match="role of facilitator"):
        workshops.name_facilitator(workshop, mona, by=alice)
    assert workshop.facilitator == bob


def test_the_audit_holds_neither_the_vote_nor_the_voter(workshop, bob):
    round = make.round_of(workshop, "D1.1", open=True)

    votes.enter_vote(round, workshop.participants.first(), level=3, by=bob)

    entry = AuditEntry.objects.get(action="vote")
    assert (entry.table, entry.row, entry.fields) == ("diagnostics.round", str(round.pk), [])


def test_progress_counts_each_question_once(workshop):
    make.round_of(workshop, "D1.1", 1, 2)
    make.agreement(workshop, "D1.1", 1)
    make.round_of(workshop, "D1.2", 1, open=True)

    progress = workshops.workshop_progress(workshop)

    assert [(q.state, q.votes) for q in progress.questions] == [
        ("agreed", 2),
        ("open", 1),
        ("unasked", 0),
    ]
    assert (progress.agreed, progress.unanswered, progress.next_question.code) == (1, 2, "D1.2")
