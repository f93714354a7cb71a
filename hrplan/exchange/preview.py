"""What an import would do: rows added, changed, unchanged, skipped and refused, nothing written."""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from hrplan.exchange.check import ring_faults, row_fault
from hrplan.exchange.faults import Fault
from hrplan.exchange.read import Reading
from hrplan.exchange.rows import Row
from hrplan.exchange.spec import Table, Value, Values, Workbook

Key = tuple[Value, ...]
Present = Mapping[str, Iterable[Mapping[str, object]]]  # table name -> rows that exist


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
    """What an import would do to one table.

    `kept` counts the existing rows that the file doesn't name, `left` are their keys.
    """

    table: str
    added: tuple[Addition, ...]
    changed: tuple[Change, ...]
    skipped: tuple[Change, ...]
    unchanged: int
    refused: int
    kept: int
    left: tuple[Key, ...] = field(default=(), compare=False)


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

    @property
    def nothing_to_do(self) -> bool:
        """Whether confirming it would change nothing."""
        return not any(table.added or table.changed for table in self.tables)


def compare(
    present: Present,
    reading: Reading,
    workbook: Workbook,
    existing: Existing = Existing.STOP,
) -> Preview:
    """What the reading would do to the rows present, table by table, in the workbook's order.

    A column that the file hasn't is left as it is; an empty cell empties the field. Rows that the
    file doesn't name are kept. With `stop` a row that exists and differs is a fault.

    Parameters
    ----------
    present
        One row per existing record by table name, with the columns of the table; text, code and
        choice may be "" for empty, and decimals may be floats.
    reading
        What was read.
    workbook
        The tables.
    existing
        What to do with a row that exists and differs.
    """
    tables: list[TablePreview] = []
    faults = list(reading.faults)
    for table in workbook.tables:
        if table.name in reading.tables:
            held = {
                tuple(row[name] for name in table.key): row
                for row in (canonical(row, table) for row in present.get(table.name, ()))
            }
            faults += _faults_beside(held, reading.tables[table.name], table, existing, faults)
            tables.append(_table_preview(held, reading, table, existing, faults))
    return Preview(existing, tuple(tables), tuple(faults))


def _faults_beside(
    held: Mapping[Key, Values],
    rows: tuple[Row, ...],
    table: Table,
    existing: Existing,
    faults: list[Fault],
) -> list[Fault]:
    """What only shows beside the rows that exist: codes in other capitals, rings across both."""
    found: list[Fault] = []
    folded = {_folded(key): key for key in held}
    named = {_key(row, table) for row in rows}
    for row in rows:
        key = _key(row, table)
        other = folded.get(_folded(key))
        if key not in held and other is not None:
            found.append(
                row_fault(
                    row,
                    table.name,
                    table.key[0],
                    "key_exists",
                    key=_shown(key),
                    other=_shown(other),
                )
            )
    if not any(fault.key == "ring" and fault.table == table.name for fault in faults):
        kept = [values for key, values in held.items() if key not in named]
        new = [r for r in rows if existing is Existing.UPDATE or _key(r, table) not in held]
        old = [held[key] for key in named if key in held and existing is not Existing.UPDATE]
        beside = [*new, *(Row("", 0, values, {}) for values in (*kept, *old))]
        for child, parent in table.rings:
            found += ring_faults(beside, table, child, parent)
    return found


def _key(row: Row, table: Table) -> Key:
    return tuple(row.values.get(name, table.column(name).default) for name in table.key)


def _folded(key: Key) -> Key:
    return tuple(value.casefold() if isinstance(value, str) else value for value in key)


def _shown(key: Key) -> str:
    return " / ".join(str(value) for value in key if value is not None)


def _table_preview(
    held: Mapping[Key, Values],
    reading: Reading,
    table: Table,
    existing: Existing,
    faults: list[Fault],
) -> TablePreview:
    added: list[Addition] = []
    differing: list[tuple[Row, Change]] = []
    unchanged = 0
    named: set[Key] = set()
    bad = {fault.row for fault in faults if fault.refuses and fault.table == table.name}
    for row in reading.tables[table.name]:
        key = _key(row, table)
        named.add(key)
        if row.number in bad:
            continue
        if key not in held:
            added.append(Addition(key, row.number, table.complete(row.values)))
        elif fields := _field_changes(held[key], row.values):
            differing.append((row, Change(key, row.number, fields)))
        else:
            unchanged += 1
    if existing is Existing.STOP:
        faults += [_stop(row, change, table) for row, change in differing]
        bad |= {row.number for row, _ in differing}
    changes = tuple(change for _, change in differing)
    return TablePreview(
        table=table.name,
        added=tuple(added),
        changed=changes if existing is Existing.UPDATE else (),
        skipped=changes if existing is Existing.SKIP else (),
        unchanged=unchanged,
        refused=len(bad - {None}),
        kept=len(held.keys() - named),
        left=tuple(key for key in held if key not in named),
    )


def _field_changes(old: Values, new: Values) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, old.get(name), value)
        for name, value in new.items()
        if old.get(name) != value
    )


def _stop(row: Row, change: Change, table: Table) -> Fault:
    columns = ", ".join(field.column for field in change.fields)
    return row_fault(row, table.name, table.key[0], "exists_differs", columns=columns)


def canonical(row: Mapping[str, object], table: Table) -> dict[str, Value]:
    """A row that exists, with values as reading would give them."""
    return {column.name: _value(row.get(column.name)) for column in table.columns}


def _value(value: object) -> Value:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n")).strip() or None
    if isinstance(value, float):
        return Decimal(repr(value)) if value == value else None  # NaN is empty
    if isinstance(value, dt.datetime):
        return value.date()
    if value is None or isinstance(value, bool | int | Decimal | dt.date):
        return value
    return str(value)
