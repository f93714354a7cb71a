"""Files become typed rows: every table that a workbook states, and every fault found on the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from hrplan.exchange.check import Check, Known, Rows, meaning_faults
from hrplan.exchange.clean import header_form
from hrplan.exchange.faults import Fault, Faults, Refused, Severity
from hrplan.exchange.grids import Grid, open_grids
from hrplan.exchange.headers import Header
from hrplan.exchange.limits import DEFAULT, Limits
from hrplan.exchange.rows import Row, sheet_rows
from hrplan.exchange.spec import Table, Value, Workbook

README_SHEETS = {"read_me", "faults"}  # sheets of ours that hold no data


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: the rows of each table that is in it, and all faults."""

    source: str
    tables: Rows
    faults: tuple[Fault, ...]

    @property
    def refused(self) -> bool:
        """Whether nothing of it may be taken in."""
        return any(fault.refuses for fault in self.faults)

    def values(self, table: str) -> list[dict[str, Value]]:
        """The rows of a table as plain dictionaries; none where the file hasn't the table."""
        return [dict(row.values) for row in self.tables.get(table, ())]


def read_tables(
    path: Path,
    workbook: Workbook,
    *,
    known: Known | None = None,
    checks: Iterable[Check] = (),
    limits: Limits = DEFAULT,
    name: str = "",
) -> Reading:
    """The tables of an .xlsx file, of a folder of .csv files, or of one .csv file.

    Never raises for what a file holds: a file that can't be read gives a reading without rows.

    Parameters
    ----------
    path
        The file or folder.
    workbook
        The tables to look for; sheets match by name or title.
    known
        Values that exist already, by "table.column": references to them are sound.
    checks
        Further checks of meaning by the caller, called with the rows read.
    limits
        How large the file may be.
    name
        The name that its sender gave the file; a .csv file is matched by it.
    """
    faults = Faults()
    try:
        grids = open_grids(path, limits, faults.add, name)
    except Refused as refused:
        return Reading(name or path.name, {}, (*faults.all(), *refused.faults))
    return read_grids(grids, workbook, faults, known=known, checks=checks, name=name or path.name)


def read_grids(
    grids: Iterable[Grid],
    workbook: Workbook,
    faults: Faults,
    *,
    known: Known | None = None,
    checks: Iterable[Check] = (),
    name: str,
) -> Reading:
    """The tables in grids that were opened before; `faults` holds what was found while opening."""
    tables, unread = _tables(grids, workbook, faults)
    if not tables and not unread:
        faults.add(Fault(key="no_tables", params={"tables": _names(workbook)}))
    own = (fault for check in checks for fault in check(tables))
    for fault in chain(meaning_faults(tables, workbook, known or {}, unread), own):
        faults.add(fault)
    return Reading(name, tables, faults.all())


def read_as(
    grid: Grid,
    table: Table,
    columns: Mapping[int, str],
    workbook: Workbook,
    faults: Faults,
    *,
    known: Known | None = None,
    checks: Iterable[Check] = (),
    name: str,
) -> Reading:
    """One grid read as the table given: its `columns` by position from 0, whatever its headings."""
    by_position = {position: table.column(column) for position, column in columns.items()}
    rows = sheet_rows(grid, table, faults.add, Header(0, by_position, frozenset())) or ()
    tables = {table.name: rows}
    own = (fault for check in checks for fault in check(tables))
    for fault in chain(meaning_faults(tables, workbook, known or {}), own):
        faults.add(fault)
    return Reading(name, tables, faults.all())


def _names(workbook: Workbook) -> str:
    return ", ".join(table.name for table in workbook.incoming.tables)


def _tables(
    grids: Iterable[Grid], workbook: Workbook, faults: Faults
) -> tuple[Rows, frozenset[str]]:
    """The rows by table, and the names of the tables that are there but can't be read."""
    titles = {header_form(table.title): table for table in workbook.tables if table.title}
    names = titles | {header_form(table.name): table for table in workbook.tables}
    tables: dict[str, tuple[Row, ...]] = {}
    seen: dict[str, str] = {}
    unread: set[str] = set()
    for grid in grids:
        if not grid.rows:
            continue
        table: Table | None = names.get(header_form(grid.sheet))
        if table is None:
            _unknown_sheet(grid, faults)
        elif table.goes_out_only:
            out = {"table": table.name}
            faults.add(
                Fault(key="sheet_goes_out", severity=Severity.WARN, sheet=grid.sheet, params=out)
            )
        elif table.name in seen:
            other = {"table": table.name, "other": seen[table.name]}
            faults.add(Fault(key="sheet_twice", sheet=grid.sheet, params=other))
        else:
            seen[table.name] = grid.sheet
            rows = sheet_rows(grid, table, faults.add)
            if rows is None:
                unread.add(table.name)
            else:
                tables[table.name] = rows
    return tables, frozenset(unread)


def _unknown_sheet(grid: Grid, faults: Faults) -> None:
    if header_form(grid.sheet) not in README_SHEETS:
        faults.add(Fault(key="sheet_unknown", severity=Severity.WARN, sheet=grid.sheet))
