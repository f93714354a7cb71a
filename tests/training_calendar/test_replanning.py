"""A session cancelled with a re-plan: asked for, compared, done, told to those concerned alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from hrplan.core import runs
from hrplan.core.models import AuditEntry, Role, Run
from tests import make
from tests.training_calendar import make_training
from training_calendar.models import Enrolment, Invitation, Leave, Message, TrainingSession
from training_calendar.solver import check as checker
from training_calendar.usecases import problems, releases, replanning, rewriting, undoing

pytestmark = [pytest.mark.whole]
JSON = {"content_type": "application/json"}
FIRST, WEEK = make_training.FIRST, timedelta(days=7)


@pytest.fixture
def calendar(customs):
    """Three sessions of one person each; the ratings make their places worth something."""
    made = make_training.plan(customs, sessions=3)
    unit = made.sessions.first().enrolments.get().staff_member.unit
    unit.max_away_share = 1
    unit.save()
    for place in Enrolment.objects.filter(calendar=made):
        make_training.rate(place.staff_member, 0)
    return made


@pytest.fixture
def session(calendar):
    related = ("administration", "module", "calendar__plan", "calendar__administration")
    return calendar.sessions.select_related(*related).first()


def asked(session, reason, by):
    """A run that was asked for and carried out."""
    run = replanning.ask_for_replan(session, reason=reason, by=by)
    runs.carry_out(run.pk, replanning._work)
    return done(run)


def done(run):
    run.refresh_from_db()
    assert (run.state, run.error) == ("done", "")
    return run


@pytest.fixture
def run(session, alice):
    return asked(session, "The trainer is ill", alice)


def page(session):
    return reverse("training_calendar:replan", args=["customs", session.pk])


def stands(calendar):
    rows = TrainingSession.objects.filter(calendar=calendar).order_by("code")
    seats = Enrolment.objects.filter(calendar=calendar).order_by("staff_member__code")
    return (
        list(rows.values_list("code", "starts_on", "status")),
        list(seats.values_list("staff_member__code", "session__code", "starts_on")),
    )


def test_the_run_finds_other_places_and_changes_nothing(session, calendar, alice, run):
    before = stands(calendar)

    found = replanning.last_proposal(session, by=alice)

    assert done(run).result["url"] == page(session)
    assert stands(calendar) == before
    assert (found.people, found.again, found.moved) == (1, 1, 1)
    assert [line.words for line in found.lines] == ["cancelled", "1 person joins it"]
    assert not found.is_stale
    assert "P0" not in str(run.result)  # people stand in a run by number alone


def test_it_is_shown_in_few_questions_to_the_database(
    session, alice, run, as_, django_assert_max_num_queries
):
    client = as_(alice)
    problems.forget()

    with django_assert_max_num_queries(15):
        shown = client.get(page(session)).content.decode()
    assert "1 person joins it" in shown


def test_done_it_moves_only_those_of_the_session_and_breaks_nothing(session, calendar, alice, run):
    others = set(Enrolment.objects.exclude(session=session).values_list("pk", flat=True))

    replanning.apply_replan(session, run=run.pk, by=alice)

    assert session.status == "cancelled"
    assert others <= set(Enrolment.objects.values_list("pk", flat=True))
    moved = Enrolment.objects.get(staff_member__code="P0")
    assert moved.session.starts_on > session.starts_on
    calendar.refresh_from_db()
    instance, sessions = rewriting.state(calendar)
    assert checker.check(instance, sessions).violations == ()
    assert calendar.violations == []
    assert AuditEntry.objects.filter(action="replan_session", row=str(session.pk)).exists()


def test_it_is_taken_back_whole(session, calendar, alice, run):
    before = stands(calendar)
    replanning.apply_replan(session, run=run.pk, by=alice)

    undoing.undo(undoing.undoable(calendar).change, by=alice)

    assert stands(calendar) == before


def test_where_no_session_has_a_place_a_new_one_is_proposed_and_taken_back(
    calendar, session, alice
):
    TrainingSession.objects.exclude(pk=session.pk).delete()
    before = stands(calendar)
    run = asked(session, "Storm", alice)
    found = replanning.last_proposal(session, by=alice)

    assert [line.pk is None for line in found.lines] == [False, True]
    replanning.apply_replan(session, run=done(run).pk, by=alice)
    new = Enrolment.objects.get().session
    assert (new.status, new.enrolments.count()) == ("planned", 1)
    assert new.code.startswith("T01-16-")

    undoing.undo(undoing.undoable(calendar).change, by=alice)
    assert stands(calendar) == before


def test_what_changed_since_is_refused_and_said(session, alice, run):
    person = session.enrolments.get().staff_member
    Leave.objects.create(staff_member=person, starts_on=FIRST + WEEK, ends_on=FIRST + WEEK)

    assert replanning.last_proposal(session, by=alice).is_stale
    with pytest.raises(ValidationError, match="changed meanwhile"):
        replanning.apply_replan(session, run=run.pk, by=alice)
    session.refresh_from_db()
    assert session.status == "planned"


def test_only_the_last_re_plan_counts(session, alice, run):
    later = asked(session, "Again", alice)

    with pytest.raises(ValidationError, match="not the last one"):
        replanning.apply_replan(session, run=run.pk, by=alice)
    replanning.apply_replan(session, run=later.pk, by=alice)
    with pytest.raises(ValidationError):
        replanning.apply_replan(session, run=later.pk, by=alice)


def test_sessions_that_have_begun_take_nobody(calendar, session, alice):
    second, third = calendar.sessions.exclude(pk=session.pk)
    TrainingSession.objects.filter(pk=session.pk).update(
        starts_on=FIRST + 4 * WEEK, ends_on=FIRST + 4 * WEEK + timedelta(days=1)
    )
    make_training.on(second, third.starts_on)
    session.refresh_from_db()
    session.calendar.refresh_from_db()

    run = asked(session, "Storm", alice)

    changed = done(run).result["changed"]
    assert {one["session_id"] for one in changed} & {second.code, third.code} == set()


def test_the_next_release_tells_those_concerned_and_nobody_else(session, calendar, alice, run):
    head = make.member(calendar.administration, Role.HEAD, "head")
    releases.release(calendar, name="First", reason="Begin", by=head)
    Message.objects.all().update(state=Message.State.TOLD)
    assert Invitation.objects.count() == 3
    told = set(Message.objects.values_list("pk", flat=True))

    replanning.apply_replan(session, run=run.pk, by=alice)
    releases.release(calendar, name="Second", reason="Trainer ill", by=head)

    fresh = Message.objects.exclude(pk__in=told)
    assert {one.invitation.staff_member.code for one in fresh} == {"P0"}
    assert sorted(fresh.values_list("method", flat=True)) == ["CANCEL", "REQUEST"]


def test_only_the_hr_officer_asks_and_does(session, run, carol, mallory, as_):
    for member in (carol, mallory):
        with pytest.raises(PermissionDenied):
            replanning.ask_for_replan(session, reason="", by=member)
        with pytest.raises(PermissionDenied):
            replanning.apply_replan(session, run=run.pk, by=member)
    assert as_(carol).get(page(session)).status_code == 403
    assert as_(mallory).get(page(session)).status_code == 404


def test_the_cancel_button_leads_to_the_comparison_and_that_to_the_deed(
    session, alice, as_, django_capture_on_commit_callbacks
):
    client = as_(alice)
    cancel = reverse("training_calendar:cancel", args=["customs", session.pk])

    before = client.get(page(session)).content.decode()
    offered = client.get(cancel).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        begun = client.post(cancel, {"reason": "Ill", "replan": "1"})
    shown = client.get(page(session)).content.decode()
    made = client.post(page(session), {"run": Run.objects.get().pk})

    assert "No re-plan to look at" in before
    assert "Look for other places first" in offered
    assert begun.status_code == 302
    assert "1 person joins it" in shown
    assert made.status_code == 302
    session.refresh_from_db()
    assert session.status == "cancelled"


def test_the_same_by_rest(session, alice, as_, django_capture_on_commit_callbacks):
    client, root = as_(alice), f"/api/v1/customs/sessions/{session.pk}/"

    missing = client.get(f"{root}replan/")
    with django_capture_on_commit_callbacks(execute=True):
        begun = client.post(f"{root}replan/", {"reason": "Ill"}, **JSON)
    found = client.get(f"{root}replan/").json()
    made = client.post(f"{root}replan/apply/", {"run": found["run"]}, **JSON)

    assert (missing.status_code, begun.status_code) == (404, 202)
    assert (found["people"], found["again"], found["moved"]) == (1, 1, 1)
    assert made.json()["row"]["status"] == "cancelled"
