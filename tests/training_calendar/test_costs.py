import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrplan.core.frames import FrameError
from tests.drawn import frame, same
from training_calendar import library
from training_calendar.analysis.costs import (
    ON_LINES,
    UNITS,
    TimeRates,
    cost_lines,
    funded_lines,
    phasing,
    session_quantities,
    time_quantities,
    travel_share,
    twice_placed,
)

LINES = {item: line.code for line in library.accounts() for item in line.items}
SESSIONS = frame("""
    session  days  participants  cost_session  cost_person  venue_day  travellers  transport  trainer_travels  trainer_transport  per_diem  abroad
    S1       3     10            750           20           100        4           160        True             60                 50        False
    S2       5     2             0             900          0          2           1400       False            0                  115       True
""")  # noqa: E501 -- a drawn table is read across


def test_a_session_is_itemised_and_what_costs_nothing_is_no_item():
    expected = frame("""
        session  item                 quantity  rate
        S1       delivery             1         750
        S1       trainer_transport    1         60
        S1       trainer_subsistence  3         50
        S1       venue                3         100
        S1       course_fee           10        20
        S1       transport            4         40
        S1       subsistence          12        50
        S2       course_fee           2         900
        S2       transport_abroad     2         700
        S2       subsistence_abroad   10        115
    """)
    same(session_quantities(SESSIONS), expected)


def test_the_items_sum_to_the_cost_of_the_session():
    lines = cost_lines(session_quantities(SESSIONS), LINES)

    # S1: 750 + 10 x 20 + 3 x 100 + (160 + 4 x 3 x 50) + (60 + 3 x 50)
    # S2: 2 x 900 + 1400 + 2 x 5 x 115
    assert lines.groupby("session")["amount"].sum().to_dict() == {"S1": 2220.0, "S2": 4350.0}
    assert lines.groupby("line")["amount"].sum().to_dict() == {
        "31-3": 750.0,
        "31-4": 2550.0,
        "31-5": 220.0,
        "40": 300.0,
        "43": 2000.0,
        "48": 750.0,
    }


def test_the_lines_everyone_begins_with_hold_each_item_once_and_travel_is_marked():
    lines = library.accounts()

    assert sorted(LINES) == sorted(ON_LINES)
    assert set(UNITS) - set(ON_LINES) == {"salary_time"}
    assert twice_placed((line.code, line.items) for line in lines) == []
    assert {line.code for line in lines if line.is_travel} == {"31-1", "31-3", "31-4", "31-5"}


def test_an_item_that_falls_on_no_line_is_counted_all_the_same():
    lines = cost_lines(frame("session item quantity rate\nS1 venue 1 100"), {})

    assert lines[["line", "amount"]].values.tolist() == [["", 100.0]]


def test_an_item_on_two_lines_is_named_with_both():
    placed = (("40", ["venue", "materials"]), ("41", ["venue"]), ("42", ["materials", "materials"]))

    assert twice_placed(placed) == [("venue", "40", "41"), ("materials", "40", "42")]


def test_the_share_of_travel_leaves_out_and_counts_what_is_off_the_chart():
    amounts = [("31", 30.0), ("40", 90.0), ("99", 500.0), ("", 1.0)]

    found = travel_share(amounts, {"31": True, "40": False})

    assert (found.value, found.n, found.missing) == (0.25, 2, 2)
    assert travel_share([("99", 5.0)], {}).value is None


def test_contingency_is_a_share_of_cash_alone():
    quantities = pd.concat(
        [session_quantities(SESSIONS), time_quantities(SESSIONS, TimeRates(overtime_hour=12))]
    )

    lines = cost_lines(quantities, LINES, contingency=0.05)

    added = lines[lines["item"] == "contingency"]
    assert added[["session", "amount"]].values.tolist() == [["S1", 111.0], ["S2", 217.5]]


def test_time_away_is_opportunity_cost_and_an_unknown_rate_is_not_zero():
    rates = TimeRates(overtime_hour=12, share_replaced=0.25)
    lines = cost_lines(time_quantities(SESSIONS, rates), LINES)

    # S1: 3 days x 10 people x 8 hours x 1/4 x 12
    expected = frame("""
        session  item      quantity  rate  amount  opportunity
        S1       backfill  60        12    720     True
        S2       backfill  20        12    240     True
    """)
    same(lines[expected.columns.tolist()], expected)
    assert time_quantities(SESSIONS, TimeRates()).empty


