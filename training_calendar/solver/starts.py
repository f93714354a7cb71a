"""On which first days one session could be held, and which rules are in the way of the others."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from training_calendar.solver.check import CENT
from training_calendar.solver.explain import Rest, rest_of, window
from training_calendar.solver.facts import CLASSROOM, EXTERNAL, Flags, Instance, Money, Session
from training_calendar.solver.facts import Whole as Positions
from training_calendar.solver.further import EARMARKS, LAST_TWO, PEAK, WEEK_SHARE
from training_calendar.solver.placed import Placed, placed_sessions

NOWHERE = -1
MOVED, ROOM, LEADER, DAY = 60, 20, 20, 1
"""What another day, another venue, another instructor and a day's shift weigh."""


@dataclass(frozen=True, slots=True, eq=False)
class Starts:
    """One session on each of the D first days that leave it room before the horizon ends.

    broken : rule -> D, whether the session would break it
    venue, trainer : D, the position of what it would have then; -1 where it has none
    cost : D [money]
    """

    broken: dict[str, Flags]
    venue: Positions
    trainer: Positions
    cost: Money

    @property
    def count(self) -> Positions:
        """D, how many rules are in the way of each first day."""
        return np.asarray(np.sum(list(self.broken.values()), axis=0))

    def open_days(self, closing: Iterable[str]) -> Positions:
        """The first days on which none of these rules is in the way."""
        shut = [flags for code, flags in self.broken.items() if code in set(closing)]
        return np.flatnonzero(~np.any(shut, axis=0))

    @property
    def free(self) -> Positions:
        """The first days on which nothing is in the way."""
        return np.flatnonzero(self.count == 0)

    def rules(self, day: int) -> tuple[str, ...]:
        """The rules in the way of a first day, in their order."""
        return tuple(code for code, flags in self.broken.items() if flags[day])


def starts(
    instance: Instance,
    sessions: Iterable[Session],
    session: Session,
    *,
    keeps_venue: bool = False,
    keeps_trainer: bool = False,
) -> Starts:
    """Every first day of a session while all others stay where they are.

    A venue or trainer that isn't free is changed for the first that is, unless it is kept. A group
    below the smallest is no matter of the day, and is not told here.

    Parameters
    ----------
    session : as it stands, or as one would have it on any day of the horizon
    sessions : the calendar, with or without the session

    Source
    ------
    docs/methods/planning.md, section 6.
    """
    others = placed_sessions(instance, (s for s in sessions if s.session_id != session.session_id))
    s, rest = placed_sessions(instance, (session,))[0], rest_of(instance, others)
    length = int(instance.modules.duration[s.module])
    venue = _venues(instance, rest, s, length, keeps=keeps_venue)
    trainer = _trainers(instance, rest, s, length, keeps=keeps_trainer)
    cost = _costs(instance, s, venue, trainer)
    broken = (
        _days(instance, s, length)
        | _supply(instance, rest, s, length, venue, trainer)
        | _people(instance, rest, s, length)
        | _cover(instance, rest, s, length)
    )
    broken["H14"] = _out_of_order(instance, rest, others, s, cost.size)
    broken["H15"] = cost > rest.till.money[instance.horizon.quarter[: cost.size]] + CENT
    if instance.has_earmarks:
        broken[EARMARKS] = cost > rest.till.left(s.module, np.arange(cost.size)) + CENT
    order = sorted(broken, key=lambda code: ("HCF".index(code[0]), code))
    return Starts({code: broken[code] for code in order}, venue, trainer, cost)


