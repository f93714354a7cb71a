"""Sessions and seats taken in: they become the calendar of a plan in force."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from competencies.models import StaffMember
from hrplan.core.models import Administration
from hrplan.core.tables import CHUNK
from training_calendar.models import (
    Calendar,
    Enrolment,
    Intervention,
    Module,
    Offer,
    Plan,
    Trainer,
    TrainingSession,
    Venue,
)
from training_calendar.tables.planning import current_calendar, horizon
from training_calendar.tables.planning_in import Rows, Writer


def sessions(administration: Administration, added: Rows, changed: Rows) -> None:
    """Sessions of the calendar in force, or of one made for them; a changed one is moved."""
    calendar = current_calendar(administration) or _calendar(administration, [*added, *changed])
    modules = {row.code: row for row in Module.objects.filter(administration=administration)}
    lines = _interventions(calendar, {row["module_id"] for row in added}, modules)
    venues = {row.code: row for row in Venue.objects.filter(administration=administration)}
    offers = {row.code: row for row in Offer.objects.filter(administration=administration)}
    trainers = {row.code: row for row in Trainer.objects.filter(administration=administration)}
    known = {row.code: row for row in TrainingSession.objects.filter(calendar=calendar)}
    new = {id(row) for row in added}
    for row in [*added, *changed]:
        if row["session_id"] in known and id(row) in new:
            continue
        session = known.get(row["session_id"]) or TrainingSession(
            administration=administration, calendar=calendar, code=row["session_id"]
        )
        session.module = modules[row["module_id"]]
        session.intervention = lines.get(row["module_id"]) or session.intervention
        session.starts_on, session.ends_on = row["start_date"], row["end_date"]
        session.venue = venues.get(row["venue_id"] or "")
        session.offer = None if session.venue else offers.get(row["venue_id"] or "")
        session.trainer = trainers.get(row["instructor_id"] or "")
        limits = [session.module.max_group]
        limits += [session.venue.capacity] if session.venue else []
        limits += [session.offer.places] if session.offer else []
        session.places = min(limits)
        session.save()


def _calendar(administration: Administration, rows: Rows) -> Calendar:
    own = horizon(administration)
    plan = Plan.objects.create(
        administration=administration, title=_("Imported plan"), as_of=administration.as_of
    )
    return Calendar.objects.create(
        administration=administration,
        plan=plan,
        starts_on=own.horizon_start if own else min(row["start_date"] for row in rows),
        ends_on=own.horizon_end if own else max(row["end_date"] for row in rows),
    )


def _interventions(
    calendar: Calendar, codes: set[str], modules: Mapping[str, Module]
) -> dict[str, Intervention]:
    """One intervention per module; those that are there are kept."""
    rows = Intervention.objects.filter(plan=calendar.plan_id, module__isnull=False)
    known = {row.module.code: row for row in rows.select_related("module") if row.module}
    for code in sorted(codes - set(known)):
        number = Intervention.objects.filter(plan=calendar.plan_id).count() + 1
        known[code] = Intervention.objects.create(
            administration=calendar.administration,
            plan=calendar.plan,
            code=f"I{number:02d}",
            module=modules[code],
            title=modules[code].title,
            rank=number,
        )
    return known


def seats(administration: Administration, added: Rows, changed: Rows) -> None:
    calendar = current_calendar(administration)
    if calendar is None:
        return
    rows = {row.code: row for row in TrainingSession.objects.filter(calendar=calendar)}
    people = dict(
        StaffMember.objects.filter(administration=administration).values_list("code", "pk")
    )
    held = set(Enrolment.objects.filter(calendar=calendar).values_list("module", "staff_member"))
    made = [
        Enrolment(
            calendar=calendar,
            session=session,
            intervention_id=session.intervention_id,
            module_id=session.module_id,
            staff_member_id=people[row["staff_id"]],
            starts_on=session.starts_on,
            ends_on=session.ends_on,
        )
        for row in added
        for session in (rows[row["session_id"]],)
        if (session.module_id, people[row["staff_id"]]) not in held
    ]
    Enrolment.objects.bulk_create(made, batch_size=CHUNK)


WRITERS: Mapping[str, Writer] = {"sessions": sessions, "seats": seats}
