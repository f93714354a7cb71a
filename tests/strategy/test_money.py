"""Sums of costs, worked by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrplan.strategy.analysis.money import (
    CostLine,
    CrossRow,
    CrossTable,
    by_year,
    recurrent_tail,
    years_of,
)


def line(year: str, amount: int, *, budget_line: str = "43", recurrent: bool = False) -> CostLine:
    return CostLine(
        year, budget_line, "item", "within", "vote", Decimal(amount), is_recurrent=recurrent
    )


LINES = (
    line("2016/17", 100),
    line("2017/18", 50, recurrent=True),
    line("2017/18", 30, budget_line="48"),
    line("2016/17", 20, budget_line="48", recurrent=True),
)


def test_costs_are_added_up_by_line_and_year_with_both_margins():
    found = by_year(LINES, "budget_line", ("2016/17", "2017/18"))
    assert found == CrossTable(
        ("2016/17", "2017/18"),
        (
            CrossRow("43", (Decimal(100), Decimal(50)), Decimal(150)),
            CrossRow("48", (Decimal(20), Decimal(30)), Decimal(50)),
        ),
        CrossRow("", (Decimal(120), Decimal(80)), Decimal(200)),
    )


def test_a_year_without_a_column_is_refused_for_its_money_would_be_lost():
    with pytest.raises(ValueError, match="2017/18"):
        by_year(LINES, "budget_line", ("2016/17",))


def test_only_recurrent_lines_of_the_last_year_go_on():
    assert recurrent_tail(LINES) == Decimal(50)
    assert recurrent_tail(()) == 0


years = st.sampled_from(["2016/17", "2017/18", "2018/19"])


@given(st.lists(st.builds(line, years, st.integers(0, 10_000))))
def test_margins_agree_with_the_sum_of_all_lines(lines):
    found = by_year(lines, "fiscal_year", years_of(lines))
    assert found.total.total == sum((one.amount for one in lines), Decimal(0))
    assert sum((row.total for row in found.rows), Decimal(0)) == found.total.total
