"""The waiting list of a session: open needs its module would meet, the widest gap first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import floor
from typing import Any

from django.db.models import QuerySet

from competencies.models import StaffMember
from hrplan.core.models import Member
from training_calendar.models import Consent, Enrolment, Module, Need, TrainingSession

EQUAL_WITHIN = 0.1
"""Two needs are equal where they differ by no more than this share of the larger [0..1]."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits; gap : weighted gap that the module would narrow [points]."""

    staff_member: int
    code: str
    gap: float


def _needs(module: Module, plan: int) -> QuerySet[Need]:
    """The needs of a plan in what a module lifts."""
    topics = module.outcomes.order_by().values("competency")
    return Need.objects.filter(plan=plan, competency__in=topics).order_by()


def _needing(session: TrainingSession) -> QuerySet[Any]:
    """Who needs the module, by id, as a part of other questions."""
    return _needs(session.module, session.calendar.plan_id).values("staff_member")


def gaps_of(session: TrainingSession) -> dict[int, float]:
    """Staff member -> weighted gap among the needs of the plan that the module leads to. [points]

    Of people who hold what it starts from and not yet what it leads to.
    """
    return needing(session.module, session.calendar.plan_id)


def needing(module: Module, plan: int) -> dict[int, float]:
    """The same of a module, by the needs of a plan. [points]"""
    lifts = {row.competency_id: (row.level_from, row.level_to) for row in module.outcomes.all()}
    rows = _needs(module, plan)
    found: dict[int, float] = {}
    for person, topic, held, gap in rows.values_list(
        "staff_member", "competency", "held", "weighted_gap"
    ):
        low, high = lifts[topic]
        if low <= floor(held) < high and gap > 0:
            found[person] = found.get(person, 0.0) + gap
    return found


def waiting_list(
    session: TrainingSession, gaps: Mapping[int, float] | None = None
) -> tuple[Waiting, ...]:
    """Who has no place in the module and needs it, the widest gap first.

    Without those whom the station refused for these days, and those who left.
    gaps : as `gaps_of` gives them, where they are known already
    """
    gaps = gaps_of(session) if gaps is None else gaps
    placed = Enrolment.objects.filter(calendar=session.calendar_id, module=session.module_id)
    refused = Consent.objects.filter(
        session=session, starts_on=session.starts_on, state=Consent.State.REFUSED
    )
    rows = StaffMember.objects.filter(administration=session.administration_id, left_on=None)
    rows = rows.filter(pk__in=_needing(session))
    rows = rows.exclude(pk__in=placed.values("staff_member"))
    rows = rows.exclude(pk__in=refused.values("staff_member"))
    known = rows.order_by().values_list("pk", "code")
    found = [Waiting(pk, code, gaps[pk]) for pk, code in known if pk in gaps]
    return tuple(sorted(found, key=lambda one: (-one.gap, one.code)))


def seen_waiting(
    session: TrainingSession, member: Member, gaps: Mapping[int, float] | None = None
) -> tuple[tuple[int, Waiting], ...]:
    """Place in the list and person, of those whom the member may see."""
    visible = StaffMember.objects.visible_to(member).filter(pk__in=_needing(session))
    seen = set(visible.values_list("pk", flat=True))
    ranked = enumerate(waiting_list(session, gaps), start=1)
    return tuple((rank, one) for rank, one in ranked if one.staff_member in seen)


def named(rows: Iterable[tuple[int, Waiting]]) -> list[tuple[int, Waiting, StaffMember]]:
    """Rows of `seen_waiting` with their people."""
    shown = list(rows)
    keys = [one.staff_member for _rank, one in shown]
    people = StaffMember.objects.select_related("unit").in_bulk(keys)
    return [(rank, one, people[one.staff_member]) for rank, one in shown]


def is_equal(one: float, other: float) -> bool:
    """Whether two needs weigh alike."""
    return abs(one - other) <= EQUAL_WITHIN * max(one, other)
