"""Sheets as grids of raw cells, the same for workbooks and csv files."""

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hrplan.exchange import child
from hrplan.exchange.csv_text import csv_rows
from hrplan.exchange.faults import Fault, Refused
from hrplan.exchange.limits import Limits
from hrplan.exchange.prescan import WorkbookScan, prescan
from hrplan.exchange.sheet_scan import SheetScan, column_letters, column_number


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a value: an error such as #REF!, or a formula never calculated."""

    shown: str  # "" for a formula without result


@dataclass(frozen=True, slots=True)
class Other:
    """A cell of a kind that no column takes, such as a time of day."""

    shown: str


Raw = str | float | bool | dt.date | Broken | Other | None  # a datetime is a date too


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet or csv file: rows that aren't blank, with their numbers."""

    sheet: str
    rows: list[tuple[int, list[Raw]]] = field(default_factory=list)
    merged: tuple[str, ...] = ()  # "A2:A5"
    hidden: bool = False
    hidden_rows: int = 0
    decimal_comma: bool = False


def open_grids(
    path: Path, limits: Limits, note: Callable[[Fault], None], name: str = ""
) -> list[Grid]:
    """The grids of a workbook, a csv file or a folder of csv files; warnings go to `note`.

    `name` is the name that the sender gave the file, where it is kept under another.

    Raises
    ------
    Refused
        The file, or each file of the folder that is so, can't be read.
    """
    if path.is_dir():
        return _folder(path, limits, note)
    if not path.is_file():
        raise Refused(Fault(key="file_missing", value=name or path.name))
    kind = path.suffix.casefold()
    if kind == ".csv":
        return [_csv(path, limits, note, Path(name).stem)]
    if kind in {".xlsx", ".xlsm"}:
        return list(_workbook(path, prescan(path, limits), limits))
    key = {".xls": "old_format", ".xlsb": "other_format", ".ods": "other_format"}
    raise Refused(Fault(key=key.get(kind, "file_kind"), value=name or path.name))


def _folder(folder: Path, limits: Limits, note: Callable[[Fault], None]) -> list[Grid]:
    grids: list[Grid] = []
    faults: list[Fault] = []
    for path in sorted(folder.iterdir()):
        if path.suffix.casefold() == ".csv" and path.is_file():
            try:
                grids.append(_csv(path, limits, note))
            except Refused as refused:
                faults += refused.faults
    if faults:
        raise Refused(*faults)
    return grids


def _csv(path: Path, limits: Limits, note: Callable[[Fault], None], sheet: str = "") -> Grid:
    text = csv_rows(path, limits, sheet)
    for fault in text.faults:
        note(fault)
    rows: list[tuple[int, list[Raw]]] = [
        (number, [cell or None for cell in cells]) for number, cells in text.rows
    ]
    return Grid(sheet or path.stem, rows, decimal_comma=text.delimiter == ";")


def _workbook(path: Path, scan: WorkbookScan, limits: Limits) -> list[Grid]:
    grids: list[Grid] = []
    for line in _child_lines(path, limits):
        thing = json.loads(line)
        if isinstance(thing, dict):
            grids.append(_opened(thing, scan.sheets.get(thing["sheet"])))
        else:
            number, cells = thing
            grids[-1].rows.append((number, [_raw(cell) for cell in cells]))
    for grid in grids:
        if grid.sheet in scan.sheets:
            _break(grid, scan.sheets[grid.sheet])
    return grids


def _child_lines(path: Path, limits: Limits) -> list[str]:
    """What the reading process prints; it gets no environment, and dies at its limits."""
    program = str(Path(child.__file__).resolve())
    bounds = [str(limits.memory_bytes), str(limits.processor_seconds)]
    system = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-X", "utf8", program, str(path.resolve()), *bounds],
            env=system,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limits.wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(Fault(key="reader_slow", params=_seconds(limits))) from error
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        raise Refused(Fault(key="reader_stopped", params=_seconds(limits)))
    if done.returncode:
        raise Refused(Fault(key="unreadable"))
    return done.stdout.decode("ascii").splitlines()


def _seconds(limits: Limits) -> dict[str, str | int]:
    return {"seconds": limits.wall_seconds, "megabytes": limits.memory_bytes // child.MEGABYTE}


def _opened(head: dict[str, Any], scan: SheetScan | None) -> Grid:
    merged = tuple(
        f"{column_letters(c1 + 1)}{r1 + 1}:{column_letters(c2 + 1)}{r2 + 1}"
        for (r1, c1), (r2, c2) in head["merged"]
    )
    hidden_rows = scan.hidden_rows if scan else 0
    return Grid(head["sheet"], merged=merged, hidden=head["hidden"], hidden_rows=hidden_rows)


def _raw(cell: Any) -> Raw:
    if not isinstance(cell, dict):
        return float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell
    if "date" in cell:
        return dt.date.fromisoformat(cell["date"])
    if "moment" in cell:
        return dt.datetime.fromisoformat(cell["moment"])
    return Other(cell["other"])


def _break(grid: Grid, scan: SheetScan) -> None:
    """Put back what the parser shows as blank: errors, and formulas without a result."""
    cells = {**dict.fromkeys(scan.formulas, ""), **scan.errors}
    rows = dict(grid.rows)
    for cell, shown in cells.items():
        column, number = place(cell)
        row = rows.setdefault(number, [])
        row.extend([None] * (column - len(row)))
        row[column - 1] = Broken(shown)
    grid.rows[:] = sorted(rows.items())


def place(cell: str) -> tuple[int, int]:
    """Column and row of "C7", both from 1: (3, 7)."""
    letters = cell.rstrip("0123456789")
    return column_number(letters), int(cell[len(letters) :])
