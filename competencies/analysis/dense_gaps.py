"""Gaps of everybody at once: dense tables of levels in, the sums behind every total out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from competencies.analysis.demand import Demand, Floats, Whole
from competencies.analysis.gaps import CRITICAL_AT

CHUNK = 512  # people worked on at a time, so that their cells stay near the processor
Singles = NDArray[np.float32]
CELLS = ("n", "short", "critical_misses", "gap", "surplus", "confidence", "adjusted")
SUMS = (
    "pairs", "n", "missing", "short", "gap", "surplus", "weighted_gap", "weighted_required",
    "adjusted_gap", "confidence", "critical", "critical_n", "critical_misses",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class DenseSums:
    """Sums over the people of each block, that is who share all their groups and their role.

    groups : (blocks, groupings), the number of the group in each grouping
    size, assessed : (blocks,), people, and those of them with a level in something asked
    cells : (SUMS, blocks, competencies)
    """

    groups: Whole
    size: Floats
    assessed: Floats
    cells: Floats


def dense_sums(
    levels: Singles, confidence: Singles, demand: Demand, role: Whole, groups: Whole
) -> DenseSums:
    """Sum the gaps of all people, block by block.

    Parameters
    ----------
    levels : (people, competencies), level held; NaN = not assessed, which is never a zero [level]
    confidence : the same shape, of the level; 0 where not assessed [0..1]
    demand : what the roles ask for
    role : (people,), row of `demand` of each person; -1 = holds no profile, in no figure
    groups : (people, groupings), number from 0 of the person's group in each grouping

    Returns
    -------
    DenseSums; whatever is asked is counted, only what is assessed is measured

    Source
    ------
    docs/methods/gap-engine.md; what is summed: docs/methods/gaps.md.
    """
    inside = np.flatnonzero(role >= 0)
    levels, confidence = np.ascontiguousarray(levels), np.ascontiguousarray(confidence)
    order, block, blocks = _blocks(np.column_stack([role, groups])[inside])
    sums, assessed = _summed(levels, confidence, demand, inside[order], block, blocks[:, 0])
    own, size = blocks[:, 0], np.bincount(block, minlength=len(blocks)).astype(np.float64)
    asked, weight = (demand.required > 0)[own], demand.weight[own]
    n, short, misses, gap, surplus, confidence, adjusted = sums
    pairs, critical = asked * size[:, None], demand.critical[own] & asked
    cells = {
        "pairs": pairs,
        "n": n,
        "missing": pairs - n,
        "short": short,
        "gap": gap,
        "surplus": surplus,
        "weighted_gap": weight * gap,
        "weighted_required": weight * demand.required[own] * n,
        "adjusted_gap": weight * adjusted,
        "confidence": confidence,
        "critical": critical * size[:, None],
        "critical_n": critical * n,
        "critical_misses": misses,
    }
    return DenseSums(
        groups=blocks[:, 1:],
        size=size,
        assessed=assessed,
        cells=np.stack([cells[name] for name in SUMS]),
    )


def _blocks(keys: Whole) -> tuple[Whole, Whole, Whole]:
    """The order that brings equal rows together, the number of each in it, and one row a number."""
    number, top = np.zeros(len(keys), np.int64), 1
    for column in keys.T:
        width = int(column.max(initial=0)) + 1
        number, top = number * width + column, top * width
    order = np.argsort(number.astype(np.min_scalar_type(top)), kind="stable")
    first = np.diff(number[order], prepend=-1) > 0
    return order, np.cumsum(first) - 1, keys[order[first]]


def _summed(
    levels: Singles, confidence: Singles, demand: Demand, people: Whole, block: Whole, roles: Whole
) -> tuple[Floats, Floats]:
    """The sums of CELLS, (CELLS, blocks, competencies), and in each block who is assessed.

    People are sorted by block, blocks by role.
    """
    width = levels.shape[1]
    sums, assessed = np.zeros((len(CELLS), len(roles), width)), np.zeros(len(roles))
    starts = np.searchsorted(block, np.flatnonzero(np.diff(roles, prepend=-1)))
    ends = np.append(starts, len(people))[1:]
    for first, end in zip(starts, ends, strict=True):
        marks = _marks(demand, int(roles[block[first]]))
        for begin in range(first, end, CHUNK):
            chosen = slice(begin, min(begin + CHUNK, end))
            rows, part = people[chosen], block[chosen]
            level, sure = (table.take(rows, axis=0, mode="clip") for table in (levels, confidence))
            cells = _measured(level.T.copy(), sure.T.copy(), *marks)
            cuts = np.flatnonzero(np.diff(part, prepend=-1))
            added = np.add.reduceat(cells, cuts, axis=2)
            here = slice(part[0], part[-1] + 1)
            sums[:, here] += added.transpose(0, 2, 1)
            assessed[here] += np.add.reduceat(cells[0].max(axis=0, initial=0), cuts)
    return sums, assessed


def _marks(demand: Demand, role: int) -> tuple[Singles, Singles, Singles, Singles]:
    """What a role asks; the same and nought, infinite where not asked; the last critical miss."""
    asked = demand.required[role]
    critical = demand.critical[role] & (asked > 0)
    marks = (
        asked,
        np.where(asked > 0, asked, np.inf),
        np.where(asked > 0, 0.0, np.inf),
        np.where(critical, asked - CRITICAL_AT, -1.0),
    )
    first, second, third, last = (mark.astype(np.float32)[:, None] for mark in marks)
    return first, second, third, last


def _measured(
    level: Singles, confidence: Singles,
    asked: Singles, or_all: Singles, or_none: Singles, miss_at: Singles,
) -> Singles:  # fmt: skip
    """What each cell adds to the sums of CELLS, (CELLS, competencies, people); unknown adds 0."""
    out = np.empty((len(CELLS), *level.shape), np.float32)
    n, short, misses, gap, surplus, sure, adjusted = out
    n[:] = level >= or_none
    short[:] = level < asked
    misses[:] = level <= miss_at
    np.fmax(np.subtract(asked, level, out=gap), 0, out=gap)
    np.fmax(np.subtract(level, or_all, out=surplus), 0, out=surplus)
    np.multiply(confidence, n, out=sure)
    np.multiply(gap, sure, out=adjusted)
    return out
