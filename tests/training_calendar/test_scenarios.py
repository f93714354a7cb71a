from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from hrplan.core import runs
from hrplan.core.models import Administration, Member, Run, RunState
from tests.training_calendar import make_training
from training_calendar.models import Budget, Plan, Scenario
from training_calendar.report.frontier import frontier_chart
from training_calendar.usecases import imports, plans, scenarios
from training_calendar.usecases.funding_sources import add_source

pytestmark = [pytest.mark.whole, pytest.mark.both]

MINI = Path(__file__).parents[1] / "data" / "planning" / "mini-2"
PAGE = "/customs/plan/scenarios/"


@pytest.fixture
def plan(customs: Administration) -> Plan:
    """A plan of a small planning instance, with one other budget tried."""
    customs.as_of_fixed = date(2027, 1, 4)
    customs.constants = {
        "planning": {
            "preparation_days": 0,
            "scenarios": [0.6, 1.0],
            "frontier": [1.4],
            "scenario_effort": 2,
        }
    }
    customs.save()
    imports.import_instance(customs, MINI, by=None)
    return plans.make_plan(customs, by=None, effort=2)


def kept(plan: Plan, **fields) -> Scenario:
    """A scenario kept with a plan made by hand."""
    defaults = {
        "position": 0, "kind": "share", "share": 0.8, "budget": 4000, "cost": 3900, "closed": 20,
        "total": 40, "sessions": 3, "seats": 12, "people": 9, "reasons": {"money": 4},
        "left_out": [{"competency": "O1", "needs": 4, "points": 8, "reason": "money"}],
    }  # fmt: skip
    return Scenario.objects.create(plan=plan, **{**defaults, **fields})


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_plan_comes_with_the_budgets_of_its_constants(plan):
    shares = Scenario.objects.filter(plan=plan).values_list("kind", "share")

    assert list(shares) == [("share", 0.6), ("share", 1.0)]


def test_all_scenarios_are_worked_out_in_a_run_and_kept_with_the_plan(plan, alice):
    run = scenarios.ask_for_scenarios(plan, by=alice)
    runs.carry_out(run.pk, scenarios._work)

    run.refresh_from_db()
    rows = {(row.kind, row.share): row for row in Scenario.objects.filter(plan=plan)}
    assert run.state == RunState.DONE
    assert run.progress == 100
    assert run.result["url"] == PAGE
    assert {kind for kind, _share in rows} >= {"share", "no-travel", "trainer", "room"}
    assert [share for kind, share in rows if kind == "share"] == [0.6, 1.0, 1.4]
    for row in rows.values():
        assert row.cost <= row.budget + 0.01
        assert 0 <= row.closed <= row.total
        assert sum(row.reasons.values()) >= sum(item["needs"] for item in row.left_out)
        assert all(item["reason"] for item in row.left_out)


def test_more_money_closes_no_less(plan):
    scenarios.work_out(plan, by=None)

    closed = [step.closed for step in scenarios.budget_steps(plan)]

    assert closed == sorted(closed)


def test_without_travel_nobody_leaves_the_own_region(plan):
    bench = scenarios.Bench(plan.administration, plan)
    wanted = next(one for one in bench.variants() if one.kind == "no-travel")
    found = bench.row(wanted, scenarios.Told(None))

    assert found.cost <= found.budget
    trips = wanted.instance.regions.trip
    assert (trips[trips > 0] > wanted.instance.horizon.budget.sum()).all()


def test_a_donor_that_drops_out_takes_its_money_with_it(plan, alice):
    quarter = Budget.objects.filter(administration=plan.administration).first()
    add_source(
        plan.administration,
        by=alice,
        code="D",
        name="Donor",
        kind="donor",
        amount=quarter.amount / 2,
        quarters=[quarter],
    )
    bench = scenarios.Bench(plan.administration, plan)

    wanted = [one for one in bench.variants() if one.kind == "no-donor"]

    assert [one.facts["donor"] for one in wanted] == ["Donor"]
    whole = next(one for one in bench.variants() if one.kind == "no-travel").instance
    less = whole.horizon.budget.sum() - wanted[0].instance.horizon.budget.sum()
    assert less == pytest.approx(float(quarter.amount) / 2 * (1 - bench.reserve), abs=1)


