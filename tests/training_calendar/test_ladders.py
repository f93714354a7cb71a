import pytest
from hypothesis import given
from hypothesis import strategies as st

from training_calendar.analysis.ladders import (
    LADDER_ENDS,
    NO_MODULE,
    NO_STEP_UP,
    Climb,
    Rung,
    climb,
)

BASIC, MIDDLE, HIGH = Rung("T1", 0, 1, 8), Rung("T2", 1, 2, 16), Rung("T3", 2, 3, 24)
LEAP = Rung("T9", 1, 3, 50)


def test_the_ladder_starts_where_the_person_stands():
    assert climb([HIGH, MIDDLE, BASIC], 1, 3) == Climb((MIDDLE, HIGH), 3)
    assert climb([HIGH, MIDDLE, BASIC], 2, 3) == Climb((HIGH,), 3)


def test_the_way_of_least_effort_is_taken():
    assert climb([MIDDLE, HIGH, LEAP], 1, 3).rungs == (MIDDLE, HIGH)
    assert climb([MIDDLE, HIGH, Rung("T9", 1, 3, 30)], 1, 3).rungs == (Rung("T9", 1, 3, 30),)


def test_with_equal_effort_fewer_modules_are_taken():
    assert climb([MIDDLE, HIGH, Rung("T9", 1, 3, 40)], 1, 3).rungs == (Rung("T9", 1, 3, 40),)


def test_a_module_may_lead_higher_than_is_asked():
    assert climb([Rung("T9", 0, 4, 5)], 1, 2) == Climb((Rung("T9", 0, 4, 5),), 4)


@pytest.mark.parametrize(
    ("rungs", "start", "asked", "reached", "reason"),
    [
        ([], 0, 2, 0, NO_MODULE),
        ([HIGH], 0, 3, 0, NO_STEP_UP),
        ([BASIC, HIGH], 0, 3, 1, NO_STEP_UP),
        ([BASIC, MIDDLE], 0, 4, 2, LADDER_ENDS),
        ([BASIC], 2, 3, 2, LADDER_ENDS),
    ],
)
def test_a_ladder_that_falls_short_says_how_far_it_leads_and_why(
    rungs, start, asked, reached, reason
):
    way = climb(rungs, start, asked)

    assert (way.reached, way.reason) == (reached, reason)


rungs = st.builds(
    lambda name, low, up, effort: Rung(f"T{name}", low, low + up, effort),
    st.integers(0, 9),
    st.integers(0, 3),
    st.integers(1, 4),
    st.integers(1, 9),
)


@given(st.lists(rungs, max_size=8), st.integers(0, 4), st.integers(1, 5))
def test_each_rung_is_reached_from_the_one_before_and_lifts(known, start, asked):
    way = climb(known, start, asked)

    level = start
    for rung in way.rungs:
        assert rung.level_from <= level < rung.level_to
        level = rung.level_to
    assert level == way.reached
    assert (way.reason == "") == (level >= asked)


@given(st.lists(rungs, max_size=8), rungs, st.integers(0, 4), st.integers(1, 5))
def test_one_more_module_never_leads_less_high_or_costs_more(known, more, start, asked):
    before, after = climb(known, start, asked), climb([*known, more], start, asked)

    if before.reason:
        assert after.reached >= before.reached
    else:
        assert sum(r.effort for r in after.rungs) <= sum(r.effort for r in before.rungs)
