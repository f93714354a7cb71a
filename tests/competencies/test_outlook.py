from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis.outlook import (
    pyramid,
    retirement_days,
    retirement_exposure,
    retirements,
    stock_forecast,
    years_ahead,
    years_since,
)
from tests.drawn import frame, same

TODAY = date(2016, 2, 12)
STAFF = frame(
    """
    staff  group     unit  gender  born_on     joined_on
    ann    officers  port  f       1955-02-12  1980-06-01
    ben    officers  port  m       1958-06-30  1990-01-01
    cy     officers  air   m       1956-02-13  2014-02-12
    dee    clerks    air   f       1990-01-01  2015-12-01
    eve    clerks    air   f       -           -
    """,
    dates=("born_on", "joined_on"),
)


def test_years_are_full_years():
    days = pd.Series(pd.to_datetime(["1956-02-12", "1956-02-13", "1956-03-01", None]))

    assert years_since(days, TODAY).tolist()[:3] == [60, 59, 59]
    assert years_since(days, TODAY).isna().tolist() == [False, False, False, True]


def test_exposure_counts_who_is_due_within_three_years_of_those_whose_birth_is_known():
    expected = frame("""
        unit  people  n  missing  past  due  exposure
        air   3       2  1        0     1    0.5
        port  2       2  0        1     1    1
    """)
    same(retirement_exposure(STAFF, ["unit"], as_of=TODAY), expected)


def test_exposure_of_all_is_one_row():
    table = retirement_exposure(STAFF, [], as_of=TODAY, age=55, within=1)

    assert table.values.tolist() == [[5, 4, 1, 3, 0, 0.75]]


def test_retirements_fall_into_the_years_ahead():
    # ann is past the age, cy is 59, ben 57; the birth of eve is unknown
    expected = frame("""
        group     year  retirements
        clerks    1     0
        clerks    2     0
        clerks    3     0
        officers  1     2
        officers  2     0
        officers  3     1
    """)
    same(retirements(STAFF, as_of=TODAY, years=3), expected)


def test_everybody_whose_birth_is_known_has_a_day_of_retirement():
    days = retirement_days(STAFF, age=60)

    assert days["staff"].tolist() == ["ann", "cy", "ben", "dee"]
    assert days["retires_on"].tolist()[:2] == [date(2015, 2, 12), date(2016, 2, 13)]


def test_who_was_born_on_a_leap_day_retires_on_the_last_of_february():
    leap = frame("staff born_on\nann 1956-02-29", dates=("born_on",))

    assert retirement_days(leap, age=61)["retires_on"].tolist() == [date(2017, 2, 28)]


@given(st.dates(date(1940, 1, 1), date(1995, 12, 31)))
def test_the_year_of_a_retirement_is_the_one_in_which_its_day_falls(born):
    staff = pd.DataFrame({"staff": ["ann"], "group": ["a"], "born_on": pd.to_datetime([born])})
    counted = retirements(staff, as_of=TODAY, years=40)
    year = years_ahead(retirement_days(staff)["retires_on"], TODAY)[0]

    due = counted.loc[counted["retirements"] == 1, "year"].tolist()
    assert due == ([] if year > 40 else [max(1, year)])


def test_a_large_group_is_carried_forward_by_its_rate():
    stock = frame("group people rate\nofficers 100 0.04")
    flows = frame("""
        group     year  retirements  intake  transfers
        officers  1     3            5       1
        officers  2     2            0       -2
    """)

    # 100 - 4 - 3 + 5 - 1 = 97; 97 - 3.88 - 2 + 0 + 2 = 93.12
    expected = frame("""
        group     scenario  year  leavers  people
        officers  expected  1     4        97
        officers  expected  2     3.88     93.12
    """)
    same(stock_forecast(stock, flows), expected)


def test_a_small_group_gets_scenarios_instead_of_a_rate():
    stock = frame("group people rate\nauditors 3 0.04")
    flows = frame("""
        group     year  retirements  intake  transfers
        auditors  1     1            0       0
        auditors  2     0            1       0
    """)

    expected = frame(
        """
        group     scenario  year  leavers  people
        auditors  0         1     0        2
        auditors  0         2     0        3
        auditors  1         1     1        1
        auditors  1         2     1        1
        auditors  2         1     2        0
        auditors  2         2     0        1
        """,
        scenario="str",
    )
    same(stock_forecast(stock, flows), expected)


def test_a_pyramid_shows_every_band_and_the_unknown_apart():
    table = pyramid(STAFF, "born_on", "gender", as_of=TODAY, bands=(20, 40, 60))

    expected = frame("""
        band     gender  people
        20-39    f       1
        20-39    m       0
        40-59    f       0
        40-59    m       2
        60+      f       1
        60+      m       0
        unknown  f       1
        unknown  m       0
    """)
    same(table, expected)


def test_the_youngest_are_put_into_the_first_band():
    young = STAFF.iloc[[3]].assign(born_on=pd.Timestamp("2000-01-01"))

    assert pyramid(young, "born_on", "gender", as_of=TODAY)["people"].tolist() == [1] + [0] * 8


@given(st.integers(20, 500), st.floats(0, 1), st.integers(0, 30), st.integers(0, 30))
def test_nobody_is_lost_or_made_up_in_a_forecast(people, rate, gone, come):
    stock = pd.DataFrame({"group": ["g"], "people": [people], "rate": [rate]})
    flows = pd.DataFrame({"group": ["g"], "year": [1], "retirements": [gone], "intake": [come]})

    year = stock_forecast(stock, flows.assign(transfers=0)).iloc[0]

    balance = people - year["leavers"] - gone + come
    assert year["people"] == pytest.approx(max(0, balance), abs=1e-9)


@given(st.lists(st.dates(date(1940, 1, 1), date(2015, 1, 1)), min_size=1, max_size=20))
def test_a_pyramid_holds_everybody_once(births):
    staff = pd.DataFrame({"staff": range(len(births)), "born_on": pd.to_datetime(births)})

    table = pyramid(staff.assign(gender="f"), "born_on", "gender", as_of=TODAY)

    assert table["people"].sum() == len(births)
