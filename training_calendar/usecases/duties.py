"""The duties in law or reform that a plan took into account; they raise priorities."""

from dataclasses import asdict
from datetime import date
from typing import Any

from hrplan.core.models import Administration
from training_calendar.models import Plan
from training_calendar.usecases.ranking import Duty


def plain(duty: Duty) -> dict[str, Any]:
    """A duty as a plan keeps it."""
    return {**asdict(duty), "due_on": duty.due_on.isoformat() if duty.due_on else None}


def duties(administration: Administration) -> tuple[Duty, ...]:
    """The duties of the plan in force; none where there is no plan."""
    plan = Plan.objects.filter(administration=administration, is_current=True).first()
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
