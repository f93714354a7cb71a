"""How people come into a workshop: codes, places, passes, and what a wrong guess meets."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from diagnostics.models import Participant
from diagnostics.usecases import joining, rounds, workshops
from hrplan.core.models import AuditEntry
from tests.diagnostics import make_diagnostics as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries():
    cache.clear()


@pytest.fixture
def workshop(customs, bob):
    return make.workshop(make.exercise(customs), facilitator=bob)


def test_a_code_is_of_nine_signs_that_nobody_misreads_and_lets_in(workshop, bob):
    code = joining.open_joining(workshop, by=bob).code

    assert len(code) == 9
    assert set(code) <= set(joining.ALPHABET)
    assert not set("01ILO") & set(joining.ALPHABET)
    assert 31**9 > 2**44
    assert joining.workshop_of(f" {joining.spaced_code(code).lower()} ") == workshop


def test_unknown_expired_replaced_and_closed_codes_open_nothing(workshop, bob):
    first = joining.open_joining(workshop, by=bob).code
    second = joining.open_joining(workshop, by=bob).code
    with time_machine.travel(timezone.now() + joining.CODE_LIFE + timedelta(seconds=1)):
        expired = joining.workshop_of(second)
    joining.close_joining(workshop, by=bob)

    assert [joining.workshop_of(code) for code in ("ABCDEFGHJ", first, second)] == [None] * 3
    assert expired is None


def test_closing_the_workshop_kills_its_code(workshop, bob):
    code = joining.open_joining(workshop, by=bob).code
    for asked in ("D1.1", "D1.2", "D2.1"):
        make.round_of(workshop, asked, 3)
    workshops.close_workshop(workshop, by=bob)

    assert joining.workshop_of(code) is None
    with pytest.raises(ValidationError, match="closed"):
        joining.open_joining(workshop, by=bob)


def test_only_who_leads_opens_the_door_and_hands_out_links(workshop, alice, mona):
    for member in (alice, mona):
        with pytest.raises(PermissionDenied):
            joining.open_joining(workshop, by=member)
        with pytest.raises(PermissionDenied):
            joining.relink(workshop.participants.first(), by=member)


def test_a_place_on_the_list_is_taken_once(workshop):
    place = workshop.participants.first()
    admitted = joining.join(workshop, place=place)

    assert joining.participant_of(admitted.token) == place
    assert place not in joining.free_places(workshop)
    with pytest.raises(ValidationError, match="joined in this place"):
        joining.join(workshop, place=place)


def test_a_pass_is_kept_as_its_digest_and_a_new_link_kills_the_old(workshop, bob):
    admitted = joining.join(workshop, place=workshop.participants.first())
    again = joining.relink(admitted.participant, by=bob)

    assert joining.participant_of(admitted.token) is None
    assert joining.participant_of(again) == admitted.participant
    assert again not in str(Participant.objects.values_list("pass_digest"))
    assert joining.participant_of("") is None


def test_who_is_not_on_the_list_writes_themselves_down(workshop):
    with pytest.raises(ValidationError, match="your name"):
        joining.join(workshop)

    made = joining.join(workshop, name="Nora New", function="Collector").participant

    assert (made.code, str(made), made.function) == ("G001", "Nora New", "Collector")


def test_by_function_no_name_is_kept_and_an_anonymous_room_shows_no_list(workshop, bob):
    workshops.set_up_room(workshop, by=bob, attribution="role")
    with pytest.raises(ValidationError, match="your function"):
        joining.join(workshop, name="Nora New")
    by_role = joining.join(workshop, name="Nora New", function="Collector").participant
    workshop.attribution = "anonymous"

    assert by_role.name == ""
    assert list(joining.free_places(workshop)) == []


def test_the_promise_on_names_stays_once_somebody_has_joined(workshop, bob):
    workshops.set_up_room(workshop, by=bob, attribution="anonymous")
    joining.join(workshop)

    with pytest.raises(ValidationError, match="promise"):
        workshops.set_up_room(workshop, by=bob, attribution="named")


def test_the_audit_trail_names_no_participant(workshop, bob):
    workshops.set_up_room(workshop, by=bob, attribution="anonymous")
    joining.join(workshop, name="Owl")

    entries = AuditEntry.objects.filter(action="join")
    assert [(entry.table, entry.row, entry.by) for entry in entries] == [
        ("diagnostics.workshop", str(workshop.pk), None)
    ]


def test_people_come_in_by_the_code_and_need_no_account(workshop, bob):
    code = joining.open_joining(workshop, by=bob).code
    client = Client()

    to_place = client.post(reverse("join:code"), {"code": joining.spaced_code(code).lower()})
    place = workshop.participants.first()
    to_room = client.post(to_place.url, {"place": place.pk})
    room = client.get(to_room.url)

    assert (to_place.status_code, to_room.status_code, room.status_code) == (302, 302, 200)
    assert "You are in" in room.content.decode()
    cookie = client.cookies["hrplan-seat"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/join/")
    assert room.headers["Cache-Control"] == "no-store"
    assert room.headers["Referrer-Policy"] == "same-origin"


def test_without_a_pass_the_room_asks_for_the_code(client, workshop):
    for answer in (client.get(reverse("join:room")), client.post(reverse("join:vote"))):
        assert (answer.status_code, answer.url) == (302, reverse("join:code"))


def test_ten_wrong_codes_close_the_door_for_an_address_and_not_for_others(client, workshop, bob):
    code = joining.open_joining(workshop, by=bob).code
    for _ in range(10):
        assert client.post(reverse("join:code"), {"code": "ABC DEF GHJ"}).status_code == 200

    refused = client.post(reverse("join:code"), {"code": code})
    other = client.post(reverse("join:code"), {"code": code}, REMOTE_ADDR="10.0.0.7")

    assert (refused.status_code, other.status_code) == (429, 302)
    assert client.get(reverse("join:place", args=[code])).status_code == 429


def test_a_guess_in_the_address_counts_as_a_wrong_code_too(client, db):
    for _ in range(10):
        assert client.get(reverse("join:place", args=["ABCDEFGHJ"])).status_code == 404

    assert client.get(reverse("join:place", args=["ABCDEFGHJ"])).status_code == 429


def test_a_personal_link_leads_back_to_the_own_place(client, as_, workshop, bob):
    person = workshop.participants.first()
    page = as_(bob).post(reverse("diagnostics:link", args=["customs", workshop.pk, person.pk]))
    link = page.context["way_in"].url.removeprefix("http://testserver")

    assert client.get(link).url == reverse("join:room")
    assert client.get(reverse("join:room")).context["seat"].participant == person
    assert client.get(reverse("join:personal", args=["wrong"])).status_code == 404


def test_the_workshop_page_shows_the_way_in_to_who_leads(as_, workshop, bob, mona):
    at = reverse("diagnostics:workshop", args=["customs", workshop.pk])
    as_(bob).post(reverse("diagnostics:open_joining", args=["customs", workshop.pk]))
    code = joining.spaced_code(joining.open_code(workshop).code)

    own, other = (as_(member).get(at).content.decode() for member in (bob, mona))

    assert code in own
    assert code not in other
    as_(bob).post(reverse("diagnostics:close_joining", args=["customs", workshop.pk]))
    assert joining.open_code(workshop) is None


def test_showing_a_question_is_for_who_leads(workshop, mona):
    with pytest.raises(PermissionDenied):
        rounds.show_question(workshop, make.question(workshop.exercise, "D1.1"), by=mona)


def test_the_server_tells_where_people_can_join_now(workshop, bob, monkeypatch):
    monkeypatch.setattr("hrplan.management.commands.serve.serve", lambda *commands: None)

    def told() -> str:
        said = StringIO()
        call_command("serve", port=8123, stdout=said)
        return said.getvalue()

    assert "/join/" not in told()
    code = joining.open_joining(workshop, by=bob).code
    assert f"http://127.0.0.1:8123/join/{code}/" in told()
    joining.close_joining(workshop, by=bob)
    assert "/join/" not in told()
