"""Gaps: how far people fall short of what their job profiles ask, cell by cell and summed."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from competencies.analysis.demand import PAIR, Floats
from competencies.analysis.summing import beside, grouped, heads, sums
from hrplan.core.frames import need

CRITICAL_AT = 1.0  # levels; a critical cell this far below is a critical miss
COUNTS = (
    "people", "pairs", "n", "missing", "short", "critical", "critical_n", "critical_misses",
)  # fmt: skip
TOTALS = (
    "people", "pairs", "n", "missing", "short", "gap", "surplus", "weighted_gap",
    "weighted_required", "adjusted_gap", "index", "mean_gap", "confidence",
    "critical", "critical_n", "critical_misses",
)  # fmt: skip


def person_gaps(required: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Measure the gap of each person in each competency asked of them.

    Parameters
    ----------
    required : DataFrame, one row per (staff, competency), as `demand.Asked.required` gives it
        staff, competency, unit, profile : str, codes
        required : int [level]; weight : float [1..3]; critical : bool
    held : DataFrame, one row per (staff, competency), as `held_levels` gives it
        level : float, held; 0 = assessed and not held [level]
        confidence : float [0..1]
        No row: not assessed. What isn't asked for is left out.

    Returns
    -------
    DataFrame, the rows and columns of `required`, and
        held : float, NaN if not assessed [level]
        confidence : float, NaN if not assessed [0..1]
        assessed : bool
        gap : float, max(0, required - held), NaN if not assessed [level]
        surplus : float, max(0, held - required), NaN if not assessed [level]
        weighted_gap : float, weight x gap [weighted levels]
        adjusted_gap : float, weighted gap x confidence [weighted levels]
        critical_miss : bool, a critical cell assessed at least one level below

    Raises
    ------
    FrameError
        A column is missing or a pair given twice.

    Source
    ------
    docs/methods/gaps.md, "The gap of one person".
    """
    need(required, [*PAIR, "unit", "profile", "required", "weight", "critical"], key=PAIR)
    need(held, [*PAIR, "level", "confidence"], key=PAIR)
    return measured(required, *beside(required, held, "level", "confidence"))


def measured(required: pd.DataFrame, level: Floats, confidence: Floats) -> pd.DataFrame:
    """As `person_gaps`, with what is held in each cell beside it: NaN where not assessed."""
    asked = required["required"].to_numpy(np.float64)
    gap = np.maximum(0.0, asked - level)
    weighted = gap * required["weight"].to_numpy(np.float64)
    return required.reset_index(drop=True).assign(
        held=level,
        confidence=confidence,
        assessed=~np.isnan(level),
        gap=gap,
        surplus=np.maximum(0.0, level - asked),
        weighted_gap=weighted,
        adjusted_gap=weighted * confidence,
        critical_miss=required["critical"].to_numpy(bool) & (gap >= CRITICAL_AT),
    )


def gap_totals(
    gaps: pd.DataFrame, by: Sequence[str], *, left_out: Collection[str] = frozenset()
) -> pd.DataFrame:
    """Sum gaps over any grouping: unit, profile, competency, both of a heat map, or person.

    Gaps are taken person by person and only then summed: one who holds more than is asked
    doesn't make up for one who holds less. Required pairs without an assessment are counted
    apart and enter neither side of the index.

    Parameters
    ----------
    gaps : DataFrame, one row per (staff, competency), as `person_gaps` gives it
    by : the columns to group by; none gives one row for all
    left_out : codes of competencies kept out of totals, such as the values of group V

    Returns
    -------
    DataFrame, one row per group, sorted by it
        people : int, staff members of whom something is asked
        pairs, n, missing : int, cells required, of them assessed and not assessed
        short : int, assessed cells with a gap
        gap, surplus : float, sums [person-levels]
        weighted_gap, weighted_required, adjusted_gap : float, sums over assessed cells
        index : float, weighted_gap / weighted_required, NaN if nothing is assessed [0..1]
        mean_gap : float, gap / n, NaN if nothing is assessed [level]
        confidence : float, mean over assessed cells [0..1]
        critical, critical_n, critical_misses : int, critical cells, of them assessed, missed

    Raises
    ------
    FrameError
        A column is missing or a pair given twice.

    Source
    ------
    docs/methods/gaps.md, "Sums and the gap index".
    """
    names = ["required", "weight", "assessed", "gap", "surplus", "weighted_gap", "adjusted_gap"]
    need(gaps, [*PAIR, *by, *names, "critical", "critical_miss", "confidence"], key=PAIR)
    kept = gaps[~gaps["competency"].isin(list(left_out))]
    group, groups = grouped(kept, by)
    found = groups.assign(**sums(group, len(groups), _addends(kept)))
    n = found["n"].where(found["n"] > 0)
    found = found.assign(
        people=heads(group, kept["staff"], len(groups)),
        index=found["weighted_gap"] / found["weighted_required"].where(found["n"] > 0),
        mean_gap=found["gap"] / n,
        confidence=found["confidence"] / n,
    )
    return found.astype(dict.fromkeys(COUNTS, int))[[*by, *TOTALS]]


def _addends(cells: pd.DataFrame) -> dict[str, Floats]:
    """What each cell adds to each sum, by the sum's name; NaN adds nothing."""
    numbers = {
        name: cells[name].to_numpy(np.float64)
        for name in ("gap", "surplus", "weighted_gap", "adjusted_gap", "confidence")
    }
    n = cells["assessed"].to_numpy(np.float64)
    critical = cells["critical"].to_numpy(np.float64)
    asked = cells["weight"].to_numpy(np.float64) * cells["required"].to_numpy(np.float64)
    return {
        **numbers,
        "pairs": np.ones(len(cells)),
        "n": n,
        "missing": 1 - n,
        "short": (numbers["gap"] > 0).astype(np.float64),
        "weighted_required": asked * n,
        "critical": critical,
        "critical_n": critical * n,
        "critical_misses": cells["critical_miss"].to_numpy(np.float64),
    }
