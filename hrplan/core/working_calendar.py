"""The administration's working calendar: its weekend, public holidays and own days."""

from collections.abc import Iterable

from hrplan.core import workdays
from hrplan.core.models import Administration, Holiday


def working_calendar(
    administration: Administration, years: Iterable[int]
) -> workdays.WorkingCalendar:
    """Weekend and holidays of the administration in these calendar years."""
    own = Holiday.objects.filter(administration=administration)
    days = list(own.values_list("date", "name", "kind"))
    holidays = workdays.observed(
        administration.country,
        years,
        own_rows={day: name for day, name, kind in days if kind == Holiday.Kind.ADDED},
        removed=[day for day, _, kind in days if kind == Holiday.Kind.REMOVED],
    )
    weekend = frozenset(administration.weekend or (workdays.SATURDAY, workdays.SUNDAY))
    return workdays.WorkingCalendar(weekend=weekend, holidays=holidays)
