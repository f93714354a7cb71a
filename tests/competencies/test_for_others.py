"""The framework leaves in the formats of others whole, well-formed, and the same each time."""

import csv
import json
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.urls import reverse
from jsonschema import Draft202012Validator

from competencies.library import for_others, read
from competencies.usecases import framework_files, frameworks

LINK = {"type": "object", "required": ["title", "identifier", "uri"]}
NAMED = ["identifier", "uri", "lastChangeDateTime"]
LEVEL = {"type": "object", "required": [*NAMED, "description", "quality", "score", "position"]}
CRITERION = {
    "type": "object",
    "required": [*NAMED, "CFRubricCriterionLevels"],
    "properties": {
        "CFItemURI": LINK,
        "CFRubricCriterionLevels": {"type": "array", "minItems": 1, "items": LEVEL},
    },
}
SHAPE = {
    "type": "object",
    "required": ["CFDocument", "CFItems", "CFAssociations", "CFDefinitions", "CFRubrics"],
    "additionalProperties": False,
    "properties": {
        "CFDocument": {"type": "object", "required": [*NAMED, "creator", "title"]},
        "CFItems": {
            "type": "array",
            "items": {"type": "object", "required": [*NAMED, "fullStatement"]},
        },
        "CFAssociations": {
            "type": "array",
            "items": {
                "type": "object",
                "required": [*NAMED, "associationType", "originNodeURI", "destinationNodeURI"],
                "properties": {
                    "associationType": {"const": "isChildOf"},
                    "originNodeURI": LINK,
                    "destinationNodeURI": LINK,
                },
            },
        },
        "CFDefinitions": {"type": "object"},
        "CFRubrics": {
            "type": "array",
            "items": {
                "type": "object",
                "required": [*NAMED, "CFRubricCriteria"],
                "properties": {"CFRubricCriteria": {"type": "array", "items": CRITERION}},
            },
        },
    },
}


@pytest.fixture(scope="module")
def content():
    return read.framework()


def package(content):
    return for_others.case_package(content, base="https://hr.example/", changed=date(2016, 2, 12))


def test_moodle_gets_the_framework_its_groups_and_every_competency_below_its_group(content):
    rows = list(csv.DictReader(StringIO(for_others.moodle_csv(content))))

    assert tuple(rows[0]) == for_others.MOODLE
    assert [row["Is framework"] for row in rows] == ["1"] + [""] * (len(rows) - 1)
    parents = {row["ID number"]: row["Parent ID number"] for row in rows[1:]}
    assert parents == {
        **{group.code: "" for group in content.groups},
        **{one.code: one.group for one in content.competencies},
    }
    first = next(row for row in rows if row["ID number"] == content.competencies[0].code)
    assert all(step.text.split("<")[0] in first["Description"]
               for step in content.competencies[0].levels)  # fmt: skip


def test_moodles_scale_names_every_level_and_counts_none_below_one_as_proficient(content):
    row = next(csv.DictReader(StringIO(for_others.moodle_csv(content))))

    marks = json.loads(row["Scale configuration"])[1:]
    assert len(row["Scale values"].split(",")) == len(content.scale) == len(marks)
    assert [mark["proficient"] for mark in marks] == [0, 1, 1, 1, 1]
    assert [mark["scaledefault"] for mark in marks] == [0, 1, 0, 0, 0]


def test_what_looks_like_markup_stays_text(content):
    odd = replace(content.competencies[0], definition="Goods < 5 kg & more")
    rows = for_others.moodle_csv(replace(content, competencies=(odd,)))

    assert "<p>Goods &lt; 5 kg &amp; more</p>" in rows


def test_a_case_package_has_the_shape_of_the_standard_and_holds_every_level_text(content):
    made = package(content)

    assert list(Draft202012Validator(SHAPE).iter_errors(made)) == []
    items = {one["identifier"]: one["humanCodingScheme"] for one in made["CFItems"]}
    assert len(items) == len(content.groups) + len(content.competencies)
    for link in made["CFAssociations"]:
        assert link["originNodeURI"]["identifier"] in items
        target = link["destinationNodeURI"]["identifier"]
        assert target in items or target == made["CFDocument"]["identifier"]
    texts = [
        (items[criterion["CFItemURI"]["identifier"]], level["score"], level["description"])
        for rubric in made["CFRubrics"]
        for criterion in rubric["CFRubricCriteria"]
        if "CFItemURI" in criterion and "category" not in criterion
        for level in criterion["CFRubricCriterionLevels"]
    ]
    assert texts == [(c.code, s.level, s.text) for c in content.competencies for s in c.levels]


def test_the_same_framework_gives_the_same_package_and_another_version_other_keys(content):
    later = replace(content, head=replace(content.head, version="9.0"))

    assert package(content) == package(content)
    keys = [{one["identifier"] for one in package(c)["CFItems"]} for c in (content, later)]
    assert not keys[0] & keys[1]


@pytest.mark.django_db
def test_the_rows_taken_in_from_a_file_are_that_file_again(customs, content):
    framework = frameworks.adopt_framework(customs, by=None)

    assert framework_files.content_of(framework) == content


@pytest.mark.django_db
def test_the_page_gives_both_files_and_no_other(customs, stan, as_, django_assert_max_num_queries):
    frameworks.adopt_framework(customs, by=None)
    page = reverse("competencies:framework_file", args=["customs"])
    client = as_(stan)

    with django_assert_max_num_queries(15):
        moodle = client.get(page, {"form": "moodle"})
    case = client.get(page, {"form": "case"})

    assert "moodle.csv" in moodle.headers["Content-Disposition"]
    assert case.json()["CFDocument"]["uri"].startswith("http://testserver/ims/case/v1p0/")
    assert client.get(page, {"form": "other"}).status_code == 404
