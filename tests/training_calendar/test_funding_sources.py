from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hrplan import workbook
from hrplan.core.models import AuditEntry
from hrplan.exchange.preview import Existing
from tests.training_calendar import make_training
from training_calendar import wording
from training_calendar.models import Budget, FundingSource, Module, TrainingSession
from training_calendar.usecases import funding_sources
from training_calendar.usecases.funding_sources import add_source, by_quarter, sources

pytestmark = [pytest.mark.whole, pytest.mark.both]

PAGE = "/customs/supply/sources/"


@pytest.fixture
def calendar(customs):
    return make_training.plan(customs)


def donor(customs, alice, **fields) -> FundingSource:
    defaults = {"code": "CARTAC", "name": "CARTAC", "kind": "donor"}
    return add_source(customs, by=alice, **{**defaults, **fields})


def problems(customs) -> tuple[str, ...]:
    return sources(customs)[0].problems


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_source_is_entered_with_its_quarters_and_is_on_record(customs, alice, calendar):
    quarter = Budget.objects.get()

    made = donor(customs, alice, amount=1000, quarters=[quarter])

    assert list(made.quarters.all()) == [quarter]
    assert AuditEntry.objects.filter(action="add").exists()
    assert problems(customs) == ()


def test_only_the_hr_officer_keeps_sources(customs, alice, ruth, calendar):
    made = donor(customs, alice)

    for change in (
        lambda: donor(customs, ruth, code="X"),
        lambda: funding_sources.change_source(made, by=ruth, name="X"),
        lambda: funding_sources.remove_source(made, by=ruth),
    ):
        with pytest.raises(PermissionDenied):
            change()


def test_a_window_that_ends_before_it_begins_is_refused(customs, alice, calendar):
    with pytest.raises(ValidationError):
        donor(customs, alice, starts_on=date(2016, 5, 1), ends_on=date(2016, 4, 1))

    assert not FundingSource.objects.exists()


def test_a_course_outside_the_window_is_said(customs, alice, calendar):
    offer = make_training.offer(calendar.sessions.get().module)

    made = donor(customs, alice, offers=[offer], ends_on=date(2016, 4, 30))
    assert problems(customs) == ()

    funding_sources.change_source(made, by=alice, starts_on=date(2016, 4, 20))
    assert problems(customs) == ("OF1 begins on 4 April 2016, outside the window.",)


def test_a_course_of_a_module_it_does_not_pay_for_is_said(customs, alice, calendar):
    offer = make_training.offer(calendar.sessions.get().module)
    other = make_training.module(customs, "T02")

    donor(customs, alice, offers=[offer], modules=[other])

    assert problems(customs) == ("OF1 is of T01, which it does not pay for.",)


def test_more_than_its_amount_and_more_than_its_quarters_hold_is_said(customs, alice, calendar):
    offer = make_training.offer(calendar.sessions.get().module)
    TrainingSession.objects.update(offer=offer)  # costs 120

    made = donor(customs, alice, offers=[offer], amount=100)
    assert sources(customs)[0].used == 120
    assert "more than its amount" in problems(customs)[0]

    funding_sources.change_source(made, by=alice, amount=6000, quarters=[Budget.objects.get()])
    assert "less than its amount" in problems(customs)[0]


def test_its_money_lies_in_its_quarters_by_what_they_hold(customs, alice, calendar):
    first = Budget.objects.get()  # 5,000
    second = Budget.objects.create(
        administration=customs,
        quarter="2016/17 Q2",
        starts_on=date(2016, 7, 1),
        ends_on=date(2016, 9, 30),
        amount=15000,
    )

    made = donor(customs, alice, amount=4000, quarters=[first, second])

    assert by_quarter(made) == {"2016/17 Q1": 1000, "2016/17 Q2": 3000}
    made.amount = None
    assert by_quarter(made) == {}


