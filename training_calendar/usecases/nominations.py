"""Nominations: whose names are due for which course by when, and that they were sent."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from competencies.models import StaffMember
from hrplan.core import audit
from hrplan.core.access import OFFICE, has_role, require
from hrplan.core.models import Administration, Member
from training_calendar import rules
from training_calendar.analysis.nominating import (
    OVERDUE,
    SENT,
    SENT_LATE,
    SOON,
    SOON_DAYS,
    due_on,
    state_of,
)
from training_calendar.models import Consent, Enrolment, Module, Nomination, TrainingSession

CANCELLED = TrainingSession.Status.CANCELLED


@dataclass(frozen=True, slots=True)
class Course:
    """A course to come with a day by which names are due; in a session or on dates of its own.

    people : with a place, of those the reader may see; sent, late : of these, whose name went out
    session, code : of the session, else None and empty
    """

    module: int
    module_code: str
    title: str
    session: int | None
    code: str
    provider: str
    starts_on: date
    ends_on: date
    due_on: date
    people: int
    sent: int
    late: int
    state: str

    @property
    def is_open(self) -> bool:
        return self.state not in {SENT, SENT_LATE}


def courses(member: Member) -> tuple[Course, ...]:
    """The courses to come of the plan in force that ask for names, the nearest day first.

    A manager sees those of the own people, with their numbers alone.
    """
    return _courses(_to_come(member), member.administration.as_of)


def pressing(member: Member) -> tuple[Course, ...]:
    """The courses whose names are overdue or due soon; nothing for who sees no nominees."""
    if not rules.can_see_nominees(member):
        return ()
    today = member.administration.as_of
    soon = today + timedelta(days=SOON_DAYS)
    stated = Q(module__lead_days__gt=0) | Q(session__offer__nominate_by__lte=soon)
    places = _to_come(member).filter(stated)
    found = _courses(places, today)
    return tuple(one for one in found if one.state in {OVERDUE, SOON})


def _courses(places: QuerySet[Enrolment], today: date) -> tuple[Course, ...]:
    found = []
    for row in _grouped(places):
        due = due_on(row["starts_on"], row["nominate_by"], row["module__lead_days"])
        if due is None:
            continue
        found.append(
            Course(
                module=row["module"],
                module_code=row["module__code"],
                title=row["module__title"],
                session=row["session"],
                code=row["session__code"] or "",
                provider=row["module__provider__name"],
                starts_on=row["starts_on"],
                ends_on=row["last"],
                due_on=due,
                people=row["people"],
                sent=row["sent"],
                late=row["late"],
                state=state_of(due, row["out"] if row["sent"] == row["people"] else None, today),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.due_on, one.starts_on, one.module_code)))


def _to_come(member: Member) -> QuerySet[Enrolment]:
    return _places(member).filter(starts_on__gte=member.administration.as_of)


def _places(member: Member) -> QuerySet[Enrolment]:
    rows = Enrolment.objects.filter(
        calendar__administration=member.administration_id, calendar__plan__is_current=True
    ).exclude(session__status=CANCELLED)
    if has_role(member, OFFICE):
        return rows
    return rows.filter(staff_member__in=StaffMember.objects.visible_to(member))


def _grouped(places: QuerySet[Enrolment]) -> QuerySet:
    by = (
        *("module", "module__code", "module__title", "module__lead_days"),
        *("module__provider__name", "session", "session__code", "starts_on"),
    )
    names = Nomination.objects.filter(
        staff_member=OuterRef("staff_member"), module=OuterRef("module"),
        starts_on=OuterRef("starts_on"),
    )  # fmt: skip
    known = places.order_by().annotate(
        sent_on=Subquery(names.values("sent_on")), was_due=Subquery(names.values("due_on"))
    )
    return known.values(*by).annotate(
        people=Count("pk"),
        sent=Count("sent_on"),
        out=Max("sent_on"),
        late=Count("pk", filter=Q(sent_on__gt=F("was_due"))),
        last=Max("ends_on"),
        nominate_by=Min("session__offer__nominate_by"),
    )


def waiting_units(shown: Sequence[Course], member: Member) -> dict[int, list[str]]:
    """Session -> the units whose answer, whether their people may go, is still open."""
    sessions = {one.session for one in shown if one.session is not None}
    places = _places(member).filter(session__in=sessions)
    rows = places.values_list("session", "staff_member", "starts_on", "staff_member__unit__title")
    answered = set(
        Consent.objects.filter(session__in=sessions, state=Consent.State.APPROVED).values_list(
            "session", "staff_member", "starts_on"
        )
    )
    found: dict[int, set[str]] = defaultdict(set)
    for session, person, first, unit in rows:
        if (session, person, first) not in answered:
            found[session].add(unit)
    return {session: sorted(units) for session, units in found.items()}


@transaction.atomic
def note_sent(
    administration: Administration, *, module: Module, starts_on: date, by: Member
) -> int:
    """Write down that the names for a course were sent today; how many of them now. [names]

    Refused where nobody has a place on this day, nothing is due for it, or all went out before.
    """
    require(rules.can_plan(by) and by.administration_id == administration.pk)
    places = list(
        _places(by)
        .filter(module=module, starts_on=starts_on)
        .select_related("session__offer")
        .order_by("staff_member__code")
    )
    if not places:
        raise ValidationError(_("Nobody has a place in a course of this module on this day."))
    due = _due(module, places)
    known = Nomination.objects.filter(module=module, starts_on=starts_on)
    told = set(known.values_list("staff_member", flat=True))
    fresh = [
        Nomination(
            administration=administration,
            staff_member_id=place.staff_member_id,
            module=module,
            starts_on=starts_on,
            due_on=due,
            sent_on=administration.as_of,
            by=by,
        )
        for place in places
        if place.staff_member_id not in told
    ]
    if not fresh:
        raise ValidationError(_("All names for this course were sent before."))
    for row in fresh:
        row.save()
        audit.record("nominate", row, by=by, fields=["sent_on"])
    return len(fresh)


def _due(module: Module, places: Sequence[Enrolment]) -> date:
    first = places[0]
    offer = first.session.offer if first.session else None
    found = due_on(first.starts_on, offer.nominate_by if offer else None, module.lead_days)
    if found is None:
        raise ValidationError(_("No day is stated by which names are due for this course."))
    return found
