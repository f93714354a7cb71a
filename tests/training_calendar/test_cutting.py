"""A plan without what was cut: what is left stays, and every figure is that of what is left."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from hrplan.core.models import Administration, Role
from tests import make
from tests.once import once
from tests.training_calendar import make_training
from training_calendar.models import (
    Attendance,
    CalendarChange,
    CostLine,
    Enrolment,
    Need,
    Outcome,
    Plan,
    TrainingSession,
)
from training_calendar.usecases import calendars, cutting, imports, plan_overview, plans
from training_calendar.usecases.interventions import intervention_detail
from training_calendar.usecases.plan_figures import figures_of

pytestmark = [pytest.mark.whole, pytest.mark.both]
MINI = Path(__file__).parents[1] / "data" / "planning" / "mini-2"


def build() -> int:
    customs = make.administration("customs")
    imports.import_instance(customs, MINI, by=None)
    return plans.make_plan(customs, by=None, effort=3).pk


made_once = once(build)


@pytest.fixture
def plan(made_once, db):
    return Plan.objects.select_related("calendar", "administration").get(pk=made_once)


@pytest.fixture
def customs(plan):
    return Administration.objects.get(slug="customs")


def left(calendar):
    return TrainingSession.objects.filter(calendar=calendar).exclude(status="cancelled")


def places(calendar):
    rows = Enrolment.objects.filter(calendar=calendar).exclude(session__status="cancelled")
    return set(rows.values_list("staff_member__code", "module__code", "starts_on"))


def plainly_closed(plan):
    """The points that the places of a plan close, person by person in the order of time."""
    wanted, level, total = {}, {}, 0.0
    for need in Need.objects.filter(plan=plan):
        pair = need.staff_member_id, need.competency_id
        if need.reason.startswith("cause-"):
            continue
        level[pair] = int(need.held)
        wanted[pair] = need.required, need.weighted_gap / (need.required - int(need.held))
    rows = Enrolment.objects.filter(calendar__plan=plan).exclude(session__status="cancelled")
    for place in rows.order_by("ends_on", "staff_member__code", "module__code"):
        for lift in Outcome.objects.filter(module=place.module_id):
            pair = place.staff_member_id, lift.competency_id
            if pair in wanted and lift.level_from <= level[pair]:
                required, weight = wanted[pair]
                up = min(required, lift.level_to)
                if up > level[pair]:
                    total += weight * (up - level[pair])
                    level[pair] = up
    return total


def cut(plan, alice, *, sessions=(), interventions=()):
    cutting.cut(
        plan.calendar, interventions=interventions, sessions=sessions, reason="Cut", by=alice
    )
    plan.refresh_from_db()
    return figures_of(plan)[0]


def test_a_session_that_is_cut_is_gone_and_all_others_stay_where_they_are(plan, alice):
    gone = left(plan.calendar).order_by("code").first()
    before = {row.code: (row.starts_on, row.venue_id) for row in left(plan.calendar)}
    had = places(plan.calendar)

    cut(plan, alice, sessions=[gone.code])

    now = {row.code: (row.starts_on, row.venue_id) for row in left(plan.calendar)}
    assert gone.code not in now
    assert now.items() <= before.items()
    assert places(plan.calendar) < had  # nobody was put anywhere else
    assert CalendarChange.objects.filter(session_code=gone.code, what="cut from the plan").exists()


def test_the_figures_are_those_of_a_fresh_reckoning_of_what_is_left(plan, alice):
    gone = [row.code for row in left(plan.calendar).order_by("-starts_on")[:2]]
    closed, total = plan.closed_gap, plan.total_gap

    found = cut(plan, alice, sessions=gone)

    assert plan.closed_gap == pytest.approx(plainly_closed(plan))
    assert plan.closed_gap < closed
    assert plan.total_gap == total
    cash = CostLine.objects.filter(intervention__plan=plan, is_opportunity=False)
    assert found.cost == pytest.approx(float(sum(row.amount for row in cash)))
    paid = sum(row.cost for row in left(plan.calendar))
    beside = sum(row.cost for row in Enrolment.objects.filter(calendar__plan=plan, session=None))
    assert found.cost == pytest.approx(float(paid + beside))
    assert found.unmet == Need.objects.filter(plan=plan, is_met=False).count()
    assert calendars.judged(plan.calendar).objective.z == pytest.approx(plan.objective)


def test_the_money_by_quarter_is_that_of_what_is_left(plan, alice):
    gone = left(plan.calendar).order_by("-cost").first()

    cut(plan, alice, sessions=[gone.code])

    shown = plan_overview.plan_overview(plan)
    spent = sum(quarter.sessions for quarter in shown.quarters)
    assert spent == pytest.approx(float(sum(row.cost for row in left(plan.calendar))))
    assert shown.budget > 0


def test_an_intervention_that_is_cut_goes_with_its_sessions_and_places(plan, alice):
    line = plan.interventions.filter(sessions__isnull=False).first()

    cut(plan, alice, interventions=[line.code])

    assert not plan.interventions.filter(code=line.code).exists()
    assert not Enrolment.objects.filter(calendar=plan.calendar, module=line.module).exists()
    assert plan.closed_gap == pytest.approx(plainly_closed(plan))


def test_what_was_held_is_not_cut(plan, alice):
    held = left(plan.calendar).first()
    TrainingSession.objects.filter(pk=held.pk).update(status="held")

    cut(plan, alice, sessions=[held.code])

    assert left(plan.calendar).filter(pk=held.pk).exists()


def follows(plan):
    """A place in a later session, and the session of the same person that must come first."""
    rows = Enrolment.objects.filter(calendar=plan.calendar, session__isnull=False)
    for place in rows.select_related("session", "module").order_by("starts_on", "pk"):
        needed = place.module.prerequisites.values("requires")
        first = rows.filter(staff_member=place.staff_member, module__in=needed).first()
        if first:
            return place, first.session
    raise AssertionError("no session of the plan builds on another")


def people_of(session):
    return set(session.enrolments.values_list("pk", flat=True))


def test_what_was_held_keeps_its_people_where_what_came_first_is_cut(plan, alice):
    place, first = follows(plan)
    session, people = place.session, people_of(place.session)
    TrainingSession.objects.filter(pk=session.pk).update(status="held")
    came = Attendance.objects.create(enrolment=place, hours=place.module.hours, is_completed=True)

    cut(plan, alice, sessions=[first.code])

    assert not left(plan.calendar).filter(pk=first.pk).exists()
    assert left(plan.calendar).filter(pk=session.pk).exists()
    assert people_of(session) == people
    assert Attendance.objects.filter(pk=came.pk).exists()


def test_what_has_begun_without_a_list_is_not_cut(plan, alice):
    begun = left(plan.calendar).order_by("starts_on").first()
    people = people_of(begun)
    make_training.on(begun, begun.starts_on)
    plan = Plan.objects.select_related("calendar", "administration").get(pk=plan.pk)

    cut(plan, alice, sessions=[begun.code])

    assert left(plan.calendar).filter(pk=begun.pk).exists()
    assert people_of(begun) == people


def test_a_session_that_had_nobody_before_the_cut_is_not_cut_with_it(plan, alice):
    gone, empty = left(plan.calendar).order_by("-starts_on")[:2]
    empty.enrolments.all().delete()

    cut(plan, alice, sessions=[gone.code])

    assert left(plan.calendar).filter(pk=empty.pk).exists()


def test_only_the_hr_officer_carries_it_out(plan, carol):
    with pytest.raises(PermissionDenied):
        cut(plan, carol, sessions=["x"])


def test_what_is_written_into_rows_is_in_the_first_language_whoever_cuts(plan, customs):
    officer = make.member(customs, Role.HR_OFFICER, "olga")
    session = left(plan.calendar).filter(starts_on__gt=customs.as_of).last()
    proofs = set(plan.interventions.values_list("owner", flat=True))
    items = set(CostLine.objects.filter(intervention__plan=plan).values_list("title", flat=True))

    with translation.override("fr"):
        cutting.cut(plan.calendar, interventions=[], sessions=[session.code], reason="x",
                    by=officer)  # fmt: skip

    log = CalendarChange.objects.get(session_code=session.code)
    assert log.what == "cut from the plan"
    now = CostLine.objects.filter(intervention__plan=plan)
    assert set(now.values_list("title", flat=True)) <= items
    assert set(plan.interventions.values_list("owner", flat=True)) <= proofs


def test_a_measure_and_its_costs_are_told_in_the_language_of_the_reader(plan):
    with translation.override("fr"):
        told = intervention_detail(plan.interventions.exclude(cost_lines=None).first())

    assert told.intervention.owner.startswith("Unité de formation")
