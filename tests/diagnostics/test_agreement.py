import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.analysis.agreement import agreement, agreement_index, standing_apart
from diagnostics.analysis.spread import CampConstants, polarised, quantile, within_group
from hrplan.core.frames import FrameError
from tests.drawn import frame, same

SCALE = [1, 2, 3, 4, 5]
NONE = np.nan

# Counts on the levels 1 to 5, then worked by hand: van der Eijk's A, r_wg, lower quartile, median,
# upper quartile, camps. r_wg = max(0, 1 - s^2 / 2), for blind chance on five levels has the
# variance (25 - 1) / 12 = 2. The values of A: 11000 is 3/4, 11100 is 1/2, 11110 is 1/4, 11111 is
# 0; 10001 is -1; 10010 is -5/9 x 3/4; 10101 is -10/18 x 2/4; 10100, 01010 and 00101 are 2/9 x 3/4.
EXPECTED = {
    "all at 3": ([0, 0, 12, 0, 0], 1, 1, 3, 3, 3, False),
    "all at the lowest level": ([12, 0, 0, 0, 0], 1, 1, 1, 1, 1, False),
    # s^2 = 12 x 4 / 11 > 2
    "half at 1, half at 5": ([6, 0, 0, 0, 6], -1, 0, 1, 3, 5, True),
    # mean 2.5; s^2 = 12 x 2.25 / 11 > 2
    "half at 1, half at 4": ([6, 0, 0, 6, 0], -5 / 12, 0, 1, 2.5, 4, True),
    # s^2 = 12 / 11
    "camps two levels apart": ([0, 6, 0, 6, 0], 1 / 6, 1 - 6 / 11, 2, 3, 4, True),
    # s^2 = 8 x 4 / 11 > 2
    "three camps": ([4, 0, 4, 0, 4], -5 / 18, 0, 1, 3, 5, True),
    # layers 00101 of 2 votes and 00100 of 10; mean 38/12, squares 11 x 9 + 25 - 38^2 / 12 = 11/3
    "one outlier": ([0, 0, 11, 0, 1], (2 / 6 + 10) / 12, 1 - 1 / 6, 3, 3, 3, False),
    # layers 11111 of 5 votes, 10101 of 3, 10001 of 4; s^2 = 34 / 11 > 2
    "two camps with a middle": ([4, 1, 2, 1, 4], (3 * -5 / 18 - 4) / 12, 0, 1, 3, 5, True),
    # layers 01110 of 9 votes and 01010 of 2; s^2 = 8 / 10; 3 > half of 4, so no gap
    "a shallow dip": ([0, 4, 3, 4, 0], (4.5 + 2 / 6) / 11, 1 - 0.4, 2, 3, 4, False),
    # s^2 = 20 / 9 > 2
    "spread evenly": ([2, 2, 2, 2, 2], 0, 0, 2, 3, 4, False),
    # layers 11110, 11000 and 10000 of 4 votes each; mean 20/12, squares 44 - 400/12 = 32/3
    "skewed": ([7, 3, 1, 1, 0], (1 + 3 + 4) / 12, 1 - 16 / 33, 1, 1, 2, False),
    # mean 2.5; s^2 = 3 / 11
    "two neighbours": ([0, 6, 6, 0, 0], 3 / 4, 1 - 3 / 22, 2, 2.5, 3, False),
    # layers 01100 of 2 votes and 01000 of 1; mean 8/3, squares 2/3
    "three people": ([0, 1, 2, 0, 0], (1.5 + 1) / 3, 1 - 1 / 6, 2, 3, 3, False),
    # each is a single vote, and so no camp
    "three people apart": ([1, 0, 1, 0, 1], -5 / 18, 0, 1, 3, 5, False),
    "four people in two camps": ([2, 0, 0, 0, 2], -1, 0, 1, 3, 5, True),
    # one vote has no variance
    "one person": ([0, 0, 0, 1, 0], 1, NONE, 4, 4, 4, False),
    "nobody knew": ([0, 0, 0, 0, 0], NONE, NONE, NONE, NONE, NONE, False),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_each_distribution_has_the_figures_worked_by_hand(name):
    votes, *expected, camps = EXPECTED[name]
    counts = np.array([votes], float)

    figures = [
        agreement_index(counts)[0],
        within_group(counts, SCALE)[0],
        *(quantile(counts, SCALE, share)[0] for share in (0.25, 0.5, 0.75)),
    ]

    assert figures == [pytest.approx(value, nan_ok=True) for value in expected]
    assert polarised(counts, CampConstants()).tolist() == [camps]


def test_the_index_is_that_of_a_published_example_on_seven_levels():
    # The example of the package agrmt for R (D. Ruedin), function agreement.
    counts = np.array([[30.0, 40, 210, 130, 530, 50, 10]])

    assert agreement_index(counts).tolist() == [pytest.approx(0.6113333, abs=1e-7)]


def test_what_makes_a_camp_is_a_setting():
    counts = np.array([[9.0, 0, 0, 0, 3], [0, 4, 3, 4, 0]])

    assert polarised(counts, CampConstants(camp_share=0.3)).tolist() == [False, False]
    assert polarised(counts, CampConstants(gap_share=0.8)).tolist() == [True, True]
    assert polarised(counts, CampConstants(camp_votes=4)).tolist() == [False, False]


VOTES = frame("""
    question  participant  level  does_not_apply
    D1.1      p1           3      False
    D1.1      p2           3      False
    D1.1      p3           3      False
    D1.2      p1           1      False
    D1.2      p2           3      False
    D1.2      p3           3      False
    D1.2      p4           -      False
    D1.2      p5           5      False
    D1.3      p1           -      False
    D1.3      p2           -      True
    D1.3      p3           -      True
""")


def test_each_question_shows_its_figures_with_those_who_gave_no_level_apart():
    table = agreement(VOTES, SCALE)

    # D1.2: 1 0 2 0 1 is a layer 10101 of 3 votes and a layer 00100 of 1; squares 8, n 4.
    expected = frame("""
        question  n  missing  not_applicable  agreement  within_group  median  lower  upper
        D1.1      3  0        0               1          1             3       3      3
        D1.2      4  1        0               -          0             3       2      4
        D1.3      0  1        2               -          -             -       -      -
    """).assign(
        agreement=[1.0, (3 * -5 / 18 + 1) / 4, NONE],
        lowest=[3, 1, NONE],
        highest=[3, 5, NONE],
        spread=[0, 4, NONE],
        near=[1, 0.5, NONE],
        apart=[0, 2, 0],
        polarised=[False, False, False],
    )
    same(table, expected)


def test_those_who_stand_apart_are_named_farthest_first():
    more = "question participant level\nD1.2 p6 3\nD1.4 a 1\nD1.4 b 4\nD1.4 c 4"
    votes = pd.concat([VOTES.drop(columns="does_not_apply"), frame(more)])

    expected = frame("""
        question  participant  level  median  distance
        D1.2      p1           1      3       -2
        D1.2      p5           5      3       2
        D1.4      a            1      4       -3
    """)
    same(standing_apart(votes), expected)


def test_a_level_off_the_scale_is_refused():
    with pytest.raises(FrameError, match="level holds 6"):
        agreement(VOTES.assign(level=6), SCALE)


counts = st.lists(st.integers(0, 12), min_size=5, max_size=5).filter(any)


@given(counts, st.integers(2, 5))
def test_the_index_lies_within_its_range_and_knows_neither_direction_nor_size(votes, times):
    row = np.array([votes], float)

    index = agreement_index(row)[0]

    assert -1 - 1e-9 <= index <= 1 + 1e-9
    assert agreement_index(row[:, ::-1])[0] == pytest.approx(index)
    assert agreement_index(row * times)[0] == pytest.approx(index)


@given(counts)
def test_camps_and_quartiles_know_no_direction_and_quartiles_are_those_of_numpy(votes):
    row, levels = np.array([votes], float), np.repeat(SCALE, votes)

    assert polarised(row, CampConstants()) == polarised(row[:, ::-1], CampConstants())
    for share in (0.25, 0.5, 0.75):
        found = quantile(row, SCALE, share)[0]
        assert found == np.quantile(levels, share, method="averaged_inverted_cdf")
        assert found == 6 - quantile(row[:, ::-1], SCALE, 1 - share)[0]


@given(counts.filter(lambda votes: sum(votes) > 1))
def test_within_group_agreement_is_one_minus_the_variance_against_chance(votes):
    variance = np.var(np.repeat(SCALE, votes), ddof=1)

    found = within_group(np.array([votes], float), SCALE)[0]

    assert found == pytest.approx(max(0, 1 - variance / 2))
