"""Exercises begun and changed in the browser and by REST, and their steps dated."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from diagnostics.models import Exercise, ExerciseStep
from diagnostics.usecases import beginning, exercises
from diagnostics.usecases.beginning import StepDates
from tests import make as house
from tests.diagnostics import make_diagnostics as make

pytestmark = pytest.mark.django_db
NEW = {
    "code": "hr-2016",
    "title": "Diagnostic 2016",
    "starts_on": date(2016, 3, 1),
    "ends_on": date(2016, 6, 30),
}


@pytest.fixture
def form(customs):
    return make.questionnaire(customs)


def begin(administration, by, form, **fields):
    return beginning.begin_exercise(
        administration, by=by, questionnaires=[form], **{**NEW, **fields}
    )


def test_a_begun_exercise_stands_at_the_request_and_has_a_step_for_every_state(
    customs, alice, form
):
    made = begin(customs, alice, form)

    steps = exercises.exercise_steps(made)
    assert (made.state, list(made.questionnaires.all())) == ("request", [form])
    assert made.steps.count() == len(steps) == len(Exercise.State)
    assert [step.state for step in steps[:2]] == ["current", "waiting"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ends_on": date(2016, 2, 1)}, "lies before the first"),
        ({"code": "with blanks"}, "slug"),
        ({"title": ""}, "blank"),
    ],
)
def test_what_makes_no_sense_is_refused(customs, alice, form, fields, words):
    with pytest.raises(ValidationError, match=words):
        begin(customs, alice, form, **fields)


def test_a_short_name_is_used_once(customs, alice, form):
    begin(customs, alice, form)

    with pytest.raises(ValidationError, match="has this short name"):
        begin(customs, alice, form)


def test_an_exercise_needs_one_scale_and_its_own_administrations_questionnaires(
    customs, alice, form
):
    twin = make.questionnaire(customs, code="twin")
    four = make.questionnaire(customs, code="four", E1=1)
    four.scale = four.scale[:4]
    four.save()
    foreign = make.questionnaire(house.administration("elsewhere"))

    refused = (([], "rates maturity"), ([form, four], "one scale"), ([form, twin], "as D1.1"))
    for chosen, words in refused:
        with pytest.raises(ValidationError, match=words):
            beginning.begin_exercise(customs, by=alice, questionnaires=chosen, **NEW)
    with pytest.raises(ValidationError, match="another administration"):
        beginning.begin_exercise(customs, by=alice, questionnaires=[foreign], **NEW)


def test_a_questionnaire_that_was_answered_stays_in_its_exercise(customs, alice, form):
    made = begin(customs, alice, form)
    other = make.questionnaire(customs, code="other", E1=1)
    beginning.change_exercise(made, by=alice, questionnaires=[form, other], title="New title")
    make.round_of(make.workshop(made), "D1.1", 3, 3, 3)

    beginning.change_exercise(made, by=alice, owner="Comptroller")
    with pytest.raises(ValidationError, match="stays in it"):
        beginning.change_exercise(made, by=alice, questionnaires=[other])

    made.refresh_from_db()
    assert (made.title, made.owner) == ("New title", "Comptroller")


def test_only_those_who_prepare_begin_change_and_date(customs, alice, carol, mona, form):
    made = begin(customs, alice, form)
    for member in (carol, mona):
        with pytest.raises(PermissionDenied):
            begin(customs, member, form, code="again")
        with pytest.raises(PermissionDenied):
            beginning.change_exercise(made, by=member, title="No")
        with pytest.raises(PermissionDenied):
            beginning.date_steps(made, {}, by=member)


def test_each_state_gets_dates_and_an_owner(customs, alice, form):
    made = begin(customs, alice, form)
    exercises.advance_exercise(made, by=alice)
    made.refresh_from_db()

    beginning.date_steps(
        made,
        {
            "request": StepDates(date(2016, 1, 4), date(2016, 1, 6), "Comptroller"),
            "documents": StepDates(date(2016, 2, 1), None, "Training officer"),
        },
        by=alice,
    )

    first, second = exercises.exercise_steps(made)[:2]
    assert (first.state, first.done_on, first.owner) == ("done", date(2016, 1, 6), "Comptroller")
    assert (second.state, second.planned_on) == ("late", date(2016, 2, 1))


@pytest.mark.parametrize(
    ("state", "day", "words"),
    [
        ("request", date(2016, 3, 1), "lies in the future"),
        ("documents", date(2016, 1, 6), "not finished yet"),
        ("follow_up", date(2016, 1, 6), "not finished yet"),
    ],
)
def test_a_step_is_not_done_before_its_time(customs, alice, form, state, day, words):
    made = begin(customs, alice, form)

    with pytest.raises(ValidationError, match=words):
        beginning.date_steps(made, {state: StepDates(None, day, "")}, by=alice)

    assert not ExerciseStep.objects.exclude(done_on=None).exists()


# --- Pages and REST -------------------------------------------------------------------------------


def test_an_exercise_is_begun_changed_and_dated_by_forms(as_, customs, alice, mona, form):
    client = as_(alice)
    sent = {**NEW, "questionnaires": [form.pk], "purpose": "To see where we stand."}

    assert as_(mona).get("/customs/exercises/new/").status_code == 403
    wrong = client.post("/customs/exercises/new/", {**sent, "ends_on": "2016-01-01"})
    assert "lies before the first" in wrong.content.decode()
    begun = client.post("/customs/exercises/new/", sent)
    made = Exercise.objects.get()
    assert begun.url == f"/customs/exercises/{made.pk}/steps/"
    late = {"done_documents": "2016-01-04", "owner_documents": "Training officer"}
    assert "not finished yet" in client.post(begun.url, late).content.decode()
    dated = {"planned_documents": "2016-03-04", "owner_documents": "Training officer"}
    assert client.post(begun.url, dated).status_code == 302
    edit = f"/customs/exercises/{made.pk}/edit/"
    assert client.post(edit, {**sent, "title": "Second title"}).status_code == 302

    page = client.get(f"/customs/exercises/{made.pk}/").content.decode()
    assert "Second title" in page
    assert "Training officer" in page
    assert "4 Mar 2016" in page


def test_a_fault_keeps_what_was_typed_and_the_title_of_the_row(as_, customs, alice, form):
    made = begin(customs, alice, form)

    page = as_(alice).post(
        f"/customs/exercises/{made.pk}/edit/", {**NEW, "title": "", "code": "typed"}
    )

    assert 'value="typed"' in page.content.decode()
    assert "Diagnostic 2016" in page.content.decode()


def test_without_a_questionnaire_the_way_to_one_is_shown(as_, customs, alice):
    assert "No questionnaire is in use yet" in (
        as_(alice).get("/customs/exercises/new/").content.decode()
    )


def test_rest_begins_changes_and_dates_with_the_same_refusals(as_, customs, alice, mona, form):
    client, base = as_(alice), "/api/v1/customs/exercises/"
    foreign = make.questionnaire(house.administration("elsewhere"))
    sent = {**NEW, "questionnaires": [form.pk]}

    def call(how, path, data, by=client):
        return getattr(by, how)(f"{base}{path}", data, content_type="application/json")

    assert call("post", "", sent, as_(mona)).status_code == 403
    assert call("post", "", {**sent, "questionnaires": [foreign.pk]}).status_code == 400
    made = call("post", "", sent)
    again = call("post", "", sent)
    one = f"{made.json()['id']}/"
    changed = call("patch", one, {"owner": "Comptroller"})
    early = call("put", f"{one}steps/", [{"key": "workshop", "done_on": "2016-01-04"}])
    dated = call("put", f"{one}steps/", [{"key": "workshop", "planned_on": "2016-03-14"}])

    assert (made.status_code, changed.json()["owner"]) == (201, "Comptroller")
    assert (again.status_code, "has this short name" in str(again.json())) == (400, True)
    assert (early.status_code, "not finished yet" in str(early.json())) == (400, True)
    assert dated.json()[3]["planned_on"] == "2016-03-14"
