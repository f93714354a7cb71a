"""Stations answer for their people: approve, refuse, waiting list, swap; all rules hold."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from competencies.models import Competency, StaffMember
from tests import make
from tests.training_calendar import make_training
from training_calendar.models import CalendarChange, Consent, Enrolment, Leave, Need
from training_calendar.usecases import (
    calendars,
    consents,
    improving,
    instances,
    station_plan,
    waiting,
)
from training_calendar.views import consents as views

pytestmark = [pytest.mark.whole, pytest.mark.both]

JSON = {"content_type": "application/json"}
ROOT = "/api/v1/customs/"


def at(name, *keys):
    return reverse(f"training_calendar:{name}", args=["customs", *keys])


@pytest.fixture
def calendar(customs):
    """Two sessions with one person each; Wendy and Walt wait, Wendy with the wider gap."""
    made = make_training.plan(customs, sessions=2)
    first = made.sessions.order_by("code").first()
    station, profile = unit(), StaffMember.objects.get(code="P0").profile
    for code, name, gap in (("W1", "Wendy Waits", 9), ("W2", "Walt Waits", 8)):
        person = make.staff_member(station, profile, code=code, name=name)
        make_training.need(made.plan, person, first.module, reached=0, weighted_gap=gap)
    for person in StaffMember.objects.all():
        person.assessments.create(
            administration=customs,
            competency=Competency.objects.get(code="O1"),
            source="validated",
            level=0,
            rated_on="2016-01-04",
        )
    return made


def unit():
    return StaffMember.objects.get(code="P0").unit


@pytest.fixture
def place(calendar):
    return calendar.enrolments.select_related(
        "session__calendar__plan", "session__administration", "staff_member__administration"
    ).get(staff_member__code="P0")


@pytest.fixture
def manager(mona, calendar):
    make.scope(mona, unit=unit())
    return mona


def seated(session):
    return set(session.enrolments.values_list("staff_member__code", flat=True))


def test_the_manager_of_the_unit_answers_and_no_other(
    calendar, place, manager, carol, mallory, stan
):
    for member in (carol, mallory, stan):
        with pytest.raises(PermissionDenied):
            consents.approve(place, by=member)

    assert consents.approve(place, by=manager).state == "approved"


def test_nobody_answers_for_themselves(calendar, place, mona):
    make.scope(mona, unit=unit(), staff_member=place.staff_member)

    with pytest.raises(PermissionDenied):
        consents.approve(place, by=mona)


def test_a_refusal_gives_the_place_to_the_first_who_waits(calendar, place, manager):
    done = consents.refuse(place, reason="Cruise season", by=manager)

    assert done.given.code == "W1"
    assert seated(place.session) == {"W1"}
    assert Consent.objects.get().reason == "Cruise season"
    assert "Cruise" not in str(list(CalendarChange.objects.values()))
    assert calendars.check_calendar(calendar) == ()
    open_now = set(Need.objects.filter(is_met=False).values_list("staff_member__code", flat=True))
    assert open_now == {"P0", "W2"}


def test_who_cannot_go_then_is_passed_over(calendar, place, manager):
    Leave.objects.create(
        staff_member=StaffMember.objects.get(code="W1"),
        starts_on=place.starts_on,
        ends_on=place.ends_on,
    )

    assert consents.refuse(place, reason="Short", by=manager).given.code == "W2"


def test_where_nobody_waits_the_place_stays_free(calendar, place, manager):
    Need.objects.filter(staff_member__code__startswith="W").delete()

    assert consents.refuse(place, reason="Short", by=manager).given is None
    assert seated(place.session) == set()


def test_who_was_refused_does_not_wait_for_the_same_days(calendar, place, manager):
    consents.refuse(place, reason="Short", by=manager)

    waits = [one.code for one in waiting.waiting_list(place.session)]
    assert waits == ["W2"]


def test_a_session_that_has_begun_is_answered_no_more(calendar, place, manager):
    owner = calendar.administration
    owner.as_of_fixed = place.starts_on
    owner.save()
    place.session.administration.refresh_from_db()

    with pytest.raises(ValidationError, match="has begun"):
        consents.refuse(place, reason="Late", by=manager)
    assert seated(place.session) == {"P0"}


def test_an_answer_holds_for_the_days_it_was_asked_for(calendar, place, manager):
    consents.approve(place, by=manager)
    assert _states(calendar, manager) == {"P0": "approved", "P1": "open"}

    session = place.session
    later = session.starts_on + timedelta(days=21)
    type(session).objects.filter(pk=session.pk).update(
        starts_on=later, ends_on=later + timedelta(days=1)
    )
    session.enrolments.update(starts_on=later, ends_on=later + timedelta(days=1))

    assert _states(calendar, manager) == {"P0": "open", "P1": "open"}


def _states(calendar, member):
    plan = station_plan.station_plan(calendar, None, member=member)
    return {row.place.staff_member.code: row.state for one in plan.sessions for row in one.places}


def test_a_free_place_goes_to_who_waits_only_where_every_rule_holds(calendar, place, alice, mona):
    session = place.session
    wendy = StaffMember.objects.get(code="W1")
    with pytest.raises(PermissionDenied):
        consents.give_place(session, wendy, by=mona)
    with pytest.raises(ValidationError) as refusal:
        consents.give_place(session, wendy, by=alice)
    assert any("more people in training than its policy" in w for w in refusal.value.messages)

    far = make.unit(calendar.administration, "AIR", title="Airport", is_station=True)
    StaffMember.objects.filter(pk=wendy.pk).update(unit=far)
    consents.give_place(session, wendy, by=alice)
    assert seated(session) == {"P0", "W1"}
    with pytest.raises(ValidationError, match="Only who waits"):
        consents.give_place(session, wendy, by=alice)


def test_two_people_exchange_their_sessions(calendar, place, manager):
    other = StaffMember.objects.get(code="P1")
    first, second = calendar.sessions.order_by("code")

    consents.swap(place, other, by=manager)

    assert (seated(first), seated(second)) == ({"P1"}, {"P0"})
    moved = Enrolment.objects.get(staff_member__code="P0")
    assert (moved.starts_on, moved.ends_on) == (second.starts_on, second.ends_on)
    assert calendars.check_calendar(calendar) == ()


def test_an_exchange_against_leave_is_refused_with_the_rule(calendar, place, manager):
    second = calendar.sessions.order_by("code").last()
    Leave.objects.create(
        staff_member=place.staff_member, starts_on=second.starts_on, ends_on=second.ends_on
    )

    with pytest.raises(ValidationError) as refusal:
        consents.swap(place, StaffMember.objects.get(code="P1"), by=manager)

    assert (
        "In the way: Nobody is trained while on leave, or kept by the station."
        in refusal.value.messages
    )
    assert seated(place.session) == {"P0"}


def test_a_place_is_swapped_with_an_equal_need_alone(calendar, place, manager):
    Need.objects.filter(staff_member__code="W1").update(weighted_gap=20)
    wendy, walt = (StaffMember.objects.get(code=code) for code in ("W1", "W2"))
    with pytest.raises(ValidationError, match="not equal"):
        consents.swap(place, wendy, by=manager)

    names = [person.code for person, _words in consents.swappable(place, by=manager)]
    consents.swap(place, walt, by=manager)

    assert names == ["P1", "W2"]
    assert seated(place.session) == {"W2"}


def test_whom_a_station_keeps_is_not_given_a_place_again_by_better_dates(calendar, place, manager):
    session = place.session
    far = make.unit(calendar.administration, "AIR", title="Airport", is_station=True)
    make_training.enrol(session, make.staff_member(far, code="A1", name="Abe Airport"))
    session.is_pinned = True
    session.save()
    consents.refuse(place, reason="nobody else holds the gate", by=manager)

    improving.improve_calendar(calendar, effort=12)

    held = calendar.enrolments.filter(staff_member=place.staff_member)
    days = list(held.values_list("starts_on", "ends_on"))
    assert all(last < place.starts_on or first > place.ends_on for first, last in days)
    instance = instances.calendar_instance(calendar)
    row, day = instance.staff.ids.index("P0"), instance.horizon.day_of(place.starts_on)
    assert instance.staff.leave[row, day : day + 2].all()

    consents.approve(place, by=manager)
    assert not instances.calendar_instance(calendar).staff.leave[row, day : day + 2].any()


def test_the_plan_shows_a_manager_the_own_units_alone(calendar, manager, alice, ruth, as_):
    far = make.unit(calendar.administration, "AIR", title="Airport", is_station=True)
    other = make.staff_member(far, code="A1", name="Abe Airport")
    make_training.enrol(calendar.sessions.order_by("code").first(), other)

    pages = {m.role: as_(m).get(at("station_plan")) for m in (manager, alice, ruth)}
    seen = {role: page.content.decode() for role, page in pages.items()}

    assert "Nominee 0" in seen[manager.role]
    assert "Abe Airport" not in seen[manager.role]
    assert "Airport" not in seen[manager.role]
    assert "Abe Airport" in seen[alice.role]
    assert pages[ruth.role].status_code == 403


def test_places_of_a_month_come_page_by_page_and_narrowed(calendar, place, alice, as_, monkeypatch):
    far = make.unit(calendar.administration, "AIR", title="Airport", is_station=True)
    make_training.enrol(place.session, make.staff_member(far, code="A1", name="Abe Airport"))
    consents.approve(place, by=alice)
    monkeypatch.setattr(views, "LISTED", 2)

    def shown(**asked):
        page = as_(alice).get(at("station_plan"), asked)
        rows = [row for held in page.context["sessions"] for row in held.places]
        return [row.place.staff_member.code for row in rows], page.context["plan"].open

    assert [shown(page=number)[0] for number in (1, 2)] == [["A1", "P0"], ["P1"]]
    assert shown(unit="AIR") == (["A1"], 2)
    assert shown(state="open")[0] == ["A1", "P1"]
    assert shown(state="open", unit="PBC")[0] == ["P1"]
    waits = as_(alice).get(at("station_plan"), {"unit": "AIR"}).context["sessions"]
    assert [held.open for held in waits] == [1]


def test_places_are_answered_on_the_pages(calendar, place, manager, as_):
    client = as_(manager)

    client.post(at("place_approve", place.pk))
    approved = Consent.objects.get().state
    all_of = client.post(at("approve_all", place.session_id), follow=True).content.decode()
    empty = client.post(at("place_refuse", place.pk), {"reason": ""}).content.decode()
    client.post(at("place_refuse", place.pk), {"reason": "Short"})
    second = calendar.enrolments.get(staff_member__code="P1")
    swapped = client.get(at("place_swap", second.pk)).content.decode()

    assert approved == "approved"
    assert "1 person may go" in all_of
    assert "This field is required" in empty
    assert seated(place.session) == {"W1"}
    assert "in the session from" in swapped


def test_a_place_of_another_unit_is_found_by_nobody_else(calendar, place, mona, as_):
    make.scope(mona, unit=make.unit(calendar.administration, "AIR"))
    client = as_(mona)

    for name in ("place_approve", "place_refuse", "place_swap"):
        assert client.post(at(name, place.pk), {"reason": "x"}).status_code == 404
    client.post(at("approve_all", place.session_id))
    assert not Consent.objects.exists()


def test_the_waiting_list_is_shown_in_order_and_gives_places(calendar, place, alice, as_):
    client = as_(alice)
    page = client.get(at("waiting_list", place.session_id)).content.decode()
    far = make.unit(calendar.administration, "AIR", title="Airport", is_station=True)
    StaffMember.objects.filter(code="W2").update(unit=far)
    walt = StaffMember.objects.get(code="W2")

    client.post(at("waiting_list", place.session_id), {"person": walt.pk})
    wrong = client.post(at("waiting_list", place.session_id), {"person": "x"})

    assert page.index("Wendy Waits") < page.index("Walt Waits")
    assert seated(place.session) == {"P0", "W2"}
    assert wrong.status_code == 404


def test_answers_through_rest(calendar, place, manager, alice, ruth, as_):
    url = f"{ROOT}enrolments/{place.pk}/"
    client = as_(manager)

    listed = client.get(f"{ROOT}sessions/{place.session_id}/waiting/").json()
    approved = client.post(f"{url}approve/", **JSON).json()
    other = StaffMember.objects.get(code="P1")
    swapped = client.post(f"{url}swap/", {"other": other.pk}, **JSON)
    refused = client.post(f"{url}refuse/", {"reason": "Short"}, **JSON).json()

    assert [row["rank"] for row in listed] == [1, 2]
    assert approved["state"] == "approved"
    assert swapped.status_code == 204
    assert refused["given"] == StaffMember.objects.get(code="W1").pk
    assert as_(ruth).post(f"{url}approve/", **JSON).status_code == 403
    give = {"other": StaffMember.objects.get(code="W2").pk}
    waiting_url = f"{ROOT}sessions/{place.session_id}/waiting/"
    assert client.post(waiting_url, give, **JSON).status_code == 403


@pytest.mark.parametrize("name", ["station_plan", "waiting_list", "place_swap"])
def test_the_pages_of_the_plan_keep_to_fifteen_queries(
    name, calendar, place, manager, as_, django_assert_max_num_queries
):
    keys = {"waiting_list": [place.session_id], "place_swap": [place.pk]}.get(name, [])
    client = as_(manager)

    with django_assert_max_num_queries(15):
        assert client.get(at(name, *keys)).status_code == 200
