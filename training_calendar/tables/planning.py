"""The administration's rows as planning tables, column for column."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from competencies import frames as people
from competencies.models import IN_FORCE, Unit
from competencies.usecases.gaps import GapAnalysis, gap_analysis
from hrplan.core.frames import plain
from hrplan.core.models import Administration
from hrplan.core.workdays import days_between, is_workday, quarter
from hrplan.core.working_calendar import working_calendar
from training_calendar.analysis.cover import max_away
from training_calendar.models import (
    SESSION_MODES,
    Budget,
    Calendar,
    Closure,
    Enrolment,
    Leave,
    Module,
    Offer,
    Outcome,
    PlanningParameters,
    Prerequisite,
    Programme,
    Trainer,
    TrainerAbsence,
    TrainingSession,
    Travel,
    Venue,
    VenueClosure,
)
from training_calendar.tables.planning_specs import COLUMNS

JOIN = "+"
NO_ROLE = "none"
NOBODY = "nobody"
COST_GAP_SHARE = 0.05  # what spending the whole budget weighs against the whole gap
Frame = pd.DataFrame
Reader = Callable[[Administration, date], Frame]


def horizon(administration: Administration) -> PlanningParameters | None:
    return PlanningParameters.objects.filter(administration=administration).first()


def tables_of(administration: Administration, as_of: date) -> dict[str, Frame]:
    """Every table of a planning problem. Refused without planning parameters."""
    if horizon(administration) is None:
        raise ValidationError(_("State the planning parameters first: horizon and constants."))
    analysis = gap_analysis(administration, as_of=as_of)
    from_gaps = {
        "competencies": competencies(analysis),
        "role_profiles": role_profiles(administration, analysis),
        "staff": staff(administration, analysis),
        "assessments": assessments(analysis),
    }
    return from_gaps | {
        name: read(administration, as_of)
        for name, read in READERS.items()
        if name not in from_gaps and name not in {"sessions", "seats"}
    }


def parameters(
    administration: Administration,
    tables: Mapping[str, Frame],
    *,
    cost_gap_share: float = COST_GAP_SHARE,
) -> dict[str, Any]:
    """The constants of the instance by their names in `params.toml`; no `lambda_cost`: derived."""
    own = horizon(administration)
    if own is None:
        raise ValidationError(_("State the planning parameters first: horizon and constants."))
    price = own.lambda_cost
    if price is None:
        money = float(tables["budget"]["amount"].astype(float).sum())
        price = cost_gap_share * total_gap(tables) / money if money else 0.0
    return {
        "name": administration.slug,
        "horizon_start": own.horizon_start,
        "horizon_end": own.horizon_end,
        "discount_beta": own.discount_beta,
        "lambda_cost": round(price, 10),
        "lambda_smooth": own.lambda_smooth,
        "per_diem": float(own.per_diem),
        "max_days_staff_year": own.max_days_staff_year,
    }


def total_gap(tables: Mapping[str, Frame]) -> int:
    """The weighted gap of everybody assessed, in whole levels [points]."""
    rows = tables["staff"].merge(tables["role_profiles"], on="role_id")
    rows = rows.merge(tables["assessments"], on=["staff_id", "competency_id"])
    own = tables["competencies"].set_index("competency_id")["weight"]
    short = (rows["required_level"] - rows["level"]).clip(lower=0)
    return int((short * rows["weight"] * rows["competency_id"].map(own)).sum())


def _frame(name: str, rows: QuerySet | list[tuple[Any, ...]]) -> Frame:
    return pd.DataFrame(list(rows), columns=COLUMNS[name])


def calendar(administration: Administration, as_of: date) -> Frame:
    own = horizon(administration)
    if own is None:
        return _frame("calendar", [])
    years = range(own.horizon_start.year, own.horizon_end.year + 1)
    working = working_calendar(administration, years)
    budgets = list(Budget.objects.filter(administration=administration))
    month = administration.fiscal_year_month
    rows = []
    for number, day in enumerate(days_between(own.horizon_start, own.horizon_end)):
        label = next((b.quarter for b in budgets if b.starts_on <= day <= b.ends_on), None)
        rows.append(
            (day, number, int(is_workday(working, day)), label or quarter(day, month).label)
        )
    return _frame("calendar", rows)


def stations(administration: Administration, as_of: date) -> Frame:
    heads = dict(
        people.serving(administration, as_of)
        .order_by()
        .values_list("unit")
        .annotate(heads=Count("pk"))
    )
    units = Unit.objects.filter(administration=administration)
    return _frame(
        "stations",
        [
            (
                unit.code,
                unit.region,
                unit.kind,
                unit.duty_pattern,
                heads.get(unit.pk, 0),
                unit.max_away_share,
                max_away(heads.get(unit.pk, 0), float(unit.max_away_share)),
            )
            for unit in units
            if unit.is_station or heads.get(unit.pk)
        ],
    )


def travel(administration: Administration, as_of: date) -> Frame:
    rows = Travel.objects.filter(administration=administration)
    return _frame("travel", rows.values_list("from_region", "to_region", "cost"))


def competencies(analysis: GapAnalysis) -> Frame:
    rows = analysis.competencies[["competency", "group", "weight"]]
    return rows.set_axis(COLUMNS["competencies"], axis=1)


def role_profiles(administration: Administration, analysis: GapAnalysis) -> Frame:
    """What each role asks for; competencies that stay out of gap totals (values) are left out.

    Profiles that nobody holds are listed too.
    """
    roles = _roles(administration, analysis)
    held = plain(analysis.required)
    held = held.assign(role_id=held["staff"].map(roles))
    idle = analysis.requirements.rename(columns={"profile": "role_id", "level": "required"})
    idle = idle[~idle["role_id"].isin(list(roles.values()))]
    columns = ["role_id", "competency", "required", "weight"]
    asked = pd.concat([held[columns], idle[columns]]) if len(idle) else held[columns]
    asked = asked[~asked["competency"].isin(list(analysis.left_out))]
    asked = asked.drop_duplicates(columns[:2]).sort_values(columns[:2])
    asked = asked.astype({"required": int, "weight": int})
    return asked.set_axis(COLUMNS["role_profiles"], axis=1).reset_index(drop=True)


def _roles(administration: Administration, analysis: GapAnalysis) -> dict[str, str]:
    """The role of each person: the main profile, and any others joined to it.

    Who is exempt from a competency has a role of their own, which doesn't ask for it.
    """
    more: dict[int, list[str]] = {}
    day = analysis.as_of
    second, exempt = people.of_persons(administration, analysis.framework, day)
    without = [(person, f"x{topic}") for person, topic in exempt]
    for person, part in (*sorted(second), *sorted(without)):
        more.setdefault(person, []).append(part)
    main = analysis.people[["pk", "staff", "profile"]].dropna()
    return {
        code: JOIN.join(dict.fromkeys([profile, *more.get(person, [])]))
        for person, code, profile in main.itertuples(index=False)
    }


def staff(administration: Administration, analysis: GapAnalysis) -> Frame:
    roles = _roles(administration, analysis)
    rows = analysis.people[["staff", "unit", "grade"]]
    rows.insert(2, "role", rows["staff"].map(roles).fillna(NO_ROLE))
    return rows.set_axis(COLUMNS["staff"], axis=1)


def assessments(analysis: GapAnalysis) -> Frame:
    """Held levels rounded down; who was not assessed has no row."""
    rows = plain(analysis.levels[["staff", "competency", "level"]])
    rows = rows.assign(level=(rows["level"].astype(float) + 1e-9) // 1)
    return rows.astype({"level": "int64"}).set_axis(COLUMNS["assessments"], axis=1)


def leave(administration: Administration, as_of: date) -> Frame:
    serving = people.serving(administration, as_of).values("pk")
    rows = Leave.objects.filter(staff_member__in=serving)
    return _frame("leave", rows.values_list("staff_member__code", "starts_on", "ends_on"))


def session_modules(administration: Administration) -> QuerySet[Module]:
    """Modules offered in sessions; the units of a programme are planned with it, not one by one."""
    programmes = Programme.objects.filter(administration=administration).values("code")
    units = Module.objects.filter(programmes__administration=administration)
    units = units.exclude(code__in=programmes)
    rows = Module.objects.filter(administration=administration, is_offered=True)
    return rows.filter(mode__in=SESSION_MODES).exclude(pk__in=units.values("pk")).order_by("code")


def modules(administration: Administration, as_of: date) -> Frame:
    rows = session_modules(administration).values_list(
        "code", "mode", "days", "min_group", "max_group", "cost_session", "cost_person",
        "venue_kind",
    )  # fmt: skip
    return _frame("modules", rows)


def effects(administration: Administration, *, with_from_level: bool = False) -> Frame:
    rows = Outcome.objects.filter(
        module__in=session_modules(administration), competency__framework__state=IN_FORCE
    ).order_by("module__code", "competency__position")
    names = ["module__code", "competency__code", "level_to", "level_from"]
    found = pd.DataFrame(
        list(rows.values_list(*names)), columns=[*COLUMNS["module_effects"], "from_level"]
    )
    return found if with_from_level else found[COLUMNS["module_effects"]]


def prerequisites(administration: Administration, as_of: date) -> Frame:
    """Prerequisites among the modules held in sessions; see `frames.prerequisites` for all."""
    held = session_modules(administration)
    rows = Prerequisite.objects.filter(module__in=held, requires__in=held)
    return _frame("prerequisites", rows.values_list("module__code", "requires__code"))


def blackouts(administration: Administration, as_of: date) -> Frame:
    known = set(stations(administration, as_of)["station_id"])
    rows = Closure.objects.filter(administration=administration).values_list(
        "starts_on", "ends_on", "scope", "region", "unit__code"
    )
    listed = [
        (first, last, scope, (unit if scope == "STATION" else region) or "")
        for first, last, scope, region, unit in rows
    ]
    return _frame("blackouts", [r for r in listed if r[2] != "STATION" or r[3] in known])


def budget(administration: Administration, as_of: date) -> Frame:
    named = set(calendar(administration, as_of)["quarter"])
    rows = Budget.objects.filter(administration=administration)
    found = rows.values_list("quarter", "amount")
    return _frame("budget", [row for row in found if row[0] in named])


def current_calendar(administration: Administration) -> Calendar | None:
    """The calendar of the plan in force."""
    rows = Calendar.objects.filter(administration=administration, plan__is_current=True)
    return rows.select_related("administration", "plan").order_by("-pk").first()


def sessions(administration: Administration, as_of: date) -> Frame:
    rows = (
        TrainingSession.objects.filter(calendar=current_calendar(administration))
        .exclude(status=TrainingSession.Status.CANCELLED)
        .values_list(
            "code", "module__code", "starts_on", "ends_on", "venue__code", "offer__code",
            "trainer__code",
        )
    )  # fmt: skip
    return _frame("sessions", [(*row[:4], row[4] or row[5] or "", row[6] or "") for row in rows])


def seats(administration: Administration, as_of: date) -> Frame:
    rows = Enrolment.objects.filter(
        calendar=current_calendar(administration), session__isnull=False
    ).exclude(session__status=TrainingSession.Status.CANCELLED)
    return _frame("seats", rows.values_list("session__code", "staff_member__code"))


def _plain(name: str, rows: Callable[[Administration], QuerySet], *fields: str) -> Reader:
    def read(administration: Administration, as_of: date) -> Frame:
        return _frame(name, rows(administration).values_list(*fields))

    return read


def _of(model: Any, owner: str = "administration", **more: Any) -> Callable[..., QuerySet]:
    return lambda administration: model.objects.filter(**{owner: administration}, **more)


def _trained(administration: Administration) -> QuerySet[Trainer]:
    held = session_modules(administration)
    return Trainer.objects.filter(administration=administration, modules__in=held)


def _offered(administration: Administration) -> QuerySet[Offer]:
    return Offer.objects.filter(
        administration=administration,
        module__in=session_modules(administration).filter(mode="external"),
    )


SPAN = ("starts_on", "ends_on")
READERS: Mapping[str, Reader] = {
    "calendar": calendar,
    "stations": stations,
    "travel": travel,
    "competencies": lambda a, d: competencies(gap_analysis(a, as_of=d)),
    "role_profiles": lambda a, d: role_profiles(a, gap_analysis(a, as_of=d)),
    "staff": lambda a, d: staff(a, gap_analysis(a, as_of=d)),
    "assessments": lambda a, d: assessments(gap_analysis(a, as_of=d)),
    "leave": leave,
    "modules": modules,
    "module_effects": lambda a, d: effects(a),
    "prerequisites": prerequisites,
    "venues": _plain("venues", _of(Venue), "code", "region", "kind", "capacity", "cost_day"),
    "venue_closed": _plain(
        "venue_closed", _of(VenueClosure, "venue__administration"), "venue__code", *SPAN
    ),
    "instructors": _plain("instructors", _of(Trainer), "code", "region", "max_days_quarter"),
    "instructor_quals": _plain("instructor_quals", _trained, "code", "modules__code"),
    "instructor_unavailable": _plain(
        "instructor_unavailable", _of(TrainerAbsence, "trainer__administration"),
        "trainer__code", *SPAN,
    ),
    "external_offers": _plain(
        "external_offers", _offered, "code", "module__code", *SPAN, "places", "region"
    ),
    "blackouts": blackouts,
    "budget": budget,
    "sessions": sessions,
    "seats": seats,
}  # fmt: skip
