"""The likeness of two activities, worked by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrplan.partners.analysis.overlap import (
    Likeness,
    OverlapConstants,
    Piece,
    months_apart,
    overlap,
    overlaps,
)

AUDIT = Piece(
    "A",
    frozenset({"O1", "O2"}),
    frozenset({"auditors"}),
    date(2017, 1, 1),
    date(2020, 12, 31),
    1,
    3,
    "mission",
)
DIAGNOSTIC = Piece(
    "B",
    frozenset({"O1"}),
    frozenset({"auditors", "managers"}),
    date(2018, 10, 22),
    date(2018, 10, 26),
    2,
    3,
    "mission",
)


def test_a_diagnostic_inside_a_long_programme_is_worth_a_question():
    found = overlap(AUDIT, DIAGNOSTIC)
    # 0.35 x 1/2 + 0.20 x 1/2 + 0.20 x 1 + 0.15 x 0 + 0.10 x 1
    assert found.score == pytest.approx(0.575)
    assert (found.known, found.likeness) == (1.0, Likeness.ASK)


def test_the_same_course_twice_is_likely_a_duplicate():
    assert overlap(AUDIT, AUDIT).score == pytest.approx(1.0)
    assert overlap(AUDIT, AUDIT).likeness == Likeness.DUPLICATE


def test_what_is_not_known_of_both_is_left_out_and_not_counted_as_different():
    first = Piece("A", frozenset({"O1"}), kind="course", starts_on=date(2016, 1, 1))
    second = Piece("B", frozenset({"O1"}), kind="course", starts_on=date(2016, 1, 1))
    found = overlap(first, second)
    assert found.score == pytest.approx(1.0)
    assert found.known == pytest.approx(0.65)  # competencies, dates, kind
    assert {name: value for name, value, _ in found.parts}["groups"] is None


def test_two_of_which_little_is_known_have_no_score():
    found = overlap(Piece("A", kind="course"), Piece("B", kind="course"))
    assert (found.score, found.likeness) == (None, Likeness.UNKNOWN)


@pytest.mark.parametrize(
    ("start", "score"),
    [(date(2016, 3, 1), 1.0), (date(2016, 11, 15), 0.5), (date(2018, 1, 1), 0.0)],
)
def test_nearness_falls_from_three_months_to_eighteen(start, score):
    only = OverlapConstants(competencies=0, groups=0, dates=1, levels=0, kind=0)
    first = Piece("A", starts_on=date(2016, 1, 1), ends_on=date(2016, 1, 1))
    found = overlap(first, Piece("B", starts_on=start, ends_on=start), only)
    assert found.score == pytest.approx(score, abs=0.01)


def test_pieces_that_meet_are_no_months_apart():
    assert months_apart(AUDIT, DIAGNOSTIC) == 0
    assert months_apart(AUDIT, Piece("B")) is None


def test_every_pair_is_compared_once_the_most_alike_first():
    far = Piece("C", frozenset({"E5"}), frozenset({"clerks"}), kind="course")
    found = overlaps([far, AUDIT, DIAGNOSTIC])
    assert [(one.first, one.second) for one in found] == [("A", "B"), ("C", "A"), ("C", "B")]


topics = st.frozensets(st.sampled_from(["O1", "O2", "E1"]))
levels = st.none() | st.integers(0, 4)
days = st.none() | st.dates(date(2015, 1, 1), date(2019, 1, 1))
pieces = st.builds(
    Piece,
    code=st.sampled_from(["A", "B"]),
    competencies=topics,
    groups=topics,
    starts_on=days,
    ends_on=st.none(),
    level_from=levels,
    level_to=levels,
    kind=st.sampled_from(["", "course", "mission"]),
)


@given(pieces, pieces)
def test_the_order_of_the_two_makes_no_difference(first, second):
    one, other = overlap(first, second), overlap(second, first)
    assert one.score == other.score
    assert one.score is None or 0 <= one.score <= 1 + 1e-9
