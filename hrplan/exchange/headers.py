"""Where the header of a sheet stands, and which of its cells names which column of the table."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches

from hrplan.exchange.cells import shown
from hrplan.exchange.clean import header_form
from hrplan.exchange.faults import Fault, Severity
from hrplan.exchange.grids import Grid, Raw
from hrplan.exchange.sheet_scan import column_letters
from hrplan.exchange.spec import Column, Table

SEARCHED = 10  # rows in which the header is looked for


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet: its row, and the columns found by their position from 0."""

    number: int
    columns: dict[int, Column]
    forms: frozenset[str]  # the headers as they are compared


def find_header(grid: Grid, table: Table, note: Callable[[Fault], None]) -> Header | None:
    """The header of a sheet; None, with the reason noted, where the table can't be read."""
    names = {header_form(n): c for c in table.columns for n in (c.name, *c.aliases)}
    best: tuple[int, int, list[Raw]] = (0, 0, [])
    for number, cells in grid.rows:
        if number > SEARCHED:
            break
        hits = sum(form in names for form in map(_form, cells))
        if hits > best[0]:
            best = (hits, number, cells)
    hits, number, cells = best
    if hits < min(2, len(table.columns)):
        expected = ", ".join(column.name for column in table.columns)
        note(_fault("header_missing", table, grid, params={"columns": expected, "rows": SEARCHED}))
        return None
    columns = _columns(cells, names)
    header = Header(number, columns, frozenset(_form(cells[position]) for position in columns))
    sound = _sound(header, cells, table, grid, note)
    _warn_of_others(header, cells, names, table, grid, note)
    _warn_of_unnamed(header, cells, table, grid, note)
    return header if sound else None


def _form(cell: Raw) -> str:
    return header_form(cell) if isinstance(cell, str) else ""


def _columns(cells: list[Raw], names: dict[str, Column]) -> dict[int, Column]:
    forms = enumerate(map(_form, cells))
    return {position: names[form] for position, form in forms if form in names}


def _sound(
    header: Header, cells: list[Raw], table: Table, grid: Grid, note: Callable[[Fault], None]
) -> bool:
    """Whether no column is named twice and none is missing that every row needs."""
    found = [column.name for column in header.columns.values()]
    twice = sorted({name for name in found if found.count(name) > 1})
    for name in twice:
        note(_fault("header_repeated", table, grid, row=header.number, column=name))
    others = {
        header_form(str(cell)): str(cell)
        for position, cell in enumerate(cells)
        if cell is not None and position not in header.columns
    }
    missing = [column for column in table.columns if column.needed and column.name not in found]
    for column in missing:
        near = get_close_matches(header_form(column.name), others, n=1, cutoff=0.6)
        key = "column_missing_near" if near else "column_missing"
        params: dict[str, str | int] = {"name": column.name}
        if near:
            params["near"] = others[near[0]]
        note(_fault(key, table, grid, row=header.number, column=column.name, params=params))
    return not twice and not missing


def _warn_of_others(
    header: Header,
    cells: list[Raw],
    names: dict[str, Column],
    table: Table,
    grid: Grid,
    note: Callable[[Fault], None],
) -> None:
    """Columns with a header that is unknown here, and the nearest that is known."""
    for position, cell in enumerate(cells):
        if cell is None or position in header.columns or not _form(cell):
            continue
        near = get_close_matches(_form(cell), names, n=1, cutoff=0.75)
        note(
            _fault(
                "column_unknown",
                table,
                grid,
                severity=Severity.WARN,
                row=header.number,
                column=shown(cell),
                cell=f"{column_letters(position + 1)}{header.number}",
                params={"near": names[near[0]].name if near else "–"},
            )
        )


def _warn_of_unnamed(
    header: Header, cells: list[Raw], table: Table, grid: Grid, note: Callable[[Fault], None]
) -> None:
    """The first value that stands under no header."""
    named = {position for position, cell in enumerate(cells) if _form(cell)}
    for number, row in grid.rows:
        bare = [p for p, c in enumerate(row) if c is not None and p not in named]
        if number > header.number and bare:
            letters = column_letters(bare[0] + 1)
            note(
                _fault(
                    "column_unnamed",
                    table,
                    grid,
                    severity=Severity.WARN,
                    row=number,
                    column=letters,
                    cell=f"{letters}{number}",
                )
            )
            return


def _fault(
    key: str,
    table: Table,
    grid: Grid,
    *,
    severity: Severity = Severity.REFUSE,
    row: int | None = None,
    column: str = "",
    cell: str = "",
    params: dict[str, str | int] | None = None,
) -> Fault:
    return Fault(
        key=key,
        severity=severity,
        table=table.name,
        sheet=grid.sheet,
        row=row,
        column=column,
        cell=cell,
        params=params or {},
    )
