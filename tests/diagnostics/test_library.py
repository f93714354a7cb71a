"""The questionnaires that are shipped, and what the reader says of spoiled ones."""

import json
import re
from collections import Counter
from copy import deepcopy

import pytest
import yaml

from diagnostics.library import read as library
from hrplan.exchange.content import ContentError, Fault

DIAGNOSTIC = library.questionnaire(library.HR_DIAGNOSTIC)
FORM = library.baseline_form(library.BASELINE)
RAW = {path: yaml.safe_load(path.read_text(encoding="utf-8")) for path in library.shipped()}
ANCHORS = {
    (question.code, anchor.level): anchor.text
    for question in DIAGNOSTIC.questions
    for anchor in question.anchors
}


def words(text):
    return re.findall(r"[\w']+", text.casefold())


def runs(text, length):
    said = words(text)
    return {tuple(said[i : i + length]) for i in range(len(said) - length + 1)}


@pytest.fixture
def spoil(tmp_path):
    """Writes the content of a shipped file after a change, and gives the faults then found."""

    def faults(path, read, change):
        data = deepcopy(RAW[path])
        change(data)
        spoiled = tmp_path / path.name
        spoiled.write_text(json.dumps(data), encoding="utf-8")
        with pytest.raises(ContentError) as refusal:
            read(spoiled)
        return refusal.value.faults

    return faults


def test_the_diagnostic_has_ten_domains_of_five_questions_with_five_anchors_each():
    assert [domain.code for domain in DIAGNOSTIC.domains] == [f"D{n}" for n in range(1, 11)]
    assert [question.code for question in DIAGNOSTIC.questions] == [
        f"D{domain}.{question}" for domain in range(1, 11) for question in range(1, 6)
    ]
    assert list(ANCHORS) == [
        (question.code, level) for question in DIAGNOSTIC.questions for level in range(1, 6)
    ]
    assert len(ANCHORS) == 250


def test_the_questions_of_a_domain_go_from_existence_to_evidence():
    probes = ("exists", "approved", "used", "measured", "evidence")

    assert {tuple(q.probe for q in domain.questions) for domain in DIAGNOSTIC.domains} == {probes}


def test_levels_have_names_and_what_is_missing_or_unused_caps_them():
    assert [(level.level, level.name) for level in DIAGNOSTIC.scale] == [
        (1, "ad hoc"),
        (2, "started"),
        (3, "defined"),
        (4, "managed"),
        (5, "improving"),
    ]
    assert {stage.code: stage.caps_at for stage in DIAGNOSTIC.existence} == {
        "none": 1,
        "draft": None,
        "approved": None,
    }
    assert {stage.code: stage.caps_at for stage in DIAGNOSTIC.use} == {
        "never": 2,
        "sometimes": None,
        "routine": None,
    }


def test_no_two_anchors_share_six_consecutive_words():
    said = Counter(run for text in ANCHORS.values() for run in runs(text, 6))

    assert [run for run, times in said.items() if times > 1] == []


def test_no_opening_of_three_words_serves_two_anchors():
    openings = Counter(tuple(words(text)[:3]) for text in ANCHORS.values())

    assert [opening for opening, times in openings.items() if times > 1] == []


def test_an_anchor_is_one_observation_of_seven_to_thirty_words():
    assert {place: text for place, text in ANCHORS.items() if not 7 <= len(words(text)) <= 30} == {}


def test_the_anchors_of_a_question_share_less_than_half_of_their_words():
    alike = [
        (question.code, one.level, other.level)
        for question in DIAGNOSTIC.questions
        for one in question.anchors
        for other in question.anchors
        if one.level < other.level and overlap(one.text, other.text) >= 0.5
    ]

    assert alike == []


def overlap(one, other):
    first, second = set(words(one)), set(words(other))
    return len(first & second) / min(len(first), len(second))


def test_every_question_says_what_evidence_to_look_for_and_is_asked_as_a_question():
    assert [q.code for q in DIAGNOSTIC.questions if len(q.evidence) < 2] == []
    assert [q.code for q in DIAGNOSTIC.questions if not q.text.endswith("?")] == []
    assert len({q.subject for q in DIAGNOSTIC.questions}) == 50


