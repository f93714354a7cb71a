"""How the value of an indicator is written in documents."""

from decimal import Decimal

from django.utils.translation import gettext as _

from hrplan.core.figures import shortest

CURRENCY = 3  # letters of a currency's code


def figure(value: Decimal | float | None) -> str:
    """A value with one decimal at the most, or two where it is below one."""
    small = value is not None and -1 < value < 1
    return shortest(value, most=2 if small else 1)


def measured(value: Decimal | float | None, unit: str) -> str:
    """A number with its unit, a currency before it."""
    if value is None:
        return _("not known")
    if unit.isupper() and len(unit) == CURRENCY:
        return f"{unit} {shortest(value)}"
    return f"{figure(value)} {unit}".strip()
