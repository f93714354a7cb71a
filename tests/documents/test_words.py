"""Numbers are rounded as everybody was taught, and what belongs together is not torn apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrplan.core.figures import number
from hrplan.documents.words import ENGLISH, unbroken


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [(0.5, 0, "1"), (2.5, 0, "3"), (0.25, 1, "0.3"), (1.005, 2, "1.01"), (-0.4, 0, "0")],
)
def test_halves_are_rounded_up_and_no_zero_bears_a_sign(value, decimals, shown):
    assert ENGLISH.number(value, decimals) == shown


@given(st.floats(-1e6, 1e6).map(lambda value: round(value, 4)), st.integers(0, 3))
def test_charts_and_text_round_by_one_rule(value, decimals):
    assert ENGLISH.number(value, decimals) == number(value, decimals)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("28 % of BZD 1,250 by 12 February 2016", "28_% of BZD_1,250 by 12_February 2016"),
        ("1 250 BZD au 1 avril 2016", "1 250_BZD au 1_avril 2016"),
        ("12 de febrero de 2016", "12_de febrero de 2016"),
        ("14–15 Mar 2016", "14–15_Mar 2016"),
        ("30 people in 2016", "30 people in 2016"),
        ("SO1 Steer people", "SO1 Steer people"),
    ],
)
def test_a_line_does_not_end_between_a_number_and_its_unit(text, kept):
    assert unbroken(text) == kept.replace("_", "\u00a0")


@given(st.text())
def test_keeping_together_changes_no_letter(text):
    assert unbroken(text).replace("\u00a0", " ") == text.replace("\u00a0", " ")
