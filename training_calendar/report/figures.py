"""How the sections of this floor write numbers, money, shares and days."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from hrplan.documents.nodes import Align


def number(value: float | Decimal | None, decimals: int = 0) -> str:
    """A number in the reader's way of writing; unknown is a word, never a zero."""
    if value is None:
        return _("not known")
    return number_format(round(value, decimals), decimals, force_grouping=True)


def money(value: float | Decimal) -> str:
    """An amount without its cents; the currency stands in the heading."""
    return number(value)


def percent(share: float | None, decimals: int = 0) -> str:
    """A share as a percentage."""
    return _("not known") if share is None else f"{number(share * 100, decimals)} %"


def day(value: date | None) -> str:
    return date_format(value, "j M Y") if value else "–"


def days(first: date, last: date) -> str:
    """One day, or the first and last of several."""
    if first == last:
        return day(first)
    if first.month == last.month:
        return f"{first.day}–{day(last)}"
    return f"{date_format(first, 'j M')} – {day(last)}"


def month(value: date) -> str:
    return date_format(value, "M Y")


def listed(items: list[str]) -> str:
    """Words joined as a sentence joins them."""
    if len(items) < 2:
        return "".join(items)
    return _("%(most)s and %(last)s") % {"most": ", ".join(items[:-1]), "last": items[-1]}


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def right(words: int, figures: int) -> tuple[Align, ...]:
    """The alignment of columns of words, then of figures."""
    return (*(("left",) * words), *(("right",) * figures))
