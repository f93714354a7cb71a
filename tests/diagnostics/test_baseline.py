"""The baseline form is filled in item by item; what doesn't fit is refused whole, at its field."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.models import BaselineAnswer, Exercise, Questionnaire
from diagnostics.usecases import baseline, exercises, filling
from tests.diagnostics import make_diagnostics as make

pytestmark = pytest.mark.django_db
YEARS = {
    ("years.fiscal_year", 1): "2014/15",
    ("years.granted", 1): "1250000.5",
    ("years.fiscal_year", 3): "2015/16",
}
REST = "/api/v1/customs/exercises/"


@pytest.fixture
def exercise(customs):
    exercises.adopt_questionnaires(customs, by=None)
    form = Questionnaire.objects.get(kind="baseline")
    return make.exercise(customs, form=form)


def item(exercise, code):
    return filling.item_of(exercise, code)


def rows():
    return set(BaselineAnswer.objects.values_list("field", "line", "value"))


def test_what_is_known_is_written_and_lines_left_empty_close_up(exercise, alice):
    filling.fill_item(exercise, item(exercise, "B05"), YEARS, source="Estimates", by=alice)

    assert rows() == {
        ("years.fiscal_year", 1, "2014/15"),
        ("years.granted", 1, "1250000.5"),
        ("years.fiscal_year", 2, "2015/16"),
    }
    assert baseline.baseline(exercise).answered == 1


def test_what_is_emptied_is_unknown_again_and_other_items_stay(exercise, alice):
    filling.fill_item(exercise, item(exercise, "B05"), YEARS, by=alice)
    filling.fill_item(exercise, item(exercise, "B02"), {("status", 1): "draft"}, by=alice)

    filling.fill_item(exercise, item(exercise, "B05"), {("years.granted", 1): " "}, by=alice)

    assert rows() == {("status", 1, "draft")}


@pytest.mark.parametrize(
    ("code", "place", "value", "words"),
    [
        ("B02", ("status", 1), "perhaps", "Choose one of these: none, expired, draft, approved."),
        ("B02", ("starts_on", 1), "1.4.2016", "Write the date as 2016-02-12."),
        ("B02", ("starts_on", 1), "2016-13-01", "Write the date as 2016-02-12."),
        ("B04", ("units_total", 1), "12.5", "Write a whole number without separators."),
        ("B04", ("units_total", 1), "-1", "This is less than 0."),
        ("B05", ("years.granted", 1), "1,250", "Write a number with a point"),
        ("B01", ("laws.year", 1), "3000", "This is more than 2,200."),
        ("B01", ("tasks", 1), "x" * 4001, "longer than 4000 signs"),
        ("B01", ("nothing", 1), "x", "The form has no such field."),
        ("B01", ("laws", 1), "x", "The form has no such field."),
    ],
)
def test_a_value_that_does_not_fit_its_field_is_refused_with_its_place(
    exercise, alice, code, place, value, words
):
    with pytest.raises(ValidationError) as refusal:
        filling.fill_item(exercise, item(exercise, code), {place: value}, by=alice)

    assert words in refusal.value.message_dict[filling.place_name(place)][0]
    assert rows() == set()


def test_every_fault_is_told_at_once_and_what_stood_before_stays(exercise, alice):
    held = item(exercise, "B05")
    filling.fill_item(exercise, held, YEARS, by=alice)
    wrong = {("years.granted", 1): "much", ("years.granted", 2): "more"}

    with pytest.raises(ValidationError) as refusal:
        filling.fill_item(exercise, held, wrong, source="s" * 201, by=alice)

    assert set(refusal.value.message_dict) == {"years.granted.1", "years.granted.2", "source"}
    assert len(rows()) == 3


@given(lines=st.dictionaries(st.integers(1, 40), st.text("ab ", max_size=4), max_size=8))
def test_lines_are_numbered_without_a_gap_in_their_order(lines):
    filled = {("t.a", line): value for line, value in lines.items() if value.strip()}

    closed = dict(filling._closed_up(filled))

    assert [place[1] for place in sorted(closed)] == list(range(1, len(filled) + 1))
    assert [closed[place] for place in sorted(closed)] == [filled[p] for p in sorted(filled)]


def test_the_page_shows_what_is_held_takes_more_lines_and_loses_nothing_typed(exercise, alice, as_):
    client = as_(alice)
    page = reverse("diagnostics:baseline_item", args=["customs", exercise.pk, "B01"])
    first = {"laws.title.1": "Customs Act", "laws.year.1": "2011", "tasks.1": "Revenue",
             "source": "Gazette"}  # fmt: skip

    saved = client.post(page, first)
    form = client.get(page).context["form"]
    wrong = client.post(page, {**first, "laws.title.2": "Excise Act", "laws.year.2": "old"})
    told = wrong.content.decode()

    assert saved.url == reverse("diagnostics:baseline", args=["customs", exercise.pk]) + "#B01"
    assert form["laws.title.1"].value() == "Customs Act"
    assert "laws.title.4" in form.fields, "three empty lines below what is held"
    assert ("Excise Act" in told, "whole number" in told) == (True, True)
    assert len(rows()) == 3
    overview = client.get(reverse("diagnostics:baseline", args=["customs", exercise.pk]))
    assert "Gazette" in overview.content.decode()


def test_a_line_far_beyond_the_table_is_not_made_a_field(exercise, alice, as_):
    page = reverse("diagnostics:baseline_item", args=["customs", exercise.pk, "B01"])

    answer = as_(alice).post(page, {"laws.title.99999999999": "Far", "tasks.1": "Revenue"})

    assert answer.status_code == 302
    assert rows() == {("tasks", 1, "Revenue")}


def test_only_who_prepares_fills_it_in(exercise, mona, as_):
    page = reverse("diagnostics:baseline_item", args=["customs", exercise.pk, "B01"])

    assert as_(mona).get(page).status_code == 403
    with pytest.raises(PermissionDenied):
        filling.fill_item(exercise, item(exercise, "B01"), {}, by=mona)


def test_rest_fills_an_item_and_refuses_with_the_same_words(exercise, alice, as_):
    def put(code, values):
        return as_(alice).put(
            f"{REST}{exercise.pk}/baseline/{code}/",
            {"values": values, "source": "Plan"},
            content_type="application/json",
        )

    filled = put("B02", [{"field": "status", "value": "draft"}])
    refused = put("B02", [{"field": "status", "value": "perhaps"}])

    shown = next(one for one in filled.json() if one["code"] == "B02")
    assert (filled.status_code, shown["is_answered"], shown["source"]) == (200, True, "Plan")
    assert (refused.status_code, "status.1" in refused.json()) == (400, True)
    assert put("B99", []).status_code == 404
    assert Exercise.objects.count() == 1
