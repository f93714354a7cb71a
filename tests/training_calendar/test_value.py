"""What the money buys: sums and ratios of the cost tables agree with the plan's own."""

import pytest

from hrplan.core.figures import number
from tests.training_calendar.test_report import customs, made_once, plan  # noqa: F401 -- fixtures
from training_calendar.models import Plan
from training_calendar.report import value
from training_calendar.usecases import contents

pytestmark = pytest.mark.whole


def test_every_cost_table_adds_up_to_the_cash_of_the_plan(plan: Plan) -> None:  # noqa: F811
    found = contents.plan_contents(plan)
    cash = number(sum(sheet.cost for sheet in found.sheets))

    items, sheet, ways = (
        value.items_table(found), value.cost_sheet(found), value.ways_table(found),
    )  # fmt: skip

    assert items.rows[-1][5] == cash
    assert sheet.rows[-1][6] == cash
    assert ways.rows[-1][4] == cash
    assert len(sheet.subheads) == len([one for one in found.sheets if one.cost])
    assert not [row for row in items.rows[:-1] if row[-1] == "–"]
