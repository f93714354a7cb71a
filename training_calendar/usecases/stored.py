"""Sessions of the planning engine as rows of a calendar, and back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from hrplan.core.models import Administration
from training_calendar.models import (
    Calendar,
    Enrolment,
    Module,
    Offer,
    Trainer,
    TrainingSession,
    Venue,
)
from training_calendar.solver.facts import Session

SESSION = [
    "session_id", "module_id", "start_date", "end_date", "venue_id", "instructor_id", "open",
]  # fmt: skip
STORED = (
    "code", "module__code", "starts_on", "ends_on", "venue__code", "offer__code", "trainer__code",
    "is_pinned", "status",
)  # fmt: skip
DECIDED = (TrainingSession.Status.CONFIRMED, TrainingSession.Status.HELD)


@dataclass(frozen=True, slots=True)
class Book:
    """The rows that codes of the planning tables stand for."""

    modules: Mapping[str, Module]
    venues: Mapping[str, Venue]
    trainers: Mapping[str, Trainer]
    offers: Mapping[str, Offer]
    staff: Mapping[str, int]


def book(administration: Administration, staff: Mapping[str, int]) -> Book:
    """All supply of an administration by code."""

    def by_code(model: type) -> dict:
        rows = model.objects.filter(administration=administration)  # type: ignore[attr-defined]
        return {row.code: row for row in rows}

    return Book(by_code(Module), by_code(Venue), by_code(Trainer), by_code(Offer), staff)


def sessions_of(calendar: Calendar, *, as_of: date | None = None) -> tuple[Session, ...]:
    """The sessions of a calendar that aren't cancelled, as the planning engine knows them.

    Pinned are those that somebody pinned, confirmed or held, and those begun before `as_of`.
    """
    rows = TrainingSession.objects.filter(calendar=calendar)
    rows = rows.exclude(status=TrainingSession.Status.CANCELLED).order_by("starts_on", "code")
    people: dict[int, list[str]] = {}
    seats = Enrolment.objects.filter(calendar=calendar, session__isnull=False)
    for session, code in seats.order_by("staff_member__code").values_list(
        "session", "staff_member__code"
    ):
        people.setdefault(session, []).append(code)
    return tuple(
        Session(
            session_id=row["code"],
            module_id=row["module__code"],
            start_date=row["starts_on"],
            end_date=row["ends_on"],
            venue_id=row["venue__code"] or row["offer__code"] or "",
            instructor_id=row["trainer__code"] or "",
            staff_ids=tuple(people.get(row["pk"], ())),
            pinned=_is_decided(row, as_of),
        )
        for row in rows.values("pk", *STORED)
    )


def _is_decided(row: Mapping[str, Any], as_of: date | None) -> bool:
    begun = as_of is not None and row["starts_on"] < as_of
    return row["is_pinned"] or row["status"] in DECIDED or begun


def pinned_tables(sessions: Iterable[Session]) -> dict[str, pd.DataFrame]:
    """The tables of pinned sessions and seats for the planning engine."""
    pinned = [session for session in sessions if session.pinned]
    rows = [
        (
            s.session_id, s.module_id, s.start_date, s.end_date, s.venue_id, s.instructor_id,
            str(int(s.open)),
        )
        for s in pinned
    ]  # fmt: skip
    seats = [(s.session_id, who) for s in pinned for who in s.staff_ids]
    return {
        "pinned_sessions": pd.DataFrame(rows, columns=SESSION),
        "pinned_seats": pd.DataFrame(seats, columns=["session_id", "staff_id"]),
    }


def coded(sessions: Iterable[Session], known: Iterable[str]) -> dict[str, str]:
    """A reference for each session: module, year and number; those known keep theirs."""
    kept = set(known)
    taken = set(kept)
    names: dict[str, str] = {}
    numbers: dict[tuple[str, int], int] = {}
    for session in sorted(sessions, key=lambda s: (s.start_date, s.module_id, s.session_id)):
        if session.session_id in kept:
            names[session.session_id] = session.session_id
            continue
        key = (session.module_id, session.start_date.year)
        name = session.session_id
        while name in taken or name == session.session_id:
            numbers[key] = numbers.get(key, 0) + 1
            name = f"{key[0]}-{key[1] % 100:02d}-{numbers[key]:02d}"
        taken.add(name)
        names[session.session_id] = name
    return names
