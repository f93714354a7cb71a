"""Scores of a maturity questionnaire: from votes and agreed ratings to questions and domains."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from hrplan.core.frames import FrameError, need, one_of

AGREED, MEDIAN, NOT_APPLICABLE, UNSCORED = "agreed", "median", "not_applicable", "none"
EXISTENCE = ("none", "draft", "approved", "")
USE = ("never", "sometimes", "routine", "")


@dataclass(frozen=True, slots=True)
class ScoringConstants:
    """The scale, the highest level that existence and use allow, and what domains weigh.

    domain_weights : domain -> its weight in the overall score; 1 where none is given
    """

    lowest: int = 1
    highest: int = 5
    existence_caps: Mapping[str, int] = field(default_factory=lambda: {"none": 1})
    use_caps: Mapping[str, int] = field(default_factory=lambda: {"never": 2})
    domain_weights: Mapping[str, float] = field(default_factory=dict)


def capped_levels(ratings: pd.DataFrame, constants: ScoringConstants) -> pd.Series:
    """The level of each rating, held down by what exists and by how it is used.

    Parameters
    ----------
    ratings : DataFrame, one row per rating
        level : float, NaN for "don't know" [level]
        existence : str, none | draft | approved | "" (not said)
        use : str, never | sometimes | routine | "" (not said)
    constants : ScoringConstants

    Returns
    -------
    Series of float, the index of `ratings`; NaN stays NaN [level]

    Raises
    ------
    FrameError
        A column is missing, an unknown word, or a level off the scale.

    Source
    ------
    docs/methods/maturity-score.md, "Caps".
    """
    need(ratings, ["level", "existence", "use"])
    one_of(ratings, "existence", EXISTENCE)
    one_of(ratings, "use", USE)
    level = ratings["level"].astype(float)
    known = level.dropna()
    off = known[~known.between(constants.lowest, constants.highest)]
    if len(off):
        scale = f"{constants.lowest} to {constants.highest}"
        raise FrameError((f"level holds {sorted(off.unique())[0]}; the scale runs from {scale}",))
    for name, caps in (("existence", constants.existence_caps), ("use", constants.use_caps)):
        level = level.clip(upper=ratings[name].map(dict(caps)).fillna(constants.highest))
    return level.rename("level")


def last_round(votes: pd.DataFrame) -> pd.DataFrame:
    """The votes of each question's last round; rows of one round are told by `round`."""
    need(votes, ["question", "round", "participant"], key=["question", "round", "participant"])
    last = votes.groupby("question")["round"].transform("max")
    return votes[votes["round"] == last]


def question_scores(
    questions: pd.DataFrame,
    votes: pd.DataFrame,
    agreements: pd.DataFrame,
    constants: ScoringConstants,
) -> pd.DataFrame:
    """Score each question by the agreed rating, or by the median of the votes where none is agreed.

    Where nobody gave a level and most said that the question does not apply, it has no score and
    lacks none.

    Parameters
    ----------
    questions : DataFrame, one row per question
        question, domain : str, codes; weight : float, above 0
    votes : DataFrame, one row per (question, round, participant); the last round counts
        level : float, NaN where no level was given; existence, use : str, as in `capped_levels`
        does_not_apply : bool, the question does not apply; without it, no level is "don't know"
    agreements : DataFrame, one row per question agreed on
        level, existence, use : as in `votes`
    constants : ScoringConstants

    Returns
    -------
    DataFrame, one row per question, in the order of `questions`
        domain : str; weight : float
        score : float, NaN if neither agreed nor voted on [level]
        basis : str, agreed | median | not_applicable | none
        n, missing, not_applicable : int, votes with a level, of "don't know", of "does not apply"

    Raises
    ------
    FrameError
        A column is missing, a key given twice, a level off the scale.

    Source
    ------
    docs/methods/maturity-score.md, "The score of a question".
    """
    need(questions, ["question", "domain", "weight"], key=["question"])
    need(agreements, ["question", "level"], key=["question"])
    last = last_round(votes)
    need(last, ["does_not_apply"])
    levels = capped_levels(last, constants).groupby(last["question"])
    without = last["does_not_apply"].astype(bool).groupby(last["question"]).sum()
    agreed = capped_levels(agreements, constants).set_axis(agreements["question"])
    code = questions["question"]
    settled, median = code.map(agreed), code.map(levels.median())
    counts = (levels.count(), levels.size(), without)
    n, size, void = (code.map(count).fillna(0).astype(int) for count in counts)
    missing = size - n - void
    basis = np.select(
        [settled.notna(), median.notna(), void > missing],
        [AGREED, MEDIAN, NOT_APPLICABLE],
        UNSCORED,
    )
    return questions[["question", "domain", "weight"]].assign(
        score=settled.fillna(median).astype(float),
        basis=basis,
        n=n,
        missing=missing,
        not_applicable=void,
    )


def domain_scores(scores: pd.DataFrame) -> pd.DataFrame:
    """Score each domain by the weighted mean of its questions that have a score.

    Parameters
    ----------
    scores : DataFrame, one row per question, as `question_scores` gives it

    Returns
    -------
    DataFrame, one row per domain, in the order of their first questions
        score : float, NaN if no question has one [level]
        questions, n, missing : int, questions, of them with and without a score
        not_applicable : int, questions that do not apply, neither scored nor missing
        agreed : int, questions scored by an agreed rating; the others are medians of votes
        lowest, highest : float, the questions' lowest and highest score [level]

    Raises
    ------
    FrameError
        A column is missing or a question given twice.

    Source
    ------
    docs/methods/maturity-score.md, "The score of a domain".
    """
    need(scores, ["question", "domain", "weight", "score", "basis"], key=["question"])
    known = scores["score"].notna()
    parts = scores.assign(
        known=known,
        agreed=scores["basis"] == AGREED,
        void=scores["basis"] == NOT_APPLICABLE,
        counted=scores["weight"].where(known, 0.0),
        product=scores["weight"] * scores["score"],
    )
    sums = parts.groupby("domain", sort=False).agg(
        questions=("question", "size"),
        n=("known", "sum"),
        not_applicable=("void", "sum"),
        agreed=("agreed", "sum"),
        counted=("counted", "sum"),
        product=("product", "sum"),
        lowest=("score", "min"),
        highest=("score", "max"),
    )
    sums["score"] = sums["product"] / sums["counted"].where(sums["counted"] > 0)
    sums["missing"] = sums["questions"] - sums["n"] - sums["not_applicable"]
    counts = ["questions", "n", "missing", "not_applicable", "agreed"]
    return sums[["score", *counts, "lowest", "highest"]].reset_index()
