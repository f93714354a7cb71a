"""Evaluation levels 1 to 3 and teach-back: what they show, with n and missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

TOP_RESULT = 100
TARGETS = {1: 4.0, 2: 0.4, 3: 0.7}
"""Mean of 5; share of the possible gain; share of supervisors who confirm use. Own proposals."""
REGULAR, SOMETIMES, NOT_USED, NO_OCCASION = "regular", "sometimes", "not", "no_occasion"
USED = (REGULAR, SOMETIMES)
TEACH_BACK_DAYS = 30
"""Days after a course outside in which it is taught back (indicator K31)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; value None where nothing is known.

    n : people (or answers) behind it; missing : asked, and nothing known of them
    """

    value: float | None
    n: int
    missing: int


NOTHING = Figure(None, 0, 0)


def told(figure: Figure, limit: int | None) -> Figure | None:
    """The figure, or None where fewer stand behind it than may be told."""
    return None if limit and 0 < figure.n < limit else figure


def pooled(figures: Sequence[Figure]) -> Figure:
    """Several figures as one, each weighted with its n."""
    n = sum(one.n for one in figures)
    total = sum(one.value * one.n for one in figures if one.value is not None)
    return Figure(total / n if n else None, n, sum(one.missing for one in figures))


def learning_gain(results: Sequence[tuple[int | None, int | None]]) -> Figure:
    """What was gained of what could be gained, over people with a result before and after.

    Parameters
    ----------
    results : before and after of each person who attended [% of the test]; None is not known

    Returns
    -------
    Figure
        value : (sum of after - sum of before) / (100 n - sum of before); negative where they fell,
        None where everybody had all before

    Raises
    ------
    ValueError
        A result outside 0 to 100.

    Source
    ------
    docs/methods/evaluation.md; the average normalized gain of Hake (1998).
    """
    known = [(low, high) for low, high in results if low is not None and high is not None]
    if any(not 0 <= one <= TOP_RESULT for pair in known for one in pair):
        raise ValueError("a result lies outside 0 to 100")
    before, after = sum(low for low, _high in known), sum(high for _low, high in known)
    possible = TOP_RESULT * len(known) - before
    missing = len(results) - len(known)
    return Figure((after - before) / possible if possible else None, len(known), missing)


def confirmed_use(answers: Sequence[str | None]) -> Figure:
    """The share of people of whom the supervisor says that they use it at work.

    answers : one for each person asked about; None is not answered. Who had no occasion counts as
    answered and not as using it.
    """
    known = [one for one in answers if one is not None]
    using = sum(one in USED for one in known)
    share = using / len(known) if known else None
    return Figure(share, len(known), len(answers) - len(known))


@dataclass(frozen=True, slots=True)
class TaughtBack:
    """Of those who came back from a course outside; share : in time of those due or done."""

    returned: int
    held: int
    in_time: int
    overdue: int
    share: float | None


def taught_back(rows: Sequence[tuple[date, date | None]], today: date) -> TaughtBack:
    """Count who taught back, and the share that did so in time.

    Parameters
    ----------
    rows : last day of the course, and the day it was taught back or None, of each who returned

    Source
    ------
    docs/methods/evaluation.md; indicator K31.
    """
    span = timedelta(days=TEACH_BACK_DAYS)
    held = [(ended, on) for ended, on in rows if on is not None]
    in_time = sum(on <= ended + span for ended, on in held)
    overdue = sum(on is None and ended + span < today for ended, on in rows)
    over = len(held) + overdue
    return TaughtBack(len(rows), len(held), in_time, overdue, in_time / over if over else None)
