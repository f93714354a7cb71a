"""How far long work on many parts is, told as it goes."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Watch = Callable[[float, str], object]
One = TypeVar("One")


def quiet(percent: float, message: str) -> None:
    """Tells nobody."""


def steps(
    parts: Sequence[One], watch: Watch, message: str, *, within: tuple[float, float]
) -> Iterator[One]:
    """The parts one by one; before each it is told how far the work is [percent, from .. to]."""
    first, last = within
    for number, part in enumerate(parts):
        watch(first + (last - first) * number / len(parts), message)
        yield part
    watch(last, message)
