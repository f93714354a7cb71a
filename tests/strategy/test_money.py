"""Sums of costs, worked by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrplan.strategy.analysis.money import (
    CostLine,
    CrossRow,
    CrossTable,
    LeftLine,
    by_year,
    is_product,
    left_by_donors,
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


def paid(
    year: str, amount: int, title: str = "Hotline", payer: str = "donor", *, recurrent: bool = True
) -> CostLine:
    source = "Regional bank" if payer == "donor" else "Vote"
    return CostLine(
        year, "48", title, payer, source, Decimal(amount), is_recurrent=recurrent, initiative="I01"
    )


def test_what_recurs_and_ends_with_its_donor_is_told_with_its_last_year_and_amount():
    lines = (
        paid("2016/17", 400),
        paid("2017/18", 300),
        paid("2017/18", 50),
        paid("2018/19", 900, "Upkeep", "within"),
    )
    assert left_by_donors(lines) == (
        LeftLine("Hotline", "Regional bank", "2017/18", Decimal(350), "I01"),
    )
    assert recurrent_tail(lines) == 900


@pytest.mark.parametrize(
    "lines",
    [
        (),
        (paid("2016/17", 400), paid("2017/18", 400, "hotline ", "within")),  # a vote takes it over
        (paid("2016/17", 400), paid("2017/18", 400, payer="next", recurrent=False)),
        (paid("2016/17", 400, recurrent=False), paid("2017/18", 1, "Upkeep")),  # recurs nowhere
        (paid("2016/17", 400, payer="within"), paid("2017/18", 1, "Upkeep")),  # no donor
        (paid("2016/17", 400),),  # the last year: it goes on, and is in the tail
    ],
)
def test_nothing_is_left_behind_where_a_later_year_pays_or_no_donor_does(lines):
    assert left_by_donors(lines) == ()


@pytest.mark.parametrize(
    ("amount", "fits"),
    [("349.96", True), ("349.97", True), ("349.98", False), ("349.95", False), ("0", False)],
)
def test_an_amount_is_quantity_times_rate_to_a_cent(amount, fits):
    assert is_product(Decimal("10.5"), Decimal("33.33"), Decimal(amount)) is fits  # 349.965


years = st.sampled_from(["2016/17", "2017/18", "2018/19"])


@given(st.lists(st.builds(line, years, st.integers(0, 10_000))))
def test_margins_agree_with_the_sum_of_all_lines(lines):
    found = by_year(lines, "fiscal_year", years_of(lines))
    assert found.total.total == sum((one.amount for one in lines), Decimal(0))
    assert sum((row.total for row in found.rows), Decimal(0)) == found.total.total
