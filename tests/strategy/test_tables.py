"""Tables of the strategy: out and in again, and what is refused."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from diagnostics.models import CorporateObjective
from hrplan.exchange.rows import Row
from hrplan.partners import tables as partner_tables
from hrplan.strategy import tables
from hrplan.strategy.models import Objective, Strategy
from tests.partners import make_register
from tests.strategy import make_strategy
from tests.training_calendar import make_training

MODULES = (tables, partner_tables)


@pytest.mark.parametrize("module", MODULES)
def test_every_table_has_a_door_with_its_columns_and_key(module):
    assert [t.name for t in module.TABLES] == [d.name for d in module.DOORS]
    for table, door in zip(module.TABLES, module.DOORS, strict=True):
        assert [c.name for c in table.columns] == list(door.columns)
        assert table.key == door.key


def furnish(administration):
    made = make_strategy.whole(administration, 2)
    aim = CorporateObjective.objects.create(
        administration=administration, code="C1", title="Collect revenue"
    )
    first = made.objectives.first()
    first.corporate_objectives.add(aim)
    first.domains = ["D1", "D2"]
    first.save()
    made.indicators.first().modules.add(make_training.module(administration))
    activity = make_register.activity(
        administration, implementing=make_register.partner(administration)
    )
    make_register.recommendation(activity)


def test_what_is_exported_can_be_taken_in_elsewhere(customs, elsewhere):
    furnish(customs)
    CorporateObjective.objects.create(administration=elsewhere, code="C1", title="Same")
    make_training.module(elsewhere)
    doors = [door for module in MODULES for door in module.DOORS]
    given = {door.name: door.rows(customs) for door in doors}
    for door in doors:
        door.save(elsewhere, given[door.name], [])
    taken = {door.name: door.rows(elsewhere) for door in doors}
    assert taken == given
    assert {name for name, rows in given.items() if not rows} == {
        "target_changes",
        "overlap_rulings",
    }
    assert given["objectives"][0]["domains"] == "D1;D2"


def test_rows_of_a_strategy_that_is_not_in_force_are_refused(customs):
    make_strategy.strategy(customs, "hr-2012", is_current=False)
    make_strategy.strategy(customs, "hr-2016")
    door = next(door for door in tables.DOORS if door.name == "objectives")
    with pytest.raises(ValidationError, match="hr-2012"):
        door.save(customs, [{"strategy": "hr-2012", "objective": "SO1", "title": "x"}], [])
    assert not Objective.objects.exists()


def test_a_strategy_taken_in_as_in_force_ends_the_one_before(customs):
    make_strategy.strategy(customs, "hr-2012")
    row = {**tables.DOORS[0].rows(customs)[0], "strategy": "hr-2016"}
    tables.DOORS[0].save(customs, [row], [])
    assert [one.code for one in Strategy.objects.filter(is_current=True)] == ["hr-2016"]


def test_a_changed_row_keeps_its_place(customs):
    make_strategy.whole(customs)
    door = next(door for door in tables.DOORS if door.name == "initiatives")
    row = {**door.rows(customs)[0], "title": "Another title"}
    door.save(customs, [], [row])
    assert door.rows(customs) == [row]


def test_an_amount_that_its_quantity_and_rate_do_not_give_is_refused_at_its_cell():
    values = {"quantity": Decimal(10), "rate": Decimal(95), "amount": Decimal(950)}
    rows = tuple(
        Row("strategy_costs", number, {**values, **other}, {"amount": "H"})
        for number, other in enumerate(({}, {"amount": Decimal(960)}, {"rate": None}), start=2)
    )
    faults = [one for check in tables.CHECKS for one in check({"strategy_costs": rows})]
    assert [(one.cell, one.params["reason"]) for one in faults] == [
        ("H3", "Quantity times rate is 950.00, not 960.00.")
    ]
