"""Files become typed rows: every table that a workbook states, and every fault found on the way."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hrplan.exchange.faults import Fault
from hrplan.exchange.spec import Value, Values, Workbook


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; `values` holds the columns that the file has, None where a cell is empty."""

    sheet: str
    number: int  # as the spreadsheet counts, from 1
    values: Values


Rows = Mapping[str, tuple[Row, ...]]
Known = Mapping[str, Collection[Value]]  # "table.column" -> values that exist already
Check = Callable[[Rows], Iterable[Fault]]


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


def read_tables(
    path: Path, workbook: Workbook, *, known: Known | None = None, checks: Iterable[Check] = ()
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
    """
    raise NotImplementedError
