"""How the documents' own sections write numbers, money, shares and days."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _


def number(value: float | Decimal | None, decimals: int = 0) -> str:
    """A number in the reader's way of writing; unknown is a word, never a zero."""
    return _("not known") if value is None else number_format(value, decimals, force_grouping=True)


def money(value: float | Decimal | None, currency: str) -> str:
    """An amount in whole units, with its currency."""
    return _("not known") if value is None else f"{currency} {number(value)}"


def percent(share: float | None) -> str:
    """A share of 0 to 1 as whole per cent."""
    return _("not known") if share is None else f"{number_format(100 * share, 0)} %"


def day(value: date) -> str:
    """A date in full."""
    return date_format(value, "j F Y")


def listed(items: list[str]) -> str:
    """Words one after the other, "and" before the last."""
    if len(items) < 2:
        return "".join(items)
    return _("%(first)s and %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}
