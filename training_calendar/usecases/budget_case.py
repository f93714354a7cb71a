"""The budget case: the plan at less and at more than the money asked for, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from competencies.models import Competency
from hrplan.core.titles import told
from training_calendar import wording
from training_calendar.models import Plan, Scenario
from training_calendar.usecases.constants import planning_constants
from training_calendar.usecases.scenarios import LEFT_OUT, steps_of

FIRST = 3
"""Competencies named at each budget."""


@dataclass(frozen=True, slots=True)
class CasePart:
    """A competency of which weighted gap stays open, or is closed by more money, and why open.

    points : weighted gap; None where so few needs are behind it that it is withheld
    """

    competency: str
    title: str
    reason: str
    points: float | None


@dataclass(frozen=True, slots=True)
class NextStep:
    """What the money from one budget to the next buys.

    money : more budget; closed : more points; each_thousand : points for each 1,000 of it
    closes : competencies that lose most of their open gap by it, points at the least
    """

    share: float
    money: float
    closed: float
    each_thousand: float | None
    closes: tuple[CasePart, ...]


@dataclass(frozen=True, slots=True)
class CaseStep:
    """The plan at one share of the money asked for.

    people : reached; None where so few that the number is withheld
    left_out : where most stays open, the largest first
    then : None at the largest budget
    """

    share: float
    budget: float
    cost: float
    closed: float
    total: float
    closed_share: float
    people: int | None
    left_out: tuple[CasePart, ...]
    then: NextStep | None


@dataclass(frozen=True, slots=True)
class BudgetCase:
    """The budgets worked out, the smallest first; missing: shares that were not worked out.

    limit : counts below it are withheld; None for those who see small ones
    """

    steps: tuple[CaseStep, ...]
    missing: tuple[float, ...]
    limit: int | None


def budget_case(plan: Plan, *, limit: int | None) -> BudgetCase:
    """The scenarios of other budgets that the administration wants with every plan."""
    wanted = sorted(set(planning_constants(plan.administration).scenarios))
    found = Scenario.objects.filter(plan=plan, kind=Scenario.Kind.SHARE).order_by("share")
    rows = [row for row in found if row.share in wanted]
    known = {row.share for row in rows}
    return BudgetCase(
        steps=_steps(rows, _titles(plan, rows), limit),
        missing=tuple(share for share in wanted if share not in known),
        limit=limit,
    )


def _titles(plan: Plan, rows: Sequence[Scenario]) -> dict[str, str]:
    codes = {item["competency"] for row in rows for item in row.left_out}
    topics = Competency.objects.filter(administration=plan.administration_id, code__in=codes)
    return {code: told(title) for code, title in topics.values_list("code", "title")}


def _steps(
    rows: Sequence[Scenario], titles: dict[str, str], limit: int | None
) -> tuple[CaseStep, ...]:
    made: list[CaseStep] = []
    for at, row in enumerate(rows):
        made.append(
            CaseStep(
                share=row.share,
                budget=row.budget,
                cost=row.cost,
                closed=row.closed,
                total=row.total,
                closed_share=row.closed_share,
                people=row.people if limit is None or row.people >= limit else None,
                left_out=tuple(_part(item, titles, limit) for item in row.left_out[:FIRST]),
                then=_then(row, rows[at + 1], titles, limit) if at + 1 < len(rows) else None,
            )
        )
    return tuple(made)


def _part(item: dict[str, Any], titles: dict[str, str], limit: int | None) -> CasePart:
    code = item["competency"]
    seen = limit is None or item["needs"] >= limit
    points = float(item["points"]) if seen else None
    return CasePart(code, titles.get(code, code), wording.reason(item["reason"]), points)


def _then(row: Scenario, more: Scenario, titles: dict[str, str], limit: int | None) -> NextStep:
    lost = sorted(_regained(row, more), key=lambda item: (-item["points"], item["competency"]))
    return NextStep(
        share=more.share,
        money=more.budget - row.budget,
        closed=more.closed - row.closed,
        each_thousand=steps_of((row, more))[1].each_thousand,
        closes=tuple(_part(item, titles, limit) for item in lost[:FIRST]),
    )


def _regained(row: Scenario, more: Scenario) -> list[dict[str, Any]]:
    """Of each competency the points that are open with less money and not with more.

    One that is not listed with more money has at most as much open as the last that is, so its
    points are told at the least. needs : those by which the two differ, where both are known.
    """
    after = {item["competency"]: item for item in more.left_out}
    least = more.left_out[-1]["points"] if len(more.left_out) >= LEFT_OUT else 0
    found = []
    for item in row.left_out:
        then = after.get(item["competency"], {"points": least, "needs": 0})
        closed = round(item["points"] - then["points"], 1)
        if closed > 0:
            needs = abs(item["needs"] - then["needs"])
            found.append({**item, "points": closed, "needs": needs})
    return found
