"""The renderers' own words, number and date formats; English unless the caller gives others."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "ur", "yi"})

# What XML 1.0 cannot hold: control characters, lone surrogates and the two non-characters.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Spaces at which no line ends: before a per cent sign, beside a currency, after the day of a date.
_TOGETHER = re.compile(  # the space comes first, so that only spaces are looked at
    r" (?:(?<=\d )(?=%|[A-Z]{3}\b)|(?<=\b[A-Z]{3} )(?=\d)"
    r"|(?:(?<=\b\d )|(?<=\b\d\d )|(?<=\b1er ))(?=(?:de )?[^\W\d_]+ (?:de )?\d{4}\b))"
)


@dataclass(frozen=True, slots=True)
class Words:
    """Labels no author writes; `page_of` holds {page} and {pages}, `day` the parts of a date."""

    contents: str = "Contents"
    control: str = "Document control"
    table: str = "Table"
    figure: str = "Figure"
    section: str = "section"
    annex: str = "Annex"
    page_of: str = "Page {page} of {pages}"
    version: str = "Version"
    as_of: str = "Data as of"
    note: str = "Note"
    caution: str = "Caution"
    decision: str = "Decision requested"
    finding: str = "Finding"
    unknown: str = "not known"
    not_assessed: str = "not assessed"
    data_behind: str = "The figures behind this chart"
    where_from: str = "Where it comes from"
    item: str = "Item"
    kind: str = "Kind"
    first_day: str = "First day"
    last_day: str = "Last day"
    closed: str = "Closed"
    colon: str = ": "
    lowest: str = "Lowest"
    highest: str = "Highest"
    skip_to_text: str = "Skip to the text"
    decimal: str = "."
    thousands: str = ","
    months: tuple[str, ...] = _MONTHS
    short_months: tuple[str, ...] = tuple(month[:3] for month in _MONTHS)
    first: str = "1"  # the number of the first day of a month
    day: str = "{day} {month} {year}"

    def number(self, value: float | None, decimals: int, unknown: str = "") -> str:
        """A number as the reader writes it, halves rounded up; an unknown one as its word."""
        if value is None:
            return unknown or self.unknown
        text = f"{_rounded(value, decimals):,.{decimals}f}"
        return text.translate({ord(","): self.thousands, ord("."): self.decimal})

    def date(self, day: date) -> str:
        """A date in full."""
        month = self.months[day.month - 1]
        number = self.first if day.day == 1 else day.day
        return self.day.format(day=number, month=month, year=day.year)

    def page(self, page: str, pages: str) -> str:
        """The foot of a page."""
        return self.page_of.format(page=page, pages=pages)


ENGLISH = Words()


def _rounded(value: float, decimals: int) -> Decimal:
    """Half up, and never a zero with a sign."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(exact) if exact.is_zero() else exact


def unbroken(text: str) -> str:
    """The text with a fixed space where a number would part from its unit at the end of a line."""
    return _TOGETHER.sub("\u00a0", text)


def xml_safe(text: str) -> str:
    """The text with every character that XML cannot hold replaced by U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)


def right_to_left(language: str) -> bool:
    """Whether the language is written from right to left."""
    return language.partition("-")[0].lower() in _RIGHT_TO_LEFT
