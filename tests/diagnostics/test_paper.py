"""Votes on paper: ballots with codes, thirty of them on one screen, counted once."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from diagnostics.models import Round, Vote
from diagnostics.usecases import paper, rounds, votes
from diagnostics.usecases.votes import Ballot
from tests.diagnostics import make_diagnostics as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(customs, bob):
    return make.workshop(make.exercise(customs), people=30, facilitator=bob)


def cells(workshop, **answers):
    """(participant, question) -> text; `D1_1="3"` is everybody's answer to D1.1."""
    asked = {code: make.question(workshop.exercise, code.replace("_", ".")) for code in answers}
    return {
        (person.pk, asked[code].pk): text
        for person in workshop.participants.all()
        for code, text in answers.items()
    }


def test_thirty_ballots_are_entered_at_once_and_marked_as_paper(workshop, bob):
    count = paper.enter_ballots(workshop, cells(workshop, D1_1="3", D1_2="?"), by=bob)
    again = paper.enter_ballots(workshop, cells(workshop, D1_1="4"), by=bob)

    held = Vote.objects.filter(round__question__code="D1.1")
    assert (count, again) == (60, 30)
    assert set(held.values_list("level", "is_paper")) == {(4, True)}
    assert Round.objects.filter(workshop=workshop).count() == 2
    assert not Round.objects.filter(closed_at=None).exists()


def test_every_cell_that_can_t_be_read_is_named_and_nothing_is_taken(workshop, bob):
    sent = cells(workshop, D1_1="3")
    first, second = list(sent)[:2]
    sent |= {first: "7", second: "yes"}

    with pytest.raises(ValidationError) as refusal:
        paper.enter_ballots(workshop, sent, by=bob)

    assert refusal.value.messages == [
        "P1, D1.1: “7” is no answer; write 1, 2, 3, 4, 5, ? or -",
        "P10, D1.1: “yes” is no answer; write 1, 2, 3, 4, 5, ? or -",
    ]
    assert not Vote.objects.exists()


def test_who_voted_on_a_device_is_not_counted_again_from_paper(workshop, bob):
    round = rounds.open_round(workshop, make.question(workshop.exercise, "D1.1"), by=bob)
    person = workshop.participants.first()
    votes.cast_vote(round, person, Ballot(2), client=uuid4(), sequence=1)

    with pytest.raises(ValidationError, match="P1, D1.1: has voted on a device"):
        paper.enter_ballots(workshop, cells(workshop, D1_1="3"), by=bob)
    others = {cell: "3" for cell in cells(workshop, D1_1="3") if cell[0] != person.pk}
    paper.enter_ballots(workshop, others, by=bob)

    assert Vote.objects.filter(round=round).count() == 30


def test_after_the_reveal_paper_opens_a_new_round(workshop, bob):
    first = make.round_of(workshop, "D1.1", 1, 2)

    paper.enter_ballots(workshop, cells(workshop, D1_1="-"), by=bob)

    second = Round.objects.get(question=first.question, number=2)
    assert set(second.votes.values_list("level", "does_not_apply")) == {(None, True)}
    assert list(first.votes.values_list("level", flat=True)) == [1, 2]


def test_the_grid_hides_what_devices_sent_and_is_for_who_leads(workshop, bob, mona):
    round = rounds.open_round(workshop, make.question(workshop.exercise, "D1.1"), by=bob)
    domain = round.question.domain
    votes.cast_vote(round, workshop.participants.first(), Ballot(2), client=None, sequence=0)

    cell = paper.paper_grid(workshop, domain, by=bob).rows[0].cells[0]

    assert (cell.text, cell.is_fixed) == ("", True)
    with pytest.raises(PermissionDenied):
        paper.paper_grid(workshop, domain, by=mona)
    with pytest.raises(PermissionDenied):
        paper.enter_ballots(workshop, {}, by=mona)


def test_the_grid_s_page_takes_keeps_and_shows_what_was_typed(as_, workshop, bob, mona):
    at = reverse("diagnostics:paper", args=["customs", workshop.pk])
    client = as_(bob)
    sent = {f"p{person}q{question}": "3" for person, question in cells(workshop, D1_1="3")}

    done = client.post(f"{at}?domain=D1", sent)
    kept = client.post(f"{at}?domain=D1", sent | dict.fromkeys(list(sent)[:1], "8"))

    assert (done.status_code, kept.status_code) == (302, 200)
    assert 'value="8"' in kept.content.decode()
    assert client.get(f"{at}?domain=D9").status_code == 404
    assert as_(mona).get(at).status_code == 403


def test_ballots_are_printed_for_everybody_with_their_code(as_, workshop, bob):
    at = reverse("diagnostics:ballots", args=["customs", workshop.pk])

    plain = as_(bob).get(at).content.decode()
    full = as_(bob).get(f"{at}?levels").content.decode()

    assert plain.count("ballot-sheet") == 30
    assert "<strong>P17</strong> Person 17, Manager 17" in plain
    assert "Anchor 3 of D1.1." in full
    assert "Anchor 3 of D1.1." not in plain


def test_the_grid_asks_the_database_as_often_for_thirty_as_for_three(
    as_, workshop, bob, django_assert_max_num_queries
):
    client = as_(bob)
    at = reverse("diagnostics:paper", args=["customs", workshop.pk])
    client.get(at)

    with django_assert_max_num_queries(12):
        client.get(at)
