"""The budget calendar: when the call for a fiscal year closes, and when its Estimates pass."""

from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BudgetCalendar:
    """The two days of one round; they come back on the same day of each year.

    call_closes_on : last day on which money of the coming fiscal year can be asked for
    estimates_pass_on : day on which that year's Estimates pass; None is unknown
    """

    call_closes_on: date
    estimates_pass_on: date | None = None


@dataclass(frozen=True, slots=True)
class BudgetRound:
    """The days of the round that votes one fiscal year."""

    call_closes_on: date
    estimates_pass_on: date | None


def round_of(calendar: BudgetCalendar, first: date) -> BudgetRound:
    """The round of the fiscal year that begins on `first`.

    Its call closes on the last such day before the year begins, and its Estimates pass on the
    first such day after that, which may lie in the year itself.

    Source
    ------
    docs/methods/costs.md, "Class of funding".
    """
    closes = _before(calendar.call_closes_on, first)
    passing = calendar.estimates_pass_on
    return BudgetRound(closes, None if passing is None else _after(passing, closes))


def is_open(found: BudgetRound, as_of: date) -> bool:
    """Whether money can still be asked for in the round: on the last day of its call it can."""
    return as_of <= found.call_closes_on


def _before(day: date, limit: date) -> date:
    found = _in_year(day, limit.year)
    return found if found < limit else _in_year(day, limit.year - 1)


def _after(day: date, limit: date) -> date:
    found = _in_year(day, limit.year)
    return found if found > limit else _in_year(day, limit.year + 1)


def _in_year(day: date, year: int) -> date:
    """The same day of another year; 29 February is the last of the month there."""
    if (day.month, day.day) == (2, 29):
        return date(year, 3, 1) - ONE_DAY
    return day.replace(year=year)
