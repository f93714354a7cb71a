import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.analysis.findings import FindingConstants, ranked_findings, stakes
from tests.drawn import frame, same

RULE = FindingConstants()
SCORES = frame("""
    question  domain  weight  score  basis   n  missing
    D1.1      D1      1       1      agreed  9  0
    D1.2      D1      2       2      median  9  1
    D2.1      D2      2       4      median  8  0
    D2.2      D2      1       3      median  8  0
    D2.3      D2      1       -      none    0  8
""")
AGREEMENT = frame("""
    question  agreement
    D1.1      -0.5
    D1.2      0
    D2.1      1
    D2.2      0.2
""")


def test_findings_are_ranked_by_distance_weight_and_agreement():
    findings = ranked_findings(SCORES, AGREEMENT, RULE)

    # D1.1: 100 x 4/4 x 1/2 x 1 (settled in the room)
    # D1.2: 100 x 3/4 x 2/2 x (1 - 0.5 x 0.5)
    # D2.1: 100 x 3/4 x 2/2 x 1
    expected = frame("""
        rank  kind      question  domain  severity  score  agreement  disputed
        1     weakness  D1.2      D1      56.25     2      0          True
        2     weakness  D1.1      D1      50        1      -0.5       False
        1     strength  D2.1      D2      75        4      1          False
        1     middling  D2.2      D2      0         3      0.2        True
        1     unknown   D2.3      D2      -         -      -          False
    """)
    same(findings[expected.columns.tolist()], expected)


def test_the_limits_are_settings():
    strict = ranked_findings(SCORES, AGREEMENT, FindingConstants(weak_to=3, strong_from=4.5))

    assert strict["kind"].tolist() == ["weakness"] * 3 + ["middling", "unknown"]


def test_the_severity_is_the_product_of_what_it_is_made_of():
    found = ranked_findings(SCORES, AGREEMENT, RULE).set_index("question")

    assert found.loc["D1.2", ["distance", "importance", "certainty"]].tolist() == [0.75, 1.0, 0.75]
    assert found.loc["D1.1", ["distance", "importance", "certainty"]].tolist() == [1.0, 0.5, 1.0]


def test_the_distance_is_taken_to_the_target_and_is_none_beyond_it():
    to_three = FindingConstants(target=3, weak_to=3.5)

    found = ranked_findings(SCORES, AGREEMENT, to_three).set_index("question")

    # D1.2: (3 - 2) / (3 - 1); D2.2 stands at 3.
    assert found.loc[["D1.1", "D1.2", "D2.2"], "distance"].tolist() == [1.0, 0.5, 0.0]


def test_what_is_at_stake_is_distance_times_weight_whatever_the_room_thinks():
    # D1.1: 100 x 4/4 x 1/2; D1.2: 100 x 3/4 x 2/2; D2.1: 100 x 1/4 x 2/2; D2.2: 100 x 2/4 x 1/2
    expected = [50.0, 75.0, 25.0, 25.0]

    assert stakes(SCORES, RULE).tolist()[:4] == expected
    assert stakes(SCORES, RULE).isna().tolist() == [False] * 4 + [True]


def test_a_score_without_known_agreement_ranks_as_if_the_room_were_split():
    findings = ranked_findings(SCORES, AGREEMENT.iloc[:0].astype({"question": str}), RULE)

    assert findings.loc[findings["question"] == "D2.1", "severity"].tolist() == [37.5]


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(1, 2.5))
def test_more_agreement_never_makes_a_weakness_less_severe(one, other, score):
    rows = pd.DataFrame({"question": ["q1", "q2"], "score": score, "n": 5, "missing": 0})
    rows = rows.assign(domain="D1", weight=1, basis="median")
    agreed = pd.DataFrame({"question": ["q1", "q2"], "agreement": sorted([one, other])})

    severity = ranked_findings(rows, agreed, RULE).set_index("question")["severity"]

    assert severity["q2"] >= severity["q1"]
    assert severity.between(0, 100).all()
    assert severity["q2"] == pytest.approx(100 * (5 - score) / 4 * (0.75 + max(one, other) / 4))
