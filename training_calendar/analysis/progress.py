"""How far people are: in a programme, unit by unit, and on a learning path, step by step."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

DAYS_A_MONTH = 365.25 / 12
DONE, PLANNED, LATE, OPEN, UNKNOWN = "done", "planned", "late", "open", "unknown"
FINISHED, UNDER_WAY = "finished", "under_way"


@dataclass(frozen=True, slots=True)
class Standing:
    """One person in one programme.

    units, done : units of the programme, and those completed
    missing : codes of the units not completed, in the programme's order
    state : finished (awarded, or all units done), under_way, planned, open (not in it)
    """

    units: int
    done: int
    missing: tuple[str, ...]
    state: str


def programme_standing(
    units: Sequence[str],
    whole: str,
    *,
    done: AbstractSet[str],
    planned: AbstractSet[str],
    awarded: bool,
) -> Standing:
    """Say how far a person is in a programme.

    Parameters
    ----------
    units : codes of the modules that are its units, in order
    whole : code of the module that stands for the programme as a whole; "" where none does
    done, planned : codes of the modules the person completed, and has a place in
    awarded : the award is on record

    Returns
    -------
    Standing; an award, or the whole completed, completes every unit. Without any unit, or the
    whole, done or planned the person isn't in the programme: open.

    Source
    ------
    docs/methods/learning-paths.md, "Programmes".
    """
    complete = awarded or whole in done
    missing = () if complete else tuple(code for code in units if code not in done)
    count = len(units) - len(missing)
    if complete or (units and not missing):
        state = FINISHED
    elif count:
        state = UNDER_WAY
    elif planned & {whole, *units}:
        state = PLANNED
    else:
        state = OPEN
    return Standing(len(units), count, missing, state)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: a module or a programme by its code, due so long after joining."""

    code: str
    is_programme: bool
    within_months: int | None


@dataclass(frozen=True, slots=True)
class StepState:
    """Where a person stands with a step, and when it is due, if that is known."""

    state: str
    due_on: date | None


def step_states(
    steps: Sequence[Step],
    *,
    done: AbstractSet[str],
    planned: AbstractSet[str],
    programmes: Mapping[str, str],
    joined_on: date | None,
    known_from: date | None,
    as_of: date,
) -> tuple[StepState, ...]:
    """Say of each step of a path whether it is done, planned, late, open or unknown.

    Parameters
    ----------
    steps : in the path's order
    done, planned : codes of the modules completed, and of those with a place
    programmes : code of a programme -> its state, as `programme_standing` gives it
    joined_on : the day of joining; None is unknown, and then nothing is due
    known_from : the first day of which attendance is on record; None where none is
    as_of : date

    Returns
    -------
    One state per step. Late: due before the day, neither done nor planned. Unknown: the same,
    but due before attendance was on record, so that nobody can tell.

    Source
    ------
    docs/methods/learning-paths.md, "Steps".
    """
    return tuple(
        StepState(_state(step, done, planned, programmes) or _behind(due, known_from, as_of), due)
        for step in steps
        for due in [_due(step, joined_on)]
    )


def _due(step: Step, joined_on: date | None) -> date | None:
    if joined_on is None or step.within_months is None:
        return None
    return joined_on + timedelta(days=round(step.within_months * DAYS_A_MONTH))


def _state(
    step: Step,
    done: AbstractSet[str],
    planned: AbstractSet[str],
    programmes: Mapping[str, str],
) -> str:
    """Done or planned; "" where it is neither."""
    if step.is_programme:
        standing = programmes.get(step.code, OPEN)
        is_done, is_planned = standing == FINISHED, standing in {UNDER_WAY, PLANNED}
    else:
        is_done, is_planned = step.code in done, step.code in planned
    if is_done:
        return DONE
    if is_planned:
        return PLANNED
    return ""


def _behind(due: date | None, known_from: date | None, as_of: date) -> str:
    if due is None or due >= as_of:
        return OPEN
    return UNKNOWN if known_from is None or due < known_from else LATE


def next_step(states: Sequence[StepState]) -> int | None:
    """The place, from 0, of the first step that is known not to be done; None where there is none.

    Source
    ------
    docs/methods/learning-paths.md, "Steps".
    """
    return next(
        (place for place, one in enumerate(states) if one.state not in {DONE, UNKNOWN}), None
    )
