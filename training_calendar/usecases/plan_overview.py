"""A development plan at a glance: what it closes at what cost, what is scarce, what is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from competencies.usecases.constants import Constant
from hrplan.core.models import Administration
from training_calendar import wording
from training_calendar.models import Plan, Scenario
from training_calendar.solver.solution import at_most_better
from training_calendar.usecases import constants
from training_calendar.usecases.needs import (
    NeedCount,
    needs_by_competency,
    unmet_by_change,
    unmet_by_reason,
)
from training_calendar.usecases.plan_figures import figures_of
from training_calendar.usecases.scarcity import scarce_words, titles


@dataclass(frozen=True, slots=True)
class QuarterMoney:
    """The money of one quarter: budget, cash of sessions, of courses outside them, what is left."""

    quarter: str
    budget: float
    sessions: float
    outside: float
    source: str = ""

    @property
    def left(self) -> float:
        return self.budget - self.sessions - self.outside


@dataclass(frozen=True, slots=True)
class ScarceThing:
    """Something there is too little of: its words, worth of one more unit [points], amount."""

    kind: str
    words: str
    price: float
    amount: float

    @property
    def unit(self) -> str:
        """What the amount is counted in; empty for money, which has its currency."""
        return wording.scarce_unit(self.kind)


@dataclass(frozen=True, slots=True)
class PlanOverview:
    """A plan in figures."""

    plan: Plan
    closed_share: float
    interventions: int
    other_measures: int
    sessions: int
    seats: int
    outside_enrolments: int
    people: int
    person_hours: float
    budget: float
    cost: float
    opportunity: float
    quarters: tuple[QuarterMoney, ...]
    scenarios: tuple[Scenario, ...]
    scarce: tuple[ScarceThing, ...]
    reasons: tuple[NeedCount, ...]
    changes: tuple[NeedCount, ...]
    below_the_line: tuple[NeedCount, ...]
    not_assessed: int
    constants: tuple[Constant, ...]

    @property
    def better(self) -> float | None:
        """How much more than this plan any could be worth at most [share]; None unknown."""
        return at_most_better(self.plan.bound, self.plan.objective)

    @property
    def all_quarters(self) -> QuarterMoney:
        """The money of all quarters together."""
        return QuarterMoney(
            quarter="",
            budget=sum(quarter.budget for quarter in self.quarters),
            sessions=sum(quarter.sessions for quarter in self.quarters),
            outside=sum(quarter.outside for quarter in self.quarters),
        )


def current_plan(administration: Administration) -> Plan | None:
    """The plan in force, with its calendar."""
    rows = Plan.objects.filter(administration=administration, is_current=True)
    return rows.select_related("calendar", "administration").order_by("-pk").first()


def current_and_proposed(administration: Administration) -> tuple[Plan | None, Plan | None]:
    """The plan in force, and the one that waits beside it, in one question."""
    asked = Q(is_current=True) | Q(state=Plan.State.PROPOSED)
    rows = Plan.objects.filter(asked, administration=administration).order_by("-pk")
    found = list(rows.select_related("calendar", "administration"))
    current = next((one for one in found if one.is_current), None)
    return current, next((one for one in found if not one.is_current), None)


def plan_overview(plan: Plan) -> PlanOverview:
    """A plan with its money, scenarios, scarcities and reasons."""
    report: Mapping[str, Any] = plan.report or {}
    (found,) = figures_of(plan)
    quarters = tuple(QuarterMoney(**quarter) for quarter in report.get("quarters", []))
    scarce = report.get("scarce", [])
    named = titles(plan.administration, (item["kind"] for item in scarce))
    return PlanOverview(
        plan=plan,
        closed_share=found.closed_share,
        interventions=found.interventions,
        other_measures=found.measures,
        sessions=found.sessions,
        seats=found.seats,
        outside_enrolments=found.outside,
        people=found.people,
        person_hours=found.hours,
        budget=sum(quarter.budget for quarter in quarters),
        cost=found.cost,
        opportunity=found.opportunity,
        quarters=quarters,
        scenarios=_budgets(plan),
        scarce=tuple(
            ScarceThing(item["kind"], scarce_words(item, named), item["price"], item["amount"])
            for item in scarce
        ),
        reasons=unmet_by_reason(plan),
        changes=unmet_by_change(plan),
        below_the_line=tuple(count for count in needs_by_competency(plan) if count.unmet),
        not_assessed=report.get("not_assessed", 0),
        constants=constants.constants(plan.administration),
    )


def _budgets(plan: Plan) -> tuple[Scenario, ...]:
    """The scenarios of other budgets, the smallest first."""
    rows = Scenario.objects.filter(plan=plan, kind=Scenario.Kind.SHARE)
    return tuple(rows.order_by("share"))
