"""The last change by hand taken back: what comes back, and when it is refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from competencies.usecases import people
from hrplan.core.models import AuditEntry
from tests.training_calendar import make_training
from training_calendar.models import (
    CalendarChange,
    Consent,
    Enrolment,
    HandChange,
    Leave,
    TrainingSession,
)
from training_calendar.usecases import changes, consents, moves, undoing

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


def stands(calendar):
    """Everything of the sessions and places that an undo has to bring back."""
    rows = TrainingSession.objects.filter(calendar=calendar).order_by("code")
    seats = Enrolment.objects.filter(calendar=calendar).order_by("staff_member__code")
    return (
        list(rows.values_list("code", "starts_on", "ends_on", "venue", "status", "is_pinned")),
        list(seats.values_list("staff_member__code", "session__code", "starts_on", "is_pinned")),
    )


def moved(session, alice):
    moves.move_session(session, starts_on=FIRST + 3 * WEEK, reason="Ill", by=alice)


def cancelled(session, alice):
    changes.cancel_session(session, reason="Storm", by=alice)


def pinned(session, alice):
    changes.pin_session(session, pinned=True, by=alice)


def kept_back(session, alice):
    place = session.enrolments.get()
    consents.approve(place, by=alice)
    consents.refuse(place, reason="Harvest", by=alice)


@pytest.mark.parametrize("change", [moved, cancelled, pinned, kept_back])
def test_the_last_change_is_taken_back_whole_and_on_record(change, session, calendar, alice):
    before = stands(calendar)
    change(session, alice)
    assert stands(calendar) != before or change is kept_back
    found = undoing.undoable(calendar)

    undoing.undo(found.change, by=alice)

    assert stands(calendar) == before
    assert found.lines
    assert "taken back" in CalendarChange.objects.last().what
    assert AuditEntry.objects.filter(action="undo").count() == 1
    assert undoing.undoable(calendar) is None


def test_the_answer_of_a_station_comes_back_with_the_place(session, calendar, alice):
    kept_back(session, alice)
    assert Consent.objects.get().state == "refused"

    undoing.undo(undoing.undoable(calendar).change, by=alice)

    assert not Consent.objects.filter(state="refused").exists()
    assert session.enrolments.count() == 1


def test_changes_are_taken_back_one_after_the_other(session, calendar, alice):
    before = stands(calendar)
    moved(session, alice)
    session.refresh_from_db()
    changes.pin_session(session, pinned=False, by=alice)
    first = HandChange.objects.last()

    with pytest.raises(ValidationError, match="Only the last change"):
        undoing.undo(first, by=alice)
    while found := undoing.undoable(calendar):
        undoing.undo(found.change, by=alice)

    assert stands(calendar) == before
    with pytest.raises(ValidationError, match="Only the last change"):
        undoing.undo(HandChange.objects.last(), by=alice)


def test_what_would_break_a_rule_now_is_refused_with_the_rule(session, calendar, alice):
    moved(session, alice)
    person = session.enrolments.get().staff_member
    Leave.objects.create(staff_member=person, starts_on=FIRST, ends_on=FIRST)
    before = stands(calendar)

    with pytest.raises(ValidationError, match="while on leave"):
        undoing.undo(undoing.undoable(calendar).change, by=alice)

    assert stands(calendar) == before
    assert undoing.undoable(calendar) is not None


def test_a_calendar_that_was_changed_otherwise_is_left_alone(session, calendar, alice):
    moved(session, alice)
    TrainingSession.objects.filter(pk=session.pk).update(is_pinned=False)

    with pytest.raises(ValidationError, match="changed otherwise"):
        undoing.undo(undoing.undoable(calendar).change, by=alice)


def test_a_session_that_has_begun_stays(session, calendar, alice, customs):
    moved(session, alice)
    customs.as_of_fixed = FIRST + WEEK
    customs.save()
    change = HandChange.objects.select_related("calendar__administration").get()

    with pytest.raises(ValidationError, match="begun already"):
        undoing.undo(change, by=alice)


def test_the_page_and_rest_take_the_last_change_back(session, calendar, alice, as_):
    client, page = as_(alice), reverse("training_calendar:undo", args=["customs"])
    root = f"/api/v1/customs/calendars/{calendar.pk}/"
    empty = client.get(page).content.decode()
    pinned(session, alice)
    shown = client.get(page).content.decode()

    done = client.post(page, {"change": HandChange.objects.get().pk}, follow=True)
    pinned(session, alice)
    (last, _first) = client.get(f"{root}changes/").json()
    undone = client.post(f"{root}undo/", {"change": last["pk"]}, **JSON)

    assert "Nothing was changed by hand" in empty
    assert "no longer pinned" in shown
    assert "The change is taken back." in done.content.decode()
    assert (undone.status_code, undone.json()["undone_on"]) == (200, "2016-02-12")
    assert client.post(page, {"change": "none"}).status_code == 404


def test_only_the_hr_officer_takes_changes_back(session, calendar, alice, carol, mallory, as_):
    pinned(session, alice)
    change = undoing.undoable(calendar).change

    for member in (carol, mallory):
        with pytest.raises(PermissionDenied):
            undoing.undo(change, by=member)
    page = reverse("training_calendar:undo", args=["customs"])
    assert as_(carol).get(page).status_code == 403
    assert as_(mallory).post(page, {"change": change.pk}).status_code == 404


def test_what_was_written_of_a_person_is_forgotten_in_changes_by_hand_too(session, calendar, alice):
    person = session.enrolments.get().staff_member
    kept_back(session, alice)
    assert "Harvest" in str(HandChange.objects.values_list("before", "after"))
    person.left_on = calendar.administration.as_of
    person.save()

    people.forget_person(person, by=alice)

    assert "Harvest" not in str(HandChange.objects.values_list("before", "after"))
