"""The rows of a training calendar as a version keeps them, for its workbook and its feed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as noop

from hrplan.core.figures import quarter
from hrplan.core.titles import told
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
            "quarter": quarter(row.quarter),
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
            "title": told(row[2]),
            "first_day": row[6].isoformat(),
            "last_day": row[7].isoformat(),
            "cost": float(row[8]),
        }
        for row in found.order_by("starts_on", "session__code", "staff_member__code").values_list(
            *names
        )
    ]


def _text(name: str, title: str, meaning: str) -> Column:
    return Column(name=name, title=title, meaning=meaning)


def _number(name: str, title: str, unit: str, meaning: str) -> Column:
    return Column(name=name, title=title, kind=Kind.DECIMAL, unit=unit, meaning=meaning)


def _day(name: str, title: str, meaning: str) -> Column:
    return Column(name=name, title=title, kind=Kind.DATE, meaning=meaning)


def _table(name: str, title: str, *columns: Column) -> Table:
    return Table(name=name, title=title, columns=columns, goes_out_only=True)


DAYS, HOURS, PEOPLE, MONEY = noop("days"), noop("hours"), noop("people"), noop("money")
FIRST_DAY = _day("first_day", noop("First day"), noop("first day"))
LAST_DAY = _day("last_day", noop("Last day"), noop("last day"))
MODULE = _text("module", noop("Code of the module"), noop("code of the module"))
TITLE = _text("title", noop("Module"), noop("what is taught"))

SESSIONS = _table(
    "sessions",
    noop("Sessions"),
    _text("reference", noop("Reference"), noop("reference of the session")),
    MODULE,
    TITLE,
    _text("lifts", noop("Lifts"), noop("competencies with the levels they are lifted from and to")),
    FIRST_DAY,
    LAST_DAY,
    _number("days", noop("Days"), DAYS, noop("length")),
    _number("hours", noop("Hours"), HOURS, noop("contact hours of one person")),
    _text("venue", noop("Room"), noop("room; empty where there is none")),
    _text("region", noop("Region"), noop("where it is held")),
    _text("mode", noop("Mode"), noop("how it is given")),
    _text("provider", noop("Provider"), noop("who gives it")),
    _text("trainer", noop("Trainer"), noop("who leads it")),
    _text("audience", noop("For whom"), noop("for whom it is")),
    _number("places", noop("Places"), PEOPLE, noop("places there are")),
    _number("nominated", noop("Nominated"), PEOPLE, noop("places given")),
    _number("cost", noop("Cost"), MONEY, noop("all cash of the session")),
    _text("funding", noop("Funding"), noop("class of funding")),
    _text("source", noop("Who pays"), noop("who pays")),
    _text("status", noop("Status"), noop("planned, confirmed, held")),
    _text("intervention", noop("Intervention"), noop("line of the development plan")),
    _text("indicator", noop("Proof"), noop("what shows its success")),
)
ENROLMENTS = _table(
    "enrolments",
    noop("Enrolments"),
    _text(
        "session",
        noop("Training session"),
        noop("reference of the session; empty outside the sessions"),
    ),
    MODULE,
    TITLE,
    _text("staff_number", noop("Staff number"), noop("who attends")),
    _text("name", noop("Name"), noop("name of who attends")),
    _text("unit", noop("Unit"), noop("unit of who attends")),
    FIRST_DAY,
    LAST_DAY,
    _number("cost", noop("Cost"), MONEY, noop("cash of this place alone")),
)
COVER = _table(
    "cover",
    noop("Cover"),
    _text("station", noop("Code of the station"), noop("code of the station")),
    _text("title", noop("Station"), noop("name of the station")),
    _day("week", noop("Week of"), noop("Monday of the week")),
    _number("rostered", noop("Rostered"), PEOPLE, noop("on a day of duty")),
    _number("minimum", noop("Minimum"), PEOPLE,
            noop("to stay on duty; empty where none is set")),
    _number("most_away", noop("Most away"), PEOPLE, noop("in training on one day")),
    _number("on_leave", noop("On leave"), PEOPLE, noop("most on one day of the week")),
    _number("in_training", noop("In training"), PEOPLE, noop("most on one day of the week")),
    _number("spare", noop("Spare"), PEOPLE,
            noop("least above the minimum; empty where none is set")),
)  # fmt: skip
BUDGET = _table(
    "budget",
    noop("Budget"),
    _text("quarter", noop("Quarter"), noop("quarter of the fiscal year")),
    _day("from", noop("From"), noop("first day")),
    _day("to", noop("To"), noop("last day")),
    _number("budget", noop("Money there is"), MONEY, noop("what there is")),
    _number("sessions", noop("Cash of sessions"), MONEY, noop("cash of sessions")),
    _number("outside", noop("Cash outside"), MONEY, noop("cash of courses outside the sessions")),
    _text("source", noop("Who pays"), noop("who pays")),
)
TABLES: Mapping[str, Table] = {table.name: table for table in (SESSIONS, ENROLMENTS, COVER, BUDGET)}
