"""Before and after: like is compared with like."""

from datetime import date

import pandas as pd
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diagnostics.analysis.comparison import before_all, domain_changes, question_changes
from diagnostics.models import Questionnaire
from diagnostics.usecases import comparison, drafts, questionnaires
from hrplan.core.models import Role
from tests import make as house
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


def test_a_code_is_followed_back_over_several_versions():
    steps = [{"D2.1": "D1.4"}, {"D1.4": "D1.2", "D1.2": ""}]

    found = {code: before_all(code, steps) for code in ("D2.1", "D1.2", "D1.1")}

    assert found == {"D2.1": "D1.2", "D1.2": "", "D1.1": "D1.1"}


@given(st.permutations("abcdefgh"), st.permutations("abcdefgh"))
def test_codes_renamed_and_named_back_are_followed_to_themselves(there, back):
    first = dict(zip("abcdefgh", there, strict=True))
    second = dict(zip("abcdefgh", back, strict=True))
    undone = {first[second[code]]: code for code in second}

    assert all(before_all(code, [undone, second, first]) for code in undone)
    assert {before_all(undone_code, [undone]) for undone_code in undone} == set("abcdefgh")
    assert all(before_all(code, [undone, {c: first[second[c]] for c in second}]) == code
               for code in undone)  # fmt: skip


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

    assert comparison.comparable(first) == [second]


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


# --- Across versions ------------------------------------------------------------------------------


def versioned(customs, alice, first, **renamed):
    """A published version of the first exercise's questionnaire with questions renamed."""
    made = questionnaires.begin_version(first.questionnaires.get(), by=alice)
    for was, code in renamed.items():
        drafts.put_question(made, "D1", was.replace("_", "."), {"code": code}, by=alice)
    Questionnaire.objects.filter(pk=made.pk).update(is_draft=False)
    made.refresh_from_db()
    return made


def held_on(customs, form, levels):
    held = make.exercise(
        customs, form=form, code="second", title="Review 2018", starts_on=date(2018, 1, 8)
    )
    sitting = make.workshop(held, code="w2")
    for code, level in levels.items():
        make.agreement(sitting, code, level)
    return held


def compared(one, other):
    found = comparison.score_comparison(one, other)
    return found, {q.code: (q.followed, q.before, q.after) for q in found.questions}


@pytest.mark.django_db
def test_a_question_with_another_code_is_compared_with_the_one_it_follows(customs, alice, first):
    form = versioned(customs, alice, first, D1_2="D1.7")
    late = held_on(customs, form, {"D1.1": 3, "D1.7": 4, "D2.1": 4})

    found, rows = compared(late, first)

    assert rows == {
        "D1.1": ("D1.1", 1.0, 3.0),
        "D1.7": ("D1.2", 2.0, 4.0),
        "D2.1": ("D2.1", None, 4.0),
    }
    assert (found.before.overall, found.after.overall) == (1.5, 3.5)


@pytest.mark.django_db
def test_a_new_question_of_an_old_code_is_compared_with_nothing(customs, alice, first):
    form = versioned(customs, alice, first)
    questionnaires.follow(form, {"D1.2": ""}, by=alice)
    form.refresh_from_db()
    late = held_on(customs, form, {"D1.1": 3, "D1.2": 5})

    found = comparison.score_comparison(late, first)

    of_code = [(q.followed, q.before, q.after) for q in found.questions if q.code == "D1.2"]
    assert of_code == [("", None, 5.0), ("", 2.0, None)]
    assert (found.n, found.only_before, found.only_after) == (1, 1, 1)


@pytest.mark.django_db
def test_versions_are_followed_back_and_forth(customs, alice, first):
    second = versioned(customs, alice, first, D1_2="D1.7")
    third = questionnaires.begin_version(second, by=alice)
    drafts.put_question(third, "D1", "D1.7", {"code": "D1.8"}, by=alice)
    Questionnaire.objects.update(is_draft=False)
    late = held_on(customs, Questionnaire.objects.get(pk=third.pk), {"D1.8": 4})

    assert compared(late, first)[1]["D1.8"] == ("D1.2", 2.0, 4.0)
    late.starts_on = date(2014, 1, 6)  # as if the newer version had been asked first
    late.save()
    assert compared(late, first)[1]["D1.2"] == ("D1.8", 4.0, 2.0)


@pytest.mark.django_db
def test_versions_on_other_levels_are_not_compared(customs, alice, first):
    form = versioned(customs, alice, first)
    form.scale = form.scale[:4]
    form.save()
    held_on(customs, form, {})

    assert comparison.comparable(first) == []


CODES = ("D1.1", "D1.2", "D1.3")


@pytest.mark.django_db
@settings(max_examples=6, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.permutations(CODES), st.lists(st.integers(1, 5), min_size=6, max_size=6))
def test_renaming_questions_in_a_new_version_keeps_every_comparison(renamed, levels):
    with transaction.atomic():
        customs = house.administration("renaming")
        alice = house.member(customs, Role.HR_OFFICER, "alice")
        first = make.exercise(customs, form=make.questionnaire(customs, D1=3))
        made = questionnaires.begin_version(first.questionnaires.get(), by=alice)
        for code in CODES:  # by way of codes that are free
            drafts.put_question(made, "D1", code, {"code": f"{code}0"}, by=alice)
        for code, wanted in zip(CODES, renamed, strict=True):
            drafts.put_question(made, "D1", f"{code}0", {"code": wanted}, by=alice)
        early, late = levels[:3], levels[3:]
        for code, level in zip(CODES, early, strict=True):
            make.agreement(_sitting(first, "w1"), code, level)
        second = held_on(customs, made, dict(zip(renamed, late, strict=True)))

        found = comparison.score_comparison(second, first)
        transaction.set_rollback(True)

    pairs = {q.followed: (q.before, q.after) for q in found.questions}
    assert pairs == dict(
        zip(CODES, zip(map(float, early), map(float, late), strict=True), strict=True)
    )


def _sitting(exercise, code):
    held = exercise.workshops.filter(code=code).first()
    return held or make.workshop(exercise, code=code)
