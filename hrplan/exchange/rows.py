"""The rows of one sheet, read cell by cell by the columns of its table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from hrplan.exchange.cells import shown, value_of
from hrplan.exchange.clean import header_form
from hrplan.exchange.faults import Fault, Severity
from hrplan.exchange.grids import Broken, Grid, Raw, place
from hrplan.exchange.headers import Header, find_header
from hrplan.exchange.numbers import Unread
from hrplan.exchange.sheet_scan import column_letters
from hrplan.exchange.spec import Kind, Table, Value, Values

EXAMPLE = "EXAMPLE"  # the code that marks the example row of a blank template
TOTALS = {"total", "totals", "grand_total", "sum", "subtotal", "total:"}
NOTE_WORDS = 4  # of a cell alone in its row, from which it is a note and no value

Note = Callable[[Fault], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; `values` holds the columns that the file has, None where it is empty."""

    sheet: str
    number: int  # as the spreadsheet counts, from 1
    values: Values
    places: Mapping[str, str]  # column -> letters of the sheet, shared by the rows of a sheet


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a sheet while it is read: makes the faults of its cells."""

    table: str
    sheet: str
    number: int

    def fault(
        self,
        key: str,
        position: int,
        column: str,
        raw: Raw,
        severity: Severity = Severity.REFUSE,
        params: Mapping[str, str | int] | None = None,
    ) -> Fault:
        return Fault(
            key=key,
            severity=severity,
            table=self.table,
            sheet=self.sheet,
            row=self.number,
            column=column,
            cell=f"{column_letters(position + 1)}{self.number}",
            value=shown(raw),
            params=params or {},
        )


def sheet_rows(
    grid: Grid, table: Table, note: Note, header: Header | None = None
) -> tuple[Row, ...] | None:
    """The rows of a sheet; None where its header doesn't allow to read it.

    `header` says which column is which where the sheet itself has other headings.
    """
    _sheet_warnings(grid, table, note)
    header = header or find_header(grid, table, note)
    if header is None:
        return None
    _merged(grid, table, header, note)
    places = {column.name: column_letters(p + 1) for p, column in header.columns.items()}
    rows = []
    last = header.number
    for number, cells in grid.rows:
        if number <= header.number:
            continue
        line = _Line(table.name, grid.sheet, number)
        strange = _strange(cells, header, table, after_gap=number > last + 1)
        last = number
        if strange:
            note(_strange_fault(strange, cells, header, line))
        elif any(cells[p] is not None for p in header.columns if p < len(cells)):
            values = _values(cells, header, line, note, grid.decimal_comma)
            rows.append(Row(grid.sheet, number, values, places))
    return tuple(rows)


def _values(
    cells: list[Raw], header: Header, line: _Line, note: Note, decimal_comma: bool
) -> dict[str, Value]:
    """The values of a row, each fault noted; a faulty cell has no value."""
    values: dict[str, Value] = {}
    for position, column in header.columns.items():
        raw = cells[position] if position < len(cells) else None
        value: Value = None
        warnings: tuple[str, ...] = ()
        try:
            if raw is not None:
                value, warnings = value_of(column, raw, decimal_comma=decimal_comma)
            if value is None:
                value = column.default
            if value is None and column.needed:
                raise Unread("required_empty")
        except Unread as unread:
            note(line.fault(unread.key, position, column.name, raw, params=unread.params))
            value, warnings = None, ()
        for key in warnings:
            read = {"read": str(value)}
            note(line.fault(key, position, column.name, raw, Severity.WARN, read))
        values[column.name] = value
    return values


def _strange_fault(key: str, cells: list[Raw], header: Header, line: _Line) -> Fault:
    first = next(p for p, cell in enumerate(cells) if cell is not None)
    severity = Severity.WARN if key == "example_row" else Severity.REFUSE
    return line.fault(key, first, _name(header, first), cells[first], severity)


def _name(header: Header, position: int) -> str:
    column = header.columns.get(position)
    return column.name if column else column_letters(position + 1)


def _strange(cells: list[Raw], header: Header, table: Table, *, after_gap: bool) -> str:
    """The key of what a row is, where it is no row of data."""
    named = [(p, c) for p, c in enumerate(cells) if c is not None and p in header.columns]
    if any(cell == EXAMPLE and header.columns[p].kind is Kind.CODE for p, cell in named):
        return "example_row"
    first = next((header_form(cell) for _, cell in named if isinstance(cell, str)), "")
    if first in TOTALS:
        return "totals_row"
    if first in header.forms and len(named) > 1:
        words = {header_form(cell) if isinstance(cell, str) else "" for _, cell in named}
        if words <= header.forms:
            return "header_again"
    full = [cell for cell in cells if cell is not None]
    needed = sum(column.needed for column in table.columns)
    note = after_gap or len(str(full[0]).split()) >= NOTE_WORDS
    if len(full) == 1 and needed > 1 and note and not isinstance(full[0], Broken):
        return "stray_row"
    return ""


def _sheet_warnings(grid: Grid, table: Table, note: Note) -> None:
    warn = partial(Fault, severity=Severity.WARN, table=table.name, sheet=grid.sheet)
    if grid.hidden:
        note(warn(key="sheet_hidden"))
    if grid.hidden_rows:
        note(warn(key="rows_hidden", params={"count": grid.hidden_rows}))


def _merged(grid: Grid, table: Table, header: Header, note: Note) -> None:
    for area in grid.merged:
        column, first = place(area.split(":")[0])
        _, last = place(area.split(":")[1])
        if last > header.number:
            note(
                Fault(
                    key="merged_cells",
                    table=table.name,
                    sheet=grid.sheet,
                    row=max(first, header.number),
                    column=_name(header, column - 1),
                    cell=area.split(":")[0],
                    params={"area": area},
                )
            )
