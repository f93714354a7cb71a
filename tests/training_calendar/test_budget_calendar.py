"""The budget calendar: its days in each year, and how they are stated."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from training_calendar.analysis.budget_calendar import (
    BudgetCalendar,
    BudgetRound,
    is_open,
    round_of,
)
from training_calendar.usecases import budget_calendar

BELIZE = BudgetCalendar(date(2015, 11, 30), date(2016, 3, 23))


@pytest.mark.parametrize(
    ("calendar", "first", "closes", "passing"),
    [
        (BELIZE, date(2016, 4, 1), date(2015, 11, 30), date(2016, 3, 23)),
        (BELIZE, date(2019, 4, 1), date(2018, 11, 30), date(2019, 3, 23)),
        (BELIZE, date(2016, 1, 1), date(2015, 11, 30), date(2016, 3, 23)),  # within its year
        (BudgetCalendar(date(2016, 4, 1)), date(2016, 4, 1), date(2015, 4, 1), None),
        (BudgetCalendar(date(2016, 2, 29)), date(2017, 4, 1), date(2017, 2, 28), None),
    ],
)
def test_the_days_of_a_round_come_back_before_each_fiscal_year(calendar, first, closes, passing):
    assert round_of(calendar, first) == BudgetRound(closes, passing)


def test_on_the_last_day_of_a_call_money_can_still_be_asked_for():
    found = BudgetRound(date(2016, 11, 30), None)
    assert is_open(found, date(2016, 11, 30))
    assert not is_open(found, date(2016, 12, 1))


def test_the_calendar_is_kept_among_the_constants_and_can_be_taken_back(customs, alice):
    days = {"call_closes_on": date(2015, 11, 30), "estimates_pass_on": date(2016, 3, 23)}
    budget_calendar.set_budget_calendar(customs, days, by=alice)
    customs.refresh_from_db()
    assert budget_calendar.budget_calendar(customs) == BELIZE
    budget_calendar.set_budget_calendar(customs, {}, by=alice)
    assert budget_calendar.budget_calendar(customs) is None


def test_the_day_of_the_estimates_alone_is_refused(customs, alice):
    with pytest.raises(ValidationError, match="call closes too"):
        budget_calendar.set_budget_calendar(
            customs, {"estimates_pass_on": date(2016, 3, 23)}, by=alice
        )


@pytest.mark.parametrize("kept", [{"call_closes_on": "soon"}, {"closing": "2015-11-30"}])
def test_a_calendar_that_makes_no_sense_is_refused_in_words(customs, kept):
    customs.constants = {"budget_calendar": kept}
    with pytest.raises(ValidationError, match="does not make sense"):
        budget_calendar.budget_calendar(customs)


def test_only_the_hr_officer_states_it(customs, ruth, mallory):
    for member in (ruth, mallory):
        with pytest.raises(PermissionDenied):
            budget_calendar.set_budget_calendar(customs, {}, by=member)


def test_page_and_rest_state_the_same_days(customs, alice, as_):
    client = as_(alice)
    page = reverse("training_calendar:budget_calendar", args=[customs.slug])
    rest = f"/api/v1/{customs.slug}/budget-calendar/"

    refused = client.post(page, {"estimates_pass_on": "2016-03-23"})
    taken = client.post(page, {"call_closes_on": "2015-11-30", "estimates_pass_on": "2016-03-23"})

    assert (refused.status_code, taken.status_code) == (200, 302)
    assert "State the day on which the call closes too." in refused.content.decode()
    assert 'value="2015-11-30"' in client.get(page).content.decode()
    days = {"call_closes_on": "2015-11-30", "estimates_pass_on": "2016-03-23"}
    assert client.get(rest).json() == days
    later = {"call_closes_on": "2015-10-31", "estimates_pass_on": None}
    assert client.post(rest, later, content_type="application/json").json() == later
