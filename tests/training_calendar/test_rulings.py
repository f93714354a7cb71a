from datetime import date

import pandas as pd
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from competencies.models import Competency, JobProfile
from competencies.usecases.gaps import gap_analysis
from hrplan import workbook
from hrplan.core.models import Role
from tests import make
from tests.competencies import make_gaps
from training_calendar import frames
from training_calendar.analysis.rulings import answered_by_training, ruled, rulings_of
from training_calendar.models import NeedRuling
from training_calendar.usecases import causes, priority_list, rulings

NEEDS = pd.DataFrame(
    {
        "competency": ["O1", "O1", "O2"],
        "group": ["R1", "R2", "R1"],
        "link": [0.0, 0.0, 1.0],
        "deadline": [None, None, date(2016, 9, 1)],
    }
)


def said(**fields):
    empty = dict.fromkeys(("cause", "ground", "link", "reason", "approver"), "")
    return {**empty, "deadline": None, "profile": "", "competency": "O1", "ruling": 1, **fields}


def told(*rows):
    columns = ["competency", "profile", "cause", "ground", "link", "deadline", "reason", "approver"]
    return pd.DataFrame(rows, columns=[*columns, "ruling"])


def test_a_ruling_on_a_profile_goes_before_the_one_on_all_profiles():
    table = told(said(cause="tools"), said(profile="R2", cause="knowledge", ruling=2))

    assert rulings_of(NEEDS, table)["cause"].tolist() == ["tools", "knowledge", ""]


def test_without_a_ruling_a_need_stands_as_gaps_and_duties_make_it():
    needs, overrides = ruled(NEEDS, told())

    assert needs["link"].tolist() == [0.0, 0.0, 1.0]
    assert needs["deadline"].tolist()[2] == date(2016, 9, 1)
    assert len(overrides) == 0


def test_a_ruling_sets_link_and_deadline_only_where_it_states_them():
    needs, _ = ruled(NEEDS, told(said(link="indirect"), said(competency="O2", cause="tools")))

    assert needs["link"].tolist() == [0.5, 0.5, 1.0]
    assert needs["deadline"].tolist()[2] == date(2016, 9, 1)


def test_only_an_approved_ground_is_an_override():
    table = told(
        said(profile="R1", ground="safety", approver="Comptroller"),
        said(profile="R2", ground="safety", ruling=2),
    )

    _, overrides = ruled(NEEDS, table)

    assert overrides[["competency", "group", "reason", "approver"]].to_numpy().tolist() == [
        ["O1", "R1", "safety", "Comptroller"]
    ]


@pytest.mark.parametrize(
    ("cause", "trained"),
    [
        ("", True),
        ("knowledge", True),
        ("absent", True),
        ("authority", False),
        ("tools", False),
        ("supervision", False),
        ("person", False),
    ],
)
def test_training_answers_the_first_the_last_and_the_unknown_cause(cause, trained):
    table = told(said(cause=cause))

    assert answered_by_training(NEEDS, table).tolist() == [trained, trained, True]


@pytest.fixture
def port(customs):
    return make_gaps.port(customs)


def topic(customs, code="O1"):
    return Competency.objects.get(administration=customs, code=code)


def rule(customs, by, **fields):
    fields = {"competency": topic(customs), "cause": "tools", "reason": "No scanner", **fields}
    return rulings.add_ruling(customs, by=by, **fields)


def test_a_place_in_the_top_band_counts_once_another_member_approves_it(
    port, customs, alice, carol
):
    row = rule(customs, alice, cause="", ground="safety", reason="Firearms")
    before = priority_list.need_priorities(customs, limit=None)

    with pytest.raises(PermissionDenied):
        rulings.approve_ruling(row, by=alice)
    rulings.approve_ruling(row, by=carol)
    after = priority_list.need_priorities(customs, limit=None)

    assert {line.band for line in before if line.competency == "O1"} != {1}
    assert {line.band for line in after if line.competency == "O1"} == {1}


def test_what_was_approved_has_to_be_approved_again_once_it_says_otherwise(
    port, customs, alice, carol
):
    row = rule(customs, alice, cause="", ground="safety", reason="Firearms")
    rulings.approve_ruling(row, by=carol)

    rulings.change_ruling(row, by=alice, deadline=date(2016, 9, 1))
    kept = row.approved_by_id
    rulings.change_ruling(row, by=alice, reason="Firearms and dogs")

    assert (kept, row.approved_by_id) == (carol.pk, None)


def test_a_second_hr_officer_may_approve_and_nobody_from_elsewhere(
    port, customs, alice, mallory, bob
):
    row = rule(customs, alice, cause="", ground="safety", reason="Firearms")
    for other in (mallory, bob):
        with pytest.raises(PermissionDenied):
            rulings.approve_ruling(row, by=other)

    rulings.approve_ruling(row, by=make.member(customs, Role.HR_OFFICER, "hedy"))

    with pytest.raises(ValidationError, match="already"):
        rulings.approve_ruling(row, by=make.member(customs, Role.HEAD, "henry"))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"cause": "", "reason": "why"}, "at least one thing"),
        ({"cause": "tools", "reason": " "}, "Say why"),
        ({"cause": "", "ground": "integrity", "reason": ""}, "Say why"),
    ],
)
def test_a_ruling_says_something_and_why(port, customs, alice, fields, words):
    with pytest.raises(ValidationError, match=words):
        rule(customs, alice, **fields)


