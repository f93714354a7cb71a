"""Totals of gaps out of the dense sums: the same table as of the frames, without the frames."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from competencies.analysis.dense_gaps import SUMS, DenseSums, Floats, Whole
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
    chosen = [name for name in by if name != COMPETENCY]
    kept = np.flatnonzero(columns)
    group = np.zeros(len(sums.size), np.int64)
    if chosen:
        group = sums.groups[:, list(names).index(chosen[0])]
    cells = sums.cells if columns.all() else sums.cells[:, :, kept]
    people = cells[PAIRS]
    if COMPETENCY not in by:
        people = (sums.size * (people > 0).any(axis=1))[:, None]
        cells = cells.sum(axis=2, keepdims=True)
    here, tables = _by_group(np.concatenate([people[None], cells]), group)
    if not by:
        return _totals(tables.sum(axis=(1, 2))[:, None])
    rows, places = np.nonzero(tables[1 + PAIRS])
    found = _totals(tables[:, rows, places])
    if COMPETENCY in by:
        found.insert(0, COMPETENCY, [topics[kept[place]] for place in places])
    if chosen:
        found.insert(0, chosen[0], [names[chosen[0]][here[row]] for row in rows])
    return found.sort_values(list(by), ignore_index=True)


def _by_group(tables: Floats, group: Whole) -> tuple[Whole, Floats]:
    """The groups in order, and the sums of the blocks of each; tables (sums, blocks, columns)."""
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    if not len(starts):
        return starts, tables
    return group[order[starts]], np.asarray(np.add.reduceat(tables[:, order], starts, axis=1))


def _totals(sums: Floats) -> pd.DataFrame:
    """TOTALS from people and SUMS, (1 + SUMS, groups); NaN where nothing is assessed."""
    of = dict(zip(("people", *SUMS), sums, strict=True))
    with np.errstate(divide="ignore", invalid="ignore"):
        assessed = np.where(of["n"] > 0, of["n"], np.nan)
        of["index"] = of["weighted_gap"] / np.where(of["n"] > 0, of["weighted_required"], np.nan)
        of["mean_gap"] = of["gap"] / assessed
        of["confidence"] = of["confidence"] / assessed
    whole = {name: np.rint(of[name]).astype(np.int64) for name in COUNTS}
    return pd.DataFrame({name: whole.get(name, of[name]) for name in TOTALS})
