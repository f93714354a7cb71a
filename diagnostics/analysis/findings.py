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


def ranked_findings(
    scores: pd.DataFrame, agreement: pd.DataFrame, constants: FindingConstants
) -> pd.DataFrame:
    """Rank the questions as weaknesses and strengths by how far off, how weighty and how sure.

    Severity is 0 to 100: the distance from the better end of the scale (for a strength, from
    the worse end), times the question's weight against the heaviest, times a factor that
    falls with disagreement. A rating agreed in the room counts as full agreement.

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
        severity : float, 0 for middling, NaN for unknown [0..100]
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
    rows["severity"] = _severity(rows, constants)
    rows["disputed"] = ~settled & (rows["agreement"] < constants.disputed_below)
    rows["place"] = rows["kind"].map({kind: place for place, kind in enumerate(KINDS)})
    rows = rows.sort_values(["place", "severity", "question"], ascending=[True, False, True])
    rows["rank"] = rows.groupby("place").cumcount() + 1
    first = ["rank", "kind", "question", "domain", "severity", "score", "agreement", "disputed"]
    return rows[[*first, "basis", "weight", "n", "missing"]].reset_index(drop=True)


def _severity(rows: pd.DataFrame, constants: FindingConstants) -> pd.Series:
    """Distance x weight x certainty, out of 100."""
    width = constants.highest - constants.lowest
    below = (constants.highest - rows["score"]) / width
    above = (rows["score"] - constants.lowest) / width
    distance = np.select(
        [rows["kind"] == WEAKNESS, rows["kind"] == STRENGTH, rows["kind"] == MIDDLING],
        [below, above, 0.0],
        np.nan,
    )
    sure = (rows["agreement"].fillna(-1.0).mask(rows["basis"] == AGREED, 1.0) + 1) / 2
    certainty = 1 - constants.agreement_share * (1 - sure)
    severity: pd.Series = 100 * distance * rows["weight"] / rows["weight"].max() * certainty
    return severity
