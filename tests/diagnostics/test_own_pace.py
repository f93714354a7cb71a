"""Answering at one's own pace: tasks, autosave, resume by the personal link, submit, reveal."""

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from diagnostics.models import Round, Vote
from diagnostics.usecases import joining, own_pace, rounds, workshops
from tests.diagnostics import make_diagnostics as make

pytestmark = pytest.mark.django_db
ROOM = "/join/room/"


@pytest.fixture(autouse=True)
def _no_tries():
    cache.clear()


@pytest.fixture
def workshop(customs, bob):
    held = make.workshop(make.exercise(customs), facilitator=bob)
    workshops.set_up_room(held, by=bob, pace="own")
    return held


@pytest.fixture
def person(workshop):
    return joining.join(workshop, place=workshop.participants.first())


@pytest.fixture
def phone(person):
    client = Client()
    client.cookies["hrplan-seat"] = person.token
    return client


def task(workshop, code):
    return reverse("join:task", args=[make.question(workshop.exercise, code).pk])


def answer(client, workshop, code, level, **headers):
    round = Round.objects.get(workshop=workshop, question__code=code)
    sent = {"round": round.pk, "answer": str(level)}
    return client.post(reverse("join:vote"), sent, **headers)


def test_all_questions_open_at_once_and_the_next_one_follows(workshop, bob, phone):
    assert "not open yet" in phone.get(ROOM).content.decode()
    assert own_pace.open_all(workshop, by=bob) == 3
    assert own_pace.open_all(workshop, by=bob) == 0

    first = answer(phone, workshop, "D1.1", 4)
    last = answer(phone, workshop, "D2.1", 2)

    assert (first.status_code, first.url) == (302, task(workshop, "D1.2"))
    assert last.url == task(workshop, "D1.2")
    assert "2 of 3 questions answered" in phone.get(ROOM).content.decode()


def test_the_work_goes_on_by_the_personal_link_on_another_device(workshop, bob, person, phone):
    own_pace.open_all(workshop, by=bob)
    answer(phone, workshop, "D1.1", 4)
    other = Client()

    other.get(phone.get(ROOM).context["own_link"].removeprefix("http://testserver"))

    assert "Your vote: 4." in other.get(task(workshop, "D1.1")).content.decode()


def test_submitting_is_said_and_answers_can_still_be_changed_until_the_close(workshop, bob, phone):
    own_pace.open_all(workshop, by=bob)
    answer(phone, workshop, "D1.1", 4)
    phone.post(reverse("join:submit"))

    assert "submitted" in phone.get(ROOM).content.decode()
    answer(phone, workshop, "D1.1", 3)
    assert own_pace.close_all(workshop, by=bob) == 3
    late = answer(phone, workshop, "D1.1", 1, HTTP_X_RECEIPT="yes")

    assert late.status_code == 409
    assert list(Vote.objects.values_list("level", flat=True)) == [3]


def test_nobody_sees_another_s_answer_and_the_facilitator_only_how_many(workshop, bob, phone, as_):
    own_pace.open_all(workshop, by=bob)
    answer(phone, workshop, "D1.1", 4)
    second = Client()
    place = workshop.participants.filter(pass_digest=None).first()
    second.cookies["hrplan-seat"] = joining.join(workshop, place=place).token

    other = second.get(task(workshop, "D1.1")).content.decode()
    page = as_(bob).get(reverse("diagnostics:workshop", args=["customs", workshop.pk]))

    assert "You have not voted yet." in other
    assert "1 answered" in page.content.decode()
    assert [one.answered for one in own_pace.people_progress(workshop)] == [1, 0, 0]


def test_the_room_then_reveals_them_one_by_one_and_votes_again(workshop, bob, phone):
    own_pace.open_all(workshop, by=bob)
    answer(phone, workshop, "D1.1", 4)
    with pytest.raises(ValidationError, match="close it before the pace"):
        workshops.set_up_room(workshop, by=bob, pace="room")
    own_pace.close_all(workshop, by=bob)
    workshops.set_up_room(workshop, by=bob, pace="room")
    question = make.question(workshop.exercise, "D1.1")

    rounds.show_question(workshop, question, by=bob)
    rounds.reveal_round(Round.objects.get(question=question), by=bob)
    again = rounds.open_round(workshop, question, by=bob)

    assert again.number == 2
    assert "Which level describes us today?" in phone.get(ROOM).content.decode()


def test_each_pace_refuses_the_steps_of_the_other(workshop, bob, mona):
    question = make.question(workshop.exercise, "D1.1")
    with pytest.raises(ValidationError, match="own pace"):
        rounds.open_round(workshop, question, by=bob)
    with pytest.raises(PermissionDenied):
        own_pace.open_all(workshop, by=mona)
    workshops.set_up_room(workshop, by=bob, pace="room")
    with pytest.raises(ValidationError, match="question to question"):
        own_pace.open_all(workshop, by=bob)


def test_a_question_that_is_not_open_in_this_workshop_is_not_found(workshop, bob, phone):
    assert phone.get(task(workshop, "D1.1")).status_code == 404
    own_pace.open_all(workshop, by=bob)
    assert phone.get(task(workshop, "D1.1")).status_code == 200
    assert phone.post(reverse("join:vote"), {"round": "9" * 30, "answer": "1"}).status_code == 404
