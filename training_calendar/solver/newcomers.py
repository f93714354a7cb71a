"""Who could come to a session that is new: on each first day, and on the one that is chosen."""

import numpy as np

from training_calendar.solver.explain import Rest, window
from training_calendar.solver.facts import Flags, Instance, Whole
from training_calendar.solver.placed import Placed

KEPT_AWAY = (
    "audience", "before", "leave", "closed", "busy", "year", "cover", "full", "money",
)  # fmt: skip
"""What keeps a person from a session that is new; of several the first is told.

audience: the module isn't for the job profile, or was attended; before: what must come first hasn't
ended; leave, busy: on leave, in another session; closed: nobody of the station may leave, as in
a busy month; year: the training days of the year; cover: as many of the station are away as may be
on the day or in the week, those who do come included, or one who holds the same is; full: no place
is left; money: nor money for one more
"""


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


def kept_away(instance: Instance, rest: Rest, new: Placed, people: Whole) -> dict[str, int]:
    """How many of the people who have no place in a session that is new are kept away by what.

    Parameters
    ----------
    rest : what the calendar without the session leaves over
    new : the session with all who can come to it
    people : positions of those who need it and are not in it

    Returns
    -------
    dict, key of KEPT_AWAY -> people [persons]; nothing where nobody is kept away

    Source
    ------
    docs/methods/planning.md, section 6.
    """
    if not len(people):
        return {}
    keeps = _keeps(instance, rest, new, people)
    every = np.column_stack([np.broadcast_to(keeps[key], len(people)) for key in KEPT_AWAY])
    first = every.argmax(axis=1)[every.any(axis=1)]
    found = np.bincount(first, minlength=len(KEPT_AWAY))
    return {key: int(n) for key, n in zip(KEPT_AWAY, found, strict=True) if n}


def _keeps(instance: Instance, rest: Rest, new: Placed, people: Whole) -> dict[str, Flags]:
    """For each reason whom of the people it keeps away."""
    module, horizon, staff = new.module, instance.horizon, instance.staff
    span, home = slice(new.first, new.last + 1), staff.station[people]
    sent = np.bincount(staff.station[np.array(new.staff, dtype=np.int64)], minlength=len(rest.room))
    room = rest.room[:, span] - sent[:, None]
    left = rest.till.left(module, new.first) - new.cost
    lets = rest.weeks.lets(people)[:, horizon.week[span]].all(axis=1)
    watched = rest.watched[people, span].any(axis=1)
    days = rest.days[people, horizon.year[new.first]] + len(new.days)
    may = instance.modules.audience[module, staff.role[people]]
    return {
        "audience": ~may | (rest.done[people, module] < horizon.length),
        "before": ~_ready(instance, rest, module, people, new.first + 1)[:, new.first],
        "leave": staff.leave[people, span].any(axis=1),
        "closed": instance.shut[home, span].any(axis=1),
        "busy": rest.taken[people, span].any(axis=1),
        "year": days > instance.parameters.max_days_staff_year,
        "cover": (room[home] <= 0).any(axis=1) | ~lets | watched,
        "full": np.array(len(new.staff) >= new.capacity),
        "money": np.array([seat_cost(instance, new, int(who)) > left for who in people]),
    }


def seat_cost(instance: Instance, s: Placed, person: int) -> float:
    """What one more person in a session costs. [money]"""
    home = instance.stations.region[instance.staff.station[person]]
    fee = float(instance.modules.cost_seat[s.module])
    if s.region < 0 or s.region == home:
        return fee
    trip = float(instance.regions.trip[home, s.region])
    return fee + trip + instance.parameters.per_diem * len(s.days)
