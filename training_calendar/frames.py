"""The rows of training as frames: modules, duty of stations, leave, enrolments, costs."""

from collections.abc import Iterable
from datetime import date

import pandas as pd
from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from competencies.frames import frame_of, serving
from competencies.models import IN_FORCE, Framework, StaffMember, Unit
from hrplan.core.models import Administration, Member
from hrplan.core.titles import told
from training_calendar.analysis.outside import is_block
from training_calendar.analysis.rulings import EVERY, SAID
from training_calendar.models import (
    Attendance,
    Calendar,
    Consent,
    CostLine,
    Enrolment,
    Leave,
    Module,
    NeedRuling,
    Outcome,
    Plan,
    Prerequisite,
    Programme,
    TrainingSession,
)

MODULES = {
    "module": "code",
    "pk": "pk",
    "title": "title",
    "mode": "mode",
    "provider": "provider__name",
    "hours": "hours",
    "self_study_hours": "self_study_hours",
    "days": "days",
    "venue_kind": "venue_kind",
    "min_group": "min_group",
    "max_group": "max_group",
    "cost_session": "cost_session",
    "cost_person": "cost_person",
    "travel": "travel",
    "lead_days": "lead_days",
    "min_service_years": "min_service_years",
    "audience_profiles": "audience_profiles",
}
MONEY = ("hours", "self_study_hours", "cost_session", "cost_person")


def unit_codes(administration: Administration) -> frozenset[str]:
    """Codes of the modules that are units of a programme: the programme is planned, not they."""
    rows = Programme.objects.filter(administration=administration)
    pairs = rows.filter(modules__isnull=False).values_list("code", "modules__code")
    return frozenset(unit for programme, unit in pairs if unit != programme)


def modules(administration: Administration) -> pd.DataFrame:
    """One row per module offered that is planned as a whole: the columns of MODULES."""
    rows = Module.objects.filter(administration=administration, is_offered=True).order_by("code")
    frame = frame_of(rows, MODULES)
    frame = frame[~frame["module"].isin(list(unit_codes(administration)))]
    return frame.astype(dict.fromkeys(MONEY, float)).reset_index(drop=True)


def outcomes(administration: Administration) -> pd.DataFrame:
    """One row per (module, competency of the framework in force): level_from, level_to."""
    rows = Outcome.objects.filter(
        module__administration=administration,
        module__is_offered=True,
        competency__framework__state=IN_FORCE,
    )
    columns = {
        "module": "module__code",
        "competency": "competency__code",
        "level_from": "level_from",
        "level_to": "level_to",
    }
    return frame_of(rows, columns).astype({"level_from": int, "level_to": int})


def prerequisites(administration: Administration) -> pd.DataFrame:
    """One row per (module, requires)."""
    rows = Prerequisite.objects.filter(module__administration=administration)
    return frame_of(rows, {"module": "module__code", "requires": "requires__code"})


def stations(administration: Administration, as_of: date) -> pd.DataFrame:
    """One row per unit with the head-count in service: what `analysis.duty.station_duty` takes."""
    heads = dict(
        serving(administration, as_of).order_by().values_list("unit").annotate(heads=Count("pk"))
    )
    columns = {
        "station": "code",
        "pk": "pk",
        "title": "title",
        "region": "region",
        "kind": "kind",
        "pattern": "duty_pattern",
        "is_station": "is_station",
        "share": "max_away_share",
        "minimum": "minimum_on_duty",
        "shifts": "shifts",
        "weekdays": "duty_weekdays",
        "peak_months": "peak_months",
    }
    frame = frame_of(Unit.objects.filter(administration=administration), columns)
    frame["headcount"] = frame["pk"].map(heads).fillna(0).astype("int64")
    frame["weekdays"] = [tuple(days) for days in frame["weekdays"]]
    return frame.astype({"share": float, "minimum": float})


def leave(administration: Administration, staff: Iterable[int] | None = None) -> pd.DataFrame:
    """One row per leave: staff, station, starts_on, ends_on."""
    rows = Leave.objects.filter(staff_member__in=StaffMember.objects.of(administration))
    if staff is not None:
        rows = rows.filter(staff_member__in=staff)
    columns = {
        "staff": "staff_member__code",
        "station": "staff_member__unit__code",
        "starts_on": "starts_on",
        "ends_on": "ends_on",
    }
    return frame_of(rows, columns)


def refusals(administration: Administration) -> pd.DataFrame:
    """One row per answer by which a station keeps somebody, on the days it was asked about."""
    rows = Consent.objects.filter(administration=administration, state=Consent.State.REFUSED)
    last = {"last": Coalesce("ends_on", "starts_on")}
    columns = {"staff": "staff_member__code", "starts_on": "starts_on", "ends_on": "last"}
    return frame_of(rows.annotate(**last), columns)


def blocks(calendar: Calendar) -> pd.DataFrame:
    """One row per course outside the sessions that takes people away in one block of days."""
    rows = Enrolment.objects.filter(calendar=calendar, session=None, module__days__gt=0)
    columns = {
        "staff": "staff_member__code",
        "station": "staff_member__unit__code",
        "session": "module__code",
        "starts_on": "starts_on",
        "ends_on": "ends_on",
        "mode": "module__mode",
        "days": "module__days",
        "hours": "module__hours",
        "self_study_hours": "module__self_study_hours",
    }
    frame = frame_of(rows, columns)
    kept = [
        is_block(mode, days, float(hours), float(own))
        for mode, days, hours, own in frame[
            ["mode", "days", "hours", "self_study_hours"]
        ].itertuples(index=False)
    ]
    return frame.loc[kept, list(columns)[:5]].reset_index(drop=True)


