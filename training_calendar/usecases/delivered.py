"""Planned against delivered: what sessions were told to be, and what came of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from competencies.models import StaffMember
from competencies.usecases.gaps import gap_analysis
from hrplan.core.access import require
from hrplan.core.audit import record
from hrplan.core.frames import rows_of
from hrplan.core.models import Administration, Member
from training_calendar import rules
from training_calendar.analysis import delivered as pure
from training_calendar.analysis.delivered import Lifted, Measure
from training_calendar.models import Enrolment, Need, ReleasedSession, TrainingSession

CANCELLED = TrainingSession.Status.CANCELLED


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session that is over, or was to be; planned as the first release told it.

    late : days later than told, None where it was cancelled
    seats [persons], hours [person-hours], cost [money]
    """

    pk: int
    code: str
    title: str
    is_cancelled: bool
    is_told: bool
    planned_from: date
    planned_to: date
    starts_on: date
    ends_on: date
    late: int | None
    seats: Measure
    hours: Measure
    cost: Measure


@dataclass(frozen=True, slots=True)
class Delivered:
    """All sessions of the plan that are over, in total and one by one.

    moved, cancelled : sessions of them; ahead : sessions still to come
    gap : levels the plan was to add by training that is over, and those added [level]
    """

    lines: tuple[SessionLine, ...]
    moved: int
    cancelled: int
    ahead: int
    seats: pure.Sum
    hours: pure.Sum
    cost: pure.Sum
    gap: pure.Sum


def delivered(administration: Administration, span: tuple[date, date] | None = None) -> Delivered:
    """What the plan in force has delivered up to today, or of a span of days as first told."""
    sessions = TrainingSession.objects.filter(
        administration=administration, calendar__plan__is_current=True
    )
    told = first_told(administration)
    today = administration.as_of
    every = [_line(row, told.get(row["code"])) for row in _rows(sessions)]
    over = [one for one in every if max(one.planned_to, one.ends_on) <= today]
    if span:
        over = [one for one in over if span[0] <= one.planned_from <= span[1]]
    return Delivered(
        lines=tuple(sorted(over, key=lambda one: (one.planned_from, one.code))),
        moved=sum(bool(one.late) for one in over),
        cancelled=sum(one.is_cancelled for one in over),
        ahead=sum(one.ends_on > today and not one.is_cancelled for one in every),
        seats=pure.summed([one.seats for one in over]),
        hours=pure.summed([one.hours for one in over]),
        cost=pure.summed([one.cost for one in over]),
        gap=pure.gap_effect(_lifted(administration, span)),
    )


def _rows(sessions: QuerySet[TrainingSession]) -> Iterable[dict]:
    came = Q(enrolments__attendance__hours__gt=0)
    return sessions.values(
        *("pk", "code", "module__title", "module__hours", "status", "starts_on", "ends_on"),
        *("cost", "cost_paid"),
    ).annotate(
        given=Count("enrolments"),
        recorded=Count("enrolments__attendance"),
        came=Count("enrolments", filter=came),
        hours=Sum("enrolments__attendance__hours"),
    )


def first_told(administration: Administration) -> Mapping[str, tuple[date, date, int]]:
    """Session -> first and last day and places of the first release that told it."""
    rows = (
        ReleasedSession.objects.filter(release__administration=administration)
        .annotate(people=Count("places"))
        .order_by("-release__number")
        .values_list("code", "starts_on", "ends_on", "people")
    )
    return {code: (first, last, people) for code, first, last, people in rows}


def _line(row: dict, told: tuple[date, date, int] | None) -> SessionLine:
    first, last, people = told or (row["starts_on"], row["ends_on"], row["given"])
    is_cancelled = row["status"] == CANCELLED
    nothing = 0 if is_cancelled else None
    known = 0 < row["given"] == row["recorded"] and not is_cancelled
    paid = row["cost_paid"]
    return SessionLine(
        pk=row["pk"],
        code=row["code"],
        title=row["module__title"],
        is_cancelled=is_cancelled,
        is_told=told is not None,
        planned_from=first,
        planned_to=last,
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        late=None if is_cancelled else pure.days_late(first, row["starts_on"]),
        seats=Measure(people, row["came"] if known else nothing),
        hours=Measure(
            float(row["module__hours"]) * people, float(row["hours"]) if known else nothing
        ),
        cost=Measure(float(row["cost"]), nothing if paid is None else float(paid)),
    )


def _lifted(administration: Administration, span: tuple[date, date] | None) -> list[Lifted]:
    """The gaps that places which are over were to narrow, with what is held today."""
    places = Enrolment.objects.filter(
        calendar__administration=administration,
        calendar__plan__is_current=True,
        ends_on__lte=administration.as_of,
    ).exclude(session__status=CANCELLED)
    if span:
        places = places.filter(starts_on__range=span)
    ended = {
        (person, module): last
        for person, module, last in places.values_list("staff_member", "module", "ends_on")
    }
    if not ended:
        return []
    needs = Need.objects.filter(
        plan__administration=administration, plan__is_current=True, is_met=True,
        staff_member__in=places.values("staff_member"),
    )  # fmt: skip
    asked = [
        (person, code, topic, ended[person, module], held, reached)
        for person, code, topic, module, held, reached in needs.values_list(
            *("staff_member", "staff_member__code", "competency__code", "module", "held"),
            "reached",
        )
        if (person, module) in ended
    ]
    now = _levels_since(administration, asked)
    return [
        Lifted(held, reached, now.get((code, topic)))
        for _person, code, topic, _last, held, reached in asked
    ]


def _levels_since(administration: Administration, asked: list) -> dict[tuple[str, str], float]:
    """(staff, competency) -> level held, where somebody rated it on the last day or later."""
    if not asked:
        return {}
    people = StaffMember.objects.filter(pk__in={row[0] for row in asked})
    analysis = gap_analysis(administration, people=people, with_units=False)
    ended = pd.DataFrame(
        [(code, topic, last) for _person, code, topic, last, *_rest in asked],
        columns=["staff", "competency", "ended_on"],
    )
    seen = analysis.ratings.merge(ended, on=["staff", "competency"])
    later = pd.to_datetime(seen["rated_on"]) >= pd.to_datetime(seen["ended_on"])
    rated = set(seen.loc[later, ["staff", "competency"]].itertuples(index=False, name=None))
    return {
        (row.staff, row.competency): float(row.held)
        for row in rows_of(analysis.cells)
        if (row.staff, row.competency) in rated and row.assessed
    }


@transaction.atomic
def note_cost(session: TrainingSession, *, cost_paid: Decimal | None, by: Member) -> None:
    """Write down what a session cost in the end; None takes it back. Refused before it began."""
    require(rules.can_change_calendar(by, session.calendar))
    if session.starts_on > session.administration.as_of and session.status != CANCELLED:
        raise ValidationError(_("It has not begun yet."))
    if cost_paid is not None and cost_paid < 0:
        raise ValidationError({"cost_paid": _("A cost is not below 0.")})
    TrainingSession.objects.filter(pk=session.pk).update(cost_paid=cost_paid)
    record("note_cost", session, by=by, fields=["cost_paid"])
