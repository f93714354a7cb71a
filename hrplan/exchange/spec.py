"""What tables look like: columns, tables and workbooks, stated as values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

DAY = "yyyy-mm-dd"
Value = str | int | Decimal | date | bool | None
Values = Mapping[str, Value]


class Kind(StrEnum):
    """What a column holds, and so the Python type of its values (empty is None in all of them)."""

    TEXT = "text"  # str, in normal form NFC
    INTEGER = "integer"  # int
    DECIMAL = "decimal"  # Decimal
    DATE = "date"  # datetime.date
    BOOLEAN = "boolean"  # bool
    CHOICE = "choice"  # str, one of Column.choices
    CODE = "code"  # str, as it stands: leading zeros are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column; `name` is the header as written and read, `unit` and `meaning` explain it."""

    name: str
    title: str = ""  # the header in files that people only read; the name where it is empty
    kind: Kind = Kind.TEXT
    required: bool = False
    key: bool = False  # part of what identifies a row; a key column is always required
    unit: str = ""
    meaning: str = ""
    reference: str | None = None  # "table.column" that must hold the value
    minimum: int | Decimal | date | None = None
    maximum: int | Decimal | date | None = None
    choices: tuple[str, ...] = ()
    max_length: int = 500
    default: Value = None  # for an empty cell; None leaves it unknown
    aliases: tuple[str, ...] = ()  # headers of earlier templates
    example: Value = None  # shown in the example row of a blank template

    @property
    def header(self) -> str:
        """What stands above the column."""
        return self.title or self.name

    @property
    def needed(self) -> bool:
        """Whether every row must hold a value."""
        return (self.required or self.key) and self.default is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One sheet, or one csv file of the same name."""

    name: str
    columns: tuple[Column, ...]
    title: str = ""
    meaning: str = ""
    periods: tuple[tuple[str, str], ...] = ()  # (from, to) columns: to is not before from
    acyclic: tuple[tuple[str, str], ...] = ()  # (child, parent) columns that may not run in a ring
    goes_out_only: bool = False  # a file that holds it may come in, but this sheet is left out

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        named = [name for pair in (*self.periods, *self.acyclic) for name in pair]
        unknown = sorted(set(named) - set(names))
        if len(set(names)) < len(names) or unknown:
            raise ValueError(f"table {self.name}: repeated or unknown columns {names} {unknown}")

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that identify a row; all of them where none is marked."""
        marked = tuple(column.name for column in self.columns if column.key)
        return marked or tuple(column.name for column in self.columns)

    @property
    def rings(self) -> tuple[tuple[str, str], ...]:
        """The (child, parent) columns without rings: those stated, and references to itself."""
        own = tuple(
            (c.reference.split(".")[1], c.name)
            for c in self.columns
            if c.reference and c.reference.split(".")[0] == self.name
        )
        return tuple(dict.fromkeys((*self.acyclic, *own)))

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")

    def complete(self, values: Values) -> dict[str, Value]:
        """A row with every column: what is given, else the default, else None."""
        return {c.name: values.get(c.name, c.default) for c in self.columns}


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """The tables that belong together, in the order in which they are written."""

    tables: tuple[Table, ...]
    title: str = ""
    day_format: str = DAY  # of the cells that hold a date, as spreadsheets write it

    @property
    def incoming(self) -> "Workbook":
        """The tables that also come in."""
        return replace(self, tables=tuple(t for t in self.tables if not t.goes_out_only))

    def table(self, name: str) -> Table:
        """The table of that name; KeyError if there is none."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)
