"""Days in staff lists: what order a column writes them in, and what each of them is."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from competencies.library.staff_lists.words import MONTHS, plain
from hrplan.exchange.clean import plain_spaces
from hrplan.exchange.dates import date_of
from hrplan.exchange.grids import Raw
from hrplan.exchange.numbers import Unread

DAY, MONTH, BOTH = "day", "month", "both"
NUMBERS = re.compile(r"([0-9]{1,2})\s?[./-]\s?([0-9]{1,2})\s?[./-]\s?([0-9]{4}|[0-9]{2})")
WORDED = re.compile(
    r"([0-9]{1,2})(?:er|st|nd|rd|th|o)? (?:de )?([a-z]{3,10}) (?:de )?([0-9]{4}|[0-9]{2})"
)
MONTH_FIRST = re.compile(r"([a-z]{3,10}) ([0-9]{1,2})(?:st|nd|rd|th)? ([0-9]{4}|[0-9]{2})")
ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SERIALS = (7_000, 60_000)  # days of 1919 to 2064 as spreadsheets count them


@dataclass(frozen=True, slots=True)
class Order:
    """What the days of a column show about their order; `example` is one that could be two days."""

    day_first: int
    month_first: int
    unclear: int
    example: str = ""

    @property
    def said(self) -> str:
        """day, month, both where they contradict each other, or nothing where none shows it."""
        if self.day_first and self.month_first:
            return BOTH
        return DAY if self.day_first else MONTH if self.month_first else ""

    @property
    def asks(self) -> bool:
        """Whether somebody has to say which comes first."""
        return bool(self.unclear) and self.said in {"", BOTH}


def order_of(cells: Iterable[Raw]) -> Order:
    """The order of day and month that the written days of a column give away."""
    day = month = unclear = 0
    example = ""
    for cell in cells:
        found = NUMBERS.fullmatch(plain_spaces(cell)) if isinstance(cell, str) else None
        if not found or found[1].zfill(2) == found[2].zfill(2):
            continue
        first, second = int(found[1]), int(found[2])
        if first > 12 >= second:
            day += 1
        elif second > 12 >= first:
            month += 1
        elif first <= 12 and second <= 12:
            unclear += 1
            example = example or found[0]
    return Order(day, month, unclear, example)


def day_of(raw: Raw, order: str, latest: dt.date) -> dt.date | None:
    """The day of a cell; None where it can't be told, which the reader then explains.

    A year of two digits is the latest that doesn't lie after `latest`.
    """
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    if isinstance(raw, float):
        low, high = SERIALS
        return dt.date(1899, 12, 30) + dt.timedelta(days=int(raw)) if low <= raw <= high else None
    if not isinstance(raw, str):
        return None
    try:
        return date_of(raw)[0]
    except Unread:
        return _written(raw, order, latest)


def _written(raw: str, order: str, latest: dt.date) -> dt.date | None:
    text = plain_spaces(raw)
    if found := NUMBERS.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        day_first = first > 12 or (second <= 12 and order == DAY)
        if not day_first and second <= 12 and order != MONTH and first != second:
            return None
        day, month = (first, second) if day_first else (second, first)
        return _day(found[3], month, day, latest)
    words = plain(text)
    if found := WORDED.fullmatch(words):
        return _day(found[3], _month(found[2]), int(found[1]), latest)
    if found := MONTH_FIRST.fullmatch(words):
        return _day(found[3], _month(found[1]), int(found[2]), latest)
    return None


def _month(word: str) -> int:
    if word in MONTHS:
        return MONTHS[word]
    return ENGLISH.index(word[:3]) + 1 if word[:3] in ENGLISH else 0


def _day(year: str, month: int, day: int, latest: dt.date) -> dt.date | None:
    number = int(year)
    if len(year) == 2:
        century = latest.year // 100 * 100
        number += century if century + number <= latest.year else century - 100
    try:
        return dt.date(number, month, day)
    except ValueError:
        return None
