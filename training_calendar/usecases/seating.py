"""Seats after a change by hand: other sessions for those who lost theirs, orphans let go."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from training_calendar.solver.check import check
from training_calendar.solver.explain import Rest, rest_of
from training_calendar.solver.facts import Instance, Session
from training_calendar.solver.newcomers import could_come, seat_cost
from training_calendar.solver.placed import Placed, placed_sessions

Sessions = tuple[Session, ...]


def reseated(instance: Instance, sessions: Sessions, gone: Session) -> Sessions:
    """People of a cancelled session in other sessions of its module that have places left.

    Only where the person is free, the station covered, the money there; else they stay out.
    """
    placed = placed_sessions(instance, sessions)
    rest = rest_of(instance, placed)
    module = instance.modules.ids.index(gone.module_id)
    position = {who: at for at, who in enumerate(instance.staff.ids)}
    seats: dict[str, list[str]] = {}
    waiting = [who for who in gone.staff_ids if who in position]
    for s in sorted((s for s in placed if s.module == module), key=lambda s: s.first):
        for who in list(waiting):
            if len(s.staff) + len(seats.get(s.session.session_id, ())) >= s.capacity:
                break
            if _fits(instance, rest, s, position[who]):
                _take(instance, rest, s, position[who])
                seats.setdefault(s.session.session_id, []).append(who)
                waiting.remove(who)
    after = tuple(
        replace(s, staff_ids=(*s.staff_ids, *seats.get(s.session_id, ()))) for s in sessions
    )
    return after if not _worse(instance, sessions, after) else sessions


def with_next(
    instance: Instance, sessions: Sessions, code: str, order: Sequence[str]
) -> tuple[Sessions, str]:
    """The sessions with the first of `order` who can take a place in one of them, and who it is.

    "" where nobody can: no place is left, or leave, another session, cover, money or a rule is in
    the way of each.
    """
    placed = placed_sessions(instance, sessions)
    s = next((one for one in placed if one.session.session_id == code), None)
    if s is None or len(s.staff) >= s.capacity:
        return sessions, ""
    rest = rest_of(instance, placed)
    position = {who: at for at, who in enumerate(instance.staff.ids)}
    for who in order:
        if who not in position or not _fits(instance, rest, s, position[who]):
            continue
        seats = (*s.session.staff_ids, who)
        after = tuple(
            replace(one, staff_ids=seats) if one.session_id == code else one for one in sessions
        )
        if not _worse(instance, sessions, after):
            return after, who
    return sessions, ""


def filled(instance: Instance, sessions: Sessions, new: Session, order: Sequence[str]) -> Session:
    """A session that is new with all of `order` who can come to it, one after the other.

    Up to its places; leave, other sessions, cover, money and what must come first are kept.
    """
    rest = rest_of(instance, placed_sessions(instance, sessions))
    s = next(iter(placed_sessions(instance, (new,))), None)
    position = {who: at for at, who in enumerate(instance.staff.ids)}
    known = [who for who in order if who in position]
    if s is None or s.first + int(instance.modules.duration[s.module]) > instance.horizon.length:
        return new
    rest.till.pay(s.module, s.first, s.cost)
    people = np.array([position[who] for who in known], dtype=np.int64)
    may = could_come(instance, rest, s.module, people)[:, s.first]
    seats: list[str] = []
    for who in np.array(known, dtype=object)[may]:
        if len(seats) < s.capacity and _fits(instance, rest, s, position[who]):
            _take(instance, rest, s, position[who])
            seats.append(who)
    return replace(new, staff_ids=tuple(seats))


def _worse(instance: Instance, before: Sessions, after: Sessions) -> bool:
    """Whether new seats break a rule that was kept."""
    return len(check(instance, after).violations) > len(check(instance, before).violations)


def _fits(instance: Instance, rest: Rest, s: Placed, person: int) -> bool:
    days, station = slice(s.first, s.last + 1), instance.staff.station[person]
    kept = rest.leave[person, days] | rest.taken[person, days] | rest.watched[person, days]
    present = not kept.any()
    year = instance.horizon.year[s.first]
    within = rest.days[person, year] + len(s.days) <= instance.parameters.max_days_staff_year
    paid = rest.till.left(s.module, s.first) >= seat_cost(instance, s, person)
    spared = (rest.room[station, days] > 0).all()
    spared &= rest.weeks.lets(np.array([person]))[0, instance.horizon.week[s.first]]
    return bool(present and within and paid and spared)


def _take(instance: Instance, rest: Rest, s: Placed, person: int) -> None:
    days, station = slice(s.first, s.last + 1), instance.staff.station[person]
    rest.till.pay(s.module, s.first, seat_cost(instance, s, person))
    rest.taken[person, days] = True
    rest.room[station, days] -= 1
    rest.weeks.enter(days, np.array([person]))
    for partner in instance.partners.get(person, ()):
        rest.watched[partner, days] = True
    rest.days[person, instance.horizon.year[s.first]] += len(s.days)


def without_orphans(
    instance: Instance, sessions: Sessions, *, fixed: Collection[str] = ()
) -> Sessions:
    """Without the seats of people who now lack what must come first; fixed : sessions that keep
    theirs."""
    while True:
        found = check(instance, sessions).violations
        orphans = {(v.session_id, v.staff_id) for v in found
                   if v.rule == "H14" and v.session_id not in fixed}  # fmt: skip
        if not orphans:
            return sessions
        sessions = tuple(
            replace(
                s,
                staff_ids=tuple(w for w in s.staff_ids if (s.session_id, w) not in orphans),
            )
            for s in sessions
        )
