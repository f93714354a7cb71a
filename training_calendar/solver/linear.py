"""Solving the bound's linear programme, and turning any duals into a proven bound."""

import io
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training_calendar.solver.classes import Rows

CHILD = Path(__file__).with_name("highs_child.py")
GRACE = 5.0
"""Seconds that the child may take beyond its limit before it is ended."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """The bound, the price of each row (>= 0), and whether the solver ended by itself."""

    bound: float
    price: np.ndarray
    optimal: bool


def solve_linear(rows: Rows, seconds: float | None = None) -> Answer:
    """The largest value of the programme, by duals that prove it.

    For any prices p >= 0: limit . p + sum of upper x max(0, gain - p A) bounds the value from
    above (weak duality), whether or not the solver came to its end.
    """
    gain, limit = np.array(rows.gain), np.array(rows.limit)
    start, index = np.array(rows.start, dtype=np.int32), np.array(rows.index, dtype=np.int32)
    value = np.array(rows.value)
    dual, optimal = _duals(
        {"gain": gain, "limit": limit, "start": start, "index": index, "value": value}, seconds
    )
    price = np.maximum(0.0, -dual)
    used = np.repeat(price, np.diff(start)) * value
    reduced = gain - np.bincount(index, weights=used, minlength=gain.size)
    bound = float(limit @ price + np.maximum(0, reduced) @ np.array(rows.upper))
    return Answer(bound, price, optimal)


def _duals(data: dict[str, np.ndarray], seconds: float | None) -> tuple[np.ndarray, bool]:
    """Row duals from the child; zeros, which still prove a bound, if it had no time."""
    nothing = np.zeros(data["limit"].size), False
    if seconds is not None and seconds <= 0:
        return nothing
    given = io.BytesIO()
    np.savez(given, seconds=np.array(seconds or 0.0), **data)  # type: ignore[arg-type]
    try:
        done = subprocess.run(
            [sys.executable, str(CHILD)],
            input=given.getvalue(),
            capture_output=True,
            check=True,
            timeout=None if seconds is None else seconds + GRACE,
        )
    except subprocess.TimeoutExpired:
        return nothing
    with np.load(io.BytesIO(done.stdout), allow_pickle=False) as file:
        return file["dual"], bool(file["optimal"])
