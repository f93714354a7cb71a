"""Why not: a module without a session, a person without a place, a station that is short."""

from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from competencies.models import StaffMember, Unit
from competencies.rules import small_cell_limit
from hrplan.core.access import require
from hrplan.core.models import Member
from training_calendar import wording
from training_calendar.models import (
    SESSION_MODES,
    Calendar,
    Enrolment,
    Leave,
    Module,
    Need,
    TrainingSession,
)
from training_calendar.rules import can_see_nominees
from training_calendar.solver import check as checker
from training_calendar.usecases import cover, needs, needs_shown, problems, remedies, rewriting
from training_calendar.usecases.conflict_words import Told, told_violations
from training_calendar.usecases.foreseeing import added

CANCELLED = TrainingSession.Status.CANCELLED
MOST = 8
"""Sessions of a module that are judged for one person, the next first."""


@dataclass(frozen=True, slots=True)
class WhyNoSession:
    """A module: the sessions it has, and why its open needs have none."""

    module: Module
    sessions: tuple[TrainingSession, ...]
    reasons: tuple[needs_shown.NeedLine, ...]
    changes: tuple[needs_shown.NeedLine, ...]


@dataclass(frozen=True, slots=True)
class Try:
    """One session of the module for the person: the rules in the way; none where it would do."""

    session: TrainingSession
    in_the_way: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class WhyNoPlace:
    """A person and a module.

    place : the place the person has; `needs` with the reason and the remedy of each, in words
    """

    person: StaffMember
    module: Module
    place: Enrolment | None
    needs: tuple[tuple[Need, str, remedies.RemedyShown | None], ...]
    tries: tuple[Try, ...]


@dataclass(frozen=True, slots=True)
class WhyShort:
    """A station on a day: the figures of both limits, and who is away, as far as seen.

    minimum : None where none is known; more : could go besides [persons]
    """

    unit: Unit
    day: date
    rostered: int
    in_training: int
    on_leave: int
    on_duty: int
    minimum: int | None
    max_away: int
    more: int
    is_covered: bool
    training: tuple[Enrolment, ...]
    leave: tuple[Leave, ...]


def why_no_session(calendar: Calendar, module: Module, *, by: Member) -> WhyNoSession:
    """Why people who need a module have no session of it, from the needs of the plan."""
    require(can_see_nominees(by))
    held = TrainingSession.objects.filter(calendar=calendar, module=module)
    found = needs.needs_overview(calendar.plan, module=module.code, met="no")
    limit = small_cell_limit(by)
    return WhyNoSession(
        module=module,
        sessions=tuple(held.exclude(status=CANCELLED).order_by("starts_on")),
        reasons=needs_shown.need_lines(found.by_reason, limit=limit),
        changes=needs_shown.need_lines(found.by_change, limit=limit),
    )


def why_no_place(
    calendar: Calendar, person: StaffMember, module: Module, *, by: Member
) -> WhyNoPlace:
    """Why somebody has no place in a module: its sessions still to come judged by the checker."""
    require(can_see_nominees(by))
    places = Enrolment.objects.filter(calendar=calendar, staff_member=person, module=module)
    place = places.exclude(session__status=CANCELLED).select_related("session").first()
    lifted = module.outcomes.values("competency")
    rows = Need.objects.filter(plan=calendar.plan_id, staff_member=person, competency__in=lifted)
    words = remedies.Words(calendar.administration)
    open_needs = tuple(
        (
            need,
            wording.reason(need.reason),
            words.shown(need.remedy) if hasattr(need, "remedy") else None,
        )
        for need in rows.select_related("competency", "remedy")
    )
    sought = place is None and module.mode in SESSION_MODES
    tries = _tries(calendar, person, module, by) if sought else ()
    return WhyNoPlace(person, module, place, open_needs, tries)


def _tries(calendar: Calendar, person: StaffMember, module: Module, by: Member) -> tuple[Try, ...]:
    ahead = TrainingSession.objects.filter(
        calendar=calendar, module=module, starts_on__gt=calendar.administration.as_of
    )
    held = list(ahead.exclude(status=CANCELLED).order_by("starts_on")[:MOST])
    if not held:
        return ()
    instance, before = rewriting.state(calendar)
    if person.code not in instance.staff.ids:
        raise ValidationError(_("This person is not in the plan: no job profile, or no unit."))
    was = problems.judged(instance, before).violations
    found = []
    for session in held:
        after = tuple(
            replace(s, staff_ids=(*s.staff_ids, person.code)) if s.session_id == session.code else s
            for s in before
        )
        fresh = added(was, checker.check(instance, after).violations)
        found.append(Try(session, told_violations(fresh, member=by)))
    return tuple(found)


def why_short(calendar: Calendar, unit: Unit, day: date, *, by: Member) -> WhyShort:
    """Why a station is short on a day: both limits, and who is in training or on leave then."""
    require(can_see_nominees(by))
    days = cover.cover_days(calendar, day, day)
    row = next(iter(days[days["station"] == unit.code].to_dict("records")), None)
    if row is None:
        raise ValidationError(_("That is no workday, or nobody is posted to the station."))
    seen = StaffMember.objects.visible_to(by).filter(unit=unit)
    spans = {"starts_on__lte": day, "ends_on__gte": day, "staff_member__in": seen}
    training = Enrolment.objects.filter(calendar=calendar, session__isnull=False, **spans)
    training = training.exclude(session__status=CANCELLED)
    leave = Leave.objects.filter(**spans)
    return WhyShort(
        unit=unit,
        day=day,
        rostered=int(row["rostered"]),
        in_training=int(row["in_training"]),
        on_leave=int(row["on_leave"]),
        on_duty=int(row["on_duty"]),
        minimum=int(row["minimum"]) if row["minimum"] == row["minimum"] else None,
        max_away=int(row["max_away"]),
        more=int(row["releasable"]),
        is_covered=bool(row["covered"]),
        training=tuple(training.select_related("staff_member", "session__module")),
        leave=tuple(leave.select_related("staff_member")),
    )
