"""What an import would do: rows added, changed, unchanged, skipped and refused, nothing written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from hrplan.exchange.faults import Fault
from hrplan.exchange.read import Reading
from hrplan.exchange.spec import Value, Values, Workbook

Key = tuple[Value, ...]


class Existing(StrEnum):
    """What to do with a row that exists and differs."""

    STOP = "stop"
    SKIP = "skip"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a row that exists, and what the file says instead."""

    column: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class Addition:
    """A row that doesn't exist yet, complete with defaults."""

    key: Key
    row: int
    values: Values


@dataclass(frozen=True, slots=True)
class Change:
    """A row that exists and differs in the fields given."""

    key: Key
    row: int
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class TablePreview:
    """What an import would do to one table; `kept` counts existing rows the file does not name."""

    table: str
    added: tuple[Addition, ...]
    changed: tuple[Change, ...]
    skipped: tuple[Change, ...]
    unchanged: int
    refused: int
    kept: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do to all tables of a file, and the faults that forbid or colour it."""

    existing: Existing
    tables: tuple[TablePreview, ...]
    faults: tuple[Fault, ...]

    @property
    def refused(self) -> bool:
        """Whether it may not be confirmed."""
        return any(fault.refuses for fault in self.faults)


def compare(
    present: Mapping[str, Iterable[Values]],
    reading: Reading,
    workbook: Workbook,
    existing: Existing = Existing.STOP,
) -> Preview:
    """What the reading would do to the rows present, table by table, in the order of the workbook."""
    raise NotImplementedError
