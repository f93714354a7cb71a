"""What the engine found, written down: rows of the plan and its calendar, and its figures."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from hrplan.core.frames import rows_of
from training_calendar.analysis.outside import kept_outside
from training_calendar.models import Budget, Calendar, Plan
from training_calendar.solver.explain import unassessed
from training_calendar.solver.facts import Instance
from training_calendar.solver.placed import placed_sessions
from training_calendar.solver.solution import Objective, Solution, most_scarce
from training_calendar.usecases import filling, making
from training_calendar.usecases.making import Duty
from training_calendar.usecases.outside import reserve_share

SCARCE = 12
"""Scarce things that a plan keeps of all that its bound knows."""


def write(
    plan: Plan,
    calendar: Calendar,
    instance: Instance,
    solution: Solution,
    duties: Sequence[Duty],
) -> None:
    """Fill a plan and its calendar with what the engine found, and note the figures of both."""
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
    names = draft.instance.horizon.quarter_ids
    plan.objective, plan.bound = objective.z, bound.value if bound else None
    plan.total_gap, plan.closed_gap = float(objective.total), float(draft.gains["points"].sum())
    plan.parameters = {**plan.parameters, **_constants(draft.instance)}
    plan.report = {
        "objective": asdict(objective),
        "method": bound.method if bound else "",
        "scarce": [asdict(item) for item in most_scarce(bound.scarce if bound else (), SCARCE)],
        "prices": dict(zip(names, solution.prices, strict=True)),
        "quarters": quarters(draft, objective, budgets),
        "not_assessed": unassessed(draft.instance),
        "effort": solution.effort,
        "seed": solution.seed,
        "seconds": round(solution.seconds, 2),
    }
    plan.save()


def quarters(
    draft: making.Draft, objective: Objective, budgets: Mapping[str, float]
) -> list[dict[str, Any]]:
    """The money of each quarter and what sessions and courses outside them take of it."""
    outside = _by_quarter(draft)
    names = draft.instance.horizon.quarter_ids
    return [
        {
            "quarter": name,
            "budget": round(budgets.get(name, 0.0), 2),
            "sessions": round(cost, 2),
            "outside": round(outside.get(name, 0.0), 2),
        }
        for name, cost in zip(names, objective.cost_by_quarter, strict=True)
    ]


def _by_quarter(draft: making.Draft) -> dict[str, float]:
    """What the courses outside the sessions cost, by the quarter that they begin in [money]."""
    horizon = draft.instance.horizon
    sums: dict[str, float] = {}
    for row in rows_of(draft.outside):
        at = horizon.day_of(row.starts_on)
        if 0 <= at < horizon.length:
            name = horizon.quarter_ids[horizon.quarter[at]]
            sums[name] = sums.get(name, 0.0) + float(row.cost)
    return sums


def _constants(instance: Instance) -> dict[str, Any]:
    given = asdict(instance.parameters)
    return {**given, "horizon_start": given["horizon_start"].isoformat()}
