"""A plan without the lines that were cut: what is left stays, and all is reckoned anew."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Member
from hrplan.core.wording import spoken_in
from training_calendar.models import Calendar, Enrolment, Intervention, Plan, TrainingSession
from training_calendar.rules import can_change_calendar
from training_calendar.usecases import calendars, rewriting, seating


@transaction.atomic
def cut(
    calendar: Calendar,
    *,
    interventions: Collection[str],
    sessions: Collection[str],
    reason: str,
    by: Member,
) -> None:
    """Take interventions and sessions out of a plan, by their codes; nothing takes their place.

    Sessions that are left keep dates, places and people, but for those who now lack what must
    come first. Held sessions, and those that have begun, stay with their people. Costs, needs and
    the gap closed are those of what is left.
    """
    require(can_change_calendar(by, calendar))
    calendar = rewriting.locked(calendar.pk)
    plan = calendar.plan
    cut_lines = plan.interventions.filter(code__in=interventions, module__isnull=False)
    modules = set(cut_lines.values_list("module__code", flat=True))
    instance, before = rewriting.state(calendar)
    fixed = _fixed(calendar)
    gone = {s.session_id for s in before if s.session_id in sessions or s.module_id in modules}
    gone -= fixed
    left = tuple(s for s in before if s.session_id not in gone)
    seated = seating.without_orphans(instance, left, fixed=fixed)
    gone |= {s.session_id for s, now in zip(left, seated, strict=True)
             if s.staff_ids and not now.staff_ids}  # fmt: skip
    after = tuple(s for s in seated if s.session_id not in gone)
    _leave_out(calendar, gone, modules, reason)
    codes = {s.session_id for s in after}
    rewriting.keep(calendar, [s for s in before if s.session_id in codes], after,
                   named=reason, moved="")  # fmt: skip
    rewriting.refresh(calendar, rewriting.worked_out(calendar, instance, after), None)
    _empty_lines(plan, interventions)
    calendars.check_calendar(calendar)
    audit.record("cut_plan", plan, by=by, fields=["interventions", "sessions"])


def _fixed(calendar: Calendar) -> set[str]:
    """The sessions that were held or have begun, with a list of who came or without one."""
    held = Q(status=TrainingSession.Status.HELD)
    begun = Q(starts_on__lte=calendar.administration.as_of)
    rows = TrainingSession.objects.filter(held | begun, calendar=calendar)
    return set(rows.values_list("code", flat=True))


def _leave_out(calendar: Calendar, gone: Collection[str], modules: set[str], reason: str) -> None:
    """Cancel sessions and take back places outside them; what somebody attended stays."""
    rows = TrainingSession.objects.filter(calendar=calendar, code__in=gone)
    with spoken_in(calendar.administration):
        what = _("cut from the plan")
    for row in rows:
        rewriting.log(calendar, row.code, what, reason)
    Enrolment.objects.filter(session__in=rows, attendance=None).delete()
    rows.update(status=TrainingSession.Status.CANCELLED, is_pinned=False)
    outside = Enrolment.objects.filter(calendar=calendar, session=None, attendance=None)
    outside.filter(module__code__in=modules).delete()


def _empty_lines(plan: Plan, interventions: Collection[str]) -> None:
    """Lines that were cut and hold nothing any more go; other measures go at once."""
    rows = plan.interventions.filter(code__in=interventions)
    rows.filter(kind=Intervention.Kind.OTHER).delete()
    held = TrainingSession.objects.exclude(status=TrainingSession.Status.CANCELLED)
    rows.exclude(sessions__in=held).exclude(enrolments__isnull=False).delete()
