"""What looks wrong with the demands of a job profile: pure, as text keys with their numbers.

The rules: five to eight critical demands are enough, for if everything is critical nothing is; one
cycle of assessment asks a person for at most thirty items; the top of the scale is for few, two or
three experts in two hundred.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_CRITICAL = 8
MOST_ASKED = 30
FEWEST_EXPERTS = 3
EXPERT_SHARE = 0.015  # of the people in service


@dataclass(frozen=True, slots=True)
class Demand:
    """One demand of a profile. level : on the scale [0, top]"""

    competency: str
    level: int
    critical: bool


@dataclass(frozen=True, slots=True)
class Warning:
    """key : critical | long | flat | expert; n, most : what there is, and what is enough."""

    key: str
    n: int
    most: int
    competency: str = ""


def profile_warnings(
    demands: Sequence[Demand],
    *,
    top: int,
    experts: Mapping[str, int],
    serving: int,
) -> tuple[Warning, ...]:
    """What to look at again in a profile.

    demands : what it asks for
    top : highest level of the scale
    experts : people in service asked for the top level, by competency, over all profiles
    serving : people in service

    >>> profile_warnings([Demand("C1", 4, False)], top=4, experts={"C1": 9}, serving=200)
    (Warning(key='expert', n=9, most=3, competency='C1'),)
    """
    found = []
    critical = sum(one.critical for one in demands)
    if critical > MOST_CRITICAL:
        found.append(Warning("critical", critical, MOST_CRITICAL))
    if len(demands) > MOST_ASKED:
        found.append(Warning("long", len(demands), MOST_ASKED))
    if len(demands) > 1 and {one.level for one in demands} == {top}:
        found.append(Warning("flat", top, top))
    most = most_experts(serving)
    found += [
        Warning("expert", experts[one.competency], most, one.competency)
        for one in demands
        if one.level == top and experts.get(one.competency, 0) > most
    ]
    return tuple(found)


def most_experts(serving: int) -> int:
    """How many people at the top level of one competency an administration of this size can have.

    serving : people in service, 0 or more

    >>> [most_experts(n) for n in (20, 200, 3000)]
    [3, 3, 45]
    """
    return max(FEWEST_EXPERTS, math.ceil(EXPERT_SHARE * serving))
