"""The rows of plan, calendar and strategy as the facts that the consistency rules look at."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import pandas as pd
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from competencies.frames import serving
from competencies.models import (
    IN_FORCE,
    Assessment,
    Competency,
    JobProfile,
    LearningPath,
    Post,
    StaffLevel,
    StaffMember,
)
from diagnostics.models import Agreement, Finding, ReferenceDocument, Vote
from hrplan.core.models import Administration
from hrplan.core.wording import languages_of
from hrplan.deliverables.analysis.facts import (
    GapFact,
    HoursFact,
    InterventionFact,
    ObjectiveFact,
    SeatFact,
    SessionFact,
    TargetFact,
)
from hrplan.deliverables.models import (
    CheckOverride,
    DocumentKind,
    DocumentVersion,
    Passage,
    SignOff,
    Submission,
)
from hrplan.partners.models import Activity
from hrplan.strategy.models import (
    Indicator,
    Initiative,
    Objective,
    Strategy,
    StrategyCost,
    TargetChange,
)
from training_calendar.models import (
    Calendar,
    CostLine,
    Enrolment,
    Intervention,
    Module,
    Need,
    Outcome,
    Plan,
    Prerequisite,
    TrainingSession,
)

DAYS_OF_YEAR = 365.25
ROUNDING = 1e-9  # levels; a held level is a sum of parts
Counts = dict[str, int]


def overrides(administration: Administration) -> dict[int, tuple[str, list[str]]]:
    """Why rules that do not hold stop nothing, by their numbers, and which faults that is about."""
    rows = CheckOverride.objects.filter(administration=administration)
    return {one.number: (one.reason, one.faults) for one in rows}


def strategy_in_force(administration: Administration) -> Strategy | None:
    return Strategy.objects.filter(administration=administration, is_current=True).first()


def interventions(plan: Plan) -> tuple[InterventionFact, ...]:
    """The lines of a plan; a gap counts by its module or its points, a finding by its link."""
    needs = dict(
        Need.objects.filter(plan=plan, module__isnull=False)
        .order_by()
        .values_list("module")
        .annotate(n=Count("pk"))
    )
    return tuple(
        InterventionFact(
            row.code,
            row.title,
            needs.get(row.module_id, 0) + (row.finding_id is not None) + bool(row.closes_gap),
            row.duty,
        )
        for row in Intervention.objects.filter(plan=plan).order_by("rank", "code")
    )


def objectives(strategy: Strategy) -> tuple[ObjectiveFact, ...]:
    """Each objective with its indicators, and those of them that state all four things.

    A band is a target; what is only watched needs none.
    """
    aimed = Q(indicators__target__isnull=False) | Q(indicators__band_low__isnull=False)
    aimed |= Q(indicators__better=Indicator.Better.MONITORED)
    stated = Q(indicators__baseline__isnull=False) & aimed
    stated &= ~Q(indicators__owner="") & ~Q(indicators__source="")
    rows = Objective.objects.filter(strategy=strategy).annotate(
        n=Count("indicators"), complete=Count("indicators", filter=stated)
    )
    return tuple(
        ObjectiveFact(row.code, row.title, row.n, row.complete) for row in rows.order_by("code")
    )


def sessions(calendar: Calendar) -> tuple[SessionFact, ...]:
    """The sessions of a calendar that are not cancelled."""
    rows = (
        TrainingSession.objects.filter(calendar=calendar)
        .exclude(status=TrainingSession.Status.CANCELLED)
        .select_related("intervention", "module")
        .order_by("starts_on", "code")
    )
    return tuple(
        SessionFact(
            code=row.code,
            title=row.module.title,
            own_plan=row.intervention.plan_id == calendar.plan_id,
            own_module=row.intervention.module_id == row.module_id,
            funding=row.intervention.funding,
            source=row.intervention.source,
            cost=float(row.cost),
        )
        for row in rows
    )


def outside_cost(calendar: Calendar) -> float:
    """Cash of the courses outside the sessions [money]."""
    rows = Enrolment.objects.filter(calendar=calendar, session__isnull=True)
    return float(rows.aggregate(sum=Sum("cost"))["sum"] or 0)


def plan_cost(plan: Plan) -> float:
    """Cash of the cost lines of a plan's training; the worth of working time stands apart."""
    rows = CostLine.objects.filter(
        intervention__plan=plan,
        intervention__kind=Intervention.Kind.TRAINING,
        is_opportunity=False,
    )
    return float(rows.aggregate(sum=Sum("amount"))["sum"] or 0)


