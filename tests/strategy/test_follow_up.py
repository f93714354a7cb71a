"""Standing and trend of indicators, worked by hand."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hrplan.strategy.analysis.follow_up import (
    BandConstants,
    Standing,
    Trend,
    standing,
    trend,
    way_covered,
)

D = Decimal
values = st.decimals(min_value=-1000, max_value=1000, places=2)


def test_nothing_measured_is_unknown_and_not_a_failure():
    assert standing(None, D(20), D(32), "lower") == Standing.UNKNOWN


def test_without_a_target_there_is_nothing_to_reach():
    assert standing(D(30), None, D(32), "lower") == Standing.NO_TARGET


def test_a_lower_value_reaches_a_lower_target():
    assert standing(D(20), D(20), D(32), "lower") == Standing.MET
    assert standing(D(25), D(20), D(32), "lower") == Standing.NEARER
    assert standing(D(32), D(20), D(32), "lower") == Standing.NO_NEARER


def test_a_higher_value_reaches_a_higher_target():
    assert standing(D(81), D(80), D(50), "higher") == Standing.MET
    assert standing(D(49), D(80), D(50), "higher") == Standing.NO_NEARER


def test_without_a_baseline_it_cannot_be_said_to_be_nearer():
    assert standing(D(25), D(20), None, "lower") == Standing.NO_NEARER


def test_a_band_is_reached_within_its_share_of_the_target():
    assert standing(D(29), D(32), D(8), "band") == Standing.MET  # 32 less 3.2 is 28.8
    assert standing(D(28), D(32), D(8), "band") == Standing.NEARER
    assert standing(D(28), D(32), D(8), "band", BandConstants(D("0.2"))) == Standing.MET


def test_a_trend_follows_the_direction_that_is_better():
    assert trend([D(32), D(30)], D(20), "lower") == Trend.BETTER
    assert trend([D(32), D(30)], D(40), "higher") == Trend.WORSE
    assert trend([D(30), D(30)], D(40), "higher") == Trend.STEADY
    assert trend([D(50), D(28)], D(32), "band") == Trend.BETTER  # 18 away, then 4
    assert trend([D(30)], D(40), "higher") == Trend.UNKNOWN
    assert trend([D(30), D(31)], None, "band") == Trend.UNKNOWN


def test_the_way_covered_is_a_share_of_baseline_to_target():
    assert way_covered(D(26), D(20), D(32)) == D("0.5")
    assert way_covered(D(26), D(32), D(32)) is None


@given(values, values, values)
def test_what_is_met_for_higher_is_met_for_lower_seen_in_a_mirror(latest, target, baseline):
    assert standing(latest, target, baseline, "higher") == standing(
        -latest, -target, -baseline, "lower"
    )
