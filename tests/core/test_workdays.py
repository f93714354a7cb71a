from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrplan.core.workdays import (
    Closed,
    NoWorkday,
    Period,
    UnknownCountry,
    WorkingCalendar,
    add_workdays,
    fiscal_year,
    is_workday,
    observed,
    quarter,
    week_start,
    workdays_between,
)

# As gazetted under the Holidays Act of Belize.
BELIZE = {
    2016: "01-01 03-07 03-25 03-26 03-28 05-02 05-23 09-10 09-21 10-10 11-19 12-25 12-26",
    2017: "01-02 03-06 04-14 04-15 04-17 05-01 05-22 09-11 09-21 10-09 11-20 12-25 12-26",
}
EASTER = WorkingCalendar(holidays=observed("BZ", [2016]))
days = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize("year", BELIZE)
def test_the_rule_gives_the_days_belize_observed(year):
    expected = [date.fromisoformat(f"{year}-{day}") for day in BELIZE[year].split()]

    assert list(observed("BZ", [year])) == expected


def test_own_rows_add_and_rename_and_removed_days_go():
    own = {date(2016, 12, 27): "Gazetted third day", date(2016, 10, 10): "Day of the Americas"}

    kept = observed("BZ", [2016], own_rows=own, removed=[date(2016, 3, 26)])

    assert kept[date(2016, 12, 27)] == "Gazetted third day"
    assert kept[date(2016, 10, 10)] == "Day of the Americas"
    assert date(2016, 3, 26) not in kept
    assert len(kept) == 13


def test_own_rows_of_other_years_stay_out():
    assert date(2018, 6, 1) not in observed("BZ", [2016], own_rows={date(2018, 6, 1): "Later"})


def test_a_country_without_rules_is_refused_by_name():
    with pytest.raises(UnknownCountry, match="no holiday rules for QQ"):
        observed("QQ", [2016])


def test_easter_week_has_no_workday_from_good_friday_to_easter_monday():
    assert workdays_between(EASTER, date(2016, 3, 24), date(2016, 3, 29)) == (
        date(2016, 3, 24),
        date(2016, 3, 29),
    )


def test_a_closure_includes_both_its_ends():
    storm = WorkingCalendar(closures=(Closed(date(2016, 8, 3), date(2016, 8, 4), "Storm"),))

    assert [is_workday(storm, date(2016, 8, day)) for day in (2, 3, 4, 5)] == [
        True,
        False,
        False,
        True,
    ]


def test_a_closure_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="ends before it begins"):
        Closed(date(2016, 8, 4), date(2016, 8, 3))


def test_a_week_end_may_be_friday_and_saturday():
    gulf = WorkingCalendar(weekend=frozenset({4, 5}))

    assert not is_workday(gulf, date(2016, 2, 12))
    assert is_workday(gulf, date(2016, 2, 14))


def test_workdays_are_counted_over_a_long_weekend_both_ways():
    assert add_workdays(EASTER, date(2016, 3, 24), 1) == date(2016, 3, 29)
    assert add_workdays(EASTER, date(2016, 3, 29), -1) == date(2016, 3, 24)
    assert add_workdays(EASTER, date(2016, 3, 25), 0) == date(2016, 3, 29)
    assert add_workdays(EASTER, date(2016, 3, 24), 0) == date(2016, 3, 24)


def test_a_calendar_without_workdays_says_so():
    never = WorkingCalendar(weekend=frozenset(range(7)))

    with pytest.raises(NoWorkday):
        add_workdays(never, date(2016, 1, 1), 1)


def test_the_fiscal_year_of_belize_runs_from_april():
    assert fiscal_year(date(2016, 2, 12), 4, 1) == Period(
        "2015/16", date(2015, 4, 1), date(2016, 3, 31)
    )
    assert fiscal_year(date(2016, 4, 1), 4, 1).label == "2016/17"
    assert fiscal_year(date(2016, 2, 12)) == Period("2016", date(2016, 1, 1), date(2016, 12, 31))
    assert fiscal_year(date(1999, 4, 6), 4, 6).label == "1999/00"


def test_the_quarters_follow_the_fiscal_year():
    assert quarter(date(2016, 2, 12), 4, 1) == Period(
        "2015/16 Q4", date(2016, 1, 1), date(2016, 3, 31)
    )
    assert quarter(date(2016, 4, 5), 4, 6).label == "2015/16 Q4"
    assert quarter(date(2016, 12, 31)).label == "2016 Q4"


def test_a_week_starts_on_monday():
    assert week_start(date(2016, 2, 14)) == date(2016, 2, 8)
    assert week_start(date(2016, 2, 8)) == date(2016, 2, 8)


@given(days, st.integers(1, 12), st.integers(1, 31))
def test_every_day_lies_in_its_quarter_and_the_quarter_in_its_year(day, month, start_day):
    year, part = fiscal_year(day, month, start_day), quarter(day, month, start_day)

    assert day in part
    assert day in year
    assert part.first >= year.first
    assert part.last <= year.last


@given(days, st.integers(1, 60))
def test_going_forth_and_back_returns_to_the_same_workday(day, number):
    there = add_workdays(EASTER, add_workdays(EASTER, day, 0), number)

    assert add_workdays(EASTER, there, -number) == add_workdays(EASTER, day, 0)
    assert len(workdays_between(EASTER, add_workdays(EASTER, day, 0), there)) == number + 1


@given(days)
def test_fiscal_years_follow_each_other_without_a_gap(day):
    year = fiscal_year(day, 4, 1)

    assert fiscal_year(year.last + timedelta(days=1), 4, 1).first == year.last + timedelta(days=1)
