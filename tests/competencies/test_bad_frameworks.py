"""Broken and hostile framework files are refused, each with where it is and what to do."""

import json
from collections.abc import Callable

import pytest

from competencies.library import messages
from competencies.library.from_esco import Narrowed
from competencies.library.incoming import MOST_COMPETENCIES
from competencies.library.sent_json import MOST_BYTES
from hrplan.exchange.content import ContentError
from tests.competencies.make_incoming import (
    SKILL,
    SKILL_HEAD,
    broader,
    case,
    child,
    dumped,
    item,
    moodle,
    occupations,
    relations,
    rubric,
    skills,
    table,
    taken,
)

Files = list[tuple[str, bytes]]


def csv_of(*rows: dict[str, str], **more) -> Files:
    return [("f.csv", moodle(*rows, **more))]


def json_of(data: bytes | None = None, **changes: object) -> Files:
    return [("f.json", dumped(case(**changes)) if data is None else data)]


def with_item(**changes: object) -> Files:
    items = case()["CFItems"]
    items[1] |= changes
    return json_of(CFItems=items)


def links(*found: dict) -> Files:
    return json_of(CFAssociations=list(found))


A = {"id": "A", "name": "Top"}
B = {"id": "B", "name": "Below", "parent": "A"}
MANY = [{"id": f"B{n}", "name": "b", "parent": "A"} for n in range(MOST_COMPETENCIES + 1)]
TOPS = [{"id": f"T{n}", "name": "t"} for n in range(201)]
LEAVES = [{"id": f"L{n}", "name": "l", "parent": f"T{n}"} for n in range(201)]
NO_NAMES = tuple(f"c{n}" for n in range(5))
G1, C1 = child("g1", "doc"), child("c1", "g1")
SKILLS = ("skills_en.csv", skills())
CROWD = [{"conceptUri": f"{SKILL}{n}", "preferredLabel": f"skill {n}"} for n in range(1_001)]

