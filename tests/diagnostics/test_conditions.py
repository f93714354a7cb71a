"""Conditional questions: what is asked in the light of the answers so far."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.library.conditions import Answer, asked, is_met, room_answer
from diagnostics.library.content import EXISTENCE, TESTS, USE, Condition


def condition(told):
    question, of, test, value = told.split()
    return Condition(question, of, test, int(value) if of == "level" else value)


def test_each_question_of_the_page_is_asked_waits_or_is_left_out():
    conditions = dict.fromkeys(("D1.1", "D1.2", "D1.3")) | {
        "D1.4": condition("D1.1 existence is_not none"),
        "D1.5": condition("D1.1 use is_not never"),
        "D1.6": condition("D1.2 level at_least 3"),
        "D1.7": condition("D1.3 level at_most 2"),
        "D1.8": condition("D1.5 level is 1"),
    }
    answers = {
        "D1.1": Answer(3, "draft"),
        "D1.2": room_answer([Answer(2), Answer(3)]),
        "D1.5": Answer(1),
    }

    assert asked(conditions, answers) == {
        **{"D1.1": True, "D1.2": True, "D1.3": True},
        **{"D1.4": True, "D1.5": False, "D1.6": False, "D1.7": None, "D1.8": False},
    }


@pytest.mark.parametrize(
    ("told", "met"),
    [
        ("Q1.1 level is 3", True),
        ("Q1.1 level is_not 3", False),
        ("Q1.1 level at_least 3", True),
        ("Q1.1 level at_least 4", False),
        ("Q1.1 level at_most 2", False),
        ("Q1.1 existence is draft", True),
        ("Q1.1 existence is_not draft", False),
        ("Q1.1 use is never", False),
        ("Q1.1 use is_not never", False),  # nothing was said
    ],
)
def test_an_answer_meets_a_condition_or_does_not(told, met):
    assert is_met(condition(told), Answer(3, "draft", "")) is met


def test_the_room_answers_by_the_middle_and_by_the_lower_of_two_stages():
    votes = [Answer(4, "approved", "routine"), Answer(1, "none"), Answer(2, "", "never"), Answer()]

    assert room_answer(votes) == Answer(2, "none", "never")
    assert room_answer([Answer(), Answer()]) == Answer()


answers = st.builds(
    Answer,
    st.none() | st.integers(0, 5),
    st.sampled_from(("", *EXISTENCE)),
    st.sampled_from(("", *USE)),
)


@given(answers, st.sampled_from(("level", "existence", "use")), st.data())
def test_what_was_said_meets_exactly_one_of_is_and_is_not_and_what_was_not_said_neither(
    answer, of, data
):
    values = {"level": st.integers(0, 5), "existence": st.sampled_from(EXISTENCE)}
    value = data.draw(values.get(of, st.sampled_from(USE)))
    met = [is_met(Condition("Q1.1", of, test, value), answer) for test in TESTS[:2]]

    assert sum(met) == (getattr(answer, of) not in (None, ""))


@given(st.integers(0, 5) | st.none(), st.integers(0, 5))
def test_a_level_is_one_if_it_is_at_least_and_at_most_that(level, value):
    met = {test: is_met(Condition("Q1.1", "level", test, value), Answer(level)) for test in TESTS}

    assert met["is"] == (met["at_least"] and met["at_most"])
