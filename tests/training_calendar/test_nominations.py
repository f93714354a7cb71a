"""Nominations: by when names are due, who is told, that they were sent, and the application."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from competencies.models import StaffMember
from tests import make
from tests.training_calendar import make_training
from tests.training_calendar.make_training import DAY, FIRST
from training_calendar.analysis.nominating import due_on, state_of
from training_calendar.models import Mode, Module, Nomination, TrainingSession
from training_calendar.usecases import nominations
from training_calendar.usecases.nominations import courses, note_sent, pressing

JSON = {"content_type": "application/json"}


@pytest.mark.parametrize(
    ("stated", "lead", "due"),
    [
        (date(2016, 3, 1), 14, date(2016, 3, 1)),  # the provider's own day goes first
        (None, 14, date(2016, 3, 21)),
        (None, 0, None),  # nobody stated one: nothing is due
    ],
)
def test_names_are_due_as_the_provider_says_or_the_lead_time_before(stated, lead, due):
    assert due_on(date(2016, 4, 4), stated, lead) == due


def test_a_negative_lead_time_is_refused():
    with pytest.raises(ValueError, match="-1 days"):
        due_on(date(2016, 4, 4), None, -1)


@pytest.mark.parametrize(
    ("sent", "today", "state"),
    [
        (None, date(2016, 3, 6), "open"),
        (None, date(2016, 3, 7), "soon"),
        (None, date(2016, 3, 21), "soon"),  # the last day is one of them
        (None, date(2016, 3, 22), "overdue"),
        (date(2016, 3, 21), date(2016, 4, 1), "sent"),
        (date(2016, 3, 22), date(2016, 4, 1), "sent_late"),
    ],
)
def test_a_course_is_pressing_from_two_weeks_before_and_late_after_its_day(sent, today, state):
    assert state_of(date(2016, 3, 21), sent, today) == state


@pytest.fixture
def calendar(customs):
    made = make_training.plan(customs, sessions=2)
    Module.objects.update(lead_days=14)
    return made


@pytest.fixture
def taught(calendar):
    return Module.objects.get()


def at(customs, day):
    customs.as_of_fixed = day
    customs.save()


def words(response):
    return " ".join(response.content.decode().split())


@pytest.mark.whole
@pytest.mark.both
class TestNominations:
    def test_each_course_to_come_says_by_when_and_how_many(self, calendar, alice):
        found = courses(alice)

        assert [(one.due_on, one.people, one.sent) for one in found] == [
            (FIRST - timedelta(days=14), 1, 0),
            (FIRST - timedelta(days=7), 1, 0),
        ]

    def test_names_sent_are_noted_once_and_late_ones_stay_marked(
        self, calendar, taught, customs, alice, carol
    ):
        with pytest.raises(PermissionDenied):
            note_sent(customs, module=taught, starts_on=FIRST, by=carol)
        at(customs, FIRST - timedelta(days=13))

        assert note_sent(customs, module=taught, starts_on=FIRST, by=alice) == 1

        first = courses(alice)[0]
        assert (first.state, first.sent, first.late) == ("sent_late", 1, 1)
        with pytest.raises(ValidationError, match="sent before"):
            note_sent(customs, module=taught, starts_on=FIRST, by=alice)
        with pytest.raises(ValidationError, match="Nobody has a place"):
            note_sent(customs, module=taught, starts_on=FIRST + DAY, by=alice)

    def test_who_takes_a_place_over_has_to_be_named_anew(self, calendar, taught, customs, alice):
        note_sent(customs, module=taught, starts_on=FIRST, by=alice)
        place = calendar.sessions.order_by("code").first().enrolments.get()
        person = place.staff_member
        place.staff_member = make.staff_member(person.unit, person.profile)
        place.save()

        first = courses(alice)[0]

        assert (first.state, first.sent, first.people) == ("open", 0, 1)

    def test_no_day_stated_is_nothing_due(self, calendar, taught, customs, alice):
        taught.lead_days = 0
        taught.save()

        assert courses(alice) == ()
        with pytest.raises(ValidationError, match="No day is stated"):
            note_sent(customs, module=taught, starts_on=FIRST, by=alice)

    def test_a_provider_s_day_goes_before_the_lead_time_and_begun_courses_are_gone(
        self, calendar, taught, customs, alice
    ):
        session = calendar.sessions.order_by("code").first()
        session.offer = make_training.offer(taught)
        session.save()
        assert courses(alice)[0].due_on == date(2016, 3, 1)

        at(customs, FIRST + DAY)
        assert [one.starts_on for one in courses(alice)] == [FIRST + timedelta(days=7)]
        TrainingSession.objects.update(status="cancelled")
        assert courses(alice) == ()

    def test_the_first_page_and_the_outbox_tell_what_is_due_to_those_who_act(
        self, calendar, customs, alice, mona, stan, as_
    ):
        at(customs, FIRST - timedelta(days=20))
        pages = ["/customs/", reverse("training_calendar:outbox", args=["customs"])]
        assert all("names by 21 March 2016" in words(as_(alice).get(page)) for page in pages)
        assert pressing(stan) == ()
        assert pressing(mona) == ()
        make.scope(mona, unit=StaffMember.objects.get(code="P0").unit)
        assert "Names are due" in words(as_(mona).get("/customs/"))

        at(customs, FIRST - timedelta(days=13))
        assert "the names were due on 21 March 2016" in words(as_(alice).get("/customs/"))

    def test_the_list_names_the_units_that_have_not_answered(self, calendar, alice, ruth, as_):
        page = reverse("training_calendar:nomination_list", args=["customs"])

        assert "Port station" in words(as_(alice).get(page))
        assert "No course fits" in words(as_(alice).get(f"{page}?state=sent"))
        assert as_(ruth).get(page).status_code == 403

    def test_names_are_noted_as_sent_on_the_page_and_by_rest(
        self, calendar, taught, alice, mona, as_
    ):
        data = {"module": taught.pk, "starts_on": FIRST.isoformat()}
        page = reverse("training_calendar:nominations_sent", args=["customs"])
        assert as_(mona).post(page, data).status_code == 403
        as_(alice).post(page, data)
        assert Nomination.objects.get().sent_on == date(2016, 2, 12)

        root = "/api/v1/customs/nominations/"
        again = as_(alice).post(f"{root}sent/", data, **JSON)
        later = data | {"starts_on": (FIRST + timedelta(days=7)).isoformat()}
        sent = as_(alice).post(f"{root}sent/", later, **JSON)
        assert (again.status_code, sent.json()) == (400, {"sent": 1})
        assert [row["state"] for row in as_(alice).get(root).json()] == ["sent", "sent"]

    def test_the_application_is_filled_from_the_records_and_the_rest_is_blank(
        self, calendar, taught, alice, mona, stan, as_
    ):
        Module.objects.update(mode=Mode.EXTERNAL)
        session = calendar.sessions.order_by("code").first()
        person = session.enrolments.get().staff_member
        person.born_on = date(1980, 5, 1)
        person.save()
        page = reverse(
            "training_calendar:application", args=["customs", session.enrolments.get().pk]
        )
        detail = reverse("training_calendar:session", args=["customs", session.pk])

        told = words(as_(alice).get(page))

        assert page in words(as_(alice).get(detail))
        assert "Nominee 0" in told
        assert "1 May 1980" in told
        assert "not assessed, the work asks for 2; the course leads to 2" in told
        assert '<span class="blank">' in told  # nobody knows the rank
        assert as_(mona).get(page).status_code == 404
        make.scope(mona, unit=person.unit)
        assert "1 May 1980" not in words(as_(mona).get(page))
        assert as_(stan).get(page).status_code == 403

    def test_the_page_asks_few_questions_however_many_courses(
        self, calendar, alice, as_, django_assert_max_num_queries
    ):
        client = as_(alice)
        with django_assert_max_num_queries(15):
            client.get(reverse("training_calendar:nomination_list", args=["customs"]))
        assert nominations.courses(alice)
