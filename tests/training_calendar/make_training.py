"""A small plan with its calendar: one station, one module, sessions two days long in April."""

from datetime import date, timedelta
from typing import Any

from competencies.models import Assessment, Competency, StaffMember
from hrplan.core.models import Administration
from tests import make
from training_calendar.models import (
    Budget,
    Calendar,
    Enrolment,
    Intervention,
    Mode,
    Module,
    Need,
    Offer,
    Outcome,
    Plan,
    PlanningParameters,
    Provider,
    Remedy,
    Trainer,
    TrainingSession,
    Venue,
)

FIRST = date(2016, 4, 4)  # a Monday
LAST = date(2016, 6, 30)
WEEK = timedelta(days=7)
DAY = timedelta(days=1)


def provider(administration: Administration) -> Provider:
    found = Provider.objects.filter(administration=administration, code="NTU").first()
    return found or Provider.objects.create(
        administration=administration, code="NTU", name="National training unit"
    )


def module(administration: Administration, code: str = "T01", **fields: Any) -> Module:
    defaults = {
        "title": f"Module {code}",
        "provider": provider(administration),
        "mode": Mode.CLASSROOM,
        "venue_kind": "classroom",
        "hours": 12,
        "days": 2,
        "max_group": 10,
        "cost_session": 100,
        "cost_person": 20,
    }
    made = Module.objects.create(administration=administration, code=code, **{**defaults, **fields})
    topic = Competency.objects.filter(administration=administration, code="O1").first()
    if topic:
        Outcome.objects.create(module=made, competency=topic, level_from=0, level_to=2)
    return made


def supply(administration: Administration, taught: Module) -> tuple[Trainer, Venue]:
    """Money, horizon, a trainer and a venue."""
    PlanningParameters.objects.create(
        administration=administration, horizon_start=FIRST, horizon_end=LAST
    )
    Budget.objects.create(
        administration=administration,
        quarter="2016/17 Q1",
        starts_on=date(2016, 4, 1),
        ends_on=LAST,
        amount=5000,
    )
    trainer = Trainer.objects.create(
        administration=administration, code="TR1", name="Tina Trainer", region="BZC"
    )
    trainer.modules.add(taught)
    venue = Venue.objects.create(
        administration=administration,
        code="V1",
        title="Room one",
        region="BZC",
        kind="classroom",
        capacity=12,
    )
    return trainer, venue


def plan(administration: Administration, *, sessions: int = 1) -> Calendar:
    """A current plan with `sessions` sessions of one person each, and a need for each person."""
    framework = make.framework(administration)
    profile = make.profile(framework, O1=2)
    station = make.unit(administration, "PBC", title="Port station", is_station=True)
    taught = module(administration)
    trainer, venue = supply(administration, taught)
    made = Plan.objects.create(
        administration=administration,
        title="Development plan",
        as_of=date(2016, 2, 12),
        total_gap=40,
        closed_gap=30,
        objective=30,
        bound=40,
        report={"quarters": [], "scenarios": [], "scarce": [], "not_assessed": 3},
    )
    calendar = Calendar.objects.create(
        administration=administration, plan=made, starts_on=FIRST, ends_on=LAST
    )
    line = intervention(made, taught)
    for number in range(sessions):
        person = make.staff_member(station, profile, code=f"P{number}", name=f"Nominee {number}")
        held = TrainingSession.objects.create(
            administration=administration,
            calendar=calendar,
            intervention=line,
            code=f"T01-16-{number:02}",
            module=taught,
            starts_on=FIRST + WEEK * number,
            ends_on=FIRST + WEEK * number + DAY,
            venue=venue,
            trainer=trainer,
            places=10,
            cost=120,
        )
        enrol(held, person)
        need(made, person, taught, is_met=True)
    return calendar


def intervention(plan: Plan, taught: Module | None, code: str = "I01") -> Intervention:
    return Intervention.objects.create(
        administration=plan.administration,
        plan=plan,
        code=code,
        module=taught,
        title=f"Intervention {code}",
        audience="Port officers",
        people=1,
        rank=1,
    )


def enrol(session: TrainingSession, person: StaffMember) -> Enrolment:
    return Enrolment.objects.create(
        calendar=session.calendar,
        session=session,
        intervention=session.intervention,
        module=session.module,
        staff_member=person,
        starts_on=session.starts_on,
        ends_on=session.ends_on,
    )


def rate(person: StaffMember, level: int, rated_on: date = date(2016, 2, 1)) -> Assessment:
    """A validated rating in O1."""
    topic = Competency.objects.get(administration=person.administration, code="O1")
    return Assessment.objects.create(
        administration=person.administration, staff_member=person, competency=topic, level=level,
        source="validated", rated_on=rated_on,
    )  # fmt: skip


def six_people(administration: Administration) -> TrainingSession:
    """The one session of a plan, with six people in it."""
    held = plan(administration).sessions.select_related("administration").get()
    first = held.enrolments.get().staff_member
    for number in range(1, 6):
        given = {"code": f"Q{number}", "name": f"Pat {number}"}
        enrol(held, make.staff_member(first.unit, first.profile, **given))
    return held


def on(session: TrainingSession, day: date) -> TrainingSession:
    """The session as it is seen on a day."""
    owner = session.administration
    owner.as_of_fixed = day
    owner.save()
    session.refresh_from_db()
    return session


def need(plan: Plan, person: StaffMember, taught: Module, **fields: Any) -> Need:
    topic = Competency.objects.get(administration=plan.administration, code="O1")
    defaults = {"held": 0, "required": 2, "reached": 2, "weighted_gap": 8}
    return Need.objects.create(
        plan=plan,
        staff_member=person,
        competency=topic,
        module=taught,
        **{**defaults, **fields},
    )


def remedy(need: Need, **fields: Any) -> Remedy:
    """A further 1,200 in a quarter, for one more session with four others."""
    place = {
        "module": "T01", "session": "", "first": "2016-05-09", "last": "2016-05-10",
        "region": "BZC", "people": 4,
    }  # fmt: skip
    money = {"kind": "money", "amount": 1200.0, "quarter": "2016/17 Q1"}
    defaults = {"kind": "money", "parts": [money], "places": [place], "cost": 1400}
    return Remedy.objects.create(need=need, **{**defaults, **fields})


def offer(taught: Module) -> Offer:
    return Offer.objects.create(
        administration=taught.administration,
        code="OF1",
        module=taught,
        starts_on=FIRST,
        ends_on=FIRST + DAY,
        places=5,
        region="JAM",
        nominate_by=date(2016, 3, 1),
    )
