"""The waiting list of a session: open needs its module would meet, the widest gap first."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor

from competencies.models import StaffMember
from hrplan.core.models import Member
from training_calendar.models import Consent, Enrolment, Module, Need, TrainingSession

EQUAL_WITHIN = 0.1
"""Two needs are equal where they differ by no more than this share of the larger [0..1]."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits; gap : weighted gap that the module would narrow [points]."""

    person: StaffMember
    gap: float


def gaps_of(session: TrainingSession) -> dict[int, float]:
    """Staff member -> weighted gap among the needs of the plan that the module leads to. [points]

    Of people who hold what it starts from and not yet what it leads to.
    """
    return needing(session.module, session.calendar.plan_id)


def needing(module: Module, plan: int) -> dict[int, float]:
    """The same of a module, by the needs of a plan. [points]"""
    lifts = {row.competency_id: (row.level_from, row.level_to) for row in module.outcomes.all()}
    rows = Need.objects.filter(plan=plan, competency__in=lifts)
    found: dict[int, float] = {}
    for person, topic, held, gap in rows.order_by().values_list(
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
    rows = rows.exclude(pk__in=placed.values("staff_member"))
    rows = rows.exclude(pk__in=refused.values("staff_member")).select_related("unit")
    found = [Waiting(row, gaps[row.pk]) for row in rows if row.pk in gaps]
    return tuple(sorted(found, key=lambda one: (-one.gap, one.person.code)))


def seen_waiting(
    session: TrainingSession, member: Member, gaps: Mapping[int, float] | None = None
) -> tuple[tuple[int, Waiting], ...]:
    """Place in the list and person, of those whom the member may see."""
    seen = set(StaffMember.objects.visible_to(member).values_list("pk", flat=True))
    ranked = enumerate(waiting_list(session, gaps), start=1)
    return tuple((rank, one) for rank, one in ranked if one.person.pk in seen)


def is_equal(one: float, other: float) -> bool:
    """Whether two needs weigh alike."""
    return abs(one - other) <= EQUAL_WITHIN * max(one, other)
