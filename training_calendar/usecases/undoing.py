"""Changes by hand kept with what they touched, and the last one taken back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from competencies.models import StaffMember
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Member
from training_calendar import wording
from training_calendar.models import Calendar, Consent, Enrolment, HandChange, TrainingSession
from training_calendar.rules import can_change_calendar
from training_calendar.solver import check as checker
from training_calendar.usecases import (
    calendars,
    differing,
    filling,
    rewriting,
    rule_weights,
    stored,
)
from training_calendar.usecases.rule_weights import Weight

State = dict[str, Any]
FIELDS = ("starts_on", "ends_on", "venue", "trainer", "status", "is_pinned", "fallback_on")
DAYS = ("starts_on", "ends_on", "fallback_on")
ANSWER = ("staff_member_id", "starts_on", "ends_on", "state", "reason", "by_id", "on")
ANSWERED = ("starts_on", "ends_on", "on")
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Undoable:
    """A change by hand; `lines` say what would be again if it were taken back."""

    change: HandChange
    lines: tuple[str, ...]


@contextmanager
def on_record(
    calendar: Calendar, kind: HandChange.Kind, code: str, *, by: Member
) -> Iterator[None]:
    """Keep what the work inside changes of the sessions, so that it can be taken back."""
    before = _stand(calendar)
    yield
    after = _stand(calendar)
    touched = [key for key in after if before.get(key) != after[key]]
    if touched:
        HandChange.objects.create(
            administration=calendar.administration,
            calendar=calendar,
            kind=kind,
            session_code=code,
            on=calendar.administration.as_of,
            by=by,
            before={key: before[key] for key in touched if key in before},
            after={key: after[key] for key in touched},
        )


def _stand(calendar: Calendar) -> dict[str, State]:
    """Each session by code with its people and the answers of stations, as plain values."""
    found: dict[str, State] = {}
    codes: dict[int, str] = {}
    rows = TrainingSession.objects.filter(calendar=calendar).order_by("pk")
    for row in rows.values("pk", "code", *FIELDS):
        codes[row["pk"]] = row["code"]
        state = {name: row[name] for name in FIELDS}
        state |= {name: _plain(state[name]) for name in DAYS}
        found[row["code"]] = {**state, "people": {}, "answers": []}
    seats = Enrolment.objects.filter(calendar=calendar, session__isnull=False).order_by("pk")
    for session, person, pinned in seats.values_list("session", "staff_member", "is_pinned"):
        found[codes[session]]["people"][str(person)] = pinned
    answers = Consent.objects.filter(session__calendar=calendar).order_by("pk")
    for row in answers.values("session", *ANSWER):
        session = row.pop("session")
        dates = {name: _plain(row[name]) for name in ANSWERED}
        found[codes[session]]["answers"].append(row | dates)
    return found


def _plain(value: date | None) -> str | None:
    return value.isoformat() if value else None


def forget_words(person: StaffMember) -> None:
    """Empty what stations wrote about a person in the changes that are kept."""
    for change in HandChange.objects.filter(administration=person.administration_id):
        states = (*change.before.values(), *change.after.values())
        said = [one for state in states for one in state["answers"]
                if one["staff_member_id"] == person.pk]  # fmt: skip
        for one in said:
            one["reason"] = ""
        if said:
            change.save(update_fields=["before", "after"])


def last_changes(calendar: Calendar) -> tuple[HandChange, ...]:
    """The latest changes by hand, those that were taken back among them."""
    rows = HandChange.objects.filter(calendar=calendar)
    return tuple(rows.select_related("by__user", "undone_by__user")[:SHOWN])


def undoable(calendar: Calendar) -> Undoable | None:
    """The change that would be taken back next, with what would be again."""
    rows = HandChange.objects.filter(calendar=calendar, undone_on=None)
    change = rows.select_related("calendar__plan", "calendar__administration").first()
    return Undoable(change, tuple(_lines(change))) if change else None


def _lines(change: HandChange) -> Iterator[str]:
    for code in change.after:
        for words in _differs(change, code):
            yield f"{code}: {words}"


def _differs(change: HandChange, code: str) -> Iterator[str]:
    """What a session would be again; one that is new would be none."""
    if code in change.before:
        yield from differing.lines(change.after[code], change.before[code])
    else:
        yield _("not in the calendar, as before")


@transaction.atomic
def undo(change: HandChange, *, by: Member) -> HandChange:
    """Take the last change by hand back: its sessions stand and are filled as before it.

    Refused where a later change stands, where its sessions were changed otherwise since or have
    begun, and where the calendar that would come back breaks more rules that block than it does
    now; these are named.
    """
    require(can_change_calendar(by, change.calendar))
    calendar = rewriting.locked(change.calendar_id)
    _refuse_stale(calendar, change)
    instance, before = rewriting.state(calendar)
    _write(calendar, change)
    after = stored.sessions_of(calendar, as_of=calendar.administration.as_of)
    _refuse_broken(calendar, *(checker.check(instance, one).violations for one in (before, after)))
    for code in change.after:
        words = "; ".join(_differs(change, code))
        rewriting.log(
            calendar, code, _("taken back: %(words)s") % {"words": words}, _reason(change)
        )
    rewriting.refresh(calendar, rewriting.worked_out(calendar, instance, after), None)
    calendars.check_calendar(calendar)
    change.undone_on, change.undone_by = calendar.administration.as_of, by
    change.save(update_fields=["undone_on", "undone_by"])
    audit.record("undo", change, by=by, fields=["undone_on"])
    return change


def _reason(change: HandChange) -> str:
    facts = {"what": change.get_kind_display(), "code": change.session_code}
    return _("%(code)s was %(what)s by hand; this was taken back") % facts


def _refuse_stale(calendar: Calendar, change: HandChange) -> None:
    if not calendar.plan.is_current:
        raise ValidationError(_("Another plan has taken the place of this one."))
    later = HandChange.objects.filter(calendar=calendar, undone_on=None, pk__gt=change.pk)
    if change.undone_on or later.exists():
        raise ValidationError(_("Only the last change that stands can be taken back."))
    now = _stand(calendar)
    if any(now.get(code) != state for code, state in change.after.items()):
        words = _("Its sessions were changed otherwise since, so it cannot be taken back.")
        raise ValidationError(words)
    days = [state["starts_on"] for side in (change.before, change.after) for state in side.values()]
    if min(days) <= calendar.administration.as_of.isoformat():
        raise ValidationError(_("A session of it has begun already."))


def _refuse_broken(calendar: Calendar, was: Iterable, now: Iterable) -> None:
    """Refuse a calendar that breaks a rule that blocks oftener; the rules are named."""
    owner = calendar.administration
    old, new = (rule_weights.kept(owner, found, Weight.BLOCK) for found in (was, now))
    if len(new) <= len(old):
        return
    codes = dict.fromkeys(one.rule for one in new if one not in old)
    lines = [_("In the way: %(rule)s") % {"rule": wording.rule(code)} for code in codes]
    raise ValidationError([_("The calendar as it was would break rules now."), *lines])


def _write(calendar: Calendar, change: HandChange) -> None:
    """The sessions and their people as they were before."""
    touched = TrainingSession.objects.filter(calendar=calendar, code__in=change.after)
    touched.exclude(code__in=change.before).delete()
    sessions = list(touched.filter(code__in=change.before).select_related("module"))
    Enrolment.objects.filter(session__in=sessions).delete()
    Consent.objects.filter(session__in=sessions).delete()
    moved = []
    for row in sessions:
        was = change.before[row.code]
        if was["starts_on"] != change.after[row.code]["starts_on"]:
            moved.append(row)
        row.starts_on = date.fromisoformat(was["starts_on"])
        row.ends_on = date.fromisoformat(was["ends_on"])
        fallback = was["fallback_on"]
        row.fallback_on = date.fromisoformat(fallback) if fallback else None
        row.venue_id, row.trainer_id = was["venue"], was["trainer"]
        row.status, row.is_pinned = was["status"], was["is_pinned"]
        row.save()
        _seat(calendar, row, was)
    filling.evaluate(calendar.administration, moved)


def _seat(calendar: Calendar, row: TrainingSession, was: State) -> None:
    Enrolment.objects.bulk_create(
        Enrolment(
            calendar=calendar,
            session=row,
            intervention_id=row.intervention_id,
            module_id=row.module_id,
            staff_member_id=int(person),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            is_pinned=pinned,
        )
        for person, pinned in was["people"].items()
    )
    Consent.objects.bulk_create(
        Consent(administration=calendar.administration, session=row, **answer | _days(answer))
        for answer in was["answers"]
    )


def _days(answer: State) -> dict[str, date]:
    """The days of an answer on record, as far as they stand there."""
    return {name: date.fromisoformat(answer[name]) for name in ANSWERED if answer.get(name)}
