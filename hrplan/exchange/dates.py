"""Cells read as dates, with what speaks against them."""

import datetime as dt
import re

from hrplan.exchange.clean import plain_spaces
from hrplan.exchange.numbers import EMPTY_WORDS, Unread

FIRST_YEAR, LAST_YEAR = 1901, 2100  # before it spreadsheets disagree, after it a slip is likelier
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
ISO_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9:.]+(Z|[+-][0-9:]+)?")
YEAR_FIRST = re.compile(r"([0-9]{4})[./]([0-9]{1,2})[./]([0-9]{1,2})")
YEAR_LAST = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")
SHORT_YEAR = re.compile(r"[0-9]{1,2}[./-]([0-9]{1,2}|[A-Za-z]{3,9})[./-][0-9]{2}")
DAY_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -]([0-9]{4})")
MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")


def date_of(raw: str | float | dt.date) -> tuple[dt.date, str]:
    """The date of a cell, and the key of a warning or nothing.

    Raises
    ------
    Unread
        It is no date, or could be read in two ways, or lies outside the years taken.
    """
    if isinstance(raw, dt.datetime):
        return _within(raw.date()), "" if raw.time() == dt.time() else "time_dropped"
    if isinstance(raw, dt.date):
        return _within(raw), ""
    if isinstance(raw, float):
        raise _serial(raw)
    text = plain_spaces(raw)
    if found := ISO.fullmatch(text):
        return _date(text, found[1], found[2], found[3]), ""
    if found := ISO_MOMENT.fullmatch(text):
        return _date(text, *found[1].split("-")), "time_dropped"
    if found := YEAR_FIRST.fullmatch(text):
        return _date(text, found[1], found[2], found[3]), "date_rewritten"
    if found := YEAR_LAST.fullmatch(text):
        return _year_last(text, found[1], found[2], found[3]), "date_rewritten"
    if found := DAY_MONTH.fullmatch(text):
        return _named(text, found[1], found[2], found[3]), "date_rewritten"
    if found := MONTH_DAY.fullmatch(text):
        return _named(text, found[2], found[1], found[3]), "date_rewritten"
    raise _why_not(text)


def _within(date: dt.date) -> dt.date:
    if not FIRST_YEAR <= date.year <= LAST_YEAR:
        raise Unread("year_out_of_range", first=FIRST_YEAR, last=LAST_YEAR)
    return date


def _date(text: str, year: str, month: str, day: str) -> dt.date:
    try:
        return _within(dt.date(int(year), int(month), int(day)))
    except ValueError as error:
        raise Unread("no_such_day", date=text) from error


def _year_last(text: str, first: str, second: str, year: str) -> dt.date:
    """Day and month where only one order makes sense, or both say the same."""
    if int(first) > 12 or first.zfill(2) == second.zfill(2):
        return _date(text, year, second, first)
    if int(second) > 12:
        return _date(text, year, first, second)
    day_first = f"{year}-{second.zfill(2)}-{first.zfill(2)}"
    month_first = f"{year}-{first.zfill(2)}-{second.zfill(2)}"
    raise Unread("date_ambiguous", day_first=day_first, month_first=month_first)


def _named(text: str, day: str, month: str, year: str) -> dt.date:
    number = MONTHS.get(month.casefold())
    if number is None:
        raise Unread("not_a_date")
    return _date(text, year, str(number), day)


def _serial(raw: float) -> Unread:
    if 367 <= raw < 73_415:
        return Unread("date_serial", date=str(dt.date(1899, 12, 30) + dt.timedelta(days=int(raw))))
    return Unread("not_a_date")


def _why_not(text: str) -> Unread:
    if text.casefold() in EMPTY_WORDS:
        return Unread("word_for_empty")
    if SHORT_YEAR.fullmatch(text):
        return Unread("year_short")
    return Unread("not_a_date")
