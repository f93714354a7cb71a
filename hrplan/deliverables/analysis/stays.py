"""How long a submission lay in each state, and with whom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

DAY = 86_400  # [s]


@dataclass(frozen=True, slots=True)
class Stay:
    """A submission in one state; until is None while it lasts, days are whole ones."""

    state: str
    since: datetime
    until: datetime | None
    days: int


def stays(
    passages: Sequence[tuple[str, datetime]],
    now: datetime,
    *,
    first: str,
    after: Callable[[str, str], str],
    last: str,
) -> tuple[Stay, ...]:
    """The states in order, from the moves on record.

    Parameters
    ----------
    passages : (move, time) in order; the first of them makes the submission
    now : the end of the stay that lasts
    first : the state that a submission begins in; last : one in which nobody has to act
    after : state and move -> state

    Returns
    -------
    One a passage, none without any; whole days begun and ended, 0 for `last`

    Source
    ------
    docs/methods/decisions.md.
    """
    if not passages:
        return ()
    states = [first]
    for move, _at in passages[1:]:
        states.append(after(states[-1], move))
    times = [at for _move, at in passages]
    ends: list[datetime | None] = [*(end for _begin, end in pairwise(times)), None]
    return tuple(
        Stay(state, since, until, 0 if state == last else _days(since, until or now))
        for state, since, until in zip(states, times, ends, strict=True)
    )


def _days(since: datetime, until: datetime) -> int:
    return max(0, int((until - since).total_seconds() // DAY))
