"""A staff list looked at: its sheets, where its headings stand, what its columns seem to be."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, islice
from operator import attrgetter

from django.utils.translation import gettext as _

from competencies.library.staff_lists import tidy, values
from competencies.library.staff_lists.dates import Order
from competencies.library.staff_lists.layout import Layout, find_layout, unmerged
from competencies.library.staff_lists.matching import Known, ListMapping, proposed
from competencies.usecases.staff_lists import PeopleKnown, people_known
from hrplan import workbook
from hrplan.core.import_files import stored_path
from hrplan.core.models import ColumnMapping, Import
from hrplan.exchange.faults import Fault, Refused
from hrplan.exchange.grids import Grid, Raw, open_grids
from hrplan.exchange.limits import DEFAULT
from hrplan.exchange.preview import Existing, Preview

EXAMPLES = 3
ASKED = 60  # words of one field that are asked about


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of a list as its officer finds it."""

    position: int
    label: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a staff list holds and how it would be read."""

    sheets: tuple[str, ...]
    layout: Layout | None
    columns: tuple[SheetColumn, ...]
    mapping: ListMapping
    remembered: bool
    known: PeopleKnown
    grid: Grid


def opened(row: Import) -> list[Grid]:
    """The sheets of a list that hold anything.

    Raises
    ------
    Refused
        The file can't be read, or holds nothing.
    """
    noted: list[Fault] = []
    grids = [grid for grid in open_grids(stored_path(row), DEFAULT, noted.append, row.name)
             if grid.rows]  # fmt: skip
    if not grids:
        raise Refused(Fault(key="file_empty"))
    return grids


def look(row: Import, sheet: str = "", heading_row: int | None = None) -> Looked:
    """A sheet with its columns and what they seem to be; of several the one that knows most.

    A list with the headings of an earlier one is read as that one was.
    """
    grids = opened(row)
    known, today = people_known(row.administration), row.administration.as_of
    grid = next((g for g in grids if g.sheet == sheet), None) or _likeliest(grids, today)
    layout = find_layout(grid, heading_row)
    names = tuple(g.sheet for g in grids)
    if layout is None:
        empty = ListMapping(grid.sheet, heading_row or 1, {})
        return Looked(names, None, (), empty, False, known, grid)
    kept = ColumnMapping.objects.of(row.administration).filter(fingerprint=layout.fingerprint)
    if found := kept.first():
        mapping = replace(ListMapping.of(found.mapping), sheet=grid.sheet, row=layout.row)
    else:
        columns = proposed(grid, layout, known.titles, today)
        mapping = ListMapping(grid.sheet, layout.row, columns)
    columns_shown = _columns(grid, layout)
    return Looked(names, layout, columns_shown, mapping, found is not None, known, grid)


def orders(looked: Looked, mapping: ListMapping) -> dict[str, Order]:
    """The columns of days of which somebody has to say whether the day or the month is first."""
    if looked.layout is None:
        return {}
    found = tidy.orders(looked.grid, looked.layout, mapping.columns)
    return {name: order for name, order in found.items() if order.asks}


def unresolved(looked: Looked, mapping: ListMapping) -> list[values.Unresolved]:
    """The words of the list that stand for no unit, profile, post or person here."""
    if looked.layout is None:
        return []
    cells = _cells(looked.grid, looked.layout, mapping)
    found = values.unresolved(cells, with_own_people(looked.known.titles, cells), mapping)
    by_field = groupby(found, key=attrgetter("field"))
    return [one for _field, each in by_field for one in islice(each, ASKED)]


def with_own_people(known: Known, cells: dict[str, list[Raw]]) -> Known:
    """What is known, and the people whom the list itself names."""
    numbers = [values.text_of(cell) for cell in cells.get("staff", [])]
    parts = [cells[name] for name in ("first_names", "surname", "name") if name in cells]
    names = (" ".join(filter(None, map(values.text_of, each))) for each in zip(*parts, strict=True))
    return values.with_people(known, zip(numbers, names, strict=False))


def list_preview(row: Import, existing: Existing, grid: Grid | None = None) -> Preview:
    """What taking a mapped staff list in would do; the file is opened unless it is already."""
    try:
        grids = [grid] if grid else opened(row)
    except Refused as refused:
        return Preview(existing, (), refused.faults)
    if not row.mapping:
        return Preview(existing, (), ())
    mapping = ListMapping.of(row.mapping)
    grid = next((g for g in grids if g.sheet == mapping.sheet), grids[0])
    return workbook.staff_list_preview(row.administration, grid, mapping, existing, row.name)


def label_of(name: str) -> str:
    """What a field of the list is called on pages."""
    labels = {
        "staff": _("staff number"),
        "name": _("whole name"),
        "surname": _("surname"),
        "first_names": _("first names"),
        "unit": _("unit or station"),
        "rank": _("rank or post in words"),
        "grade": _("grade"),
        "profile": _("job profile"),
        "post": _("number of the post"),
        "supervisor": _("supervisor"),
        "gender": _("gender"),
        "born_on": _("day of birth"),
        "joined_on": _("first day of service"),
        "left_on": _("last day of service"),
        "education": _("education"),
        "email": _("e-mail address"),
        "kind": _("officer or support staff"),
        "is_acting": _("acting in the post"),
    }
    return labels.get(name, name.replace("_", " "))


def _likeliest(grids: list[Grid], today: date) -> Grid:
    """The sheet with most known headings; of equals the longest."""

    def worth(grid: Grid) -> tuple[int, int]:
        layout = find_layout(grid)
        found = proposed(grid, layout, {}, today) if layout else {}
        return len(found), len(grid.rows)

    return max(grids, key=worth)


def _columns(grid: Grid, layout: Layout) -> tuple[SheetColumn, ...]:
    rows, _areas = unmerged(grid)
    below = [cells for number, cells in rows.items() if number > layout.row]
    width = max((len(cells) for cells in (*below, rows[layout.row])), default=0)
    shown = []
    for position in range(width):
        texts = (values.text_of(c[position]) or str(c[position])
                 for c in below if position < len(c) and c[position] is not None)  # fmt: skip
        found = tuple(dict.fromkeys(text[:40] for text, _n in zip(texts, range(50), strict=False)))
        if found or position in layout.headings:
            shown.append(SheetColumn(position, layout.label(position), found[:EXAMPLES]))
    return tuple(shown)


def _cells(grid: Grid, layout: Layout, mapping: ListMapping) -> dict[str, list[Raw]]:
    rows, _areas = unmerged(grid)
    below = [cells for number, cells in rows.items() if number > layout.row]
    return {
        name: [cells[position] if position < len(cells) else None for cells in below]
        for position, name in mapping.columns.items()
    }
