"""The priced bound: every rule that couples sessions has a price, and each session earns its own.

For any prices no plan is worth more than the limits at their prices and what the best group of
each possible session pays above its cost (Lagrangian duality); steps lower that sum.
"""

import time
from collections.abc import Callable

import numpy as np

from training_calendar.solver.chances import useful_to
from training_calendar.solver.facts import Instance
from training_calendar.solver.kernel_prices import Prices, Room
from training_calendar.solver.priced_model import Model, model_of, room_for, value_at
from training_calendar.solver.scarcity import scarce_of
from training_calendar.solver.solution import Bound

WEEKS = (1, 2, 4, 8)
"""Lengths of a span, the finest first [weeks]."""
CELLS = 1_000_000
"""The finest span is taken with which there are at most so many pairs x spans."""
MOST_CELLS = 3_000_000
"""Above so many pairs x spans at the coarsest span there is no priced bound."""
WORK = 5e8
"""Pairs x spans x steps that are made."""
FEWEST, MOST = 200, 1000
"""Steps at least and at most."""
STEP = 0.1
"""The first step, as a share of what a price is of the order of; it falls to nothing."""
SHORT, LONG = 0.9, 0.99
"""Memory of the running means of direction and of its square (Adam)."""
SAFE = 1e-9
"""Relative allowance for the rounding of sums."""


def weeks_for(instance: Instance) -> int | None:
    """The span for an instance's size [weeks]; None where even the coarsest is too much."""
    pairs = int(useful_to(instance).sum())
    total = int(instance.horizon.week[-1]) + 1
    fits = [weeks for weeks in WEEKS if pairs * -(-total // weeks) <= CELLS]
    if fits:
        return fits[0]
    coarsest = WEEKS[-1]
    return coarsest if pairs * -(-total // coarsest) <= MOST_CELLS else None


def priced_bound(
    instance: Instance,
    seconds: float | None = None,
    weeks: int | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Bound | None:
    """A value that no plan can exceed, by prices; None if the instance is too large.

    Parameters
    ----------
    seconds : stop after so long; the bound is then weaker and still valid [s]
    weeks : length of a span; chosen by `weeks_for` if not given
    stopped : asked at each step; True ends the descent

    Source
    ------
    docs/methods/bound.md; Held, Karp 1970; Geoffrion 1974; Barahona, Chudak 2005.
    """
    ends = None if seconds is None else time.monotonic() + seconds
    weeks = weeks or weeks_for(instance)
    if weeks is None or (ends is not None and time.monotonic() >= ends):
        return None
    model = model_of(instance, weeks)
    room = room_for(model.chances, model.rungs.count)
    value, prices = _descend(model, room, ends, stopped)
    return Bound(
        value=value * (1 + SAFE),
        method="prices",
        money_price=tuple((instance.parameters.lambda_cost + prices.money).tolist()),
        scarce=scarce_of(model, prices, room, value),
        columns=model.cells,
        rows=sum(part.size for part in model.limit),
    )


def _descend(
    model: Model, room: Room, ends: float | None, stopped: Callable[[], bool]
) -> tuple[float, Prices]:
    """The lowest value found and its prices, by steps against the running mean of what is left."""
    steps = int(min(MOST, max(FEWEST, WORK / max(1, model.cells))))
    prices = Prices(*(np.zeros_like(part) for part in model.limit))
    prices.money[:] = model.order.money
    prices.once[:] = model.order.once
    prices.point[:] = model.order.point
    mean = [np.zeros_like(part) for part in prices]
    square = [np.zeros_like(part) for part in prices]
    best, kept, begun = np.inf, prices, time.monotonic()
    for n in range(1, steps + 1):
        value, left = value_at(model, prices, room)
        if value < best:
            best, kept = value, Prices(*(part.copy() for part in prices))
        share = n / steps
        if ends is not None:
            share = max(share, (time.monotonic() - begun) / max(1e-3, ends - begun))
        if share >= 1 or stopped():
            break
        step = STEP * 0.5 * (1 + np.cos(np.pi * share))
        for at, (price, rest, order) in enumerate(zip(prices, left, model.order, strict=True)):
            mean[at] = SHORT * mean[at] + (1 - SHORT) * rest
            square[at] = LONG * square[at] + (1 - LONG) * rest**2
            even = mean[at] / (1 - SHORT**n)
            spread = np.sqrt(square[at] / (1 - LONG**n)) + 1e-9
            np.maximum(0.0, price - step * order * even / spread, out=price)
    return best, kept
