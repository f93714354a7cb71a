"""The doors of the planning tables: rows out as the format has them, rows in as ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from competencies import frames as people
from hrplan.core.models import Administration
from hrplan.core.tables import Door
from hrplan.exchange.spec import Kind, Table, Value
from training_calendar.tables import (
    planning,
    planning_in,
    planning_specs,
    planning_supply_in,
    solution_in,
)
from training_calendar.tables.planning_in import Rows, Writer

OF_FRAMEWORK = frozenset({"competencies", "role_profiles", "staff", "assessments"})
WRITERS: Mapping[str, Writer] = {
    **planning_in.WRITERS,
    **planning_supply_in.WRITERS,
    **solution_in.WRITERS,
}


@dataclass(frozen=True, slots=True)
class PlanningDoor:
    """One planning table; what is there as of the administration's day."""

    table: Table

    @property
    def name(self) -> str:
        return self.table.name

    def rows(self, administration: Administration) -> list[dict[str, Any]]:
        """The rows; none of people before there is a framework."""
        if self.name in OF_FRAMEWORK and people.current_framework(administration) is None:
            return []
        found = planning.READERS[self.name](administration, administration.as_of)
        return typed(self.table, found)

    def save(self, administration: Administration, added: Rows, changed: Rows) -> None:
        WRITERS[self.name](administration, added, changed)


def typed(table: Table, found: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame with the types of the table's columns; empty is None."""
    kinds = [(column.name, column.kind) for column in table.columns]
    return [
        {name: _value(kind, value) for (name, kind), value in zip(kinds, values, strict=True)}
        for values in found[[name for name, _kind in kinds]].itertuples(index=False, name=None)
    ]


def _value(kind: Kind, value: Any) -> Value:
    if value is None or value == "" or value != value:
        return None
    if kind == Kind.INTEGER:
        return int(value)
    if kind == Kind.DECIMAL:
        return value if isinstance(value, Decimal) else Decimal(str(value))
    if kind == Kind.DATE:
        return value if type(value) is date else pd.Timestamp(value).date()
    return str(value)


DOORS: tuple[Door, ...] = tuple(PlanningDoor(table) for table in planning_specs.TABLES)
