"""Workshops are called, changed and dropped in the browser and by REST; people are invited."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from diagnostics.models import Participant, Workshop
from diagnostics.usecases import agenda, calling, rounds, workshops
from diagnostics.usecases.calling import Invited
from tests.diagnostics import make_diagnostics as make

pytestmark = pytest.mark.django_db
CALLED = {"title": "Review", "code": "review", "starts_on": "2016-03-07", "ends_on": "2016-03-11"}
REST = "/api/v1/customs/"


@pytest.fixture
def exercise(customs):
    return make.exercise(customs)


@pytest.fixture
def called(exercise, bob):
    days = {"starts_on": date(2016, 3, 7), "ends_on": date(2016, 3, 11)}
    return calling.call_workshop(exercise, by=bob, title="Review", code="review", **days)


def names(workshop):
    rows = Participant.objects.filter(workshop=workshop).order_by("code")
    return [(one.code, one.name, one.function) for one in rows]


def test_the_hr_officer_calls_a_workshop_and_pastes_the_list_of_its_people(exercise, alice, as_):
    client = as_(alice)
    new = reverse("diagnostics:workshop_new", args=["customs", exercise.pk])
    assert new in client.get(exercise.get_absolute_url()).content.decode()

    sent = client.post(new, CALLED)
    made = Workshop.objects.get(code="review")
    assert sent.url == reverse("diagnostics:people", args=["customs", made.pk])
    client.post(sent.url, {"people": "Ann Ash; Collector\n\nBen Bay\tHead of HR\n  Cy Cob  \n"})

    assert names(made) == [
        ("P01", "Ann Ash", "Collector"),
        ("P02", "Ben Bay", "Head of HR"),
        ("P03", "Cy Cob", ""),
    ]
    assert "Ben Bay" in client.get(sent.url).content.decode()


def test_a_facilitator_who_calls_a_workshop_leads_it(called, bob, alice, exercise):
    assert called.facilitator == bob
    days = {"starts_on": date(2016, 3, 7), "ends_on": date(2016, 3, 7)}
    assert (
        calling.call_workshop(exercise, by=alice, title="x", code="x", **days).facilitator is None
    )


def test_what_cannot_be_called_is_said_at_its_field(called, exercise, alice, as_):
    client, new = as_(alice), reverse("diagnostics:workshop_new", args=["customs", exercise.pk])

    taken = client.post(new, CALLED).content.decode()
    turned = client.post(new, {**CALLED, "code": "b", "ends_on": "2016-03-01"}).content.decode()

    assert "Another workshop has this short name." in taken
    assert "The last day lies before the first." in turned
    assert Workshop.objects.count() == 1


def test_a_workshop_is_not_made_shorter_than_its_agenda(called, bob):
    agenda.begin_agenda(called, by=bob)

    with pytest.raises(ValidationError, match="sessions on day 5"):
        calling.change_workshop(called, by=bob, ends_on=date(2016, 3, 9))

    assert Workshop.objects.get().ends_on == date(2016, 3, 11)


def test_where_votes_are_given_by_role_no_name_is_kept(called, bob, as_):
    workshops.set_up_room(called, by=bob, attribution="role")

    calling.invite(called, [Invited("Ann Ash", "Collector"), Invited("Head of HR")], by=bob)

    assert names(called) == [("P01", "", "Collector"), ("P02", "", "Head of HR")]
    Participant.objects.filter(code="P01").update(name="Ann Ash")
    shown = as_(bob).get(reverse("diagnostics:people", args=["customs", called.pk]))
    listed = as_(bob).get(f"{REST}workshops/{called.pk}/participants/").content.decode()
    assert ("Ann Ash" in shown.content.decode(), "Ann Ash" in listed) == (False, False)


def test_a_list_that_cannot_be_taken_is_refused_whole(called, bob, as_):
    page = reverse("diagnostics:people", args=["customs", called.pk])
    calling.invite(called, [Invited("Ann Ash")], by=bob)

    twice = as_(bob).post(page, {"people": "Ben Bay\nAnn Ash"}).content.decode()
    with pytest.raises(ValidationError, match="holds 1500 people"):
        calling.invite(called, [Invited(f"N {n}") for n in range(1500)], by=bob)
    workshops.set_up_room(called, by=bob, attribution="anonymous")
    with pytest.raises(ValidationError, match="no list"):
        calling.invite(called, [Invited("Ben Bay")], by=bob)

    assert "Ann Ash stands on the list already." in twice
    assert "Ben Bay" in twice, "what was typed is not lost"
    assert [row[1] for row in names(called)] == ["Ann Ash"]


def test_a_place_is_corrected_given_to_an_account_and_taken_away(called, bob, mona, as_):
    one, two = calling.invite(called, [Invited("Ann"), Invited("Ben")], by=bob)
    client = as_(bob)
    page = reverse("diagnostics:person", args=["customs", called.pk, one.pk])

    client.post(page, {"name": "Ann Ash", "function": "Collector", "member": mona.pk})
    again = reverse("diagnostics:person", args=["customs", called.pk, two.pk])
    refused = client.post(again, {"name": "Ben", "function": "", "member": mona.pk})
    client.post(reverse("diagnostics:person_remove", args=["customs", called.pk, two.pk]))

    assert "another place in the workshop" in refused.content.decode()
    held = Participant.objects.get()
    assert (held.name, held.function, held.member) == ("Ann Ash", "Collector", mona)


def test_who_has_voted_and_a_room_that_has_begun_stay(called, exercise, bob, alice, as_):
    made = make.round_of(make.workshop(exercise), "D1.1", 3, 3, 4)
    voter = made.votes.first().participant
    with pytest.raises(ValidationError, match="has voted and stays"):
        calling.withdraw(voter, by=alice)
    rounds.open_round(called, make.question(exercise, "D1.1"), by=bob)

    client = as_(bob)
    client.post(reverse("diagnostics:workshop_remove", args=["customs", called.pk]))

    assert Workshop.objects.filter(pk=called.pk).exists()


def test_a_workshop_nobody_voted_in_is_dropped(called, exercise, bob, as_):
    answer = as_(bob).post(reverse("diagnostics:workshop_remove", args=["customs", called.pk]))

    assert answer.url == exercise.get_absolute_url()
    assert not Workshop.objects.exists()


def test_a_closed_workshop_and_its_list_stay_as_they_are(called, bob):
    person = calling.invite(called, [Invited("Ann")], by=bob)[0]
    Workshop.objects.update(closed_on=date(2016, 3, 11))
    held = Workshop.objects.get()
    person.workshop = held

    for act in (
        lambda: calling.change_workshop(held, by=bob, title="x"),
        lambda: calling.drop_workshop(held, by=bob),
        lambda: calling.invite(held, [Invited("Ben")], by=bob),
        lambda: calling.change_participant(person, Invited("x"), by=bob),
        lambda: calling.withdraw(person, by=bob),
    ):
        with pytest.raises(ValidationError, match="closed"):
            act()


def test_only_who_prepares_calls_and_only_who_sets_up_invites(called, exercise, mona, ruth, as_):
    days = {"starts_on": date(2016, 3, 7), "ends_on": date(2016, 3, 7)}
    for member in (mona, ruth):
        with pytest.raises(PermissionDenied):
            calling.call_workshop(exercise, by=member, title="x", code="x", **days)
        with pytest.raises(PermissionDenied):
            calling.invite(called, [Invited("Ann")], by=member)
    pages = [
        reverse("diagnostics:workshop_new", args=["customs", exercise.pk]),
        reverse("diagnostics:people", args=["customs", called.pk]),
    ]
    assert [as_(mona).get(page).status_code for page in pages] == [403, 403]
    sent = as_(mona).post(
        f"{REST}workshops/{called.pk}/participants/", [], content_type="application/json"
    )
    assert sent.status_code == 403


def test_rest_calls_changes_invites_and_drops(exercise, alice, mona, as_):
    client = as_(alice)

    def call(method, path, body=None):
        return getattr(client, method)(f"{REST}{path}", body, content_type="application/json")

    made = call("post", f"exercises/{exercise.pk}/workshops/", CALLED)
    assert made.status_code == 201, made.json()
    here = f"workshops/{made.json()['id']}/"
    assert call("patch", here, {"place": "Belize City"}).json()["place"] == "Belize City"
    listed = call("post", f"{here}participants/", [{"name": "Ann"}, {"function": "Head of HR"}])
    assert [(one["code"], one["name"]) for one in listed.json()] == [("P01", "Ann"), ("P02", "")]
    first, second = (f"participants/{one['id']}/" for one in listed.json())
    changed = call("patch", first, {"function": "Collector", "member": mona.pk}).json()
    assert (changed["name"], changed["function"], changed["member"]) == (
        "Ann",
        "Collector",
        mona.pk,
    )
    assert call("patch", second, {"function": ""}).status_code == 400
    assert call("delete", second).status_code == 204
    assert call("delete", here).status_code == 204
    assert not Workshop.objects.exists()