def test_a_run_that_is_stopped_leaves_the_scenarios_as_they_were(plan, alice):
    before = list(Scenario.objects.filter(plan=plan).values_list("pk", flat=True))
    run = scenarios.ask_for_scenarios(plan, by=alice)

    def stopping(run: Run, watch: runs.Watch) -> dict:
        Run.objects.filter(pk=run.pk).update(stop_requested=True)
        return scenarios._work(run, watch)

    runs.carry_out(run.pk, stopping)

    run.refresh_from_db()
    assert run.state == RunState.STOPPED
    assert list(Scenario.objects.filter(plan=plan).values_list("pk", flat=True)) == before


def test_only_who_plans_may_ask_for_scenarios(customs, ruth: Member):
    plan = make_training.plan(customs).plan

    with pytest.raises(PermissionDenied):
        scenarios.ask_for_scenarios(plan, by=ruth)


def test_the_page_sets_scenarios_side_by_side_with_what_is_left_out(customs, alice, ruth, as_):
    plan = make_training.plan(customs).plan
    kept(plan)
    kept(plan, position=1, kind="trainer", share=1.0, facts={"like": "TR1", "region": "BZC"})

    office, ministry = (words(as_(member).get(PAGE)) for member in (alice, ruth))

    for page in (office, ministry):
        assert "80 % of the budget" in page
        assert "One more trainer, like TR1 in BZC" in page
        assert "50 %" in page
        assert "No quarter has the money left" in page
    assert ">hidden<" in ministry
    assert ">hidden<" not in office


def test_the_page_draws_the_frontier_and_says_what_each_further_money_buys(customs, alice, as_):
    plan = make_training.plan(customs).plan
    for at, (share, closed) in enumerate([(0.5, 10), (1.0, 20), (1.5, 22)]):
        kept(plan, position=at, share=share, budget=5000 * share, closed=closed)

    page = words(as_(alice).get(PAGE))
    steps = scenarios.budget_steps(plan)

    assert [step.each_thousand for step in steps] == [None, 4.0, 0.8]
    assert "Gap closed by budget" in page
    assert "closes 0.8 points with each 1,000" in page


def test_two_budgets_make_no_picture(customs):
    plan = make_training.plan(customs).plan
    kept(plan)
    kept(plan, position=1, share=1.0, budget=5000)

    assert frontier_chart(scenarios.budget_steps(plan), "BZD") is None


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_scenarios_are_had_as_a_file(customs, alice, as_, kind):
    kept(make_training.plan(customs).plan)

    response = as_(alice).get(PAGE, {"format": kind})

    assert f"scenarios.{kind}" in response["Content-Disposition"]
    if kind == "csv":
        assert "80 % of the budget" in response.getvalue().decode("utf-8-sig")
    else:
        assert response.getvalue().startswith(b"PK")


def test_rest_gives_the_scenarios_and_takes_the_wish_for_them(customs, alice, ruth, as_):
    plan = make_training.plan(customs).plan
    kept(plan)
    address = f"/api/v1/customs/plans/{plan.pk}/scenarios/"

    found = as_(alice).get(address).json()
    asked = as_(alice).post(address)

    assert found["scenarios"][0]["left_out"][0]["needs"] == 4
    assert as_(ruth).get(address).json()["scenarios"][0]["left_out"][0]["needs"] is None
    assert found["frontier"][0]["closed_share"] == 0.5
    assert asked.status_code == 202
    assert as_(ruth).post(address).status_code == 403


def test_the_page_asks_for_a_run_and_opens_it(customs, alice, as_):
    make_training.plan(customs)

    response = as_(alice).post(f"{PAGE}work-out/")

    run = Run.objects.get()
    assert run.kind == "scenarios"
    assert response.url == reverse("core:run", args=["customs", run.pk])
