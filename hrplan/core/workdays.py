"""Working days: week-ends, public holidays with their observance, closures, fiscal years."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import holidays as library

ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
LONGEST_SEARCH = 3660  # days without one workday after which a calendar is called empty


class UnknownCountry(ValueError):
    """The holiday library has no rules for this country or subdivision; state them as own rows."""


class NoWorkday(ValueError):
    """Ten years of this calendar hold no workday at all."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A stretch of days, both ends included, on which nothing runs."""

    first: date
    last: date
    name: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"closed from {self.first} to {self.last}: ends before it begins")


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """What is no workday: days of the week (Monday is 0), public holidays, closures."""

    weekend: frozenset[int] = frozenset({SATURDAY, SUNDAY})
    holidays: Mapping[date, str] = field(default_factory=dict)
    closures: tuple[Closed, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """A fiscal year or a quarter of one: its label, first and last day."""

    label: str
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def has_rules(country: str) -> bool:
    """Whether the public holidays of a country are known."""
    return country in library.list_supported_countries()


def observed(
    country: str,
    years: Iterable[int],
    *,
    subdivision: str | None = None,
    own_rows: Mapping[date, str] | None = None,
    removed: Iterable[date] = (),
) -> dict[date, str]:
    """The public holidays of these years on the days they are observed, with own rows over them.

    Parameters
    ----------
    country : ISO 3166 code of two letters, such as BZ
    years : the calendar years wanted
    subdivision : code of a part of the country that keeps its own days
    own_rows : days gazetted here, added to the rule or renaming it
    removed : days that the rule gives and the gazette doesn't; they win over `own_rows`

    Raises
    ------
    UnknownCountry
        No rules for the country or the subdivision.

    Source
    ------
    docs/methods/working-days.md.
    """
    wanted = set(years)
    try:
        by_rule = library.country_holidays(country, subdiv=subdivision, years=wanted)
    except NotImplementedError as error:
        raise UnknownCountry(f"no holiday rules for {country} {subdivision or ''}") from error
    own = {day: name for day, name in (own_rows or {}).items() if day.year in wanted}
    rows = {**dict(by_rule.items()), **own}
    gone = set(removed)
    return {day: rows[day] for day in sorted(rows) if day not in gone and day.year in wanted}


def is_workday(calendar: WorkingCalendar, day: date) -> bool:
    """Whether work is done on this day."""
    return not (
        day.weekday() in calendar.weekend
        or day in calendar.holidays
        or any(closed.first <= day <= closed.last for closed in calendar.closures)
    )


def workdays_between(calendar: WorkingCalendar, first: date, last: date) -> tuple[date, ...]:
    """The workdays from one day to another, both included; none if the last is before the first."""
    return tuple(day for day in days_between(first, last) if is_workday(calendar, day))


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from one to another, both included."""
    return (first + ONE_DAY * step for step in range((last - first).days + 1))


def add_workdays(calendar: WorkingCalendar, day: date, number: int) -> date:
    """The day that lies so many workdays after (or, if negative, before) a day.

    The day itself isn't counted: one workday after a Friday is the Monday. With 0 it is the
    day itself if work is done on it, else the next workday.

    Raises
    ------
    NoWorkday
        No workday within ten years.
    """
    if number == 0:
        return day if is_workday(calendar, day) else add_workdays(calendar, day, 1)
    step = ONE_DAY if number > 0 else -ONE_DAY
    idle = 0
    left = abs(number)
    while left:
        day += step
        idle = 0 if is_workday(calendar, day) else idle + 1
        left -= idle == 0
        if idle > LONGEST_SEARCH:
            raise NoWorkday(f"no workday within ten years of {day}")
    return day


def week_start(day: date) -> date:
    """The Monday of the day's week."""
    return day - ONE_DAY * day.weekday()


def fiscal_year(day: date, start_month: int = 1, start_day: int = 1) -> Period:
    """The fiscal year a day lies in; labelled 2016 if it is the calendar year, else 2016/17."""
    starts = _on(day.year, start_month, start_day)
    first = starts if day >= starts else _on(day.year - 1, start_month, start_day)
    last = _on(first.year + 1, start_month, start_day) - ONE_DAY
    label = str(first.year)
    if last.year != first.year:
        label = f"{first.year}/{last.year % 100:02d}"
    return Period(label, first, last)


def quarter(day: date, start_month: int = 1, start_day: int = 1) -> Period:
    """The quarter of the fiscal year a day lies in, such as 2016/17 Q3."""
    year = fiscal_year(day, start_month, start_day)
    firsts = [_on(year.first.year, year.first.month + 3 * n, start_day) for n in range(5)]
    number = sum(first <= day for first in firsts)
    return Period(f"{year.label} Q{number}", firsts[number - 1], firsts[number] - ONE_DAY)


def _on(year: int, month: int, day: int) -> date:
    """The date, with months past December carried over and the day cut to the month's last."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + ONE_DAY * (day - 1), following - ONE_DAY)
