"""Sums over the groups of a frame of cells: numbers in place of the groupings of frames."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from competencies.analysis.demand import PAIR, Floats, Whole
from hrplan.core.frames import places, plain

SPREAD = 16  # numbers told apart by a table as long as this many times them, else by sorting


def grouped(rows: pd.DataFrame, by: Sequence[str]) -> tuple[Whole, pd.DataFrame]:
    """The number of each row's group, and the groups in order; without `by` one group of all."""
    if not by:
        return np.zeros(len(rows), np.int64), pd.DataFrame(index=range(1))
    number, below = np.zeros(len(rows), np.int64), 1
    for name in by:
        codes, values = pd.factorize(rows[name], sort=True, use_na_sentinel=False)
        number, below = number * len(values) + codes, below * len(values)
    found, group = _different(number, below)
    first = np.zeros(len(found), np.int64)
    first[group[::-1]] = np.arange(len(rows))[::-1]
    return group, plain(rows[list(by)].iloc[first])


def sums(group: Whole, groups: int, addends: Mapping[str, Floats]) -> dict[str, Floats]:
    """What the rows of each group add up to, by name; NaN adds nothing."""
    return {
        name: np.bincount(group, np.nan_to_num(values), minlength=groups).astype(np.float64)
        for name, values in addends.items()
    }


def heads(group: Whole, staff: pd.Series, groups: int) -> Whole:
    """How many different staff members each group has."""
    codes, names = pd.factorize(staff)
    width = max(len(names), 1)
    pairs, _place = _different(group * width + codes, groups * width)
    return np.bincount(pairs // width, minlength=groups).astype(np.int64)


def _different(numbers: Whole, below: int) -> tuple[Whole, Whole]:
    """The different numbers there are, in order, and which of them each is; all are smaller."""
    if below > SPREAD * len(numbers):
        found, place = np.unique(numbers, return_inverse=True)
        return found, np.asarray(place, np.int64)
    there = np.zeros(below, bool)
    there[numbers] = True
    found = np.flatnonzero(there)
    place = np.zeros(below, np.int32)
    place[found] = np.arange(len(found))
    return found, place[numbers].astype(np.int64)


def beside(rows: pd.DataFrame, told: pd.DataFrame, *names: str) -> tuple[Floats, ...]:
    """What another frame tells of the pair (staff, competency) of each row; NaN where nothing.

    told : one row per (staff, competency); names : its columns of numbers to look up
    """
    shape, told_at, at = _places(rows, told)
    table = np.full(shape, -1, np.int32)
    table[told_at] = np.arange(len(told))
    table[-1], table[:, -1] = -1, -1  # of whom or what no row speaks
    place = table[at]
    return tuple(np.append(told[name].to_numpy(np.float64), np.nan)[place] for name in names)


Cells = tuple[Whole, Whole]


def _places(rows: pd.DataFrame, told: pd.DataFrame) -> tuple[tuple[int, int], Cells, Cells]:
    """The shape of a table of the pairs of `rows`, and where in it those told of and these are."""
    people, topics = (pd.Index(rows[name].unique()) for name in PAIR)
    cells = [
        (places(people, one["staff"]), places(topics, one["competency"])) for one in (told, rows)
    ]
    return (len(people) + 1, len(topics) + 1), cells[0], cells[1]
