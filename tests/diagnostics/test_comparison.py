"""Before and after: like is compared with like."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.analysis.comparison import domain_changes, question_changes
from diagnostics.usecases import comparison
from tests.diagnostics import make_diagnostics as make
from tests.drawn import frame, same

BEFORE = frame("""
    question  domain  weight  score
    D1.1      D1      1       2
    D1.2      D1      1       1
    D1.3      D1      1       -
    D2.1      D2      1       4
    D2.2      D2      1       3
""")
AFTER = frame("""
    question  domain  weight  score
    D1.1      D1      1       3
    D1.2      D1      3       2
    D1.3      D1      1       5
    D2.1      D2      1       3
    D3.1      D3      1       2
""")


def test_a_question_is_set_beside_its_earlier_self_and_none_is_lost():
    expected = frame("""
        question  domain  weight  before  after  change
        D1.1      D1      1       2       3      1
        D1.2      D1      3       1       2      1
        D1.3      D1      1       -       5      -
        D2.1      D2      1       4       3      -1.0
        D3.1      D3      1       -       2      -
        D2.2      D2      1       3       -      -
    """)
    same(question_changes(BEFORE, AFTER), expected)


def test_a_domain_is_compared_over_the_questions_scored_both_times():
    expected = frame("""
        domain  n  only_before  only_after  before  after  change  up  down
        D1      2  0            1           1.25    2.25   1       2   0
        D2      1  1            0           4       3      -1.0    0   1
        D3      0  0            1           -       -      -       0   0
    """)
    same(domain_changes(question_changes(BEFORE, AFTER)), expected)


scores = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=8)


@given(scores)
def test_an_exercise_compared_backwards_moves_the_other_way(pairs):
    codes = [f"q{n}" for n in range(len(pairs))]
    rows = pd.DataFrame({"question": codes, "domain": "D1", "weight": 1.0})
    early = rows.assign(score=[float(one) for one, _ in pairs])
    late = rows.assign(score=[float(other) for _, other in pairs])

    there = domain_changes(question_changes(early, late)).iloc[0]
    back = domain_changes(question_changes(late, early)).iloc[0]

    assert there["change"] == pytest.approx(-back["change"])
    assert (there["up"], there["down"]) == (back["down"], back["up"])


# --- From rows to pages ---------------------------------------------------------------------------


@pytest.fixture
def first(customs):
    held = make.exercise(customs, title="Baseline 2016")
    workshop = make.workshop(held)
    make.agreement(workshop, "D1.1", 1)
    make.agreement(workshop, "D1.2", 2)
    return held


@pytest.fixture
def second(customs, first):
    form = first.questionnaires.get()
    held = make.exercise(
        customs, form=form, code="second", title="Review 2018", starts_on=date(2018, 1, 8)
    )
    workshop = make.workshop(held, code="w2")
    make.agreement(workshop, "D1.1", 3)
    make.agreement(workshop, "D2.1", 4)
    return held


@pytest.mark.django_db
def test_the_exercise_that_began_first_is_before_whichever_is_asked(first, second):
    for one, other in ((first, second), (second, first)):
        found = comparison.score_comparison(one, other)

        assert (found.before.title, found.after.title) == ("Baseline 2016", "Review 2018")
        assert [(d.code, d.before, d.after, d.n) for d in found.domains] == [
            ("D1", 1.0, 3.0, 1),
            ("D2", None, None, 0),
        ]
        assert (found.before.overall, found.after.overall, found.change) == (1.0, 3.0, 2.0)
        assert (found.n, found.only_before, found.only_after) == (1, 1, 1)


@pytest.mark.django_db
def test_only_exercises_on_the_same_questionnaire_are_offered(customs, first, second):
    other = make.questionnaire(customs, version="2.0", code="other")
    make.exercise(customs, form=other, code="third")

    assert list(comparison.comparable(first)) == [second]


@pytest.mark.django_db
def test_the_page_and_rest_show_the_same_changes_and_refuse_what_cannot_be_compared(
    as_, customs, first, second, mona, ruth
):
    other = make.exercise(
        customs, form=make.questionnaire(customs, version="2.0", code="other"), code="third"
    )
    page, rest = f"/customs/exercises/{second.pk}/compare/", "/api/v1/customs/exercises/"

    shown = as_(ruth).get(page).content.decode()
    told = as_(mona).get(f"{rest}{second.pk}/comparison/?with={first.pk}").json()
    refused = as_(mona).get(f"{rest}{second.pk}/comparison/?with={other.pk}")

    assert "<svg" in shown
    assert "Baseline 2016" in shown
    assert (told["change"], told["questions"][0]["change"]) == (2.0, 2.0)
    assert refused.status_code == 400
    assert "the same questionnaire" in str(refused.json())
    assert as_(mona).get(f"{page}?with={other.pk}").status_code == 404
    lonely = as_(mona).get(f"/customs/exercises/{other.pk}/compare/").content.decode()
    assert "empty-state" in lonely
