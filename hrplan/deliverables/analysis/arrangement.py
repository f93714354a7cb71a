"""The order of things that stand in a default order, some of them moved by hand."""

from collections.abc import Mapping, Sequence
from typing import Literal

Step = Literal["up", "down"]


def arranged(keys: Sequence[str], stated: Mapping[str, int]) -> tuple[str, ...]:
    """The keys in the order stated; one that is not stated follows its neighbour by default.

    keys : in the default order, each once
    stated : key -> place; equal places and keys that are not known are no error
    """
    usual = {key: place for place, key in enumerate(keys)}
    order = sorted(
        (key for key in keys if key in stated), key=lambda key: (stated[key], usual[key])
    )
    before: str | None = None
    for key in keys:
        if key not in stated:
            order.insert(order.index(before) + 1 if before is not None else 0, key)
        before = key
    return tuple(order)


def moved(order: Sequence[str], key: str, step: Step) -> tuple[str, ...]:
    """The order with one key a place up or down; unchanged where it stands at that end."""
    place = order.index(key)
    other = place + (1 if step == "down" else -1)
    if not 0 <= other < len(order):
        return tuple(order)
    changed = list(order)
    changed[place], changed[other] = changed[other], changed[place]
    return tuple(changed)