def test_the_page_of_money_lists_them_with_what_breaks_their_conditions(
    customs, alice, mona, calendar, as_
):
    offer = make_training.offer(calendar.sessions.get().module)
    donor(customs, alice, offers=[offer], starts_on=date(2016, 5, 1), pays_travel=False)

    office, manager = (words(as_(member).get(PAGE)) for member in (alice, mona))

    for page in (office, manager):
        assert "Travel is not paid." in page
        assert "outside the window" in page
    assert "funding-sources/new/" in office
    assert "funding-sources/new/" not in manager


def test_rest_keeps_them_too(customs, alice, ruth, calendar, as_):
    root = "/api/v1/customs/funding-sources/"
    sent = {"code": "WCO", "name": "WCO", "kind": "donor", "quarters": [Budget.objects.get().pk]}

    made = as_(alice).post(root, sent, content_type="application/json")
    found = as_(alice).get(root).json()

    assert made.status_code == 201
    assert made.json()["quarters"] == sent["quarters"]
    assert found["results"][0]["name"] == "WCO"
    assert as_(ruth).get(root).status_code == 403


def test_a_donor_that_drops_out_is_named_in_its_scenario():
    assert wording.scenario("no-donor", 1.0, {"donor": "CARTAC"}) == "CARTAC drops out"
    assert wording.scenario("no-donor", 1.0, {}) == "donors drop out"


def test_sources_go_out_and_in_with_the_tables_and_lose_nothing(customs, alice, calendar, tmp_path):
    module = Module.objects.get()
    donor(
        customs, alice, starts_on=date(2016, 4, 1), ends_on=date(2016, 9, 30), amount=1000,
        quarters=[Budget.objects.get()], offers=[make_training.offer(module)], modules=[module],
        pays_travel=False, conditions="Each participant teaches colleagues afterwards.",
    )  # fmt: skip
    donor(customs, alice, code="OPEN", name="Open")
    out = tmp_path / "out.xlsx"
    workbook.write_book(customs, out)
    names = ("funding_sources", "source_quarters", "source_offers", "source_modules")
    told = {name: workbook.DOORS[name].rows(customs) for name in names}
    assert workbook.import_preview(customs, out, Existing.STOP).nothing_to_do

    FundingSource.objects.all().delete()
    workbook.take_in(customs, workbook.import_preview(customs, out, Existing.STOP), by=alice)

    assert {name: workbook.DOORS[name].rows(customs) for name in names} == told
    assert [len(rows) for rows in told.values()] == [2, 1, 1, 1]
    assert told["funding_sources"][1]["amount"] is None  # not known stays not known


def test_only_money_with_conditions_is_bound_for_the_planning_engine(customs, alice, calendar):
    quarter, module = Budget.objects.get(), calendar.sessions.get().module
    spring = {"starts_on": quarter.starts_on, "ends_on": quarter.starts_on}
    whole = {"starts_on": quarter.starts_on, "ends_on": quarter.ends_on}
    donor(customs, alice, code="MODULE", amount=100, quarters=[quarter], modules=[module])
    donor(customs, alice, code="WINDOW", amount=200, quarters=[quarter], **spring)
    donor(customs, alice, code="FREE", amount=300, quarters=[quarter], **whole)
    donor(customs, alice, code="UNKNOWN", quarters=[quarter], modules=[module])
    donor(customs, alice, code="NOWHERE", amount=400, modules=[module])

    found = funding_sources.earmarks(customs)

    assert found["earmarks"].to_numpy().tolist() == [
        ["MODULE", quarter.quarter, 100],
        ["WINDOW", quarter.quarter, 200],
    ]
    assert found["earmark_modules"].to_numpy().tolist() == [["MODULE", module.code]]
    assert found["earmark_windows"].to_numpy().tolist() == [
        ["MODULE", quarter.starts_on, quarter.ends_on],
        ["WINDOW", quarter.starts_on, quarter.starts_on],
    ]