def test_domains_refer_to_all_sections_practices_and_points():
    domains, questions = DIAGNOSTIC.domains, DIAGNOSTIC.questions

    assert {n for d in domains for n in d.framework_sections} == {1, 2, 3, 4, 5}
    assert {p for d in domains for p in d.arusha_8} == {
        practice.code for practice in DIAGNOSTIC.arusha_practices
    }
    assert {tag for q in questions for tag in q.tags} == {
        "integrity",
        "accountability",
        "operational_efficiency",
    }
    assert [d.code for d in domains if d.cross_cutting] == ["D1", "D2", "D4"]


def test_three_interview_guides_cover_every_domain_between_them():
    guides = DIAGNOSTIC.guides

    assert [guide.code for guide in guides] == ["hr", "internal_clients", "field_posts"]
    assert [8 <= len(guide.questions) <= 10 for guide in guides] == [True, True, True]
    assert {code for guide in guides for q in guide.questions for code in q.domains} == {
        domain.code for domain in DIAGNOSTIC.domains
    }


def test_the_baseline_form_has_twelve_items_with_fields_and_documents():
    assert [item.code for item in FORM.items] == [f"B{n:02}" for n in range(1, 13)]
    assert [item.code for item in FORM.items if not item.fields or not item.documents] == []
    assert {field.kind for item in FORM.items for field in item.fields} == {
        *("text", "long_text", "date", "integer", "number", "choice", "table")
    }


def test_the_budget_item_asks_for_three_years_of_money():
    [years] = next(item for item in FORM.items if item.code == "B05").fields

    assert (years.kind, years.row_count) == ("table", 3)
    assert [(column.code, column.kind, column.required) for column in years.columns] == [
        ("fiscal_year", "text", True),
        ("granted", "money", True),
        ("spent", "money", True),
        ("staff_cost", "money", True),
        ("training_granted", "money", False),
        ("training_spent", "money", False),
        ("revenue", "money", False),
    ]


def test_both_files_say_whose_they_are_and_that_they_are_not_official():
    heads = [DIAGNOSTIC.head, FORM.head]

    assert library.shipped() == (library.BASELINE, library.HR_DIAGNOSTIC)
    assert [path.stem for path in library.shipped()] == [FORM.head.id, DIAGNOSTIC.head.id]
    assert {(h.version, h.language, h.provider, h.licence) for h in heads} == {
        ("1.0", "en", "hrplan", "CC-BY-4.0")
    }
    assert all("is not an instrument of the World Customs" in h.provenance for h in heads)


def test_a_weight_not_given_is_one_and_a_weight_given_is_kept(tmp_path):
    data = deepcopy(RAW[library.HR_DIAGNOSTIC])
    data["domains"][0]["questions"][1]["weight"] = 2.5
    path = tmp_path / "weighted.yaml"
    path.write_text(json.dumps(data), encoding="utf-8")

    weights = [question.weight for question in library.questionnaire(path).questions]

    assert weights == [1.0, 2.5] + [1.0] * 48


def test_an_administration_may_use_a_scale_of_four_levels(tmp_path):
    data = deepcopy(RAW[library.HR_DIAGNOSTIC])
    data["scale"].pop()
    for domain in data["domains"]:
        for question in domain["questions"]:
            question["anchors"].pop()
    path = tmp_path / "four.yaml"
    path.write_text(json.dumps(data), encoding="utf-8")

    content = library.questionnaire(path)

    assert [level.level for level in content.scale] == [1, 2, 3, 4]
    assert {len(question.anchors) for question in content.questions} == {4}


def test_a_file_of_the_wrong_shape_is_refused_with_every_place(spoil):
    def change(data):
        del data["licence"]
        data["version"] = "one"
        data["domains"][0]["questions"][0]["probe"] = "wondered"
        data["domains"][2]["questions"][4]["anchors"][1]["text"] = ""
        data["domains"][9]["colour"] = "red"

    faults = spoil(library.HR_DIAGNOSTIC, library.questionnaire, change)

    assert [fault.place for fault in faults] == [
        "file",
        "domains.0.questions.0.probe",
        "domains.2.questions.4.anchors.1.text",
        "domains.9",
        "version",
    ]


