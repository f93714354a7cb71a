"""Changes to a calendar by hand: a session moved, pinned or cancelled, repaired around."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from competencies.models import StaffMember
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.figures import day
from hrplan.core.models import Member
from hrplan.core.workdays import week_start
from training_calendar import wording
from training_calendar.models import Calendar, CalendarChange, Enrolment, TrainingSession
from training_calendar.rules import can_change_calendar
from training_calendar.solver import check as checker
from training_calendar.solver.explain import reasons_for
from training_calendar.solver.facts import Instance, Session
from training_calendar.solver.repair import repair
from training_calendar.solver.solution import Change, NoSchedule
from training_calendar.usecases import calendars, filling, instances, making, plans, seating, stored

Sessions = tuple[Session, ...]
AROUND = timedelta(days=7)
"""How far before and after a change other sessions may move."""
EFFORT = 2.0
"""Deterministic time of one repair."""


@transaction.atomic
def move_session(
    session: TrainingSession, *, starts_on: date, reason: str, by: Member
) -> TrainingSession:
    """Move a session and pin it there; the weeks around are repaired, as little as possible.

    Refused for held and cancelled sessions and where no repair obeys all rules: the rules in
    the way are named.
    """
    calendar = _changeable(session, by)
    instance, before = _state(calendar)
    old = next(s for s in before if s.session_id == session.code)
    length = session.ends_on - session.starts_on
    new = replace(old, start_date=starts_on, end_date=starts_on + length, pinned=False)
    new = seating.with_free_place(instance, before, new)
    after = _alone(instance, before, new) or _repaired(instance, before, new)
    _keep(calendar, before, after, named=reason, moved=session.code)
    TrainingSession.objects.filter(pk=session.pk).update(is_pinned=True)
    _refresh(calendar, instance, after, {session.module.code})
    audit.record("move_session", session, by=by, fields=["starts_on", "ends_on"])
    session.refresh_from_db()
    return session


@transaction.atomic
def cancel_session(session: TrainingSession, *, reason: str, by: Member) -> TrainingSession:
    """Cancel a session: its people move to other sessions of the module where places are free.

    What depends on it is repaired; people who then lack what must come first lose later seats.
    Refused for held and cancelled sessions.
    """
    calendar = _changeable(session, by)
    instance, before = _state(calendar)
    gone = next(s for s in before if s.session_id == session.code)
    left = tuple(s for s in before if s.session_id != session.code)
    after = seating.reseated(instance, left, gone)
    change = Change(*_window(gone.start_date))
    found = repair(instance, after, change, effort=EFFORT)
    after = after if isinstance(found, NoSchedule) else found.sessions
    after = seating.without_orphans(instance, after)
    Enrolment.objects.filter(session=session).delete()
    session.status, session.is_pinned = TrainingSession.Status.CANCELLED, False
    session.save(update_fields=["status", "is_pinned"])
    words = _("cancelled; %(people)d places, %(kept)d of them in other sessions now")
    kept = sum(
        who in s.staff_ids for s in after if s.module_id == gone.module_id for who in gone.staff_ids
    )
    _log(calendar, session.code, words % {"people": len(gone.staff_ids), "kept": kept}, reason)
    _keep(calendar, left, after, named=reason, moved="")
    _refresh(calendar, instance, after, None)
    audit.record("cancel_session", session, by=by, fields=["status"])
    return session


@transaction.atomic
def pin_session(session: TrainingSession, *, pinned: bool, by: Member) -> TrainingSession:
    """Keep a session where it is when the calendar is improved, or let it go again."""
    _changeable(session, by)
    TrainingSession.objects.filter(pk=session.pk).update(is_pinned=pinned)
    action = "pin_session" if pinned else "unpin_session"
    audit.record(action, session, by=by, fields=["is_pinned"])
    return session


def _changeable(session: TrainingSession, by: Member) -> Calendar:
    require(can_change_calendar(by, session.calendar))
    if session.status in {TrainingSession.Status.HELD, TrainingSession.Status.CANCELLED}:
        raise ValidationError(_("A session that was held or cancelled stays as it is."))
    if not session.calendar.plan.is_current:
        raise ValidationError(_("Another plan has taken the place of this one."))
    return session.calendar


def _state(calendar: Calendar) -> tuple[Instance, Sessions]:
    as_of = calendar.administration.as_of
    return instances.calendar_instance(calendar), stored.sessions_of(calendar, as_of=as_of)


def _alone(instance: Instance, before: Sessions, new: Session) -> Sessions | None:
    """The calendar with only this session moved, where that breaks nothing."""
    after = tuple(new if s.session_id == new.session_id else s for s in before)
    broken = checker.check(instance, after).violations
    return after if len(broken) <= len(checker.check(instance, before).violations) else None


def _repaired(instance: Instance, before: Sessions, new: Session) -> Sessions:
    """The calendar with the weeks around the new date repaired. Refused where no repair helps."""
    change = Change(*_window(new.start_date), pin=(new,))
    found = repair(instance, before, change, effort=EFFORT)
    if isinstance(found, NoSchedule):
        raise ValidationError(_blame(found.blame))
    return found.sessions


def _window(day: date) -> tuple[date, date]:
    return week_start(day) - AROUND, week_start(day) + 2 * AROUND - timedelta(days=1)


def _blame(codes: Iterable[str]) -> list[str]:
    rules = [wording.rule(code) for code in codes]
    head = _("The session cannot be held then, however the weeks around it are arranged.")
    return [head, *(_("In the way: %(rule)s") % {"rule": rule} for rule in rules)]


def _keep(
    calendar: Calendar,
    before: Iterable[Session],
    after: Iterable[Session],
    *,
    named: str,
    moved: str,
) -> None:
    """Write what differs, and a line of the change log for each session that moved."""
    old = {session.session_id: session for session in before}
    rows = {
        row.code: row
        for row in TrainingSession.objects.filter(calendar=calendar).exclude(
            status=TrainingSession.Status.CANCELLED
        )
    }
    staff: dict[str, int] = {}
    for session in after:
        was, row = old[session.session_id], rows[session.session_id]
        if session == was:
            continue
        staff = staff or _staff(calendar)
        if replace(session, staff_ids=()) != replace(was, staff_ids=()):
            _move(calendar, row, session)
            why = named if session.session_id == moved else _("made room: %(r)s") % {"r": named}
            _log(calendar, row.code, _moved(was, session), why)
        _seat(calendar, row, session, was, staff)


def _staff(calendar: Calendar) -> dict[str, int]:
    people = StaffMember.objects.filter(administration=calendar.administration_id)
    return dict(people.values_list("code", "pk"))


def _move(calendar: Calendar, row: TrainingSession, session: Session) -> None:
    book = stored.book(calendar.administration, {})
    row.starts_on, row.ends_on = session.start_date, session.end_date
    row.venue = book.venues.get(session.venue_id)
    row.trainer = book.trainers.get(session.instructor_id)
    row.fallback_on = None
    row.save()
    Enrolment.objects.filter(session=row).update(
        starts_on=session.start_date, ends_on=session.end_date
    )
    filling.evaluate(calendar.administration, [row])


def _seat(
    calendar: Calendar,
    row: TrainingSession,
    session: Session,
    was: Session,
    staff: dict[str, int],
) -> None:
    lost = [staff[who] for who in was.staff_ids if who not in session.staff_ids]
    Enrolment.objects.filter(session=row, staff_member__in=lost).delete()
    Enrolment.objects.bulk_create(
        Enrolment(
            calendar=calendar,
            session=row,
            intervention_id=row.intervention_id,
            module_id=row.module_id,
            staff_member_id=staff[who],
            starts_on=session.start_date,
            ends_on=session.end_date,
        )
        for who in session.staff_ids
        if who not in was.staff_ids
    )


def _moved(was: Session, session: Session) -> str:
    if was.start_date == session.start_date:
        return _("another venue or trainer")
    words = _("moved from %(old)s to %(new)s")
    return words % {"old": day(was.start_date), "new": day(session.start_date)}


def _log(calendar: Calendar, code: str, what: str, reason: str) -> None:
    CalendarChange.objects.create(
        calendar=calendar,
        session_code=code,
        changed_on=calendar.administration.as_of,
        what=what[:300],
        reason=reason[:300],
    )


def _refresh(
    calendar: Calendar, instance: Instance, sessions: Sessions, modules: set[str] | None
) -> None:
    """Costs, needs and conflicts as the changed calendar has them; modules : sheets to rewrite."""
    rows = Enrolment.objects.filter(calendar=calendar, session=None)
    beside = pd.DataFrame(
        list(
            rows.values_list("staff_member__code", "module__code", "starts_on", "ends_on", "cost")
        ),
        columns=["staff", "module", "starts_on", "ends_on", "cost"],
    )
    duties = plans.duties_of(calendar.plan)
    worked_out = making.draft(
        calendar.administration,
        calendar.plan.as_of,
        instance,
        sessions,
        reasons_for(instance, sessions),
        {},
        duties,
        given=beside,
    )
    filling.refresh(calendar.plan, calendar, worked_out, duties, only=modules)
    objective = checker.check(instance, sessions).objective
    plan = calendar.plan
    plan.closed_gap, plan.objective = float(worked_out.gains["points"].sum()), objective.z
    plan.save(update_fields=["closed_gap", "objective"])
    calendars.check_calendar(calendar)
