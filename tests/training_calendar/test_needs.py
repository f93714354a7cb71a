from dataclasses import replace

import pandas as pd
import pytest

from hrplan.core.frames import FrameError
from tests.drawn import frame, same
from training_calendar.analysis.needs import Supply, module_demand, training_needs

SUPPLY = Supply(
    modules=frame("""
        module  effort
        T1      8
        T2      16
        T3      24
        T4      8
        T5      8
    """),
    outcomes=frame("""
        module  competency  level_from  level_to
        T1      O4          0           1
        T2      O4          1           2
        T3      O4          2           3
        T3      O1          1           2
        T4      C1          0           1
        T5      M1          0           2
    """),
    prerequisites=frame("module requires\nT3 T4"),
    audience=frame("module profile\nT5 manager"),
)
GAPS = frame("""
    staff  competency  profile   required  held  gap   weight  critical
    ann    O4          examiner  3         1.5   1.5   3       True
    ben    O4          examiner  3         2     1     3       True
    ben    O1          examiner  1         2     0     2       False
    cy     O4          examiner  3         -     -     3       True
    dee    M1          examiner  2         0     2     2       False
    dee    O9          examiner  2         1     1     2       False
    eve    M1          manager   2         1     1     2       False
""")
HELD = frame("""
    staff  competency  level
    ann    O4          1.5
    ann    C1          0
    ben    O4          2
    ben    O1          2
    ben    C1          1
    dee    M1          0
    dee    O9          1
    eve    M1          1
""")
NOTHING = frame("staff module", staff="str", module="str")
COLUMNS = ["staff", "module", "competency", "purpose", "step", "for_module"]


def test_gaps_become_the_modules_of_the_ladder_with_what_these_need():
    found = training_needs(GAPS, HELD, NOTHING, SUPPLY)

    # ann stands on 1, needs T2 and T3, and T4 before T3; ben holds what T4 teaches;
    # cy isn't assessed; T5 is not for dee, and nothing teaches O9.
    needs = frame("""
        staff  module  competency  purpose       step  for_module  level_from  level_to  gain
        ann    T2      O4          gap           1     .           1.5         2         1.5
        ann    T3      O4          gap           2     .           2           3         3
        ann    T4      .           prerequisite  0     T3          -           -         0
        ben    T3      O4          gap           1     .           2           3         3
        eve    T5      M1          gap           1     .           1           2         2
    """).replace({"competency": ".", "for_module": "."}, "")
    same(found.needs[needs.columns.tolist()], needs)
    unmet = frame("""
        staff  competency  held  required  reached  left  weight  critical  reason
        dee    M1          0     2         0        2     2       False     not_for_profile
        dee    O9          1     2         1        1     2       False     no_module
    """)
    same(found.unmet, unmet)


def test_a_module_attended_is_not_asked_for_again_as_a_prerequisite():
    done = frame("staff module\nann T4")

    found = training_needs(GAPS, HELD, done, SUPPLY)

    assert "T4" not in set(found.needs["module"])


def test_a_prerequisite_whose_matter_is_not_assessed_is_waived():
    found = training_needs(GAPS, HELD[HELD["competency"] != "C1"], NOTHING, SUPPLY)

    assert "T4" not in set(found.needs["module"])


def test_a_prerequisite_that_nobody_offers_cuts_the_ladder_there():
    without = replace(SUPPLY, modules=SUPPLY.modules[SUPPLY.modules["module"] != "T4"])

    found = training_needs(GAPS[GAPS["competency"] == "O4"], HELD, NOTHING, without)

    assert found.needs[["staff", "module"]].values.tolist() == [["ann", "T2"], ["ben", "T3"]]
    assert found.unmet.values.tolist() == [
        ["ann", "O4", 1.5, 3, 2.0, 1.0, 3, True, "prerequisite_not_offered"]
    ]


def test_prerequisites_of_prerequisites_are_found_and_a_circle_ends():
    circle = replace(
        SUPPLY,
        prerequisites=frame("module requires\nT3 T4\nT4 T1\nT1 T4"),
        audience=SUPPLY.audience,
    )

    found = training_needs(GAPS[GAPS["staff"] == "ann"], HELD, NOTHING, circle)

    # T1 is waived: ann holds the level it teaches
    assert found.needs["module"].tolist() == ["T2", "T3", "T4"]


def test_a_module_on_the_ladder_is_not_listed_again_as_a_prerequisite():
    chained = replace(SUPPLY, prerequisites=frame("module requires\nT3 T2"))

    found = training_needs(GAPS[GAPS["staff"] == "ann"], HELD, NOTHING, chained)

    assert found.needs["module"].tolist() == ["T2", "T3"]
    assert found.needs["purpose"].tolist() == ["gap", "gap"]


def test_nothing_asked_makes_no_needs():
    found = training_needs(GAPS.iloc[:0], HELD, NOTHING, SUPPLY)

    assert found.needs.empty
    assert found.unmet.empty


def test_the_demand_for_a_module_counts_heads_and_gaps():
    demand = module_demand(training_needs(GAPS, HELD, NOTHING, SUPPLY).needs)

    expected = frame("""
        module  people  as_prerequisite  gaps  critical_gaps  gain
        T2      1       0                1     1              1.5
        T3      2       0                2     2              6
        T4      1       1                0     0              0
        T5      1       0                1     0              2
    """)
    same(demand, expected)


def test_what_needs_and_unmet_say_adds_up_to_the_gaps():
    found = training_needs(GAPS, HELD, NOTHING, SUPPLY)
    known = GAPS[GAPS["held"].notna()]

    closed = found.needs["gain"].sum()
    left = (found.unmet["left"] * found.unmet["weight"]).sum()

    assert closed + left == pytest.approx((known["gap"] * known["weight"]).sum())


def test_a_supply_with_doubled_rows_is_refused():
    with pytest.raises(FrameError, match="module T1"):
        replace(SUPPLY, modules=pd.concat([SUPPLY.modules, SUPPLY.modules.iloc[:1]]))
