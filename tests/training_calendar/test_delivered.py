"""Planned against delivered: sessions as first told beside what came of them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from competencies.models import Assessment, Competency
from tests.training_calendar import make_training
from tests.training_calendar.make_training import FIRST, LAST, WEEK
from training_calendar.analysis.delivered import Lifted, Measure, Sum, gap_effect, summed
from training_calendar.models import TrainingSession
from training_calendar.usecases import releases
from training_calendar.usecases.attending import Said, record_list
from training_calendar.usecases.delivered import delivered, note_cost

JSON = {"content_type": "application/json"}
PAGE = "/customs/calendar/delivered/"


def test_what_is_not_known_is_left_out_of_both_sides_and_counted():
    found = summed([Measure(10, 8), Measure(20, None), Measure(5, 5)])

    assert found == Sum(planned=15, delivered=13, n=2, missing=1)
    assert found.difference == -2
    assert found.share == pytest.approx(13 / 15)
    assert summed([]).share is None


def test_the_effect_on_the_gap_counts_levels_rated_since_and_a_fall_as_one():
    pairs = [Lifted(1, 3, 2.5), Lifted(0, 2, None), Lifted(2, 3, 1)]

    found = gap_effect(pairs)

    assert (found.planned, found.delivered, found.n, found.missing) == (3, 0.5, 2, 1)


@pytest.fixture
def calendar(customs, carol):
    made = make_training.plan(customs, sessions=3)
    releases.release(made, name="First", reason="Planned", by=carol)
    return made


def over(customs, calendar, day=LAST):
    customs.as_of_fixed = day
    customs.save()
    return customs


def words(response):
    return " ".join(response.content.decode().split())


@pytest.mark.whole
@pytest.mark.both
class TestDelivered:
    def test_a_session_is_known_once_the_attendance_of_all_is(self, customs, alice):
        session = make_training.on(make_training.six_people(customs), LAST)
        owner = session.administration
        places = list(session.enrolments.values_list("pk", flat=True))

        record_list(session, {pk: Said(Decimal(12), True) for pk in places[:5]}, by=alice)
        assert delivered(owner).seats.missing == 1

        record_list(session, {places[5]: Said(Decimal(0), False)}, by=alice)
        seats = delivered(owner).seats
        assert (seats.delivered, seats.missing) == (5, 0)

    def test_nothing_is_told_of_sessions_that_are_not_over(self, calendar, customs, alice, as_):
        found = delivered(customs)

        assert (found.lines, found.ahead, found.seats.n) == ((), 3, 0)
        assert "3 sessions are to come" in words(as_(alice).get(PAGE))

    def test_dates_seats_hours_and_cost_stand_beside_what_was_first_told(
        self, calendar, customs, alice, carol
    ):
        first, second, third = calendar.sessions.order_by("code")
        later = {"starts_on": second.starts_on + WEEK, "ends_on": second.ends_on + WEEK}
        TrainingSession.objects.filter(pk=second.pk).update(**later)
        second.enrolments.update(**later)
        TrainingSession.objects.filter(pk=third.pk).update(status="cancelled")
        releases.release(calendar, name="Second", reason="Moved", by=carol)
        owner = over(customs, calendar)
        place = first.enrolments.get()
        first.refresh_from_db()
        record_list(first, {place.pk: Said(Decimal(9), True)}, by=alice)
        note_cost(TrainingSession.objects.get(pk=first.pk), cost_paid=Decimal(150), by=alice)

        found = delivered(owner)

        one, two, three = found.lines
        assert (one.seats, one.hours, one.cost) == (
            Measure(1, 1),
            Measure(12, 9),
            Measure(120, 150),
        )
        assert (two.late, two.planned_from, two.seats) == (7, FIRST + WEEK, Measure(1, None))
        assert (three.is_cancelled, three.seats, three.late) == (True, Measure(1, 0), None)
        assert (found.moved, found.cancelled, found.ahead) == (1, 1, 0)
        assert found.seats == Sum(2, 1, 2, 1)
        assert found.cost == Sum(240, 150, 2, 1)

    def test_a_span_holds_the_sessions_first_told_in_it(self, calendar, customs):
        owner = over(customs, calendar)

        assert len(delivered(owner, (FIRST, FIRST + timedelta(days=6))).lines) == 1

    def test_the_gap_closes_by_a_rating_made_since_and_not_by_attendance(
        self, calendar, customs, alice
    ):
        owner = over(customs, calendar)
        for session in calendar.sessions.select_related("administration"):
            place = session.enrolments.get()
            record_list(session, {place.pk: Said(Decimal(12), True)}, by=alice)
        assert delivered(owner).gap == Sum(0, 0, 0, 3)
        person = calendar.sessions.order_by("code").first().enrolments.get().staff_member
        Assessment.objects.create(
            administration=owner, staff_member=person, competency=Competency.objects.get(code="O1"),
            source="validated", level=Decimal(1), rated_on=date(2016, 5, 1), by=alice,
        )  # fmt: skip

        assert delivered(owner).gap == Sum(2, 1, 1, 2)

    def test_only_the_hr_officer_says_what_a_session_cost_and_not_before_it(
        self, calendar, customs, alice, carol, as_
    ):
        session = calendar.sessions.order_by("code").first()
        with pytest.raises(PermissionDenied):
            note_cost(session, cost_paid=Decimal(1), by=carol)
        with pytest.raises(ValidationError, match="not begun"):
            note_cost(session, cost_paid=Decimal(1), by=alice)
        over(customs, calendar)
        page = reverse("training_calendar:session_cost", args=["customs", session.pk])
        assert "number that is not below 0" in words(
            as_(alice).post(page, {"cost_paid": "-1"}, follow=True)
        )
        as_(alice).post(page, {"cost_paid": "130.50"})
        session.refresh_from_db()
        assert session.cost_paid == Decimal("130.50")

        rest = f"/api/v1/customs/sessions/{session.pk}/cost/"
        assert as_(alice).post(rest, {"cost_paid": None}, **JSON).status_code == 204
        session.refresh_from_db()
        assert session.cost_paid is None

    def test_the_page_and_rest_tell_the_same_to_those_inside_with_few_questions(
        self, calendar, customs, alice, mona, ruth, as_, django_assert_max_num_queries
    ):
        over(customs, calendar)
        for session in calendar.sessions.select_related("administration"):
            place = session.enrolments.get()
            record_list(session, {place.pk: Said(Decimal(12), True)}, by=alice)
        client = as_(alice)
        with django_assert_max_num_queries(15):
            page = words(client.get(PAGE))
        assert "3 levels that were to be lifted are not rated since" in page
        assert "T01-16-00 Module T01" in page
        assert "No session of this quarter" not in words(client.get(f"{PAGE}?quarter=2016/17 Q1"))
        assert as_(ruth).get(PAGE).status_code == 403

        found = as_(mona).get("/api/v1/customs/delivered/").json()
        assert (found["seats"]["delivered"], found["gap"]["missing"]) == (3, 3)
