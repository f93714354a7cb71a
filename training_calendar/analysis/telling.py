"""Telling: who must hear what, so that what they were told equals the calendar again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from training_calendar.analysis.differences import Side

REQUEST, CANCEL = "REQUEST", "CANCEL"
Key = tuple[int, str]
"""(staff member, reference of the session)"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody is told of a session."""

    starts_on: date
    ends_on: date
    title: str
    place: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to tell: REQUEST is new or changed, CANCEL takes away."""

    key: Key
    method: str
    entry: Entry


def entries(side: Side) -> dict[Key, Entry]:
    """What everybody with a place in a session is told of it."""
    return {
        (person, stand.code): Entry(stand.starts_on, stand.ends_on, stand.title, stand.place)
        for stand in side.sessions.values()
        for person in stand.people
    }


def steps(held: Mapping[Key, Entry], now: Mapping[Key, Entry], today: date) -> tuple[Step, ...]:
    """What to tell, by person and session; nobody hears of what did not change or is over.

    Parameters
    ----------
    held : what was told and not taken back
    now : what holds from now on
    today : sessions that ended before are over

    Returns
    -------
    tuple of Step, by key

    Source
    ------
    docs/methods/releases.md, "Who is told".
    """
    found = []
    for key in sorted(held.keys() | now.keys()):
        old, new = held.get(key), now.get(key)
        if new is None and old is not None and old.ends_on >= today:
            found.append(Step(key, CANCEL, old))
        if new is not None and new != old and new.ends_on >= today:
            found.append(Step(key, REQUEST, new))
    return tuple(found)
