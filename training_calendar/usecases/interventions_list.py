"""Interventions as rows: what a list shows of each."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Sum

from hrplan.core.titles import told
from training_calendar.models import Plan
from training_calendar.usecases import retelling


@dataclass(frozen=True, slots=True)
class InterventionRow:
    """One line of a plan.

    priority : 0..100; closes_gap : weighted gap closed [points]
    cost, opportunity : cash, and the worth of time [money]
    """

    pk: int
    code: str
    title: str
    kind: str
    kind_words: str
    audience: str
    people: int
    hours: float
    priority: float
    rank: int
    closes_gap: float
    cost: float
    opportunity: float
    funding: str
    funding_words: str
    source: str
    owner: str


def intervention_rows(
    plan: Plan, *, kind: str = "", funding: str = ""
) -> tuple[InterventionRow, ...]:
    """The lines of a plan in order of rank, narrowed by kind and class of funding."""
    asked = {name: value for name, value in (("kind", kind), ("funding", funding)) if value}
    time = Q(cost_lines__is_opportunity=True)
    rows = plan.interventions.filter(**asked).annotate(
        cash=Sum("cost_lines__amount", filter=~time, default=0),
        time=Sum("cost_lines__amount", filter=time, default=0),
    )
    return tuple(_row(row) for row in rows.order_by("rank", "code"))


def _row(row: Any) -> InterventionRow:
    """Of an intervention with its sums, `cash` and `time`."""
    return InterventionRow(
        pk=row.pk,
        code=row.code,
        title=told(row.title),
        kind=row.kind,
        kind_words=str(row.get_kind_display()),
        audience=retelling.audience(row.audience),
        people=row.people,
        hours=float(row.hours),
        priority=row.priority,
        rank=row.rank,
        closes_gap=row.closes_gap,
        cost=float(row.cash),
        opportunity=float(row.time),
        funding=row.funding,
        funding_words=str(row.get_funding_display()),
        source=row.source,
        owner=retelling.owner(row.owner),
    )