BAD: dict[str, tuple[Callable[[], Files], str]] = {
    # any kind of file
    "a picture": (lambda: [("f.png", b"\x89PNG")], "framework_kind"),
    "a workbook called csv": (lambda: [("f.csv", b"PK\x03\x04rest")], "not_csv"),
    "an empty csv": (lambda: [("f.csv", b"  \n")], "file_empty"),
    "a csv with NUL": (lambda: [("f.csv", b"a,b\n\0,c")], "nul_byte"),
    "a csv with an open quote": (lambda: [("f.csv", b'a,b\n"c,d')], "quotes"),
    "a csv of mixed encodings": (lambda: [("f.csv", "é".encode() + b",\xff\n")], "encoding_mixed"),
    "a csv of a cut UTF-16": (lambda: [("f.csv", b"\xff\xfea")], "encoding_unknown"),
    "a csv of 61 columns": (lambda: [("f.csv", b",".join([b"a"] * 61))], "columns_too_many"),
    "a csv with a huge cell": (lambda: [("f.csv", b"a," + b"x" * 40_000)], "field_too_long"),
    "a table of something else": (lambda: [("f.csv", b"staff,level\n1,2")], "framework_kind"),
    "two packages": (lambda: json_of() * 2, "files_mixed"),
    "two Moodle files": (lambda: csv_of(A, B) * 2, "files_mixed"),
    # Moodle
    "no framework row": (lambda: [("f.csv", table(NO_NAMES + NO_NAMES + NO_NAMES[:4],
                                                  [{"c1": "x", "c2": "y"}]))], "no_framework"),
    "two frameworks": (lambda: csv_of(A, B, {"id": "F", "name": "Second", "is": "1"}),
                       "framework_again"),
    "a row without ID": (lambda: csv_of(A, {"name": "x"}), "id_missing"),
    "a row without name": (lambda: csv_of(A, {"id": "x"}), "name_missing"),
    "an ID given twice": (lambda: csv_of(A, B, B), "id_twice"),
    "the framework's ID again": (lambda: csv_of({**A, "id": "SFIA"}), "id_twice"),
    "an unknown parent": (lambda: csv_of(A, {**B, "parent": "Z"}), "parent_unknown"),
    "a ring of two": (lambda: csv_of({**A, "parent": "B"}, B), "tree_ring"),
    "a row below itself": (lambda: csv_of({**A, "parent": "A"}), "tree_ring"),
    "a framework without competencies": (lambda: csv_of(), "nothing_in"),
    "too many competencies": (lambda: csv_of(A, *MANY), "too_many_parts"),
    "too many rows": (lambda: csv_of(*[A] * 2_500), "too_many_parts"),
    "too much text": (lambda: csv_of(*({**B, "text": "<ul><li>" * 4_000},) * 130), "texts_long"),
    "a ring of a thousand": (lambda: csv_of(*({"id": f"N{n}", "name": "n",
        "parent": f"N{(n + 1) % 1_000}"} for n in range(1_000))), "tree_ring"),
    "too many groups": (lambda: csv_of(*TOPS, *LEAVES), "too_many_parts"),
    "a scale of nine": (lambda: csv_of(A, B, scale="a,b,c,d,e,f,g,h,i"), "scale_long"),
    "a scale of one": (lambda: csv_of(A, B, scale="a", marks="x"), "scale_short"),
    # JSON
    "no JSON": (lambda: json_of(b"{"), "json_unread"),
    "an empty JSON file": (lambda: json_of(b""), "json_unread"),
    "10,000 lists inside each other": (lambda: json_of(b"[" * 10_000 + b"]" * 10_000), "json_deep"),
    "300,000 open lists": (lambda: json_of(b"[" * 300_000), "json_deep"),
    "30 blocks inside each other": (lambda: json_of(b'{"a":' * 30 + b"1" + b"}" * 30), "json_deep"),
    "a million values": (lambda: json_of(b"[" + b"1," * 1_000_000 + b"1]"), "json_many"),
    "a name given twice": (lambda: json_of(b'{"CFDocument": {"a": 1, "a": 2}}'), "json_twice"),
    "latin-1": (lambda: json_of(b'{"CFDocument": "\xe9"}'), "json_encoding"),
    "UTF-16": (lambda: json_of('{"CFDocument": 1}'.encode("utf-16")), "json_encoding"),
    "a number of 5,000 digits": (lambda: json_of(b"[" + b"9" * 5_000 + b"]"), "json_unread"),
    "too large": (lambda: json_of(b" " * (MOST_BYTES + 1)), "json_large"),
    "a list": (lambda: json_of(b"[]"), "framework_kind"),
    "a number": (lambda: json_of(b"1e999"), "framework_kind"),
    "JSON of something else": (lambda: json_of(b'{"type": "Achievement"}'), "framework_kind"),
    # CASE: shape
    "a score without end": (
        lambda: json_of(dumped(case()).replace(b'"score": 3', b'"score": 1e999')),
        "not_finite too_great"),
    "a score that is no number": (
        lambda: json_of(dumped(case()).replace(b'"score": 3', b'"score": NaN')), "not_finite"),
    "a huge score": (lambda: json_of(CFRubrics=[rubric("c1", {10**9: "a"})]), "too_great"),
    "no document": (lambda: json_of(CFDocument=None), "shape_kind"),
    "a document without title": (lambda: json_of(CFDocument={"identifier": "d"}), "shape_missing"),
    "no items": (lambda: json_of(CFItems="none"), "shape_kind"),
    "an item without statement": (lambda: with_item(fullStatement=""), "shape_pattern"),
    "an item whose statement is a number": (lambda: with_item(fullStatement=4), "shape_kind"),
    "an item with a huge text": (lambda: with_item(fullStatement="x" * 40_000), "shape_long"),
    "an item without identifier": (lambda: with_item(identifier=""), "shape_short"),
    "a link without ends": (lambda: links({"associationType": "isChildOf"}), "shape_missing"),
    "too many items": (lambda: json_of(CFItems=[item("x", "x", "x")] * 2_001), "too_many_parts"),
    # CASE: sense
    "an item twice": (lambda: json_of(CFItems=[*case()["CFItems"], item("c1", "C9", "x")]),
                      "id_twice"),
    "an item without place": (lambda: links(G1), "orphan"),
    "a link from nowhere": (lambda: links(G1, C1, child("zz", "g1")), "child_unknown"),
    "a link to nowhere": (lambda: links(G1, child("c1", "zz")), "parent_unknown"),
    "a ring of items": (lambda: links(child("g1", "c1"), C1), "tree_ring"),
    "a level without score": (lambda: json_of(CFRubrics=[rubric("c1", {None: "x"})]),
                              "level_score"),
    "a level twice": (lambda: json_of(CFRubrics=[{"CFRubricCriteria": [{
        "CFItemURI": {"identifier": "c1"},
        "CFRubricCriterionLevels": [{"score": 1}, {"score": 1.0}]}]}]), "level_twice"),
    "a rubric of nothing": (lambda: json_of(CFRubrics=[rubric("zz", {1: "x", 2: "y"})]),
                            "rubric_unknown"),
    "a rubric of ten levels": (
        lambda: json_of(CFRubrics=[rubric("c1", dict.fromkeys(range(10), "x"))]), "scale_long"),
    # ESCO
    "ESCO without skills": (lambda: [("b.csv", broader())], "esco_skills"),
    "ESCO's skills twice": (lambda: [SKILLS, SKILLS], "esco_twice"),
    "ESCO with another file": (lambda: [SKILLS, ("m.csv", moodle(A, B))], "files_mixed"),
    "ESCO without relations": (lambda: [SKILLS, ("o.csv", occupations())], "esco_no_relations"),
    "an unknown occupation": (
        lambda: [SKILLS, ("o.csv", occupations()), ("r.csv", relations())], "esco_occupation"),
    "words that nothing has": (lambda: [SKILLS], "esco_nothing"),
    "too many skills": (lambda: [("s.csv", table(SKILL_HEAD, CROWD))], "esco_many"),
}  # fmt: skip
NARROWED = {
    "ESCO without relations": Narrowed(occupation="customs officer"),
    "an unknown occupation": Narrowed(occupation="astronaut"),
    "words that nothing has": Narrowed(words="zeppelin"),
}


