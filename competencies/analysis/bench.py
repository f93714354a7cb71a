"""Bench depth: who could do the work, and competencies that hang on one person."""

import numpy as np
import pandas as pd

from hrplan.core.frames import need

SINGLE_POINT_BELOW = 2  # holders under which it is a single point; K13, own proposal
COVERED, SINGLE, UNKNOWN = "covered", "single_point", "unknown"


def bench_depth(totals: pd.DataFrame) -> pd.DataFrame:
    """Say how many meet what is asked, in each competency, or unit and competency.

    Parameters
    ----------
    totals : DataFrame, as `gaps.gap_totals` gives it by competency, and perhaps something else

    Returns
    -------
    DataFrame, its rows, with
        able : int, assessed at or above the level asked
        depth : float, able / people, NaN if not all are assessed and nobody is able [0..1]

    Raises
    ------
    FrameError
        A column is missing.

    Source
    ------
    docs/methods/bench.md, "Depth".
    """
    need(totals, ["competency", "people", "n", "missing", "short"])
    able = totals["n"] - totals["short"]
    depth = (able / totals["people"]).mask((totals["missing"] > 0) & (able == 0))
    return totals.assign(able=able, depth=depth)


def single_points(carriers: pd.DataFrame, *, fewer_than: int = SINGLE_POINT_BELOW) -> pd.DataFrame:
    """Find the competencies that too few people hold at the level that carries them (K13).

    Parameters
    ----------
    carriers : DataFrame, one row per competency, also of those that nobody holds
        n : int, people assessed; holders : int, of them at the level that carries or above

    Returns
    -------
    DataFrame, its rows, with
        state : str, single_point | covered | unknown (nobody is assessed)

    Raises
    ------
    FrameError
        A column is missing or a competency given twice.

    Source
    ------
    docs/methods/bench.md, "Single points".
    """
    need(carriers, ["competency", "n", "holders"], key=["competency"])
    single = carriers["holders"] < fewer_than
    unknown = carriers["n"] == 0
    return carriers.assign(state=np.select([unknown, single], [UNKNOWN, SINGLE], COVERED))
