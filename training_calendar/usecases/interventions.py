"""One intervention with all that its sheet shows: need, lift, people, cost, sessions."""

from dataclasses import dataclass

from django.db.models import Count

from hrplan.core.titles import told
from training_calendar import wording
from training_calendar.models import CostLine, Enrolment, Intervention, Module, Plan
from training_calendar.usecases import retelling
from training_calendar.usecases.sessions_list import Lift, SessionRow, rows_of


@dataclass(frozen=True, slots=True)
class Group:
    """How many people of one unit or profile take part."""

    code: str
    title: str
    people: int


@dataclass(frozen=True, slots=True)
class InterventionDetail:
    """An intervention and what hangs on it; cash and opportunity cost apart [money]."""

    intervention: Intervention
    lifts: tuple[Lift, ...]
    requires: tuple[Module, ...]
    cost_lines: tuple[CostLine, ...]
    cost: float
    opportunity: float
    sessions: tuple[SessionRow, ...]
    outside: int
    by_unit: tuple[Group, ...]
    by_profile: tuple[Group, ...]

    @property
    def priced(self) -> tuple[tuple[str, CostLine], ...]:
        """The cost lines, each with its quantity in words."""
        return tuple(
            (wording.quantity(float(line.quantity), line.unit), line) for line in self.cost_lines
        )


def interventions(plan: Plan) -> tuple[InterventionDetail, ...]:
    """The sheets of all interventions of a plan, in order of rank."""
    rows = plan.interventions.select_related("module__provider", "finding")
    return tuple(intervention_detail(row) for row in rows)


def intervention_detail(intervention: Intervention) -> InterventionDetail:
    """One intervention as its sheet shows it, in the active language."""
    module = intervention.module
    lifts: tuple[Lift, ...] = ()
    requires: tuple[Module, ...] = ()
    if module is not None:
        rows = module.outcomes.values_list(
            "competency__code", "competency__title", "level_from", "level_to"
        )
        lifts = tuple(Lift(code, told(title), *levels) for code, title, *levels in rows)
        requires = tuple(Module.objects.filter(unlocks__module=module))
    lines = tuple(intervention.cost_lines.all())
    retelling.tell(intervention, lines)
    taken = Enrolment.objects.filter(intervention=intervention).exclude(session__status="cancelled")
    return InterventionDetail(
        intervention=intervention,
        lifts=lifts,
        requires=requires,
        cost_lines=lines,
        cost=float(sum(line.amount for line in lines if not line.is_opportunity)),
        opportunity=float(sum(line.amount for line in lines if line.is_opportunity)),
        sessions=rows_of(intervention.sessions.all()),
        outside=taken.filter(session=None).count(),
        by_unit=_groups(taken, "staff_member__unit"),
        by_profile=_groups(taken.exclude(staff_member__profile=None), "staff_member__profile"),
    )


def _groups(rows: object, path: str) -> tuple[Group, ...]:
    found = (
        rows.order_by()  # type: ignore[attr-defined]
        .values_list(f"{path}__code", f"{path}__title")
        .annotate(people=Count("staff_member", distinct=True))
        .order_by("-people", f"{path}__code")
    )
    return tuple(Group(code, told(title), people) for code, title, people in found)
