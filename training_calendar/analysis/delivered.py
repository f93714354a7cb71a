"""Planned against delivered: dates, seats, hours and cost of sessions that are over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hrplan.core.workdays import quarter


@dataclass(frozen=True, slots=True)
class Measure:
    """What was planned and what came of it; delivered None is not known."""

    planned: float
    delivered: float | None

    @property
    def difference(self) -> float | None:
        return None if self.delivered is None else self.delivered - self.planned


@dataclass(frozen=True, slots=True)
class Sum:
    """Several measures, over those known both times; n of them, and missing."""

    planned: float
    delivered: float
    n: int
    missing: int

    @property
    def difference(self) -> float:
        return self.delivered - self.planned

    @property
    def share(self) -> float | None:
        """Delivered of planned [0..]; None where nothing was planned."""
        return self.delivered / self.planned if self.planned else None


def summed(measures: Sequence[Measure]) -> Sum:
    """Add up what is known; what is not is counted and left out of both sides."""
    known = [one for one in measures if one.delivered is not None]
    return Sum(
        planned=sum(one.planned for one in known),
        delivered=sum(one.delivered for one in known if one.delivered is not None),
        n=len(known),
        missing=len(measures) - len(known),
    )


def days_late(planned: date, held: date) -> int:
    """By how many days a session began later than it was first told; negative: earlier."""
    return (held - planned).days


def held_in_quarter(
    sessions: Iterable[tuple[date, date, bool]], *, as_of: date, start_month: int
) -> tuple[int, int]:
    """Of the sessions told for a quarter that is over: how many were held in it, and all of them.

    Parameters
    ----------
    sessions : first day as first told, first day as it stands, whether it was held
    start_month : of the fiscal year, whose quarters count

    Source
    ------
    docs/methods/indicators.md, K17.
    """
    held = due = 0
    for told, stands, is_held in sessions:
        period = quarter(told, start_month)
        if period.last < as_of:
            due += 1
            held += is_held and period.first <= stands <= period.last
    return held, due


@dataclass(frozen=True, slots=True)
class Lifted:
    """One gap that the plan was to narrow by training that is over [level].

    held : when the plan was made; reached : as planned; now : held today, None where nobody rated
    it since the training ended
    """

    held: float
    reached: float
    now: float | None


def gap_effect(pairs: Sequence[Lifted]) -> Sum:
    """Levels the plan was to add, and those that were added since. A fall counts as a fall.

    Source
    ------
    docs/methods/delivered.md.
    """
    return summed(
        [
            Measure(one.reached - one.held, None if one.now is None else one.now - one.held)
            for one in pairs
        ]
    )
