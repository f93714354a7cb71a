"""The budget calendar over the years of a strategy, and what its cost lines say against it."""

import re
from collections.abc import Collection, Iterable
from datetime import date

from hrplan.core.models import Administration
from hrplan.strategy import wording
from hrplan.strategy.models import StrategyCost
from hrplan.strategy.usecases.lines import VotedYear
from training_calendar.analysis.budget_calendar import is_open, round_of
from training_calendar.usecases.budget_calendar import budget_calendar
from training_calendar.usecases.funding import class_in_year

Pair = tuple[str, str]  # fiscal year, class of funding
YEAR = re.compile(r"[12]\d{3}(?!\d)")
WITHIN, NEXT = StrategyCost.Funding.WITHIN, StrategyCost.Funding.NEXT


def rounds_of(administration: Administration, years: Iterable[str]) -> tuple[VotedYear, ...]:
    """When the call of each year closes and its Estimates pass; none without a calendar."""
    calendar = budget_calendar(administration)
    if calendar is None:
        return ()
    found = []
    for label in years:
        if not YEAR.match(label):
            continue
        voted = round_of(calendar, date(int(label[:4]), administration.fiscal_year_month, 1))
        is_still_open = is_open(voted, administration.as_of)
        found.append(VotedYear(label, voted.call_closes_on, voted.estimates_pass_on, is_still_open))
    return tuple(found)


def class_warnings(pairs: Collection[Pair], administration: Administration) -> dict[Pair, str]:
    """In words, each class chosen by hand that the calendar contradicts in its year.

    A virement and a donor contradict nothing, and a year that cannot be read is passed over.
    """
    closes = {
        one.label: one.call_closes_on
        for one in rounds_of(administration, {year for year, _ in pairs})
    }
    return {
        (year, kind): wording.class_contradicted(kind, closes.get(year), year)
        for year, kind in pairs
        if kind in (WITHIN, NEXT)
        and YEAR.match(year)
        and class_in_year(kind, year, administration) != kind
    }