def with_free_place(
    instance: Instance,
    sessions: Iterable[Session],
    wanted: Session,
    *,
    keeps_venue: bool = False,
    keeps_trainer: bool = False,
) -> Session:
    """The session with its own venue and trainer if they are free then, else with others."""
    placed = placed_sessions(instance, (wanted,))
    length = int(instance.modules.duration[placed[0].module]) if placed else 0
    if not placed or placed[0].first > instance.horizon.length - length:
        return wanted
    s = placed[0]
    left = (one for one in sessions if one.session_id != wanted.session_id)
    rest = rest_of(instance, placed_sessions(instance, left))
    venue = _venues(instance, rest, s, length, keeps=keeps_venue)[s.first]
    trainer = _trainers(instance, rest, s, length, keeps=keeps_trainer)[s.first]
    return _at(instance, wanted, int(venue), int(trainer))


def _at(instance: Instance, session: Session, venue: int, trainer: int) -> Session:
    """The session with the venue and trainer of these positions; -1 leaves what it has."""
    if venue >= 0:
        session = replace(session, venue_id=instance.venues.ids[venue])
    if trainer >= 0:
        session = replace(session, instructor_id=instance.instructors.ids[trainer])
    return session


def _first_free(free: Flags, own: int, fits: Flags, *, keeps: bool) -> Positions:
    """For each day the own position where it is free, else the first that is, else the own.

    Who has none of its own has the first that fits where none is free.
    """
    if keeps and own >= 0:
        return np.full(free.shape[1], own)
    own = int(fits.argmax()) if own < 0 and fits.any() else own
    first = np.where(free.any(axis=0), free.argmax(axis=0), own)
    return np.where(free[own], own, first) if own >= 0 else first


def _venues(instance: Instance, rest: Rest, s: Placed, length: int, *, keeps: bool) -> Positions:
    free = window(rest.venue_free, length)
    if instance.modules.mode[s.module] != CLASSROOM:
        return np.full(free.shape[1], NOWHERE)
    kind = instance.modules.venue_kind[s.module]
    fits = np.array([k == kind for k in instance.venues.kind])
    fits &= instance.venues.capacity >= len(s.staff)
    return _first_free(free & fits[:, None], s.venue, fits, keeps=keeps)


def _trainers(instance: Instance, rest: Rest, s: Placed, length: int, *, keeps: bool) -> Positions:
    free = window(rest.trainer_free, length)
    if instance.modules.mode[s.module] == EXTERNAL:
        return np.full(free.shape[1], NOWHERE)
    free &= _can_lead(instance, rest, s, length)
    fits = instance.instructors.qualified[:, s.module]
    return _first_free(free, s.trainer, fits, keeps=keeps)


def _can_lead(instance: Instance, rest: Rest, s: Placed, length: int) -> Flags:
    """I x D: qualified, with days of the quarter left."""
    quarter = instance.horizon.quarter[: instance.horizon.length - length + 1]
    within = (rest.trainer_days >= length)[:, quarter]
    return np.asarray(within & instance.instructors.qualified[:, s.module][:, None])


def _costs(instance: Instance, s: Placed, venue: Positions, trainer: Positions) -> Money:
    """What the session costs on each day, with the venue and the trainer it would have then."""
    cost = np.empty(venue.size)
    for pair in np.unique(np.stack([venue, trainer]), axis=1).T:
        there = _at(instance, s.session, int(pair[0]), int(pair[1]))
        cost[(venue == pair[0]) & (trainer == pair[1])] = placed_sessions(instance, (there,))[
            0
        ].cost
    return cost


def _days(instance: Instance, s: Placed, length: int) -> dict[str, Flags]:
    horizon = instance.horizon
    days = horizon.length - length + 1
    work = window(horizon.workday[None, :], length)[0]
    one_week = horizon.week[:days] == horizon.week[length - 1 :]
    found = {
        "H01": ~(work & one_week),
        "H02": ~window(~horizon.closed[None, :], length)[0],
    }
    if instance.modules.mode[s.module] == EXTERNAL:
        found["H07"] = np.arange(days) != s.first
    return found


