"""Rounds and functions, from rows to figures: only what was revealed, and nobody by name."""

import pytest

from diagnostics.models import Workshop
from diagnostics.usecases.agreement import room_agreement, workshop_rounds
from tests.diagnostics import make_diagnostics as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop(customs):
    """Six collectors and five deputies, each with a place of their own."""
    held = make.workshop(make.exercise(customs), people=11)
    for place, person in enumerate(held.participants.order_by("pk")):
        person.code = f"P{place:02d}"
        person.function = f"Collector, station {place}" if place < 6 else f"Deputy, desk {place}"
        person.save()
    return held


def test_a_re_vote_tells_how_many_moved_and_towards_what(workshop):
    make.round_of(workshop, "D1.1", 1, 2, 3, 3, 3, 5)
    make.round_of(workshop, "D1.1", 2, 2, 3, 3, 4, 4)

    (question,) = room_agreement(workshop.exercise).repeated

    first, second = question.rounds
    assert (question.code, first.median, first.earlier_median) == ("D1.1", 3.0, None)
    assert (second.earlier_median, second.both, second.moved) == (3.0, 6, 3)
    assert (second.up, second.down, second.nearer, second.farther) == (2, 1, 2, 1)
    assert second.distribution == ((1, 0), (2, 2), (3, 2), (4, 2), (5, 0))


def test_a_round_that_is_not_revealed_leaves_no_trace(workshop):
    make.round_of(workshop, "D1.1", 1, 2, 3)
    make.round_of(workshop, "D1.1", 5, 5, 5, open=True)

    rounds = next(one for one in workshop_rounds(workshop) if one.code == "D1.1").rounds

    assert [(one.number, one.n, one.agreement) for one in rounds] == [(1, 3, None)]
    assert room_agreement(workshop.exercise).repeated == ()


def test_functions_are_told_without_the_place_that_would_name_a_person(workshop):
    make.round_of(workshop, "D1.1", *[2] * 6, *[4] * 5)

    roles = room_agreement(workshop.exercise).roles

    assert [(one.role, one.people, one.distance, one.apart) for one in roles] == [
        ("Deputy", 5, 2.0, 5),
        ("Collector", 6, 0.0, 0),
    ]


def test_an_anonymous_workshop_has_no_functions(workshop):
    Workshop.objects.update(attribution=Workshop.Attribution.ANONYMOUS)
    make.round_of(workshop, "D1.1", *[2] * 6, *[4] * 5)

    assert room_agreement(workshop.exercise).roles == ()


def test_an_exercise_without_votes_has_neither_rounds_nor_functions(workshop):
    room = room_agreement(workshop.exercise)

    assert [question.rounds for question in room.questions] == [(), (), ()]
    assert (room.repeated, room.roles) == ((), ())


def test_rest_tells_the_same_and_no_participant(as_, workshop, alice):
    make.round_of(workshop, "D1.1", 1, 2, 3, 3, 3, 5)
    make.round_of(workshop, "D1.1", 2, 2, 3, 3, 4, make.NOT_APPLICABLE)

    told = as_(alice).get(f"/api/v1/customs/exercises/{workshop.exercise_id}/agreement/").json()

    second = told["questions"][0]["rounds"][1]
    assert (second["n"], second["missing"], second["not_applicable"]) == (5, 0, 1)
    assert (second["both"], second["nearer"]) == (5, 1)
    assert "P0" not in str(told)
    assert "Person" not in str(told)
