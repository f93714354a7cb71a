"""Suppression: which cells of a table with totals to hide, so that none can be worked out."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hrplan.core.frames import FrameError, need

TOTAL = "*"  # the code of a margin in the rows or columns
SMALL_CELL = 5  # people under which a cell is hidden from outsiders; a setting
SMALL, COMPLEMENTARY, SHOWN = "small", "complementary", ""
BANDS = (5, 10, 20, 50)
Cell = tuple[str, str]
Node = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Arc:
    """A cell as a pipe of a network in which what flows into a node flows out of it."""

    cell: Cell
    start: Node
    end: Node
    value: int


def count_band(n: int, limit: int = SMALL_CELL) -> str:
    """The band in which a count is shown to outsiders: 0, 1-4, 5-9, 10-19, 20-49, 50+."""
    if n == 0:
        return "0"
    starts = [1, limit, *(start for start in BANDS if start > limit)]
    place = max(number for number, start in enumerate(starts) if start <= n)
    if place + 1 == len(starts):
        return f"{starts[place]}+"
    return f"{starts[place]}-{starts[place + 1] - 1}"


def small_rows(table: pd.DataFrame, *, limit: int = SMALL_CELL) -> tuple[str, ...]:
    """Find the rows of a table that say more together than each withheld.

    Rows whose sum is small would be hidden, and others with them. Told as one row their people
    are counted after all. Where they are too few even together, the next smallest goes with them.

    Parameters
    ----------
    table : DataFrame, one row per (row, column)
        row, column : str, codes
        n : int, count [persons]
    limit : int, a count above 0 and under it is small [persons]

    Returns
    -------
    Codes of the rows to gather, smallest first; none where there would be fewer than two.

    Source
    ------
    docs/methods/suppression.md.
    """
    need(table, ["row", "column", "n"], key=["row", "column"])
    sums = table.groupby("row")["n"].sum().sort_values(kind="stable")
    found = [str(row) for row in sums.index[(sums > 0) & (sums < limit)]]
    if found and sums[found].sum() < limit:
        found += [str(row) for row in sums.index[sums >= limit]][:1]
    return tuple(found) if len(found) > 1 else ()


def suppressed(
    table: pd.DataFrame, *, limit: int = SMALL_CELL, also_hidden: Iterable[Cell] = ()
) -> pd.DataFrame:
    """Hide small cells, and as many others as it takes that no hidden cell can be derived.

    A reader who knows the totals, and that counts aren't negative, may still work out a
    hidden cell. Rows, columns and their totals form a network in which each cell is a pipe; a
    hidden cell is safe if some round trip through hidden cells could change it. Where there
    is none, the cheapest round trip is hidden too: smallest cells first, totals last.

    Parameters
    ----------
    table : DataFrame, one row per (row, column)
        row, column : str, codes, none of them TOTAL
        n : int, count; a pair without a row is 0 [persons]
    limit : int, a count above 0 and under it is small [persons]
    also_hidden : cells hidden elsewhere among the same documents, TOTAL for a margin

    Returns
    -------
    DataFrame, one row per (row, column), the totals included with the code TOTAL, sorted
        n : float, NaN where hidden [persons]
        hidden : str, small | complementary | "". For the office only: to print which of the
            hidden cells are small would give away what is hidden

    Raises
    ------
    FrameError
        A column is missing, a pair given twice, a count below zero, a code equal to TOTAL.

    Source
    ------
    docs/methods/suppression.md.
    """
    need(table, ["row", "column", "n"], key=["row", "column"])
    if (table["n"] < 0).any() or table[["row", "column"]].isin([TOTAL]).any(axis=None):
        raise FrameError((f"counts must not be negative, nor codes {TOTAL}",))
    whole = _with_totals(table)
    arcs = list(_arcs(whole))
    elsewhere = set(also_hidden)
    small = {arc.cell for arc in arcs if 0 < arc.value < limit or arc.cell in elsewhere}
    hidden = protected(arcs, small)
    cells = list(zip(whole["row"].tolist(), whole["column"].tolist(), strict=True))
    state = [SMALL if c in small else COMPLEMENTARY if c in hidden else SHOWN for c in cells]
    whole["hidden"] = pd.Series(state, whole.index, dtype="str")
    whole["n"] = whole["n"].astype(float).mask(whole["hidden"] != SHOWN)
    return whole


def protected(arcs: list[Arc], small: set[Cell]) -> set[Cell]:
    """The cells given and those to be hidden with them, so that each can take another value."""
    network = _Network(arcs, small)
    for arc in arcs:
        if arc.cell in small and not network.is_safe(arc):
            network.hide(network.cheapest_trip(arc))
    return network.hidden


def _with_totals(table: pd.DataFrame) -> pd.DataFrame:
    wide = table.pivot(index="row", columns="column", values="n").fillna(0).astype(int)
    if not wide.size:
        return pd.DataFrame({"row": [TOTAL], "column": [TOTAL], "n": [0]})
    wide.loc[TOTAL] = wide.sum()
    wide[TOTAL] = wide.sum(axis=1)
    tall = wide.stack().reset_index().set_axis(["row", "column", "n"], axis="columns")
    last = [tall["row"] == TOTAL, tall["column"] == TOTAL]
    order = np.lexsort([tall["column"], last[1], tall["row"], last[0]])
    return tall.iloc[order].reset_index(drop=True)


def _arcs(whole: pd.DataFrame) -> Iterator[Arc]:
    """Source -> row -> column -> sink -> source: cells, totals of rows, of columns, of all."""
    source, sink = ("row", TOTAL), ("column", TOTAL)
    names = ("row", "column", "n")
    for row, column, n in zip(*(whole[name].tolist() for name in names), strict=True):
        if row == TOTAL and column == TOTAL:
            yield Arc((row, column), sink, source, n)
        elif column == TOTAL:
            yield Arc((row, column), source, ("row", row), n)
        elif row == TOTAL:
            yield Arc((row, column), ("column", column), sink, n)
        else:
            yield Arc((row, column), ("row", row), ("column", column), n)


class _Network:
    """The ways through the arcs, and what each costs: nothing where the cell is hidden."""

    def __init__(self, arcs: list[Arc], small: set[Cell]) -> None:
        most = sum(arc.value for arc in arcs) + 1
        self.hidden: set[Cell] = set()
        self._cost = {arc.cell: _cost(arc, most) for arc in arcs}
        self._ways: dict[Node, list[tuple[Node, Cell]]] = {}
        self._hidden_ways: dict[Node, list[tuple[Node, Cell]]] = {}
        self._ends: dict[Cell, list[tuple[Node, Node]]] = {}
        for arc in arcs:
            both = [(arc.start, arc.end), (arc.end, arc.start)]
            self._ends[arc.cell] = both if arc.value > 0 else both[:1]
            for start, end in self._ends[arc.cell]:
                self._ways.setdefault(start, []).append((end, arc.cell))
        self.hide(small & set(self._ends))

    def hide(self, cells: Iterable[Cell]) -> None:
        """Hide these cells too."""
        for cell in set(cells) - self.hidden:
            self.hidden.add(cell)
            self._cost[cell] = 0
            for start, end in self._ends[cell]:
                self._hidden_ways.setdefault(start, []).append((end, cell))

    def is_safe(self, arc: Arc) -> bool:
        """Some round trip through hidden cells changes the cell already."""
        return any(self._joined(end, start, arc.cell) for start, end in self._ends[arc.cell])

    def cheapest_trip(self, arc: Arc) -> tuple[Cell, ...]:
        """The cheapest way back for one more in the cell, or for one less if it isn't 0."""
        trips = [self._cheapest(end, start, arc.cell) for start, end in self._ends[arc.cell]]
        return min(trip for trip in trips if trip is not None)[1]

    def _joined(self, start: Node, end: Node, without: Cell) -> bool:
        waiting, reached = [start], {start}
        while waiting and end not in reached:
            for other, cell in self._hidden_ways.get(waiting.pop(), ()):
                if other not in reached and cell != without:
                    reached.add(other)
                    waiting.append(other)
        return end in reached

    def _cheapest(
        self, start: Node, end: Node, without: Cell
    ) -> tuple[int, tuple[Cell, ...]] | None:
        """Dijkstra's shortest path, as its cost and its cells."""
        waiting: list[tuple[int, int, Node, tuple[Cell, ...]]] = [(0, 0, start, ())]
        reached: set[Node] = set()
        nearest: dict[Node, tuple[int, int]] = {}
        while waiting:
            cost, steps, node, path = heapq.heappop(waiting)
            if node == end:
                return cost, path
            if node in reached:
                continue
            reached.add(node)
            for other, cell in self._ways.get(node, ()):
                length = (cost + self._cost[cell], steps + 1)
                if (
                    other not in reached
                    and cell != without
                    and length <= nearest.get(other, length)
                ):
                    nearest[other] = length
                    heapq.heappush(waiting, (*length, other, (*path, cell)))
        return None


def _cost(arc: Arc, most: int) -> int:
    """Small cells are hidden first; empty ones protect little, totals are worth keeping."""
    margin = TOTAL in arc.cell
    return arc.value + 1 + most * (10 * margin + (arc.value == 0))
