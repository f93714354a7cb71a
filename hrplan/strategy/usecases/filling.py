"""An indicator saved with what it leaves empty taken from the catalogue."""

from collections.abc import Mapping
from typing import Any

from hrplan.strategy.library.catalogue import by_code
from hrplan.strategy.library.filling import TAKEN, filled
from hrplan.strategy.models import Indicator


def filled_indicator(row: Indicator, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields given for an indicator that is added or changed, with what they leave empty.

    A direction that isn't given for a new indicator counts as empty: the catalogue knows it.
    """
    code = fields.get("code", row.code)
    held = {name: getattr(row, name) for name in TAKEN}
    if row.pk is None:
        held["better"] = ""
    return filled({**held, **fields}, by_code(row.administration.currency).get(code))
