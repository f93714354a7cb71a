"""What talking did: how each round of a question differs from the one before it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from diagnostics.analysis.agreement import agreement_index, refuse_off_scale
from diagnostics.analysis.spread import level_counts, quantile
from hrplan.core.frames import need

ROUND = ["question", "sitting", "round"]
TOLD = [
    *(*ROUND, "n", "missing", "not_applicable", "median", "agreement", "earlier"),
    *("both", "up", "down", "nearer", "farther"),
]


def round_effects(votes: pd.DataFrame, levels: Sequence[int]) -> pd.DataFrame:
    """Compare each round with the one before: median, agreement, who moved and towards what.

    People are followed one by one and only then counted, so that a median that stands still
    doesn't hide that half of the room has changed its mind.

    Parameters
    ----------
    votes : DataFrame, one row per (question, sitting, round, participant)
        question, sitting, participant : str, codes; round : int, from 1
        level : float, NaN where no level was given [level]; does_not_apply : bool
    levels : the scale's levels in order

    Returns
    -------
    DataFrame, one row per (question, sitting, round), sorted by them
        n, missing, not_applicable : int, votes with a level, of "don't know", of "does not apply"
        median, agreement : float, NaN without votes [level], [-1..1]
        earlier : float, median of the round before, NaN in a first round [level]
        both : int, people with a level in this round and the one before; 0 in a first round
        up, down : int, those of them who moved to a higher, to a lower level
        nearer, farther : int, those of them who moved towards, away from the earlier median

    Raises
    ------
    FrameError
        A column is missing, a vote given twice, a level that isn't on the scale.

    Source
    ------
    docs/methods/agreement.md, "What a round did".
    """
    key = [*ROUND, "participant"]
    need(votes, [*key, "level", "does_not_apply"], key=key)
    refuse_off_scale(votes, levels)
    votes = votes.assign(does_not_apply=votes["does_not_apply"].astype(bool))
    table = votes.groupby(ROUND).agg(
        n=("level", "count"), size=("level", "size"), not_applicable=("does_not_apply", "sum")
    )
    counts = np.asarray(level_counts(votes, levels, ROUND), np.float64)
    table["missing"] = table["size"] - table["n"] - table["not_applicable"]
    table["median"] = quantile(counts, levels, 0.5)
    table["agreement"] = agreement_index(counts)
    earlier = _earlier(table["median"])
    table["earlier"] = earlier.reindex(table.index)
    moves = _moves(votes, earlier).groupby(ROUND).sum()
    names = ["both", "up", "down", "nearer", "farther"]
    table[names] = moves.reindex(table.index).reindex(columns=names).fillna(0).astype(int)
    return table.reset_index()[TOLD]


def _earlier(medians: pd.Series) -> pd.Series:
    """The median of each round under the key of the round after it."""
    rows = medians.reset_index()
    return rows.assign(round=rows["round"] + 1).set_index(ROUND)["median"]


def _moves(votes: pd.DataFrame, earlier_medians: pd.Series) -> pd.DataFrame:
    """One row per person with a level in a round and the one before: which way they moved."""
    columns = [*ROUND, "participant", "level"]
    earlier = votes[columns].assign(round=votes["round"] + 1)
    pairs = votes[columns].merge(earlier, on=[*ROUND, "participant"], suffixes=("", "_before"))
    pairs = pairs.dropna(subset=["level", "level_before"])
    pairs = pairs.merge(earlier_medians.rename("median").reset_index(), on=ROUND, how="left")
    away = (pairs["level"] - pairs["median"]).abs()
    was = (pairs["level_before"] - pairs["median"]).abs()
    return pairs[ROUND].assign(
        both=1,
        up=(pairs["level"] > pairs["level_before"]).astype(int),
        down=(pairs["level"] < pairs["level_before"]).astype(int),
        nearer=(away < was).astype(int),
        farther=(away > was).astype(int),
    )
