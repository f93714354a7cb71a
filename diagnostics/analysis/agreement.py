"""Agreement of a room: how far its votes on one question lie together, and who stands apart."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from diagnostics.analysis.spread import (
    CampConstants,
    Floats,
    level_counts,
    polarised,
    quantile,
    within_group,
)
from hrplan.core.frames import FrameError, need

APART_AT = 2  # levels from the median at which a vote stands apart; own proposal
NEAR = 1  # levels from the median within which a vote counts as near; own proposal
CAMPS = CampConstants()


def pattern_agreement(filled: Sequence[bool]) -> float:
    """Agreement of a pattern of filled and empty levels, from -1 (two poles) to 1 (one level).

    A pattern is cut into triples of levels; those like 110 speak for one peak, those like 101
    against. The fewer levels are filled, the more the answer weighs.

    Source
    ------
    van der Eijk (2001), Measuring agreement in ordered rating scales, Quality & Quantity 35,
    325-341; docs/methods/agreement.md.
    """
    levels, used = len(filled), sum(filled)
    if used <= 1:
        return 1.0
    triples = [
        (filled[low], filled[middle], filled[high])
        for low in range(levels)
        for middle in range(low + 1, levels)
        for high in range(middle + 1, levels)
    ]
    peaked = sum(triple in {(True, True, False), (False, True, True)} for triple in triples)
    hollow = sum(triple == (True, False, True) for triple in triples)
    if peaked + hollow == 0:
        return 0.0
    unimodal = (levels - 2) * peaked - (levels - 1) * hollow
    share = unimodal / ((levels - 2) * (peaked + hollow))
    return share * (1 - (used - 1) / (levels - 1))


def agreement_index(counts: Floats) -> Floats:
    """Van der Eijk's A of each row of counts per level; NaN for a row without votes.

    The distribution is peeled into layers of equal height, each a pattern; A is the mean of
    the patterns' agreement, weighted by the votes in each layer.

    Parameters
    ----------
    counts : array, one row per question, one column per level of the scale in order [votes]

    Returns
    -------
    array of float, one per question: 1 all on one level, 0 spread evenly, -1 half on each end

    Source
    ------
    docs/methods/agreement.md.
    """
    left = counts.astype(np.float64).copy()
    votes = left.sum(axis=1)
    total = np.zeros(len(left))
    for _ in range(counts.shape[1]):
        filled = left > 0
        height = np.where(filled, left, np.inf).min(axis=1, initial=np.inf)
        layer = np.where(filled.any(axis=1), height, 0.0)
        patterns, place = np.unique(filled, axis=0, return_inverse=True)
        worth = np.array([pattern_agreement(pattern.tolist()) for pattern in patterns])
        total += worth[place.reshape(-1)] * layer * filled.sum(axis=1)
        left = np.where(filled, left - layer[:, None], 0.0)
    return np.asarray(total / np.where(votes > 0, votes, np.nan))


def agreement(
    votes: pd.DataFrame, levels: Sequence[int], camps: CampConstants = CAMPS
) -> pd.DataFrame:
    """Say of each question how far the room agrees.

    Parameters
    ----------
    votes : DataFrame, one row per (question, participant), of one round of each question
        question, participant : str, codes
        level : float, NaN where no level was given [level]
        does_not_apply : bool, the question does not apply; without it, no level is "don't know"
    levels : the scale's levels in order, such as 1, 2, 3, 4, 5
    camps : CampConstants

    Returns
    -------
    DataFrame, one row per question, sorted
        n, missing, not_applicable : int, votes with a level, of "don't know", of "does not apply"
        agreement : float, van der Eijk's A, NaN without votes [-1..1]
        within_group : float, r_wg, NaN with fewer than two votes [0..1]
        median, lower, upper : float, median and quartiles, NaN without votes [level]
        lowest, highest, spread : float, NaN without votes [level]
        near : float, share of votes at most one level from the median [0..1]
        apart : int, votes two levels or more from the median
        polarised : bool, the votes lie in camps

    Raises
    ------
    FrameError
        A column is missing, a vote given twice, a level that isn't on the scale.

    Source
    ------
    docs/methods/agreement.md.
    """
    columns = ["question", "participant", "level", "does_not_apply"]
    need(votes, columns, key=["question", "participant"])
    refuse_off_scale(votes, levels)
    by = votes["question"]
    group = votes.groupby("question")["level"]
    away = (votes["level"] - group.transform("median")).abs()
    counts = np.asarray(level_counts(votes, levels, ["question"]), np.float64)
    n = group.count()
    without = votes["does_not_apply"].astype(bool).groupby(by).sum()
    table = pd.DataFrame({"n": n, "missing": group.size() - n - without, "not_applicable": without})
    table["agreement"] = agreement_index(counts)
    table["within_group"] = within_group(counts, levels)
    for name, share in (("median", 0.5), ("lower", 0.25), ("upper", 0.75)):
        table[name] = quantile(counts, levels, share)
    table["lowest"], table["highest"] = group.min(), group.max()
    table["spread"] = table["highest"] - table["lowest"]
    table["near"] = (away <= NEAR).groupby(by).sum() / n.where(n > 0)
    table["apart"] = (away >= APART_AT).groupby(by).sum()
    table["polarised"] = polarised(counts, camps)
    return table.reset_index()


def refuse_off_scale(votes: pd.DataFrame, levels: Sequence[int]) -> None:
    """Refuse a level that the scale does not have."""
    strange = set(votes["level"].dropna()) - set(levels)
    if strange:
        raise FrameError((f"level holds {min(strange)}; the scale is {list(levels)}",))


def standing_apart(votes: pd.DataFrame, *, at: float = APART_AT) -> pd.DataFrame:
    """The votes that lie so far from the room's median that their reasons should be heard.

    Parameters
    ----------
    votes : DataFrame, as in `agreement`
    at : float, levels from the median

    Returns
    -------
    DataFrame, one row per such vote, farthest first within a question
        question, participant : str; level, median : float; distance : float, signed [level]

    Raises
    ------
    FrameError
        A column is missing or a vote given twice.

    Source
    ------
    docs/methods/agreement.md, "Who stands apart".
    """
    need(votes, ["question", "participant", "level"], key=["question", "participant"])
    median = votes.groupby("question")["level"].transform("median")
    rows = votes[["question", "participant", "level"]].assign(
        median=median, distance=votes["level"] - median
    )
    far = rows[rows["distance"].abs() >= at].assign(size=lambda r: -r["distance"].abs())
    return (
        far.sort_values(["question", "size", "participant"])
        .drop(columns="size")
        .reset_index(drop=True)
    )
