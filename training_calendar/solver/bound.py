"""The upper bound: no plan is worth more, whatever solver made it."""

import time
from collections.abc import Callable

from training_calendar.solver.class_bound import class_bound
from training_calendar.solver.facts import Instance
from training_calendar.solver.solution import Bound


def never() -> bool:
    """Nobody stops the computation."""
    return False


def upper_bound(
    instance: Instance,
    seconds: float | None = None,
    coarse: bool = False,
    stopped: Callable[[], bool] = never,
) -> Bound:
    """The lower of two bounds: by prices of all that is scarce, and by classes of staff.

    The priced bound comes first, as it is much the lower; an instance too large for it has the
    class bound alone. Both hold wherever they are cut off, by `seconds` or because `stopped` says
    so.

    Source
    ------
    docs/methods/bound.md.
    """
    from training_calendar.solver.lagrange import priced_bound  # noqa: PLC0415 -- slow import (numba)

    begun = time.monotonic()
    priced = priced_bound(instance, seconds, stopped=stopped)
    left = None if seconds is None else seconds - (time.monotonic() - begun)
    if stopped():
        left = 0.0
    classes = class_bound(instance, left, coarse)
    if priced is None or classes.value < priced.value:
        return classes
    return priced
