"""The calendar asked: its issues one by one, why not, and a year on one sheet."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests import make
from tests.training_calendar import make_training
from training_calendar.models import Closure, Leave
from training_calendar.usecases import calendars, poster, why
from training_calendar.usecases.issues import issues

pytestmark = [pytest.mark.whole]
FIRST = make_training.FIRST
DAY = timedelta(days=1)


@pytest.fixture
def calendar(customs):
    return make_training.plan(customs, sessions=2)


@pytest.fixture
def session(calendar):
    return calendar.sessions.first()


def at(name, **query):
    return reverse(f"training_calendar:{name}", args=["customs"]), query


def words(client, name, **query):
    return " ".join(client.get(*at(name, **query)).content.decode().split())


def broken(session):
    """Leave on both days of a session, found by a check."""
    person = session.enrolments.get().staff_member
    Leave.objects.create(staff_member=person, starts_on=FIRST, ends_on=FIRST + DAY)
    calendars.check_calendar(session.calendar)
    return person


def test_every_conflict_and_warning_is_one_issue_with_its_place(calendar, session, alice):
    person = broken(session)

    found = [one for _number, one in issues(calendar, member=alice).around]

    assert [one.blocks for one in found] == sorted((one.blocks for one in found), reverse=True)
    assert (found[0].told.rule, found[0].session, found[0].told.person) == (
        "H11", session.pk, person.pk
    )  # fmt: skip
    assert str(person) in found[0].told.place


def test_reviewers_read_issues_without_names(calendar, session, ruth):
    person = broken(session)

    found = [one for _number, one in issues(calendar, member=ruth).around]

    assert found[0].told.person is None
    assert str(person) not in found[0].told.place
    assert person.code not in found[0].told.place


def test_the_page_steps_from_issue_to_issue_and_leads_to_the_place(session, alice, as_):
    client = as_(alice)
    empty = words(client, "issues")
    broken(session)
    first, beyond = words(client, "issues"), words(client, "issues", at="99")

    assert "No conflict and no warning" in empty
    assert reverse("training_calendar:session", args=["customs", session.pk]) in first
    assert 'rel="prev"' not in first
    assert 'aria-current="true"' in beyond


def test_an_officer_without_a_place_is_told_the_rules_in_the_way_of_each_session(
    calendar, session, alice
):
    station = session.enrolments.get().staff_member.unit
    other = make.staff_member(
        station, session.enrolments.get().staff_member.profile, code="P9", name="Waits"
    )
    Leave.objects.create(staff_member=other, starts_on=FIRST, ends_on=FIRST)

    found = why.why_no_place(calendar, other, session.module, by=alice)

    rules = [{one.rule for one in tried.in_the_way} for tried in found.tries]
    assert (found.place, len(rules)) == (None, 2)
    assert rules[0] - rules[1] == {"H11"}


def test_an_officer_with_a_place_is_told_so_and_nothing_is_tried(calendar, session, alice):
    person = session.enrolments.get().staff_member

    found = why.why_no_place(calendar, person, session.module, by=alice)

    assert (found.place.session, found.tries) == (session, ())
    assert [need.is_met for need, _reason, _remedy in found.needs] == [True]


def test_a_module_without_a_session_names_the_reasons_of_its_needs(calendar, session, alice):
    person = session.enrolments.get().staff_member
    other = make_training.module(session.administration, "T09")
    session.calendar.plan.needs.filter(staff_member=person).update(
        module=other, is_met=False, reason="money"
    )

    found = why.why_no_session(calendar, other, by=alice)

    assert (found.sessions, [line.unmet for line in found.reasons]) == ((), [1])
    assert found.reasons[0].words == "no quarter has the money left"


def test_a_station_on_a_day_says_who_is_away_and_which_limit_holds(calendar, session, alice):
    person = session.enrolments.get().staff_member
    Leave.objects.create(staff_member=person, starts_on=FIRST, ends_on=FIRST)

    found = why.why_short(calendar, person.unit, FIRST, by=alice)

    assert [place.staff_member for place in found.training] == [person]
    assert [leave.staff_member for leave in found.leave] == [person]
    assert (found.in_training, found.on_leave) == (1, 1)


def test_the_three_questions_are_asked_on_one_page(session, alice, ruth, as_):
    client, person = as_(alice), session.enrolments.get().staff_member

    place = words(client, "why_not", ask="person", person=person.code, module=session.module_id)
    short = words(client, "why_not", ask="station", unit=person.unit_id, day="2016-04-04")
    sunday = words(client, "why_not", ask="station", unit=person.unit_id, day="2016-04-03")
    none = words(client, "why_not", ask="session", module=session.module_id)
    nobody = words(client, "why_not", ask="person", person="nobody", module=session.module_id)

    assert "There is a place:" in place
    assert f"{person}: <a" in short
    assert "That is no workday" in sunday
    assert session.code in none
    assert "Nobody in service has the number or name" in nobody
    assert as_(ruth).get(*at("why_not")).status_code == 403


def test_a_year_stands_on_one_sheet_with_its_closed_days(calendar, session, alice, as_):
    Closure.objects.create(
        administration=session.administration, scope=Closure.Scope.ALL,
        starts_on=date(2016, 5, 9), ends_on=date(2016, 5, 13),
    )  # fmt: skip

    found = poster.poster(calendar)
    april, may = found.months[3], found.months[4]

    assert (found.year, found.years, found.sessions) == (2016, (2016,), 2)
    assert {sum(cell.span for cell in lane) for month in found.months for lane in month.lanes} == {
        31
    }
    assert [(cell.span, cell.session.code) for cell in april.lanes[0] if cell.session] == [
        (2, "T01-16-00"), (2, "T01-16-01")
    ]  # fmt: skip
    assert [cell.state for cell in may.lanes[0][8:15]] == [*["closed"] * 5, "off", "off"]
    assert "T01-16-01" in words(as_(alice), "calendar_poster", year="2016")


@pytest.mark.parametrize("number", ["", "-1", "1999", "9" * 5000, "٢٠١٦"])
def test_an_address_with_a_number_that_makes_no_sense_shows_the_first(session, alice, as_, number):
    assert "T01-16-01" in words(as_(alice), "calendar_poster", year=number)
    assert as_(alice).get(*at("issues", at=number)).status_code == 200


def test_sessions_that_overlap_stand_in_lanes_of_their_own():
    assert poster.packed_lanes([(1, 3), (2, 2), (3, 5), (4, 4), (6, 6)]) == [[0, 3, 4], [1, 2]]
