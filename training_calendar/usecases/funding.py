"""Which class of funding an amount has: what its year's vote holds, or what the next call must."""

from datetime import date, timedelta

from hrplan.core.models import Administration
from hrplan.core.workdays import fiscal_year
from training_calendar.analysis.budget_calendar import is_open, round_of
from training_calendar.models import Intervention
from training_calendar.usecases.budget_calendar import budget_calendar

NEXT_CALL = timedelta(days=365)
"""Without a budget calendar: a year that begins later than this is paid from the next call."""

_OF_THE_VOTE = frozenset({Intervention.Funding.WITHIN.value, Intervention.Funding.NEXT.value})


def class_on(kind: str, day: date, administration: Administration) -> str:
    """The class of what falls due on a day; donors, virements and what is free stay as they are."""
    if kind not in _OF_THE_VOTE:
        return kind
    year = fiscal_year(day, administration.fiscal_year_month)
    later = is_of_next_call(year.first, administration)
    return (Intervention.Funding.NEXT if later else Intervention.Funding.WITHIN).value


def is_of_next_call(first: date, administration: Administration) -> bool:
    """Whether the year that begins on `first` can still be bid for, by the budget calendar."""
    calendar = budget_calendar(administration)
    if calendar is None:
        return first > administration.as_of + NEXT_CALL
    return is_open(round_of(calendar, first), administration.as_of)


def class_in_year(kind: str, label: str, administration: Administration) -> str:
    """The same for an amount of which only the fiscal year is known, such as 2016/17."""
    first = date(int(label[:4]), administration.fiscal_year_month, 1)
    return class_on(kind, first, administration)


def words(kind: str) -> str:
    """The class in words; nothing where none was stated."""
    return str(dict(Intervention.Funding.choices).get(kind, ""))
