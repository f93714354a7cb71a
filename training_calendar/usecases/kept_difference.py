"""What differs between the calendar and one worked out, kept as plain values in a run's result.

A trainer is kept by code and people by their numbers: nobody's name stays in a run.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from training_calendar.analysis.differences import Difference, Line, Side, Stand, difference
from training_calendar.models import Calendar, Trainer, TrainingSession
from training_calendar.solver.facts import Session
from training_calendar.usecases import rewriting, stored
from training_calendar.usecases.rewriting import Sessions

DAYS = ("starts_on", "ends_on")
SIDES = ("before", "after")
NOTHING = Difference((), 0, frozenset(), frozenset(), frozenset())


def kept(calendar: Calendar, before: Sessions, after: Sessions) -> dict[str, Any]:
    """The sessions that differ; places outside the sessions are chosen when it is taken."""
    keys = rewriting.staff_keys(calendar)
    book = stored.book(calendar.administration, keys)
    known = TrainingSession.objects.filter(calendar=calendar).values_list("code", flat=True)
    names = stored.coded(after, known)
    sides = [Side({one.code: one for one in _stands(book, names, sessions)}, {})
             for sessions in (before, after)]  # fmt: skip
    found = difference(*sides)
    return {"unchanged": found.unchanged, "lines": [_plain(line) for line in found.lines]}


def restored(calendar: Calendar, found: Mapping[str, Any]) -> Difference:
    """The difference again, with the names of the trainers as they are now."""
    trainers = Trainer.objects.filter(administration=calendar.administration_id)
    names = dict(trainers.values_list("code", "name"))
    lines = tuple(_line(line, names) for line in found["lines"])
    return replace(NOTHING, lines=lines, unchanged=found["unchanged"])


def _stands(
    book: stored.Book, names: Mapping[str, str], sessions: tuple[Session, ...]
) -> Iterator[Stand]:
    for session in sessions:
        yield Stand(
            code=names.get(session.session_id, session.session_id),
            module=session.module_id,
            title=book.modules[session.module_id].title,
            starts_on=session.start_date,
            ends_on=session.end_date,
            place=_place(book, session),
            trainer=session.instructor_id,
            people=frozenset(book.staff[who] for who in session.staff_ids),
        )


def _place(book: stored.Book, session: Session) -> str:
    venue, offer = book.venues.get(session.venue_id), book.offers.get(session.venue_id)
    return venue.title if venue else offer.region if offer else ""


def _plain(line: Line) -> dict[str, Any]:
    sides = {side: _plain_stand(getattr(line, side)) for side in SIDES}
    people = {side: sorted(getattr(line, side)) for side in ("joined", "left")}
    return {"kinds": line.kinds, **sides, **people}


def _plain_stand(stand: Stand | None) -> dict[str, Any] | None:
    if stand is None:
        return None
    days = {name: getattr(stand, name).isoformat() for name in DAYS}
    return asdict(stand) | days | {"people": sorted(stand.people)}


def _line(fields: Mapping[str, Any], trainers: Mapping[str, str]) -> Line:
    before, after = (_stand(fields[side], trainers) for side in SIDES)
    joined, left = frozenset(fields["joined"]), frozenset(fields["left"])
    return Line(tuple(fields["kinds"]), before, after, joined, left)


def _stand(fields: Mapping[str, Any] | None, trainers: Mapping[str, str]) -> Stand | None:
    if fields is None:
        return None
    days = {name: date.fromisoformat(fields[name]) for name in DAYS}
    people, trainer = frozenset(fields["people"]), trainers.get(fields["trainer"], "")
    return Stand(**{**fields, **days, "people": people, "trainer": trainer})
