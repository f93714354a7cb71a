"""What the documents quote of plan and calendar: each result read once, without querysets."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Min, Sum

from competencies.models import LearningPath, StaffLevel
from hrplan.core.figures import quarter
from hrplan.core.models import Administration
from hrplan.core.titles import told
from hrplan.core.working_calendar import working_calendar
from training_calendar import frames, wording
from training_calendar.models import (
    SESSION_MODES,
    Calendar,
    CalendarChange,
    CostLine,
    Enrolment,
    Evaluation,
    Intervention,
    Module,
    Plan,
    PlanningParameters,
)
from training_calendar.usecases import accounts, calendars, funding, retelling
from training_calendar.usecases.cover import Cover, cover
from training_calendar.usecases.interventions import InterventionDetail, interventions
from training_calendar.usecases.needs import NeedsOverview, needs_overview
from training_calendar.usecases.online import OnlineVersion, online_versions
from training_calendar.usecases.plan_overview import PlanOverview, plan_overview
from training_calendar.usecases.sessions_list import SessionRow
from training_calendar.usecases.supply import Supply, supply


@dataclass(frozen=True, slots=True)
class PathLine:
    """A staff level: what it is promised, and what the plan gives it.

    people : in training, of `staff` in service [persons]
    hours : of training in the whole plan, own study included [person-hours]
    hours_a_year : promised to each person [hours], 0 where no path is stated
    """

    level: str
    words: str
    aim: str
    route: str
    hours_a_year: int
    staff: int
    people: int
    hours: float
    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of the plan by fiscal year, budget line, item and payer."""

    year: str
    line: str
    line_words: str
    item: str
    funding: str
    funding_words: str
    source: str
    amount: float
    is_opportunity: bool


@dataclass(frozen=True, slots=True)
class EvaluationCount:
    """How many evaluations of one level fall due, first and last day, and with what."""

    level: int
    words: str
    count: int
    first: date
    last: date
    instrument: str


@dataclass(frozen=True, slots=True)
class CatalogueLine:
    """A module of the catalogue as an annex lists it."""

    code: str
    title: str
    provider: str
    mode_words: str
    hours: float
    cost_session: Decimal
    cost_person: Decimal
    basis: str
    is_planned: bool


@dataclass(frozen=True, slots=True, eq=False)
class PlanContents:
    """A development plan with all that its document quotes; `years` is the horizon's length."""

    plan: Plan
    currency: str
    years: float
    overview: PlanOverview
    needs: NeedsOverview
    sheets: tuple[InterventionDetail, ...]
    measures: tuple[Intervention, ...]
    paths: tuple[PathLine, ...]
    money: tuple[Money, ...]
    chart: accounts.Chart
    supply: Supply
    evaluations: tuple[EvaluationCount, ...]
    catalogue: tuple[CatalogueLine, ...]


def plan_contents(plan: Plan) -> PlanContents:
    """Everything the development plan quotes; no names of people."""
    sheets = interventions(plan)
    chart = accounts.chart(plan.administration)
    return PlanContents(
        plan=plan,
        currency=plan.administration.currency,
        years=_years(plan.administration),
        overview=plan_overview(plan),
        needs=needs_overview(plan),
        sheets=tuple(s for s in sheets if s.intervention.kind == Intervention.Kind.TRAINING),
        measures=tuple(
            s.intervention for s in sheets if s.intervention.kind == Intervention.Kind.OTHER
        ),
        paths=_paths(plan),
        money=_money(plan, chart),
        chart=chart,
        supply=supply(plan.administration),
        evaluations=_evaluations(plan),
        catalogue=_catalogue(plan),
    )


def _years(administration: Administration) -> float:
    own = PlanningParameters.objects.filter(administration=administration).first()
    return (own.horizon_end - own.horizon_start).days / 365.25 if own else 1.0