@pytest.mark.parametrize("named", BAD)
def test_a_bad_file_is_refused_with_its_place_and_what_to_do(named, tmp_path):
    make, expected = BAD[named]

    with pytest.raises(ContentError) as refused:
        taken(tmp_path, *make(), narrowed=NARROWED.get(named))

    faults = refused.value.faults
    assert {fault.key for fault in faults} == set(expected.split())
    for fault in faults:
        assert fault.place
        assert fault.reason
        assert fault.advice
        assert "{" not in fault.reason + fault.advice


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    rows = [A, {"id": "B", "name": ""}, {"name": "x"}, {"id": "A", "name": "y"}]

    with pytest.raises(ContentError) as refused:
        taken(tmp_path, *csv_of(*rows))

    found = [(fault.place, fault.key) for fault in refused.value.faults]
    assert found == [("C4", "name_missing"), ("B5", "id_missing"), ("B6", "id_twice")]


def test_a_thousand_faults_of_a_kind_are_counted_and_not_all_listed(tmp_path):
    items = [item("g1", "G1", "g"), *(item(f"c{n}", f"C{n}", "c") for n in range(900))]

    with pytest.raises(ContentError) as refused:
        taken(tmp_path, ("f.json", json.dumps(case(CFItems=items)).encode()))

    assert len(refused.value.faults) == 201
    assert refused.value.faults[-1].params["count"] == 699


def test_nothing_of_a_hostile_text_comes_through(tmp_path):
    name = "=HYPERLINK(\u202e\u0000evil)\ud800"
    package = case(CFItems=[item("g1", "G1", "g"), item("c1", "C1", name, notes="\x07bell")])
    (one,) = taken(tmp_path, ("f.json", json.dumps(package).encode())).content.competencies

    assert (one.title, one.basis) == ("=HYPERLINK(evil)", "bell")


def test_every_fault_has_a_reason_and_an_advice():
    assert messages.MESSAGES.keys() == messages.ADVICE.keys()
