"""A workshop held on a laptop comes home as one file: merged once, contradictions told."""

import json
from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.models import Agreement, Round, Vote, Workshop
from diagnostics.usecases import joining, transfer
from hrplan.core.models import Role
from tests import make as cast
from tests.diagnostics import make_diagnostics as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def laptop(elsewhere):
    """The same workshop on another machine, with two rounds, a newcomer and an agreed rating."""
    leader = cast.member(elsewhere, Role.FACILITATOR, "laptop-bob")
    held = make.workshop(make.exercise(elsewhere), facilitator=leader)
    joining.join(held, name="Nora New", function="Collector")
    make.round_of(held, "D1.1", 1, 5, 3)
    make.round_of(held, "D1.1", 2, 4, 3, None)
    make.agreement(held, "D1.1", 3, rationale="Said so.")
    return transfer.workshop_file(held, by=leader)


@pytest.fixture
def home(customs, bob):
    return make.workshop(make.exercise(customs), facilitator=bob)


def content(text, **changed):
    return {**json.loads(text), **changed}


def state(workshop: Workshop) -> list:
    """All that votes and agreed ratings say, to compare."""
    votes = Vote.objects.filter(round__workshop=workshop).order_by("pk")
    fields = ("round__key", "participant__key", "level", "does_not_apply", "note")
    return [
        list(votes.values_list(*fields)),
        list(Round.objects.filter(workshop=workshop).order_by("pk").values_list("key", "number")),
        list(Agreement.objects.filter(workshop=workshop).values_list("question", "level")),
        list(workshop.participants.values_list("key", "code", "name")),
    ]


def levels(text) -> list:
    """(round, levels given in it) of a file."""
    held = json.loads(text)["rounds"]
    return [(row["key"], sorted(str(vote["level"]) for vote in row["votes"])) for row in held]


def test_everything_comes_home_once(laptop, home, bob):
    merged = transfer.merge_workshop(home, content(laptop), by=bob)
    after = state(home)
    again = transfer.merge_workshop(home, content(laptop), by=bob)

    assert (merged.people, merged.rounds, merged.votes, merged.agreements) == (1, 2, 7, 1)
    assert merged.conflicts == []
    assert (again.added, again.conflicts, state(home)) == (0, [], after)
    assert {round.is_revealed for round in Round.objects.filter(workshop=home)} == {True}


def test_evidence_cited_comes_home_and_a_file_that_knows_none_of_it_is_taken(laptop, home, bob):
    given = content(laptop)
    given["agreements"][0]["cited"] = ["document:RD1"]
    transfer.merge_workshop(home, transfer.read_file(json.dumps(given).encode()), by=bob)
    del given["agreements"][0]["cited"]

    again = transfer.merge_workshop(home, transfer.read_file(json.dumps(given).encode()), by=bob)

    assert (again.added, again.conflicts) == (0, [])
    assert Agreement.objects.get(workshop=home).cited == ["document:RD1"]


def test_what_stands_here_stays_and_the_contradiction_is_told(laptop, home, bob):
    transfer.merge_workshop(home, content(laptop), by=bob)
    vote = Vote.objects.filter(round__workshop=home, level=5).get()
    Vote.objects.filter(pk=vote.pk).update(level=2)
    Agreement.objects.filter(workshop=home).update(level=4)

    merged = transfer.merge_workshop(home, content(laptop), by=bob)

    assert merged.added == 0
    assert merged.conflicts == [
        "D1.1, round 1, P1: another answer stands here; it stays.",
        "D1.1: the room here settled on 4, the file says 3.",
    ]
    vote.refresh_from_db()
    assert vote.level == 2


def test_a_round_held_on_both_sides_becomes_two(laptop, home, bob):
    make.round_of(home, "D1.1", 4, 4, 4)

    merged = transfer.merge_workshop(home, content(laptop), by=bob)

    assert merged.conflicts == [
        "D1.1: round 1 was held here too; theirs came in as round 2.",
        "D1.1: round 2 was held here too; theirs came in as round 3.",
    ]
    held = Round.objects.filter(workshop=home)
    assert [(round.number, round.votes.count()) for round in held] == [(1, 3), (2, 3), (3, 4)]


