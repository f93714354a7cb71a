"""Pages and resources of the strategy: who may open them, and what they cost in queries."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diagnostics.models import Finding
from hrplan.core.models import Administration, Member
from hrplan.strategy.models import (
    Indicator,
    Initiative,
    Measurement,
    Milestone,
    Objective,
    Obligation,
    PolicyRule,
    Risk,
    Strategy,
)
from hrplan.strategy.views.rows import KINDS
from tests.diagnostics import make_diagnostics
from tests.strategy import make_strategy

LISTS = (
    "strategy",
    "cost_list",
    "decision_list",
    "roadmap",
    "indicator_list",
    "computed_list",
    "initiative_list",
    "risk_list",
    "obligation_list",
)
As = Callable[[Member], Client]


def address(name: str, slug: str = "customs", *more: object) -> str:
    return reverse(f"strategy:{name}", args=[slug, *more])


@pytest.mark.parametrize("name", LISTS)
def test_every_list_opens_empty_and_filled(
    name: str, customs: Administration, alice: Member, ruth: Member, as_: As
) -> None:
    assert as_(ruth).get(address(name)).status_code == 200
    make_strategy.whole(customs, 2)
    assert as_(alice).get(address(name)).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_coordinators_and_staff_are_refused(
    name: str, cora: Member, stan: Member, mallory: Member, as_: As
) -> None:
    assert as_(cora).get(address(name)).status_code == 403
    assert as_(stan).get(address(name)).status_code == 403
    assert as_(mallory).get(address(name)).status_code == 404
    assert Client().get(address(name)).status_code == 302


@pytest.mark.parametrize("name", LISTS)
def test_four_rows_cost_no_more_queries_than_one(
    name: str, customs: Administration, alice: Member, as_: As
) -> None:
    client = as_(alice)
    made = make_strategy.whole(customs, 1)
    client.get(address(name))
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(address(name))
    made.delete()
    customs_rows(customs)
    make_strategy.whole(customs, 4)
    with CaptureQueriesContext(connection) as four:
        client.get(address(name))
    assert len(four) == len(one)
    assert len(one) <= 15


def customs_rows(customs: Administration) -> None:
    Obligation.objects.of(customs).delete()
    PolicyRule.objects.of(customs).delete()


@pytest.mark.parametrize(("name", "model"), [
    ("objective", Objective), ("indicator", Indicator), ("initiative", Initiative),
])  # fmt: skip
def test_details_are_open_to_reviewers_and_closed_to_outsiders(
    name: str, model: type, customs: Administration, ruth: Member, mallory: Member, as_: As
) -> None:
    make_strategy.whole(customs)
    row = model.objects.get()
    page = as_(ruth).get(row.get_absolute_url())
    assert page.status_code == 200
    assert row.title in page.content.decode()
    assert as_(mallory).get(row.get_absolute_url()).status_code == 404
    assert as_(mallory).get(address(name, "elsewhere", row.pk)).status_code == 404


def test_an_objective_is_added_by_its_form(customs: Administration, alice: Member, as_: As) -> None:
    made = make_strategy.strategy(customs, exercise=make_diagnostics.exercise(customs))
    data = {"code": "SO1", "title": "Fair promotion", "domains": ["D1", "D2"], "owner": "HR"}
    answer = as_(alice).post(address("objectives_add"), data)
    assert answer.status_code == 302
    row = Objective.objects.get()
    assert (row.strategy, row.code, row.domains) == (made, "SO1", ["D1", "D2"])


def test_tags_are_chosen_by_their_titles_and_unknown_ones_are_kept(
    customs: Administration, alice: Member, as_: As
) -> None:
    made = make_strategy.strategy(customs, exercise=make_diagnostics.exercise(customs))
    row = make_strategy.objective(made, domains=["D1", "gone"])
    url = address("objectives_change", "customs", row.pk)
    shown = as_(alice).get(url).content.decode()
    kept = {"code": "SO1", "title": "Same", "domains": ["D1", "gone"]}
    answers = [
        as_(alice).post(url, {**kept, "domains": tags}).status_code
        for tags in (["D1", "gone"], ["nonsense"])
    ]
    row.refresh_from_db()
    assert "Domain D1" in shown
    assert answers == [302, 200]
    assert row.domains == ["D1", "gone"]


def test_lists_are_narrowed_by_the_address(customs: Administration, alice: Member, as_: As) -> None:
    made = make_strategy.strategy(customs)
    first, second = (make_strategy.objective(made, code) for code in ("SO1", "SO2"))
    make_strategy.indicator(first, "K10")
    make_strategy.indicator(second, "K11")
    make_strategy.cost(make_strategy.initiative(first, "I01", theme="learning"))
    other = make_strategy.initiative(second, "I02", theme="career")
    make_strategy.cost(other, "Printer", fiscal_year="2017/18", amount=Decimal(500))
    client = as_(alice)

    def seen(name: str, query: dict[str, str], words: tuple[str, ...]) -> list[bool]:
        page = client.get(address(name), query).content.decode()
        return [word in page for word in words]

    indicators, initiatives = (
        ("Indicator K10", "Indicator K11"),
        ("Initiative I01", "Initiative I02"),
    )
    assert seen("indicator_list", {"objective": "SO2"}, indicators) == [False, True]
    assert seen("indicator_list", {"standing": "met"}, indicators) == [False, False]
    assert seen("initiative_list", {"theme": "career"}, initiatives) == [False, True]
    assert seen("initiative_list", {"state": "nonsense"}, initiatives) == [True, True]
    assert seen("cost_list", {"year": "2017/18"}, ("Consultant", "Printer")) == [False, True]
    assert "1 cost line, 500" in " ".join(
        client.get(address("cost_list"), {"year": "2017/18"}).content.decode().split()
    )


def test_cost_lines_show_their_funding_and_of_when_and_whence_their_rate_is(
    customs: Administration, alice: Member, as_: As
) -> None:
    made = make_strategy.strategy(customs)
    row = make_strategy.initiative(make_strategy.objective(made))
    make_strategy.cost(row, rate_source="Offer of a firm", priced_on=date(2016, 1, 20))
    make_strategy.cost(row, "Hotline", is_recurrent=True)
    make_strategy.cost(row, "Printer", fiscal_year="2017/18", funding="next")
    client = as_(alice)
    for page in (client.get(address("cost_list")), client.get(row.get_absolute_url())):
        shown = " ".join(page.content.decode().split())
        for words in ("Offer of a firm", "prices of 20 January 2016", "no price date", "Next call"):
            assert words in shown
    assert "What ends with its donor" in client.get(address("cost_list")).content.decode()


def test_values_stand_with_their_unit(customs: Administration, alice: Member, as_: As) -> None:
    row = make_strategy.indicator(make_strategy.objective(make_strategy.strategy(customs)))
    page = as_(alice).get(row.get_absolute_url()).content.decode()
    assert "32 %" in page
    assert "20 %" in page


def test_removing_says_what_goes_with_it(customs: Administration, alice: Member, as_: As) -> None:
    row = make_strategy.objective(make_strategy.strategy(customs))
    page = as_(alice).get(address("objectives_remove", "customs", row.pk)).content.decode()
    assert "Remove this objective" in page
    assert "Its initiatives go with it" in page


def test_a_repeated_code_is_refused_with_words(
    customs: Administration, alice: Member, as_: As
) -> None:
    make_strategy.objective(make_strategy.strategy(customs))
    answer = as_(alice).post(address("objectives_add"), {"code": "SO1", "title": "Again"})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Objective.objects.count() == 1


def test_every_form_opens_for_the_hr_officer_alone(
    customs: Administration, alice: Member, ruth: Member, as_: As
) -> None:
    make_strategy.whole(customs)
    for kind, known in KINDS.items():
        row = known.model.objects.get() if kind != "rules" else known.model.objects.first()
        addresses = [address(f"{kind}_add"), address(f"{kind}_change", "customs", row.pk)]
        if known.remove:
            addresses.append(address(f"{kind}_remove", "customs", row.pk))
        for one in addresses:
            assert as_(alice).get(one).status_code == 200, one
            assert as_(ruth).get(one).status_code == 403, one


def test_a_row_is_removed_after_it_is_confirmed(
    customs: Administration, alice: Member, as_: As
) -> None:
    row = make_strategy.risk(make_strategy.strategy(customs))
    as_(alice).post(address("risks_remove", "customs", row.pk))
    assert not Risk.objects.exists()


def test_a_value_is_recorded_on_the_page_of_its_indicator(
    customs: Administration, alice: Member, as_: As
) -> None:
    made = make_strategy.strategy(customs)
    row = make_strategy.indicator(make_strategy.objective(made))
    data = {"measured_on": "2016-02-10", "value": "30.5"}
    assert as_(alice).post(address("measure", "customs", row.pk), data).status_code == 302
    assert Measurement.objects.get().value == Decimal("30.50")


def test_a_target_moved_without_a_reason_is_shown_again(
    customs: Administration, alice: Member, as_: As
) -> None:
    made = make_strategy.strategy(customs)
    row = make_strategy.indicator(make_strategy.objective(made))
    answer = as_(alice).post(address("move_target", "customs", row.pk), {"target": "25"})
    assert answer.status_code == 200
    row.refresh_from_db()
    assert row.target == 20


def test_a_milestone_is_completed_and_reopened(
    customs: Administration, alice: Member, ruth: Member, as_: As
) -> None:
    make_strategy.whole(customs)
    row = Milestone.objects.get()
    done = address("complete", "customs", row.pk)
    assert as_(ruth).post(done, {"done_on": "2016-02-01"}).status_code == 403
    as_(alice).post(done, {"done_on": "2016-02-01"})
    row.refresh_from_db()
    assert row.done_on == date(2016, 2, 1)
    as_(alice).post(address("reopen", "customs", row.pk))
    row.refresh_from_db()
    assert row.done_on is None


def test_a_new_strategy_takes_the_place_of_the_one_in_force(
    customs: Administration, alice: Member, as_: As
) -> None:
    before = make_strategy.strategy(customs)
    data = {"code": "hr-2019", "title": "Next", "starts_on": "2019-04-01", "ends_on": "2022-03-31"}
    as_(alice).post(address("strategy_add"), data)
    before.refresh_from_db()
    assert not before.is_current
    assert Strategy.objects.get(code="hr-2019").is_current


def test_a_rule_is_added_though_its_kind_is_a_field_of_that_name(
    customs: Administration, alice: Member, as_: As
) -> None:
    make_strategy.strategy(customs)
    data = {"kind": "selection", "title": "Bond", "text": "Two years of service.", "position": 1}
    assert as_(alice).post(address("rules_add"), data).status_code == 302
    assert PolicyRule.objects.get().kind == "selection"


def test_a_finding_becomes_an_objective_and_the_objective_leads_back_to_it(customs, alice, as_):
    exercise = make_diagnostics.exercise(customs)
    question = make_diagnostics.question(exercise, "D1.1")
    found = Finding.objects.create(
        administration=customs, exercise=exercise, code="D1.1", kind="weakness", rank=1,
        domain=question.domain, question=question, title="No page on people",
    )  # fmt: skip
    make_strategy.strategy(customs, exercise=exercise)
    client = as_(alice)
    offered = client.get(f"/customs/findings/{found.pk}/").content.decode()
    form = client.get("/customs/objectives/new/?findings=D1.1")

    client.post(
        "/customs/objectives/new/", {"code": "SO1", "title": "Fair promotion", "findings": ["D1.1"]}
    )

    row = Objective.objects.get(code="SO1")
    assert "/customs/objectives/new/?findings=D1.1" in offered
    assert form.context["form"]["findings"].value() == ["D1.1"]
    assert row.findings == ["D1.1"]
    page = client.get(row.get_absolute_url()).content.decode()
    assert f'href="/customs/findings/{found.pk}/">D1.1 No page on people' in page