def _supply(
    instance: Instance, rest: Rest, s: Placed, length: int, venue: Positions, trainer: Positions
) -> dict[str, Flags]:
    found, day = {}, np.arange(venue.size)
    mode = instance.modules.mode[s.module]
    if mode == CLASSROOM:
        opened = window(instance.venues.available, length)[venue, day] & (venue >= 0)
        kind = instance.modules.venue_kind[s.module]
        fits = np.array([k == kind for k in instance.venues.kind])[venue]
        found["H03"] = ~(opened & fits)
        found["H04"] = opened & ~window(rest.venue_free, length)[venue, day]
        found["H08"] = len(s.staff) > instance.venues.capacity[venue]
    if mode != EXTERNAL:
        able = window(rest.trainer_free, length) & _can_lead(instance, rest, s, length)
        found["H05"] = ~(able[trainer, day] & (trainer >= 0))
    return found


def _people(instance: Instance, rest: Rest, s: Placed, length: int) -> dict[str, Flags]:
    """Rules about each of the people who have a place."""
    who = np.array(s.staff, dtype=np.int64)
    black = instance.stations.black[instance.staff.station[who]]
    year = instance.horizon.year[: instance.horizon.length - length + 1]
    used = rest.days[who][:, year] + length
    return {
        "H10": _broken(~rest.taken[who], length),
        "H11": _broken(~instance.staff.leave[who], length),
        "H12": _broken(~black, length),
        "H16": np.asarray((used > instance.parameters.max_days_staff_year).any(axis=0)),
        PEAK: _broken(~instance.busy[instance.staff.station[who]], length),
        WEEK_SHARE: _week_full(instance, rest, who, length),
        LAST_TWO: _broken(~rest.watched[who], length) | _holds_two(instance, s),
    }


def _holds_two(instance: Instance, s: Placed) -> bool:
    """Are the last two holders of a competency in the session?"""
    partners = instance.partners
    return any(not set(partners.get(i, ())).isdisjoint(s.staff) for i in s.staff)


def _week_full(instance: Instance, rest: Rest, who: Positions, length: int) -> Flags:
    """D: would the session bring a station above its share of the week?"""
    weeks = rest.weeks
    fresh = np.zeros_like(weeks.room, dtype=np.int64)
    np.add.at(fresh, weeks.station[who], weeks.count[who] == 0)
    spared = ((fresh == 0) | (fresh <= weeks.room)).all(axis=0, keepdims=True)
    return _broken(spared[:, instance.horizon.week], length)


def _broken(kept: Flags, length: int) -> Flags:
    """D, from rows x H: is one of the rows not kept on one of the days from this one on?"""
    return np.asarray(~window(kept, length).all(axis=0))


def _cover(instance: Instance, rest: Rest, s: Placed, length: int) -> dict[str, Flags]:
    """Both limits of the stations that send people."""
    stations = instance.stations
    home = instance.staff.station[np.array(s.staff, dtype=np.int64)]
    sent = np.bincount(home, minlength=len(stations.ids))
    own = np.flatnonzero(sent)
    away = (instance.room - rest.room)[own] + sent[own, None]
    on_duty = stations.rostered[own] - instance.on_leave[own] - away
    short = (stations.minimum[own] > 0) & (on_duty < stations.minimum[own])
    return {
        "H13": _broken(away <= stations.max_away[own, None], length),
        "C1": _broken(~short, length),
    }


def _out_of_order(
    instance: Instance, rest: Rest, others: tuple[Placed, ...], s: Placed, days: int
) -> Flags:
    """First days before what must come first has ended, or too late for what rests on it."""
    length, waived = int(instance.modules.duration[s.module]), instance.waived
    first, last = 0, instance.horizon.length
    for before in np.flatnonzero(instance.modules.requires[s.module]):
        ends = [int(rest.done[i, before]) for i in s.staff if not waived[i, before]]
        first = max([first, *(end + 1 for end in ends)])
    who = {i for i in s.staff if not waived[i, s.module]}
    for other in others:
        if instance.modules.requires[other.module, s.module] and who.intersection(other.staff):
            last = min(last, other.first)
    day = np.arange(days)
    return np.asarray((day < first) | (day + length > last))
