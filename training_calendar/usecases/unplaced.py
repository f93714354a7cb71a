"""What has no date: modules with open needs and no session, and sessions that were cancelled."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from hrplan.core.titles import told
from training_calendar import wording
from training_calendar.models import SESSION_MODES, Calendar, Need, TrainingSession

CANCELLED = TrainingSession.Status.CANCELLED


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A module without a session.

    needs : of people that stay open; reason : what keeps most of the weighted gap open, in words
    """

    pk: int
    code: str
    title: str
    needs: int
    reason: str


@dataclass(frozen=True, slots=True)
class Column:
    """Modules, the widest open gap first, and the sessions that were cancelled."""

    modules: tuple[Unplaced, ...]
    cancelled: tuple[TrainingSession, ...]

    def __len__(self) -> int:
        return len(self.modules) + len(self.cancelled)


def unplaced(calendar: Calendar) -> Column:
    """The column beside the calendar: what has no date, and why. For who may see small counts."""
    held = TrainingSession.objects.filter(calendar=calendar)
    placed = held.exclude(status=CANCELLED).values("module")
    rows = Need.objects.filter(
        plan=calendar.plan_id, is_met=False, module__mode__in=SESSION_MODES
    ).exclude(module__in=placed)
    names = ("module", "module__code", "module__title", "reason")
    sums = {"needs": Count("pk"), "gap": Sum("weighted_gap")}
    found: dict[int, list[dict]] = {}
    for row in rows.order_by().values(*names).annotate(**sums).order_by("-gap"):
        found.setdefault(row["module"], []).append(row)
    ranked = sorted(found.values(), key=lambda group: -sum(row["gap"] for row in group))
    cancelled = held.filter(status=CANCELLED).select_related("module").order_by("starts_on")
    return Column(tuple(_unplaced(group) for group in ranked), tuple(cancelled))


def _unplaced(group: list[dict]) -> Unplaced:
    most = group[0]
    return Unplaced(
        pk=most["module"],
        code=most["module__code"],
        title=told(most["module__title"]),
        needs=sum(row["needs"] for row in group),
        reason=wording.reason(most["reason"]),
    )