def test_another_person_under_the_same_code_gets_a_code_of_their_own(laptop, home, bob):
    joining.join(home, name="Somebody Else", function="Clerk")

    merged = transfer.merge_workshop(home, content(laptop), by=bob)

    assert merged.conflicts == ["G001 is somebody else here; Nora New came in as G001-2."]
    assert transfer.merge_workshop(home, content(laptop), by=bob).added == 0


def test_a_revealed_round_takes_no_vote_that_comes_later(laptop, home, bob):
    transfer.merge_workshop(home, content(laptop), by=bob)
    Vote.objects.filter(round__workshop=home, level=5).delete()

    merged = transfer.merge_workshop(home, content(laptop), by=bob)

    assert merged.votes == 0
    assert merged.conflicts == ["D1.1, round 1, P1: it was revealed here without this vote."]


def test_a_file_would_tell_hidden_votes_so_it_waits_for_the_reveal(home, bob, mona):
    make.round_of(home, "D1.1", 1, 2, open=True)

    with pytest.raises(ValidationError, match="Reveal every round"):
        transfer.workshop_file(home, by=bob)
    with pytest.raises(PermissionDenied):
        transfer.workshop_file(home, by=mona)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": "other"}, "at the top|format"),
        ({"rounds": [{}]}, "rounds/0"),
        ({"people": "all"}, "people"),
        ({"more": 1}, "at the top"),
    ],
)
def test_a_file_of_another_shape_is_refused_with_its_place(laptop, change, words):
    with pytest.raises(ValidationError, match=words):
        transfer.read_file(json.dumps(content(laptop, **change)).encode())


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading(data):
    with suppress(ValidationError):
        transfer.read_file(data)


def test_nothing_breaks_on_depth_or_size():
    for data in (b"[" * 100_000, b" " * (transfer.MOST_BYTES + 1), b"\xff\xfe", b""):
        with pytest.raises(ValidationError):
            transfer.read_file(data)


def test_files_of_other_workshops_questionnaires_or_people_are_refused(laptop, home, bob):
    said = content(laptop)
    other = {**said["workshop"], "code": "w9"}
    forms = {**said["workshop"], "questionnaires": ["test 2.0"]}
    with pytest.raises(ValidationError, match="of the workshop w9"):
        transfer.merge_workshop(home, {**said, "workshop": other}, by=bob)
    with pytest.raises(ValidationError, match="other questionnaires"):
        transfer.merge_workshop(home, {**said, "workshop": forms}, by=bob)
    with pytest.raises(ValidationError, match="nobody on its list"):
        transfer.merge_workshop(home, {**said, "people": []}, by=bob)
    assert not Round.objects.filter(workshop=home).exists()


def test_the_page_shows_on_trial_what_would_be_added_and_then_adds_it(as_, laptop, home, bob, mona):
    client = as_(bob)
    at = reverse("diagnostics:merge", args=["customs", home.pk])

    def sent(act):
        file = SimpleUploadedFile("w1.workshop.json", laptop.encode())
        return client.post(at, {"act": act, "file": file})

    trial = sent("try").content.decode()
    nothing = Round.objects.filter(workshop=home).count()
    merged = sent("merge").content.decode()

    assert ("What would be added" in trial, "What was added" in merged) == (True, True)
    assert (nothing, Round.objects.filter(workshop=home).count()) == (0, 2)
    file = client.get(reverse("diagnostics:workshop_file", args=["customs", home.pk]))
    assert file.headers["Content-Disposition"] == 'attachment; filename="w1.workshop.json"'
    assert levels(file.content) == levels(laptop)
    assert as_(mona).get(at).status_code == 403
