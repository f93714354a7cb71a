"""Totals of gaps out of the dense sums: the same table as of the frames, without the frames."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from competencies.analysis.dense_gaps import DenseSums, Floats, Whole
from competencies.analysis.gaps import COUNTS, TOTALS

COMPETENCY = "competency"


def dense_totals(
    sums: DenseSums,
    names: Mapping[str, Sequence[object]],
    topics: Sequence[str],
    by: Sequence[str],
    *,
    columns: NDArray[np.bool_],
) -> pd.DataFrame:
    """Totals of groups, as `analysis.gaps.gap_totals` gives them.

    Parameters
    ----------
    sums : as `analysis.dense_gaps.dense_sums` gives them
    names : what the groups are called, by grouping, in the order of the columns of `sums.groups`
    topics : codes of the competencies
    by : at most one grouping, and perhaps "competency" after it; none gives one row for all
    columns : (competencies,), whether the competency enters the totals

    Returns
    -------
    DataFrame, one row per group of which something is asked, sorted by it: `by`, then TOTALS

    Source
    ------
    docs/methods/gap-engine.md; what is summed: docs/methods/gaps.md, "Sums and the gap index".
    """
    chosen = [name for name in by if name != COMPETENCY]
    kept = np.flatnonzero(columns)
    group = np.zeros(len(sums.size), np.int64)
    if chosen:
        group = sums.groups[:, list(names).index(chosen[0])]
    tables = {name: _by_group(cells[:, kept], group) for name, cells in sums.cells.items()}
    if COMPETENCY in by:
        tables["people"] = tables["pairs"]
    else:
        asked = (sums.cells["pairs"][:, kept] > 0).any(axis=1)
        tables = {name: cells.sum(axis=1, keepdims=True) for name, cells in tables.items()}
        tables["people"] = _by_group((sums.size * asked)[:, None], group)
    if not by:
        return _means(pd.DataFrame({name: [cells.sum()] for name, cells in tables.items()}))
    rows, places = np.nonzero(tables["pairs"])
    found = _means(pd.DataFrame({name: cells[rows, places] for name, cells in tables.items()}))
    if COMPETENCY in by:
        found.insert(0, COMPETENCY, [topics[kept[place]] for place in places])
    if chosen:
        here = np.unique(group)
        found.insert(0, chosen[0], [names[chosen[0]][here[row]] for row in rows])
    return found.sort_values(list(by), ignore_index=True)


def _by_group(cells: Floats, group: Whole) -> Floats:
    """The sums of the rows of each group, the groups in order."""
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    if not len(starts):
        return np.zeros((0, cells.shape[1]))
    return np.asarray(np.add.reduceat(cells[order], starts, axis=0), np.float64)


def _means(sums: pd.DataFrame) -> pd.DataFrame:
    """With index, mean gap and mean confidence; NaN where nothing is assessed."""
    n = sums["n"].where(sums["n"] > 0)
    means = {
        "index": sums["weighted_gap"] / sums["weighted_required"].where(sums["n"] > 0),
        "mean_gap": sums["gap"] / n,
        "confidence": sums["confidence"] / n,
    }
    return sums.assign(**means).astype(dict.fromkeys(COUNTS, int))[list(TOTALS)]
