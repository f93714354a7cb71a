"""The strategy and the chart of accounts: lines chosen, lines off the chart, the travel share."""

from decimal import Decimal

import pytest

from hrplan.strategy.models import Strategy, StrategyCost
from hrplan.strategy.usecases import costs
from hrplan.strategy.usecases.computed import computed_indicators
from tests import make
from tests.strategy import make_strategy
from tests.training_calendar import make_training
from training_calendar.models import BudgetLine, CostLine
from training_calendar.usecases import accounts

pytestmark = [pytest.mark.whole, pytest.mark.both]


@pytest.fixture
def work(customs):
    return make_strategy.initiative(make_strategy.objective(make_strategy.strategy(customs)))


@pytest.fixture
def plan(customs):
    """A plan in force with 30 on a line of travel, 90 on another, and 40 on none of the chart."""
    calendar = make_training.plan(customs)
    for code, amount in (("31-3", 30), ("40", 90), ("99", 40)):
        CostLine.objects.create(
            intervention=calendar.plan.interventions.get(), budget_line=code, title=code,
            quarter="2016/17 Q1", fiscal_year="2016/17", quantity=1, unit="day", rate=amount,
            amount=amount,
        )  # fmt: skip
    return calendar.plan


def words(response) -> str:
    return " ".join(response.content.decode().split())


def travel(customs):
    (found,) = computed_indicators(customs, ["K24"])
    return found.value, found.n, found.missing


def test_the_travel_share_follows_what_the_chart_marks_and_counts_what_is_off_it(
    customs, plan, alice
):
    assert travel(customs) == (25.0, 2, 1)

    lines = BudgetLine.objects.filter(administration=customs)
    accounts.change_line(lines.get(code="40"), by=alice, is_travel=True)
    assert travel(customs) == (100.0, 2, 1)

    accounts.add_line(customs, by=alice, code="99", title="Rent")
    assert travel(customs) == (75.0, 3, 0)

    lines.delete()
    (found,) = computed_indicators(customs, ["K24"])
    assert (found.value, found.missing) == (None, 3)
    assert found.reason == "no cost of the plan falls on a line of the chart of accounts"


def test_titles_of_lines_stand_in_every_administration_and_are_its_own(customs):
    elsewhere = make.administration("elsewhere", country="JM")
    make_strategy.cost(
        make_strategy.initiative(make_strategy.objective(make_strategy.strategy(elsewhere)))
    )
    BudgetLine.objects.filter(administration=elsewhere, code="48").update(title="Advisers")

    found = costs.cost_summary(Strategy.objects.get(administration=elsewhere))

    assert [row.key for row in found.by_line.rows] == ["48 Advisers"]


def test_a_code_off_the_chart_stays_is_counted_and_is_told_wherever_costs_are(
    customs, work, plan, alice, ruth, as_
):
    make_strategy.cost(work, budget_line="99")
    make_strategy.cost(work, "Printer", budget_line="77", amount=Decimal(5))

    found = costs.cost_summary(work.strategy)
    assert [(one.code, one.n, one.amount) for one in found.off_chart] == [
        ("77", 1, 5),
        ("99", 2, 8040),
    ]
    glance = costs.cost_glance(customs)
    assert (glance.total, glance.off_chart) == (found.total, found.off_chart)
    assert [row.is_on_chart for row in found.rows] == [False, False]
    for address in ("strategy/", "strategy/costs/", "checks/"):
        page = words(as_(alice).get(f"/customs/{address}"))
        assert "99: 2 cost lines, BZD 8,040" in page
        assert "/customs/supply/budget-lines/" in page
    assert "/customs/supply/budget-lines/" not in words(as_(ruth).get("/customs/strategy/"))
    own = words(as_(alice).get(f"/customs/initiatives/{work.pk}/"))
    assert "not on the chart" in own


def test_the_form_offers_the_lines_of_the_chart_and_the_code_a_cost_has(customs, work, alice, as_):
    row = make_strategy.cost(work, budget_line="99")
    client = as_(alice)

    new = words(client.get("/customs/strategy/costs/new/"))
    page = words(client.get(f"/customs/strategy/costs/{row.pk}/edit/"))

    assert ">31-3 Subsistence</option>" in new
    assert "99 (not on the chart of accounts)" not in new
    assert "99 (not on the chart of accounts)" in page
    sent = {
        "initiative": work.pk, "fiscal_year": "2016/17", "budget_line": "99", "title": "Adviser",
        "quantity": 10, "unit": "days", "rate": 800, "amount": 8000, "funding": "donor",
    }  # fmt: skip
    assert client.post(f"/customs/strategy/costs/{row.pk}/edit/", sent).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.budget_line) == ("Adviser", "99")

    sent |= {"budget_line": "98", "title": "Another"}
    assert client.post("/customs/strategy/costs/new/", sent).status_code == 200
    sent["budget_line"] = "43"
    assert client.post("/customs/strategy/costs/new/", sent).status_code == 302
    assert StrategyCost.objects.get(title="Another").budget_line == "43"
