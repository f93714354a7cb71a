"""Where a session could be held instead: greyed days, ranked places, and what a move would do."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from hrplan.core.models import Run
from tests.training_calendar import make_training
from training_calendar.models import Consent, Leave, Trainer, TrainingSession, Venue
from training_calendar.usecases import foreseeing, moves, places, unplaced
from training_calendar.usecases.places import Wish

pytestmark = [pytest.mark.whole]
JSON = {"content_type": "application/json"}
WEEK = timedelta(days=7)
FIRST = make_training.FIRST


@pytest.fixture
def calendar(customs):
    return make_training.plan(customs, sessions=2)


@pytest.fixture
def session(calendar):
    return calendar.sessions.first()


@pytest.fixture
def second_room(session):
    return Venue.objects.create(
        administration=session.administration, code="V2", title="Room two", region="BZC",
        kind="classroom", capacity=12,
    )  # fmt: skip


def url(name, session):
    return reverse(f"training_calendar:{name}", args=["customs", session.pk])


def test_days_are_greyed_with_their_reasons_for_the_session_held(session, alice):
    found = places.blocked_days(session, by=alice)

    second = (FIRST + WEEK).isoformat()
    assert set(found.days[second]) >= {"H04", "H05"}  # the other session has room and trainer
    assert found.days["2016-04-09"][0] == "H01"  # a Saturday
    assert "2016-04-20" not in found.days
    assert set(found.words) >= {"H01", "H04", "H05"}
    assert "H01" in found.closed


def test_places_come_by_what_is_in_the_way_and_how_near_they_are(session, alice):
    found = places.nearest_places(session, by=alice)

    assert [place.wish.starts_on for place in found[:3]] == [
        date(2016, 4, 5), date(2016, 4, 6), date(2016, 4, 7)
    ]  # fmt: skip
    assert {place.in_the_way for place in found} == {()}
    assert (found[0].venue, found[0].trainer) == ("Room one", "Tina Trainer")
    assert (found[0].other_venue, found[0].cost_change) == (False, 0.0)


def test_a_free_place_says_what_follows(session, alice):
    Consent.objects.create(
        administration=session.administration, session=session, by=alice, on=FIRST,
        staff_member=session.enrolments.get().staff_member, starts_on=session.starts_on,
        state="approved",
    )  # fmt: skip

    found = foreseeing.foresee(session, Wish(FIRST + 2 * WEEK), by=alice)

    assert (found.in_the_way, found.is_closed) == ((), False)
    assert found.ends_on == FIRST + 2 * WEEK + timedelta(days=1)
    assert any("asked for again" in words for words in found.effects)


def test_what_is_in_the_way_is_told_with_names_before_anything_is_changed(session, alice):
    person = session.enrolments.get().staff_member
    day = FIRST + 2 * WEEK
    Leave.objects.create(staff_member=person, starts_on=day, ends_on=day)

    found = foreseeing.foresee(session, Wish(day), by=alice)
    closed = foreseeing.foresee(session, Wish(date(2016, 4, 9)), by=alice)

    assert [(one.rule, str(person) in one.place) for one in found.in_the_way] == [("H11", True)]
    assert closed.is_closed
    assert not Run.objects.exists()


def test_a_session_is_moved_to_another_room_on_its_own_day(session, second_room, alice):
    moves.move_session(
        session, starts_on=session.starts_on, venue="V2", reason="Projector", by=alice
    )

    session.refresh_from_db()
    assert (session.venue, session.starts_on, session.is_pinned) == (second_room, FIRST, True)


def test_a_room_that_is_taken_is_not_changed_for_another_where_it_was_asked_for(
    session, second_room, alice
):
    free = foreseeing.foresee(session, Wish(FIRST + WEEK, "V2"), by=alice)
    taken = foreseeing.foresee(session, Wish(FIRST + WEEK, "V1"), by=alice)

    told = [{one.rule for one in found.in_the_way} for found in (free, taken)]
    assert told[1] - told[0] == {"H04"}
    assert (free.venue, taken.venue) == ("Room two", "Room one")


@pytest.mark.parametrize("wish", [Wish(FIRST), Wish(FIRST, "V1"), Wish(FIRST + WEEK, "nowhere")])
def test_a_place_that_is_its_own_or_is_not_known_is_refused(wish, session, alice):
    with pytest.raises(ValidationError):
        foreseeing.foresee(session, wish, by=alice)


def test_only_the_hr_officer_looks_for_places(session, carol, mallory):
    for member in (carol, mallory):
        with pytest.raises(PermissionDenied):
            places.blocked_days(session, by=member)
        with pytest.raises(PermissionDenied):
            foreseeing.foresee(session, Wish(FIRST + 2 * WEEK), by=member)


def test_the_page_shows_places_then_what_one_would_do_then_moves(session, alice, as_):
    client = as_(alice)

    listed = client.get(url("move", session), {"places": "1"}).content.decode()
    shown = client.get(url("move", session), {"starts_on": "2016-04-20"}).content.decode()
    part = client.get(
        url("move", session), {"starts_on": "2016-04-09"}, HTTP_HX_REQUEST="true"
    ).content.decode()
    wrong = client.get(url("move", session), {"starts_on": "soon"}).content.decode()
    done = client.post(url("move", session), {"starts_on": "2016-04-20", "reason": "Room"})

    assert "?starts_on=2016-04-05" in listed
    assert "nothing is in the way" in shown
    assert "Move the session" in shown
    assert ("cannot be held then" in part, "<html" in part) == (True, False)
    assert "Enter a valid date" in wrong
    assert (done.status_code, Run.objects.get().kind) == (302, "move")


def test_the_same_questions_are_answered_by_rest(session, alice, ruth, as_):
    root = f"/api/v1/customs/sessions/{session.pk}/"
    client = as_(alice)

    blocked = client.post(f"{root}blocked/", {}, **JSON).json()
    ranked = client.post(f"{root}places/", {}, **JSON).json()
    told = client.post(f"{root}foresee/", {"starts_on": "2016-04-09"}, **JSON).json()

    assert blocked["days"]["2016-04-09"][0] == "H01"
    assert ranked[0]["wish"]["starts_on"] == "2016-04-05"
    assert told["in_the_way"][0]["rule"] == "H01"
    assert as_(ruth).post(f"{root}blocked/", {}, **JSON).status_code == 403


def test_only_who_may_change_the_calendar_is_given_sessions_to_drag(session, alice, carol, as_):
    month = reverse("training_calendar:calendar_month", args=["customs"])
    events = reverse("training_calendar:calendar_events", args=["customs"])

    pages = [as_(member).get(month).content.decode() for member in (alice, carol)]
    told = [as_(member).get(events).json() for member in (alice, carol)]

    assert [f'data-drag="{session.pk}"' in page for page in pages] == [True, False]
    assert [one["events"][0]["startEditable"] for one in told] == [True, False]
    assert told[0]["resources"][0]["extendedProps"] == {"venue": "V1"}


def test_a_venue_and_a_trainer_without_a_session_are_rows_to_drop_on_for_who_may(
    session, alice, carol, as_
):
    events = reverse("training_calendar:calendar_events", args=["customs"])
    owner = session.administration
    Venue.objects.create(
        administration=owner, code="V9", title="Empty room", region="R1", kind="room", capacity=9
    )
    Trainer.objects.create(administration=owner, code="I9", name="Idle Trainer", region="R1")

    def rows(member, **query):
        told = as_(member).get(events, {"quarter": "", **query}).json()["resources"]
        return {row["title"]: row["extendedProps"] for row in told}

    assert rows(alice)["Empty room"] == {"venue": "V9"}
    assert rows(alice, by="trainer")["Idle Trainer"] == {"trainer": "I9"}
    assert "Empty room" not in rows(carol)
    assert "Empty room" not in rows(alice, module=session.module.code)
    assert set(rows(alice, by="module")) == {session.module.title}


def test_what_has_no_date_stands_beside_the_month_with_its_reason(session, alice, carol, as_):
    other = make_training.module(session.administration, "T09")
    plan = session.calendar.plan
    plan.needs.filter(staff_member__code="P0").update(module=other, is_met=False, reason="money")
    TrainingSession.objects.filter(code="T01-16-01").update(status="cancelled")
    month = reverse("training_calendar:calendar_month", args=["customs"])

    found = unplaced.unplaced(session.calendar)
    pages = [as_(member).get(month).content.decode() for member in (alice, carol)]

    assert [(one.code, one.needs, one.reason) for one in found.modules] == [
        ("T09", 1, "no quarter has the money left")
    ]
    assert [one.code for one in found.cancelled] == ["T01-16-01"]
    assert ["Without a date: 2" in page for page in pages] == [True, False]
