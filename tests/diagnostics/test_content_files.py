"""Questionnaires sent as YAML: what comes back is what went out, and what is refused how."""

from copy import deepcopy

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from diagnostics.library import plain, read
from diagnostics.library.content import Condition
from hrplan.exchange.content import ContentError
from tests.diagnostics.make_contents import contents

SHIPPED = [read.questionnaire(read.HR_DIAGNOSTIC), read.baseline_form(read.BASELINE)]
SMALL = {
    "id": "small",
    "version": "1.0",
    "language": "en",
    "provider": "Belize",
    "licence": "CC0",
    "title": "Small",
    "provenance": "Written for a test.",
    "kind": "maturity",
    "scale": [
        {"level": 0, "name": "no", "meaning": "It is not."},
        {"level": 1, "name": "yes", "meaning": "It is."},
    ],
    "existence": [
        {"code": "none", "label": "none", "meaning": "", "caps_at": 0},
        {"code": "approved", "label": "approved", "meaning": "", "caps_at": None},
    ],
    "use": [
        {"code": "never", "label": "never", "meaning": "", "caps_at": 0},
        {"code": "routine", "label": "routine", "meaning": "", "caps_at": None},
    ],
    "domains": [
        {
            "code": "D1",
            "title": "One",
            "questions": [
                {
                    "code": f"D1.{n}",
                    "text": f"Question {n}?",
                    "subject": f"practice {n}",
                    "anchors": [{"level": 0, "text": "No."}, {"level": 1, "text": "Yes."}],
                }
                for n in (1, 2)
            ],
        }
    ],
}


def small(**changes):
    return deepcopy({**SMALL, **changes})


def faults(data):
    with pytest.raises(ContentError) as refusal:
        read.from_data(data, "small.yaml")
    return [(fault.place, fault.reason) for fault in refusal.value.faults]


def refused(text):
    with pytest.raises(ContentError) as refusal:
        read.from_yaml(text.encode() if isinstance(text, str) else text, "sent.yaml")
    return [(fault.place, fault.key) for fault in refusal.value.faults]


@pytest.mark.parametrize("content", SHIPPED, ids=lambda content: content.head.id)
def test_a_shipped_questionnaire_written_and_read_again_is_the_same(content):
    assert read.from_yaml(plain.yaml_text(content).encode(), "x.yaml") == content


@given(contents)
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_any_questionnaire_written_and_read_again_is_the_same(content):
    assert read.from_yaml(plain.yaml_text(content).encode(), "x.yaml") == content


@pytest.mark.parametrize("lowest", [0, 1])
@pytest.mark.parametrize("count", [2, 3, 7, 10])
def test_a_scale_has_two_to_ten_levels_from_zero_or_one(lowest, count):
    levels = range(lowest, lowest + count)
    data = small(scale=[{"level": n, "name": f"l{n}", "meaning": ""} for n in levels])
    for row in data["existence"] + data["use"]:
        row["caps_at"] = None
    for question in data["domains"][0]["questions"]:
        question["anchors"] = [{"level": n, "text": f"Text {n}"} for n in levels]

    assert read.from_data(data, "x").levels == tuple(levels)


@pytest.mark.parametrize("levels", [[0], list(range(11)), [2, 3], [0, 2], [1, 1]])
def test_other_scales_are_refused(levels):
    data = small(scale=[{"level": n, "name": f"l{n}", "meaning": ""} for n in levels])

    assert faults(data)[0][0] == "scale"


def test_a_condition_looks_at_an_earlier_question_and_at_values_that_are_there():
    data = small()
    first, second = data["domains"][0]["questions"]
    second["relevant"] = {"question": "D1.1", "of": "existence", "test": "is", "value": "approved"}

    assert read.from_data(data, "x").questions[1].relevant == Condition(
        "D1.1", "existence", "is", "approved"
    )

    first["relevant"] = {"question": "D1.2", "of": "use", "test": "at_least", "value": "often"}
    second["relevant"] = {"question": "D1.1", "of": "level", "test": "is", "value": 4}
    assert faults(data) == [
        (
            "domains.0.questions.0 (D1.1), relevant",
            "the condition looks at D1.2, which is not asked before",
        ),
        ("domains.0.questions.0 (D1.1), relevant", "at_least can't be asked of use"),
        (
            "domains.0.questions.0 (D1.1), relevant",
            "often isn't a value of use; known: never, sometimes, routine",
        ),
        (
            "domains.0.questions.1 (D1.2), relevant",
            "4 isn't a value of level; known: 0, 1",
        ),
    ]


