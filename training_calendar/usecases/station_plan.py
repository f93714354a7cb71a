"""The station release plan of one month: who is away by day against cover, and whose places wait
for the station's answer."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

from django.db.models import QuerySet

from competencies.models import StaffMember, Unit
from hrplan.core.access import OFFICE, has_role
from hrplan.core.frames import rows_of
from hrplan.core.models import Member
from training_calendar.models import Calendar, Consent, Enrolment, TrainingSession
from training_calendar.usecases.cover import cover_days, duty_of

CANCELLED = TrainingSession.Status.CANCELLED
OPEN = "open"


@dataclass(frozen=True, slots=True)
class DayCell:
    """One station on one day; more : who could still go [persons]."""

    day: date
    in_training: int
    on_leave: int
    on_duty: int
    more: int
    is_covered: bool

    @property
    def state(self) -> str:
        """free, used, binding (nobody more may go) or broken (a limit is overstepped)."""
        if not self.is_covered:
            return "broken"
        if not self.in_training:
            return "free"
        return "used" if self.more else "binding"


@dataclass(frozen=True, slots=True)
class StationDays:
    """One unit with its limits and the days of the month; minimum None where none is known."""

    title: str
    rostered: int
    minimum: int | None
    max_away: int
    cells: tuple[DayCell, ...]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place in a session to come; state : open, approved or refused (on earlier days)."""

    place: Enrolment
    state: str
    reason: str
    more: int


@dataclass(frozen=True, slots=True)
class SessionPlaces:
    """A session with places of people whom the reader may see; open : of all of these, unanswered.

    Narrowed, the places are some of them.
    """

    session: TrainingSession
    places: tuple[PlaceRow, ...]
    open: int


@dataclass(frozen=True, slots=True)
class StationPlan:
    """One month; before and after are None at the calendar's ends."""

    first: date
    before: date | None
    after: date | None
    days: tuple[date, ...]
    stations: tuple[StationDays, ...]
    sessions: tuple[SessionPlaces, ...]

    @property
    def open(self) -> int:
        """Places that wait for an answer."""
        return sum(one.open for one in self.sessions)

    @property
    def units(self) -> dict[str, str]:
        """The units whose people have places, by code with their titles."""
        units = {row.place.staff_member.unit for one in self.sessions for row in one.places}
        return {unit.code: unit.title for unit in sorted(units, key=lambda unit: unit.title)}


def station_plan(calendar: Calendar, month: date | None, *, member: Member) -> StationPlan:
    """The plan of a month for the units whose people the member may see.

    month : its first day; None is the first with a session to come; one outside is moved inside
    """
    people = StaffMember.objects.visible_to(member)
    places = _places(calendar, people)
    lowest, highest = calendar.starts_on.replace(day=1), calendar.ends_on.replace(day=1)
    today = calendar.administration.as_of
    first = min(max(month or _next_month(places, today) or lowest, lowest), highest)
    after = (first + timedelta(days=31)).replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    last = after - timedelta(days=1)
    held = list(places.filter(starts_on__lte=last, ends_on__gte=first))
    days, stations, spare = _stations(calendar, first, last, _codes(member, people))
    return StationPlan(
        first=first,
        before=before if before >= lowest else None,
        after=after if after <= highest else None,
        days=days,
        stations=stations,
        sessions=_sessions(held, spare, today),
    )


def _places(calendar: Calendar, people: QuerySet[StaffMember]) -> QuerySet[Enrolment]:
    rows = Enrolment.objects.filter(calendar=calendar, staff_member__in=people)
    rows = rows.filter(session__isnull=False).exclude(session__status=CANCELLED)
    related = rows.select_related("session__module", "session__venue", "staff_member__unit")
    return related.order_by("starts_on", "session__code", "staff_member__code")


def _next_month(places: QuerySet[Enrolment], today: date) -> date | None:
    ahead = places.filter(starts_on__gt=today).values_list("starts_on", flat=True).first()
    return ahead.replace(day=1) if ahead else None


Spare = dict[tuple[str, date], int]


def _stations(
    calendar: Calendar, first: date, last: date, codes: list[str]
) -> tuple[tuple[date, ...], tuple[StationDays, ...], Spare]:
    units = duty_of(calendar.administration)
    units = units[(units["headcount"] > 0) & units["station"].isin(codes)]
    if units.empty:
        return (), (), {}
    rows = cover_days(calendar, first, last, units=units)
    cells: dict[str, list[DayCell]] = {}
    for row in rows_of(rows):
        cells.setdefault(row.station, []).append(
            DayCell(
                day=row.day.date(),
                in_training=int(row.in_training),
                on_leave=int(row.on_leave),
                on_duty=int(row.on_duty),
                more=int(row.releasable),
                is_covered=bool(row.covered),
            )
        )
    stations = tuple(
        StationDays(
            title=unit["title"],
            rostered=int(unit["rostered"]),
            minimum=int(unit["least"]) or None,
            max_away=int(unit["max_away"]),
            cells=tuple(cells.get(unit["station"], ())),
        )
        for unit in units.to_dict("records")
    )
    days = tuple(cell.day for cell in stations[0].cells)
    spare = {(code, cell.day): cell.more for code, listed in cells.items() for cell in listed}
    return days, stations, spare


def _codes(member: Member, people: QuerySet[StaffMember]) -> list[str]:
    """The units whose people these are; for the office all."""
    rows = Unit.objects.visible_to(member)
    if not has_role(member, OFFICE):
        rows = rows.filter(pk__in=people.values("unit"))
    return list(rows.values_list("code", flat=True))


def _sessions(places: list[Enrolment], spare: Spare, today: date) -> tuple[SessionPlaces, ...]:
    ahead = [place for place in places if place.starts_on > today]
    rows = Consent.objects.filter(session__in={place.session_id for place in ahead})
    told = {(row.session_id, row.staff_member_id, row.starts_on): row for row in rows}
    found: dict[int, list[PlaceRow]] = {}
    sessions: dict[int, TrainingSession] = {}
    for place in ahead:
        session = place.session
        if session is None:
            continue
        answer = told.get((session.pk, place.staff_member_id, session.starts_on))
        sessions[session.pk] = session
        found.setdefault(session.pk, []).append(
            PlaceRow(
                place=place,
                state=answer.state if answer else OPEN,
                reason=answer.reason if answer else "",
                more=_least(place, spare),
            )
        )
    return tuple(
        SessionPlaces(sessions[key], tuple(rows), sum(row.state == OPEN for row in rows))
        for key, rows in found.items()
    )


Listed = tuple[SessionPlaces, PlaceRow]


def places_of(
    sessions: Iterable[SessionPlaces], *, unit: str = "", state: str = ""
) -> list[Listed]:
    """The places one by one, each with its session; of a unit by code, and of a state."""
    return [
        (held, row)
        for held in sessions
        for row in held.places
        if unit in ("", row.place.staff_member.unit.code) and state in ("", row.state)
    ]


def by_session(places: Iterable[Listed]) -> list[SessionPlaces]:
    """Some of the places, those of a session together again."""
    groups = groupby(places, key=itemgetter(0))
    return [replace(held, places=tuple(row for _held, row in rows)) for held, rows in groups]


def _least(place: Enrolment, spare: Spare) -> int:
    """How many more of the station could go on the tightest day of the session. [persons]"""
    code = place.staff_member.unit.code
    held = [spare[code, day] for day in _days(place) if (code, day) in spare]
    return min(held, default=0)


def _days(place: Enrolment) -> list[date]:
    span = (place.ends_on - place.starts_on).days + 1
    return [place.starts_on + timedelta(days=number) for number in range(span)]
