"""Conditional questions in the room, at everybody's own pace, on paper and in the scores."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from diagnostics.models import Round, Vote
from diagnostics.usecases import (
    agreement,
    joining,
    own_pace,
    paper,
    results,
    room,
    rounds,
    votes,
    workshops,
)
from tests.diagnostics import make_diagnostics as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries():
    cache.clear()


@pytest.fixture
def workshop(customs, bob):
    """D1.2 is asked where D1.1 stands at level 3 or above, D2.1 where D1.2 is approved."""
    exercise = make.exercise(customs)
    for code, question, of, test, value in (
        ("D1.2", "D1.1", "level", "at_least", 3),
        ("D2.1", "D1.2", "existence", "is", "approved"),
    ):
        asked = make.question(exercise, code)
        asked.relevant = {"question": question, "of": of, "test": test, "value": value}
        asked.save()
    return make.workshop(exercise, facilitator=bob)


def states(workshop):
    progress = workshops.workshop_progress(workshop)
    return {question.code: question.state for question in progress.questions}


def test_a_question_waits_for_the_one_it_depends_on(workshop, bob):
    with pytest.raises(ValidationError, match=r"Vote on D1\.1 first: .* level 3 or above"):
        rounds.open_round(workshop, make.question(workshop.exercise, "D1.2"), by=bob)

    assert states(workshop) == dict.fromkeys(("D1.1", "D1.2", "D2.1"), "unasked")


def test_what_the_room_leaves_unasked_is_passed_over_and_does_not_hold_up_the_close(workshop, bob):
    make.round_of(workshop, "D1.1", 4, 4, 4)
    make.agreement(workshop, "D1.1", 2)
    question = make.question(workshop.exercise, "D1.2")

    progress = workshops.workshop_progress(workshop)
    assert states(workshop) == {"D1.1": "agreed", "D1.2": "not_asked", "D2.1": "not_asked"}
    assert (progress.next_question, progress.unanswered) == (None, 0)
    assert rounds.show_next_question(workshop, by=bob) is None
    with pytest.raises(ValidationError, match="is not asked"):
        rounds.open_round(workshop, question, by=bob)
    assert room.question_room(workshop, question, by=bob).state == "not_asked"
    assert workshops.close_workshop(workshop, by=bob).is_closed


def test_the_votes_decide_until_the_room_settles(workshop, bob):
    make.round_of(workshop, "D1.1", 2, 3, 5)

    assert states(workshop) == {"D1.1": "revealed", "D1.2": "unasked", "D2.1": "unasked"}
    make.round_of(workshop, "D1.1", 1, 2, 5)
    assert states(workshop)["D1.2"] == "not_asked"
    make.round_of(workshop, "D1.1", 5, 5, 5, open=True)
    assert states(workshop)["D1.2"] == "not_asked"  # what is not revealed decides nothing


def test_a_rating_changed_later_takes_the_answers_that_hang_on_it_out_of_the_scores(workshop):
    make.agreement(workshop, "D1.1", 4)
    make.round_of(workshop, "D1.2", 1, None, 2)
    make.agreement(workshop, "D1.2", 2, existence="approved")
    make.round_of(workshop, "D2.1", 5, 5, 5)
    before = results.exercise_results(workshop.exercise)
    settled = workshop.agreements.get(question__code="D1.1")
    settled.level = 2
    settled.save()

    after = results.exercise_results(workshop.exercise)
    rounds_shown = agreement.room_agreement(workshop.exercise).questions

    assert [(d.code, d.score, d.n, d.missing) for d in before.domains] == [
        ("D1", 3.0, 2, 0),
        ("D2", 5.0, 1, 0),
    ]
    assert [(d.code, d.score, d.n, d.missing) for d in after.domains] == [("D1", 2.0, 1, 0)]
    assert (after.overall, after.votes, after.dont_knows) == (2.0, 0, 0)
    assert [one.code for one in after.not_asked] == ["D1.2", "D2.1"]
    assert [one.code for one in rounds_shown] == ["D1.1"]


def test_a_question_that_waits_is_still_missing(workshop):
    make.agreement(workshop, "D1.1", 4)

    found = results.exercise_results(workshop.exercise)

    assert (found.n, found.missing, found.not_asked) == (1, 2, ())


def test_the_results_say_what_was_not_asked_and_why(workshop, as_, bob):
    make.agreement(workshop, "D1.1", 2)
    exercise = workshop.exercise_id

    page = as_(bob).get(reverse("diagnostics:results", args=["customs", exercise])).content.decode()
    told = as_(bob).get(f"/api/v1/customs/exercises/{exercise}/results/").json()

    assert "asked only if D1.1 stands at level 3 or above" in page
    assert [one["code"] for one in told["not_asked"]] == ["D1.2", "D2.1"]


# --- At their own pace ----------------------------------------------------------------------------


@pytest.fixture
def own(workshop, bob):
    workshops.set_up_room(workshop, by=bob, pace="own")
    own_pace.open_all(workshop, by=bob)
    return workshop


def give(workshop, person, code, level, **rated):
    held = Round.objects.get(workshop=workshop, question__code=code)
    votes.cast_vote(held, person, votes.Ballot(level, **rated), client=None, sequence=0)


def tasks(person):
    found = own_pace.task_list(person)
    return [task.question.code for task in found.tasks], found.later


def test_each_person_is_asked_what_their_own_answers_call_for(own):
    first, second, _third = own.participants.all()
    assert tasks(first) == (["D1.1"], 2)

    give(own, first, "D1.1", 4)
    give(own, first, "D1.2", 3, existence="approved")
    give(own, second, "D1.1", 1)

    assert tasks(first) == (["D1.1", "D1.2", "D2.1"], 0)
    assert tasks(second) == (["D1.1"], 0)


def test_the_next_task_skips_what_is_not_asked(own):
    joined = joining.join(own, place=own.participants.first())
    phone = Client()
    phone.cookies["hrplan-seat"] = joined.token
    assert "2 more questions may follow" in phone.get("/join/room/").content.decode()
    held = Round.objects.get(workshop=own, question__code="D1.1")

    after = phone.post(reverse("join:vote"), {"round": held.pk, "answer": "2"})

    assert after.url == "/join/room/"
    assert "1 of 1 questions answered" in phone.get("/join/room/").content.decode()


def test_answers_left_behind_by_a_change_are_kept_until_the_close_and_then_taken_out(own, bob):
    first, second, _third = own.participants.all()
    for person in (first, second):
        give(own, person, "D1.1", 4)
        give(own, person, "D1.2", 5)
    give(own, first, "D1.1", 1)
    assert Vote.objects.filter(round__question__code="D1.2").count() == 2

    own_pace.close_all(own, by=bob)

    kept = Vote.objects.filter(round__question__code="D1.2")
    assert [vote.participant for vote in kept] == [second]
    assert Vote.objects.filter(round__question__code="D1.1").count() == 2


# --- On paper -------------------------------------------------------------------------------------


def test_a_ballot_says_when_to_answer_and_the_grid_takes_no_answer_that_was_not_asked(
    workshop, as_, bob
):
    page = as_(bob).get(reverse("diagnostics:ballots", args=["customs", workshop.pk]))
    assert "asked only if existence in D1.2 is “approved”" in page.content.decode()
    make.agreement(workshop, "D1.1", 2)
    left_out = make.question(workshop.exercise, "D1.2")

    grid = paper.paper_grid(workshop, left_out.domain, by=bob)
    cells = {(workshop.participants.first().pk, left_out.pk): "3"}
    with pytest.raises(ValidationError, match=r"P1, D1\.2: is not asked"):
        paper.enter_ballots(workshop, cells, by=bob)

    assert [question.code for question in grid.questions] == ["D1.1"]


def test_the_facilitator_is_offered_no_vote_on_what_is_not_asked(workshop, as_, bob):
    make.agreement(workshop, "D1.1", 2)
    pages = {}
    for code in ("D1.1", "D1.2"):
        question = make.question(workshop.exercise, code).pk
        address = reverse("diagnostics:question", args=["customs", workshop.pk, question])
        pages[code] = as_(bob).get(address).content.decode()

    assert ['value="open"' in page for page in pages.values()] == [True, False]
    assert "It is neither missing nor zero." in pages["D1.2"]