def test_a_translation_that_says_the_same_is_none():
    data = small(translations={"fr": {"title": "Small"}, "es": {"title": "Pequeño"}})

    assert read.from_data(data, "x").head.translations == {"es": {"title": "Pequeño"}}


def test_a_translation_into_its_own_language_is_told():
    data = small(translations={"en": {"title": "Tiny"}})

    assert faults(data) == [("translations", "en is the questionnaire's own language")]


def test_every_fault_of_shape_is_told_with_its_place_and_what_to_do():
    data = small(version=2, colour="red")
    del data["licence"]
    data["scale"][0]["level"] = "none"
    data["domains"][0]["questions"][1] |= {"weight": float("nan"), "code": "two"}
    data["translations"] = {"french": {"title": "Petit"}}

    with pytest.raises(ContentError) as refusal:
        read.from_data(data, "small.yaml")

    told = [(fault.place, fault.reason, fault.advice) for fault in refusal.value.faults]
    assert sorted(told) == [
        ("domains.0.questions.1.code", "two isn't written as needed.", "Write it like D1.2."),
        (
            "domains.0.questions.1.weight",
            "This isn't a finite number.",
            "Write the number; leave the cell empty if it isn't known.",
        ),
        (
            "file",
            "colour isn't known here.",
            "Take it out, or correct its name. Known: id, version, language, provider, licence, "
            "provenance, title, translations, kind, scale, existence, use, reference_points, "
            "framework_sections, arusha_practices, domains, guides.",
        ),
        ("file", "licence is missing.", "Add licence."),
        (
            "scale.0.level",
            "none stands where a whole number is needed.",
            "Write a whole number.",
        ),
        (
            "translations",
            "french isn't known here.",
            "Take it out, or correct its name. Known: fr, es, pt-BR.",
        ),
        ("version", "2 stands where text is needed.", "Write text."),
    ]


def test_files_that_could_harm_are_refused_before_they_are_built():
    deep = "a: " + "[" * 30 + "]" * 30
    laughs = "a: &a [x, x]\nb: [*a, *a]\n"

    assert refused(deep) == [("line 1", "yaml_deep")]
    assert refused(laughs) == [("line 2", "yaml_alias")] * 2
    assert refused("a: 1\na: 2\n") == [("line 2", "yaml_twice")]
    assert refused("a: [1\n") == [("file", "yaml_unread")]
    assert refused("a: !!python/object:os.system {}\n") == [("file", "yaml_unread")]
    assert refused("a: 2016-99-99\n") == [("file", "yaml_unread")]
    assert refused(b"a: \xff\xfe\n") == [("file", "yaml_unread")]
    assert refused("a: " + "x" * 2_000_000) == [("file", "yaml_large")]
    assert refused("[" * 100_000) == [("line 1", "yaml_deep")]


@pytest.mark.parametrize("text", ["", "null", "3", "[]", "text", "? [a]\n: b\n"])
def test_what_is_no_questionnaire_at_all_is_told_as_such(text):
    assert refused(text)


def test_null_bytes_and_marks_of_direction_do_not_get_in():
    data = small(title="Small\0 \u202equestionnaire\u200b")

    assert read.from_data(data, "x").head.title == "Small questionnaire"


def test_levels_of_translated_anchors_may_be_written_as_numbers():
    data = small()
    data["domains"][0]["questions"][0]["translations"] = {"fr": {"anchors": {1: "Oui."}}}
    text = yaml.safe_dump(data)

    content = read.from_yaml(text.encode(), "x")

    assert content.questions[0].translations == {"fr": {"anchors": {"1": "Oui."}}}
