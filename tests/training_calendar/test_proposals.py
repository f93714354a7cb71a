"""A new plan, and better dates, are compared with what stands before they take its place."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from hrplan.core import runs
from hrplan.core.models import AuditEntry, Role, Run
from tests import make
from tests.training_calendar import make_training
from training_calendar.models import Closure, Enrolment, Intervention, Plan, TrainingSession
from training_calendar.usecases import (
    calendars,
    filling,
    improving,
    plans,
    problems,
    proposals,
    writing,
)

pytestmark = [pytest.mark.whole]
JSON = {"content_type": "application/json"}
WEEK = timedelta(days=7)


def at(name, *keys):
    return reverse(f"training_calendar:{name}", args=["customs", *keys])


def words(response):
    return " ".join(response.content.decode().split())


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
def proposal(calendar):
    return plans.make_plan(calendar.administration, by=None, effort=2, proposed=True)


def done(run, work):
    runs.carry_out(run.pk, work)
    run.refresh_from_db()
    return run


@pytest.fixture
def found(calendar, alice):
    """Better dates were looked for: one session instead of three."""
    run = done(improving.ask_for_schedule(calendar, by=alice, effort=3), improving._work)
    assert (run.state, run.error) == ("done", "")
    return run


def stands(calendar):
    rows = TrainingSession.objects.filter(calendar=calendar).order_by("code")
    seats = Enrolment.objects.filter(calendar=calendar).order_by("staff_member__code")
    return list(rows.values_list("code", "starts_on")), list(
        seats.values_list("staff_member__code", "session__code")
    )


def test_the_first_plan_is_in_force_and_a_later_one_waits_beside_it(calendar, alice):
    def asked():
        run = plans.ask_for_plan(by=alice, effort=2)
        return done(run, plans._plan_work)

    later = asked()
    Plan.objects.all().delete()
    first = asked()

    assert later.result["url"] == at("proposal", later.result["plan"])
    assert first.result["url"] == at("plan")
    assert Plan.objects.get().is_current


def test_a_proposed_plan_changes_nothing_until_it_is_put_in_force(calendar, proposal, alice):
    before = stands(calendar)
    assert Plan.objects.get(is_current=True) == calendar.plan

    proposals.put_in_force(proposal, by=alice)

    assert stands(calendar) == before
    assert Plan.objects.get(is_current=True) == proposal
    assert {one.state for one in Plan.objects.all()} == {Plan.State.DRAFT}
    assert AuditEntry.objects.filter(action="make_plan", row=str(proposal.pk)).exists()


def test_the_comparison_tells_the_figures_and_every_session_that_differs(calendar, proposal, alice):
    found = proposals.beside(proposal, by=alice)

    figures = {one.key: one for one in found.figures}
    assert figures["sessions"].before == calendar.sessions.count() == 3
    assert figures["sessions"].after == proposal.calendar.sessions.count()
    assert figures["closed"].change == proposal.closed_gap - calendar.plan.closed_gap
    differing = {line.stand.code for line in found.compared.difference.lines}
    alike = found.compared.difference.unchanged
    codes = set(proposal.calendar.sessions.values_list("code", flat=True))
    assert len(differing) + alike == len(codes | {code for code, _day in stands(calendar)[0]})


def test_a_later_proposal_takes_the_place_of_an_earlier_one(calendar, proposal):
    again = plans.make_plan(calendar.administration, by=None, effort=2, proposed=True)

    assert list(Plan.objects.filter(state=Plan.State.PROPOSED)) == [again]
    taken = AuditEntry.objects.get(action="discard_plan")
    assert taken.row == str(proposal.pk)


def test_a_discarded_proposal_is_gone_and_the_plan_in_force_stands(calendar, proposal, alice):
    proposals.discard(proposal, by=alice)

    assert list(Plan.objects.all()) == [calendar.plan]
    with pytest.raises(ValidationError, match="no longer a proposal"):
        proposals.put_in_force(proposal, by=alice)


def test_a_proposal_that_a_closure_has_broken_since_is_not_put_in_force(calendar, proposal, alice):
    session = proposal.calendar.sessions.first()
    Closure.objects.create(
        administration=calendar.administration, reason="Audit", scope=Closure.Scope.ALL,
        starts_on=session.starts_on, ends_on=session.ends_on,
    )  # fmt: skip

    with pytest.raises(ValidationError, match="Make it anew") as refusal:
        proposals.put_in_force(proposal, by=alice)

    assert any(one.startswith("In the way: ") for one in refusal.value.messages)
    assert Plan.objects.get(is_current=True) == calendar.plan


def test_a_conflict_in_the_place_of_another_is_told_too(calendar, proposal, alice):
    session = proposal.calendar.sessions.first()
    Closure.objects.create(
        administration=calendar.administration, reason="Audit", scope=Closure.Scope.ALL,
        starts_on=session.starts_on, ends_on=session.ends_on,
    )  # fmt: skip
    found = calendars.check_calendar(proposal.calendar)
    had = [{**one, "session": "ANOTHER"} for one in proposal.calendar.violations]
    proposal.calendar.violations = had
    proposal.calendar.save()

    with pytest.raises(ValidationError, match="Make it anew"):
        proposals.put_in_force(proposal, by=alice)

    assert len(had) >= len(found) > 0


def test_what_is_no_proposal_is_compared_with_nothing(calendar, alice, as_):
    answer = as_(alice).get(at("proposal", calendar.plan.pk), follow=True)
    rest = as_(alice).get(f"/api/v1/customs/plans/{calendar.plan.pk}/comparison/")

    assert answer.redirect_chain[0][0] == at("plan")
    assert "no longer a proposal" in words(answer)
    assert rest.status_code == 400


def test_a_proposed_plan_is_the_offices_alone(calendar, proposal, carol):
    reviewer = make.member(calendar.administration, Role.REVIEWER, "rita")

    assert proposal in Plan.objects.visible_to(carol)
    seen = Plan.objects.visible_to(reviewer)
    assert list(seen) == [calendar.plan]
    for model in (Intervention, TrainingSession):
        plans_of = {getattr(row, "plan", None) or row.calendar.plan
                    for row in model.objects.visible_to(reviewer)}  # fmt: skip
        assert plans_of == {calendar.plan}
    with pytest.raises(PermissionDenied):
        proposals.put_in_force(proposal, by=carol)


def test_a_place_of_a_proposed_plan_is_the_offices_alone(calendar, proposal, alice, as_):
    place = proposal.calendar.enrolments.select_related("staff_member__unit").first()
    person = place.staff_member
    owner = calendar.administration
    manager, staff = (
        make.member(owner, role, f"own-{role}") for role in (Role.MANAGER, Role.STAFF)
    )
    make.scope(manager, unit=person.unit)
    make.scope(staff, staff_member=person)
    mine = calendar.enrolments.get(staff_member=person)
    addresses = (
        *("/api/v1/customs/enrolments/{}/", "/customs/enrolments/{}/attendance/"),
        *("/customs/cover/places/{}/swap/", "/customs/enrolments/{}/application/"),
    )

    def answers(member, kept):
        return [as_(member).get(one.format(kept.pk)).status_code for one in addresses]

    assert 404 not in answers(manager, mine)
    assert 404 not in answers(alice, place)
    assert set(answers(manager, place)) == {404}
    assert answers(staff, mine)[0] == 200
    assert answers(staff, place)[0] == 404


@pytest.mark.parametrize("state", [Plan.State.WRITING, Plan.State.PROPOSED])
def test_a_plan_that_is_being_written_is_the_offices_alone(calendar, carol, state):
    reviewer = make.member(calendar.administration, Role.REVIEWER, "rita")
    Plan.objects.filter(pk=calendar.plan_id).update(is_current=False, state=state)

    assert calendar.plan in Plan.objects.visible_to(carol)
    assert not Plan.objects.visible_to(reviewer).exists()
    assert not TrainingSession.objects.visible_to(reviewer).exists()


def test_while_a_plan_is_written_it_is_so_called(calendar, monkeypatch):
    seen = []
    monkeypatch.setattr(writing, "write", lambda plan, *rest: seen.append(plan.state) or 1 / 0)

    with pytest.raises(ZeroDivisionError):
        plans.make_plan(calendar.administration, by=None, effort=1)

    assert seen == [Plan.State.WRITING]
    assert Plan.objects.get() == calendar.plan


@pytest.mark.parametrize("state", [Plan.State.DRAFT, Plan.State.ADOPTED])
def test_a_plan_that_was_in_force_stays_to_be_seen_when_another_takes_its_place(calendar, state):
    reviewer = make.member(calendar.administration, Role.REVIEWER, "rita")
    Plan.objects.filter(pk=calendar.plan_id).update(is_current=False, state=state)

    assert TrainingSession.objects.visible_to(reviewer).count() == 3


def test_the_page_of_the_plan_asks_little_whatever_was_scarce_and_what_waits(
    calendar, alice, as_, django_assert_max_num_queries
):
    plan, owner = calendar.plan, calendar.administration
    scarce = [{"kind": kind, "key": "X", "period": "", "price": 1.0, "amount": 2.0}
              for kind in ("cover", "offer")]  # fmt: skip
    plan.report = plan.report | {"scarce": scarce}
    plan.save()
    waiting = Plan.objects.create(
        administration=owner, title="B", as_of=owner.as_of, is_current=False, state="proposed"
    )
    client = as_(alice)

    with django_assert_max_num_queries(15):
        page = client.get(at("plan"))

    assert at("proposal", waiting.pk) in words(page)


def test_before_a_plan_is_made_it_is_said_that_the_waiting_one_is_discarded(calendar, alice, as_):
    said = "The plan that waits beside it now"
    owner = calendar.administration
    before = words(as_(alice).get(at("ask_for_plan")))
    waiting = Plan.objects.create(
        administration=owner, title="B", as_of=owner.as_of, is_current=False, state="proposed"
    )

    page = words(as_(alice).get(at("ask_for_plan")))

    assert said not in before
    assert f'href="{at("proposal", waiting.pk)}">{said}</a> is discarded.' in page


def test_the_page_compares_and_puts_the_plan_in_force(calendar, proposal, alice, as_):
    told = words(as_(alice).get(at("plan")))
    page = words(as_(alice).get(at("proposal", proposal.pk)))
    answer = as_(alice).post(at("proposal", proposal.pk))

    assert at("proposal", proposal.pk) in told
    assert "Nothing is changed yet." in page
    assert "Training sessions" in page
    assert answer.url == at("plan")
    assert Plan.objects.get(is_current=True) == proposal


def test_the_page_discards_a_plan(calendar, proposal, alice, as_):
    as_(alice).post(at("proposal_discard", proposal.pk))

    assert list(Plan.objects.all()) == [calendar.plan]
    assert as_(alice).get(at("proposal", proposal.pk)).status_code == 404


def test_better_dates_are_shown_before_anything_changes(calendar, found, alice):
    before = stands(calendar)

    told = improving.last_improvement(calendar, by=alice)

    assert stands(calendar) == before
    assert (told.is_better, told.is_stale) == (True, False)
    assert {one.key for one in told.figures if one.change} >= {"calendar_worth"}
    assert told.compared.difference.lines


def test_taking_better_dates_leaves_exactly_what_was_compared(calendar, found, alice):
    told = improving.last_improvement(calendar, by=alice)
    wanted = {line.stand.code: line.after.starts_on
              for line in told.compared.difference.lines if line.after}  # fmt: skip

    taken = done(improving.ask_to_apply(calendar, run=found.pk, by=alice), improving._apply)

    assert (taken.state, taken.error) == ("done", "")
    now = dict(stands(calendar)[0])
    assert {code: now[code] for code in wanted} == wanted
    gone = {line.stand.code for line in told.compared.difference.lines if not line.after}
    assert not gone & now.keys()
    calendar.plan.refresh_from_db()
    worth = next(one for one in told.figures if one.key == "calendar_worth")
    assert calendar.plan.objective == pytest.approx(worth.after)


def test_better_dates_found_before_a_change_are_not_taken(calendar, found, alice):
    session = calendar.sessions.last()
    session.is_pinned = True
    session.save()

    assert improving.last_improvement(calendar, by=alice).is_stale
    with pytest.raises(ValidationError, match="changed meanwhile"):
        improving.ask_to_apply(calendar, run=found.pk, by=alice)


def test_better_dates_are_written_whole_or_not_at_all(calendar, found, alice, monkeypatch):
    before = stands(calendar)
    asked = improving.ask_to_apply(calendar, run=found.pk, by=alice)

    def killed(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(filling, "_save_needs", killed)
    with pytest.raises(KeyboardInterrupt):
        improving._apply(asked, lambda *_told: True)

    assert stands(calendar) == before
    assert not improving.last_improvement(calendar, by=alice).is_stale


def test_of_a_stale_result_nothing_is_reckoned(calendar, found, alice):
    found.result = {**found.result, "stands": "otherwise", "gone": [], "changed": [
        {**one, "module_id": "GONE"} for one in found.result["changed"]]}  # fmt: skip
    found.save()

    told = improving.last_improvement(calendar, by=alice)

    assert told.is_stale
    assert (told.figures, told.compared.difference.lines) == ((), ())


def test_for_a_plan_not_in_force_no_better_dates_are_looked_for(calendar, found, alice):
    asked = improving.ask_for_schedule(calendar, by=alice, effort=3)
    calendar.plan.is_current = False
    calendar.plan.save()

    for ask in (
        lambda: improving.ask_for_schedule(calendar, by=alice),
        lambda: improving._work(asked, lambda *_told: True),
        lambda: improving.ask_to_apply(calendar, run=found.pk, by=alice),
    ):
        with pytest.raises(ValidationError, match="Another plan has taken the place"):
            ask()


def test_what_changes_while_better_dates_are_looked_for_makes_them_stale(
    calendar, alice, monkeypatch
):
    look, owner, first = improving._searched, calendar.administration, make_training.FIRST

    def meanwhile(*args, **options):
        Closure.objects.create(administration=owner, scope="ALL", starts_on=first, ends_on=first)
        return look(*args, **options)

    monkeypatch.setattr(improving, "_searched", meanwhile)
    done(improving.ask_for_schedule(calendar, by=alice, effort=3), improving._work)

    assert improving.last_improvement(calendar, by=alice).is_stale


def test_better_dates_are_compared_in_few_questions_to_the_database(
    calendar, found, alice, as_, django_assert_max_num_queries
):
    client = as_(alice)
    problems.forget()

    with django_assert_max_num_queries(15):
        client.get(at("improvement"))


def test_no_name_stays_in_the_run(calendar, found, alice):
    told = improving.last_improvement(calendar, by=alice)
    trainers = {stand.trainer for line in told.compared.difference.lines
                for stand in (line.before, line.after) if stand}  # fmt: skip

    assert trainers - {""}
    assert not [name for name in trainers - {""} if name in str(found.result)]


def test_only_what_was_found_last_is_taken(calendar, found, alice):
    again = done(improving.ask_for_schedule(calendar, by=alice, effort=3), improving._work)

    with pytest.raises(ValidationError, match="found last"):
        improving.ask_to_apply(calendar, run=found.pk, by=alice)
    assert improving.ask_to_apply(calendar, run=again.pk, by=alice)


def test_where_nothing_better_is_found_the_page_says_so(calendar, found, alice, as_):
    done(improving.ask_to_apply(calendar, run=found.pk, by=alice), improving._apply)
    done(improving.ask_for_schedule(calendar, by=alice, effort=3), improving._work)

    assert "No better dates were found" in words(as_(alice).get(at("improvement")))


def test_the_page_of_better_dates_asks_for_them_to_be_taken(calendar, found, alice, as_):
    page = words(as_(alice).get(at("improvement")))
    answer = as_(alice).post(at("improvement"), {"run": found.pk})

    assert "Take these dates?" in page
    run = Run.objects.exclude(pk=found.pk).get()
    assert answer.url == reverse("core:run", args=["customs", run.pk])


def test_rest_compares_decides_and_refuses_alike(calendar, proposal, found, alice, carol, as_):
    root = "/api/v1/customs/"
    beside = as_(alice).get(f"{root}plans/{proposal.pk}/comparison/").json()
    better = as_(alice).get(f"{root}calendars/{calendar.pk}/improvement/").json()
    asked = as_(alice).post(
        f"{root}calendars/{calendar.pk}/improvement/", {"run": found.pk}, **JSON
    )
    refused = as_(carol).post(f"{root}plans/{proposal.pk}/put-in-force/", **JSON)
    put = as_(alice).post(f"{root}plans/{proposal.pk}/put-in-force/", **JSON)
    late = as_(alice).post(f"{root}plans/{proposal.pk}/discard/", **JSON)

    assert beside["figures"][0]["key"] == "share"
    assert better["is_better"]
    assert better["calendar"]["lines"]
    assert (asked.status_code, refused.status_code, put.status_code) == (202, 403, 200)
    assert late.status_code == 400
