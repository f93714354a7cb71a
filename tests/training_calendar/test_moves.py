"""Moving a session: refused at once where nothing helps, else a run that says what changed."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from competencies.models import Unit
from hrplan.core.models import Administration, AuditEntry, Member, Run, RunState
from hrplan.core.runs import Stopped
from tests import make
from tests.once import once
from training_calendar.models import (
    CalendarChange,
    Closure,
    Leave,
    Plan,
    TrainingSession,
)
from training_calendar.usecases import (
    calendars,
    changes,
    foreseeing,
    imports,
    moves,
    plans,
    rule_weights,
)
from training_calendar.usecases.places import Wish

pytestmark = pytest.mark.whole

MINI = Path(__file__).parents[1] / "data" / "planning" / "mini-2"
WEEK = timedelta(days=7)


def build() -> int:
    """The plan of a small planning instance."""
    customs = make.administration("customs", as_of_fixed=date(2027, 1, 4))
    customs.constants = {"planning": {"preparation_days": 0, "scenarios": []}}
    customs.save()
    imports.import_instance(customs, MINI, by=None)
    return plans.make_plan(customs, by=None, effort=3).pk


made_once = once(build)


@pytest.fixture
def customs(made_once: int, db: None) -> Administration:
    return Administration.objects.get(slug="customs")


@pytest.fixture
def plan(customs: Administration, made_once: int) -> Plan:
    return Plan.objects.get(pk=made_once)


def inside(plan: Plan) -> list[TrainingSession]:
    return list(plan.calendar.sessions.exclude(module__mode="external"))


def some(plan: Plan, go: Callable[[TrainingSession, date], object]) -> TrainingSession:
    """The first session for which `go` to a day some weeks later is not refused."""
    for session in inside(plan):
        for weeks in (1, 2, 3, 4):
            try:
                go(session, session.starts_on + weeks * WEEK)
            except ValidationError:
                continue
            return session
    raise AssertionError("no session can be moved")


def stands(plan: Plan) -> list[tuple]:
    rows = TrainingSession.objects.filter(calendar=plan.calendar)
    return sorted(rows.values_list("code", "starts_on", "venue", "trainer", "is_pinned"))


def test_a_moved_session_is_pinned_logged_and_still_fits(plan: Plan, alice: Member) -> None:
    moved = some(
        plan, lambda s, day: moves.move_session(s, starts_on=day, reason="Trainer ill", by=alice)
    )

    moved.refresh_from_db()
    assert moved.is_pinned
    change = CalendarChange.objects.filter(session_code=moved.code).get()
    assert change.reason == "Trainer ill"
    assert calendars.judged(plan.calendar).violations == ()
    assert AuditEntry.objects.filter(action="move_session").count() == 1


def test_a_move_is_asked_for_as_a_run_that_says_what_changed(
    plan: Plan, alice: Member, django_capture_on_commit_callbacks: Callable
) -> None:
    def go(session: TrainingSession, day: date) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            run = moves.ask_for_move(session, starts_on=day, reason="Trainer ill", by=alice)
        run.refresh_from_db()
        if run.state == RunState.FAILED:
            raise ValidationError(run.error)

    moved = some(plan, go)

    run = Run.objects.filter(state=RunState.DONE).get()
    moved.refresh_from_db()
    logged = [f"{c.session_code}: {c.what}" for c in CalendarChange.objects.order_by("pk")]
    assert (run.kind, run.result["session"]) == ("move", moved.pk)
    assert run.result["url"].endswith(f"/sessions/{moved.pk}/")
    assert [line for line in run.result["changes"] if line in logged] == logged
    assert f"{moved.code}: moved from" in run.result["changes"][0]


def test_a_session_is_not_moved_to_a_week_end_nor_to_where_it_is(plan: Plan, alice: Member) -> None:
    session = inside(plan)[0]
    saturday = session.starts_on + timedelta(days=5 - session.starts_on.weekday())

    for day, words in ((saturday, "workdays"), (session.starts_on, "already")):
        with pytest.raises(ValidationError, match=words):
            moves.ask_for_move(session, starts_on=day, reason="Why not", by=alice)

    assert not Run.objects.exists()


def test_a_closed_day_is_refused_at_once(plan: Plan, alice: Member) -> None:
    session = inside(plan)[0]
    monday = session.starts_on + 2 * WEEK - timedelta(days=session.starts_on.weekday())
    Closure.objects.create(
        administration=plan.administration,
        scope=Closure.Scope.ALL,
        starts_on=monday,
        ends_on=monday + timedelta(days=4),
    )

    with pytest.raises(ValidationError, match="everything is closed"):
        moves.ask_for_move(session, starts_on=monday, reason="Why not", by=alice)

    assert not Run.objects.exists()


def test_a_stopped_move_leaves_the_calendar_as_it_was(plan: Plan, alice: Member) -> None:
    before = stands(plan)
    session = inside(plan)[0]

    with pytest.raises(Stopped):
        moves.move_session(
            session,
            starts_on=session.starts_on + WEEK,
            reason="Trainer ill",
            by=alice,
            watch=lambda percent, message: percent < moves.FOUND,
        )

    assert stands(plan) == before
    assert not CalendarChange.objects.exists()


def test_a_calendar_changed_meanwhile_is_not_written_over(plan: Plan, alice: Member) -> None:
    before = stands(plan)
    last = inside(plan)[-1]

    def go(session: TrainingSession, day: date) -> None:
        def watch(percent: float, message: str) -> bool:
            if percent >= moves.FOUND:
                last.refresh_from_db()
                changes.pin_session(last, pinned=not last.is_pinned, by=alice)
            return True

        moves.move_session(session, starts_on=day, reason="Ill", by=alice, watch=watch)

    with pytest.raises(AssertionError, match="no session"):
        some(plan, go)

    after = [row[:-1] for row in stands(plan)]
    assert after == [row[:-1] for row in before]
    assert not CalendarChange.objects.exists()


def test_people_who_give_up_their_places_are_counted(plan: Plan, alice: Member) -> None:
    said: list[str] = []

    def go(session: TrainingSession, day: date) -> None:
        who = session.enrolments.first().staff_member
        leave = Leave.objects.create(staff_member=who, starts_on=day, ends_on=day + WEEK)
        try:
            moved = moves.move_session(session, starts_on=day, reason="Ill", by=alice)
        finally:
            leave.delete()
        said.extend(moved.changes)

    session = some(plan, go)

    (line,) = [line for line in said if line.startswith(session.code)]
    assert "moved from" in line
    assert "gave up the" in line


def test_only_the_hr_officer_asks_for_a_move(plan: Plan, carol: Member, mallory: Member) -> None:
    session = inside(plan)[0]
    for member in (carol, mallory):
        with pytest.raises(PermissionDenied):
            moves.ask_for_move(session, starts_on=session.starts_on + WEEK, reason="No", by=member)


def test_a_move_into_a_busy_month_warns_or_is_refused_as_the_planner_weighs_it(
    plan: Plan, alice: Member
) -> None:
    session, later = next(
        (one, day)
        for one in inside(plan)
        for day in (one.starts_on + weeks * WEEK for weeks in range(1, 12))
        if not plan.calendar.sessions.filter(starts_on__range=(day - WEEK, day + WEEK)).exists()
        and not foreseeing.foresee(one, Wish(day), by=alice).in_the_way
    )
    Unit.objects.update(peak_months=[later.month])

    warned = foreseeing.foresee(session, Wish(later), by=alice)
    rule_weights.set_weights(alice.administration, {"F2": "block"}, by=alice)
    session = TrainingSession.objects.get(pk=session.pk)
    stopped = foreseeing.foresee(session, Wish(later), by=alice)

    assert "F2" in {one.rule for one in warned.warnings}
    assert "F2" not in {one.rule for one in warned.in_the_way}
    assert "F2" in {one.rule for one in stopped.in_the_way}
    assert "F2" not in {one.rule for one in stopped.warnings}
    assert stopped.is_closed
    with pytest.raises(ValidationError, match="busy months"):
        moves.ask_for_move(session, starts_on=later, reason="Trainer ill", by=alice)
