"""Training needs of a plan: what is met, what is not, and why, by reason, competency and module."""

from dataclasses import dataclass, replace

from django.db.models import Count, F, Min, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from competencies.models import StaffMember
from hrplan.core.figures import money
from hrplan.core.models import Member
from hrplan.core.titles import told
from training_calendar import wording
from training_calendar.models import Need, Plan

SUMS = {
    "needs": Count("pk"),
    "met": Count("pk", filter=Q(is_met=True)),
    "people": Count("staff_member", distinct=True),
    "weighted": Sum("weighted_gap", default=0.0),
    "open": Sum(
        F("weighted_gap") * (F("required") - F("reached")) / (F("required") - F("held")),
        filter=Q(is_met=False, held__lt=F("required")),
        default=0.0,
    ),
}


@dataclass(frozen=True, slots=True)
class NeedCount:
    """Needs of one group: key and its words, counts, and weighted gap asked and still open."""

    key: str
    words: str
    needs: int
    met: int
    people: int
    weighted: float
    open: float
    advice: str = ""

    @property
    def unmet(self) -> int:
        return self.needs - self.met

    @property
    def closed_share(self) -> float:
        """Share of the weighted gap that the plan closes [0..1]."""
        return 1 - self.open / self.weighted if self.weighted else 1.0


@dataclass(frozen=True, slots=True)
class NeedsOverview:
    """All needs of a plan, and by reason, change that would meet them, competency, module, unit."""

    total: NeedCount
    by_reason: tuple[NeedCount, ...]
    by_competency: tuple[NeedCount, ...]
    by_module: tuple[NeedCount, ...]
    by_unit: tuple[NeedCount, ...]
    by_change: tuple[NeedCount, ...]


def needs_overview(plan: Plan, **narrowed: str) -> NeedsOverview:
    """Counts of a plan's needs; `narrowed` as of `needs_of`."""
    rows = needs_of(plan, **narrowed)
    total = rows.aggregate(**SUMS)
    return NeedsOverview(
        total=NeedCount("", _("all needs"), **total),
        by_reason=_by_reason(rows),
        by_competency=_counts(rows, "competency__code", "competency__title"),
        by_module=_counts(rows.filter(module__isnull=False), "module__code", "module__title"),
        by_unit=_counts(rows, "staff_member__unit__code", "staff_member__unit__title"),
        by_change=_by_change(rows, plan.administration.currency),
    )


def unmet_by_reason(plan: Plan) -> tuple[NeedCount, ...]:
    """Why needs are not met, with what to do about it."""
    return _by_reason(needs_of(plan))


def unmet_by_change(plan: Plan) -> tuple[NeedCount, ...]:
    """What would meet the needs left open, each need for itself."""
    return _by_change(needs_of(plan), plan.administration.currency)


def needs_by_competency(plan: Plan) -> tuple[NeedCount, ...]:
    """Counts of a plan's needs, competency by competency."""
    return _counts(needs_of(plan), "competency__code", "competency__title")


def needs_of(
    plan: Plan,
    *,
    reason: str = "",
    competency: str = "",
    module: str = "",
    unit: str = "",
    profile: str = "",
    change: str = "",
    met: str = "",
) -> QuerySet[Need]:
    """The needs of a plan, narrowed by codes; `met` is yes, no or empty for all.

    change : the kind of change that would meet them
    """
    asked = {
        "reason": reason,
        "competency__code": competency,
        "module__code": module,
        "staff_member__unit__code": unit,
        "staff_member__profile__code": profile,
        "remedy__kind": change,
    }
    rows = Need.objects.filter(plan=plan, **{path: code for path, code in asked.items() if code})
    if met in {"yes", "no"}:
        rows = rows.filter(is_met=met == "yes")
    return rows


def needs_listed(plan: Plan, *, member: Member, **narrowed: str) -> QuerySet[Need]:
    """The same with people, for those who may see them: none of people outside the own scope."""
    people = _visible(member)
    rows = needs_of(plan, **narrowed).filter(staff_member__in=people)
    return rows.select_related("staff_member__unit", "competency", "module", "remedy")


def _visible(member: Member) -> QuerySet:
    return StaffMember.objects.visible_to(member)


def _grouped(rows: QuerySet[Need], key: str, title: str) -> list[tuple]:
    names = dict.fromkeys([key, title])
    found = rows.order_by().values(*names).annotate(**SUMS).order_by("-weighted", key)
    return [(row[key], told(row[title]), *(row[name] for name in SUMS)) for row in found]


def _by_reason(rows: QuerySet[Need]) -> tuple[NeedCount, ...]:
    found = _grouped(rows.filter(is_met=False), "reason", "reason")
    return tuple(
        replace(NeedCount(key, wording.reason(key), *numbers), advice=wording.advice(key))
        for key, _words, *numbers in found
    )


def _by_change(rows: QuerySet[Need], currency: str) -> tuple[NeedCount, ...]:
    """How many needs each kind of change would meet, and from what cash on."""
    found = (
        rows.filter(is_met=False, remedy__isnull=False)
        .order_by()
        .values_list("remedy__kind")
        .annotate(
            needs=Count("pk"),
            people=Count("staff_member", distinct=True),
            least=Min("remedy__cost", filter=Q(remedy__cost__gt=0)),
        )
        .order_by("-needs", "remedy__kind")
    )
    counts = []
    for kind, count, people, least in found:
        advice = _("from %(amount)s on") % {"amount": money(least, currency)} if least else ""
        words = wording.remedy(kind)
        counts.append(NeedCount(kind, words, count, 0, people, 0.0, 0.0, advice=advice))
    return tuple(counts)


def _counts(rows: QuerySet[Need], key: str, title: str) -> tuple[NeedCount, ...]:
    return tuple(NeedCount(*row) for row in _grouped(rows, key, title))
