"""Two gates, a merit score and two lists: what is not known never counts as zero."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis.promotion import (
    PromotionRule,
    both_lists,
    competency_shares,
    judged,
    selection_rates,
)
from competencies.models import Assessment
from competencies.usecases import shadow_run
from tests.competencies import make_promotion
from tests.competencies.make_gaps import port
from tests.drawn import frame, same

RULE = PromotionRule()
PEOPLE = frame("staff\nann\nben\ncy")
ASKED = frame("competency level weight\nM1 2 3\nO1 4 1")


def candidates(**changed):
    """Three candidates who pass everything; Ann has the longest service."""
    table = frame(
        """
        staff  service  sanction  courses  share  performance  panel  protected  joined_on
        ann    17       no        yes      0.9    70           70     False      1999-01-04
        ben    12       no        yes      0.8    60           70     False      2004-01-05
        cy     8        no        yes      0.95   80           75     False      2008-01-07
        """,
        dates=("joined_on",),
    )
    table = table.assign(least=table["share"], most=table["share"])
    for name, values in changed.items():
        table[name] = values
    return table


def lists(rule=RULE, **changed):
    return both_lists(judged(candidates(**changed), rule))


def test_the_share_counts_what_is_asked_by_weight_and_never_more_than_asked():
    held = frame("staff competency level\nann M1 4\nann O1 2\nben M1 1\nben O1 4\ncy O1 4")

    table = competency_shares(PEOPLE, ASKED, held)

    # ann (3 x 1 + 1 x 0.5) / 4; ben (3 x 0.5 + 1 x 1) / 4; of cy the management is not validated
    same(table, frame("""
        staff  asked  missing  least  most   share
        ann    2      0        0.875  0.875  0.875
        ben    2      0        0.625  0.625  0.625
        cy     2      1        0.25   1      -
    """))  # fmt: skip


def test_a_role_that_asks_for_nothing_critical_gives_no_share():
    none = frame("staff competency level\nann M1 4").iloc[:0]

    table = competency_shares(PEOPLE, ASKED.iloc[:0], none)

    assert table["asked"].tolist() == [0, 0, 0]
    assert table["share"].isna().all()


def test_the_merit_is_the_weighted_sum_of_the_three():
    table = judged(candidates(), RULE)

    assert table["merit"].round(6).tolist() == [80.0, 72.0, 86.5]


@pytest.mark.parametrize(
    ("changed", "failed"),
    [
        ({"service": [17, 2.9, 8]}, "service"),
        ({"sanction": ["no", "yes", "no"]}, "sanction"),
        ({"courses": ["yes", "no", "yes"]}, "courses"),
        ({"most": [0.9, 0.7, 0.95]}, "threshold"),
    ],
)
def test_each_gate_shuts_out_who_does_not_meet_it(changed, failed):
    row = judged(candidates(**changed), RULE).iloc[1]

    assert (row["state"], row["failed"]) == ("excluded", (failed,))
    assert np.isnan(row["merit"])


@pytest.mark.parametrize(
    ("changed", "unknown"),
    [
        ({"service": [17, np.nan, 8]}, "service"),
        ({"sanction": ["no", "unknown", "no"]}, "sanction"),
        ({"courses": ["yes", "unknown", "yes"]}, "courses"),
        ({"share": [0.9, np.nan, 0.95]}, "competency"),
        ({"performance": [70, np.nan, 80]}, "performance"),
        ({"panel": [70, np.nan, 75]}, "panel"),
    ],
)
def test_what_is_not_known_leaves_the_candidate_incomplete_and_names_it(changed, unknown):
    row = judged(candidates(**changed), RULE).iloc[1]

    assert (row["state"], row["unknown"]) == ("incomplete", (unknown,))
    assert np.isnan(row["merit"])


def test_who_can_no_longer_reach_the_threshold_is_excluded_though_levels_are_missing():
    row = judged(
        candidates(share=[0.9, np.nan, 0.95], least=[0.9, 0.2, 0.95], most=[0.9, 0.7, 0.95]), RULE
    ).iloc[1]

    assert row["state"] == "excluded"


def test_protection_holds_off_the_courses_and_nothing_else():
    rule = PromotionRule(protection_holds=True)
    spared = candidates(courses=["no", "no", "yes"], protected=[True, False, False])
    barred = candidates(sanction=["yes", "no", "no"], protected=[True, False, False])

    assert judged(spared, rule)["state"].tolist() == ["ranked", "excluded", "ranked"]
    assert judged(spared, RULE)["state"].tolist()[0] == "excluded"
    assert judged(barred, rule)["state"].tolist()[0] == "excluded"


def test_both_lists_say_how_far_each_moved_and_why():
    table = lists(panel=[np.nan, 70, 75]).set_index("staff")

    # by seniority ann, ben, cy; ann is incomplete, so cy is first and ben second by merit
    assert table["seniority"].to_dict() == {"cy": 3, "ben": 2, "ann": 1}
    assert table.loc["cy", ["place", "moved", "fell_out"]].tolist() == [1, 2, 1]
    assert table.loc["ben", ["place", "moved", "fell_out"]].tolist() == [2, 0, 1]
    assert table.loc["cy", "driver"] == "performance"
    assert table.loc["ann", "driver"] == ""


def test_of_two_who_are_equal_the_one_with_more_service_comes_first():
    table = lists(share=0.8, performance=70.0, panel=70.0)

    assert table["staff"].tolist() == ["ann", "ben", "cy"]
    assert table["moved"].tolist() == [0, 0, 0]


def test_an_unknown_day_of_joining_stands_last_by_seniority():
    table = lists(joined_on=[pd.NaT, pd.Timestamp(2004, 1, 5), pd.Timestamp(2008, 1, 7)])

    assert table.set_index("staff")["seniority"].to_dict() == {"ben": 1, "cy": 2, "ann": 3}


def test_rates_are_told_of_large_enough_groups_and_compared_with_the_highest():
    rows = pd.DataFrame(
        {
            "staff": [f"s{n}" for n in range(12)],
            "seniority": range(1, 13),
            "place": [12, 11, *range(1, 11)],
            "gender": ["m"] * 6 + ["f"] * 5 + [""],
        }
    )

    table = selection_rates(rows, "gender", posts=4, least=5).set_index("gender")

    assert table[["n", "old", "new"]].T.to_dict("list") == {"": [1, 0, 0], "f": [5, 0, 0],
                                                            "m": [6, 4, 4]}  # fmt: skip
    assert table.loc["m", ["new_rate", "new_ratio"]].tolist() == [4 / 6, 1]
    assert table.loc["f", ["new_rate", "new_ratio"]].tolist() == [0, 0]
    assert table.loc["", ["new_rate", "new_ratio"]].isna().all()


def test_one_group_alone_is_compared_with_none():
    rows = pd.DataFrame({"staff": list("abcde"), "seniority": range(1, 6),
                         "place": range(1, 6), "grade": "3"})  # fmt: skip

    assert selection_rates(rows, "grade", posts=2, least=5)["new_ratio"].isna().all()


MARK = st.one_of(st.none(), st.integers(0, 100))
ANSWER = st.sampled_from(["yes", "no", "unknown"])


@given(st.lists(st.tuples(MARK, MARK, MARK, ANSWER, ANSWER, st.integers(0, 30)), min_size=1,
                max_size=8))  # fmt: skip
def test_places_are_whole_and_only_of_those_of_whom_all_is_known(drawn):
    columns = ["share", "performance", "panel", "sanction", "courses", "service"]
    rows = pd.DataFrame(drawn, columns=columns).astype(
        {"share": float, "performance": float, "panel": float, "service": float}
    )
    rows = rows.assign(
        staff=[f"s{n}" for n in range(len(rows))],
        share=rows["share"] / 100,
        least=rows["share"].fillna(0) / 100,
        most=rows["share"].fillna(100) / 100,
        protected=False,
        joined_on=pd.Timestamp(2016, 1, 1) - pd.to_timedelta(rows["service"] * 365, unit="D"),
    )
    table = both_lists(judged(rows, RULE))
    ranked = table[table["state"] == "ranked"]

    assert ranked["place"].tolist() == list(range(1, len(ranked) + 1))
    assert ranked["merit"].is_monotonic_decreasing
    assert not ranked[["share", "performance", "panel"]].isna().any(axis=None)
    assert table.loc[table["state"] != "ranked", "place"].isna().all()
    assert sorted(table["seniority"]) == list(range(1, len(table) + 1))


@pytest.mark.django_db
def test_a_validated_level_counts_only_under_two_signatures(customs):
    place = port(customs)
    row = make_promotion.supervisors(place)
    before = {one.name: one.share for one in shadow_run.outcome(row, customs).standings}
    Assessment.objects.filter(staff_member=place.ben).update(second_by=None)

    after = {one.name: one.share for one in shadow_run.outcome(row, customs).standings}

    assert (before["Ben"], after["Ben"]) == (1.0, None)
    assert before["Ann"] == after["Ann"]
