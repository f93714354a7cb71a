"""Means of what attendees thought, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training_calendar.analysis.reaction import reaction

EXAMPLE = [[4], [5], [3], [4], [5]]


def test_the_worked_example_of_the_page_holds() -> None:
    found = reaction(EXAMPLE, 6, 5, is_closed=True)

    assert (found.means, found.mean, found.missing) == ((4.2,), 4.2, 1)


def test_too_few_answers_and_answering_that_goes_on_are_not_told() -> None:
    assert reaction(EXAMPLE[:4], 6, 5, is_closed=True).means is None
    assert reaction(EXAMPLE, 6, 5, is_closed=False).means is None
    assert reaction([], 6, 0, is_closed=True).mean is None


def test_more_answers_than_people_and_torn_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="5 answers of 4"):
        reaction(EXAMPLE, 4, 1, is_closed=True)
    with pytest.raises(ValueError, match="length"):
        reaction([[1], [1, 2]], 4, 1, is_closed=True)


@given(st.lists(st.lists(st.integers(1, 5), min_size=8, max_size=8), min_size=5, max_size=20))
def test_a_mean_lies_between_the_answers(scores: list[list[int]]) -> None:
    found = reaction(scores, len(scores), 5, is_closed=True)

    assert found.means is not None
    for mean, column in zip(found.means, zip(*scores, strict=True), strict=True):
        assert min(column) <= mean <= max(column)