def prerequisites(administration: Administration) -> tuple[tuple[str, str], ...]:
    rows = Prerequisite.objects.filter(module__administration=administration)
    return tuple(rows.order_by("pk").values_list("module__code", "requires__code"))


def seats(calendar: Calendar, held: pd.DataFrame) -> tuple[SeatFact, ...]:
    """Every place of a calendar, with the modules its holder need not attend first.

    held : one row per (staff, competency) with a level, as `analysis.held_levels.held_levels`
    """
    pairs = zip(held["staff"], held["competency"], strict=True)
    levels = dict(zip(pairs, held["level"].astype(float), strict=True))
    lifts: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    outcomes = Outcome.objects.filter(module__administration=calendar.administration_id)
    for module, competency, level in outcomes.values_list(
        "module__code", "competency__code", "level_to"
    ):
        lifts[module].append((competency, level))
    firsts: defaultdict[str, list[str]] = defaultdict(list)
    for module, first in prerequisites(calendar.administration):
        firsts[module].append(first)
    rows = Enrolment.objects.filter(calendar=calendar)
    rows = rows.exclude(session__status=TrainingSession.Status.CANCELLED)
    columns = (
        *("staff_member__code", "module__code", "module__title", "session_id"),
        *("starts_on", "ends_on", "session__starts_on", "session__ends_on"),
    )
    return tuple(
        SeatFact(
            person=person,
            module=module,
            title=title,
            first=own_first or first,
            last=own_last or last,
            in_session=session is not None,
            waived=_waived(person, firsts[module], lifts, levels),
        )
        for person, module, title, session, first, last, own_first, own_last in rows.order_by(
            "staff_member__code", "starts_on", "module__code"
        ).values_list(*columns)
    )


def _waived(
    person: str,
    firsts: Iterable[str],
    lifts: Mapping[str, list[tuple[str, int]]],
    levels: Mapping[tuple[str, str], float],
) -> frozenset[str]:
    """Modules of which each outcome is held already, or was never assessed."""
    return frozenset(
        first
        for first in firsts
        if all(
            int(levels.get((person, competency), level) + ROUNDING) >= level
            for competency, level in lifts[first]
        )
    )


def hours(calendar: Calendar, staff: pd.DataFrame, profiles: pd.DataFrame) -> list[HoursFact]:
    """Hours promised and planned by staff level.

    staff, profiles : the columns of `competencies.frames.staff` and `competencies.frames.profiles`
    """
    level_of = dict(zip(profiles["profile"], profiles["staff_level"], strict=True))
    levels = {
        code: level_of.get(profile)
        for code, profile in zip(staff["staff"], staff["profile"], strict=True)
    }
    people = Counter(levels.values())
    planned: Counter[str | None] = Counter()
    rows = Enrolment.objects.filter(calendar=calendar)
    rows = rows.exclude(session__status=TrainingSession.Status.CANCELLED)
    for code, given, own in rows.order_by().values_list(
        "staff_member__code", "module__hours", "module__self_study_hours"
    ):
        planned[levels.get(code)] += given + own  # type: ignore[assignment]
    years = ((calendar.ends_on - calendar.starts_on).days + 1) / DAYS_OF_YEAR
    paths = LearningPath.objects.filter(administration=calendar.administration_id, profile=None)
    return [
        HoursFact(
            level=path.staff_level,
            title=str(StaffLevel(path.staff_level).label),
            promised=float(path.hours_a_year),
            people=people[path.staff_level],
            planned=float(planned[path.staff_level]),
            years=years,
        )
        for path in paths.order_by("position")
    ]


def gaps(plan: Plan) -> tuple[GapFact, ...]:
    """Each competency with an open gap: its weight, what answers it, what stays unexplained."""
    rows = (
        Need.objects.filter(plan=plan)
        .order_by()
        .values("competency__code", "competency__title")
        .annotate(
            gap=Sum("weighted_gap"),
            unexplained=Count("pk", filter=Q(is_met=False, reason="")),
        )
    )
    answers = dict(
        Intervention.objects.filter(plan=plan)
        .order_by()
        .values_list("module__outcomes__competency__code")
        .annotate(n=Count("pk", distinct=True))
    )
    return tuple(
        GapFact(
            code=row["competency__code"],
            title=row["competency__title"],
            weighted_gap=row["gap"],
            interventions=answers.get(row["competency__code"], 0),
            unexplained=row["unexplained"],
        )
        for row in rows.order_by("competency__code")
    )


def targets_now(strategy: Strategy) -> dict[str, float]:
    """Indicator -> target, of those that state one."""
    rows = Indicator.objects.filter(strategy=strategy, target__isnull=False)
    pairs = rows.values_list("code", "target")
    return {code: float(target) for code, target in pairs if target is not None}


