from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.training_calendar.solver.instances import GOOD, session, small
from training_calendar.solver.altered import without_source
from training_calendar.solver.check import FURTHER, RULES, check, unobeyed
from training_calendar.solver.repair_rules import RULES as REPAIRED
from training_calendar.solver.solution import Violation

S1, S2, S3 = GOOD


def broken(sessions, params: dict | None = None, **changed: str) -> set[str]:
    return {found.rule for found in check(small(params, **changed), sessions).violations}


def test_a_calendar_without_fault_has_no_violation():
    assert check(small(), GOOD).violations == ()


@pytest.mark.parametrize(
    ("rule", "sessions"),
    [
        ("H01", [S1, replace(S3, session_id="s1")]),
        ("H01", [replace(S3, module_id="M9")]),
        ("H01", [session("s", "M1", "2027-01-08", 2, "a1 a2")]),
        ("H01", [session("s", "M1", "2027-01-04", 1, "a1 a2")]),
        ("H01", [session("s", "M3", "2027-02-22", 1, "a1", where="")]),
        ("H02", [session("s", "M3", "2027-02-08", 1, "a1", where="")]),
        ("H03", [replace(S1, venue_id="V2")]),
        ("H03", [replace(S1, venue_id="V9")]),
        ("H03", [session("s", "M1", "2027-01-18", 2, "a1 a2")]),
        ("H04", [S1, session("s", "M2", "2027-01-05", 1, "", by="I1")]),
        ("H05", [replace(S3, instructor_id="I9")]),
        ("H05", [replace(S1, instructor_id="I2")]),
        ("H05", [session("s", "M3", "2027-01-25", 1, "a1", where="")]),
        ("H05", [S1, session("s", "M3", "2027-01-05", 1, "a3", where="")]),
        ("H06", [replace(S3, venue_id="V1")]),
        ("H07", [session("s", "M4", "2027-02-02", 2, "a1", where="X1", by="")]),
        ("H07", [session("s", "M4", "2027-02-01", 2, "a1", where="X1", by="I1")]),
        ("H07", [session(k, "M4", "2027-02-01", 2, k, where="X1", by="") for k in ("a1", "a2")]),
        ("H08", [replace(S1, staff_ids=("a1",))]),
        ("H08", [replace(S1, staff_ids=("a1", "a2", "b1", "b2"))]),
        ("H08", [session("s", "M4", "2027-02-01", 2, "a1 a2", where="X1", by="")]),
        ("H09", [replace(S3, staff_ids=("zz",))]),
        ("H09", [S3, session("s", "M3", "2027-01-14", 1, "a1", where="")]),
        ("H10", [S1, session("s", "M3", "2027-01-05", 1, "a1", where="", by="I2")]),
        ("H11", [session("s", "M3", "2027-01-11", 1, "a3", where="")]),
        ("H12", [session("s", "M3", "2027-02-15", 1, "a1", where="")]),
        ("H13", [session("s", "M3", "2027-01-04", 1, "b1 b2", where="")]),
        ("H14", [S2]),
        ("H14", [S1, replace(S2, staff_ids=("a3",))]),
    ],
)
def test_a_break_of_one_rule_is_seen(rule, sessions):
    assert rule in broken(sessions)


def test_cost_above_a_quarter_is_seen_to_the_cent():
    # s1: 100 + 3 x 10 + 2 x 15 + (40 + 2 x 10) for b1 = 220; s2: 100 + 20 + 15 + 50 = 185; s3: 30
    enough = "quarter amount\nQ1 435\nQ2 0"
    short = "quarter amount\nQ1 434.99\nQ2 0"

    assert broken(GOOD, budget=enough) == set()
    assert check(small(budget=short), GOOD).violations == (
        Violation("H15", quarter_id="Q1", found=435.0, allowed=434.99),
    )


def test_the_days_of_an_instructor_count_by_quarter():
    few = "instructor_id region_id max_days_quarter\nI1 R1 3\nI2 R2 5"

    assert check(small(instructors=few), GOOD).violations == (
        Violation("H05", quarter_id="Q1", found=4, allowed=3),
    )


def test_the_days_of_a_person_count_by_year():
    assert check(small({"max_days_staff_year": 3}), GOOD).violations == (
        Violation("H16", staff_id="a1", found=4, allowed=3),
    )


def test_a_station_keeps_its_minimum_on_duty():
    duty = "station_id from_date to_date minimum\nA 2027-01-05 2027-01-05 2"

    assert check(small(duty=duty), GOOD).violations == (
        Violation("C1", station_id="A", day=date(2027, 1, 5), found=1, allowed=2),
    )


def test_leave_alone_below_the_minimum_is_no_fault_of_the_calendar():
    duty = "station_id from_date to_date minimum\nA 2027-01-11 2027-01-15 3"

    assert check(small(duty=duty), GOOD).violations == ()


def test_a_module_for_certain_roles_is_for_them_only():
    assert broken([S3], audience="module_id role_id\nM3 Q") == {"C2"}


def test_a_pinned_session_stands():
    pins = {
        "pinned_sessions": (
            "session_id module_id start_date end_date venue_id instructor_id\n"
            "s3 M3 2027-01-07 2027-01-07 - I1"
        ),
        "pinned_seats": "session_id staff_id\ns3 a1\ns3 a2",
    }
    later = replace(S3, start_date=date(2027, 1, 8), end_date=date(2027, 1, 8))

    assert broken(GOOD, **pins) == set()
    assert broken([S1, S2], **pins) == {"C3"}
    assert broken([later], **pins) == {"C3"}
    assert broken([replace(S3, staff_ids=("a1",))], **pins) == {"C3"}


