"""Tables put to the vote: their rows are voted on like questions, and taken over as settled."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from competencies.models import Requirement
from diagnostics import frames
from diagnostics.models import Agreement, Question, Questionnaire
from diagnostics.tables import DOORS
from diagnostics.usecases import beginning, minutes, results, rounds, tables, votes
from tests import make
from tests.diagnostics import make_diagnostics

pytestmark = pytest.mark.django_db


@pytest.fixture
def profile(customs):
    made = make.profile(make.framework(customs, ("C1", "C2")), code="P07", C1=2, C2=3)
    Requirement.objects.filter(profile=made).update(critical=True)
    return made


@pytest.fixture
def exercise(customs):
    return make_diagnostics.exercise(customs)


@pytest.fixture
def put(exercise, profile, alice):
    return tables.put_to_vote(exercise, "levels:P07", by=alice)


def settle(exercise, form, level, row="C1"):
    workshop = exercise.workshops.first() or make_diagnostics.workshop(exercise)
    code = next(code for code, named in form.references["rows"].items() if named == row)
    question = Question.objects.get(domain__questionnaire=form, code=code)
    return Agreement.objects.create(workshop=workshop, question=question, level=level)


def test_each_row_of_a_profile_becomes_a_question_with_the_levels_own_words(put, exercise):
    asked = [q for q in frames.asked(exercise) if q.domain.questionnaire_id == put.pk]

    assert [(q.code, put.references["rows"][q.code]) for q in asked] == [
        ("T1.1", "C1"),
        ("T1.2", "C2"),
    ]
    assert [level["level"] for level in put.scale] == [int(k) for k in sorted(asked[0].anchors)]
    assert all(q.anchors["0"] == "The work does not ask for it." for q in asked)


def test_a_room_votes_on_a_row_blind_and_settles_it_like_any_question(put, exercise, bob):
    workshop = make_diagnostics.workshop(exercise)
    person = workshop.participants.create(code="1", name="Ann")
    question = next(q for q in frames.asked(exercise) if q.domain.questionnaire_id == put.pk)

    round = rounds.open_round(workshop, question, by=bob)
    votes.enter_vote(round, person, by=bob, level=0)
    with pytest.raises(ValidationError):
        votes.enter_vote(round, person, by=bob, level=9)
    rounds.reveal_round(round, by=bob)
    rounds.record_agreement(workshop, question, by=bob, level=0)

    (vote,) = tables.table_votes(exercise)
    assert [(line.now, line.settled) for line in vote.lines] == [(2, 0), (3, None)]


def test_minutes_tell_votes_on_rows_on_their_own_scale(put, exercise, bob):
    workshop = make_diagnostics.workshop(exercise)
    make_diagnostics.round_of(workshop, "D1.1", 3, 4, 4)
    make_diagnostics.round_of(workshop, "T1.1", 0, 0, 4)
    settle(exercise, put, 0)

    told = minutes.minutes(workshop)

    by_code = {one.code: one for one in told.questions}
    assert [level for level, _n in by_code["D1.1"].rounds[0].distribution] == [1, 2, 3, 4, 5]
    assert by_code["T1.1"].rounds[0].distribution == ((0, 2), (1, 0), (2, 0), (3, 0), (4, 1))
    assert by_code["T1.1"].settled.level_name == "level 0"


def test_rows_of_tables_leave_the_maturity_scores_alone(put, exercise):
    settle(exercise, put, 4)

    found = results.exercise_results(exercise)

    assert len(found.questions) == len(frames.rated(exercise))
    assert found.overall is None


def test_what_is_settled_is_taken_over_and_what_is_open_stays(put, exercise, profile, alice):
    settle(exercise, put, 1)

    assert tables.take_over(exercise, put, by=alice) == 1

    asked = profile.requirements.values_list("competency__code", "level", "critical")
    assert sorted(asked) == [("C1", 1, True), ("C2", 3, True)]
    with pytest.raises(ValidationError, match="Nothing that was settled differs"):
        tables.take_over(exercise, put, by=alice)


def test_a_table_that_is_gone_is_shown_with_what_was_settled_and_changes_nothing(
    put, exercise, profile, alice, as_
):
    settle(exercise, put, 1)
    profile.delete()

    (vote,) = tables.table_votes(exercise)
    assert [(line.now, line.settled, line.differs) for line in vote.lines][0] == (None, 1, False)
    with pytest.raises(ValidationError, match="Nothing that was settled differs"):
        tables.take_over(exercise, put, by=alice)
    page = reverse("diagnostics:tables", args=["customs", exercise.pk])
    assert as_(alice).get(page).status_code == 200


def test_a_facilitator_is_offered_no_way_to_take_over(put, exercise, bob, as_):
    settle(exercise, put, 1)

    page = reverse("diagnostics:tables", args=["customs", exercise.pk])

    assert "Take over" not in as_(bob).get(page).content.decode()


def test_a_level_of_zero_takes_the_requirement_out(put, exercise, profile, alice):
    settle(exercise, put, 0)

    tables.take_over(exercise, put, by=alice)

    assert list(profile.requirements.values_list("competency__code", flat=True)) == ["C2"]


def test_priorities_change_the_weight_and_keep_the_level(exercise, profile, alice):
    form = tables.put_to_vote(exercise, "priorities:P07", by=alice)
    settle(exercise, form, 3, row="C2")

    tables.take_over(exercise, form, by=alice)

    asked = profile.requirements.values_list("competency__code", "level", "weight")
    assert sorted(asked) == [("C1", 2, 2), ("C2", 3, 3)]


def test_weights_of_domains_are_settled_and_weigh_in_the_overall_score(exercise, alice, customs):
    make_diagnostics.workshop(exercise)
    for code, level in (("D1.1", 1), ("D2.1", 4)):
        make_diagnostics.agreement(exercise.workshops.get(), code, level)
    rated = exercise.questionnaires.get()
    form = tables.put_to_vote(exercise, f"domains:{rated.code} {rated.version}", by=alice)
    settle(exercise, form, 2, row="D2")
    assert results.exercise_results(exercise).overall == 2.5

    tables.take_over(exercise, form, by=alice)

    exercise.administration.refresh_from_db()
    assert results.exercise_results(exercise).overall == 3
    (vote,) = tables.table_votes(exercise)
    assert [line.now for line in vote.lines] == [1, 2]


def test_a_table_is_put_once_in_an_exercise_and_stays_when_it_is_changed(put, exercise, alice):
    with pytest.raises(ValidationError, match="already"):
        tables.put_to_vote(exercise, "levels:P07", by=alice)

    rated = exercise.questionnaires.exclude(kind=Questionnaire.Kind.TABLE)
    beginning.change_exercise(exercise, by=alice, questionnaires=list(rated))

    assert put in exercise.questionnaires.all()


@pytest.mark.parametrize("named", ["levels:NONE", "salaries:P07", "P07", ""])
def test_what_is_no_table_is_refused(named, exercise, profile, alice):
    with pytest.raises(ValidationError, match="Choose a table"):
        tables.put_to_vote(exercise, named, by=alice)


def test_others_neither_put_tables_to_the_vote_nor_take_them_over(put, exercise, carol, mallory):
    settle(exercise, put, 1)
    for member in (carol, mallory):
        with pytest.raises(PermissionDenied):
            tables.put_to_vote(exercise, "priorities:P07", by=member)
        with pytest.raises(PermissionDenied):
            tables.take_over(exercise, put, by=member)


def test_a_facilitator_puts_levels_to_the_vote_and_the_hr_officer_takes_them_over(
    exercise, profile, bob
):
    form = tables.put_to_vote(exercise, "levels:P07", by=bob)
    settle(exercise, form, 1)

    with pytest.raises(PermissionDenied):
        tables.take_over(exercise, form, by=bob)


def test_the_workbook_of_all_tables_leaves_votes_on_tables_out(put, exercise, customs):
    settle(exercise, put, 1)

    found = {door.name: door.rows(customs) for door in DOORS}

    assert put.code not in {row["code"] for row in found["questionnaires"]}
    assert put.code not in found["exercises"][0]["questionnaires"]
    assert found["agreements"] == []


def test_the_page_puts_a_table_to_the_vote_shows_what_differs_and_takes_it_over(
    exercise, profile, alice, as_, django_assert_max_num_queries
):
    client, page = as_(alice), reverse("diagnostics:tables", args=["customs", exercise.pk])

    client.post(page, {"table": "levels:P07"})
    form = exercise.questionnaires.get(kind=Questionnaire.Kind.TABLE)
    settle(exercise, form, 4)
    with django_assert_max_num_queries(15):
        shown = client.get(page).content.decode()
    assert "Take over 1 row that differs" in shown
    client.post(reverse("diagnostics:take_over", args=["customs", exercise.pk, form.pk]))

    assert profile.requirements.get(competency__code="C1").level == 4


def test_a_phone_is_asked_for_no_existence_where_the_table_has_none(put, exercise, bob, as_):
    workshop = make_diagnostics.workshop(exercise)
    question = next(q for q in frames.asked(exercise) if q.domain.questionnaire_id == put.pk)
    rounds.open_round(workshop, question, by=bob)
    workshop.participants.create(code="1", name="Ann", member=bob)

    shown = as_(bob).get(
        reverse("diagnostics:question", args=["customs", workshop.pk, question.pk])
    )

    assert shown.status_code == 200
    assert "Does it exist?" not in shown.content.decode()


def test_rest_puts_to_the_vote_and_takes_over(exercise, profile, alice, as_):
    client, address = as_(alice), f"/api/v1/customs/exercises/{exercise.pk}/"

    put = client.post(f"{address}tables/", {"table": "levels:P07"}, "application/json")
    form = exercise.questionnaires.get(kind=Questionnaire.Kind.TABLE)
    settle(exercise, form, 4)
    taken = client.post(f"{address}take_table/", {"table": form.pk}, "application/json")

    assert (put.status_code, taken.status_code) == (201, 200)
    assert [line["now"] for line in taken.json()[0]["lines"]] == [4, 3]
