"""Results of an exercise, from rows to figures."""

import pytest

from diagnostics.usecases.results import exercise_results
from tests.diagnostics import make_diagnostics as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(customs):
    return make.exercise(customs)


def test_an_exercise_without_votes_has_unknown_scores_and_no_zero(first):
    results = exercise_results(first)

    assert [question.score for question in results.questions] == [None, None, None]
    assert [question.n for question in results.questions] == [0, 0, 0]
    assert (results.overall, results.n, results.missing, results.votes) == (None, 0, 3, 0)


def test_an_agreed_rating_counts_and_where_there_is_none_the_median_is_flagged(first):
    workshop = make.workshop(first)
    make.round_of(workshop, "D1.1", 1, 2, 4)
    make.agreement(workshop, "D1.1", 3, rationale="A draft was shown.")
    make.round_of(workshop, "D1.2", 1, 2, None)

    one, two, three = exercise_results(first).questions

    assert (one.score, one.basis, one.n, one.level_name) == (3.0, "agreed", 3, "defined")
    assert one.settled.rationale == "A draft was shown."
    assert one.anchor == "Anchor 3 of D1.1."
    assert (two.score, two.basis, two.n, two.missing) == (1.5, "median", 2, 1)
    assert (two.level_name, two.next_anchor) == ("ad hoc", "Anchor 2 of D1.2.")
    assert two.distribution == ((1, 1), (2, 1), (3, 0), (4, 0), (5, 0))
    assert (three.score, three.basis) == (None, "none")


def test_only_the_last_revealed_round_counts(first):
    workshop = make.workshop(first, people=5)
    make.round_of(workshop, "D1.1", 1, 1, 5, 5, 5)
    make.round_of(workshop, "D1.1", 2, 2, 2, 2, 2)
    make.round_of(workshop, "D1.1", 5, 5, 5, 5, 5, open=True)

    question = exercise_results(first).questions[0]

    assert (question.score, question.agreement, question.spread) == (2.0, 1.0, 0.0)
    assert (question.within_group, question.lower, question.upper) == (1.0, 2.0, 2.0)


def test_what_is_never_used_is_held_down_and_says_so(first):
    workshop = make.workshop(first)
    make.round_of(workshop, "D1.1", 4, 4, 4)
    make.agreement(workshop, "D1.1", 4, existence="approved", use="never")

    question = exercise_results(first).questions[0]

    assert (question.score, question.capped_from, question.cap) == (2.0, 4.0, "use")


def test_the_administration_may_set_other_caps(customs, first):
    customs.constants = {"maturity": {"use_caps": {"never": 3}}}
    customs.save()
    workshop = make.workshop(first)
    make.agreement(workshop, "D1.1", 4, use="never")
    first.refresh_from_db()

    assert exercise_results(first).questions[0].score == 3.0


def test_domains_are_means_of_scored_questions_and_overall_the_mean_of_domains(first):
    workshop = make.workshop(first)
    make.agreement(workshop, "D1.1", 1)
    make.agreement(workshop, "D1.2", 2)
    make.agreement(workshop, "D2.1", 4)

    results = exercise_results(first)

    assert [domain.score for domain in results.domains] == [1.5, 4.0]
    assert [(domain.n, domain.missing, domain.agreed) for domain in results.domains] == [
        (2, 0, 2),
        (1, 0, 1),
    ]
    assert (results.overall, results.overall_name) == (2.75, "started")


def test_two_workshops_count_together_and_the_later_agreement_holds(first):
    early = make.workshop(first)
    late = make.workshop(first, code="w2", starts_on=early.ends_on)
    make.round_of(early, "D1.1", 1, 1, 1)
    make.round_of(late, "D1.1", 3, 3, 3)
    make.agreement(early, "D1.1", 1)
    make.agreement(late, "D1.1", 2)

    question = exercise_results(first).questions[0]

    assert (question.n, question.score) == (6, 2.0)


def test_a_divided_room_that_settled_nothing_is_disputed(first):
    workshop = make.workshop(first, people=6)
    make.round_of(workshop, "D1.1", 1, 1, 1, 5, 5, 5)

    question = exercise_results(first).questions[0]

    assert (question.agreement, question.is_disputed, question.apart) == (-1.0, True, 6)
    assert question.is_polarised


def test_of_fewer_votes_than_the_limit_only_counts_are_told_and_camps_of_two(first):
    workshop = make.workshop(first, people=4)
    make.round_of(workshop, "D1.1", 1, 1, 5, 5)

    question = exercise_results(first).questions[0]

    assert question.is_small
    assert (question.agreement, question.within_group, question.near) == (None, None, None)
    assert (question.lower, question.upper) == (None, None)
    assert dict(question.distribution) == {1: 2, 2: 0, 3: 0, 4: 0, 5: 2}
    assert (question.is_polarised, question.is_disputed) == (True, True)


def test_the_limit_of_small_groups_is_the_administrations(customs, first):
    customs.small_cell_limit = 3
    customs.save()
    make.round_of(make.workshop(first), "D1.1", 2, 2, 2)
    first.refresh_from_db()

    assert exercise_results(first).questions[0].agreement == 1.0


def test_does_not_apply_is_counted_apart_from_not_knowing_and_is_no_low_level(first):
    workshop = make.workshop(first)
    make.round_of(workshop, "D1.1", 4, None, make.NOT_APPLICABLE)
    make.round_of(workshop, "D1.2", make.NOT_APPLICABLE, make.NOT_APPLICABLE, None)

    results = exercise_results(first)
    one, two, _three = results.questions

    assert (one.score, one.n, one.missing, one.not_applicable) == (4.0, 1, 1, 1)
    assert (two.score, two.basis, two.missing, two.not_applicable) == (
        None,
        "not_applicable",
        1,
        2,
    )
    assert (results.n, results.missing, results.not_applicable) == (1, 1, 1)
    assert (results.votes, results.dont_knows, results.not_applicable_votes) == (6, 2, 3)
    assert results.given == 1
