import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.analysis.scoring import (
    ScoringConstants,
    capped_levels,
    domain_scores,
    last_round,
    question_scores,
)
from hrplan.core.frames import FrameError
from tests.drawn import frame, same

RULE = ScoringConstants()
QUESTIONS = frame("""
    question  domain  weight
    D1.1      D1      1
    D1.2      D1      3
    D2.1      D2      1
    D2.2      D2      1
""")
VOTES = frame("""
    question  round  participant  level  existence  use        does_not_apply
    D1.1      1      p1           5      approved   routine    False
    D1.1      1      p2           1      none       never      False
    D1.2      1      p1           1      approved   routine    False
    D1.2      2      p1           4      approved   routine    False
    D1.2      2      p2           2      draft      sometimes  False
    D1.2      2      p3           5      approved   never      False
    D1.2      2      p4           -      draft      sometimes  True
    D2.1      1      p1           -      draft      never      False
    D2.1      1      p2           -      draft      never      True
    D2.2      1      p1           -      draft      never      True
""")
AGREEMENTS = frame("""
    question  level  existence  use
    D1.1      3      approved   sometimes
""")


def scores():
    return question_scores(QUESTIONS, VOTES, AGREEMENTS, RULE)


@pytest.mark.parametrize(
    ("level", "existence", "use", "expected"),
    [
        (4, "none", "routine", 1),
        (4, "draft", "never", 2),
        (4, "none", "never", 1),
        (4, "approved", "sometimes", 4),
        (1, "approved", "never", 1),
        (4, "", "", 4),
    ],
)
def test_what_does_not_exist_or_is_not_used_holds_the_level_down(level, existence, use, expected):
    rating = pd.DataFrame({"level": [level], "existence": [existence], "use": [use]})

    assert capped_levels(rating, RULE).tolist() == [expected]


def test_the_caps_are_settings():
    rating = pd.DataFrame({"level": [4], "existence": ["draft"], "use": ["never"]})

    free = ScoringConstants(existence_caps={"draft": 3}, use_caps={})

    assert capped_levels(rating, free).tolist() == [3]


def test_a_level_off_the_scale_and_an_unknown_word_are_refused():
    rating = pd.DataFrame({"level": [6], "existence": ["none"], "use": ["never"]})

    with pytest.raises(FrameError, match="the scale runs from 1 to 5"):
        capped_levels(rating, RULE)
    with pytest.raises(FrameError, match="use holds daily"):
        capped_levels(rating.assign(use="daily"), RULE)


def test_only_the_last_round_of_each_question_counts():
    assert last_round(VOTES).groupby("question").size().to_dict() == {
        "D1.1": 2,
        "D1.2": 4,
        "D2.1": 2,
        "D2.2": 1,
    }


def test_a_question_is_scored_by_agreement_else_by_the_median_of_capped_votes():
    # D1.2: votes 4, 2 and 5 held down to 2
    expected = frame("""
        question  domain  weight  score  basis           n  missing  not_applicable
        D1.1      D1      1       3      agreed          2  0        0
        D1.2      D1      3       2      median          3  0        1
        D2.1      D2      1       -      none            0  1        1
        D2.2      D2      1       -      not_applicable  0  0        1
    """)
    same(scores(), expected)


def test_a_domain_is_the_weighted_mean_of_the_questions_that_have_a_score():
    expected = frame("""
        domain  score  questions  n  missing  not_applicable  agreed  lowest  highest
        D1      2.25   2          2  0        0               1       2       3
        D2      -      2          0  1        1               0       -       -
    """)
    same(domain_scores(scores()), expected)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=9), st.integers(1, 5))
def test_a_domain_lies_between_its_lowest_and_highest_question(levels, weight):
    rows = pd.DataFrame({"question": [f"q{n}" for n in range(len(levels))], "score": levels})
    rows = rows.assign(domain="D1", weight=[weight, *[1] * (len(levels) - 1)], basis="agreed")

    score = domain_scores(rows)["score"].iloc[0]

    assert min(levels) - 1e-9 <= score <= max(levels) + 1e-9