def targets(strategy: Strategy) -> tuple[TargetFact, ...]:
    """Targets from version to version of the strategy, and to now, with the reasons logged."""
    versions = DocumentVersion.objects.filter(
        administration=strategy.administration_id, kind=DocumentKind.STRATEGY, is_internal=False
    ).order_by("number", "pk")
    stated = [
        snapshot.get("targets", {}) for snapshot in versions.values_list("snapshot", flat=True)
    ]
    stated += [targets_now(strategy)] * 2  # so that a target without a history is looked at too
    logged: Counter[tuple[str, float, float]] = Counter()
    changes = TargetChange.objects.filter(indicator__strategy=strategy).exclude(reason="")
    for code, before, after in changes.values_list("indicator__code", "before", "after"):
        if before is not None and after is not None:
            logged[str(code), float(before), float(after)] += 1
    titles = dict(Indicator.objects.filter(strategy=strategy).values_list("code", "title"))
    found: dict[tuple[str, float, float], TargetFact] = {}
    for early, late in zip(stated, stated[1:], strict=False):
        for code in sorted(set(early) & set(late)):
            move = (code, float(early[code]), float(late[code]))
            found[move] = TargetFact(
                code, titles.get(code, ""), move[1], move[2], _logged(move, logged)
            )
    return tuple(found[move] for move in sorted(found))


def _logged(move: tuple[str, float, float], logged: Counter[tuple[str, float, float]]) -> int:
    """Reasons that lead from the one target to the other, in one step or in several."""
    code, before, after = move
    if logged[move]:
        return logged[move]
    steps = [(b, a) for (named, b, a), n in logged.items() if named == code and n]
    reached, waiting = {before}, [before]
    while waiting:
        here = waiting.pop()
        for b, a in steps:
            if b == here and a not in reached:
                reached.add(a)
                waiting.append(a)
    return int(after in reached and after != before)


def people_to_hide(administration: Administration) -> tuple[str, ...]:
    """Names and numbers of everybody employed; those who sign the documents sign by name."""
    signing = set(
        SignOff.objects.filter(administration=administration).values_list("name", flat=True)
    )
    rows = StaffMember.objects.filter(administration=administration).values_list("name", "code")
    return tuple(text for name, code in rows for text in (name, code) if text not in signing)


def latest(administration: Administration, *, internal: bool = False) -> dict[str, DocumentVersion]:
    """The newest version of each document in the edition, in the first language if there is one."""
    rows = DocumentVersion.objects.filter(administration=administration, is_internal=internal)
    found: dict[str, DocumentVersion] = {}
    for row in rows.foremost(languages_of(administration)[0]):
        found.setdefault(row.kind, row)
    return found


def carried_out(administration: Administration) -> QuerySet[Submission]:
    """The submissions whose decision line by line was carried out, the last first."""
    carried = Passage.objects.filter(submission=OuterRef("pk"), move="carry")
    return Submission.objects.of(administration).filter(Exists(carried)).order_by("-number")


def counts(administration: Administration, strategy: Strategy | None, plan: Plan | None) -> Counts:
    """How many records of each kind stand behind the documents, in the order of printing."""
    of = {"administration": administration}
    kinds: dict[str, QuerySet] = {
        "staff": serving(administration, administration.as_of),
        "posts": Post.objects.filter(**of),
        "profiles": JobProfile.objects.filter(**of, state=JobProfile.State.APPROVED),
        "competencies": Competency.objects.filter(**of, framework__state=IN_FORCE),
        "assessments": Assessment.objects.filter(**of),
        "votes": Vote.objects.filter(participant__workshop__administration=administration),
        "agreements": Agreement.objects.filter(workshop__administration=administration),
        "documents": ReferenceDocument.objects.filter(**of),
        "findings": Finding.objects.filter(**of),
        "objectives": Objective.objects.filter(strategy=strategy),
        "indicators": Indicator.objects.filter(strategy=strategy),
        "initiatives": Initiative.objects.standing().filter(strategy=strategy),
        "strategy_costs": StrategyCost.objects.standing().filter(initiative__strategy=strategy),
        "modules": Module.objects.filter(**of, is_offered=True),
        "needs": Need.objects.filter(plan=plan),
        "interventions": Intervention.objects.filter(plan=plan),
        "plan_costs": CostLine.objects.filter(intervention__plan=plan),
        "sessions": TrainingSession.objects.filter(calendar__plan=plan),
        "enrolments": Enrolment.objects.filter(calendar__plan=plan),
        "activities": Activity.objects.filter(**of),
    }
    return {key: rows.count() for key, rows in kinds.items()}
