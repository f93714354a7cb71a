"""Findings: which questions are strengths and weaknesses, and in what order they matter."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from diagnostics.analysis.scoring import AGREED
from hrplan.core.frames import need

STRENGTH, WEAKNESS, MIDDLING, UNKNOWN = "strength", "weakness", "middling", "unknown"
KINDS = (WEAKNESS, STRENGTH, MIDDLING, UNKNOWN)


@dataclass(frozen=True, slots=True)
class FindingConstants:
    """Where a weakness ends and a strength begins, and what agreement is worth; own proposal."""

    lowest: int = 1
    highest: int = 5
    weak_to: float = 2.5  # a score up to this is a weakness [level]
    strong_from: float = 3.5  # a score from this on is a strength [level]
    agreement_share: float = 0.5  # how much of the severity hangs on agreement [0..1]
    disputed_below: float = 0.4  # agreement under which an unsettled score is disputed [-1..1]
    target: float | None = None  # the level aimed at; None: the highest [level]

    @property
    def aim(self) -> float:
        """The level from which the distance of a weakness is taken. [level]"""
        return self.highest if self.target is None else self.target


def stakes(scores: pd.DataFrame, constants: FindingConstants) -> pd.Series:
    """How much hangs on each question: its distance to the target, times its weight, out of 100.

    Parameters
    ----------
    scores : DataFrame, one row per question
        weight, score : float, score NaN where there is none [level]
    constants : FindingConstants

    Returns
    -------
    Series of float, the index of `scores`; 0 at or above the target, NaN without a score [0..100]

    Source
    ------
    docs/methods/findings.md, "What is at stake".
    """
    need(scores, ["weight", "score"])
    stake: pd.Series = 100 * _below(scores["score"], constants) * _importance(scores)
    return stake


def ranked_findings(
    scores: pd.DataFrame, agreement: pd.DataFrame, constants: FindingConstants
) -> pd.DataFrame:
    """Rank the questions as weaknesses and strengths by how far off, how weighty and how sure.

    Severity is 0 to 100: the distance to the target (for a strength, from the lowest level), times
    the question's weight against the heaviest, times a factor that falls with disagreement. A
    rating agreed in the room counts as full agreement.

    Parameters
    ----------
    scores : DataFrame, one row per question, as `question_scores` gives it
        question, domain, basis : str; weight, score : float; n, missing : int
    agreement : DataFrame, one row per question, as `agreement` gives it; questions without a
        row have no known agreement
        agreement : float [-1..1]
    constants : FindingConstants

    Returns
    -------
    DataFrame, one row per question; weaknesses, strengths, middling and unknown, worst (or
    best) first, then by question
        rank : int, from 1 within the kind
        kind : str, weakness | strength | middling | unknown
        question, domain, basis : str; score, weight, agreement : float; n, missing : int
        severity : float, distance x importance x certainty, 0 for middling, NaN for unknown
            [0..100]
        distance, importance, certainty : float, what it is made of [0..1]
        disputed : bool, not settled in the room and agreement below the limit

    Raises
    ------
    FrameError
        A column is missing or a question given twice.

    Source
    ------
    docs/methods/findings.md.
    """
    columns = ["question", "domain", "weight", "score", "basis", "n", "missing"]
    need(scores, columns, key=["question"])
    need(agreement, ["question", "agreement"], key=["question"])
    rows = scores[columns].merge(agreement[["question", "agreement"]], on="question", how="left")
    score, settled = rows["score"], rows["basis"] == AGREED
    rows["kind"] = np.select(
        [score.isna(), score <= constants.weak_to, score >= constants.strong_from],
        [UNKNOWN, WEAKNESS, STRENGTH],
        MIDDLING,
    )
    rows["distance"] = _distance(rows, constants)
    rows["importance"] = _importance(rows)
    rows["certainty"] = _certainty(rows, constants)
    rows["severity"] = 100 * rows["distance"] * rows["importance"] * rows["certainty"]
    rows["disputed"] = ~settled & (rows["agreement"] < constants.disputed_below)
    rows["place"] = rows["kind"].map({kind: place for place, kind in enumerate(KINDS)})
    rows = rows.sort_values(["place", "severity", "question"], ascending=[True, False, True])
    rows["rank"] = rows.groupby("place").cumcount() + 1
    first = ["rank", "kind", "question", "domain", "severity", "score", "agreement", "disputed"]
    made_of = ["distance", "importance", "certainty"]
    return rows[[*first, *made_of, "basis", "weight", "n", "missing"]].reset_index(drop=True)


def _distance(rows: pd.DataFrame, constants: FindingConstants) -> pd.Series:
    """How far a weakness lies below the target, a strength above the lowest level, as a share."""
    above = (rows["score"] - constants.lowest) / (constants.highest - constants.lowest)
    distance = np.select(
        [rows["kind"] == WEAKNESS, rows["kind"] == STRENGTH, rows["kind"] == MIDDLING],
        [_below(rows["score"], constants), above, 0.0],
        np.nan,
    )
    return pd.Series(distance, index=rows.index)


def _below(score: pd.Series, constants: FindingConstants) -> pd.Series:
    """The share of the way from the lowest level to the target that is still to go."""
    share: pd.Series = (constants.aim - score) / (constants.aim - constants.lowest)
    return share.clip(lower=0.0)


def _importance(rows: pd.DataFrame) -> pd.Series:
    """The weight of each question against the heaviest."""
    share: pd.Series = rows["weight"] / rows["weight"].max()
    return share


def _certainty(rows: pd.DataFrame, constants: FindingConstants) -> pd.Series:
    """1 where the room agrees, less where it does not, by the share that hangs on agreement."""
    sure = (rows["agreement"].fillna(-1.0).mask(rows["basis"] == AGREED, 1.0) + 1) / 2
    certainty: pd.Series = 1 - constants.agreement_share * (1 - sure)
    return certainty
