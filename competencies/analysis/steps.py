"""Levels asked for on the way: a profile may ask for less in its first years.

Pure. A step is written `2016:2`: up to the end of 2016 level 2 is asked for. After the last step
it is the level of the profile.
"""

import re
from collections.abc import Sequence

STEP = re.compile(r"(?P<year>(19|20|21)\d\d):(?P<level>[1-9])", re.ASCII)


class StepError(ValueError):
    """A step that can't be read, or steps that don't rise."""


def read_steps(texts: Sequence[str], level: int) -> tuple[tuple[int, int], ...]:
    """The steps on the way to a level as (year, level), by year.

    Raises
    ------
    StepError
        One isn't written as year:level, a year comes twice, or one doesn't rise above the step
        before it or stay below the level it leads to.
    """
    found = []
    for text in texts:
        match = STEP.fullmatch(text.replace(" ", ""))
        if match is None:
            raise StepError(text)
        found.append((int(match["year"]), int(match["level"])))
    found.sort()
    ends = [*found, (9999, level)][1:]
    for (year, low), (later, high) in zip(found, ends, strict=True):
        if later == year or high <= low:
            raise StepError(f"{year}:{low}")
    return tuple(found)


def level_in(year: int, level: int, steps: Sequence[str]) -> int:
    """The level asked for in a year: that of the first step not yet over, else the profile's.

    Source
    ------
    docs/methods/gaps.md, "What is required".
    """
    return next((low for until, low in read_steps(steps, level) if year <= until), level)


def steps_below(steps: Sequence[str], level: int) -> list[str]:
    """The steps that still lead up to a level that was set anew."""
    return [step for step in steps if int(step.rpartition(":")[2]) < level]
