"""The calendar as pages show it: weeks, the grid of a month, the timeline, one's own enrolments."""

from calendar import Calendar as Weeks
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from competencies.models import MemberScope, StaffMember
from hrplan.core.models import Administration, Member, Role
from training_calendar.models import (
    Calendar,
    Enrolment,
    ReleasedPlace,
    Trainer,
    TrainingSession,
    Venue,
)
from training_calendar.usecases.releases import places_told
from training_calendar.usecases.sessions_list import SessionRow, rows_of, sessions_of

DAY, WEEK = timedelta(days=1), timedelta(days=7)
CANCELLED = TrainingSession.Status.CANCELLED


@dataclass(frozen=True, slots=True)
class Week:
    """The sessions that begin in one week, named by its Monday."""

    monday: date
    sessions: tuple[SessionRow, ...]


@dataclass(frozen=True, slots=True)
class GridDay:
    """One day of a month's grid with the sessions that run on it."""

    day: date
    in_month: bool
    sessions: tuple[SessionRow, ...]


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """One month as weeks of seven days; before and after are None at the calendar's ends."""

    first: date
    weeks: tuple[tuple[GridDay, ...], ...]
    before: date | None
    after: date | None

    @property
    def sessions(self) -> int:
        """How many sessions run in the month."""
        days = (day for week in self.weeks for day in week if day.in_month)
        return len({row.pk for day in days for row in day.sessions})


@dataclass(frozen=True, slots=True)
class Bar:
    """One session on one row of the timeline; `last` is included."""

    session: SessionRow
    row: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows of the timeline (key, title) and the bars on them.

    codes : key of a row -> what a session gets that is dropped there: venue or trainer by code
    """

    rows: tuple[tuple[str, str], ...]
    bars: tuple[Bar, ...]
    codes: dict[str, dict[str, str]]

    @property
    def by_row(self) -> tuple[tuple[str, tuple[SessionRow, ...]], ...]:
        """The title of each row with its sessions."""
        held: dict[str, list[SessionRow]] = {key: [] for key, _title in self.rows}
        for bar in self.bars:
            held[bar.row].append(bar.session)
        return tuple((title, tuple(held[key])) for key, title in self.rows)


def weeks(rows: Sequence[SessionRow]) -> tuple[Week, ...]:
    """The rows by the week in which they begin."""
    found: dict[date, list[SessionRow]] = {}
    for row in rows:
        found.setdefault(row.starts_on - DAY * row.starts_on.weekday(), []).append(row)
    return tuple(Week(monday, tuple(found[monday])) for monday in sorted(found))


def totals_of(sessions: QuerySet[TrainingSession]) -> tuple[int, Decimal]:
    """How many sessions, and all cash of those that aren't cancelled [money]."""
    held = Sum("cost", filter=~Q(status=CANCELLED), default=Decimal(0))
    found = sessions.order_by().aggregate(count=Count("pk"), cost=held)
    return found["count"], found["cost"]


def month_grid(
    calendar: Calendar, month: date | None, *, unit: str = "", module: str = ""
) -> MonthGrid:
    """One month of the calendar, narrowed by the codes of a unit and a module.

    month : None is the first that has a session ahead; one outside is moved to the nearer end
    """
    lowest, highest = calendar.starts_on.replace(day=1), calendar.ends_on.replace(day=1)
    found = sessions_of(calendar, unit=unit, module=module).exclude(status=CANCELLED)
    first = min(max(month or _next_month(calendar, found), lowest), highest)
    last = first + 31 * DAY
    held = rows_of(found.filter(starts_on__lte=last + WEEK, ends_on__gte=first - WEEK))
    grid = tuple(
        tuple(_day(day, first, held) for day in week)
        for week in Weeks().monthdatescalendar(first.year, first.month)
    )
    after = (first + DAY * 31).replace(day=1)
    before = (first - DAY).replace(day=1)
    return MonthGrid(
        first=first,
        weeks=grid,
        before=before if before >= lowest else None,
        after=after if after <= highest else None,
    )


def _next_month(calendar: Calendar, found: QuerySet[TrainingSession]) -> date:
    ahead = found.filter(ends_on__gte=calendar.administration.as_of).first()
    return (ahead.starts_on if ahead else calendar.starts_on).replace(day=1)


def _day(day: date, first: date, rows: Sequence[SessionRow]) -> GridDay:
    running = tuple(row for row in rows if row.starts_on <= day <= row.ends_on)
    return GridDay(day, day.month == first.month, running)


def timeline(rows: Sequence[SessionRow], by: str, titles: dict[str, str]) -> Timeline:
    """The sessions on rows of venues, trainers, modules or units (`titles` of their codes)."""
    bars = [Bar(row, key) for row in rows if row.status != CANCELLED for key in _keys(row, by)]
    names = {bar.row: titles.get(bar.row, bar.row) for bar in bars}
    ordered = tuple(sorted(names.items(), key=lambda pair: pair[1]))
    return Timeline(
        ordered, tuple(bars), {bar.row: found for bar in bars if (found := _given(bar, by))}
    )


def with_idle_rows(found: Timeline, administration: Administration, by: str) -> Timeline:
    """The same with a row for each venue or trainer without a session: something to drop on."""
    every = {
        "venue": Venue.objects.of(administration).values_list("title", "code"),
        "trainer": Trainer.objects.of(administration).values_list("name", "code"),
    }.get(by, ())
    idle = {key: {by: code} for key, code in every if key not in dict(found.rows)}
    rows = sorted((*found.rows, *((key, key) for key in idle)), key=lambda pair: pair[1])
    return replace(found, rows=tuple(rows), codes={**found.codes, **idle})


def _given(bar: Bar, by: str) -> dict[str, str]:
    """The venue or the trainer that the row stands for."""
    code = {"venue": bar.session.venue_code, "trainer": bar.session.trainer_code}.get(by, "")
    return {by: code} if code else {}


def _keys(row: SessionRow, by: str) -> tuple[str, ...]:
    if by == "unit":
        return row.units
    one = {"venue": row.venue or row.region or row.mode_words, "trainer": row.trainer}
    key = one.get(by, row.title)
    return (key,) if key else ()


Place = Enrolment | ReleasedPlace


def enrolments_of(person: StaffMember, *, member: Member) -> tuple[Place, ...]:
    """A person's places, in order: of the working calendar, for staff those of the last release."""
    if member.role == Role.STAFF:
        told = places_told(person).select_related("module__provider", "session__venue")
        return tuple(told)
    rows = Enrolment.objects.filter(staff_member=person, calendar__plan__is_current=True)
    rows = rows.exclude(session__status=CANCELLED)
    return tuple(rows.select_related("module__provider", "session__venue", "session__offer"))


def own_enrolments(member: Member) -> tuple[Place, ...] | None:
    """The member's own places, in order; None where the member stands for no staff member."""
    scope = MemberScope.objects.filter(member=member).select_related("staff_member").first()
    if scope is None or scope.staff_member is None:
        return None
    return enrolments_of(scope.staff_member, member=member)
