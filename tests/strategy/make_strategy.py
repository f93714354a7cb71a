"""Makers of a strategy with one row of each kind, or more."""

from datetime import date
from decimal import Decimal
from typing import Any

from hrplan.core.models import Administration
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
)


def strategy(administration: Administration, code: str = "hr-2016", **fields: Any) -> Strategy:
    defaults = {
        "title": "HR Strategy 2016 to 2018",
        "starts_on": date(2016, 4, 1),
        "ends_on": date(2019, 3, 31),
        "vision": "People who are trusted at the border.",
        "mandate": "Customs collects revenue.\n\nIt protects the border.",
        "foreword": "We begin with our people.",
    }
    return Strategy.objects.create(
        administration=administration, code=code, **{**defaults, **fields}
    )


def objective(strategy: Strategy, code: str = "SO1", **fields: Any) -> Objective:
    return Objective.objects.create(
        administration=strategy.administration,
        strategy=strategy,
        code=code,
        **{"title": f"Objective {code}", "owner": "Head of HR", **fields},
    )


def indicator(objective: Objective, code: str = "K10", **fields: Any) -> Indicator:
    defaults = {
        "title": f"Indicator {code}",
        "formula": "sum of gaps / sum of levels",
        "limits": "Counts the assessed alone.",
        "unit": "%",
        "better": "lower",
        "baseline": Decimal(32),
        "baseline_on": date(2016, 2, 12),
        "target": Decimal(20),
        "target_on": date(2018, 12, 31),
        "owner": "Head of HR",
        "source": "Assessments",
    }
    return Indicator.objects.create(
        administration=objective.administration,
        strategy=objective.strategy,
        objective=objective,
        code=code,
        **{**defaults, **fields},
    )


def initiative(objective: Objective, code: str = "I01", **fields: Any) -> Initiative:
    defaults = {
        "theme": "learning",
        "title": f"Initiative {code}",
        "action": "Write the training policy.",
        "owner": "Training officer",
        "starts_on": date(2016, 4, 1),
        "ends_on": date(2016, 9, 30),
    }
    return Initiative.objects.create(
        administration=objective.administration,
        strategy=objective.strategy,
        objective=objective,
        code=code,
        **{**defaults, **fields},
    )


def milestone(initiative: Initiative, title: str = "Policy signed", **fields: Any) -> Milestone:
    return Milestone.objects.create(
        administration=initiative.administration,
        initiative=initiative,
        title=title,
        **{"due_on": date(2016, 6, 30), **fields},
    )


def cost(initiative: Initiative, title: str = "Consultant", **fields: Any) -> StrategyCost:
    defaults = {
        "fiscal_year": "2016/17",
        "budget_line": "48",
        "quantity": Decimal(10),
        "unit": "days",
        "rate": Decimal(800),
        "amount": Decimal(8000),
        "funding": "donor",
        "source": "Regional bank",
    }
    return StrategyCost.objects.create(
        administration=initiative.administration,
        initiative=initiative,
        title=title,
        **{**defaults, **fields},
    )


def risk(strategy: Strategy, code: str = "R01", **fields: Any) -> Risk:
    defaults = {
        "title": f"Risk {code}",
        "likelihood": 3,
        "impact": 4,
        "owner": "Head of HR",
        "mitigation": "Watch it.",
    }
    return Risk.objects.create(
        administration=strategy.administration,
        strategy=strategy,
        code=code,
        **{**defaults, **fields},
    )


def whole(administration: Administration, n: int = 1) -> Strategy:
    """A strategy in force with n rows of each kind."""
    made = strategy(administration)
    own = {"administration": administration, "strategy": made}
    for i in range(1, n + 1):
        aim = objective(made, f"SO{i}")
        shown = indicator(aim, f"K{9 + i}")
        Measurement.objects.create(
            administration=administration,
            indicator=shown,
            measured_on=date(2016, 2, 1),
            value=Decimal(30),
        )
        work = initiative(aim, f"I0{i}")
        milestone(work)
        cost(work)
        risk(made, f"R0{i}")
        Principle.objects.create(**own, title=f"Principle {i}", text="Merit comes first.")
        RequestedDecision.objects.create(**own, number=i, text="Approve.", body="Ministry")
        Responsibility.objects.create(
            **own, task=f"Task {i}", responsible="HR", accountable="Comptroller"
        )
        Consultation.objects.create(
            **own, held_on=date(2016, 2, 10), body=f"Union {i}", view="They agree."
        )
        for kind in PolicyRule.Kind.values:
            PolicyRule.objects.create(
                administration=administration, kind=kind, title=f"Rule {i}", text="So it is."
            )
        Obligation.objects.create(
            administration=administration,
            code=f"TFA-{i}",
            title="Publish fees",
            source="Trade Facilitation Agreement",
            due_on=date(2016, 8, 1),
        )
    return made
