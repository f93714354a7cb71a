"""Better dates and seats for the calendar in force: found, compared, and only then written."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from hrplan.core import audit, runs
from hrplan.core.access import require
from hrplan.core.models import Member, Run, RunState
from training_calendar.analysis.differences import Difference
from training_calendar.models import Calendar
from training_calendar.rules import can_change_calendar
from training_calendar.solver import check as checker
from training_calendar.solver.explain import reasons_for
from training_calendar.solver.facts import Instance
from training_calendar.solver.solution import Bound, Scarce, Solution, most_scarce
from training_calendar.usecases import (
    calendars,
    constants,
    instances,
    kept_calendar,
    kept_difference,
    rewriting,
    stored,
    writing,
)
from training_calendar.usecases.compared_figures import Figure
from training_calendar.usecases.differences_shown import Compared
from training_calendar.usecases.duties import duties
from training_calendar.usecases.solving import solved
from training_calendar.usecases.told import Told, Watch

SCHEDULE, APPLY = "schedule", "apply_schedule"
FOUND = 80.0
"""How far it is when better dates are found [percent]."""
EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class Improvement:
    """What the last search for better dates found, beside the calendar as it stands.

    is_better : something better was found; is_stale : the calendar was changed since
    figures, compared : empty where nothing better was found or it is stale
    """

    run: Run
    is_better: bool
    is_stale: bool
    figures: tuple[Figure, ...]
    compared: Compared


def ask_for_schedule(calendar: Calendar, *, by: Member, effort: int | None = None) -> Run:
    """Ask for a better calendar, what is pinned kept, as a run; it is compared before it stands."""
    require(can_change_calendar(by, calendar))
    _refuse_replaced(calendar)
    return runs.ask(SCHEDULE, schedule_task, by=by, calendar=calendar.pk, effort=effort)


@task()
def schedule_task(run_id: int) -> None:
    """Carry out a run of `ask_for_schedule`."""
    runs.carry_out(run_id, _work)


def _work(run: Run, watch: runs.Watch) -> dict[str, Any]:
    calendar, told = _calendar_of(run), Told(watch)
    _refuse_replaced(calendar)
    instance, before = _state(calendar)
    stands = kept_calendar.stands(calendar, before)
    found = _searched(calendar, instance, told, seconds=None, effort=run.parameters["effort"])
    after = found.sessions if found else before
    url = reverse("training_calendar:improvement", args=[run.administration.slug])
    noted = {"calendar": calendar.pk, "plan": calendar.plan_id, "url": url}
    return {
        **noted,
        "is_better": found is not None,
        "solution": _plain(found),
        "figures": _figures(instance, before, after) if found else [],
        "difference": kept_difference.kept(calendar, before, after),
        **kept_calendar.kept(calendar, before, after, stands),
    }


def _figures(
    instance: Instance, before: rewriting.Sessions, after: rewriting.Sessions
) -> list[tuple[str, float, float]]:
    """What is compared: the key of a `Figure`, of the calendar as it stands, of what was found."""
    was, would = (checker.check(instance, one) for one in (before, after))
    old, new = was.objective, would.objective
    return [
        ("calendar_worth", old.z, new.z),
        ("closed_in_sessions", old.closed, new.closed),
        ("session_cost", old.cost, new.cost),
        ("sessions", len(before), len(after)),
        ("seats", _seats(before), _seats(after)),
        ("conflicts", len(was.violations), len(would.violations)),
    ]


def _calendar_of(run: Run) -> Calendar:
    rows = Calendar.objects.filter(administration=run.administration)
    return rows.select_related("plan", "administration").get(pk=run.parameters["calendar"])


def _state(calendar: Calendar) -> tuple[Instance, rewriting.Sessions]:
    """The planning problem with what is pinned, confirmed, held or begun; the sessions."""
    return instances.calendar_instance(calendar, pinned=True), _sessions(calendar)


def _sessions(calendar: Calendar) -> rewriting.Sessions:
    return stored.sessions_of(calendar, as_of=calendar.administration.as_of)


def _searched(
    calendar: Calendar,
    instance: Instance,
    told: Told,
    *,
    seconds: float | None,
    effort: int | None,
) -> Solution | None:
    """A calendar that is worth more, or breaks no rule where this one does; None: not found."""
    rule = constants.planning_constants(calendar.administration)
    limit = rule.effort if seconds is None and effort is None else effort
    told.stage(0, FOUND)
    solution = solved(instance, told, seconds=seconds, effort=limit)
    before = calendars.judged(calendar)
    better = solution.check.objective.z > before.objective.z + EPSILON
    return solution if not solution.check.violations and (better or before.violations) else None


def improve_calendar(
    calendar: Calendar,
    *,
    seconds: float | None = None,
    effort: int | None = None,
    watch: Watch | None = None,
) -> Calendar:
    """Better dates and seats at once, with what is pinned, confirmed, held or begun kept.

    The calendar changes only where the result is better; either way it is checked again.
    """
    told = Told(watch)
    instance, _before = _state(calendar)
    found = _searched(calendar, instance, told, seconds=seconds, effort=effort)
    told.tell(FOUND, _("writing the calendar"))
    with transaction.atomic():
        if found:
            _write(rewriting.locked(calendar.pk), instance, found, by=None)
        calendars.check_calendar(calendar)
    told.tell(100, _("done"))
    return calendar


def _write(calendar: Calendar, instance: Instance, found: Solution, *, by: Member | None) -> None:
    writing.write(calendar.plan, calendar, instance, found, duties(calendar.administration))
    audit.record("improve_calendar", calendar, by=by, fields=["sessions"])


def _plain(found: Solution | None) -> dict[str, Any]:
    """What is kept of a solution beside its sessions."""
    if found is None:
        return {}
    bound = found.bound
    if bound:
        bound = replace(bound, scarce=most_scarce(bound.scarce, writing.SCARCE))
    told = {name: getattr(found, name) for name in ("prices", "seconds", "effort", "seed")}
    return {**told, "bound": asdict(bound) if bound else None}


def _solution(
    instance: Instance, sessions: rewriting.Sessions, told: Mapping[str, Any]
) -> Solution:
    """The solution again, judged and explained anew."""
    bound = told["bound"]
    if bound:
        scarce = tuple(Scarce(**one) for one in bound["scarce"])
        bound = Bound(**{**bound, "money_price": tuple(bound["money_price"]), "scarce": scarce})
    return Solution(
        sessions=sessions,
        check=checker.check(instance, sessions),
        bound=bound,
        reasons=reasons_for(instance, sessions),
        prices=tuple(told["prices"]),
        seconds=told["seconds"],
        effort=told["effort"],
        seed=told["seed"],
    )


def last_improvement(calendar: Calendar, *, by: Member) -> Improvement | None:
    """What was found last for the calendar, beside it; None where nothing was looked for."""
    require(can_change_calendar(by, calendar))
    run = _last_run(calendar)
    if run is None:
        return None
    before, is_better = _sessions(calendar), run.result["is_better"]
    is_stale = kept_calendar.is_stale(calendar, before, run.result)
    if is_stale or not is_better:
        return Improvement(run, is_better, is_stale, (), _compared(kept_difference.NOTHING))
    figures = tuple(Figure(*one) for one in run.result["figures"])
    found = kept_difference.restored(calendar, run.result["difference"])
    return Improvement(run, is_better, is_stale, figures, _compared(found))


def _compared(found: Difference) -> Compared:
    return Compared(_("calendar as it stands"), _("calendar found"), found)


def _last_run(calendar: Calendar) -> Run | None:
    rows = Run.objects.filter(
        administration=calendar.administration_id, kind=SCHEDULE, state=RunState.DONE,
        parameters__calendar=calendar.pk,
    )  # fmt: skip
    return rows.first()


def _seats(sessions: rewriting.Sessions) -> int:
    return sum(len(one.staff_ids) for one in sessions)


def ask_to_apply(calendar: Calendar, *, run: int, by: Member) -> Run:
    """Ask, as a run, that what was found takes the place of the calendar as it stands."""
    _refuse_other(calendar, run, by)
    return runs.ask(APPLY, apply_task, by=by, calendar=calendar.pk, found=run)


@task()
def apply_task(run_id: int) -> None:
    """Carry out a run of `ask_to_apply`."""
    runs.carry_out(run_id, _apply)


def _apply(run: Run, watch: runs.Watch) -> dict[str, Any]:
    """Write the calendar that was compared. Refused where it was changed since."""
    calendar, told = _calendar_of(run), Told(watch)
    told.tell(FOUND, _("writing the calendar"))
    with transaction.atomic():
        calendar = rewriting.locked(calendar.pk)
        found = _refuse_other(calendar, run.parameters["found"], run.by)
        instance, before = _state(calendar)
        after = kept_calendar.restored(calendar, before, found.result)
        solution = _solution(instance, after, found.result["solution"])
        _write(calendar, instance, solution, by=run.by)
        calendars.check_calendar(calendar)
    url = reverse("training_calendar:calendar", args=[run.administration.slug])
    return {"calendar": calendar.pk, "url": url}


def _refuse_other(calendar: Calendar, run: int, by: Member | None) -> Run:
    """The run of the last search, where it still holds and found something."""
    if by is not None:
        require(can_change_calendar(by, calendar))
    _refuse_replaced(calendar)
    last = _last_run(calendar)
    if last is None or last.pk != run or not last.result["is_better"]:
        raise ValidationError(_("This is not what was found last. Look at it again."))
    if kept_calendar.is_stale(calendar, _sessions(calendar), last.result):
        raise ValidationError(_("The calendar was changed meanwhile. Look for better dates again."))
    return last


def _refuse_replaced(calendar: Calendar) -> None:
    if not calendar.plan.is_current:
        raise ValidationError(_("Another plan has taken the place of this one."))