def test_an_unknown_item_is_refused():
    strange = frame("session item quantity rate\nS1 lunch 1 1")

    with pytest.raises(FrameError, match="item holds lunch"):
        cost_lines(strange, LINES)


def test_what_nobody_pays_is_unfunded():
    lines = cost_lines(frame("session item quantity rate\nS1 venue 1 100\nS2 venue 1 80"), LINES)
    funding = frame("""
        session  funding  source  share
        S1       donor    WCO     0.25
        S1       within   vote    0.5
    """)

    expected = frame("""
        session  item   funding   source  amount
        S1       venue  donor     WCO     25
        S1       venue  unfunded  -       25
        S1       venue  within    vote    50
        S2       venue  unfunded  -       80
    """).fillna({"source": ""})
    same(funded_lines(lines, funding)[expected.columns.tolist()], expected)


def test_opportunity_cost_needs_no_funding():
    lines = cost_lines(frame("session item quantity rate\nS1 backfill 10 12"), LINES)

    assert funded_lines(lines, frame("session funding source share\nS1 donor WCO 1")).empty


def test_shares_above_the_whole_are_refused():
    lines = cost_lines(frame("session item quantity rate\nS1 venue 1 100"), LINES)
    funding = frame("session funding source share\nS1 donor WCO 0.7\nS1 within vote 0.4")

    with pytest.raises(FrameError, match="more than 1: S1"):
        funded_lines(lines, funding)


@given(
    st.lists(st.integers(1, 10_000), min_size=1, max_size=4),
    st.lists(st.integers(0, 100), min_size=1, max_size=3),
)
def test_funding_splits_the_cash_without_losing_a_cent(cents, percents):
    whole = max(sum(percents), 100)
    items = ["venue", "delivery", "course_fee", "materials"][: len(cents)]
    quantities = pd.DataFrame({"session": "S1", "item": items, "quantity": 1.0})
    lines = cost_lines(quantities.assign(rate=[amount / 100 for amount in cents]), LINES)
    funding = pd.DataFrame({"source": [f"p{n}" for n in range(len(percents))]}).assign(
        session="S1", funding="donor", share=[percent / whole for percent in percents]
    )

    split = funded_lines(lines, funding)

    assert split["amount"].sum() == pytest.approx(sum(cents) / 100, abs=1e-6)


DATES = frame("session starts_on\nS1 2016-03-30\nS2 2016-05-02", dates=("starts_on",))
AMOUNTS = frame("""
    session  source  amount
    S1       vote    100
    S1       WCO     40
    S2       vote    60.5
""")


def test_amounts_fall_due_in_the_month_quarter_and_year_the_session_starts():
    months = phasing(AMOUNTS, DATES, "month")
    quarters = phasing(AMOUNTS, DATES, "quarter", start=(4, 1))
    years = phasing(AMOUNTS, DATES, "fiscal_year", by=("source",), start=(4, 1))

    assert months[["period", "amount"]].values.tolist() == [["2016-03", 140], ["2016-05", 60.5]]
    assert quarters["period"].tolist() == ["2015/16 Q4", "2016/17 Q1"]
    expected = frame(
        """
        period   first       source  amount
        2015/16  2015-04-01  WCO     40
        2015/16  2015-04-01  vote    100
        2016/17  2016-04-01  vote    60.5
        """,
        dates=("first",),
    )
    same(years, expected)


def test_no_amounts_make_no_periods():
    table = phasing(AMOUNTS.iloc[:0], DATES, "quarter", by=("source",))

    assert table.columns.tolist() == ["period", "first", "source", "amount"]
    assert table.empty


def test_a_session_without_a_date_and_an_unknown_period_are_refused():
    with pytest.raises(FrameError, match="without a date: S2"):
        phasing(AMOUNTS, DATES.iloc[:1], "month")
    with pytest.raises(FrameError, match="period is week"):
        phasing(AMOUNTS, DATES, "week")
