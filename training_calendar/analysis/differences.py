"""Differences between two states of a calendar: new, moved, cancelled, people changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

NEW, MOVED, ELSEWHERE, CANCELLED, PEOPLE = "new", "moved", "elsewhere", "cancelled", "people"
KINDS = (NEW, MOVED, CANCELLED, ELSEWHERE, PEOPLE)


@dataclass(frozen=True, slots=True)
class Stand:
    """One session as a state of the calendar has it; people are keys of staff members."""

    code: str
    module: str
    title: str
    starts_on: date
    ends_on: date
    place: str
    trainer: str
    people: frozenset[int]


Outside = Mapping[tuple[int, str], tuple[date, date]]
"""(staff member, module) -> first and last day of a place outside the sessions."""


@dataclass(frozen=True, slots=True)
class Side:
    """One state of a calendar: its sessions by code, and the places outside them."""

    sessions: Mapping[str, Stand]
    outside: Outside


@dataclass(frozen=True, slots=True)
class Line:
    """One session that differs; before is None where it is new, after where it is cancelled.

    kinds : in the order of `KINDS`; joined, left : keys of staff members
    """

    kinds: tuple[str, ...]
    before: Stand | None
    after: Stand | None
    joined: frozenset[int]
    left: frozenset[int]

    @property
    def stand(self) -> Stand:
        """The session as it now stands, or stood last."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a line has at least one side")
        return found


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two states, session by session, and outside the sessions.

    unchanged : sessions alike on both sides
    outside_new, outside_gone, outside_moved : (staff member, module) of places outside sessions
    """

    lines: tuple[Line, ...]
    unchanged: int
    outside_new: frozenset[tuple[int, str]]
    outside_gone: frozenset[tuple[int, str]]
    outside_moved: frozenset[tuple[int, str]]

    @property
    def is_empty(self) -> bool:
        return not (self.lines or self.outside_new or self.outside_gone or self.outside_moved)

    def count(self, kind: str) -> int:
        """Sessions of one of `KINDS`; a session that moved and lost people counts in both."""
        return sum(kind in line.kinds for line in self.lines)

    @property
    def counts(self) -> dict[str, int]:
        return {kind: self.count(kind) for kind in KINDS}

    @property
    def touched(self) -> frozenset[int]:
        """Staff members whose own places changed: gained, lost, on other days, elsewhere."""
        found: set[int] = set()
        for line in self.lines:
            found |= line.joined | line.left
            old, new = line.before, line.after
            if old and new and _told(old) != _told(new):
                found |= new.people
        beside = self.outside_new | self.outside_gone | self.outside_moved
        return frozenset(found | {person for person, _module in beside})


def difference(before: Side, after: Side) -> Difference:
    """What of a calendar differs; sessions are known again by their code.

    A session is moved where its days or its module differ, elsewhere where only its venue or
    trainer does. Who is exchanged without a date moving counts as people changed.

    Parameters
    ----------
    before, after : Side; an empty one stands for no release

    Returns
    -------
    Difference, lines by the first day of the session

    Source
    ------
    docs/methods/releases.md, "Differences".
    """
    codes = before.sessions.keys() | after.sessions.keys()
    pairs = [(before.sessions.get(code), after.sessions.get(code)) for code in codes]
    lines = [line for old, new in pairs if (line := _line(old, new)).kinds]
    lines.sort(key=lambda line: (line.stand.starts_on, line.stand.code))
    shared = before.outside.keys() & after.outside.keys()
    return Difference(
        tuple(lines),
        len(codes) - len(lines),
        frozenset(after.outside.keys() - shared),
        frozenset(before.outside.keys() - shared),
        frozenset(key for key in shared if before.outside[key] != after.outside[key]),
    )


def _line(old: Stand | None, new: Stand | None) -> Line:
    were = old.people if old else frozenset()
    are = new.people if new else frozenset()
    return Line(_kinds(old, new), old, new, are - were, were - are)


def _kinds(old: Stand | None, new: Stand | None) -> tuple[str, ...]:
    if old is None:
        return (NEW,)
    if new is None:
        return (CANCELLED,)
    found = []
    if (old.module, old.starts_on, old.ends_on) != (new.module, new.starts_on, new.ends_on):
        found.append(MOVED)
    if (old.place, old.trainer) != (new.place, new.trainer):
        found.append(ELSEWHERE)
    if old.people != new.people:
        found.append(PEOPLE)
    return tuple(found)


def _told(stand: Stand) -> tuple[object, ...]:
    """What those in the session are told of it; who leads it is not among that."""
    return (stand.module, stand.starts_on, stand.ends_on, stand.place)
