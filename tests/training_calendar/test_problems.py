"""The planning problem kept between requests: as one made anew, and never one of yesterday."""

import re
from datetime import date, timedelta

import numpy as np
import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from competencies.models import Assessment, HeldProfile, Requirement, StaffMember, Unit
from hrplan.core.models import Administration, Holiday, Member
from tests import make
from tests.training_calendar import make_training
from training_calendar.models import (
    Budget,
    Calendar,
    Closure,
    Enrolment,
    Leave,
    Module,
    Outcome,
    PlanningParameters,
    Trainer,
    TrainerAbsence,
    Venue,
    VenueClosure,
)
from training_calendar.solver import check as checker
from training_calendar.usecases import foreseeing, instances, moves, problems, stored
from training_calendar.usecases.places import Wish

pytestmark = [pytest.mark.whole]
FIRST, DAY = make_training.FIRST, timedelta(days=1)
LEFT = date(2016, 6, 1)
WATCHED_OTHERWISE = {Assessment, HeldProfile}  # by the levels that follow from them
OF_NO_WEIGHT = {Member}  # what an approver of a ruling is called


@pytest.fixture(autouse=True)
def nothing_kept():
    problems.forget()


@pytest.fixture
def calendar(customs):
    made = make_training.plan(customs, sessions=2)
    Leave.objects.create(staff_member=person(made), starts_on=LEFT, ends_on=LEFT)
    return fresh(made)


def fresh(calendar: Calendar) -> Calendar:
    """As a request reads it."""
    return Calendar.objects.select_related("plan", "administration").get(pk=calendar.pk)