def test_one_ruling_stands_on_a_need(port, customs, alice):
    rule(customs, alice)

    with pytest.raises(ValidationError, match="already"):
        rule(customs, alice, cause="person")


def test_a_need_with_another_cause_leaves_the_planning_tables_and_keeps_its_people(
    port, customs, alice
):
    profile = JobProfile.objects.get(administration=customs)
    rule(customs, alice, profile=profile)
    told_now, analysis = frames.rulings(customs), gap_analysis(customs)
    table = pd.DataFrame(
        [(profile.code, "O1", 3, 1), (profile.code, "O2", 2, 1), ("R9", "O1", 3, 1)],
        columns=["role_id", "competency_id", "required_level", "weight"],
    )

    kept = causes.trainable(table, told_now)
    barred = causes.other_causes(analysis, told_now)

    assert kept[["role_id", "competency_id"]].to_numpy().tolist() == [
        [profile.code, "O2"],
        ["R9", "O1"],
    ]
    short = analysis.cells[(analysis.cells["competency"] == "O1") & (analysis.cells["gap"] > 0)]
    assert set(barred["staff"]) == set(short["staff"])
    assert set(barred["cause"]) == {"tools"}


def test_the_page_of_priorities_works_before_any_plan(port, customs, as_, alice):
    rule(customs, alice)

    page = as_(alice).get(reverse("training_calendar:priorities", args=["customs"]))

    words = page.content.decode()
    assert page.status_code == 200
    assert "tools, time or system are missing" in words
    assert "equipment, procedure or staffing" in words
    assert "nobody looked" in words


def test_the_list_is_narrowed_by_its_address_and_comes_as_a_file(port, customs, as_, alice):
    url = reverse("training_calendar:priorities", args=["customs"])
    before = as_(alice).get(url, {"cause": "none"}).context["rows"]
    rule(customs, alice)

    by_cause = as_(alice).get(url, {"cause": "tools"}).context["rows"]
    after = as_(alice).get(url, {"cause": "none"}).context["rows"]
    file = as_(alice).get(url, {"format": "csv"}).getvalue().decode()

    assert {row["line"].competency for row in by_cause} == {"O1"}
    assert ([row["line"].competency for row in before], after) == (["O1"], [])
    assert "No scanner" in file


def test_outside_the_office_only_the_band_is_told_of_few_people(port, customs, as_, alice, ruth):
    rule(customs, alice, cause="person")

    page = as_(ruth).get(reverse("training_calendar:priorities", args=["customs"]))

    lines = [row["line"] for row in page.context["rows"]]
    assert lines
    told = {(line.rank, line.people, line.priority, line.terms, line.ruling) for line in lines}
    assert told == {(None, None, None, (), None)}
    assert "wrong person" not in str(page.content[page.content.index(b"<tbody>") :])
    url = reverse("training_calendar:priorities", args=["customs"])
    assert as_(ruth).get(url, {"cause": "person"}).context["rows"] == []
    assert as_(ruth).get("/api/v1/customs/need-rulings/").status_code == 403
    assert {row["people_url"] for row in page.context["rows"]} == {""}


def test_hr_rules_on_a_page_and_the_head_approves_there(port, customs, as_, alice, carol):
    url = reverse("training_calendar:rulings_add", args=["customs"])
    data = {"competency": topic(customs).pk, "ground": "integrity", "reason": "Cash"}

    as_(alice).post(url, data)
    row = NeedRuling.objects.get()
    address = reverse("training_calendar:ruling_approve", args=["customs", row.pk])
    refused = as_(alice).post(address)
    as_(carol).post(address)

    row.refresh_from_db()
    assert refused.status_code == 403
    assert (row.proposed_by, row.approved_by) == (alice, carol)


def test_rulings_are_kept_by_rest_too(port, customs, as_, alice, carol, bob):
    base = "/api/v1/customs/need-rulings/"
    data = {"competency": topic(customs).pk, "ground": "integrity", "reason": "Cash"}

    made = as_(alice).post(base, data, content_type="application/json")
    approved = as_(carol).post(f"{base}{made.json()['id']}/approve/")
    listed = as_(bob).get("/api/v1/customs/priorities/", {"competency": "O1"}).json()

    assert (made.status_code, approved.status_code) == (201, 200)
    assert {line["band"] for line in listed} == {1}
    assert as_(bob).post(base, data, content_type="application/json").status_code == 403


def test_rulings_go_out_and_in_with_the_tables_without_their_approval(
    port, customs, alice, carol, tmp_path
):
    row = rule(customs, alice, ground="safety", deadline=date(2016, 9, 1))
    rulings.approve_ruling(row, by=carol)
    door = workbook.DOORS["need_rulings"]
    rows = door.rows(customs)

    door.save(customs, [], rows)

    row.refresh_from_db()
    assert rows == [
        {
            "competency": "O1",
            "profile": "ALL",
            "cause": "tools",
            "ground": "safety",
            "link": None,
            "deadline": date(2016, 9, 1),
            "reason": "No scanner",
        }
    ]
    assert (row.deadline, row.approved_by) == (date(2016, 9, 1), None)
