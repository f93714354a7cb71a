"""Evaluation months later: what is due of whom, what supervisors say, what is taught back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from competencies.models import StaffMember
from hrplan.core.access import require
from hrplan.core.audit import record
from hrplan.core.models import Administration, Member
from hrplan.core.workdays import add_workdays
from hrplan.core.working_calendar import working_calendar
from training_calendar import rules
from training_calendar.analysis.evaluating import TEACH_BACK_DAYS
from training_calendar.analysis.progress import DAYS_A_MONTH
from training_calendar.models import (
    BehaviourReport,
    Enrolment,
    Evaluation,
    Mode,
    TeachBack,
    TrainingSession,
)
from training_calendar.usecases import constants

RELATED = ("staff_member__unit", "staff_member__administration", "module", "session")
AHEAD = timedelta(days=60)
"""How far ahead the dates of evaluations are listed."""


@dataclass(frozen=True, slots=True)
class DuePlace:
    """One person of whom something is due."""

    place: Enrolment
    due_on: date
    may_answer: bool


@dataclass(frozen=True, slots=True)
class Untested:
    """A session that is over, and how many of those who attended have no result before or after."""

    pk: int
    code: str
    title: str
    due_on: date
    missing: int


def later(administration: Administration, days: Iterable[date], months: int) -> dict[date, date]:
    """Day -> the first workday so many months after it."""
    every = set(days)
    shift = timedelta(days=round(months * DAYS_A_MONTH))
    years = {day.year + more for day in every for more in (0, 1, 2)}
    working = working_calendar(administration, years)
    return {day: add_workdays(working, day + shift, 0) for day in every}


def behaviour_asked(administration: Administration) -> QuerySet[Enrolment]:
    """The places completed so long ago that the supervisor is asked; some days may be lacking."""
    months = constants.planning_constants(administration).behaviour_months
    before = administration.as_of - timedelta(days=round(months * DAYS_A_MONTH))
    return Enrolment.objects.filter(
        calendar__administration=administration, attendance__is_completed=True, ends_on__lte=before
    )


def behaviour_due(
    member: Member, people: QuerySet[StaffMember] | None = None
) -> tuple[DuePlace, ...]:
    """Of whom the supervisor has to say what is used at work, the longest due first.

    people : whom the member may see, where that is known already
    """
    owner = member.administration
    months = constants.planning_constants(owner).behaviour_months
    rows = behaviour_asked(owner).filter(behaviour=None, staff_member__in=_seen(member, people))
    return _due(rows, member, lambda days: later(owner, days, months))


def returned(administration: Administration) -> QuerySet[Enrolment]:
    """The places of those who attended a course outside; they teach it to colleagues."""
    return Enrolment.objects.filter(
        calendar__administration=administration,
        attendance__hours__gt=0,
        module__mode=Mode.EXTERNAL,
        ends_on__lte=administration.as_of,
    )


def teach_back_due(
    member: Member, people: QuerySet[StaffMember] | None = None
) -> tuple[DuePlace, ...]:
    """Who came back from a course outside and has not taught it yet, the longest due first.

    people : as of `behaviour_due`
    """
    rows = returned(member.administration).filter(
        teach_back=None, staff_member__in=_seen(member, people)
    )
    span = timedelta(days=TEACH_BACK_DAYS)
    return _due(rows, member, lambda days: {day: day + span for day in days})


def _seen(member: Member, people: QuerySet[StaffMember] | None) -> QuerySet[StaffMember]:
    return StaffMember.objects.visible_to(member) if people is None else people


def _due(
    rows: QuerySet[Enrolment], member: Member, of: Callable[[set[date]], Mapping[date, date]]
) -> tuple[DuePlace, ...]:
    """The places with the day that `of` gives for their last day."""
    people = StaffMember.objects.filter(rules.reported_by(member), pk=OuterRef("staff_member"))
    known = rows.annotate(is_mine=Exists(people)).select_related(*RELATED)
    places = list(known.order_by("ends_on", "staff_member__code"))
    days = of({place.ends_on for place in places})
    return tuple(
        DuePlace(place, days[place.ends_on], place.is_mine)  # type: ignore[attr-defined]
        for place in places
    )


def tests_due(administration: Administration) -> tuple[Untested, ...]:
    """The sessions whose results before or after are not all known, due on their last day."""
    sessions = TrainingSession.objects.filter(
        administration=administration, ends_on__lte=administration.as_of
    ).exclude(status=TrainingSession.Status.CANCELLED)
    attended = Q(enrolments__attendance__hours__gt=0)
    unknown = Q(enrolments__attendance__result=None) | Q(enrolments__attendance__result_before=None)
    rows = sessions.annotate(missing=Count("enrolments", filter=attended & unknown))
    found = rows.filter(missing__gt=0).order_by("ends_on", "code")
    return tuple(
        Untested(*row)
        for row in found.values_list("pk", "code", "module__title", "ends_on", "missing")
    )


def dates_ahead(administration: Administration) -> QuerySet[Evaluation]:
    """The evaluations of the plan in force whose day comes next."""
    today = administration.as_of
    return (
        Evaluation.objects.filter(
            session__administration=administration,
            session__calendar__plan__is_current=True,
            due_on__range=(today, today + AHEAD),
        )
        .exclude(session__status=TrainingSession.Status.CANCELLED)
        .select_related("session__module")
        .order_by("due_on", "level", "session__code")
    )


@transaction.atomic
def report_behaviour(
    place: Enrolment, *, use: str, has_sample: bool = False, words: str = "", by: Member
) -> BehaviourReport:
    """Say what of a module somebody uses at work; said again it stands in place of the first.

    Refused of oneself, by who leads the person not, before its day, and where it was not completed.
    """
    require(rules.can_report_use(by, place.staff_member))
    owner = place.calendar.administration
    held = getattr(place, "attendance", None)
    if held is None or not held.is_completed:
        raise ValidationError(_("Only who completed the module is asked about."))
    months = constants.planning_constants(owner).behaviour_months
    due = later(owner, [place.ends_on], months)[place.ends_on]
    if owner.as_of < due:
        raise ValidationError(_("It is asked from %(day)s on.") % {"day": due.isoformat()})
    if use not in BehaviourReport.Use.values:
        raise ValidationError({"use": _("Choose one of the answers.")})
    made, _new = BehaviourReport.objects.update_or_create(
        enrolment=place,
        defaults={
            "administration": owner,
            "staff_member": place.staff_member,
            "use": use,
            "has_sample": has_sample,
            "words": words.strip(),
            "on": owner.as_of,
            "by": by,
        },
    )
    record("report_use", made, by=by, fields=["use", "has_sample", "words"])
    return made


@transaction.atomic
def note_teach_back(place: Enrolment, *, held_on: date, people: int, by: Member) -> TeachBack:
    """Write down that somebody taught colleagues what a course outside gave.

    Refused of oneself, for a course that was no course outside or not attended, before its last
    day, in the future, and with nobody who came.
    """
    require(rules.can_report_use(by, place.staff_member))
    owner = place.calendar.administration
    if not returned(owner).filter(pk=place.pk).exists():
        raise ValidationError(_("Only who attended a course outside teaches it back."))
    if not place.ends_on <= held_on <= owner.as_of:
        words = _("Choose a day from the last day of the course to today.")
        raise ValidationError({"held_on": words})
    if people < 1:
        raise ValidationError({"people": _("Say how many colleagues came.")})
    made, _new = TeachBack.objects.update_or_create(
        enrolment=place,
        defaults={
            "administration": owner,
            "staff_member": place.staff_member,
            "held_on": held_on,
            "people": people,
            "by": by,
        },
    )
    record("teach_back", made, by=by, fields=["held_on", "people"])
    return made
