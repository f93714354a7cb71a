"""Forms as XLSForm: languages, groups, and what is said of a spoiled form."""

import pytest

from hrplan.exchange.faults import Faults
from hrplan.exchange.formats.xlsform import (
    Choice,
    Element,
    Form,
    is_form,
    language_code,
    language_label,
    read_form,
    write_form,
)
from hrplan.exchange.grids import open_grids
from hrplan.exchange.limits import DEFAULT

FORM = Form(
    title="Check",
    form_id="check",
    version="1.0",
    language="en",
    survey=(
        Element(
            "group",
            "one",
            {"label": {"en": "One", "fr": "Un"}},
            {"relevant": "1 = 1"},
            children=(
                Element("select_one", "a", {"label": {"en": "A?", "fr": "A?"}}, {}, "yes_no"),
                Element(
                    "repeat",
                    "b",
                    {"label": {"en": "B", "fr": "B"}},
                    {"repeat_count": "3"},
                    "",
                    (Element("text", "c", {"label": {"en": "C", "fr": "Ç"}}),),
                ),
            ),
        ),
    ),  # fmt: skip
    choices=(
        Choice("yes_no", "yes", {"label": {"en": "yes", "fr": "oui"}}),
        Choice("yes_no", "no", {"label": {"en": "no", "fr": "non"}}),
    ),
)


def written(form, tmp_path):
    path = tmp_path / "form.xlsx"
    write_form(form, path)
    return open_grids(path, DEFAULT, lambda fault: None)


def test_a_form_written_and_read_again_is_the_same(tmp_path):
    grids, faults = written(FORM, tmp_path), Faults()

    assert is_form(grids)
    assert read_form(grids, faults.add) == FORM
    assert faults.all() == ()


def test_a_translation_that_is_missing_is_filled_with_the_forms_own_text(tmp_path):
    one = Element("text", "a", {"label": {"en": "Only English"}})
    other = Element("text", "b", {"label": {"en": "Two", "fr": "Deux"}})
    survey = next(
        grid
        for grid in written(Form("F", "f", "1", "en", (one, other), ()), tmp_path)
        if grid.sheet == "survey"
    )

    assert survey.rows[0][1] == ["type", "name", "label::English (en)", "label::French (fr)"]
    assert survey.rows[1][1] == ["text", "a", "Only English", "Only English"]


@pytest.mark.parametrize("code", ["fr", "ar", "xx", "pt-BR"])
def test_a_language_is_known_again(code):
    assert language_code(language_label(code)) == code


@pytest.mark.parametrize(
    ("label", "code"),
    [("French (fr)", "fr"), ("Français (FR)", "fr"), ("french", "fr"), ("fr", "fr"),
     ("Portuguese (pt-br)", "pt-BR"), ("Klingon", ""), ("", "")],
)  # fmt: skip
def test_a_language_may_be_written_in_several_ways(label, code):
    assert language_code(label) == code


def test_a_text_that_looks_like_a_reference_is_none(tmp_path):
    form = Form("F", "f", "1", "en", (Element("text", "a", {"label": {"en": "pay ${x}"}}),), ())
    grids = written(form, tmp_path)
    [survey] = [grid for grid in grids if grid.sheet == "survey"]

    assert "${" not in survey.rows[1][1][2]
    assert read_form(grids, Faults().add) == form


def test_groups_deeper_than_any_form_needs_are_refused(tmp_path):
    inner = Element("text", "x")
    for number in range(11):
        inner = Element("group", f"g{number}", children=(inner,))
    faults = Faults()

    read_form(written(Form("F", "f", "1", "en", (inner,), ()), tmp_path), faults.add)

    assert "yaml_deep" in {fault.key for fault in faults.all()}
