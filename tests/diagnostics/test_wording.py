"""Words for figures."""

import pytest

from diagnostics import wording


@pytest.mark.parametrize(
    ("value", "words"), [(None, "not known"), (2, "2"), (2.0, "2"), (1.5, "1.5"), (1.97, "2")]
)
def test_a_level_is_rounded_and_never_cut_off(value, words):
    assert wording.level(value) == words


def test_indices_are_rounded():
    assert wording.index(0.678) == "0.68"
    assert wording.score(None) == "not known"


@pytest.mark.parametrize(
    ("index", "words"),
    [
        (None, "no votes"),
        (0.8, "close agreement"),
        (0.6, "fair agreement"),
        (0.4, "mixed views"),
        (-1.0, "divided room"),
    ],
)
def test_agreement_has_a_word(index, words):
    assert wording.agreement_words(index) == words
