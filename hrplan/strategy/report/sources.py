"""The rows behind the tables, figures and statements of the sections of this floor."""

from collections.abc import Callable
from dataclasses import replace

from django.db.models import Model, QuerySet

from competencies.report.sources import PEOPLE, POSTS, RATINGS
from diagnostics.report.sources import CORPORATE, FINDINGS
from hrplan.core.models import Administration
from hrplan.core.tracing import RowSet, Traces, made_of
from hrplan.strategy import rules
from hrplan.strategy.models import (
    Consultation,
    Indicator,
    Initiative,
    Measurement,
    Milestone,
    Objective,
    Obligation,
    PolicyRule,
    Principle,
    RequestedDecision,
    Responsibility,
    Risk,
    Strategy,
    StrategyCost,
    TargetChange,
)
from training_calendar.report.sources import CHART, MEASURES, SEATS
from training_calendar.report.sources import COSTS as PLAN_COSTS


def _of(
    model: type[Model], path: str = "strategy", **more: object
) -> Callable[[Administration], QuerySet]:
    """The rows of the strategy in force."""
    return lambda owner: model._default_manager.filter(
        **{f"{path}__administration": owner, f"{path}__is_current": True, **more}
    )


STRATEGY = RowSet(
    "strategy",
    lambda owner: Strategy.objects.filter(administration=owner, is_current=True),
    "strategy:strategy",
    rules.can_see_strategy,
)
PRINCIPLES = replace(STRATEGY, table="principles", rows=_of(Principle))
OBJECTIVES = replace(STRATEGY, table="objectives", rows=_of(Objective))
RESPONSIBILITIES = replace(STRATEGY, table="responsibilities", rows=_of(Responsibility))
CONSULTATIONS = replace(STRATEGY, table="consultations", rows=_of(Consultation))
RULES = replace(
    STRATEGY,
    table="policy_rules",
    rows=lambda owner: PolicyRule.objects.filter(administration=owner),
)
INDICATORS = replace(
    STRATEGY, table="indicators", rows=_of(Indicator), page="strategy:indicator_list"
)
MEASURED = replace(INDICATORS, table="measurements", rows=_of(Measurement, "indicator__strategy"))
MOVED = replace(INDICATORS, table="target_changes", rows=_of(TargetChange, "indicator__strategy"))
INITIATIVES = replace(
    STRATEGY,
    table="initiatives",
    rows=_of(Initiative, cut_on=None),
    page="strategy:initiative_list",
)
MILESTONES = replace(
    STRATEGY,
    table="milestones",
    rows=_of(Milestone, "initiative__strategy", initiative__cut_on=None),
    page="strategy:roadmap",
)
COSTS = replace(
    STRATEGY,
    table="strategy_costs",
    rows=_of(StrategyCost, "initiative__strategy", cut_on=None),
    page="strategy:cost_list",
)
RISKS = replace(STRATEGY, table="risks", rows=_of(Risk), page="strategy:risk_list")
DUTIES = replace(
    STRATEGY,
    table="obligations",
    rows=lambda owner: Obligation.objects.filter(administration=owner),
    page="strategy:obligation_list",
)
DECISIONS = replace(
    STRATEGY,
    table="requested_decisions",
    rows=_of(RequestedDecision),
    page="strategy:decision_list",
)

TRACES: Traces = {
    "foreword": made_of(STRATEGY),
    "mandate": made_of(STRATEGY),
    "obligations": made_of(DUTIES),
    "vision": made_of(STRATEGY, PRINCIPLES),
    "objectives": made_of(OBJECTIVES, INDICATORS, INITIATIVES, FINDINGS),
    "objective-links": made_of(OBJECTIVES, CORPORATE, FINDINGS),
    "initiatives": made_of(INITIATIVES, COSTS, MILESTONES),
    "initiative-*": made_of(
        replace(INITIATIVES, code="code"),
        replace(COSTS, code="initiative__code"),
        replace(MILESTONES, code="initiative__code"),
    ),
    "indicators-*": made_of(replace(INDICATORS, code="objective__code")),
    "transition": made_of(RULES),
    "arrangements": made_of(RULES, RESPONSIBILITIES),
    "area-*": made_of(RULES),
    "responsibilities": made_of(RESPONSIBILITIES),
    "roadmap": made_of(INITIATIVES, MILESTONES),
    "milestones": made_of(MILESTONES),
    "costs": made_of(COSTS, PLAN_COSTS, CHART, by="costs"),
    "cost-lines": made_of(COSTS),
    "costs-left": made_of(COSTS),
    "risks": made_of(RISKS),
    "plan-risks": made_of(RISKS),
    "monitoring": made_of(INDICATORS, MEASURED, RULES, by="indicators"),
    "points": made_of(INDICATORS, MEASURED, OBJECTIVES, by="indicators"),
    "moved-targets": made_of(MOVED),
    "decisions": made_of(DECISIONS),
    "indicator-annex": made_of(INDICATORS, by="indicators"),
    "computed": made_of(INDICATORS, PEOPLE, POSTS, RATINGS, SEATS, by="indicators"),
    "consultation-annex": made_of(CONSULTATIONS),
    "strategy-link": made_of(OBJECTIVES, INDICATORS, INITIATIVES, PLAN_COSTS, MEASURES),
    "selection": made_of(RULES),
    "calendar-rules": made_of(RULES),
    "evaluation-rules": made_of(RULES),
}
