"""The administration's working calendar: its weekend, public holidays and own days."""

from collections.abc import Iterable

from hrplan.core import workdays
from hrplan.core.models import Administration, Holiday


def working_calendar(
    administration: Administration, years: Iterable[int]
) -> workdays.WorkingCalendar:
    """Weekend and holidays of the administration in these calendar years.

    Of a country without known holidays the administration's own days alone.
    """
    own = Holiday.objects.filter(administration=administration)
    days = list(own.values_list("date", "name", "kind"))
    added = {day: name for day, name, kind in days if kind == Holiday.Kind.ADDED}
    removed = [day for day, _, kind in days if kind == Holiday.Kind.REMOVED]
    wanted = set(years)
    try:
        country = administration.country
        holidays = workdays.observed(country, wanted, own_rows=added, removed=removed)
    except workdays.UnknownCountry:
        holidays = {day: added[day] for day in sorted(added) if day.year in wanted}
    weekend = frozenset(administration.weekend or (workdays.SATURDAY, workdays.SUNDAY))
    return workdays.WorkingCalendar(weekend=weekend, holidays=holidays)
