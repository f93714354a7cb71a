"""Who could come to a session that is new: on each first day, and on the one that is chosen."""

import numpy as np

from training_calendar.solver.explain import Rest, window
from training_calendar.solver.facts import Flags, Instance, Whole


def could_come(instance: Instance, rest: Rest, module: int, people: Whole) -> Flags:
    """P x D: whom of the people leave, other sessions, their station and the module let come.

    Each by themselves: two of one station may be let go one by one and not together. Money and
    places aren't looked at.

    Parameters
    ----------
    people : P positions; D first days that leave the module room before the horizon ends

    Source
    ------
    docs/methods/planning.md, section 6.
    """
    length, horizon = int(instance.modules.duration[module]), instance.horizon
    home = instance.staff.station[people]
    kept = rest.leave[people] | rest.taken[people] | rest.watched[people]
    present = window(~kept, length)
    covered = window(rest.room > 0, length)[home]
    days = present.shape[1]
    covered &= window(rest.weeks.lets(people)[:, horizon.week], length)
    within = rest.days[people][:, horizon.year[:days]] + length
    may = instance.modules.audience[module, instance.staff.role[people]]
    may &= rest.done[people, module] >= horizon.length
    ready = _ready(instance, rest, module, people, days)
    in_days = within <= instance.parameters.max_days_staff_year
    return np.asarray(present & covered & in_days & ready & may[:, None])


def _ready(instance: Instance, rest: Rest, module: int, people: Whole, days: int) -> Flags:
    """P x D: what must come first is waived or has ended."""
    day, waived = np.arange(days), instance.waived[people]
    ready = np.ones((len(people), days), dtype=bool)
    for before in np.flatnonzero(instance.modules.requires[module]):
        ended = rest.done[people, before][:, None] < day
        ready &= ended | waived[:, before][:, None]
    return ready
