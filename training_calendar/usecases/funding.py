"""Which class of funding an amount has: what its year's vote holds, or what the next call must."""

from datetime import date, timedelta

from hrplan.core.models import Administration
from hrplan.core.workdays import fiscal_year
from training_calendar.models import Intervention

NEXT_CALL = timedelta(days=365)
"""A year that begins later than this after the day of the data is paid from the next call."""

_OF_THE_VOTE = frozenset({Intervention.Funding.WITHIN.value, Intervention.Funding.NEXT.value})


def class_on(kind: str, day: date, administration: Administration) -> str:
    """The class of what falls due on a day; donors, virements and what is free stay as they are."""
    if kind not in _OF_THE_VOTE:
        return kind
    year = fiscal_year(day, administration.fiscal_year_month)
    later = year.first > administration.as_of + NEXT_CALL
    return (Intervention.Funding.NEXT if later else Intervention.Funding.WITHIN).value


def class_in_year(kind: str, label: str, administration: Administration) -> str:
    """The same for an amount of which only the fiscal year is known, such as 2016/17."""
    first = date(int(label[:4]), administration.fiscal_year_month, 1)
    return class_on(kind, first, administration)


def words(kind: str) -> str:
    """The class in words; nothing where none was stated."""
    return str(dict(Intervention.Funding.choices).get(kind, ""))
