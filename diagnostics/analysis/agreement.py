"""Agreement of a room: how far its votes on one question lie together, and who stands apart."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrplan.core.frames import FrameError, need

APART_AT = 2  # levels from the median at which a vote stands apart; own proposal
NEAR = 1  # levels from the median within which a vote counts as near; own proposal
Floats = NDArray[np.float64]


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
    width = counts.shape[1]
    patterns = [[bool(number >> place & 1) for place in range(width)] for number in range(2**width)]
    worth = np.array([pattern_agreement(pattern) for pattern in patterns])
    total = np.zeros(len(left))
    for _ in range(width):
        filled = left > 0
        height = np.where(filled, left, np.inf).min(axis=1, initial=np.inf)
        layer = np.where(filled.any(axis=1), height, 0.0)
        total += worth[filled @ (1 << np.arange(width))] * layer * filled.sum(axis=1)
        left = np.where(filled, left - layer[:, None], 0.0)
    return np.asarray(total / np.where(votes > 0, votes, np.nan))


def agreement(votes: pd.DataFrame, levels: Sequence[int]) -> pd.DataFrame:
    """Say of each question how far the room agrees.

    Parameters
    ----------
    votes : DataFrame, one row per (question, participant), of one round of each question
        question, participant : str, codes
        level : float, NaN for "don't know", which is counted apart [level]
    levels : the scale's levels in order, such as 1, 2, 3, 4, 5

    Returns
    -------
    DataFrame, one row per question, sorted
        n, missing : int, votes with a level and without
        agreement : float, van der Eijk's A, NaN without votes [-1..1]
        median, lowest, highest, spread : float, NaN without votes [level]
        near : float, share of votes at most one level from the median [0..1]
        apart : int, votes two levels or more from the median

    Raises
    ------
    FrameError
        A column is missing, a vote given twice, a level that isn't on the scale.

    Source
    ------
    docs/methods/agreement.md.
    """
    need(votes, ["question", "participant", "level"], key=["question", "participant"])
    strange = set(votes["level"].dropna()) - set(levels)
    if strange:
        raise FrameError((f"level holds {min(strange)}; the scale is {list(levels)}",))
    group = votes.groupby("question")["level"]
    away = (votes["level"] - group.transform("median")).abs()
    by = votes["question"]
    counts = np.stack([(votes["level"] == level).groupby(by).sum() for level in levels], axis=1)
    n = group.count()
    table = pd.DataFrame({"n": n, "missing": group.size() - n})
    table["agreement"] = agreement_index(np.asarray(counts, np.float64))
    table["median"], table["lowest"], table["highest"] = group.median(), group.min(), group.max()
    table["spread"] = table["highest"] - table["lowest"]
    table["near"] = (away <= NEAR).groupby(by).sum() / n.where(n > 0)
    table["apart"] = (away >= APART_AT).groupby(by).sum()
    return table.reset_index()


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
