"""Texts that share rare words are suggested first, in whatever order and form they stand."""

import re
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis.matching import LEAST, MOST, Item, best_matches, words_of
from competencies.library import read
from competencies.usecases.matching import DEFINITION, LEVELS, TITLE
from training_calendar import library
from training_calendar.usecases.suggesting import texts_of

METHODS = Path(__file__).parents[2] / "docs" / "methods"


def items(*texts: str) -> list[Item]:
    return [Item(str(n), ((text, 1.0),)) for n, text in enumerate(texts)]


def nearest(source: str, *targets: str) -> list[int]:
    found = best_matches(items(source), items(*targets))["0"]
    return [int(match.target) for match in found]


def test_a_rare_word_counts_more_than_one_that_many_hold():
    assert (
        nearest("customs valuation", "customs law", "customs audit", "valuation of goods")[0] == 2
    )


def test_forms_of_a_word_are_near():
    assert nearest("declaration", "declares goods", "inspects cargo") == [0]


def test_accents_case_and_common_words_do_not_matter():
    assert words_of("L'ORIGINE des marchandises, et la Valeur") == [
        "origine", "marchandises", "valeur"]  # fmt: skip
    assert words_of("Evaluación de los riesgos") == ["evaluacion", "riesgos"]
    assert words_of("The origin of the goods") == ["origin", "goods"]


def test_the_same_words_score_one_and_no_common_word_suggests_nothing():
    (match,) = best_matches(items("tariff classification"), items("Tariff, classification"))["0"]
    assert match.score == 1
    assert nearest("tariff", "bees") == []
    assert nearest("of the", "bees") == []
    assert best_matches(items("tariff"), []) == {"0": ()}


def test_a_key_given_twice_is_refused():
    twice = [Item("a", (("x", 1.0),))] * 2
    with pytest.raises(ValueError, match="twice"):
        best_matches(twice, items("x"))


WORDS = st.lists(
    st.sampled_from(["tariff", "origin", "value", "cargo", "risk", "audit", "law", "staff"])
)
TEXTS = st.lists(WORDS.map(" ".join), min_size=1, max_size=6)


@given(TEXTS, TEXTS)
def test_scores_lie_between_least_and_one_and_fall(sources, targets):
    for matches in best_matches(items(*sources), items(*targets)).values():
        scores = [match.score for match in matches]
        assert len(scores) <= MOST
        assert scores == sorted(scores, reverse=True)
        assert all(LEAST <= score <= 1 for score in scores)


@given(TEXTS.filter(lambda texts: any(texts)))
def test_a_text_is_nearest_to_itself(texts):
    for key, matches in best_matches(items(*texts), items(*texts)).items():
        if texts[int(key)]:
            assert matches[0].score == 1
            assert texts[int(key)] in {texts[int(m.target)] for m in matches if m.score == 1} or (
                len(matches) == MOST
            )


@given(TEXTS, TEXTS)
def test_the_same_lists_give_the_same(sources, targets):
    found = [best_matches(items(*sources), items(*targets)) for _ in range(2)]
    assert found[0] == found[1]


def shipped_items() -> list[Item]:
    return [
        Item(one.code, ((one.title, TITLE), (one.definition, DEFINITION),
                        (" ".join(step.text for step in one.levels), LEVELS)))
        for one in read.framework().competencies
    ]  # fmt: skip


def test_the_page_of_the_method_says_how_often_the_shipped_modules_are_met():
    modules = [one for one in library.catalogue().modules if one.outcomes and not one.unit_of]
    sources = [Item(one.code, texts_of(one.title, one.evaluation)) for one in modules]
    found = best_matches(sources, shipped_items())
    lifted = {one.code: {outcome.competency for outcome in one.outcomes} for one in modules}
    hits = [[match.target in lifted[code] for match in matches] for code, matches in found.items()]

    page = (METHODS / "matching.md").read_text(encoding="utf-8")
    stated = [tuple(map(int, pair)) for pair in re.findall(r"\| (\d+) of (\d+) \|", page)][:3]
    assert stated == [
        (sum(map(any, hits)), len(modules)),
        (sum(bool(row) and row[0] for row in hits), len(modules)),
        (sum(map(sum, hits)), sum(map(len, lifted.values()))),
    ]
    assert sum(map(any, hits)) > 0.8 * len(modules)


def test_a_thousand_against_a_thousand_takes_seconds():
    texts = [f"{one.title} {one.definition}" for one in read.framework().competencies] * 21
    many = items(*(f"{text} {n}" for n, text in enumerate(texts)))

    start = perf_counter()
    best_matches(many, many)
    assert perf_counter() - start < 60
