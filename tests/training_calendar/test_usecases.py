"""Planning from rows to rows: instance in, plan, changes by hand, instance out."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from competencies.models import Assessment, Unit
from hrplan.core.models import Administration, Member, Run, RunState
from hrplan.core.runs import Stopped
from tests import make
from training_calendar import frames, library
from training_calendar.models import (
    Budget,
    CostLine,
    Enrolment,
    Evaluation,
    Module,
    Need,
    Plan,
    TrainingSession,
)
from training_calendar.solver import obstacles as search
from training_calendar.usecases import (
    attendance,
    calendars,
    catalogue,
    changes,
    cover,
    exports,
    filling,
    funding_sources,
    imports,
    improving,
    instances,
    interventions,
    making,
    needs,
    obstacles,
    plan_overview,
    plans,
    rates,
    releases,
    remedies,
    rewriting,
    rule_weights,
    rulings,
    supply,
)

pytestmark = [pytest.mark.whole, pytest.mark.both]

INSTANCES = Path(__file__).parents[1] / "data" / "planning"
MINI = INSTANCES / "mini-2"
EFFORT = 3


@pytest.fixture
def planned(customs: Administration) -> Administration:
    """An administration that holds a small planning instance."""
    customs.as_of_fixed = date(2027, 1, 4)
    customs.constants = {"planning": {"preparation_days": 0, "scenarios": []}}
    customs.save()
    imports.import_instance(customs, MINI, by=None)
    return customs


@pytest.fixture
def plan(planned: Administration) -> Plan:
    return plans.make_plan(planned, by=None, effort=EFFORT)


def table(folder: Path, name: str) -> pd.DataFrame:
    frame = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
    for column in set(frame) & {"amount", "cost_day", "cost_session", "cost_seat", "trip_cost",
                                "max_away_pct"}:  # fmt: skip
        frame[column] = frame[column].astype(float)
    return frame[sorted(frame)].sort_values(sorted(frame)).reset_index(drop=True)


def test_an_imported_instance_is_exported_as_it_was(
    planned: Administration, tmp_path: Path
) -> None:
    exports.write_instance(planned, tmp_path)

    for path in sorted(MINI.glob("*.csv")):
        pd.testing.assert_frame_equal(table(tmp_path, path.stem), table(MINI, path.stem))
    ratings = Assessment.objects.filter(administration=planned)
    assert set(ratings.values_list("source", "rated_on")) == {("validated", date(2027, 1, 4))}


FURTHER = {"F1", "F2", "F3"}


def test_a_plan_obeys_the_further_rules_that_the_planner_lets_block(planned, alice) -> None:
    free = plans.make_plan(planned, by=None, effort=EFFORT)
    held = frames.seats(free.calendar)
    busy = held["starts_on"].iloc[0].month
    Unit.objects.filter(code=held["station"].iloc[0]).update(peak_months=[busy])
    found = releases.release_check(free.calendar)
    assert {one.rule for one in found.warnings} == FURTHER
    assert found.blocks == ()

    rule_weights.set_weights(planned, dict.fromkeys(FURTHER, "block"), by=alice)
    planned.refresh_from_db()
    assert {one.rule for one in releases.release_check(free.calendar).blocks} == FURTHER
    strict = plans.make_plan(planned, by=None, effort=EFFORT)

    found = releases.release_check(strict.calendar)
    assert (found.blocks, found.warnings) == ((), ())
    assert calendars.check_calendar(strict.calendar) == ()
    assert strict.calendar.sessions.exists()


def test_a_plan_spends_money_that_a_source_binds_on_its_modules_alone(planned, alice) -> None:
    free = plans.make_plan(planned, by=None, effort=EFFORT)
    module = free.calendar.sessions.filter(module__code="M05").first().module
    quarters = list(Budget.objects.filter(administration=planned))
    fields = {"code": "DONOR", "name": "Donor", "kind": "donor", "modules": [module]}
    money = {"quarters": quarters, "amount": sum(quarter.amount for quarter in quarters)}
    funding_sources.add_source(planned, by=alice, **fields, **money)

    strict = plans.make_plan(planned, by=None, effort=EFFORT)

    paid = strict.calendar.sessions.filter(cost__gt=0).values_list("module__code", flat=True)
    assert set(paid) == {module.code}
    assert {one.rule for one in releases.release_check(free.calendar).blocks} == {"F4"}
    assert releases.release_check(strict.calendar).blocks == ()
    assert strict.needs.filter(reason="bound", remedy__kind="money").exists()


def test_importing_twice_changes_nothing(planned: Administration) -> None:
    before = Assessment.objects.count(), Module.objects.count()

    imports.import_instance(planned, MINI, by=None)

    assert (Assessment.objects.count(), Module.objects.count()) == before


def test_a_broken_folder_is_refused_whole(customs: Administration, tmp_path: Path) -> None:
    shutil.copytree(MINI, tmp_path / "broken")
    (tmp_path / "broken" / "venues.csv").write_text("venue_id,region_id,kind\nV1,R1,lab\n")

    with pytest.raises(ValidationError, match="venues"):
        imports.import_instance(customs, tmp_path / "broken", by=None)

    assert not Module.objects.exists()


def test_a_plan_obeys_every_rule_and_is_in_force(plan: Plan) -> None:
    assert plan_overview.current_plan(plan.administration) == plan
    assert calendars.judged(plan.calendar).violations == ()
    assert plan.closed_gap > 0
    assert plan.bound is not None
    assert plan.objective is not None
    assert plan.bound >= plan.objective


def test_what_training_does_not_answer_is_not_trained_and_says_why(
    planned: Administration, alice: Member
) -> None:
    before = plans.make_plan(planned, by=None, effort=EFFORT)
    need = before.needs.filter(is_met=True).order_by("pk").first()
    assert need is not None
    same = {"competency": need.competency, "staff_member__profile": need.staff_member.profile}
    rulings.add_ruling(
        planned,
        competency=need.competency,
        profile=need.staff_member.profile,
        cause="tools",
        reason="There is no scanner",
        by=alice,
    )

    plan = plans.make_plan(planned, by=None, effort=EFFORT)

    found = set(plan.needs.filter(**same).values_list("is_met", "reason", "module"))
    assert found == {(False, "cause-tools", None)}
    assert plan.needs.filter(**same).count() == before.needs.filter(**same).count()
    assert plan.total_gap < before.total_gap
    assert plan.needs.count() == before.needs.count()
    told = {count.words: count.advice for count in needs.unmet_by_reason(plan)}
    assert told["not for training: tools, time or system are missing"].startswith("Provide")


def test_the_cash_of_sessions_is_the_same_everywhere(plan: Plan) -> None:
    sessions = sum(row.cost for row in calendars.calendar_rows(plan.calendar))
    lines = sum(line.amount for line in CostLine.objects.filter(intervention__plan=plan))
    outside = sum(row.cost for row in Enrolment.objects.filter(session=None))

    assert float(sessions) == pytest.approx(calendars.judged(plan.calendar).objective.cost)
    assert float(lines) == pytest.approx(float(sessions + outside))


def test_money_is_kept_for_courses_outside_only_where_one_costs_something(
    planned: Administration,
) -> None:
    def for_sessions() -> float:
        instance = instances.planning_instance(planned, planned.as_of)
        return float(instance.horizon.budget.sum())

    whole = float(sum(Budget.objects.values_list("amount", flat=True)))
    module = Module.objects.first()
    module.pk, module.code, module.mode, module.cost_person = None, "E1", "self_paced", 0
    module.save()
    assert for_sessions() == pytest.approx(whole)

    Module.objects.filter(code="E1").update(cost_person=5)
    assert for_sessions() == pytest.approx(0.85 * whole)


def test_every_gap_is_a_need_that_is_met_or_has_a_reason(plan: Plan) -> None:
    rows = Need.objects.filter(plan=plan)
    overview = needs.needs_overview(plan)

    assert sum(row.weighted_gap for row in rows) == plan.total_gap
    assert all(row.is_met == (row.reason == "") for row in rows)
    assert all(row.is_met == (row.reached >= row.required) for row in rows)
    assert sum(count.needs for count in overview.by_reason) == overview.total.unmet


def test_every_need_left_open_has_what_would_meet_it(plan: Plan) -> None:
    rows = Need.objects.filter(plan=plan).select_related("remedy")
    words = remedies.Words(plan.administration)

    assert any(not row.is_met for row in rows)
    for row in rows:
        assert hasattr(row, "remedy") == (not row.is_met)
        if not row.is_met:
            shown = words.shown(row.remedy)
            assert "%(" not in shown.change + shown.place
            assert shown.change


def test_every_session_has_four_evaluations_in_order(plan: Plan) -> None:
    for session in plan.calendar.sessions.all():
        due = list(Evaluation.objects.filter(session=session).values_list("due_on", flat=True))
        assert len(due) == 4
        assert due == sorted(due)


def test_a_new_plan_takes_the_place_of_the_old_one(plan: Plan) -> None:
    again = plans.make_plan(plan.administration, by=None, effort=EFFORT, budget_share=0.5)

    assert list(Plan.objects.filter(is_current=True)) == [again]
    cash = sum(quarter.sessions for quarter in plan_overview.plan_overview(again).quarters)
    assert cash <= 0.5 * float(sum(q.amount for q in supply.supply(plan.administration).quarters))


def test_the_same_effort_makes_the_same_plan(plan: Plan) -> None:
    again = plans.make_plan(plan.administration, by=None, effort=EFFORT)

    def rows(one: Plan) -> list[tuple]:
        sessions = one.calendar.sessions.order_by("code")
        return list(sessions.values_list("code", "starts_on", "venue", "trainer", "cost"))

    assert rows(again) == rows(plan)


def test_a_stopped_run_leaves_the_plan_in_force(plan: Plan) -> None:
    with pytest.raises(Stopped):
        plans.make_plan(plan.administration, by=None, effort=50, watch=lambda *_: False)

    assert list(Plan.objects.all()) == [plan]


def test_only_the_hr_officer_asks_for_plans(
    planned: Administration, alice: Member, carol: Member, django_capture_on_commit_callbacks
) -> None:
    with pytest.raises(PermissionDenied):
        plans.ask_for_plan(by=carol)
    with django_capture_on_commit_callbacks(execute=True):
        asked = plans.ask_for_plan(by=alice, effort=EFFORT)

    run = Run.objects.get(pk=asked.pk)
    assert run.state == RunState.DONE
    assert run.result["plan"] == Plan.objects.get(is_current=True).pk


def test_without_parameters_no_plan_is_asked_for(alice: Member) -> None:
    with pytest.raises(ValidationError, match="planning parameters"):
        plans.ask_for_plan(by=alice)


def test_a_share_that_makes_no_sense_is_refused(planned: Administration) -> None:
    with pytest.raises(ValidationError, match="share"):
        plans.make_plan(planned, by=None, budget_share=0)


def test_improving_keeps_what_is_pinned(plan: Plan, alice: Member) -> None:
    pinned = plan.calendar.sessions.exclude(module__mode="external").first()
    assert pinned is not None
    changes.pin_session(pinned, pinned=True, by=alice)
    before = calendars.judged(plan.calendar).objective.z

    improving.improve_calendar(plan.calendar, effort=EFFORT)

    again = TrainingSession.objects.get(pk=pinned.pk)
    assert (again.code, again.starts_on) == (pinned.code, pinned.starts_on)
    after = calendars.judged(plan.calendar)
    assert after.violations == ()
    assert after.objective.z >= before


def test_a_better_calendar_keeps_what_was_attended(plan: Plan, alice: Member) -> None:
    place = plan.calendar.enrolments.order_by("starts_on").first()
    assert place is not None
    owner = plan.administration
    owner.as_of_fixed = place.ends_on
    owner.save()
    place = Enrolment.objects.get(pk=place.pk)
    attendance.record_attendance(place, hours=place.module.hours, is_completed=True, by=alice)

    filling.fill(plan, plan.calendar, drafted(plan), ())

    assert Enrolment.objects.get(pk=place.pk).attendance.is_completed


def drafted(plan: Plan) -> making.Draft:
    """The plan as it stands, worked out again."""
    instance, sessions = rewriting.state(plan.calendar)
    return rewriting.worked_out(plan.calendar, instance, sessions)


def test_a_cancelled_session_frees_its_people_and_its_money(plan: Plan, alice: Member) -> None:
    session = plan.calendar.sessions.exclude(module__mode="external").first()
    assert session is not None
    spent = calendars.judged(plan.calendar).objective.cost

    changes.cancel_session(session, reason="No room", by=alice)

    assert not Enrolment.objects.filter(session=session).exists()
    assert calendars.judged(plan.calendar).objective.cost < spent
    assert session.code not in {row.code for row in calendars.calendar_rows(plan.calendar)}
    with pytest.raises(ValidationError, match="cancelled"):
        changes.cancel_session(session, reason="Again", by=alice)


def test_only_the_hr_officer_changes_a_calendar(plan: Plan, carol: Member, mallory: Member) -> None:
    session = plan.calendar.sessions.first()
    assert session is not None
    for member in (carol, mallory):
        with pytest.raises(PermissionDenied):
            changes.pin_session(session, pinned=True, by=member)


def test_cover_counts_the_days_at_the_limit(plan: Plan) -> None:
    shown = cover.cover(plan.calendar)

    assert shown.broken_days == 0
    assert shown.binding_days > 0
    taught = sum(row.nominated * row.days for row in calendars.calendar_rows(plan.calendar))
    assert sum(station.person_days for station in shown.stations) == taught


def test_sheets_add_up_to_the_plan(plan: Plan) -> None:
    sheets = interventions.interventions(plan)

    assert sum(sheet.intervention.closes_gap for sheet in sheets) == pytest.approx(plan.closed_gap)
    assert [sheet.intervention.rank for sheet in sheets] == list(range(1, len(sheets) + 1))
    assert all(sheet.intervention.indicator for sheet in sheets)


def test_the_catalogue_is_adopted_once(customs: Administration, alice: Member) -> None:
    make.framework(customs)

    first = catalogue.adopt_catalogue(customs, by=alice)
    again = catalogue.adopt_catalogue(customs, by=alice)

    assert first.modules == Module.objects.count() == 106
    assert (again.modules, again.programmes) == (0, 0)


def test_prices_of_another_currency_are_exchanged_at_a_rate_that_each_module_names(
    customs: Administration, alice: Member
) -> None:
    customs.currency = "USD"
    customs.save()
    facts = {"rate": Decimal("0.5"), "on": date(2016, 2, 1), "source": "Central bank"}
    rates.add_rate(customs, by=alice, currency="BZD", **facts)

    catalogue.adopt_catalogue(customs, by=alice)

    shipped = next(one for one in library.catalogue().modules if one.cost_session.amount == 250)
    row = Module.objects.get(code=shipped.code)
    assert (row.cost_session, row.cost_person) == (125, shipped.cost_person.amount / 2)
    assert row.price_source.startswith(shipped.cost_session.source)
    assert row.price_source.endswith("; BZD 1 = USD 0.5 (Central bank, 2016-02-01)")


def test_a_catalogue_is_never_taken_at_a_price_of_another_currency(customs: Administration) -> None:
    customs.currency = "USD"
    customs.save()

    with pytest.raises(ValidationError, match="in BZD, and the administration counts in USD"):
        catalogue.adopt_catalogue(customs, by=None)
    assert not Module.objects.exists()


def test_values_ask_for_no_training(planned: Administration) -> None:
    topic = planned_topic(planned)
    topic.group.in_gap_totals = False
    topic.group.save()

    tables, _params = instances.planning_tables(planned, planned.as_of)

    assert topic.code not in set(tables["role_profiles"]["competency_id"])
    assert topic.code in set(tables["assessments"]["competency_id"])


def planned_topic(administration: Administration):
    return Assessment.objects.filter(administration=administration).first().competency


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        (("H07",), "no run of it is on offer"),
        (("H07", "H08", "C2"), "the smallest group is larger"),
    ],
    ids=["no offer", "too few for the offer"],
)
def test_a_course_on_offer_that_too_few_can_take_is_not_called_without_an_offer(rules, told):
    found = obstacles._shown(
        search.Obstacle(rules=rules, module_id="X1", people=4), {"X1": "Abroad"}
    )

    assert told in found.what
