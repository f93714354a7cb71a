"""How long a submission lay in each state, and with whom."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

DAY = 86_400  # [s]


@dataclass(frozen=True, slots=True)
class Stay:
    """A submission in one state; until is None while it lasts, days are whole ones."""

    state: str
    since: datetime
    until: datetime | None
    days: int


def stays(
    passages: Sequence[tuple[str, datetime]], now: datetime, *, over: Collection[str]
) -> tuple[Stay, ...]:
    """The states in order, from the moves on record; a move that changes no state begins none.

    Parameters
    ----------
    passages : (state it led to, time) in order; the first of them makes the submission
    now : the end of the stay that lasts
    over : states in which nobody has to act

    Returns
    -------
    One a state entered, none without any passage; whole days begun and ended, 0 for `over`

    Source
    ------
    docs/methods/decisions.md.
    """
    if not passages:
        return ()
    entered = [one for n, one in enumerate(passages) if not n or passages[n - 1][0] != one[0]]
    ends: list[datetime | None] = [*(at for _state, at in entered[1:]), None]
    return tuple(
        Stay(state, since, until, 0 if state in over else _days(since, until or now))
        for (state, since), until in zip(entered, ends, strict=True)
    )


def _days(since: datetime, until: datetime) -> int:
    return max(0, int((until - since).total_seconds() // DAY))
