"""Needs ranked: their priority from gaps, duties and what was ruled about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from competencies.usecases.dense import GapFigures
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
    figures: GapFigures,
    rulings: pd.DataFrame,
    rule: PlanningConstants,
    duties: Sequence[Duty],
) -> pd.DataFrame:
    """Every need by competency and job profile, ranked by `analysis.priorities`, with its cause."""
    needs = group_needs(
        figures.dense.level,
        figures.dense.confidence,
        figures.demand.of_topics(figures.counted),
        figures.role,
        figures.groups[:, 1],
        (pd.Index(figures.competencies["competency"]), pd.Index(figures.profiles["profile"])),
    )
    due: dict[str, date | None] = {}
    for duty in sorted(duties, key=lambda duty: duty.due_on or date.max, reverse=True):
        due[duty.competency] = duty.due_on
    deadlines: list[Any] = [due.get(topic) for topic in needs["competency"]]
    needs = needs.assign(
        link=needs["competency"].isin(list(due)).astype(float),
        deadline=deadlines,
    )
    needs, overrides = ruled(needs, rulings)
    strength = max(1, len(figures.role))
    return priorities(needs, overrides, rule.priority, strength=strength, as_of=figures.as_of)
