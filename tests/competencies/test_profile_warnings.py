"""Demands of a job profile that should be looked at again are named, with how many are enough."""

from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis.profile_warnings import (
    MOST_CRITICAL,
    Demand,
    most_experts,
    profile_warnings,
)


def demands(n, level=2, critical=0):
    return [Demand(f"C{i}", level, i < critical) for i in range(n)]


def told(asked, *, top=4, experts=None, serving=200):
    found = profile_warnings(asked, top=top, experts=experts or {}, serving=serving)
    return [(one.key, one.n, one.most) for one in found]


def test_eight_critical_demands_are_enough_and_nine_are_told():
    assert told(demands(20, critical=8)) == []
    assert told(demands(20, critical=9)) == [("critical", 9, 8)]


def test_thirty_demands_fit_one_round_of_assessment():
    assert told(demands(30)) == []
    assert told(demands(31)) == [("long", 31, 30)]


def test_a_profile_that_asks_for_the_top_everywhere_is_told():
    assert told(demands(3, level=4)) == [("flat", 4, 4)]
    assert told([*demands(3, level=4), Demand("C9", 3, False)]) == []


def test_more_experts_than_an_administration_of_the_size_has_are_told_by_competency():
    asked = [*demands(1, level=4), Demand("other", 2, False)]
    assert told(asked, experts={"C0": 3}) == []
    assert told(asked, experts={"C0": 4}) == [("expert", 4, 3)]
    assert told(asked, experts={"other": 99}) == [], "not asked for at the top"


@given(st.integers(0, 200_000))
def test_a_larger_administration_never_has_fewer_experts(serving):
    assert 3 <= most_experts(serving) <= most_experts(serving + 100)


@given(st.integers(0, 60), st.integers(0, 60))
def test_taking_a_critical_mark_away_never_adds_a_warning(n, critical):
    critical = min(n, critical)
    fewer = told(demands(n, critical=max(critical - 1, 0)))
    assert len(fewer) <= len(told(demands(n, critical=critical)))
    assert (("critical", critical, MOST_CRITICAL) in told(demands(n, critical=critical))) == (
        critical > MOST_CRITICAL
    )
