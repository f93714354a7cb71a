import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.analysis.agreement import agreement, agreement_index, standing_apart
from hrplan.core.frames import FrameError
from tests.drawn import frame, same

SCALE = [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ([0, 0, 12, 0, 0], 1.0),  # all on one level
        ([4, 4, 4, 4, 4], 0.0),  # spread evenly
        ([6, 0, 0, 0, 6], -1.0),  # two poles
        ([0, 6, 6, 0, 0], 0.75),  # two neighbours: 1 - 1/4
    ],
)
def test_known_distributions_have_their_index(votes, expected):
    assert agreement_index(np.array([votes], float)).tolist() == [pytest.approx(expected)]


def test_a_hollow_in_the_middle_counts_against_the_peak():
    # 10100. Triples with 110 or 011: levels 1-3-4, 1-3-5 (110), none 011: 2. Hollow: 1-2-3: 1.
    # U = (3 x 2 - 4 x 1) / (3 x 3) = 2/9; A = 2/9 x (1 - 1/4) = 1/6.
    assert agreement_index(np.array([[6.0, 0, 6, 0, 0]])).tolist() == [pytest.approx(1 / 6)]


def test_layers_are_weighed_by_their_votes():
    # 2 4 2 0 0: a layer 11100 of 6 votes (A = 1 - 2/4) and a layer 01000 of 2 votes (A = 1).
    assert agreement_index(np.array([[2.0, 4, 2, 0, 0]])).tolist() == [
        pytest.approx((6 * 0.5 + 2 * 1) / 8)
    ]


def test_no_votes_have_no_index():
    assert np.isnan(agreement_index(np.zeros((1, 5)))).all()


VOTES = frame("""
    question  participant  level
    D1.1      p1           3
    D1.1      p2           3
    D1.1      p3           3
    D1.2      p1           1
    D1.2      p2           3
    D1.2      p3           3
    D1.2      p4           -
    D1.2      p5           5
    D1.3      p1           -
""")


def test_each_question_shows_its_agreement_with_n_and_missing():
    table = agreement(VOTES, SCALE)

    # D1.2: 1 0 2 0 1 is a layer 10101 of 3 votes and a layer 00100 of 1.
    # 10101: hollow 1-2-3, 1-2-5, 1-4-5, 3-4-5: 4; peaked 1-3-4, 2-3-5: 2;
    # U = (3 x 2 - 4 x 4) / (3 x 6) = -10/18; A = -10/18 x (1 - 2/4) = -5/18.
    expected = frame("""
        question  n  missing  agreement  median  lowest  highest  spread  near  apart
        D1.1      3  0        1          3       3       3        0       1     0
        D1.2      4  1        0          3       1       5        4       0.5   2
        D1.3      0  1        -          -       -       -        -       -     0
    """)
    expected["agreement"] = [1.0, (3 * -5 / 18 + 1) / 4, np.nan]
    same(table, expected)


def test_those_who_stand_apart_are_named_farthest_first():
    votes = pd.concat(
        [VOTES, frame("question participant level\nD1.2 p6 3\nD1.4 a 1\nD1.4 b 4\nD1.4 c 4")]
    )

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
