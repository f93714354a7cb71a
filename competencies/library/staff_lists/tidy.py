"""A staff list made ready for reading: the same cells, in the columns and spelling of our table."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from competencies.library.staff_lists import numbers
from competencies.library.staff_lists.dates import Order, order_of
from competencies.library.staff_lists.layout import Layout, merge_faults, unmerged
from competencies.library.staff_lists.matching import DATES, Known, ListMapping
from competencies.library.staff_lists.people import People
from competencies.library.staff_lists.spelling import Spelling
from hrplan.exchange.faults import Fault
from hrplan.exchange.grids import Grid, Raw


@dataclass(slots=True)
class Tidied:
    """A list ready for reading: the rows of people as a grid, its columns, and what was noted."""

    grid: Grid
    columns: dict[int, str]  # position -> column of the table staff_members
    faults: list[Fault] = field(default_factory=list)


def tidied(grid: Grid, layout: Layout, mapping: ListMapping, known: Known, latest: date) -> Tidied:
    """The people of a list as rows that the table staff_members reads; cells keep their places.

    Rows of totals, notes, vacant posts and repeated headings, and a row that stands there a second
    time as it is, are left out with a warning. A cell that can't be told stays as it is, and the
    reader says why.
    """
    rows, areas = unmerged(grid)
    at = {name: position for position, name in mapping.columns.items()}
    width = max((len(cells) for cells in rows.values()), default=0)
    people = People(grid.sheet, layout, at, mapping, known)
    kept = people.rows_of({n: [*c, *[None] * (width - len(c))] for n, c in rows.items()}, width)
    found = [*merge_faults(layout, areas), *people.faults]
    numbers.straightened(kept, at, known.get("staff", {}), grid.sheet, found)
    spelling = Spelling(grid.sheet, at, mapping, known, latest)
    spelling.rewrite(kept)
    columns = {p: name for name, p in people.at.items() if name not in {"surname", "first_names"}}
    if "surname" in at or "first_names" in at:
        columns[people.name_at] = "name"
    bare = replace(grid, rows=_only(kept, columns), merged=())
    return Tidied(bare, columns, [*found, *spelling.faults])


def orders(grid: Grid, layout: Layout, columns: Mapping[int, str]) -> dict[str, Order]:
    """What each column of days gives away about the order of day and month."""
    rows, _ = unmerged(grid)
    below = [cells for number, cells in rows.items() if number > layout.row]
    return {
        name: order_of(cells[position] for cells in below if position < len(cells))
        for position, name in columns.items()
        if name in DATES
    }


def _only(rows: Mapping[int, list[Raw]], columns: Mapping[int, str]) -> list[tuple[int, list[Raw]]]:
    """The rows without the cells that stand for nothing of ours."""
    return [
        (number, [cell if p in columns else None for p, cell in enumerate(cells)])
        for number, cells in rows.items()
    ]
