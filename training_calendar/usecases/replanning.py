"""A session cancelled with a re-plan: proposed as a run, compared, and only then done."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task

from hrplan.core import audit, runs
from hrplan.core.access import require
from hrplan.core.models import Member, Run, RunState
from training_calendar.models import Calendar, Enrolment, HandChange, Module, TrainingSession
from training_calendar.rules import can_change_calendar
from training_calendar.solver import check as checker
from training_calendar.solver.facts import Instance, Session
from training_calendar.solver.solution import Check
from training_calendar.usecases import (
    calendars,
    foreseeing,
    problems,
    rewriting,
    rule_weights,
    seating,
    stored,
    undoing,
)
from training_calendar.usecases.foreseeing import Effect
from training_calendar.usecases.kept_calendar import is_stale, kept, restored, stands
from training_calendar.usecases.making import Draft
from training_calendar.usecases.rewriting import Sessions
from training_calendar.usecases.rule_weights import Weight
from training_calendar.usecases.told import Told, Watch

REPLAN = "replan"
READ, FOUND = 10.0, 90.0
"""How far it is when the calendar is read, and when other places are found [percent]."""


@dataclass(frozen=True, slots=True)
class ReplanLine:
    """One session that the re-plan changes: what becomes of it, in words; pk None if it is new."""

    code: str
    title: str
    words: str
    pk: int | None


@dataclass(frozen=True, slots=True)
class ReplanProposal:
    """What a cancelled session would bring with a re-plan.

    people : who had a place in it; again : of them with a place in the module again
    moved : people whose places change, those of the session among them [persons]
    effects : money and the worth of the plan, a sentence each
    """

    run: Run
    reason: str
    people: int
    again: int
    moved: int
    lines: tuple[ReplanLine, ...]
    effects: tuple[str, ...]
    is_stale: bool


def ask_for_replan(session: TrainingSession, *, reason: str, by: Member) -> Run:
    """Ask, as a run, how the people of a session could be helped if it were cancelled."""
    rewriting.changeable(session, by)
    return runs.ask(REPLAN, replan_task, by=by, session=session.pk, reason=reason)


@task()
def replan_task(run_id: int) -> None:
    """Carry out a run of `ask_for_replan`."""
    runs.carry_out(run_id, _work)


def _work(run: Run, watch: runs.Watch) -> dict[str, Any]:
    rows = TrainingSession.objects.filter(administration=run.administration)
    related = ("module", "calendar__plan", "calendar__administration")
    session = rows.select_related(*related).get(pk=run.parameters["session"])
    rewriting.refuse_closed(session)
    url = reverse("training_calendar:replan", args=[run.administration.slug, session.pk])
    return {**proposed(session, watch=watch), "url": url}


def proposed(session: TrainingSession, *, watch: Watch | None = None) -> dict[str, Any]:
    """The sessions that differ once this one is cancelled, as plain values; nothing is changed."""
    told, calendar = Told(watch), session.calendar
    told.tell(0, _("reading the calendar"))
    instance, before = rewriting.state(calendar)
    stood = stands(calendar, before)
    told.tell(READ, _("looking for other places"))
    names = TrainingSession.objects.filter(calendar=calendar).values_list("code", flat=True)
    after = _replanned(instance, before, session.code, calendar.administration.as_of)
    codes = stored.coded(after, names)
    after = tuple(replace(s, session_id=codes[s.session_id]) for s in after)
    told.tell(FOUND, _("checking the calendar"))
    was, would = problems.judged(instance, before), checker.check(instance, after)
    _refuse_worse(calendar, was, would)
    effect = asdict(foreseeing.effect_of(was, would))
    return {"session": session.pk, "effect": effect, **kept(calendar, before, after, stood)}


def _replanned(instance: Instance, before: Sessions, code: str, today: date) -> Sessions:
    """By the engine; what it would change in sessions that have begun is left as it was."""
    from training_calendar.solver.dispatch import Dispatcher  # noqa: PLC0415 -- slow import (numba)
    from training_calendar.solver.replan import replanned  # noqa: PLC0415 -- slow import (numba)

    begun = {s.session_id: s for s in before if s.start_date <= today}
    found = replanned(Dispatcher(instance), before, code)
    known = {s.session_id for s in before}
    ahead = [s for s in found if s.session_id in known or s.start_date > today]
    kept = {s.session_id for s in ahead}
    after = [begun.get(s.session_id, s) for s in ahead]
    after += [s for key, s in begun.items() if key not in kept and key != code]
    return seating.without_orphans(instance, tuple(after))


def _refuse_worse(calendar: Calendar, was: Check, would: Check) -> None:
    fresh = foreseeing.added(was.violations, would.violations)
    if rule_weights.kept(calendar.administration, fresh, Weight.BLOCK):
        words = _("No other places were found that keep all rules. Cancel it without a re-plan.")
        raise ValidationError(words)


def last_proposal(session: TrainingSession, *, by: Member) -> ReplanProposal | None:
    """The latest re-plan that was worked out for the session."""
    require(can_change_calendar(by, session.calendar))
    rows = Run.objects.filter(
        administration=session.administration_id, kind=REPLAN, state=RunState.DONE,
        parameters__session=session.pk,
    )  # fmt: skip
    run = rows.first()
    return _shown(session, run) if run else None


def _shown(session: TrainingSession, run: Run) -> ReplanProposal:
    calendar, found = session.calendar, run.result
    before = stored.sessions_of(calendar, as_of=calendar.administration.as_of)
    after = restored(calendar, before, found)
    gone = next((s for s in before if s.session_id == session.code), None)
    held = set(gone.staff_ids) if gone else set()
    again = {who for s in after if s.module_id == session.module.code for who in s.staff_ids}
    stale = is_stale(calendar, before, found)
    owner = calendar.administration
    effects = () if stale else foreseeing.figures(owner, Effect(**found["effect"]))
    return ReplanProposal(
        run=run,
        reason=run.parameters["reason"],
        people=len(held),
        again=len(held & again),
        moved=len(_touched(before, after)),
        lines=tuple(_lines(calendar, before, after)),
        effects=tuple(effects),
        is_stale=stale,
    )


def _touched(before: Iterable[Session], after: Iterable[Session]) -> set[str]:
    """Whose places differ."""
    old, new = (
        {(s.session_id, who) for s in one for who in s.staff_ids} for one in (before, after)
    )
    return {who for _code, who in old ^ new}


def _lines(calendar: Calendar, before: Sessions, after: Sessions) -> Iterator[ReplanLine]:
    modules = Module.objects.filter(administration=calendar.administration_id)
    titles = dict(modules.values_list("code", "title"))
    rows = TrainingSession.objects.filter(calendar=calendar)
    keys = dict(rows.values_list("code", "pk"))
    now = {s.session_id: s for s in after}
    for was in before:
        then = now.pop(was.session_id, None)
        if then != was:
            words = _("cancelled") if then is None else _people(was, then)
            yield ReplanLine(was.session_id, titles[was.module_id], words, keys.get(was.session_id))
    for new in now.values():
        words = rewriting.new_words(new)
        yield ReplanLine(new.session_id, titles[new.module_id], words, None)


def _people(was: Session, then: Session) -> str:
    old, new, words = set(was.staff_ids), set(then.staff_ids), []
    if n := len(new - old):
        words.append(ngettext("%(n)d person joins it", "%(n)d people join it", n) % {"n": n})
    if n := len(old - new):
        words.append(ngettext("%(n)d person leaves it", "%(n)d people leave it", n) % {"n": n})
    return "; ".join(words)


@transaction.atomic
def apply_replan(session: TrainingSession, *, run: int, by: Member) -> TrainingSession:
    """Cancel the session and do what the run found; only the people concerned change places.

    Refused where the calendar, or anything it reckons with, was changed since.
    """
    calendar = rewriting.locked(rewriting.changeable(session, by).pk)
    found = last_proposal(session, by=by)
    if found is None or found.run.pk != run:
        raise ValidationError(_("This re-plan is not the last one. Look at it again."))
    if found.is_stale:
        raise ValidationError(_("The calendar was changed meanwhile. Ask for the re-plan again."))
    instance, before = rewriting.state(calendar)
    after = restored(calendar, before, found.run.result)
    draft = rewriting.worked_out(calendar, instance, after)
    with undoing.on_record(calendar, HandChange.Kind.CANCEL, session.code, by=by):
        _write(calendar, session, draft, before, after, found)
    rewriting.refresh(calendar, draft, None)
    calendars.check_calendar(calendar)
    audit.record("replan_session", session, by=by, fields=["status", "enrolments"])
    session.refresh_from_db()
    return session


def _write(
    calendar: Calendar,
    session: TrainingSession,
    draft: Draft,
    before: Sessions,
    after: Sessions,
    found: ReplanProposal,
) -> None:
    rows = TrainingSession.objects.filter(calendar=calendar)
    fell = rows.filter(code__in=found.run.result["gone"])
    Enrolment.objects.filter(session__in=fell).delete()
    fell.update(status=TrainingSession.Status.CANCELLED, is_pinned=False)
    for code in found.run.result["gone"]:
        words = _("cancelled; %(people)d places, %(kept)d of them in other sessions now")
        numbers = {"people": found.people, "kept": found.again}
        told = words % numbers if code == session.code else _("cancelled: too few were left")
        rewriting.log(calendar, code, told, found.reason)
    known = {s.session_id for s in before}
    stay = tuple(s for s in after if s.session_id in known)
    codes = {s.session_id for s in stay}
    rewriting.keep(calendar, [s for s in before if s.session_id in codes], stay,
                   named=found.reason, moved="")  # fmt: skip
    for new in after:
        if new.session_id not in known:
            rewriting.add(calendar, draft, new, named=found.reason)
