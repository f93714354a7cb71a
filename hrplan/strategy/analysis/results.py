"""Results of training (evaluation level 4): an indicator before the first session and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

NOT_HELD, WAITING, UNKNOWN, BETTER, WORSE, SAME, MOVED = (
    *("not_held", "waiting", "unknown", "better", "worse", "same", "moved"),
)
HIGHER, LOWER = "higher", "lower"


@dataclass(frozen=True, slots=True)
class Result:
    """The value last known when training began, and the first known once results are due.

    before, after : (day, value) or None where nobody measured; state : one of the words above
    """

    before: tuple[date, float] | None
    after: tuple[date, float] | None
    state: str

    @property
    def change(self) -> float | None:
        if self.before is None or self.after is None:
            return None
        return self.after[1] - self.before[1]


def result(
    values: Sequence[tuple[date, float]],
    began: date | None,
    due: date | None,
    today: date,
    better: str,
) -> Result:
    """What became of an indicator that a module was to move. A trend, no proof.

    Parameters
    ----------
    values : day and value of every measurement, the baseline among them, in any order
    began : first day of the first session; due : day from which results are read; None: not held
    better : `higher`, `lower`, or another word where neither is better

    Source
    ------
    docs/methods/evaluation.md, "Level 4".
    """
    if began is None or due is None:
        return Result(None, None, NOT_HELD)
    known = sorted(one for one in values if one[0] <= today)
    before = next((one for one in reversed(known) if one[0] <= began), None)
    after = next((one for one in known if one[0] >= due), None)
    if today < due:
        return Result(before, None, WAITING)
    if before is None or after is None:
        return Result(before, after, UNKNOWN)
    change = after[1] - before[1]
    if change == 0:
        return Result(before, after, SAME)
    if better not in {HIGHER, LOWER}:
        return Result(before, after, MOVED)
    return Result(before, after, BETTER if (change > 0) == (better == HIGHER) else WORSE)