def test_a_spoiled_diagnostic_reports_all_its_contradictions_at_once(spoil):
    def change(data):
        first, second, third = data["domains"][:3]
        data["use"][0]["caps_at"] = 7
        first["code"] = "D2"
        second["framework_sections"] = [1, 6]
        third["arusha_8"] = ["luck"]
        del second["questions"][0]["anchors"][2]
        second["questions"][1]["anchors"][4]["level"] = 4
        second["questions"][2]["tags"] = ["beauty"]
        second["questions"][3]["code"] = "D2.3"
        text = third["questions"][0]["anchors"][0]["text"]
        third["questions"][0]["anchors"][1]["text"] = f"Nearly always, {text.upper()}"
        data["guides"][0]["questions"][0]["domains"] = ["D11"]
        data["guides"][1]["code"] = "hr"

    faults = spoil(library.HR_DIAGNOSTIC, library.questionnaire, change)

    known = "known: D2, D3, D4, D5, D6, D7, D8, D9, D10"
    assert faults == (
        Fault("use, caps_at", "unknown level 7; known: 1, 2, 3, 4, 5"),
        Fault("domains", "D2 is given 2 times"),
        *(
            Fault("domains.0 (D2)", f"question D1.{n} bears another domain's code")
            for n in range(1, 6)
        ),
        Fault("domains.1 (D2)", "unknown framework section 6; known: 1, 2, 3, 4, 5"),
        Fault(
            "domains.2 (D3)",
            "unknown Arusha practice luck; known: pay, integrity_recruitment, merit_selection, "
            "rotation, training, appraisal",
        ),
        Fault("questions", "D2.3 is given 2 times"),
        Fault("domains.1.questions.0 (D2.1)", "no anchor for level 3"),
        Fault("domains.1.questions.1 (D2.2)", "no anchor for level 5"),
        Fault("domains.1.questions.1 (D2.2), anchors", "4 is given 2 times"),
        Fault(
            "domains.1.questions.2 (D2.3)",
            "unknown reference point beauty; known: integrity, accountability, "
            "operational_efficiency",
        ),
        Fault(
            "domains.2.questions.0 (D3.1), level 2",
            "the anchor says the same as that of level 1",
        ),
        Fault("guides", "hr is given 2 times"),
        Fault("guides.0.questions.0 (HR1)", f"unknown domain D11; {known}"),
        Fault("guides.0.questions.9 (HR10)", f"unknown domain D1; {known}"),
        Fault("guides.1.questions.0 (IC1)", f"unknown domain D1; {known}"),
    )


def test_a_scale_with_a_hole_is_refused(spoil):
    def change(data):
        del data["scale"][2]

    faults = spoil(library.HR_DIAGNOSTIC, library.questionnaire, change)

    assert faults[0] == Fault(
        "scale", "levels are 1, 2, 4, 5; they must begin with 0 or 1 and have no gap"
    )
    assert len(faults) == 51


def test_a_spoiled_baseline_form_reports_all_its_contradictions_at_once(spoil):
    def change(data):
        items = data["items"]
        items[1]["code"] = "B01"
        del items[1]["fields"][0]["choices"]
        items[3]["fields"][2]["maximum"] = -1
        items[4]["fields"][0]["columns"][1]["code"] = "spent"
        items[5]["fields"][0]["row_count"] = 2
        items[9]["fields"][0]["columns"][5]["choices"][0]["code"] = "closed"
        items[11]["fields"][4]["columns"] = items[4]["fields"][0]["columns"][:2]

    faults = spoil(library.BASELINE, library.baseline_form, change)

    assert faults == (
        Fault("items", "B01 is given 2 times"),
        Fault("items.1 (B01), status", "a field of kind choice has choices, and no other has"),
        Fault("items.3 (B04), units_total", "minimum 0 is above maximum -1"),
        Fault("items.4 (B05), years", "spent is given 2 times"),
        Fault("items.5 (B06), counted_on", "row_count belongs to tables"),
        Fault("items.9 (B10), projects, state, choices", "closed is given 2 times"),
        Fault("items.11 (B12), owner", "a field of kind table has columns, and no other has"),
    )


def test_a_baseline_form_is_not_taken_for_a_diagnostic():
    with pytest.raises(ContentError) as refusal:
        library.questionnaire(library.BASELINE)

    assert Fault("kind", "baseline isn't one of the values allowed.") in refusal.value.faults
