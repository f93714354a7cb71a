"""The chart of accounts: kept as rows, followed by new plans, told where a cost is off it."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from hrplan import workbook
from hrplan.core.models import AuditEntry
from hrplan.exchange import write
from hrplan.exchange.preview import Existing
from tests import make
from tests.training_calendar import make_training
from tests.training_calendar.test_usecases import EFFORT, MINI
from training_calendar import library
from training_calendar.models import BudgetLine, Calendar, CostLine, Plan
from training_calendar.report import value
from training_calendar.report.money import budget_section
from training_calendar.usecases import accounts, contents, imports, plans, rewriting

pytestmark = [pytest.mark.whole, pytest.mark.both]

PAGE = "/customs/supply/budget-lines/"
REST = "/api/v1/customs/budget-lines/"


def line(customs, code: str) -> BudgetLine:
    return BudgetLine.objects.get(administration=customs, code=code)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def cash(plan: Plan) -> set[tuple[str, str]]:
    rows = CostLine.objects.filter(intervention__plan=plan, is_opportunity=False)
    return set(rows.values_list("title", "budget_line"))


@pytest.fixture
def planned(customs):
    """An administration that holds a small planning instance."""
    customs.as_of_fixed = date(2027, 1, 4)
    customs.constants = {"planning": {"preparation_days": 0, "scenarios": []}}
    customs.save()
    imports.import_instance(customs, MINI, by=None)
    return customs


def test_an_administration_begins_with_a_chart_on_which_every_item_falls(customs):
    found = accounts.chart(customs)

    assert [one.code for one in found.lines] == [one.code for one in library.accounts()]
    assert found.unplaced == ()
    assert found.words("31-3") == "31-3 Subsistence"
    assert (found.words("99"), found.words("")) == ("99", "no budget line")


def test_one_that_stood_before_gets_the_lines_its_costs_were_put_on(customs):
    begun = accounts.chart(customs)
    BudgetLine.objects.all().delete()

    step = import_module("training_calendar.migrations.0019_the_lines_there_were")
    step.give_lines(apps, None)

    given = accounts.chart(customs)
    assert [(one.code, one.title, one.items, one.is_travel) for one in given.lines] == [
        (one.code, one.title, one.items, one.is_travel) for one in begun.lines
    ]


def test_the_hr_officer_keeps_the_chart_and_each_change_is_on_record(customs, alice, ruth):
    made = accounts.add_line(customs, by=alice, code="2211", title="Hire of rooms")
    accounts.change_line(line(customs, "40"), by=alice, items=["materials"])
    accounts.change_line(made, by=alice, items=["venue"])
    accounts.remove_line(line(customs, "46"), by=alice)

    told = accounts.chart(customs)
    assert told.of_items["venue"] == "2211"
    assert told.unplaced == ("Equipment", "Contingency")
    entries = AuditEntry.objects.filter(table="training_calendar.budgetline")
    assert sorted(entries.values_list("action", flat=True)) == ["add", "change", "change", "remove"]
    for act in (
        lambda: accounts.add_line(customs, by=ruth, code="X", title="X"),
        lambda: accounts.change_line(made, by=ruth, title="X"),
        lambda: accounts.remove_line(made, by=ruth),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_an_item_on_two_lines_is_refused_naming_both_and_an_unknown_one_by_name(customs, alice):
    with pytest.raises(ValidationError) as refusal:
        accounts.change_line(line(customs, "41"), by=alice, items=["venue", "lunch"])

    assert refusal.value.messages == [
        "lunch is no item of cost.",
        "“Venue” stands on 40 Materials and supplies already: take it off there first.",
    ]
    assert line(customs, "41").items == []


def test_a_code_stands_once_in_an_administration_and_may_stand_in_another(customs, alice):
    with pytest.raises(ValidationError, match="already exists"):
        accounts.add_line(customs, by=alice, code="40", title="Again")

    other = make.administration("elsewhere")
    assert line(other, "40").pk != line(customs, "40").pk


def test_a_new_plan_follows_the_chart_and_one_that_is_written_keeps_its_lines(planned, alice):
    first = plans.make_plan(planned, by=None, effort=EFFORT)
    written = cash(first)
    assert ("Delivery: trainer and material", "48") in written

    accounts.change_line(line(planned, "48"), by=alice, items=[])
    accounts.add_line(planned, by=alice, code="2211", title="Trainers", items=["delivery"])

    assert cash(first) == written
    calendar = Calendar.objects.get(plan=first)
    rewriting.refresh(calendar, rewriting.worked_out(calendar, *rewriting.state(calendar)), None)
    assert cash(first) == written
    second = plans.make_plan(planned, by=None, effort=EFFORT)
    assert ("Delivery: trainer and material", "2211") in cash(second)
    assert ("Delivery: trainer and material", "48") not in cash(second)


def test_what_falls_on_no_line_is_counted_and_told_where_to_mend_it(planned, alice, as_):
    accounts.remove_line(line(planned, "48"), by=alice)
    accounts.remove_line(line(planned, "31-5"), by=alice)
    plan = plans.make_plan(planned, by=None, effort=EFFORT)

    found = contents.plan_contents(plan)
    lost = sum(one.amount for one in found.money if not one.line and not one.is_opportunity)
    assert lost > 0
    by_line = next(
        one for one in budget_section(found).blocks if getattr(one, "key", "") == "plan-lines"
    )
    assert by_line.rows[-2][0] == "no budget line"
    assert value.items_table(found).rows[0][0] == "no budget line"
    assert value.value_tiles(found).items[2].note == "of cash on lines of the chart"

    (off,) = accounts.off_chart(planned)
    assert (off.words, round(float(off.amount), 2)) == ("no budget line", round(lost, 2))
    page = words(as_(alice).get(PAGE))
    assert "Delivery: trainer and material" in page
    assert "Costs of the plan off the chart of accounts" in page
    shown = words(as_(alice).get("/customs/plan/"))
    assert PAGE in shown


def test_what_a_line_is_for_is_told_in_the_language_of_the_reader(customs, alice):
    accounts.add_line(customs, by=alice, code="2211", title="Our own words")
    with translation.override("fr"):
        told = accounts.chart(customs)
    assert told.words("31-3") == "31-3 Indemnités de séjour"
    assert told.words("2211") == "2211 Our own words"


def test_the_page_is_read_inside_and_kept_by_the_hr_officer(customs, alice, mona, ruth, as_):
    office, manager = (words(as_(one).get(PAGE)) for one in (alice, mona))

    assert "budget-lines/new/" in office
    assert "budget-lines/new/" not in manager
    assert "Travel of participants" in manager
    assert as_(ruth).get(PAGE).status_code == 403

    sent = {"code": "2211", "title": "Rooms", "items": ["venue"]}
    refused = as_(alice).post(f"{PAGE}new/", sent)
    assert "stands on 40 Materials and supplies already" in words(refused)
    accounts.change_line(line(customs, "40"), by=alice, items=[])
    assert as_(alice).post(f"{PAGE}new/", sent).status_code == 302
    gone = words(as_(alice).get(f"{PAGE}{line(customs, '2211').pk}/remove/"))
    assert "marked as off the chart" in gone


def test_rest_keeps_the_chart_of_the_own_administration(customs, alice, ruth, mallory, as_):
    sent = {"code": "2211", "title": "Rooms", "items": ["venue"], "is_travel": False}

    refused = as_(alice).post(REST, sent, content_type="application/json")
    made = as_(alice).post(REST, {**sent, "items": []}, content_type="application/json")

    assert refused.status_code == 400
    assert "already" in refused.json()["items"][0]
    assert made.status_code == 201
    assert as_(ruth).get(REST).status_code == 403
    assert as_(mallory).get(f"{REST}{made.json()['id']}/").status_code == 404
    assert as_(alice).delete(f"{REST}{made.json()['id']}/").status_code == 204


def test_the_chart_goes_out_and_in_with_the_tables(customs, alice, tmp_path):
    accounts.add_line(customs, by=alice, code="2211", title="Rooms", is_travel=True)
    out = tmp_path / "out.xlsx"
    workbook.write_book(customs, out)
    told = workbook.DOORS["budget_lines"].rows(customs)
    assert workbook.import_preview(customs, out, Existing.STOP).nothing_to_do

    BudgetLine.objects.all().delete()
    workbook.take_in(customs, workbook.import_preview(customs, out, Existing.STOP), by=alice)

    assert workbook.DOORS["budget_lines"].rows(customs) == told
    assert {row["items"] for row in told if row["budget_line"] == "40"} == {
        "venue;equipment;materials;contingency"
    }


def filed(tmp_path, *rows):
    names = ("budget_line", "title", "items")
    tables = {"budget_lines": [dict(zip(names, row, strict=True)) for row in rows]}
    write.write_folder(tables, workbook.WORKBOOK, tmp_path)
    return tmp_path


def test_a_file_with_a_code_or_an_item_twice_is_refused_with_the_rows(customs, tmp_path):
    folder = filed(
        tmp_path, ("A1", "Rooms", "venue"), ("A1", "Halls", ""), ("A2", "Huts", "venue;lunch")
    )

    seen = workbook.import_preview(customs, folder, Existing.STOP)

    told = {(fault.row, fault.column, fault.reason) for fault in seen.faults}
    assert {(row, column) for row, column, _reason in told} == {
        (3, "budget_line"),
        (4, "items"),
    }
    assert {reason for row, _column, reason in told if row == 4} == {
        "lunch is no item of cost.",
        "“venue” stands on the budget line A1 in row 2 already.",
    }
    with pytest.raises(ValidationError):
        workbook.take_in(customs, seen, by=None)


def test_a_file_that_puts_an_item_on_a_second_line_is_not_taken_in(customs, tmp_path):
    seen = workbook.import_preview(
        customs, filed(tmp_path, ("A1", "Rooms", "venue")), Existing.UPDATE
    )
    with pytest.raises(ValidationError) as refusal:
        workbook.take_in(customs, seen, by=None)
    assert "“Venue” would stand on the budget lines 40 and A1" in refusal.value.messages[0]
    assert not BudgetLine.objects.filter(code="A1").exists()

    moved = filed(tmp_path, ("A1", "Rooms", "venue"), ("40", "Materials and supplies", "materials"))
    workbook.take_in(customs, workbook.import_preview(customs, moved, Existing.UPDATE), by=None)
    assert accounts.chart(customs).of_items["venue"] == "A1"


def test_the_worth_of_time_on_no_line_is_no_fault(customs, alice, as_):
    calendar = make_training.plan(customs)
    CostLine.objects.create(
        intervention=calendar.plan.interventions.get(), budget_line="", title="salary",
        quarter="2016/17 Q1", fiscal_year="2016/17", quantity=1, unit="hour", rate=5, amount=5,
        is_opportunity=True,
    )  # fmt: skip

    assert accounts.off_chart(customs) == ()
    assert "off the chart" not in words(as_(alice).get("/customs/plan/"))
