"""Needs ranked: their priority from gaps, duties and what was ruled about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from competencies.usecases.gaps import GapAnalysis
from training_calendar.analysis.priorities import group_needs, priorities
from training_calendar.analysis.rulings import ruled
from training_calendar.usecases.constants import PlanningConstants


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty in law or reform that asks for a competency, by a day if there is one."""

    competency: str
    title: str
    due_on: date | None = None


def ranked_needs(
    analysis: GapAnalysis,
    rulings: pd.DataFrame,
    rule: PlanningConstants,
    duties: Sequence[Duty],
) -> pd.DataFrame:
    """Every need by competency and job profile, ranked by `analysis.priorities`, with its cause."""
    cells = analysis.cells[~analysis.cells["competency"].isin(list(analysis.left_out))]
    needs = group_needs(cells, "profile")
    due: dict[str, date | None] = {}
    for duty in sorted(duties, key=lambda duty: duty.due_on or date.max, reverse=True):
        due[duty.competency] = duty.due_on
    deadlines: list[Any] = [due.get(topic) for topic in needs["competency"]]
    needs = needs.assign(
        link=needs["competency"].isin(list(due)).astype(float),
        deadline=deadlines,
    )
    needs, overrides = ruled(needs, rulings)
    strength = max(1, len(analysis.people))
    return priorities(needs, overrides, rule.priority, strength=strength, as_of=analysis.as_of)
