"""What an indicator leaves empty is taken from the catalogue's entry of its code."""

from collections.abc import Mapping
from typing import Any

from hrplan.strategy.library.entry import Entry

TAKEN = ("formula", "unit", "better", "source", "limits")
OTHERWISE = {"better": "higher"}


def filled(fields: Mapping[str, Any], entry: Entry | None) -> dict[str, Any]:
    """The fields of an indicator, empty ones from the entry; without an entry higher is better."""
    found = {name: fields.get(name) or getattr(entry, name, "") for name in TAKEN}
    return {**fields, **{name: one or OTHERWISE.get(name, "") for name, one in found.items()}}
