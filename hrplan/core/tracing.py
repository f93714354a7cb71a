"""Sets of rows that figures are made of: counted, and with the page that shows them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from hrplan.core.models import Administration, Member


@dataclass(frozen=True, slots=True)
class RowSet:
    """Rows of one table that stand behind figures.

    table : as the table is called in files
    rows : those of an administration on its day
    page, query : route that shows them, and how it is narrowed to them
    seen : who may open that page
    of_people : each row is a person or tells of one, so that small numbers are withheld
    part : where the page's address needs the key of a row: the row
    code : in a family of tables, one a code: the field that holds the code
    """

    table: str
    rows: Callable[[Administration], QuerySet]
    page: str
    seen: Callable[[Member], bool]
    query: str = ""
    of_people: bool = False
    part: Callable[[Administration], int | None] | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """Rows behind a figure; `method` is the page of docs/methods that makes it of them."""

    rows: RowSet
    method: str = ""


# Key of a table, figure or section -> what it is made of; what has no entry of its own is made
# of what the section around it is made of. `initiative-*` stands for a family, one a code.
Traces = Mapping[str, tuple[Trace, ...]]


def found(traces: Traces, key: str) -> tuple[tuple[Trace, ...], str]:
    """The traces of a key, and the code where it is one of a family."""
    if key in traces:
        return traces[key], ""
    head, _dash, code = key.partition("-")
    return traces.get(f"{head}-*", ()), code


def made_of(*sets: RowSet, by: str = "") -> tuple[Trace, ...]:
    """The traces of a figure that one method makes of several sets of rows."""
    return tuple(Trace(rows, by) for rows in sets)
