"""The planning tables, an interchange format with words of its own (station, seat, instructor)."""

from decimal import Decimal

from hrplan.exchange.spec import Column, Kind, Table
from training_calendar.tables.specs import amount, code, day, text, whole

SESSION_MODES = ("classroom", "online", "external")


def span(last: str = "to_date") -> tuple[Column, Column]:
    """The two days of a period, both included."""
    return day("from_date", "first day", required=True), day(last, "last day", required=True)


PERIOD = (("from_date", "to_date"),)

TABLES: tuple[Table, ...] = (
    Table(
        name="calendar", title="Calendar", meaning="Every day of the horizon.",
        columns=(
            day("date", "the day", key=True),
            whole("day", "number of the day from 0", required=True),
            whole("workday", "1 on working days, 0 on week-ends and holidays", high=1,
                  required=True),
            text("quarter", "quarter of the budget", length=20, required=True),
        ),
    ),
    Table(
        name="stations", title="Stations", meaning="Units with the most people away on one day.",
        columns=(
            code("station_id", "the station", key=True),
            text("region_id", "its region", length=40, required=True),
            text("kind", "kind of station", length=40),
            text("shift", "hours pattern", length=120),
            whole("headcount", "people in service", unit="persons"),
            amount("max_away_pct", "share that may be away", unit="0..1"),
            whole("max_away", "most people in training on one day", unit="persons", required=True),
        ),
    ),
    Table(
        name="travel", title="Travel", meaning="What a trip costs one person, both ways.",
        columns=(
            Column(name="from_region", key=True, max_length=40, meaning="region left"),
            Column(name="to_region", key=True, max_length=40, meaning="region visited"),
            amount("trip_cost", "fares both ways", required=True),
        ),
    ),
    Table(
        name="competencies", title="Competencies", meaning="Competencies with their weight.",
        columns=(
            code("competency_id", "the competency", key=True),
            text("family", "its group", length=120),
            whole("weight", "weight", low=1, high=9, required=True),
        ),
    ),
    Table(
        name="role_profiles", title="Role profiles",
        meaning="Level and weight each role asks for; combined profiles are joined by +.",
        columns=(
            code("role_id", "the role", key=True),
            code("competency_id", "the competency", key=True, to="competencies.competency_id"),
            whole("required_level", "level asked", unit="level", low=1, high=5, required=True),
            whole("weight", "weight in the role", low=1, high=9, required=True),
        ),
    ),
    Table(
        name="staff", title="Staff", meaning="People with their station and role.",
        columns=(
            code("staff_id", "the person", key=True),
            code("station_id", "the station", to="stations.station_id"),
            code("role_id", "the role", required=False),
            whole("grade", "grade, for reports only", default=1),
        ),
    ),
    Table(
        name="assessments", title="Assessments",
        meaning="Levels held, rounded down; a missing row is not assessed, never 0.",
        columns=(
            code("staff_id", "the person", key=True, to="staff.staff_id"),
            code("competency_id", "the competency", key=True, to="competencies.competency_id"),
            whole("level", "level held", unit="level", high=5, required=True),
        ),
    ),
    Table(
        name="leave", title="Leave", meaning="Days people are away.",
        columns=(code("staff_id", "the person", to="staff.staff_id"), *span()), periods=PERIOD,
    ),
    Table(
        name="modules", title="Modules", meaning="Modules held in sessions.",
        columns=(
            code("module_id", "the module", key=True),
            Column(name="mode", kind=Kind.CHOICE, choices=SESSION_MODES, required=True,
                   meaning="how it is held"),
            whole("duration_days", "days of a session", unit="days", low=1, required=True),
            whole("min_seats", "smallest group", unit="persons", required=True),
            whole("max_seats", "largest group", unit="persons", low=1, required=True),
            amount("cost_session", "tutor and material", required=True),
            amount("cost_seat", "fee of one person", required=True),
            text("venue_kind", "kind of venue", length=20),
        ),
    ),
    Table(
        name="module_effects", title="Effects of modules",
        meaning="Attending raises the competency to that level.",
        columns=(
            code("module_id", "the module", key=True, to="modules.module_id"),
            code("competency_id", "the competency", key=True, to="competencies.competency_id"),
            whole("to_level", "level reached", unit="level", low=1, high=5, required=True),
        ),
    ),
    Table(
        name="prerequisites", title="Prerequisites of modules", meaning="All of them are needed.",
        columns=(
            code("module_id", "the module", key=True, to="modules.module_id"),
            code("requires_module_id", "what it needs first", key=True, to="modules.module_id"),
        ),
        acyclic=(("module_id", "requires_module_id"),),
    ),
    Table(
        name="venues", title="Rooms", meaning="Rooms where sessions are held.",
        columns=(
            code("venue_id", "the room", key=True),
            text("region_id", "its region", length=40, required=True),
            text("kind", "kind of room", length=20, required=True),
            whole("capacity", "places", unit="persons", low=1, required=True),
            amount("cost_day", "hire of a day", required=True),
        ),
    ),
    Table(
        name="venue_closed", title="Closed rooms", meaning="Days a room cannot be had.",
        columns=(code("venue_id", "the room", to="venues.venue_id"), *span()), periods=PERIOD,
    ),
    Table(
        name="instructors", title="Instructors", meaning="Who leads sessions.",
        columns=(
            code("instructor_id", "the instructor", key=True),
            text("region_id", "region lived in", length=40, required=True),
            whole("max_days_quarter", "most days a quarter", unit="days", required=True),
        ),
    ),
    Table(
        name="instructor_quals", title="Qualifications of instructors",
        meaning="What each instructor may lead.",
        columns=(
            code("instructor_id", "the instructor", key=True, to="instructors.instructor_id"),
            code("module_id", "the module", key=True, to="modules.module_id"),
        ),
    ),
    Table(
        name="instructor_unavailable", title="Absences of instructors",
        meaning="Days an instructor is away.",
        columns=(code("instructor_id", "the instructor", to="instructors.instructor_id"), *span()),
        periods=PERIOD,
    ),
    Table(
        name="external_offers", title="External offers", meaning="Runs with fixed dates.",
        columns=(
            code("offer_id", "the offer", key=True),
            code("module_id", "the module", to="modules.module_id"),
            day("start_date", "first day", required=True),
            day("end_date", "last day", required=True),
            whole("seats", "places", unit="persons", required=True),
            text("region_id", "where it is held", length=40, required=True),
        ),
        periods=(("start_date", "end_date"),),
    ),
    Table(
        name="blackouts", title="Black-outs",
        meaning="ALL: nothing runs; REGION: its rooms are shut; STATION: nobody may be away.",
        columns=(
            *span(),
            Column(name="scope", kind=Kind.CHOICE, choices=("ALL", "REGION", "STATION"),
                   required=True, meaning="what is closed"),
            text("scope_id", "the region or the station", length=40),
        ),
        periods=PERIOD,
    ),
    Table(
        name="budget", title="Budget", meaning="Money of each quarter.",
        columns=(
            Column(name="quarter", key=True, max_length=20, meaning="the quarter"),
            Column(name="amount", kind=Kind.DECIMAL, minimum=Decimal(0), required=True,
                   unit="money", meaning="money for training"),
        ),
    ),
    Table(
        name="sessions", title="Sessions", meaning="The calendar: one group, one module, once.",
        columns=(
            code("session_id", "the session", key=True),
            code("module_id", "the module", to="modules.module_id"),
            day("start_date", "first day", required=True),
            day("end_date", "last day", required=True),
            code("venue_id", "room, or offer of an external module", required=False),
            code("instructor_id", "instructor; none if external", required=False),
        ),
        periods=(("start_date", "end_date"),),
    ),
    Table(
        name="seats", title="Seats", meaning="Who is in which session.",
        columns=(
            code("session_id", "the session", key=True, to="sessions.session_id"),
            code("staff_id", "the person", key=True, to="staff.staff_id"),
        ),
    ),
)  # fmt: skip
COLUMNS = {table.name: [column.name for column in table.columns] for table in TABLES}
