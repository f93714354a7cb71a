"""Where in a workbook the parts of a questionnaire stand, so that a fault names its cell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from hrplan.exchange.content import ContentError, Fault
from hrplan.exchange.rows import Row

Path = tuple[str, ...]
DOTTED = re.compile(r"[\w-]+(?:\.[\w-]+)*")


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a sheet, and the letters of its columns by name."""

    sheet: str
    row: int
    letters: Mapping[str, str]

    def cell(self, column: str) -> str:
        """The cell as a spreadsheet writes it: questions!C7."""
        return f"{self.sheet}!{self.letters.get(column, 'A')}{self.row}"


Places = Mapping[Path, Place]


def place_of(row: Row) -> Place:
    """The place of a row that was read."""
    return Place(row.sheet, row.number, row.places)


def located(error: ContentError, places: Places) -> ContentError:
    """The same faults, with the cells of the workbook as their places."""
    return ContentError(error.name, tuple(_located(fault, places) for fault in error.faults))


def _located(fault: Fault, places: Places) -> Fault:
    found = DOTTED.match(fault.place)
    path = tuple(found[0].split(".")) if found else ()
    for length in range(len(path), -1, -1):
        if (place := places.get(path[:length])) is not None:
            column = _column(path[length:], place)
            rest = fault.place[found.end() :] if found else ""
            return replace(fault, place=f"{place.cell(column)}{rest}")
    return fault


def _column(rest: Path, place: Place) -> str:
    """The column that a path below a row's own names: anchors by their place, words by language."""
    if len(rest) >= 3 and rest[0] == "translations":
        return f"{rest[2]}::{rest[1]}"
    return rest[0] if rest and rest[0] in place.letters else ""
