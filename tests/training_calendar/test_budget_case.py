"""What the budget case lets a reader rely on: the figures of each budget, and what is withheld."""

from typing import Any

import pytest
from django.utils import translation

from hrplan.core.models import Administration
from hrplan.documents.nodes import BarChart, Callout, Table
from tests.training_calendar import make_training
from training_calendar.models import Plan, Scenario
from training_calendar.report import budget_case as report
from training_calendar.usecases.budget_case import budget_case

pytestmark = pytest.mark.whole

PAGE = "/customs/plan/budget-case/"


def left_out(code: str, points: float, needs: int = 9, reason: str = "money") -> dict[str, Any]:
    return {"competency": code, "needs": needs, "points": points, "reason": reason}


def kept(plan: Plan, share: float, closed: float, people: int, *left: dict[str, Any]) -> Scenario:
    return Scenario.objects.create(
        plan=plan, position=int(10 * share), kind="share", share=share, budget=5000 * share,
        cost=4900 * share, closed=closed, total=40, sessions=3, seats=12, people=people,
        reasons={"money": 4}, left_out=list(left),
    )  # fmt: skip


@pytest.fixture
def plan(customs: Administration) -> Plan:
    """Four budgets; O1 is closed from 60 to 80 %, and a few needs in O2 from 80 to 100 %."""
    made = make_training.plan(customs).plan
    few = left_out("O2", 4, needs=3)
    kept(made, 0.6, 10, 3, left_out("O1", 12, needs=9), few)
    kept(made, 0.8, 20, 7, left_out("O1", 5, needs=3), few)
    kept(made, 1.0, 28, 8, left_out("O1", 5, needs=3))
    kept(made, 1.2, 28.5, 8, left_out("O1", 5, needs=3))
    kept(made, 1.4, 29, 9)
    return made


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_each_budget_says_what_it_closes_costs_reaches_and_leaves_out(plan):
    first, *_others, last = budget_case(plan, limit=None).steps

    assert (first.share, first.budget, first.closed, first.closed_share) == (0.6, 3000, 10, 0.25)
    assert (first.cost, first.people) == (2940, 3)
    assert [(part.competency, part.points) for part in first.left_out] == [("O1", 12), ("O2", 4)]
    assert last.share == 1.2
    assert last.then is None


def test_what_is_left_out_is_told_with_the_colon_of_the_language(plan):
    part = budget_case(plan, limit=None).steps[0].left_out[0]

    with translation.override("fr"):
        assert f"{part.title} : " in report.part_words(part).replace("\u00a0", " ")


def test_the_next_step_says_what_its_money_buys_and_where(plan):
    first, second, third, _last = budget_case(plan, limit=None).steps

    assert (first.then.share, first.then.money, first.then.closed) == (0.8, 1000, 10)
    assert first.then.each_thousand == pytest.approx(10)
    assert [(part.competency, part.points) for part in first.then.closes] == [("O1", 7)]
    assert [(part.competency, part.points) for part in second.then.closes] == [("O2", 4)]
    assert third.then.closes == ()


def test_of_a_competency_that_drops_off_a_full_list_the_points_are_told_at_the_least(customs):
    plan = make_training.plan(customs).plan
    kept(plan, 0.6, 10, 9, left_out("O1", 12))
    kept(plan, 0.8, 20, 9, *(left_out(f"X{at:02}", 20 - at) for at in range(15)))

    first, _last = budget_case(plan, limit=None).steps

    assert [(part.competency, part.points) for part in first.then.closes] == [("O1", 6)]


def test_small_numbers_are_withheld_from_outside_readers(plan, ruth, as_):
    first, second, *_others = budget_case(plan, limit=5).steps

    assert first.people is None
    assert second.people == 7
    assert [part.points for part in first.left_out] == [12, None]
    assert [part.points for part in second.then.closes] == [None]
    page = words(as_(ruth).get(PAGE))
    assert "fewer than 5" in page
    assert "(withheld)" in page.replace('<span class="muted">', "").replace("</span>", "")


def test_the_office_reads_every_number(plan, alice, as_):
    page = words(as_(alice).get(PAGE))

    assert "fewer than" not in page
    assert "withheld" not in page
    assert "60 % of the money asked for, BZD 3,000, closes 25.0 % of the weighted gap" in page


def test_without_other_budgets_page_and_section_say_what_to_do(customs, ruth, as_):
    plan = make_training.plan(customs).plan

    page = words(as_(ruth).get(PAGE))
    section = report.case_section(budget_case(plan, limit=None), "BZD")

    assert "/customs/plan/scenarios/" in page
    assert "were not worked out" in page
    assert [type(block) for block in section.blocks] == [Callout]


def test_a_budget_that_was_not_worked_out_is_named(customs):
    plan = make_training.plan(customs).plan
    kept(plan, 0.8, 20, 7)

    case = budget_case(plan, limit=None)

    assert case.missing == (0.6, 1.0, 1.2)
    assert "60 %, 100 %, 120 %" in report.missing_words(case)


def test_the_section_holds_two_tables_and_a_picture_with_words_for_it(plan):
    section = report.case_section(budget_case(plan, limit=None), "BZD")

    tables = [block for block in section.blocks if isinstance(block, Table)]
    charts = [block for block in section.blocks if isinstance(block, BarChart)]
    assert [table.key for table in tables] == [report.TABLE, report.NEXT]
    assert [row[0] for row in tables[0].rows] == ["60 %", "80 %", "100 %", "120 %"]
    assert "60 % of the money closes 25.0 % of the weighted gap" in charts[0].alternative


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_case_is_had_as_a_file(plan, alice, as_, kind):
    response = as_(alice).get(PAGE, {"format": kind})

    assert f"budget-case.{kind}" in response["Content-Disposition"]
    assert response.getvalue()[:2] in (b"\xef\xbb", b"PK")


def test_rest_gives_the_case_and_withholds_as_the_page_does(plan, alice, ruth, as_):
    address = f"/api/v1/customs/plans/{plan.pk}/budget-case/"

    office, ministry = (as_(member).get(address).json() for member in (alice, ruth))

    assert [step["share"] for step in office["steps"]] == [0.6, 0.8, 1.0, 1.2]
    assert office["steps"][0]["people"] == 3
    assert office["steps"][0]["then"]["closes"][0]["title"]
    assert office["steps"][3]["then"] is None
    assert ministry["steps"][0]["people"] is None
    assert ministry["limit"] == 5


def test_points_withheld_of_a_step_do_not_follow_from_what_is_left_out(customs, ruth, as_):
    plan = make_training.plan(customs).plan
    kept(plan, 0.6, 10, 9, left_out("O1", 12, needs=9))
    kept(plan, 0.8, 20, 9, left_out("O1", 8, needs=8))

    steps = as_(ruth).get(f"/api/v1/customs/plans/{plan.pk}/budget-case/").json()["steps"]

    assert steps[0]["then"]["closes"][0]["points"] is None
    assert [set(part) for step in steps for part in step["left_out"]] == [
        {"competency", "title", "reason"}
    ] * 2


def test_staff_and_other_administrations_read_none_of_it(plan, as_, stan, mallory):
    assert as_(stan).get(PAGE).status_code == 403
    assert as_(mallory).get(PAGE).status_code == 404
