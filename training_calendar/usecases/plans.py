"""Making development plans and improving their calendars: long work, asked for as runs."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from hrplan.core import audit, runs
from hrplan.core.access import require
from hrplan.core.models import Administration, Member, Run
from training_calendar.analysis.outside import kept_outside
from training_calendar.models import Budget, Calendar, Plan
from training_calendar.rules import can_plan
from training_calendar.solver.explain import unassessed
from training_calendar.solver.facts import Instance
from training_calendar.solver.placed import placed_sessions
from training_calendar.solver.solution import Solution, most_scarce
from training_calendar.tables import planning
from training_calendar.usecases import (
    calendars,
    constants,
    filling,
    instances,
    making,
    scenarios,
)
from training_calendar.usecases.making import Duty
from training_calendar.usecases.outside import reserve_share
from training_calendar.usecases.solving import solved
from training_calendar.usecases.told import Told, Watch

PLAN, SCHEDULE = "plan", "schedule"
SCARCE = 12
SOLVING, SCENARIOS_DONE, FILLED = 60.0, 80.0, 95.0


def ask_for_plan(*, by: Member, budget_share: float = 1.0, effort: int | None = None) -> Run:
    """Ask for a development plan as a run. Refused without the right or the parameters."""
    require(can_plan(by))
    _refuse_share(budget_share)
    if planning.horizon(by.administration) is None:
        raise ValidationError(_("State the planning parameters first: horizon and constants."))
    return runs.ask(PLAN, plan_task, by=by, budget_share=budget_share, effort=effort)


@task()
def plan_task(run_id: int) -> None:
    """Carry out a run of `ask_for_plan`."""
    runs.carry_out(run_id, _plan_work)


def _plan_work(run: Run, watch: runs.Watch) -> dict[str, Any]:
    plan = make_plan(run.administration, by=run.by, watch=watch, **run.parameters)
    url = reverse("training_calendar:plan", args=[run.administration.slug])
    return {"plan": plan.pk, "calendar": plan.calendar.pk, "url": url}


def ask_for_schedule(calendar: Calendar, *, by: Member, effort: int | None = None) -> Run:
    """Ask for a better calendar, what is pinned kept, as a run."""
    require(can_plan(by) and by.administration_id == calendar.administration_id)
    return runs.ask(SCHEDULE, schedule_task, by=by, calendar=calendar.pk, effort=effort)


@task()
def schedule_task(run_id: int) -> None:
    """Carry out a run of `ask_for_schedule`."""
    runs.carry_out(run_id, _schedule_work)


def _schedule_work(run: Run, watch: runs.Watch) -> dict[str, Any]:
    rows = Calendar.objects.filter(administration=run.administration)
    calendar = rows.select_related("plan", "administration").get(pk=run.parameters["calendar"])
    effort = run.parameters.get("effort")
    improve_calendar(calendar, by=run.by, effort=effort, watch=watch)
    url = reverse("training_calendar:calendar", args=[run.administration.slug])
    return {"plan": calendar.plan_id, "calendar": calendar.pk, "url": url}


def make_plan(
    administration: Administration,
    *,
    by: Member | None,
    budget_share: float = 1.0,
    seconds: float | None = None,
    effort: int | None = None,
    duties: Sequence[Duty] | None = None,
    watch: Watch | None = None,
) -> Plan:
    """Gaps to needs to sessions to a plan with its draft calendar, bound, reasons and scenarios.

    budget_share : of the money of each quarter; seconds, effort : limits of the search (default:
    the effort of the planning constants, the same result on any machine); duties : in law or
    reform, which raise priorities (default: those of the plan in force). Refused without
    planning parameters, or where the tables are no planning problem.
    """
    if by is not None:
        require(can_plan(by) and by.administration_id == administration.pk)
    _refuse_share(budget_share)
    as_of, rule = administration.as_of, constants.planning_constants(administration)
    told = Told(watch)
    asked = _duties(administration) if duties is None else tuple(duties)
    instance = instances.planning_instance(administration, as_of, budget_share=budget_share)
    limit = rule.effort if seconds is None and effort is None else effort
    told.stage(0, SOLVING)
    solution = solved(instance, told, seconds=seconds, effort=limit)
    told.stage(SOLVING, SCENARIOS_DONE)
    bench = scenarios.Bench(administration)
    tried = [bench.row(one, told) for one in bench.shares(frontier=False)]
    told.tell(SCENARIOS_DONE, _("writing the plan"))
    plan, calendar = _opened(administration, budget_share, asked, instance)
    try:
        _fill(plan, calendar, instance, solution, asked)
        scenarios.keep(plan, tried)
        _put_in_force(plan, by=by)
    except BaseException:
        plan.delete()
        raise
    calendars.check_calendar(calendar)
    told.tell(100, _("done"))
    return plan


def improve_calendar(
    calendar: Calendar,
    *,
    by: Member | None,
    seconds: float | None = None,
    effort: int | None = None,
    watch: Watch | None = None,
) -> Calendar:
    """Better dates and seats, with what is pinned, confirmed, held or begun kept.

    The calendar changes only where the result is better; either way it is checked again.
    """
    if by is not None:
        require(can_plan(by) and by.administration_id == calendar.administration_id)
    administration, plan = calendar.administration, calendar.plan
    rule = constants.planning_constants(administration)
    told = Told(watch)
    instance = instances.calendar_instance(calendar, pinned=True)
    limit = rule.effort if seconds is None and effort is None else effort
    told.stage(0, SCENARIOS_DONE)
    solution = solved(instance, told, seconds=seconds, effort=limit)
    before = calendars.judged(calendar)
    better = solution.check.objective.z > before.objective.z + 1e-9
    if not solution.check.violations and (better or before.violations):
        told.tell(SCENARIOS_DONE, _("writing the calendar"))
        _fill(plan, calendar, instance, solution, _duties(administration))
        audit.record("improve_calendar", calendar, by=by, fields=["sessions"])
    calendars.check_calendar(calendar)
    told.tell(100, _("done"))
    return calendar


@transaction.atomic
def _opened(
    administration: Administration,
    budget_share: float,
    duties: Sequence[Duty],
    instance: Instance,
) -> tuple[Plan, Calendar]:
    """A plan not yet in force, with an empty calendar."""
    horizon = instance.horizon
    last = horizon.date_of(horizon.length - 1)
    words = _("Development plan %(first)d-%(last)d")
    plan = Plan.objects.create(
        administration=administration,
        title=words % {"first": horizon.start.year, "last": last.year},
        as_of=administration.as_of,
        is_current=False,
        budget_share=budget_share,
        parameters={"duties": [_plain(duty) for duty in duties]},
    )
    calendar = Calendar.objects.create(
        administration=administration, plan=plan, starts_on=horizon.start, ends_on=last
    )
    return plan, calendar


def _plain(duty: Duty) -> dict[str, Any]:
    return {**asdict(duty), "due_on": duty.due_on.isoformat() if duty.due_on else None}


def _duties(administration: Administration) -> tuple[Duty, ...]:
    """The duties that the plan in force took into account."""
    rows = Plan.objects.filter(administration=administration, is_current=True).order_by("-pk")
    plan = rows.first()
    return duties_of(plan) if plan else ()


def duties_of(plan: Plan) -> tuple[Duty, ...]:
    """The duties that a plan took into account."""
    return tuple(
        Duty(
            item["competency"],
            item["title"],
            date.fromisoformat(item["due_on"]) if item["due_on"] else None,
        )
        for item in plan.parameters.get("duties", [])
    )


def _fill(
    plan: Plan,
    calendar: Calendar,
    instance: Instance,
    solution: Solution,
    duties: Sequence[Duty],
) -> None:
    administration = plan.administration
    whole = {
        budget.quarter: float(budget.amount) * plan.budget_share
        for budget in Budget.objects.filter(administration=administration)
    }
    spent: dict[str, float] = {}
    for one in placed_sessions(instance, solution.sessions):
        name = instance.horizon.quarter_ids[instance.horizon.quarter[one.first]]
        spent[name] = spent.get(name, 0.0) + one.cost
    kept = kept_outside(whole, spent, share=reserve_share(administration))
    worked_out = making.draft(
        administration, plan.as_of, instance, solution.sessions, solution.reasons, kept, duties
    )
    filling.fill(plan, calendar, worked_out, duties)
    _note(plan, worked_out, solution, whole)


def _note(
    plan: Plan,
    draft: making.Draft,
    solution: Solution,
    budgets: dict[str, float],
) -> None:
    """Write the figures of the plan: objective, bound, prices, money, constants."""
    objective, bound = solution.check.objective, solution.bound
    quarters = draft.instance.horizon.quarter_ids
    outside = _by_quarter(draft)
    plan.objective, plan.bound = objective.z, bound.value if bound else None
    plan.total_gap, plan.closed_gap = float(objective.total), float(draft.gains["points"].sum())
    plan.parameters = {**plan.parameters, **_constants(draft.instance)}
    plan.report = {
        "objective": asdict(objective),
        "method": bound.method if bound else "",
        "scarce": [asdict(item) for item in most_scarce(bound.scarce if bound else (), SCARCE)],
        "prices": dict(zip(quarters, solution.prices, strict=True)),
        "quarters": [
            {
                "quarter": name,
                "budget": round(budgets.get(name, 0.0), 2),
                "sessions": round(cost, 2),
                "outside": round(outside.get(name, 0.0), 2),
            }
            for name, cost in zip(quarters, objective.cost_by_quarter, strict=True)
        ],
        "not_assessed": unassessed(draft.instance),
        "effort": solution.effort,
        "seed": solution.seed,
        "seconds": round(solution.seconds, 2),
    }
    plan.save()


def _by_quarter(draft: making.Draft) -> dict[str, float]:
    sums = draft.outside.groupby("quarter")["cost"].sum()
    return {str(quarter): float(cost) for quarter, cost in sums.items()}


def _constants(instance: Instance) -> dict[str, Any]:
    given = asdict(instance.parameters)
    return {**given, "horizon_start": given["horizon_start"].isoformat()}


@transaction.atomic
def _put_in_force(plan: Plan, *, by: Member | None) -> None:
    rows = Plan.objects.filter(administration=plan.administration, is_current=True)
    rows.exclude(pk=plan.pk).update(is_current=False)
    plan.is_current = True
    plan.save(update_fields=["is_current"])
    audit.record("make_plan", plan, by=by, fields=["is_current"])


def _refuse_share(share: float) -> None:
    if not 0 < share <= 10:
        raise ValidationError(_("The share of the budget lies above 0 and at most at 10."))
