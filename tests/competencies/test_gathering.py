"""Groups that would betray a person are told together; and together they say enough."""

from hypothesis import given
from hypothesis import strategies as st
from pandas import DataFrame

from competencies.analysis.gathering import gathered_groups
from tests.drawn import frame


def test_a_group_of_few_people_or_of_few_who_retire_takes_the_next_smallest_along():
    groups = frame("""
        group       people  retirements
        executives  7       2
        managers    10      0
        officers    98      5
    """)

    # executives tell of two; with the managers they still do; with the officers of seven
    assert gathered_groups(groups, limit=5) == ("executives", "managers", "officers")


def test_groups_that_betray_nobody_stay_apart():
    groups = frame("group people retirements\na 7 0\nb 98 5")

    assert gathered_groups(groups, limit=5) == ()


def test_two_that_say_too_little_each_say_enough_together():
    groups = frame("group people retirements\na 7 2\nb 10 3\nc 50 0")

    assert gathered_groups(groups, limit=5) == ("a", "b")


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)), max_size=7), st.integers(1, 6))
def test_what_is_told_apart_is_never_small(drawn, limit):
    rows = [(f"g{n}", people, min(people, retiring)) for n, (people, retiring) in enumerate(drawn)]
    groups = DataFrame(rows, columns=["group", "people", "retirements"])

    found = gathered_groups(groups, limit=limit)

    apart = groups[~groups["group"].isin(found)]
    assert (apart["people"] >= limit).all()
    assert not ((apart["retirements"] > 0) & (apart["retirements"] < limit)).any()
    assert len(found) != 1 or len(groups) == 1
