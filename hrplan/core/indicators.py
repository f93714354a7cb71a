"""Indicators that apps compute for whoever follows them, so that no floor looks into another."""

from collections.abc import Callable
from dataclasses import dataclass

from hrplan.core.models import Administration


@dataclass(frozen=True, slots=True)
class Found:
    """A value with what it counts over and what is missing; None with the key of the reason."""

    value: float | None
    n: int
    missing: int = 0
    reason: str = ""


Compute = Callable[[Administration], Found]
BESIDE: dict[str, Compute] = {}
"""Code of the catalogue -> what computes it, of the apps that stand beside the strategy."""


def computes(code: str) -> Callable[[Compute], Compute]:
    """Name a function as what computes an indicator of the catalogue."""

    def named(compute: Compute) -> Compute:
        BESIDE[code] = compute
        return compute

    return named
