"""How the value of an indicator is written in documents."""

from decimal import Decimal

from django.utils.translation import gettext as _

from hrplan.core.figures import shortest
from hrplan.strategy import wording
from hrplan.strategy.analysis.follow_up import MONITORED
from hrplan.strategy.usecases.lines import IndicatorLine

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


def aimed(line: IndicatorLine, unit: str) -> str:
    """The target, or the band where one is stated; what is only watched needs none."""
    if line.ends is not None:
        return wording.in_unit(wording.band(*line.ends), unit)
    if line.better == MONITORED and line.target is None:
        return "–"
    return measured(line.target, unit) if unit else figure(line.target)
