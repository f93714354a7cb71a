"""The rows of a training calendar as a version keeps them, for its workbook and its feed."""

from collections.abc import Mapping
from typing import Any

from hrplan.exchange.spec import Column, Kind, Table
from training_calendar.models import Budget, Calendar, Enrolment
from training_calendar.usecases.calendars import calendar_rows
from training_calendar.usecases.cover import cover
from training_calendar.usecases.plan_overview import plan_overview
from training_calendar.usecases.sessions_list import SessionRow

Rows = list[dict[str, Any]]


def rows(calendar: Calendar, *, internal: bool) -> dict[str, Rows]:
    """Sheet -> rows of plain values; places of people only in the internal edition."""
    found = {
        "sessions": [_session(row, internal=internal) for row in calendar_rows(calendar)],
        "cover": _cover(calendar, internal=internal),
        "budget": _budget(calendar),
    }
    if internal:
        found["enrolments"] = _enrolments(calendar)
    return found


def _session(row: SessionRow, *, internal: bool) -> dict[str, Any]:
    lifts = "; ".join(f"{one.title} {one.level_from} → {one.level_to}" for one in row.lifts)
    told = {
        "reference": row.code,
        "module": row.module,
        "title": row.title,
        "lifts": lifts,
        "first_day": row.starts_on.isoformat(),
        "last_day": row.ends_on.isoformat(),
        "days": row.days,
        "hours": row.hours,
        "venue": row.venue,
        "region": row.region,
        "mode": row.mode_words,
        "provider": row.provider,
        "audience": row.audience,
        "places": row.places,
        "nominated": row.nominated,
        "cost": float(row.cost),
        "funding": row.funding_words,
        "source": row.source,
        "status": row.status_words,
        "intervention": row.intervention,
        "indicator": row.indicator,
    }
    return {**told, "trainer": row.trainer} if internal else told


def _cover(calendar: Calendar, *, internal: bool) -> Rows:
    """Weeks with training; who is on leave is not for outside readers."""
    return [
        {
            "station": station.code,
            "title": station.title,
            "week": cell.week.isoformat(),
            "rostered": station.rostered,
            "minimum": station.minimum,
            "most_away": station.max_away,
            "in_training": cell.in_training,
            **({"on_leave": cell.on_leave, "spare": cell.spare} if internal else {}),
        }
        for station in cover(calendar).stations
        for cell in station.cells
        if cell.in_training
    ]


def _budget(calendar: Calendar) -> Rows:
    spent = {row.quarter: row for row in plan_overview(calendar.plan).quarters}
    return [
        {
            "quarter": row.quarter,
            "from": row.starts_on.isoformat(),
            "to": row.ends_on.isoformat(),
            "budget": float(row.amount),
            "sessions": spent[row.quarter].sessions if row.quarter in spent else None,
            "outside": spent[row.quarter].outside if row.quarter in spent else None,
            "source": row.source,
        }
        for row in Budget.objects.filter(administration=calendar.administration_id)
    ]


def _enrolments(calendar: Calendar) -> Rows:
    found = Enrolment.objects.filter(calendar=calendar).exclude(session__status="cancelled")
    names = (
        *("session__code", "module__code", "module__title"),
        *("staff_member__code", "staff_member__name", "staff_member__unit__title"),
        *("starts_on", "ends_on", "cost"),
    )
    heads = ("session", "module", "title", "staff_number", "name", "unit")
    return [
        {
            **dict(zip(heads, row, strict=False)),
            "first_day": row[6].isoformat(),
            "last_day": row[7].isoformat(),
            "cost": float(row[8]),
        }
        for row in found.order_by("starts_on", "session__code", "staff_member__code").values_list(
            *names
        )
    ]


def _text(name: str, meaning: str) -> Column:
    return Column(name=name, meaning=meaning)


def _number(name: str, unit: str, meaning: str) -> Column:
    return Column(name=name, kind=Kind.DECIMAL, unit=unit, meaning=meaning)


def _day(name: str, meaning: str) -> Column:
    return Column(name=name, kind=Kind.DATE, meaning=meaning)


SESSIONS = Table(
    name="sessions",
    columns=(
        _text("reference", "reference of the session"),
        _text("module", "code of the module"),
        _text("title", "what is taught"),
        _text("lifts", "competencies with the levels they are lifted from and to"),
        _day("first_day", "first day"),
        _day("last_day", "last day"),
        _number("days", "days", "length"),
        _number("hours", "hours", "contact hours of one person"),
        _text("venue", "room; empty where there is none"),
        _text("region", "where it is held"),
        _text("mode", "how it is given"),
        _text("provider", "who gives it"),
        _text("trainer", "who leads it"),
        _text("audience", "for whom it is"),
        _number("places", "people", "places there are"),
        _number("nominated", "people", "places given"),
        _number("cost", "money", "all cash of the session"),
        _text("funding", "class of funding"),
        _text("source", "who pays"),
        _text("status", "planned, confirmed, held"),
        _text("intervention", "line of the development plan"),
        _text("indicator", "what shows its success"),
    ),
)
ENROLMENTS = Table(
    name="enrolments",
    columns=(
        _text("session", "reference of the session; empty outside the sessions"),
        _text("module", "code of the module"),
        _text("title", "what is taught"),
        _text("staff_number", "who attends"),
        _text("name", "name of who attends"),
        _text("unit", "unit of who attends"),
        _day("first_day", "first day"),
        _day("last_day", "last day"),
        _number("cost", "money", "cash of this place alone"),
    ),
)
COVER = Table(
    name="cover",
    columns=(
        _text("station", "code of the station"),
        _text("title", "name of the station"),
        _day("week", "Monday of the week"),
        _number("rostered", "people", "on a day of duty"),
        _number("minimum", "people", "to stay on duty; empty where none is set"),
        _number("most_away", "people", "in training on one day"),
        _number("on_leave", "people", "most on one day of the week"),
        _number("in_training", "people", "most on one day of the week"),
        _number("spare", "people", "least above the minimum; empty where none is set"),
    ),
)
BUDGET = Table(
    name="budget",
    columns=(
        _text("quarter", "quarter of the fiscal year"),
        _day("from", "first day"),
        _day("to", "last day"),
        _number("budget", "money", "what there is"),
        _number("sessions", "money", "cash of sessions"),
        _number("outside", "money", "cash of courses outside the sessions"),
        _text("source", "who pays"),
    ),
)
TABLES: Mapping[str, Table] = {table.name: table for table in (SESSIONS, ENROLMENTS, COVER, BUDGET)}
