"""Totals of gaps out of the dense sums: the same table as of the frames, without the frames."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from competencies.analysis.demand import Floats, Whole
from competencies.analysis.dense_gaps import SUMS, DenseSums
from competencies.analysis.gaps import COUNTS, TOTALS

COMPETENCY = "competency"
PAIRS = SUMS.index("pairs")


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
    chosen = next((name for name in by if name != COMPETENCY), None)
    group = None if chosen is None else sums.groups[:, list(names).index(chosen)]
    if COMPETENCY in by:
        here, tables = _by_group(sums.cells, group)
        rows, places = np.nonzero((tables[PAIRS] > 0) & columns)
        figures = tables[:, rows, places]
        found = _totals(figures[PAIRS], figures)
        found.insert(0, COMPETENCY, np.array(topics, object)[places])
    else:
        asked = ((sums.cells[PAIRS] > 0) & columns).any(axis=1)
        flat = np.vstack([sums.size * asked, sums.cells @ columns.astype(np.float64)])
        here, tables = _by_group(flat, group)
        rows = np.flatnonzero(tables[1 + PAIRS]) if by else np.zeros(1, np.int64)
        found = _totals(tables[0, rows], tables[1:, rows])
    if chosen is not None:
        found.insert(0, chosen, np.array(names[chosen], object)[here[rows]])
    return found.sort_values(list(by), ignore_index=True) if by else found


def _by_group(tables: Floats, group: Whole | None) -> tuple[Whole, Floats]:
    """The groups in order, and the sums of the blocks of each; tables (sums, blocks, ...).

    All blocks together where there is no grouping.
    """
    if group is None:
        return np.zeros(1, np.int64), tables.sum(axis=1, keepdims=True)
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    if not len(starts):
        return starts, tables
    return group[order[starts]], np.asarray(np.add.reduceat(tables[:, order], starts, axis=1))


def _totals(people: Floats, sums: Floats) -> pd.DataFrame:
    """TOTALS from people, (groups,), and SUMS, (SUMS, groups); NaN where nothing is assessed."""
    of = {"people": people, **dict(zip(SUMS, sums, strict=True))}
    with np.errstate(divide="ignore", invalid="ignore"):
        assessed = np.where(of["n"] > 0, of["n"], np.nan)
        of["index"] = of["weighted_gap"] / np.where(of["n"] > 0, of["weighted_required"], np.nan)
        of["mean_gap"] = of["gap"] / assessed
        of["confidence"] = of["confidence"] / assessed
    whole = {name: np.rint(of[name]).astype(np.int64) for name in COUNTS}
    return pd.DataFrame({name: whole.get(name, of[name]) for name in TOTALS})
