"""Blind until revealed: before the reveal no page, poll, export or trail carries another's vote."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from diagnostics.models import Participant, Round
from diagnostics.usecases import joining, rounds, votes
from diagnostics.usecases.votes import Ballot
from hrplan import workbook
from hrplan.core.models import AuditEntry, Role
from tests import make as cast
from tests.diagnostics import make_diagnostics as make
from tests.routes import fill, tenant_routes

pytestmark = [pytest.mark.django_db, pytest.mark.whole, pytest.mark.both]
MARKER = "zebra crossing"  # the remark of the vote that nobody else may read


@pytest.fixture(autouse=True)
def _no_tries():
    cache.clear()


@pytest.fixture
def workshop(customs, bob):
    return make.workshop(make.exercise(customs), facilitator=bob)


@pytest.fixture
def asked(workshop):
    return make.question(workshop.exercise, "D1.1")


def joined(workshop, count=2):
    """Clients of participants who came in, each with their own cookie."""
    clients = []
    for place in list(joining.free_places(workshop))[:count]:
        client = Client()
        client.cookies["hrplan-seat"] = joining.join(workshop, place=place).token
        clients.append(client)
    return clients


@pytest.mark.alike
def test_no_route_of_any_role_carries_a_vote_before_the_reveal(workshop, asked, bob, tmp_path):
    administration = workshop.administration
    joining.open_joining(workshop, by=bob)
    voter, other = joined(workshop)
    round = rounds.open_round(workshop, asked, by=bob)
    person = Participant.objects.exclude(pass_digest=None).order_by("pk").first()
    votes.cast_vote(round, person, Ballot(5, note=MARKER), client=None, sequence=0)

    at = reverse("join:room")
    told = [other.get(at), other.get(at, HTTP_HX_REQUEST="true")]
    rows = {
        "workshops": workshop.pk,
        "questions": asked.pk,
        "exercises": workshop.exercise_id,
        "rounds": round.pk,
        "questionnaires": asked.domain.questionnaire_id,
        "participants": person.pk,
    }
    for role in Role:
        member = (
            bob if role == Role.FACILITATOR else cast.member(administration, role, f"of-{role}")
        )
        client = Client(raise_request_exception=False)
        client.force_login(member.user)
        for route in tenant_routes():
            address = fill(route, administration.slug, rows)
            if address and "/participants/" not in address:
                told.append(client.get(address))
    bodies = [b"".join(one.streaming_content) if one.streaming else one.content for one in told]
    workbook.write_out(administration, tmp_path)
    bodies += [path.read_bytes() for path in tmp_path.iterdir()]

    assert len(told) > 100
    assert [body for body in bodies if MARKER.encode() in body] == []
    trail = AuditEntry.objects.filter(action="vote")
    assert {(entry.by, entry.row) for entry in trail} == {(None, str(round.pk))}
    assert not any(MARKER in str(entry.fields) for entry in AuditEntry.objects.all())


def test_answers_to_other_participants_are_equal_with_and_without_votes(workshop, asked, bob):
    _voter, other = joined(workshop)
    rounds.open_round(workshop, asked, by=bob)
    at = reverse("join:room")
    revision = other.get(at).context["workshop"].revision
    before, poll_before = other.get(at), other.get(f"{at}?v={revision}")

    round = Round.objects.get()
    for person in workshop.participants.all():
        if person.pk != other.get(at).context["seat"].participant.pk:
            votes.cast_vote(round, person, Ballot(5, note=MARKER), client=None, sequence=0)
    after, poll_after = other.get(at), other.get(f"{at}?v={revision}")

    assert without_token(before) == without_token(after)
    assert (poll_before.status_code, poll_after.status_code) == (204, 204)
    assert dict(poll_before.headers) == dict(poll_after.headers)


def without_token(response):
    text = response.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


def test_the_projector_counts_before_the_reveal_and_shows_the_spread_after(
    as_, workshop, asked, bob
):
    round = rounds.open_round(workshop, asked, by=bob)
    for level, person in zip((1, 5, 5), workshop.participants.all(), strict=True):
        votes.cast_vote(round, person, Ballot(level, note=MARKER), client=None, sequence=0)
    client = as_(bob)
    at = reverse("diagnostics:projector", args=["customs", workshop.pk])

    blind = client.get(at)
    shown = blind.context["screen"].version
    unchanged = client.get(f"{at}?v={shown}")
    rounds.reveal_round(round, by=bob)
    seen = client.get(f"{at}?v={shown}", HTTP_HX_REQUEST="true").content.decode()

    assert 'class="bars"' not in blind.content.decode()
    assert unchanged.status_code == 204
    assert 'class="bars"' in seen
    assert "3 votes · median 5 · 1 stands apart" in seen
    assert not any(person.name in seen for person in workshop.participants.all())


def test_a_participant_sees_the_own_answer_and_after_the_reveal_the_room_s(workshop, asked, bob):
    voter, other = joined(workshop)
    at, send = reverse("join:room"), reverse("join:vote")
    rounds.show_question(workshop, asked, by=bob)
    unasked = voter.get(at).content.decode()
    round = rounds.open_round(workshop, asked, by=bob)

    receipt = voter.post(send, {"round": round.pk, "answer": "4"}, HTTP_X_RECEIPT="yes")
    plain = other.post(send, {"round": round.pk, "answer": "not_applicable"})
    rounds.reveal_round(round, by=bob)
    late = voter.post(send, {"round": round.pk, "answer": "1"}, HTTP_X_RECEIPT="yes")
    seen = voter.get(at).content.decode()

    assert "the vote opens in a moment" in unasked
    assert "Your vote: 4." in receipt.content.decode()
    assert (plain.status_code, plain.url) == (302, at)
    assert late.status_code == 409
    assert "stays as it was given: 4, not 1" in late.content.decode()
    assert "Your vote: 4." in seen
    assert "1 said that it does not apply" in seen


def test_a_vote_for_a_round_of_another_workshop_is_not_found(workshop, asked, bob):
    (voter,) = joined(workshop, 1)
    other = make.workshop(workshop.exercise, code="w2", facilitator=bob)
    foreign = rounds.open_round(other, asked, by=bob)

    answer = voter.post(reverse("join:vote"), {"round": foreign.pk, "answer": "4"})

    assert answer.status_code == 404


def test_a_poll_asks_the_database_once(workshop, bob, asked, django_assert_num_queries):
    (voter,) = joined(workshop, 1)
    rounds.open_round(workshop, asked, by=bob)
    at = reverse("join:room")
    revision = voter.get(at).context["workshop"].revision

    with django_assert_num_queries(1):
        assert voter.get(f"{at}?v={revision}").status_code == 204


def test_what_everybody_is_told_is_read_once_for_each_change(
    workshop, bob, asked, django_assert_num_queries
):
    first, second = joined(workshop, 2)
    round = rounds.open_round(workshop, asked, by=bob)
    at = reverse("join:room")
    first.get(at)

    with django_assert_num_queries(2):  # whose pass it is, and their own vote
        assert second.get(at).context["seat"].state == "open"
    rounds.close_round(round, by=bob)

    assert second.get(at).context["seat"].state == "closed"
    with django_assert_num_queries(2):
        assert first.get(at).context["seat"].state == "closed"


def test_the_facilitator_s_page_renews_its_rounds_with_and_without_a_clock(
    as_, workshop, bob, asked
):
    round = rounds.open_round(workshop, asked, by=bob)
    client = as_(bob)
    at = reverse("diagnostics:question", args=["customs", workshop.pk, asked.pk])

    plain = client.get(at, HTTP_HX_REQUEST="true").content.decode()
    client.post(at, {"act": "clock", "minutes": "2"})
    timed = client.get(at, HTTP_HX_REQUEST="true").content.decode()
    client.post(at, {"act": "close"})
    closed = client.get(at, HTTP_HX_REQUEST="true").content.decode()

    assert "Time left" not in plain + closed
    assert re.search("Time left <strong>(2:00|1:59)", timed)
    assert "closed, not revealed" in closed
    assert not Round.objects.get(pk=round.pk).is_open
