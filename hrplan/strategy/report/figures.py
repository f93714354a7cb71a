"""How the value of an indicator is written in documents."""

from decimal import Decimal

from django.utils.translation import gettext as _

from hrplan.core.figures import shortest


def measured(value: Decimal | float | None, unit: str) -> str:
    """A number with its unit."""
    return _("not known") if value is None else f"{shortest(value)} {unit}".strip()
