"""What plans come to, counted for several of them at once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, Count, Q, QuerySet, Sum

from training_calendar.models import (
    CostLine,
    Enrolment,
    Intervention,
    Need,
    Plan,
    TrainingSession,
)
from training_calendar.solver.solution import at_most_better

CANCELLED = TrainingSession.Status.CANCELLED


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """A plan in figures: what is cancelled counts in none.

    interventions, measures : lines of training, and others; seats, outside : places in sessions
    and outside them; hours : of learning [person hours]; cost, opportunity : cash, and the worth
    of time [money]; unmet : needs that stay open
    """

    plan: Plan
    interventions: int
    measures: int
    sessions: int
    seats: int
    outside: int
    people: int
    hours: float
    cost: float
    opportunity: float
    unmet: int

    @property
    def places(self) -> int:
        return self.seats + self.outside

    @property
    def closed_share(self) -> float:
        """The gap closed, of all [0..1]."""
        return self.plan.closed_gap / self.plan.total_gap if self.plan.total_gap else 0.0

    @property
    def better(self) -> float | None:
        """How much more than this plan any could be worth at most [share]; None unknown."""
        return at_most_better(self.plan.bound, self.plan.objective)


def figures_of(*plans: Plan) -> tuple[PlanFigures, ...]:
    """The figures of each plan, in five questions whatever their number."""
    lines = _by_plan(
        Intervention.objects.all(), "plan", plans,
        training=Count("pk", filter=Q(kind=Intervention.Kind.TRAINING)),
        other=Count("pk", filter=Q(kind=Intervention.Kind.OTHER)),
    )  # fmt: skip
    held = TrainingSession.objects.exclude(status=CANCELLED)
    sessions = _by_plan(held, "calendar__plan", plans, n=Count("pk"))
    given = Enrolment.objects.exclude(session__status=CANCELLED)
    places = _by_plan(
        given, "intervention__plan", plans,
        seats=Count("session"),
        outside=Count("pk", filter=Q(session=None)),
        people=Count("staff_member", distinct=True),
        contact=Sum("module__hours", default=0),
        own=Sum("module__self_study_hours", default=0),
    )  # fmt: skip
    time = Q(is_opportunity=True)
    money = _by_plan(
        CostLine.objects.all(), "intervention__plan", plans,
        cash=Sum("amount", filter=~time, default=0), time=Sum("amount", filter=time, default=0),
    )  # fmt: skip
    unmet = _by_plan(Need.objects.filter(is_met=False), "plan", plans, n=Count("pk"))
    return tuple(
        PlanFigures(
            plan=plan,
            interventions=lines[plan.pk]["training"],
            measures=lines[plan.pk]["other"],
            sessions=sessions[plan.pk]["n"],
            seats=places[plan.pk]["seats"],
            outside=places[plan.pk]["outside"],
            people=places[plan.pk]["people"],
            hours=float(places[plan.pk]["contact"]) + float(places[plan.pk]["own"]),
            cost=float(money[plan.pk]["cash"]),
            opportunity=float(money[plan.pk]["time"]),
            unmet=unmet[plan.pk]["n"],
        )
        for plan in plans
    )


def _by_plan(
    rows: QuerySet[Any], path: str, plans: Sequence[Plan], **sums: Aggregate
) -> defaultdict[int, dict[str, Any]]:
    """Sums over the rows of each plan; zeros where it has none."""
    found: defaultdict[int, dict[str, Any]] = defaultdict(lambda: dict.fromkeys(sums, 0))
    asked = rows.filter(**{f"{path}__in": plans}).order_by()
    found.update({row.pop(path): row for row in asked.values(path).annotate(**sums)})
    return found
