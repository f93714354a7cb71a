"""A calendar changed by hand, written down: rows, seats, change log, costs, needs, conflicts."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competencies.models import StaffMember
from hrplan.core.access import require
from hrplan.core.figures import day
from hrplan.core.models import Administration, Member
from hrplan.core.workdays import week_start
from training_calendar.models import Calendar, CalendarChange, Enrolment, TrainingSession
from training_calendar.rules import can_change_calendar
from training_calendar.solver import check as checker
from training_calendar.solver.explain import reasons_for
from training_calendar.solver.facts import Instance, Session
from training_calendar.usecases import filling, making, problems, stored, writing
from training_calendar.usecases.duties import duties_of

Sessions = tuple[Session, ...]
AROUND = timedelta(days=7)
"""How far before and after a change other sessions may move."""
EFFORT = 2.0
"""Deterministic time of one solve of a repair."""


def changeable(session: TrainingSession, by: Member) -> Calendar:
    """The session's calendar. Refused for held and cancelled sessions, and for earlier plans."""
    require(can_change_calendar(by, session.calendar))
    refuse_closed(session)
    return session.calendar


def locked(calendar: int) -> Calendar:
    """A calendar by its id, held against other changes until the transaction ends.

    Its administration is held first, as where a plan takes the place of another.
    """
    owner = Calendar.objects.filter(pk=calendar).values("administration")
    Administration.objects.select_for_update().get(pk__in=owner)
    rows = Calendar.objects.select_for_update().select_related("plan", "administration")
    return rows.get(pk=calendar)


def refuse_closed(session: TrainingSession) -> None:
    """Refuse held and cancelled sessions, and those of earlier plans."""
    if session.status in {TrainingSession.Status.HELD, TrainingSession.Status.CANCELLED}:
        raise ValidationError(_("A session that was held or cancelled stays as it is."))
    if not session.calendar.plan.is_current:
        raise ValidationError(_("Another plan has taken the place of this one."))


def state(calendar: Calendar) -> tuple[Instance, Sessions]:
    """The planning instance of a calendar, and its sessions."""
    as_of = calendar.administration.as_of
    return problems.problem_of(calendar), stored.sessions_of(calendar, as_of=as_of)


def window(day: date) -> tuple[date, date]:
    """First and last day between which others may move when one changes on that day."""
    return week_start(day) - AROUND, week_start(day) + 2 * AROUND - timedelta(days=1)


def keep(
    calendar: Calendar,
    before: Iterable[Session],
    after: Iterable[Session],
    *,
    named: str,
    moved: str,
) -> list[str]:
    """Write what differs, with a line of the change log for each session; the same lines.

    Sessions that are new are written by `add`.
    """
    old = {session.session_id: session for session in before}
    rows = {
        row.code: row
        for row in TrainingSession.objects.filter(calendar=calendar).exclude(
            status=TrainingSession.Status.CANCELLED
        )
    }
    staff: dict[str, int] = {}
    lines = []
    for session in after:
        was = old.get(session.session_id, session)
        if session == was:
            continue
        row = rows[session.session_id]
        staff = staff or staff_keys(calendar)
        if replace(session, staff_ids=()) != replace(was, staff_ids=()):
            _move(calendar, row, session)
        _seat(calendar, row, session, was, staff)
        why = named if session.session_id == moved else _("made room: %(r)s") % {"r": named}
        if what := _changed(was, session):
            log(calendar, row.code, what, why)
            lines.append(f"{row.code}: {what}")
    return lines


def add(calendar: Calendar, draft: making.Draft, session: Session, *, named: str) -> str:
    """Write a session that is new, with its people and a line of the change log; the same line."""
    book = stored.book(calendar.administration, staff_keys(calendar))
    row = filling.add_session(calendar, draft, book, session, duties_of(calendar.plan))
    what = new_words(session)
    log(calendar, row.code, what, named)
    return f"{row.code}: {what}"


def new_words(session: Session) -> str:
    """What the change log says of a session that is new."""
    n = len(session.staff_ids)
    words = ngettext("new on %(day)s, with %(n)d person", "new on %(day)s, with %(n)d people", n)
    return words % {"day": day(session.start_date), "n": n}


def staff_keys(calendar: Calendar) -> dict[str, int]:
    """The numbers of all staff of the calendar's administration by their codes."""
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


def _changed(was: Session, session: Session) -> str:
    """What of a session changed, in words; nothing where people only joined it."""
    lost = len(set(was.staff_ids) - set(session.staff_ids))
    words = []
    if was.start_date != session.start_date:
        days = {"old": day(was.start_date), "new": day(session.start_date)}
        words.append(_("moved from %(old)s to %(new)s") % days)
    elif replace(session, staff_ids=()) != replace(was, staff_ids=()):
        words.append(_("another venue or trainer"))
    if lost:
        gave = ngettext("%(n)d person gave up the place", "%(n)d people gave up their places", lost)
        words.append(gave % {"n": lost})
    return "; ".join(words)


def log(calendar: Calendar, code: str, what: str, reason: str) -> None:
    CalendarChange.objects.create(
        calendar=calendar,
        session_code=code,
        changed_on=calendar.administration.as_of,
        what=what[:300],
        reason=reason[:300],
    )


def worked_out(calendar: Calendar, instance: Instance, sessions: Sessions) -> making.Draft:
    """The plan as the changed calendar has it, computed and not yet written."""
    rows = Enrolment.objects.filter(calendar=calendar, session=None)
    beside = pd.DataFrame(
        list(
            rows.values_list("staff_member__code", "module__code", "starts_on", "ends_on", "cost")
        ),
        columns=["staff", "module", "starts_on", "ends_on", "cost"],
    )
    return making.draft(
        calendar.administration,
        calendar.plan.as_of,
        instance,
        sessions,
        reasons_for(instance, sessions),
        {},
        duties_of(calendar.plan),
        given=beside,
    )


def refresh(calendar: Calendar, draft: making.Draft, modules: set[str] | None) -> None:
    """Costs and needs as the changed calendar has them; modules : sheets to rewrite."""
    plan = calendar.plan
    filling.refresh(plan, calendar, draft, duties_of(plan), only=modules)
    objective = checker.check(draft.instance, draft.sessions).objective
    plan.closed_gap, plan.objective = float(draft.gains["points"].sum()), objective.z
    had = {row["quarter"]: row["budget"] for row in plan.report.get("quarters", ())}
    if had:
        plan.report = {**plan.report, "quarters": writing.quarters(draft, objective, had)}
    plan.save(update_fields=["closed_gap", "objective", "report"])
