"""How figures, days and money of the strategy are written in documents."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _


def day(value: date | None) -> str:
    """A day in words; an unknown one is said to be so."""
    return date_format(value, "j F Y") if value else _("no date")


def money(value: Decimal | None) -> str:
    """Whole units of the currency, grouped."""
    return _("not costed") if value is None else number_format(value, 0, force_grouping=True)


def number(value: Decimal | float | None) -> str:
    """A number with as many decimals as it needs, two at most."""
    if value is None:
        return _("not known")
    exact = round(Decimal(str(value)), 2)
    places = next(n for n in range(3) if exact == round(exact, n))
    return number_format(exact, places, force_grouping=True)


def measured(value: Decimal | float | None, unit: str) -> str:
    """A number with its unit."""
    if value is None:
        return _("not known")
    return f"{number(value)} {unit}".strip()
