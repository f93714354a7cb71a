"""Changes to a session by hand: pinned, and cancelled with its people helped to other places."""

from django.db import transaction
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.models import Member
from training_calendar.models import Calendar, Enrolment, HandChange, TrainingSession
from training_calendar.solver.repair import repair
from training_calendar.solver.solution import Change, NoSchedule
from training_calendar.usecases import calendars, rewriting, seating, undoing

Kind = HandChange.Kind


@transaction.atomic
def cancel_session(session: TrainingSession, *, reason: str, by: Member) -> TrainingSession:
    """Cancel a session: its people move to other sessions of the module where places are free.

    What depends on it is repaired; people who then lack what must come first lose later seats.
    Refused for held and cancelled sessions.
    """
    calendar = rewriting.changeable(session, by)
    with undoing.on_record(calendar, Kind.CANCEL, session.code, by=by):
        _cancel(calendar, session, reason)
    calendars.check_calendar(calendar)
    audit.record("cancel_session", session, by=by, fields=["status"])
    return session


def _cancel(calendar: Calendar, session: TrainingSession, reason: str) -> None:
    instance, before = rewriting.state(calendar)
    gone = next(s for s in before if s.session_id == session.code)
    left = tuple(s for s in before if s.session_id != session.code)
    after = seating.reseated(instance, left, gone)
    change = Change(*rewriting.window(gone.start_date))
    found = repair(instance, after, change, effort=rewriting.EFFORT)
    after = after if isinstance(found, NoSchedule) else found.sessions
    after = seating.without_orphans(instance, after)
    Enrolment.objects.filter(session=session).delete()
    session.status, session.is_pinned = TrainingSession.Status.CANCELLED, False
    session.save(update_fields=["status", "is_pinned"])
    words = _("cancelled; %(people)d places, %(kept)d of them in other sessions now")
    kept = sum(
        who in s.staff_ids for s in after if s.module_id == gone.module_id for who in gone.staff_ids
    )
    numbers = {"people": len(gone.staff_ids), "kept": kept}
    rewriting.log(calendar, session.code, words % numbers, reason)
    rewriting.keep(calendar, left, after, named=reason, moved="")
    rewriting.refresh(calendar, rewriting.worked_out(calendar, instance, after), None)


@transaction.atomic
def pin_session(session: TrainingSession, *, pinned: bool, by: Member) -> TrainingSession:
    """Keep a session where it is when the calendar is improved, or let it go again."""
    calendar = rewriting.changeable(session, by)
    with undoing.on_record(calendar, Kind.PIN, session.code, by=by):
        TrainingSession.objects.filter(pk=session.pk).update(is_pinned=pinned)
    action = "pin_session" if pinned else "unpin_session"
    audit.record(action, session, by=by, fields=["is_pinned"])
    return session
