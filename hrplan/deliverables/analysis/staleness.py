"""Which figures of a text differ from what they were when somebody last stood by it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Known = float | str | None
"""A figure as it is kept: a number, a day as ISO text, or None where it is not known."""


@dataclass(frozen=True, slots=True)
class Drift:
    """One figure that differs: what it was, and what it is."""

    name: str
    before: Known
    now: Known


def drifts(
    names: Iterable[str], before: Mapping[str, Known], now: Mapping[str, Known]
) -> tuple[Drift, ...]:
    """The figures of a text that differ; one that is missing on either side says nothing.

    None is a value: what was not known and is known now differs.
    """
    return tuple(
        Drift(name, before[name], now[name])
        for name in names
        if name in before and name in now and before[name] != now[name]
    )


def filled_up(
    names: Iterable[str], before: Mapping[str, Known], now: Mapping[str, Known]
) -> dict[str, Known]:
    """What is kept with a text once figures are read: the old values, new ones where none is."""
    return {name: before.get(name, now[name]) for name in names if name in before or name in now}
