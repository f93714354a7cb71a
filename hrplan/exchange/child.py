"""The program that parses one workbook in a process of its own, under limits, and prints rows.

Run as a file, so that it needs neither this package on the path nor any environment. Prints JSON
lines: {"sheet", "hidden", "merged"} opens a sheet, [row number, cells] is a row that isn't blank.
"""

import datetime as dt
import json
import sys
from typing import Any

import python_calamine

MEGABYTE = 1024 * 1024


def limit(memory: int, seconds: int) -> None:
    """Bind this process to so many bytes and seconds, where the system can (not on Windows)."""
    try:
        import resource  # noqa: PLC0415 -- absent on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def plain(cell: Any) -> Any:
    """A cell as JSON can carry it: dates, moments and others are marked, empty is null."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, str | bool | float | int):
        return cell
    if isinstance(cell, dt.datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, dt.date):
        return {"date": cell.isoformat()}
    return {"other": str(cell)}


def main(path: str) -> None:
    """Print the rows of every sheet of the workbook."""
    book = python_calamine.CalamineWorkbook.from_path(path)
    for meta in book.sheets_metadata:
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
        merged = sheet.merged_cell_ranges or []
        _say({"sheet": meta.name, "hidden": hidden, "merged": merged})
        for number, row in enumerate(sheet.to_python(skip_empty_area=False), start=1):
            cells = [plain(cell) for cell in row]
            if any(cell is not None for cell in cells):
                _say([number, cells])


def _say(thing: Any) -> None:
    sys.stdout.write(json.dumps(thing, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    limit(int(sys.argv[2]), int(sys.argv[3]))
    main(sys.argv[1])
