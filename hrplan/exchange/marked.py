"""A refused file given back as a workbook with its faults marked in the cells."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from hrplan.exchange.cells import shown
from hrplan.exchange.faults import Fault, Refused
from hrplan.exchange.grids import Grid, open_grids, place
from hrplan.exchange.limits import DEFAULT, Limits
from hrplan.exchange.messages import gettext_noop
from hrplan.exchange.safe import safe_cell
from hrplan.exchange.write import PLAIN, STAMP

LIST = "Faults"
HEADINGS = (
    gettext_noop("Sheet"),
    gettext_noop("Row"),
    gettext_noop("Column"),
    gettext_noop("Value"),
    gettext_noop("Severity"),
    gettext_noop("What is wrong"),
    gettext_noop("What to do"),
)
Words = Callable[[Fault], tuple[str, str]]  # reason and advice of a fault, in the reader's language
COMMENT_CHARACTERS = 1_000
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")  # in the name of a sheet


def english(fault: Fault) -> tuple[str, str]:
    """Reason and advice of a fault in English."""
    return fault.reason, fault.advice


def write_marked(
    path: Path,
    faults: Iterable[Fault],
    out: Path,
    words: Words = english,
    limits: Limits = DEFAULT,
    name: str = "",
) -> None:
    """The file as .xlsx: a list of all faults, and each faulty cell coloured and with a note.

    Values are written as they were read, as text where they were text; formats and formulas of the
    original aren't kept. Of a file that can't be read only the list of faults is given back.
    """
    found = list(faults)
    try:
        grids = open_grids(path, limits, lambda fault: None, name)
    except Refused:
        grids = []
    with xlsxwriter.Workbook(str(out), PLAIN) as book:
        book.set_properties({"created": STAMP})
        bold = book.add_format({"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF"})
        fills = {
            True: book.add_format({"bg_color": "#F8C9C4", "border": 1}),
            False: book.add_format({"bg_color": "#FCEBB6", "border": 1}),
        }
        listed = book.add_worksheet(LIST)
        listed.write_row(0, 0, HEADINGS, bold)
        for number, fault in enumerate(found, start=1):
            _list(listed, number, fault, words)
        listed.set_column(0, 4, 14)
        listed.set_column(5, 6, 70)
        listed.freeze_panes(1, 0)
        names = {LIST.casefold()}
        for grid in grids:
            if grid.sheet != LIST:
                sheet = book.add_worksheet(_sheet_name(grid.sheet, names))
                _copy(sheet, grid)
                _mark(sheet, grid, found, fills, words)


def _sheet_name(name: str, taken: set[str]) -> str:
    """The name as a sheet may have it: no forbidden signs, 31 characters, not twice."""
    plain = FORBIDDEN.sub("_", safe_cell(name))[:28] or "_"
    plain = f"{plain}_" if plain.casefold() == "history" else plain
    free = (plain if n == 1 else f"{plain}_{n}" for n in count(1))
    chosen = next(name for name in free if name.casefold() not in taken)
    taken.add(chosen.casefold())
    return chosen


def _list(sheet: Worksheet, number: int, fault: Fault, words: Words) -> None:
    reason, advice = words(fault)
    row = "" if fault.row is None else str(fault.row)
    texts = (fault.sheet, row, fault.column, fault.value, fault.severity.value, reason, advice)
    for position, text in enumerate(texts):
        sheet.write_string(number, position, safe_cell(text))


def _copy(sheet: Worksheet, grid: Grid) -> None:
    for number, cells in grid.rows:
        for position, cell in enumerate(cells):
            if isinstance(cell, float) and abs(cell) < 1e300:
                sheet.write_number(number - 1, position, cell)
            elif cell is not None:
                text = cell if isinstance(cell, str) else shown(cell)
                sheet.write_string(number - 1, position, safe_cell(text))


def _mark(
    sheet: Worksheet, grid: Grid, faults: list[Fault], fills: dict[bool, object], words: Words
) -> None:
    by_cell: dict[str, list[Fault]] = defaultdict(list)
    for fault in faults:
        if fault.sheet == grid.sheet and (fault.cell or fault.row):
            by_cell[fault.cell or f"A{fault.row}"].append(fault)
    rows = dict(grid.rows)
    for cell, found in by_cell.items():
        column, number = place(cell)
        cells = rows.get(number, [])
        raw = cells[column - 1] if column <= len(cells) else None
        fill = fills[any(fault.refuses for fault in found)]
        text = raw if isinstance(raw, str) else shown(raw)
        if isinstance(raw, float) and abs(raw) < 1e300:
            sheet.write_number(number - 1, column - 1, raw, fill)
        else:
            sheet.write_string(number - 1, column - 1, safe_cell(text), fill)
        note = "\n".join(" ".join(words(fault)) for fault in found)
        sheet.write_comment(number - 1, column - 1, safe_cell(note)[:COMMENT_CHARACTERS])
