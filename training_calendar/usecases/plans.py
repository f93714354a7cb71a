"""Making development plans: long work, asked for as a run, and compared before it is in force."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from hrplan.core import runs
from hrplan.core.access import require
from hrplan.core.models import Administration, Member, Run
from training_calendar.models import Calendar, Plan
from training_calendar.rules import can_plan
from training_calendar.solver.facts import Instance
from training_calendar.tables import planning
from training_calendar.usecases import (
    calendars,
    constants,
    instances,
    proposals,
    scenarios,
    writing,
)
from training_calendar.usecases import (
    duties as known_duties,
)
from training_calendar.usecases.making import Duty
from training_calendar.usecases.solving import solved
from training_calendar.usecases.told import Told, Watch

PLAN = "plan"
SOLVING, SCENARIOS_DONE = 60.0, 80.0


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
    """The first plan is in force at once; a later one is put beside it, to be compared."""
    owner = run.administration
    beside = Plan.objects.filter(administration=owner, is_current=True).exists()
    plan = make_plan(owner, by=run.by, watch=watch, proposed=beside, **run.parameters)
    page = ("proposal", owner.slug, plan.pk) if beside else ("plan", owner.slug)
    url = reverse(f"training_calendar:{page[0]}", args=page[1:])
    return {"plan": plan.pk, "calendar": plan.calendar.pk, "url": url}


def make_plan(
    administration: Administration,
    *,
    by: Member | None,
    budget_share: float = 1.0,
    seconds: float | None = None,
    effort: int | None = None,
    duties: Sequence[Duty] | None = None,
    proposed: bool = False,
    watch: Watch | None = None,
) -> Plan:
    """Gaps to needs to sessions to a plan with its draft calendar, bound, reasons and scenarios.

    budget_share : of the money of each quarter; seconds, effort : limits of the search (default:
    the effort of the planning constants, the same result on any machine); duties : in law or
    reform, which raise priorities (default: those of the plan in force); proposed : put it
    beside the plan in force, in the place of an earlier proposal. Refused without planning
    parameters, or where the tables are no planning problem.
    """
    if by is not None:
        require(can_plan(by) and by.administration_id == administration.pk)
    _refuse_share(budget_share)
    as_of, rule = administration.as_of, constants.planning_constants(administration)
    told = Told(watch)
    asked = known_duties.duties(administration) if duties is None else tuple(duties)
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
        writing.write(plan, calendar, instance, solution, asked)
        scenarios.keep(plan, tried)
        calendars.check_calendar(calendar)
        settle = proposals.propose if proposed else proposals.put_at_once
        settle(plan, by=by)
    except BaseException:
        plan.delete()
        raise
    told.tell(100, _("done"))
    return plan


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
        state=Plan.State.WRITING,
        is_current=False,
        budget_share=budget_share,
        parameters={"duties": [known_duties.plain(duty) for duty in duties]},
    )
    calendar = Calendar.objects.create(
        administration=administration, plan=plan, starts_on=horizon.start, ends_on=last
    )
    return plan, calendar


def _refuse_share(share: float) -> None:
    if not 0 < share <= 10:
        raise ValidationError(_("The share of the budget lies above 0 and at most at 10."))
