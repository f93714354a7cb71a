"""The rows behind the tables, figures and statements of the sections of this floor."""

from collections.abc import Callable
from dataclasses import replace

from django.db.models import Model, QuerySet

from competencies.report.sources import PATHS, PEOPLE, UNITS
from hrplan.core.models import Administration, Holiday
from hrplan.core.rules import can_see_settings
from hrplan.core.tracing import RowSet, Traces, made_of
from training_calendar import rules
from training_calendar.models import (
    Budget,
    BudgetLine,
    CalendarChange,
    Closure,
    CostLine,
    Enrolment,
    Evaluation,
    Intervention,
    Leave,
    Module,
    Need,
    Offer,
    Outcome,
    PlanningParameters,
    Scenario,
    Trainer,
    TrainingSession,
    Travel,
    Venue,
)

CANCELLED = TrainingSession.Status.CANCELLED


def _of(model: type[Model], path: str, **more: object) -> Callable[[Administration], QuerySet]:
    """The rows of the plan in force, each under its administration at the end of `path`."""

    def rows(owner: Administration) -> QuerySet:
        asked = {f"{path}__administration": owner, f"{path}__is_current": True, **more}
        return model._default_manager.filter(**asked)

    return rows


def _own(model: type[Model], **more: object) -> Callable[[Administration], QuerySet]:
    return lambda owner: model._default_manager.filter(administration=owner, **more)


TRAINING = RowSet(
    "interventions",
    _of(Intervention, "plan", kind=Intervention.Kind.TRAINING),
    "training_calendar:intervention_list",
    rules.can_see_plan,
    query="kind=training",
)
MEASURES = replace(
    TRAINING, rows=_of(Intervention, "plan", kind=Intervention.Kind.OTHER), query="kind=other"
)
COSTS = RowSet(
    "plan_costs",
    _of(CostLine, "intervention__plan"),
    "training_calendar:plan",
    rules.can_see_plan,
)
SCENARIOS = replace(
    COSTS,
    table="scenarios",
    rows=_of(Scenario, "plan", kind=Scenario.Kind.SHARE),
    page="training_calendar:scenarios",
)
NEEDS = RowSet(
    "needs",
    _of(Need, "plan"),
    "training_calendar:needs",
    rules.can_see_plan,
    of_people=True,
)
SESSIONS = RowSet(
    "sessions",
    lambda owner: _of(TrainingSession, "calendar__plan")(owner).exclude(status=CANCELLED),
    "training_calendar:calendar",
    rules.can_see_plan,
)
# How many places each session gives is printed anyway; whom they are given to is not.
SEATS = RowSet(
    "seats",
    lambda owner: _of(Enrolment, "calendar__plan")(owner).exclude(session__status=CANCELLED),
    "training_calendar:calendar",
    rules.can_see_plan,
)
OUTSIDE = replace(SEATS, rows=_of(Enrolment, "calendar__plan", session=None))
COVER = replace(SEATS, page="training_calendar:cover")
EVALUATIONS = replace(
    SESSIONS, table="evaluations", rows=_of(Evaluation, "session__calendar__plan")
)
CHANGES = replace(
    SESSIONS,
    table="calendar_changes",
    rows=_of(CalendarChange, "calendar__plan"),
    page="training_calendar:release_list",
)
MODULES = RowSet(
    "training_modules",
    _own(Module, is_offered=True),
    "training_calendar:module_list",
    rules.can_see_catalogue,
)
OUTCOMES = replace(
    MODULES,
    table="outcomes",
    rows=lambda owner: Outcome.objects.filter(module__administration=owner),
)
TRAINERS = RowSet(
    "trainers", _own(Trainer), "training_calendar:supply", rules.can_see_supply, of_people=True
)
VENUES = replace(TRAINERS, table="training_venues", rows=_own(Venue), of_people=False)
CLOSURES = replace(VENUES, table="closures", rows=_own(Closure))
OFFERS = replace(VENUES, table="offers", rows=_own(Offer))
TRIPS = replace(VENUES, table="trips", rows=_own(Travel))
BUDGETS = replace(VENUES, table="quarter_budgets", rows=_own(Budget))
CHART = replace(
    VENUES, table="budget_lines", rows=_own(BudgetLine), page="training_calendar:budget_lines"
)
PARAMETERS = replace(VENUES, table="planning_parameters", rows=_own(PlanningParameters))
LEAVES = replace(
    TRAINERS,
    table="staff_leave",
    rows=lambda owner: Leave.objects.filter(staff_member__administration=owner),
)
HOLIDAYS = RowSet("holidays", _own(Holiday), "core:administration", can_see_settings)

TRACES: Traces = {
    "priorities": made_of(NEEDS, TRAINING, SESSIONS, SEATS, COSTS, by="planning"),
    "plan-ranking": made_of(TRAINING, COSTS, by="priorities"),
    "plan-left-open": made_of(NEEDS, by="needs"),
    "plan-budgets": made_of(SCENARIOS, by="scenarios"),
    "budget-case": made_of(SCENARIOS, NEEDS, by="scenarios"),
    "staff-levels": made_of(PATHS, SEATS, MODULES, PEOPLE, by="learning-paths"),
    "sheets": made_of(TRAINING, NEEDS, SESSIONS, SEATS, COSTS, OUTCOMES, by="planning"),
    "sheet-*": made_of(
        replace(TRAINING, code="code"),
        replace(SESSIONS, code="intervention__code"),
        replace(SEATS, code="intervention__code"),
        replace(COSTS, code="intervention__code"),
        by="planning",
    ),
    "measures": made_of(MEASURES),
    "trainers": made_of(TRAINERS, SESSIONS),
    "plan-budget": made_of(COSTS, BUDGETS, CHART, by="costs"),
    "plan-quarters": made_of(BUDGETS, COSTS, by="costs"),
    "plan-cash": made_of(BUDGETS, COSTS, by="costs"),
    "plan-items": made_of(COSTS, by="costs"),
    "plan-ways": made_of(TRAINING, SEATS, COSTS, by="modes"),
    "evaluation": made_of(EVALUATIONS, by="evaluation"),
    "module-catalogue": made_of(MODULES),
    "costing": made_of(COSTS, TRIPS, PARAMETERS, by="costs"),
    "rates": made_of(PARAMETERS),
    "calendar-year": made_of(SESSIONS, SEATS, CLOSURES),
    "quarter-load": made_of(SESSIONS, SEATS),
    "session-list": made_of(SESSIONS, SEATS, OUTCOMES),
    "quarter-detail": made_of(SESSIONS, SEATS, by="working-days"),
    "release": made_of(COVER, LEAVES, PEOPLE, UNITS, by="cover"),
    "external": made_of(OFFERS, OUTSIDE),
    "elearning-targets": made_of(OUTSIDE, MODULES),
    "phasing": made_of(SESSIONS, OUTSIDE, by="costs"),
    "evaluation-dates": made_of(EVALUATIONS, by="evaluation"),
    "change-log": made_of(CHANGES, by="releases"),
    "calendar-reference": made_of(HOLIDAYS, CLOSURES, VENUES, SESSIONS),
    "planning-constants": made_of(PARAMETERS, by="planning"),
}
