"""The overall score and where a cap bites."""

from math import isnan

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.analysis.profile import cap_reasons, overall_score
from diagnostics.analysis.scoring import ScoringConstants
from tests.drawn import frame, same

RULE = ScoringConstants()


def test_the_overall_score_is_the_mean_of_the_domains_that_have_one():
    domains = pd.DataFrame(
        {"domain": ["D1", "D2", "D3"], "score": [1.5, 4.0, None], "weight": [1.0, 1.0, 3.0]}
    )

    assert overall_score(domains) == 2.75


def test_a_domain_that_weighs_three_counts_like_three():
    domains = pd.DataFrame({"domain": ["D1", "D2"], "score": [2.0, 4.0], "weight": [3.0, 1.0]})

    assert overall_score(domains) == 2.5


@given(
    scores=st.lists(st.floats(1, 5), min_size=1, max_size=6),
    weight=st.floats(0.1, 9),
)
def test_equal_weights_weigh_nothing(scores, weight):
    domains = pd.DataFrame(
        {"domain": [str(n) for n in range(len(scores))], "score": scores, "weight": weight}
    )

    assert overall_score(domains) == pytest.approx(sum(scores) / len(scores))


def test_no_scored_domain_gives_an_unknown_score():
    domains = pd.DataFrame({"domain": ["D1"], "score": [float("nan")], "weight": [1.0]})
    assert isnan(overall_score(domains))


def test_the_lower_cap_is_named_and_use_on_a_tie():
    ratings = pd.DataFrame(
        {
            "level": [4.0, 4.0, 4.0, 1.0, None],
            "existence": ["none", "none", "approved", "none", ""],
            "use": ["routine", "never", "never", "never", "never"],
        }
    )

    table = cap_reasons(ratings, RULE)
    tie = cap_reasons(ratings.iloc[[1]], ScoringConstants(use_caps={"never": 1}))

    assert table["reason"].tolist() == ["existence", "existence", "use", "", ""]
    same(
        table[["given", "level"]],
        frame("""
            given  level
            4      1
            4      1
            4      2
            1      1
            -      -
        """),
    )
    assert tie["reason"].tolist() == ["use"]


@given(st.lists(st.integers(1, 5), min_size=1), st.sampled_from(["none", "draft", ""]))
def test_a_rating_is_held_down_exactly_where_a_reason_is_named(levels, existence):
    ratings = pd.DataFrame({"level": levels, "existence": existence, "use": "routine"})

    table = cap_reasons(ratings, RULE)

    assert ((table["level"] < table["given"]) == (table["reason"] != "")).all()
