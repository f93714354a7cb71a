"""Moving a session by hand: refused at once where nothing helps, else repaired around, as a run."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from hrplan.core import audit, runs
from hrplan.core.models import Member, Run, RunState
from training_calendar import wording
from training_calendar.models import Calendar, HandChange, TrainingSession
from training_calendar.solver import check as checker
from training_calendar.solver.facts import Instance, Session
from training_calendar.solver.repair import hopeless, repair
from training_calendar.solver.solution import Change, NoSchedule
from training_calendar.usecases import calendars, rewriting, stored, undoing
from training_calendar.usecases.places import Wish, there
from training_calendar.usecases.rewriting import Sessions
from training_calendar.usecases.rule_weights import Weight, kept
from training_calendar.usecases.told import Told, Watch

MOVE = "move"
READ, FOUND = 10.0, 80.0
"""How far a move is when the calendar is read, and when the repair is found [percent]."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A session that was moved, and all that changed by it, one line for each session."""

    session: TrainingSession
    changes: tuple[str, ...]


def ask_for_move(
    session: TrainingSession,
    *,
    starts_on: date,
    reason: str,
    by: Member,
    venue: str = "",
    trainer: str = "",
) -> Run:
    """Ask for a session to be moved as a run; venue and trainer by code, where one is wished for.

    Refused at once for held and cancelled sessions, and where no repair can help: a closed day,
    no venue or trainer, a group that leave or cover makes too small. The rules are named.
    """
    calendar = rewriting.changeable(session, by)
    wish = Wish(starts_on, venue, trainer)
    refuse_same(session, wish)
    instance, before = rewriting.state(calendar)
    if found := hopeless(instance, there(instance, before, session, wish)):
        raise ValidationError(_blame(found.blame))
    return runs.ask(
        MOVE,
        move_task,
        by=by,
        session=session.pk,
        starts_on=starts_on.isoformat(),
        venue=venue,
        trainer=trainer,
        reason=reason,
    )


def refuse_same(session: TrainingSession, wish: Wish) -> None:
    """Refuse a place that the session has already."""
    own = ("", session.venue.code if session.venue else "")
    led = ("", session.trainer.code if session.trainer else "")
    if wish.starts_on == session.starts_on and wish.venue in own and wish.trainer in led:
        raise ValidationError(_("The session starts on that day already."))


def move_under_way(session: TrainingSession) -> Run | None:
    """The latest run that is still to move the session, if there is one."""
    rows = Run.objects.filter(
        administration=session.administration_id,
        kind=MOVE,
        state__in=[RunState.WAITING, RunState.RUNNING],
        parameters__session=session.pk,
    )
    return rows.first()


@task()
def move_task(run_id: int) -> None:
    """Carry out a run of `ask_for_move`."""
    runs.carry_out(run_id, _move_work)


def _move_work(run: Run, watch: runs.Watch) -> dict[str, Any]:
    rows = TrainingSession.objects.filter(administration=run.administration)
    related = (
        "module", "venue", "trainer", "calendar__plan", "calendar__administration",
        "administration",
    )  # fmt: skip
    session = rows.select_related(*related).get(pk=run.parameters["session"])
    if run.by is None:
        raise ValidationError(_("Whoever asked for this is no longer a member."))
    done = move_session(
        session,
        starts_on=date.fromisoformat(run.parameters["starts_on"]),
        reason=run.parameters["reason"],
        by=run.by,
        watch=watch,
        venue=run.parameters.get("venue", ""),
        trainer=run.parameters.get("trainer", ""),
    )
    url = reverse("training_calendar:session", args=[run.administration.slug, session.pk])
    return {"session": session.pk, "url": url, "changes": list(done.changes)}


def move_session(
    session: TrainingSession,
    *,
    starts_on: date,
    reason: str,
    by: Member,
    watch: Watch | None = None,
    venue: str = "",
    trainer: str = "",
) -> Moved:
    """Move a session and pin it there; the weeks around are repaired, as little as possible.

    Refused for held and cancelled sessions, where no repair obeys all rules (those in the way
    are named), and where the calendar was changed while the repair was sought.
    """
    calendar, told = rewriting.changeable(session, by), Told(watch)
    told.tell(0, _("reading the calendar"))
    instance, before = rewriting.state(calendar)
    new = there(instance, before, session, Wish(starts_on, venue, trainer))
    told.tell(READ, _("looking whether the day fits"))
    told.stage(READ, FOUND)
    after = _alone(calendar, instance, before, new) or _repaired(instance, before, new, told)
    told.tell(FOUND, _("writing the calendar"))
    draft = rewriting.worked_out(calendar, instance, after)
    with transaction.atomic():
        _refuse_changed(calendar, before)
        with undoing.on_record(calendar, HandChange.Kind.MOVE, session.code, by=by):
            lines = rewriting.keep(calendar, before, after, named=reason, moved=session.code)
            TrainingSession.objects.filter(pk=session.pk).update(is_pinned=True)
        rewriting.refresh(calendar, draft, {session.module.code})
        audit.record("move_session", session, by=by, fields=["starts_on", "ends_on"])
    calendars.check_calendar(calendar)
    session.refresh_from_db()
    return Moved(session, tuple(lines))


def _alone(
    calendar: Calendar, instance: Instance, before: Sessions, new: Session
) -> Sessions | None:
    """The calendar with only this session moved, where that breaks nothing that blocks."""
    after = tuple(new if s.session_id == new.session_id else s for s in before)

    def broken(sessions: Sessions) -> int:
        found = checker.check(instance, sessions).violations
        return len(kept(calendar.administration, found, Weight.BLOCK))

    return after if broken(after) <= broken(before) else None


def _repaired(instance: Instance, before: Sessions, new: Session, told: Told) -> Sessions:
    """The calendar with the weeks around the new date repaired. Refused where no repair helps."""
    change = Change(*rewriting.window(new.start_date), pin=(new,))

    def tell(share: float) -> None:
        told.share(
            share, _("looking for what is in the way") if share else _("making room around it")
        )

    found = repair(instance, before, change, effort=rewriting.EFFORT, tell=tell)
    if isinstance(found, NoSchedule):
        raise ValidationError(_blame(found.blame))
    return found.sessions


def _blame(codes: Iterable[str]) -> list[str]:
    rules = [wording.rule(code) for code in codes]
    head = _("The session cannot be held then, however the weeks around it are arranged.")
    return [head, *(_("In the way: %(rule)s") % {"rule": rule} for rule in rules)]


def _refuse_changed(calendar: Calendar, before: Sessions) -> None:
    rewriting.locked(calendar.pk)
    now = stored.sessions_of(calendar, as_of=calendar.administration.as_of)
    if now != before:
        raise ValidationError(_("The calendar was changed meanwhile. Ask for the move again."))