def plain(value: object) -> object:
    """A problem as values that can be compared."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def same_as_anew(calendar: Calendar) -> bool:
    kept = problems.problem_of(fresh(calendar))
    return plain(kept) == plain(instances.calendar_instance(fresh(calendar)))


def test_the_problem_is_made_once_while_nothing_changes(calendar):
    first = problems.problem_of(calendar)

    assert problems.problem_of(fresh(calendar)) is first


def test_every_table_that_a_problem_reads_is_watched(calendar):
    with CaptureQueriesContext(connection) as asked:
        instances.calendar_instance(calendar)

    tables = {name for one in asked for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', one["sql"])}
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    read = {models[name] for name in tables} - WATCHED_OTHERWISE - OF_NO_WEIGHT
    assert read - {*problems.ROWS, Administration, Enrolment} == set()


def owner_of(calendar: Calendar) -> Administration:
    return calendar.administration


CHANGES = {
    "leave": lambda c: Leave.objects.create(
        staff_member=person(c), starts_on=FIRST + 30 * DAY, ends_on=FIRST + 31 * DAY),
    "leave goes": lambda c: Leave.objects.filter(staff_member__administration=owner_of(c)).delete(),
    "room closed": lambda c: VenueClosure.objects.create(
        venue=Venue.objects.get(administration=owner_of(c)), starts_on=FIRST, ends_on=FIRST),
    "smaller room": lambda c: Venue.objects.filter(administration=owner_of(c)).update(capacity=3),
    "trainer away": lambda c: TrainerAbsence.objects.create(
        trainer=Trainer.objects.filter(administration=owner_of(c)).first(),
        starts_on=FIRST, ends_on=FIRST),
    "trainer unqualified": lambda c: Trainer.objects.filter(
        administration=owner_of(c)).first().modules.clear(),
    "money": lambda c: Budget.objects.filter(administration=owner_of(c)).update(amount=17),
    "closure": lambda c: Closure.objects.create(
        administration=owner_of(c), starts_on=FIRST, ends_on=FIRST, scope="ALL"),
    "holiday": lambda c: Holiday.objects.create(
        administration=owner_of(c), date=date(2016, 5, 3), name="Own day"),
    "longer": lambda c: Module.objects.filter(administration=owner_of(c)).update(days=3),
    "leads higher": lambda c: Outcome.objects.filter(
        module__administration=owner_of(c)).update(level_to=4),
    "asked more": lambda c: Requirement.objects.filter(
        profile__administration=owner_of(c)).update(level=4),
    "station": lambda c: Unit.objects.filter(administration=owner_of(c)).update(
        minimum_on_duty=1, is_station=True),
    "left": lambda c: StaffMember.objects.filter(pk=person(c).pk).update(left_on=date(2016, 1, 1)),
    "rated": lambda c: make_training.rate(person(c), 4),
    "rated again": lambda c: make_training.rate(person(c), 0),
    "constants": lambda c: Administration.objects.filter(pk=owner_of(c).pk).update(
        constants={"planning": {"preparation_days": 20}}),
    "weekend": lambda c: Administration.objects.filter(pk=owner_of(c).pk).update(weekend=[4, 5]),
    "horizon": lambda c: PlanningParameters.objects.filter(
        administration=owner_of(c)).update(per_diem=99),
    "share": lambda c: c.plan.__class__.objects.filter(pk=c.plan_id).update(budget_share=0.5),
    "no profile": lambda c: StaffMember.objects.filter(pk=person(c).pk).update(profile=None),
}  # fmt: skip


def person(calendar: Calendar) -> StaffMember:
    return StaffMember.objects.filter(administration=calendar.administration).order_by("code")[0]


@pytest.mark.parametrize("change", CHANGES)
def test_what_it_is_made_from_changed_makes_another_at_once(change, calendar):
    before = problems.version_of(calendar)
    problems.problem_of(calendar)

    CHANGES[change](calendar)

    assert problems.version_of(fresh(calendar)) != before
    assert same_as_anew(calendar)


def test_ratings_that_change_while_nobody_looks_are_seen(calendar):
    make_training.rate(person(calendar), 1)
    HeldProfile.objects.all().delete()
    calendar.administration.as_of_fixed = date(2016, 3, 1)  # levels are kept for another day
    calendar.administration.save()
    assert same_as_anew(calendar)

    for level in (2, 3):
        Assessment.objects.update(level=level)
        assert same_as_anew(calendar)


def test_a_change_of_another_administration_changes_nothing_here(calendar, elsewhere):
    other = fresh(make_training.plan(elsewhere, sessions=1))
    own, theirs = problems.problem_of(calendar), problems.problem_of(other)

    CHANGES["leave"](other)

    assert problems.problem_of(fresh(calendar)) is own
    assert problems.problem_of(fresh(other)) is not theirs
    assert len(own.staff.ids) == 2
    assert len(theirs.staff.ids) == 1


def test_no_more_problems_are_kept_than_a_process_has_room_for(customs):
    calendars = [
        fresh(make_training.plan(make.administration(f"house-{n}")))
        for n in range(problems.MOST + 1)
    ]
    made = [problems.problem_of(one) for one in calendars]

    assert problems.problem_of(calendars[-1]) is made[-1]
    assert problems.problem_of(calendars[0]) is not made[0]


def test_what_changes_while_a_problem_is_made_is_not_kept_as_it_was_before(calendar, monkeypatch):
    plainly = instances.calendar_instance

    def meanwhile(asked):
        made = plainly(asked)
        CHANGES["leave"](calendar)
        return made

    monkeypatch.setattr(instances, "calendar_instance", meanwhile)
    problems.problem_of(calendar)
    monkeypatch.setattr(instances, "calendar_instance", plainly)

    assert same_as_anew(calendar)


def test_what_a_move_would_do_is_said_alike_with_and_without_a_kept_problem(calendar, alice):
    session = calendar.sessions.first()
    wishes = [Wish(FIRST + n * DAY) for n in (1, 2, 5, 7, 9, 16, 37)]
    anew = []
    for wish in wishes:
        problems.forget()
        anew.append(foreseeing.foresee(session, wish, by=alice))

    assert [foreseeing.foresee(session, wish, by=alice) for wish in wishes] == anew

    CHANGES["leave"](calendar)
    seen = foreseeing.foresee(session, wishes[-1], by=alice)
    leave_there = Wish(FIRST + 30 * DAY)
    assert seen == anew[-1]
    told = foreseeing.foresee(session, leave_there, by=alice).in_the_way
    assert [one.rule for one in told] == ["H11"]


def test_the_judgement_kept_is_that_of_the_sessions_as_they_stand(calendar, alice):
    session = calendar.sessions.first()
    foreseeing.foresee(session, Wish(FIRST + 16 * DAY), by=alice)

    moves.move_session(session, starts_on=FIRST + 16 * DAY, reason="Room", by=alice)

    now = stored.sessions_of(calendar, as_of=calendar.administration.as_of)
    problem = problems.problem_of(fresh(calendar))
    assert problems.judged(problem, now) == checker.check(problem, now)
