"""A calendar worked out but not yet written, kept as plain values in the result of its run."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from training_calendar.models import Calendar
from training_calendar.solver.facts import Session
from training_calendar.usecases import problems, rewriting
from training_calendar.usecases.rewriting import Sessions

DAYS = ("start_date", "end_date")
FORM = "2"
"""How results are kept; those kept otherwise count as stale."""


def kept(calendar: Calendar, before: Sessions, after: Sessions, stands: str) -> dict[str, Any]:
    """What differs from `before` to `after`, and from what state of the calendar it was found.

    People are kept by their numbers: nobody's code stays in a run.

    stands : of `stands`, asked before anything was looked for
    """
    known = {s.session_id: s for s in before}
    keys = rewriting.staff_keys(calendar)
    return {
        "stands": stands,
        "gone": sorted(known.keys() - {s.session_id for s in after}),
        "changed": [_plain(s, keys) for s in after if known.get(s.session_id) != s],
    }


def restored(calendar: Calendar, before: Sessions, found: Mapping[str, Any]) -> Sessions:
    """The calendar as a kept result has it."""
    codes = {key: code for code, key in rewriting.staff_keys(calendar).items()}
    changed = {one["session_id"]: _session(one, codes) for one in found["changed"]}
    stay = [changed.pop(s.session_id, s) for s in before if s.session_id not in found["gone"]]
    return (*stay, *changed.values())


def is_stale(calendar: Calendar, before: Sessions, found: Mapping[str, Any]) -> bool:
    """Tells whether the calendar, or anything it reckons with, is no longer what it was."""
    return bool(found["stands"] != stands(calendar, before))


def stands(calendar: Calendar, before: Sessions) -> str:
    """Tells states of the calendar, and of what it reckons with, apart."""
    told = FORM + problems.version_of(calendar) + repr(before)
    return hashlib.blake2b(told.encode()).hexdigest()


def _plain(session: Session, keys: Mapping[str, int]) -> dict[str, Any]:
    fields = asdict(session)
    fields |= {name: fields[name].isoformat() for name in DAYS}
    return fields | {"staff_ids": [keys[who] for who in session.staff_ids]}


def _session(fields: dict[str, Any], codes: Mapping[int, str]) -> Session:
    days = {name: date.fromisoformat(fields[name]) for name in DAYS}
    people = tuple(codes[key] for key in fields["staff_ids"] if key in codes)
    return Session(**{**fields, **days, "staff_ids": people})
