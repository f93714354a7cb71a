"""The planning engine asked within a run: its progress is told, and a stop ends the work."""

from collections.abc import Sequence

from hrplan.core import runs
from training_calendar.solver.facts import Instance
from training_calendar.solver.solution import Solution
from training_calendar.usecases.told import Told


def solved(
    instance: Instance,
    told: Told,
    *,
    seconds: float | None,
    effort: int | None,
    with_bound: bool = True,
    price: Sequence[float] | None = None,
) -> Solution:
    """A plan of the engine; price : of money by quarter, to begin with."""
    from training_calendar.solver import solve  # noqa: PLC0415 -- slow import (numba, highspy)

    found = solve.solve(
        instance,
        seconds=seconds,
        effort=effort,
        progress=told.solver,
        with_bound=with_bound,
        price=price,
    )
    if found.stopped:
        raise runs.Stopped
    return found
