"""Attendance recorded; a completed module proposes the levels it leads to, and sets none."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from competencies.models import IN_FORCE, Proposal
from competencies.usecases import standing
from hrplan.core.access import require
from hrplan.core.audit import record
from hrplan.core.models import Member
from training_calendar import rules
from training_calendar.analysis.progress import DAYS_A_MONTH
from training_calendar.models import Attendance, Enrolment, TrainingSession


@transaction.atomic
def record_attendance(
    place: Enrolment, *, hours: Decimal, is_completed: bool, by: Member
) -> Attendance:
    """Write down what somebody attended, and propose the levels of a module completed.

    The rating stays as it is until somebody decides on the proposal. Each outcome of a place is
    proposed once; a completion taken back takes back what of it is undecided. Refused before the
    first day, for a cancelled session, with more hours than the module has, and where a completion
    is taken back that a certificate says.
    """
    require(rules.can_record_attendance(by, place))
    _refuse(place, hours)
    if not is_completed and place.certificates.filter(revoked_on=None).exists():
        raise ValidationError(_("A certificate says it was completed; revoke that first."))
    made, _new = Attendance.objects.update_or_create(
        enrolment=place, defaults={"hours": hours, "is_completed": is_completed}
    )
    owner = place.calendar.administration
    record("attend", made, by=by, fields=["hours", "is_completed"], administration=owner)
    if is_completed:
        _propose(place, by)
    else:
        proposed(place).filter(state=Proposal.State.OPEN).delete()
    return made


def _refuse(place: Enrolment, hours: Decimal) -> None:
    if place.session and place.session.status == TrainingSession.Status.CANCELLED:
        raise ValidationError(_("This session is cancelled."))
    if place.starts_on > place.calendar.administration.as_of:
        raise ValidationError(_("It has not begun yet."))
    most = place.module.hours + place.module.self_study_hours
    if not 0 <= hours <= most:
        words = _("The module has %(most)s hours, own study included.")
        raise ValidationError({"hours": words % {"most": most.normalize()}})


def valid_until(place: Enrolment) -> date | None:
    """The last day on which what the module gave is valid; None where it does not run out."""
    months = place.module.validity_months
    return None if months is None else place.ends_on + timedelta(days=round(months * DAYS_A_MONTH))


def _evidence(place: Enrolment) -> str:
    return f"{place.module}, {place.ends_on.isoformat()}"[:300]


def proposed(place: Enrolment) -> QuerySet[Proposal]:
    """The levels that the completion of a place proposed."""
    return Proposal.objects.filter(
        staff_member=place.staff_member, ground=Proposal.Ground.MODULE, evidence=_evidence(place)
    )


def _propose(place: Enrolment, by: Member) -> None:
    known = set(proposed(place).values_list("competency", flat=True))
    outcomes = place.module.outcomes.filter(competency__framework__state=IN_FORCE)
    for outcome in outcomes.select_related("competency__framework"):
        if outcome.competency_id in known:
            continue
        standing.propose(
            place.staff_member,
            outcome.competency,
            level=outcome.level_to,
            ground=Proposal.Ground.MODULE.value,
            evidence=_evidence(place),
            valid_until=valid_until(place),
            is_from_record=True,
            by=by,
        )