def outside_costs(calendar: Calendar) -> list[tuple[date, float]]:
    """First day and cash of each place outside the sessions that costs anything."""
    rows = Enrolment.objects.filter(calendar=calendar, session=None, cost__gt=0)
    return [(day, float(cost)) for day, cost in rows.values_list("starts_on", "cost")]


def seats(calendar: Calendar) -> pd.DataFrame:
    """One row per place in a session that isn't cancelled, or in a block outside the sessions."""
    rows = Enrolment.objects.filter(calendar=calendar, session__isnull=False)
    columns = {
        "staff": "staff_member__code",
        "station": "staff_member__unit__code",
        "session": "session__code",
        "starts_on": "session__starts_on",
        "ends_on": "session__ends_on",
    }
    held = frame_of(rows.exclude(session__status="cancelled"), columns)
    away = blocks(calendar)
    return pd.concat([held, away], ignore_index=True) if len(away) else held


def costs(plan: Plan) -> pd.DataFrame:
    """One row per cost line of a plan's interventions."""
    columns = {
        "intervention": "intervention__code",
        "title": "intervention__title",
        "funding": "intervention__funding",
        "source": "intervention__source",
        "line": "budget_line",
        "item": "title",
        "quarter": "quarter",
        "year": "fiscal_year",
        "quantity": "quantity",
        "unit": "unit",
        "rate": "rate",
        "amount": "amount",
        "opportunity": "is_opportunity",
    }
    rows = CostLine.objects.filter(intervention__plan=plan).order_by("quarter", "budget_line")
    frame = frame_of(rows, columns)
    return frame.astype({"quantity": float, "rate": float, "amount": float, "opportunity": bool})


def service(administration: Administration, as_of: date) -> dict[str, float]:
    """Years of service by staff code; an unknown day of joining counts as long ago."""
    rows = serving(administration, as_of).values_list("code", "joined_on")
    return {code: 99.0 if day is None else (as_of - day).days / 365.25 for code, day in rows}


def staff_levels(administration: Administration, as_of: date) -> dict[str, int]:
    """People in service by the staff level of their main profile."""
    rows = serving(administration, as_of).filter(profile__isnull=False).order_by()
    return dict(rows.values_list("profile__staff_level").annotate(people=Count("pk")))


def level_hours(plan: Plan) -> dict[str, tuple[int, float, tuple[str, ...]]]:
    """By staff level: people in training, person-hours, and the modules most of them attend."""
    rows = Enrolment.objects.filter(
        intervention__plan=plan, staff_member__profile__isnull=False
    ).exclude(session__status="cancelled")
    columns = {
        "level": "staff_member__profile__staff_level",
        "staff": "staff_member",
        "module": "module__title",
        "hours": "module__hours",
        "own": "module__self_study_hours",
    }
    frame = frame_of(rows, columns).astype({"hours": float, "own": float})
    return {
        str(level): (
            int(part["staff"].nunique()),
            float(part["hours"].sum() + part["own"].sum()),
            tuple(told(title) for title in part["module"].value_counts().index),
        )
        for level, part in frame.groupby("level")
    }


def rulings(administration: Administration) -> pd.DataFrame:
    """One row per ruling on a competency in force: what `analysis.rulings.rulings_of` takes."""
    rows = NeedRuling.objects.filter(
        administration=administration, competency__framework__state=IN_FORCE
    ).select_related("competency", "profile", "approved_by")
    found = [
        {
            "competency": row.competency.code,
            "profile": row.profile.code if row.profile else EVERY,
            "cause": row.cause,
            "ground": row.ground,
            "link": row.link,
            "deadline": row.deadline,
            "reason": row.reason,
            "approver": _office(row.approved_by) if row.approved_by else "",
            "ruling": row.pk,
        }
        for row in rows
    ]
    return pd.DataFrame(found, columns=["competency", "profile", *SAID])


def _office(member: Member) -> str:
    """What a member is, rather than who."""
    return member.function or str(member.get_role_display())


def taken(
    administration: Administration, framework: Framework | None, *, after: date, until: date
) -> pd.DataFrame:
    """One row per (staff, module, competency) attended, of modules that ended within the days.

    staff by id, module and competency by code; ended_on : datetime; completed : bool. Any plan's
    places count, and what the modules lift today. Who completed a module twice did so the first
    time.
    """
    place = "enrolment__"
    rows = Attendance.objects.filter(
        Q(is_completed=True) | Q(hours__gt=0),
        **{
            f"{place}calendar__administration": administration,
            f"{place}ends_on__gt": after,
            f"{place}ends_on__lte": until,
        },
    ).exclude(enrolment__session__status=TrainingSession.Status.CANCELLED)
    columns = {
        "staff": f"{place}staff_member_id",
        "pk": f"{place}module_id",
        "ended_on": f"{place}ends_on",
        "completed": "is_completed",
    }
    found = frame_of(rows.order_by("-is_completed", f"{place}ends_on"), columns)
    found = found.drop_duplicates(["staff", "pk"])
    lifts = {"pk": "module_id", "module": "module__code", "competency": "competency__code"}
    lifted = Outcome.objects.filter(competency__framework=framework)
    found = found.merge(frame_of(lifted.order_by(), lifts), on="pk").drop(columns="pk")
    return found.assign(
        ended_on=pd.to_datetime(found["ended_on"]), completed=found["completed"].astype(bool)
    )