def _paths(plan: Plan) -> tuple[PathLine, ...]:
    stated = {
        path.staff_level: path
        for path in LearningPath.objects.filter(administration=plan.administration, profile=None)
    }
    counts = frames.staff_levels(plan.administration, plan.administration.as_of)
    enrolled = frames.level_hours(plan)
    lines = []
    for level in StaffLevel:
        path = stated.get(level.value)
        people, hours, modules = enrolled.get(level.value, (0, 0.0, ()))
        if path is None and not people:
            continue
        lines.append(
            PathLine(
                level=level.value,
                words=str(level.label),
                aim=path.aim if path else "",
                route=path.route if path else "",
                hours_a_year=path.hours_a_year if path else 0,
                staff=counts.get(level.value, 0),
                people=people,
                hours=hours,
                modules=modules,
            )
        )
    return tuple(lines)


def _money(plan: Plan, chart: accounts.Chart) -> tuple[Money, ...]:
    rows = (
        CostLine.objects.filter(intervention__plan=plan)
        .order_by()
        .values_list(
            "fiscal_year", "budget_line", "title", "intervention__funding", "intervention__source",
            "is_opportunity",
        )
        .annotate(total=Sum("amount"))
        .order_by("fiscal_year", "budget_line", "title")
    )  # fmt: skip
    office = plan.administration
    return tuple(
        Money(
            year=year,
            line=line,
            line_words=chart.words(line),
            item=item,
            funding=(own := funding.class_in_year(kind, year, office)),
            funding_words=funding.words(own),
            source=source,
            amount=float(total),
            is_opportunity=opportunity,
        )
        for year, line, item, kind, source, opportunity, total in rows
    )


def _evaluations(plan: Plan) -> tuple[EvaluationCount, ...]:
    rows = Evaluation.objects.filter(session__calendar__plan=plan)
    rows = rows.exclude(session__status="cancelled").order_by()
    found = rows.values_list("level").annotate(
        count=Count("pk"), first=Min("due_on"), last=Max("due_on")
    )
    return tuple(
        EvaluationCount(
            level, wording.evaluation_level(level), count, first, last, wording.instrument(level)
        )
        for level, count, first, last in found.order_by("level")
    )


def _catalogue(plan: Plan) -> tuple[CatalogueLine, ...]:
    rows = Module.objects.filter(administration=plan.administration, is_offered=True)
    planned = set(plan.interventions.values_list("module", flat=True))
    return tuple(
        CatalogueLine(
            code=row.code,
            title=told(row.title),
            provider=row.provider.name,
            mode_words=wording.mode(row.mode),
            hours=float(row.hours + row.self_study_hours),
            cost_session=row.cost_session,
            cost_person=row.cost_person,
            basis=row.price_basis,
            is_planned=row.pk in planned,
        )
        for row in sorted(rows.select_related("provider"), key=lambda row: _natural(row.code))
    )


def _natural(code: str) -> tuple[int, str]:
    digits = "".join(sign for sign in code.split(".")[0] if sign.isdigit())
    return int(digits or 0), code


@dataclass(frozen=True, slots=True)
class OutsideLine:
    """Places in one course outside the sessions that begin in one quarter."""

    quarter: str
    module: str
    title: str
    mode: str
    mode_words: str
    people: int
    hours: float


@dataclass(frozen=True, slots=True)
class MonthMoney:
    """Cash that falls due in one month: sessions and courses outside them [money]."""

    first: date
    sessions: float
    outside: float


@dataclass(frozen=True, slots=True, eq=False)
class CalendarContents:
    """A calendar with all that its document quotes; nominees only in the internal edition.

    online : what is learnt online instead where a storm comes, by code of the module
    """

    calendar: Calendar
    currency: str
    internal: bool
    rows: tuple[SessionRow, ...]
    quarters: tuple[tuple[str, date, date], ...]
    cover: Cover
    supply: Supply
    outside: tuple[OutsideLine, ...]
    months: tuple[MonthMoney, ...]
    evaluations: tuple[tuple[str, str, tuple[date, ...]], ...]
    changes: tuple[CalendarChange, ...]
    holidays: tuple[tuple[date, str], ...]
    online: dict[str, OnlineVersion]
    nominees: dict[str, tuple[str, ...]]
    unit_titles: dict[str, str]
    conflicts: tuple[calendars.Conflict, ...]


