"""Evaluation at its dates: learning, use at work, what is taught back; who answers, who reads."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from competencies.usecases import people
from tests import make
from tests.training_calendar import make_training
from tests.training_calendar.make_training import on
from training_calendar.analysis.evaluating import (
    Figure,
    confirmed_use,
    learning_gain,
    pooled,
    taught_back,
    told,
)
from training_calendar.models import BehaviourReport, Enrolment, Feedback, Module, TeachBack
from training_calendar.usecases import evaluating
from training_calendar.usecases.attending import Said, record_list
from training_calendar.usecases.evaluation_figures import evaluation_figures, session_results

JSON = {"content_type": "application/json"}


def test_learning_is_what_was_gained_of_what_could_be():
    assert learning_gain([(40, 70), (60, 70), (None, 90), (50, None)]) == Figure(0.4, 2, 2)
    assert learning_gain([(50, 30)]) == Figure(-0.4, 1, 0)  # who fell, fell
    assert learning_gain([(100, 100)]) == Figure(None, 1, 0)  # nothing was left to gain
    assert learning_gain([]) == Figure(None, 0, 0)


def test_a_result_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="0 to 100"):
        learning_gain([(10, 101)])


def test_who_had_no_occasion_answers_and_does_not_use_it():
    said = ["regular", "sometimes", "not", "no_occasion", None]
    assert confirmed_use(said) == Figure(0.5, 4, 1)


def test_a_figure_of_few_is_withheld_and_one_of_nobody_is_not():
    assert told(Figure(0.5, 4, 1), 5) is None
    assert told(Figure(None, 0, 3), 5) == Figure(None, 0, 3)
    assert told(Figure(0.5, 4, 1), None) == Figure(0.5, 4, 1)


def test_figures_are_put_together_by_the_people_behind_them():
    assert pooled([Figure(4.0, 10, 1), Figure(1.0, 5, 0), Figure(None, 0, 7)]) == Figure(3.0, 15, 8)


def test_what_is_taught_back_counts_in_time_to_the_thirtieth_day():
    ended = date(2016, 4, 1)
    rows = [
        (ended, date(2016, 5, 1)),  # the thirtieth day
        (ended, date(2016, 5, 2)),
        (ended, None),  # overdue
        (date(2016, 5, 20), None),  # not due yet
    ]

    found = taught_back(rows, date(2016, 6, 1))

    assert (found.returned, found.held, found.in_time, found.overdue) == (4, 2, 1, 1)
    assert found.share == pytest.approx(1 / 3)
    assert taught_back([], date(2016, 6, 1)).share is None


@pytest.fixture
def session(customs):
    return make_training.six_people(customs)


@pytest.fixture
def attended(session, alice):
    """Six completed it; the test was 40 before and 70 after, of one nobody knows the first."""
    on(session, session.ends_on)
    places = list(session.enrolments.order_by("staff_member__code"))
    said = {place.pk: Said(Decimal(12), True, 70, 40) for place in places}
    said[places[0].pk] = Said(Decimal(12), True, 70)
    record_list(session, said, by=alice)
    return places


def fresh(place):
    return Enrolment.objects.select_related("calendar__administration").get(pk=place.pk)


def months_later(session):
    return on(session, session.ends_on + timedelta(days=125))


def words(response):
    return " ".join(response.content.decode().split())


PAGE = "/customs/evaluation/"


@pytest.mark.whole
@pytest.mark.both
class TestEvaluation:
    def test_the_supervisor_is_asked_months_later_of_those_who_completed(
        self, session, attended, alice, mona
    ):
        assert evaluating.behaviour_due(alice) == ()
        months_later(session)
        member = type(alice).objects.select_related("administration").get(pk=alice.pk)

        due = evaluating.behaviour_due(member)

        assert len(due) == 6
        assert {row.due_on for row in due} == {date(2016, 8, 5)}
        assert evaluating.behaviour_due(mona) == ()

    def test_only_who_leads_the_person_answers_and_not_before_its_day(
        self, session, attended, alice, carol, mona
    ):
        place = fresh(attended[0])
        with pytest.raises(ValidationError, match="asked from 2016-08-05 on"):
            evaluating.report_behaviour(place, use="regular", by=alice)
        months_later(session)
        for member in (carol, mona):
            with pytest.raises(PermissionDenied):
                evaluating.report_behaviour(fresh(place), use="regular", by=member)
        make.scope(mona, unit=place.staff_member.unit)

        evaluating.report_behaviour(fresh(place), use="regular", words="Two cases", by=mona)
        evaluating.report_behaviour(fresh(place), use="not", by=mona)

        assert BehaviourReport.objects.get().use == "not"  # said again it stands in its place

    def test_nobody_answers_of_themselves(self, session, attended, mona):
        months_later(session)
        place = fresh(attended[0])
        make.scope(mona, unit=place.staff_member.unit, staff_member=place.staff_member)

        with pytest.raises(PermissionDenied):
            evaluating.report_behaviour(place, use="regular", by=mona)

    def test_the_figures_say_n_and_missing_and_managers_see_no_small_ones(
        self, session, attended, alice, mona
    ):
        months_later(session)
        for place in attended[:4]:
            evaluating.report_behaviour(fresh(place), use="regular", by=alice)
        owner = session.administration
        alice.administration = mona.administration = owner

        office, manager = evaluation_figures(alice), evaluation_figures(mona)

        assert office.learning == Figure(0.5, 5, 1)
        assert office.behaviour == Figure(1.0, 4, 2)
        assert manager.learning == Figure(0.5, 5, 1)
        assert manager.lines[0].behaviour is None  # four stand behind it
        assert manager.behaviour == Figure(None, 0, 0)
        assert office.reaction == Figure(None, 0, 6)
        assert session_results(session.enrolments.all(), 5) == {
            2: "gain of 50 % of the possible (n = 5, 1 missing)"
        }

    def test_reactions_of_a_session_with_few_answers_are_missing_to_everybody(
        self, session, attended, alice
    ):
        months_later(session)
        alice.administration = session.administration
        for _answer in range(4):
            Feedback.objects.create(session=session, scores=[5] * 8)
        assert evaluation_figures(alice).reaction == Figure(None, 0, 6)
        Feedback.objects.create(session=session, scores=[4] * 8)

        assert evaluation_figures(alice).reaction == Figure(pytest.approx(4.8), 5, 1)

    def test_a_course_outside_is_taught_back_and_any_other_is_not(
        self, session, attended, alice, customs
    ):
        place = fresh(attended[0])
        alice.administration = session.administration
        day = session.ends_on
        with pytest.raises(ValidationError, match="course outside"):
            evaluating.note_teach_back(place, held_on=day, people=5, by=alice)
        Module.objects.update(mode="external")
        assert {row.due_on for row in evaluating.teach_back_due(alice)} == {day + timedelta(30)}
        with pytest.raises(ValidationError, match="to today"):
            evaluating.note_teach_back(place, held_on=day + timedelta(1), people=5, by=alice)

        evaluating.note_teach_back(place, held_on=day, people=5, by=alice)

        assert len(evaluating.teach_back_due(alice)) == 5
        assert evaluation_figures(alice).back.share == 1

    def test_words_about_who_is_forgotten_go_and_the_answer_stays(self, session, attended, alice):
        months_later(session)
        place = fresh(attended[0])
        evaluating.report_behaviour(place, use="regular", words="Quick of mind", by=alice)
        person = place.staff_member
        (told,) = people.person_data(person, by=alice)["behaviour report"]
        assert "Quick of mind" in told.values()  # the person may ask
        person.left_on = session.administration.as_of
        person.save()

        people.forget_person(person, by=alice)

        assert list(BehaviourReport.objects.values_list("use", "words")) == [("regular", "")]

    def test_the_page_lists_what_is_due_and_opens_the_forms(
        self, session, attended, alice, mona, ruth, stan, as_, django_assert_max_num_queries
    ):
        months_later(session)
        Module.objects.update(mode="external")
        client = as_(alice)
        with django_assert_max_num_queries(15):
            page = words(client.get(PAGE))
        place = attended[0]
        forms = [reverse(f"training_calendar:{name}", args=["customs", place.pk])
                 for name in ("behaviour", "teach_back")]  # fmt: skip
        assert all(form in page for form in forms)
        assert "T01-16-00 Module T01" in page  # a result before is missing
        assert {as_(one).get(PAGE).status_code for one in (ruth, stan)} == {403}
        assert as_(mona).get(forms[0]).status_code == 404

        assert "Competency O1: level 2 proposed" in words(client.get(forms[0]))
        client.post(forms[0], {"use": "sometimes", "has_sample": "on"})
        assert "to today" in words(client.post(forms[1], {"held_on": "2017-01-01", "people": 3}))
        client.post(forms[1], {"held_on": "2016-05-01", "people": 3})

        assert BehaviourReport.objects.get().has_sample
        assert TeachBack.objects.get().people == 3

    def test_the_list_takes_results_before_and_after(self, session, alice, as_):
        on(session, session.ends_on)
        page = reverse("training_calendar:attendance_list", args=["customs", session.pk])
        data = {}
        for place in session.enrolments.all():
            data |= {f"hours-{place.pk}": 12, f"before-{place.pk}": 30, f"result-{place.pk}": 65}

        as_(alice).post(page, data)

        assert evaluation_figures(
            type(alice).objects.select_related("administration").get(pk=alice.pk)
        ).learning == Figure(0.5, 6, 0)

    def test_rest_answers_as_the_pages_do(self, session, attended, alice, mona, as_):
        months_later(session)
        Module.objects.update(mode="external")
        place = attended[0]
        root = "/api/v1/customs"
        own = f"{root}/enrolments/{place.pk}"
        due = as_(alice).get(f"{root}/evaluation/behaviour/").json()
        said = as_(alice).post(f"{own}/behaviour/", {"use": "not"}, **JSON)
        back = {"held_on": "2016-05-01", "people": 4}
        taught = as_(alice).post(f"{own}/teach-back/", back, **JSON)

        assert (len(due), said.json()["use"], taught.json()["people"]) == (6, "not", 4)
        assert as_(mona).post(f"{own}/behaviour/", {"use": "not"}, **JSON).status_code == 404
        figures = as_(alice).get(f"{root}/evaluation/").json()
        assert figures["behaviour"] == {"value": 0.0, "n": 1, "missing": 5}
        assert len(as_(alice).get(f"{root}/evaluation/teach-back/").json()) == 5
