"""The order of sections, and which figures of a text have moved: pure functions."""

from hypothesis import given
from hypothesis import strategies as st

from hrplan.deliverables.analysis.arrangement import arranged, moved
from hrplan.deliverables.analysis.staleness import Drift, drifts, filled_up

KEYS = ("a", "b", "c", "d")


def test_without_a_stated_place_everything_stands_as_by_default():
    assert arranged(KEYS, {}) == KEYS


def test_a_section_of_a_later_version_stands_behind_its_neighbour():
    assert arranged(KEYS, {"d": 0, "a": 1, "b": 2, "gone": 3}) == ("d", "a", "b", "c")


def test_a_section_moves_by_one_place_and_not_over_the_end():
    assert moved(KEYS, "b", "up") == ("b", "a", "c", "d")
    assert moved(KEYS, "b", "down") == ("a", "c", "b", "d")
    assert moved(KEYS, "a", "up") == moved(KEYS, "d", "down") == KEYS


@given(st.dictionaries(st.sampled_from([*KEYS, "gone"]), st.integers(0, 5)))
def test_law_no_section_is_lost_or_doubled(stated):
    assert sorted(arranged(KEYS, stated)) == list(KEYS)


def test_only_figures_that_were_read_both_times_and_differ_are_told():
    before = {"strength": 300, "posts": 310, "vacancies": None, "gone": 1}
    now = {"strength": 300, "posts": 312, "vacancies": 12, "new": 5}

    found = drifts(["strength", "posts", "vacancies", "gone", "new"], before, now)

    assert found == (Drift("posts", 310, 312), Drift("vacancies", None, 12))


def test_a_text_keeps_its_old_figures_and_takes_the_first_value_of_others():
    assert filled_up(["a", "b", "c"], {"a": 1, "x": 9}, {"a": 2, "b": None}) == {"a": 1, "b": None}