def calendar_contents(calendar: Calendar, *, internal: bool = False) -> CalendarContents:
    """Everything the training calendar quotes."""
    administration = calendar.administration
    found = supply(administration)
    rows = calendars.calendar_rows(calendar)
    quarters = tuple((quarter(q.quarter), q.starts_on, q.ends_on) for q in found.quarters)
    covered = cover(calendar)
    return CalendarContents(
        calendar=calendar,
        currency=administration.currency,
        internal=internal,
        rows=rows,
        quarters=quarters,
        cover=covered,
        supply=found,
        outside=_outside(calendar, quarters),
        months=_months(calendar, rows),
        evaluations=_dates(calendar),
        changes=retelling.changes(CalendarChange.objects.filter(calendar=calendar)),
        holidays=_holidays(calendar),
        online=online_versions(administration, {row.module for row in rows if row.fallback_on}),
        nominees=_nominees(calendar) if internal else {},
        unit_titles={station.code: station.title for station in covered.stations},
        conflicts=calendars.conflicts(calendar),
    )


def _outside(
    calendar: Calendar, quarters: tuple[tuple[str, date, date], ...]
) -> tuple[OutsideLine, ...]:
    rows = (
        Enrolment.objects.filter(calendar=calendar, session=None)
        .exclude(module__mode__in=SESSION_MODES)
        .select_related("module")
    )
    counts: dict[tuple[str, str], int] = {}
    modules: dict[str, Module] = {}
    for row in rows:
        name = next((q for q, first, last in quarters if first <= row.starts_on <= last), "")
        modules[row.module.code] = row.module
        counts[name, row.module.code] = counts.get((name, row.module.code), 0) + 1
    return tuple(
        OutsideLine(
            quarter=name,
            module=code,
            title=told(modules[code].title),
            mode=modules[code].mode,
            mode_words=wording.mode(modules[code].mode),
            people=people,
            hours=float(modules[code].hours + modules[code].self_study_hours),
        )
        for (name, code), people in sorted(counts.items())
    )


def _months(calendar: Calendar, rows: tuple[SessionRow, ...]) -> tuple[MonthMoney, ...]:
    held: dict[date, float] = {}
    beside: dict[date, float] = {}
    for row in rows:
        first = row.starts_on.replace(day=1)
        held[first] = held.get(first, 0.0) + float(row.cost)
    for day, cost in frames.outside_costs(calendar):
        first = day.replace(day=1)
        beside[first] = beside.get(first, 0.0) + cost
    return tuple(
        MonthMoney(first, held.get(first, 0.0), beside.get(first, 0.0))
        for first in sorted({*held, *beside})
    )


def _dates(calendar: Calendar) -> tuple[tuple[str, str, tuple[date, ...]], ...]:
    """Each session's code and title with the days on which levels 1 to 4 are due."""
    rows = Evaluation.objects.filter(session__calendar=calendar)
    rows = rows.exclude(session__status="cancelled")
    found: dict[tuple[str, str], list[date]] = {}
    order = ("session__starts_on", "session__code", "level")
    columns = ("session__code", "session__module__title", "due_on")
    for code, title, due in rows.order_by(*order).values_list(*columns):
        found.setdefault((code, told(title)), []).append(due)
    return tuple((code, title, tuple(days)) for (code, title), days in found.items())


def _holidays(calendar: Calendar) -> tuple[tuple[date, str], ...]:
    years = range(calendar.starts_on.year, calendar.ends_on.year + 1)
    days = working_calendar(calendar.administration, years).holidays
    return tuple(
        (day, name)
        for day, name in sorted(days.items())
        if calendar.starts_on <= day <= calendar.ends_on
    )


def _nominees(calendar: Calendar) -> dict[str, tuple[str, ...]]:
    rows = Enrolment.objects.filter(calendar=calendar, session__isnull=False)
    rows = rows.exclude(session__status="cancelled").select_related("staff_member__unit", "session")
    found: dict[str, list[str]] = {}
    for row in rows.order_by("staff_member__unit__position", "staff_member__code"):
        person = row.staff_member
        if row.session is not None:
            found.setdefault(row.session.code, []).append(f"{person} ({person.unit.code})")
    return {code: tuple(names) for code, names in found.items()}