def test_the_objective_is_worked_by_hand():
    judged = check(small({"lambda_smooth": 0.1}), GOOD).objective

    # days 0-55. s1 ends on day 1 and lifts three people by one level of weight 2; s2 ends on
    # day 2, two people, weight 2; s3 ends on day 3, two people, weight 2. G = 20.
    value = 6 * (1 - 0.5 * 1 / 55) + 4 * (1 - 0.5 * 2 / 55) + 4 * (1 - 0.5 * 3 / 55)
    # all 10 seat-days in the first of 8 weeks with three open days or more: mean 1.25
    smooth = (8.75 + 7 * 1.25) / 20
    assert judged.value == pytest.approx(value)
    assert judged.closed == 14
    assert judged.cost == 435
    assert judged.travel == 110
    assert judged.smooth == pytest.approx(smooth)
    assert judged.z == pytest.approx(value - 0.435 - 0.1 * 20 * smooth)


def test_a_level_reached_before_earns_nothing_again():
    twice = (S1, session("s", "M4", "2027-02-01", 2, "a1", where="X1", by=""))

    assert check(small(), twice).objective.closed == 6 + 2


def test_a_module_lifts_only_from_the_level_it_starts_at():
    effects = (
        "module_id competency_id to_level from_level\nM1 C1 2 0\nM2 C1 3 2\nM3 C2 2 0\nM4 C1 3 2"
    )
    alone = session("s", "M4", "2027-02-01", 2, "a1", where="X1", by="")

    assert check(small(module_effects=effects), [alone]).objective.closed == 0
    assert check(small(module_effects=effects), [S1, alone]).objective.closed == 6 + 2


def test_every_rule_has_a_sentence_and_stands_in_the_docs():
    page = (Path(__file__).parents[3] / "docs" / "methods" / "planning.md").read_text()

    for code, rule in RULES.items():
        sentence = (rule.__doc__ or "").strip()
        assert sentence.endswith(".")
        assert f"| {code} | {sentence} |" in page
    assert page.count("\n| H") + page.count("\n| C") == len(RULES)


def test_every_rule_of_a_repair_has_its_twin_in_the_checker():
    assert set(REPAIRED) < {*RULES, *FURTHER}


PEAKS = "station_id month\nA 1\nB 2"


def test_a_further_rule_is_broken_only_where_it_blocks():
    assert broken(GOOD, peaks=PEAKS) == set()
    assert broken(GOOD, {"obeyed": ["F1", "F2"]}, peaks=PEAKS) == {"F1", "F2"}


def test_who_is_in_two_sessions_of_a_week_counts_once_for_the_station():
    three = "station_id region_id shift max_away max_week\nA R1 0 2 2\nB R2 1 1 1"

    assert broken(GOOD, {"obeyed": ["F1"]}, stations=three) == set()


def test_a_course_outside_the_sessions_counts_for_the_week():
    three = "station_id region_id shift max_away max_week\nA R1 0 2 2\nB R2 1 1 1"
    away = "staff_id from_date to_date\na3 2027-01-04 2027-01-08"

    found = check(small({"obeyed": ["F1"]}, stations=three, courses=away), GOOD).violations

    assert [(v.rule, v.station_id, v.day, v.found, v.allowed) for v in found] == [
        ("F1", "A", date(2027, 1, 4), 3, 2)
    ]


TWO_HOLD = "staff_id competency_id level\na1 C1 3\na2 C1 3\na3 C1 1"
A3_TOO = f"{TWO_HOLD[:-1]}3"


def test_the_last_two_who_hold_a_competency_are_not_away_together():
    apart = [replace(S3, staff_ids=("a1",)), session("s9", "M3", "2027-01-08", 1, "a2", where="")]
    on_leave = "staff_id from_date to_date\na2 2027-01-07 2027-01-07"
    block = {"obeyed": ["F3"]}

    assert broken([S3], block, assessments=TWO_HOLD) == {"F3"}
    assert broken([S3], block, assessments=A3_TOO) == set()
    assert broken([S3], assessments=TWO_HOLD) == set()
    assert broken(apart, block, assessments=TWO_HOLD) == set()
    assert broken(apart, block, assessments=TWO_HOLD, leave=on_leave) == {"F3"}


def test_each_of_the_last_two_is_named_with_session_and_station():
    found = unobeyed(small(assessments=TWO_HOLD), [S3])

    assert [(v.session_id, v.staff_id, v.station_id) for v in found] == [
        ("s3", "a1", "A"),
        ("s3", "a2", "A"),
    ]


def test_money_bound_to_a_module_pays_for_no_other():
    """Q1 has 900: s1 (M1) costs 220 and s2 and s3 (M2, M3) 175 together."""
    bound = {
        "earmarks": "source_id quarter amount\nS Q1 AMOUNT",
        "earmark_modules": "source_id module_id\nS M1",
    }

    def found(amount: str, obeyed: list[str]) -> list[tuple]:
        tables = {name: text.replace("AMOUNT", amount) for name, text in bound.items()}
        judged = check(small({"obeyed": obeyed}, **tables), GOOD).violations
        return [(v.rule, v.quarter_id, v.found, v.allowed) for v in judged]

    assert found("500", ["F4"]) == []
    assert found("800", ["F4"]) == [("F4", "Q1", 215, 100)]
    assert found("800", []) == []


def test_a_source_that_drops_out_binds_nothing_any_more():
    bound = {
        "earmarks": "source_id quarter amount\nS Q1 800",
        "earmark_modules": "source_id module_id\nS M1",
    }
    instance = small({"obeyed": ["F4"]}, **bound)

    assert {v.rule for v in check(instance, GOOD).violations} == {"F4"}
    assert check(without_source(instance, "S"), GOOD).violations == ()
