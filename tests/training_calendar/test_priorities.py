from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis.demand import Demand
from tests.drawn import frame, same
from training_calendar.analysis.priorities import (
    PriorityConstants,
    funding_line,
    group_needs,
    priorities,
    priority_constants_in_print,
)

RULE = PriorityConstants()
TODAY = date(2016, 2, 12)
NEEDS = frame(
    """
    competency  group     people  mean_gap  mean_weight  link  deadline    confidence
    O4          examiner  20      2         3            1     2016-09-30  0.5
    O7          examiner  10      1         2            0.5   2017-09-30  0.8
    S1          clerk     4       1         1            0     -           1
    C5          head      2       1         2            0     2015-12-31  0.6
    """,
    dates=("deadline",),
)
NONE = frame("competency group reason approver", competency="str", group="str")


def ranked(overrides=NONE):
    return priorities(NEEDS, overrides, RULE, strength=200, as_of=TODAY)


def test_six_terms_make_the_priority():
    # O4: 30 x .5 + 25 x 1 + 15 x .1 + 15 x 1 + 10 x 1 + 5 x .5 = 69
    # O7: 30 x .25 + 25 x 2/3 + 15 x .05 + 15 x .5 + 10 x .5 + 5 x .8 = 41.4167
    # C5: 30 x .25 + 25 x 2/3 + 15 x .01 + 0 + 10 x 1 + 5 x .6 = 37.3167, its deadline is past
    # S1: 30 x .25 + 25 x 1/3 + 15 x .02 + 0 + 0 + 5 x 1 = 21.1333
    expected = frame("""
        rank  band  competency  priority  urgency
        1     1     O4          69        1
        2     2     O7          0         0.5
        3     3     C5          0         1
        4     3     S1          0         0
    """)
    expected["priority"] = [69, 24.75 + 50 / 3, 20.65 + 50 / 3, 12.8 + 25 / 3]
    same(ranked()[expected.columns.tolist()], expected)


def test_an_override_lifts_a_need_into_the_top_band_and_keeps_its_reason():
    table = ranked(frame("competency group reason approver\nS1 clerk legal_duty head"))

    assert table[["competency", "band", "reason", "approver"]].values.tolist() == [
        ["O4", 1, "", ""],
        ["S1", 1, "legal_duty", "head"],
        ["O7", 2, "", ""],
        ["C5", 3, "", ""],
    ]
    assert table["priority"].tolist()[1] == pytest.approx(12.8 + 25 / 3)


def test_needs_pool_the_gaps_of_those_who_have_one():
    # examiners are asked for 3 in O4, clerks for 2; ann carries a heavier role of the same job
    demand = Demand(
        required=np.array([[3.0, 0], [3.0, 0], [2.0, 0]]),
        weight=np.array([[3.0, 0], [2.0, 0], [1.0, 0]]),
        critical=np.zeros((3, 2), bool),
    )
    role = np.array([0, 1, 0, 0, 2, -1])  # ann, ben, cy, dee, eve; fay holds no profile
    group = np.array([1, 1, 1, 1, 0, 0])
    levels = np.array([1, 2, 3, np.nan, 1, 0], np.float32)[:, None] * [1, 0]
    confidence = np.array([0.5, 1, 1, 0, 0.25, 1], np.float32)[:, None] * [1, 1]
    names = pd.Index(["O4", "O5"]), pd.Index(["clerk", "examiner"])

    expected = frame("""
        competency  group     people  mean_gap  mean_weight  confidence  weighted_gap  adjusted_gap
        O4          clerk     1       1         1            0.25        1             0.25
        O4          examiner  2       1.5       2.5          0.75        8             5
    """)
    same(group_needs(levels, confidence, demand, role, group, names), expected)


def test_the_line_takes_the_top_band_first_then_what_is_worth_most_for_its_cost():
    table = ranked().assign(cost=[50.0, 30.0, 10.0, 25.0])

    line = funding_line(table, 85)

    # 85 - 50 - 30 leaves 5, which reaches neither C5 (10) nor S1 (25)
    expected = frame("""
        competency  funded  spent
        O4          True    50
        O7          True    80
        C5          False   80
        S1          False   80
    """)
    same(line[expected.columns.tolist()], expected)


def test_a_cheaper_need_behind_the_line_is_still_taken_and_a_free_one_always():
    table = ranked().assign(cost=[50.0, 40.0, 30.0, 0.0])

    line = funding_line(table, 30)

    assert line.set_index("competency")["funded"].to_dict() == {
        "O4": False,
        "O7": False,
        "S1": True,
        "C5": True,
    }


def test_constants_that_do_not_sum_to_one_and_an_empty_administration_are_refused():
    with pytest.raises(ValueError, match="sum to 1"):
        PriorityConstants(severity=0.5)
    with pytest.raises(ValueError, match="above zero"):
        priorities(NEEDS, NONE, RULE, strength=0, as_of=TODAY)


def test_the_annex_lists_every_constant():
    assert dict(priority_constants_in_print(RULE))["severity"] == 0.30
    assert len(priority_constants_in_print(RULE)) == 13


@given(st.floats(0, 4), st.floats(0, 4), st.floats(1, 3), st.integers(0, 200))
def test_a_wider_gap_never_ranks_lower_and_priority_stays_in_its_range(one, other, weight, people):
    needs = pd.DataFrame({"competency": ["C1", "C2"], "mean_gap": sorted([one, other])})
    needs = needs.assign(
        group="g", people=people, mean_weight=weight, link=1.0, deadline=pd.NaT, confidence=0.5
    )

    table = priorities(needs, NONE, RULE, strength=200, as_of=TODAY).set_index("competency")

    assert table.loc["C2", "priority"] >= table.loc["C1", "priority"]
    assert table["priority"].between(0, 100).all()
