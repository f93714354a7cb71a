"""How votes spread over a scale: their counts, quartiles, within-group agreement and camps."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TIE = 1e-9  # [votes] within which a cumulated count counts as reached


@dataclass(frozen=True, slots=True)
class CampConstants:
    """When a room has fallen into camps; own proposal."""

    camp_share: float = 0.25  # of the votes that lie on either side of the gap, at least
    camp_votes: int = 2  # and so many of them: a single vote is no camp
    gap_share: float = 0.5  # of the fullest level of the smaller peak, at most, in the gap


def level_counts(votes: pd.DataFrame, levels: Sequence[int], by: Sequence[str]) -> pd.DataFrame:
    """Count the votes on each level of the scale.

    Parameters
    ----------
    votes : DataFrame, one row per vote
        level : float, NaN where no level was given [level]; and the columns of `by`
    levels : the scale's levels in order
    by : the columns that together tell one count from another

    Returns
    -------
    DataFrame, one row per key, sorted, the keys as index; one column per level [votes]

    Source
    ------
    docs/methods/agreement.md.
    """
    keys = [votes[name] for name in by]
    columns = {level: (votes["level"] == level).groupby(keys).sum() for level in levels}
    return pd.DataFrame(columns, columns=list(levels))


def within_group(counts: Floats, levels: Sequence[int]) -> Floats:
    """The agreement r_wg of each row of counts; NaN with fewer than two votes.

    It is the share of the variance of blind chance that the room has done away with: 1 where all
    votes are alike, 0 where they vary as much as votes drawn evenly from the scale would, or more.

    Parameters
    ----------
    counts : array, one row per question, one column per level in order [votes]
    levels : the scale's levels in order

    Returns
    -------
    array of float, one per question [0..1]

    Source
    ------
    James, Demaree & Wolf (1984), Estimating within-group interrater reliability with and without
    response bias, Journal of Applied Psychology 69, 85-98;
    docs/methods/agreement.md, "The distance of the votes".
    """
    scale = np.asarray(levels, np.float64)
    n = counts.sum(axis=1)
    known = np.where(n > 1, n, np.nan)
    mean = counts @ scale / known
    squares = (counts * (scale[None, :] - mean[:, None]) ** 2).sum(axis=1)
    chance = (len(scale) ** 2 - 1) / 12
    return np.asarray(np.maximum(0.0, 1 - squares / (known - 1) / chance))


def quantile(counts: Floats, levels: Sequence[int], share: float) -> Floats:
    """The level below which a share of the votes lies; NaN without votes.

    Where the share falls between two votes it is the middle of both, so that it is always a level
    or halfway between two, as the median is.

    Parameters
    ----------
    counts : array, one row per question, one column per level in order [votes]
    levels : the scale's levels in order
    share : float, 0.25 for the lower quartile, 0.5 for the median [0..1]

    Returns
    -------
    array of float, one per question [level]

    Source
    ------
    Hyndman & Fan (1996), Sample quantiles in statistical packages, The American Statistician 50,
    361-365, definition 2;
    docs/methods/agreement.md, "Median and quartiles".
    """
    scale = np.asarray(levels, np.float64)
    reached = counts.cumsum(axis=1)
    wanted = share * counts.sum(axis=1)
    low = (reached >= wanted[:, None] - TIE).argmax(axis=1)
    high = (reached > wanted[:, None] + TIE).argmax(axis=1)
    middle = (scale[low] + scale[high]) / 2
    return np.asarray(np.where(counts.sum(axis=1) > 0, middle, np.nan))


def polarised(counts: Floats, constants: CampConstants) -> NDArray[np.bool_]:
    """Whether the votes of each row have fallen into camps with a gap between them.

    A level is a gap if it holds at most `gap_share` of the votes of the fullest level below it and
    of the fullest level above it. The room is polarised if on either side of a gap there are at
    least `camp_share` of the votes, and `camp_votes` of them.

    Parameters
    ----------
    counts : array, one row per question, one column per level in order [votes]
    constants : CampConstants

    Returns
    -------
    array of bool, one per question

    Source
    ------
    docs/methods/agreement.md, "Camps".
    """
    camp = np.maximum(counts.sum(axis=1) * constants.camp_share, constants.camp_votes)
    found = np.zeros(len(counts), dtype=bool)
    for gap in range(1, counts.shape[1] - 1):
        below, above = counts[:, :gap], counts[:, gap + 1 :]
        peak = np.minimum(below.max(axis=1), above.max(axis=1))
        hollow = counts[:, gap] <= constants.gap_share * peak
        camps = np.minimum(below.sum(axis=1), above.sum(axis=1)) >= camp - TIE
        found |= hollow & camps
    return found
