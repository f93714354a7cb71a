"""Repairing the weeks around a hand-made change, moving as little as possible (CP-SAT)."""

from collections.abc import Callable, Iterable

from training_calendar.solver.check import check
from training_calendar.solver.facts import Instance, Session
from training_calendar.solver.solution import Change, NoSchedule, Schedule

EFFORT = 20.0
"""Deterministic time of one solve [CP-SAT's own unit, near seconds]; never the clock."""
BY_ITSELF = ("H01", "H02", "H06", "H07")
"""Rules that a session changed by hand must obey by itself: no repair around it can help."""

Tell = Callable[[float], object]


def unwatched(share: float) -> None:
    """Nobody wants to know how far a repair is."""


def hopeless(instance: Instance, session: Session) -> NoSchedule | None:
    """The rules that forbid a session as it stands, whatever is moved around it.

    Closed days, an unfit venue or trainer, and a group that leave, cover or the budget make too
    small even if no other session ran. Found by a repair of the session alone, in milliseconds.
    None does not promise that a repair exists: other sessions may stand in the way.

    Source
    ------
    docs/methods/planning.md, section 6.
    """
    broken = {found.rule for found in check(instance, (session,)).violations}
    if alone := tuple(code for code in BY_ITSELF if code in broken):
        return NoSchedule(alone)
    from training_calendar.solver import repair_search  # noqa: PLC0415 -- slow import (ortools)

    return repair_search.alone(instance, session, EFFORT)


def repair(
    instance: Instance,
    sessions: Iterable[Session],
    change: Change,
    *,
    effort: float = EFFORT,
    tell: Tell = unwatched,
) -> Schedule | NoSchedule:
    """The calendar after a change, with dates, venues, instructors and seats kept where possible.

    Sessions outside the window, pinned ones and external ones stand still. Those inside may take
    another day, venue or instructor; people may give up a seat where nothing else helps. Nobody
    new is seated. The same input gives the same calendar on any machine.

    Parameters
    ----------
    sessions : the calendar before the change
    change : sessions cancelled, sessions as they must stand, and the window of days
    effort : limit of each solve in deterministic time
    tell : called with the share that is done [0..1] before each solve; what it raises ends the work

    Source
    ------
    docs/methods/planning.md, section 6.
    """
    broken = {found.rule for found in check(instance, change.pin).violations}
    if alone := tuple(code for code in BY_ITSELF if code in broken):
        return NoSchedule(alone)
    from training_calendar.solver import repair_search  # noqa: PLC0415 -- slow import (ortools)

    return repair_search.repaired(instance, tuple(sessions), change, effort, tell)
