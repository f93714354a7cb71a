"""All tables of the product: collected from the apps, read, previewed, taken in, written out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import competencies.tables
import diagnostics.tables
import hrplan.deliverables.tables
import hrplan.partners.tables
import hrplan.strategy.tables
import training_calendar.tables
from competencies.library.staff_lists.checks import list_checks
from competencies.library.staff_lists.layout import find_layout
from competencies.library.staff_lists.matching import MAPPED, ListMapping
from competencies.library.staff_lists.tidy import tidied
from competencies.library.staff_lists.values import Resolver, nearer
from competencies.usecases.staff_lists import people_known
from hrplan.core import audit
from hrplan.core.models import Administration, Holiday, Member
from hrplan.core.tables import Door, ModelTable
from hrplan.core.watching import Watch, quiet, steps
from hrplan.exchange import check, marked, preview, read, spec, write
from hrplan.exchange.faults import Fault, Faults
from hrplan.exchange.grids import Grid
from training_calendar.usecases import exports

HOLIDAYS = spec.Table(
    name="holidays",
    title="Holidays",
    meaning="Days of the administration's own: added to the public holidays, or taken from them.",
    columns=(
        spec.Column(name="date", kind=spec.Kind.DATE, key=True, meaning="the day"),
        spec.Column(name="name", required=True, max_length=120, meaning="what the day is called"),
        spec.Column(
            name="kind",
            kind=spec.Kind.CHOICE,
            choices=tuple(Holiday.Kind.values),
            default=Holiday.Kind.ADDED.value,
            meaning="added to, or removed from, the public holidays",
        ),
    ),
)
HOLIDAY_DOOR = ModelTable(
    "holidays", Holiday, {"date": "date", "name": "name", "kind": "kind"}, ("date",)
)
APPS: tuple[ModuleType, ...] = (
    competencies.tables,
    diagnostics.tables,
    training_calendar.tables,
    hrplan.strategy.tables,
    hrplan.partners.tables,
    hrplan.deliverables.tables,
)
WORKBOOK = spec.Workbook(
    tables=(HOLIDAYS, *(table for app in APPS for table in app.TABLES)), title="hrplan"
)
DOORS: dict[str, Door] = {
    door.name: door for door in (HOLIDAY_DOOR, *(door for app in APPS for door in app.DOORS))
}
CHECKS: tuple[check.Check, ...] = tuple(each for app in APPS for each in getattr(app, "CHECKS", ()))


def reading(administration: Administration, path: Path, name: str = "") -> read.Reading:
    """What the file holds, checked against itself and against what the administration has.

    `name` is what its sender called it, where it is kept under another name.
    """
    known = _Known(administration)
    return read.read_tables(path, WORKBOOK, known=known, checks=CHECKS, name=name)


def import_preview(
    administration: Administration, path: Path, existing: preview.Existing, name: str = ""
) -> preview.Preview:
    """What taking the file in would do; nothing is written."""
    return _compared(administration, reading(administration, path, name), existing)


def staff_list_preview(
    administration: Administration,
    grid: Grid,
    mapping: ListMapping,
    existing: preview.Existing,
    name: str,
) -> preview.Preview:
    """What taking in the people of a staff list would do, in the places of the list itself."""
    layout = find_layout(grid, mapping.row)
    if layout is None:
        return preview.Preview(existing, (), (Fault(key="file_empty", sheet=grid.sheet),))
    known, today = people_known(administration), administration.as_of
    list_of = tidied(grid, layout, mapping, known.titles, today)
    faults = Faults()
    for fault in list_of.faults:
        faults.add(fault)
    found = read.read_as(
        list_of.grid,
        WORKBOOK.table("staff_members"),
        list_of.columns,
        WORKBOOK,
        faults,
        known=_Known(administration),
        checks=(*CHECKS, *list_checks(known.people, today)),
        name=name,
    )
    seen = _compared(administration, found, existing)
    headings = {of: layout.headings.get(p, "") for p, of in list_of.columns.items()}
    resolver = Resolver(known.titles, {})
    near = (nearer(fault, MAPPED, resolver) for fault in seen.faults)
    named = (replace(f, column=headings.get(f.column) or f.column) for f in near)
    return replace(seen, faults=tuple(named))


def _compared(
    administration: Administration, found: read.Reading, existing: preview.Existing
) -> preview.Preview:
    present = {name: DOORS[name].rows(administration) for name in found.tables}
    return preview.compare(present, found, WORKBOOK, existing)


@transaction.atomic
def take_in(
    administration: Administration, seen: preview.Preview, *, by: Member | None
) -> dict[str, int]:
    """Write what a preview shows, all of it or nothing; rows written by table.

    Refused where the preview holds a fault that refuses.
    """
    if seen.refused:
        raise ValidationError(_("This file has faults; nothing was taken in."))
    written: dict[str, int] = {}
    by_name = {table.table: table for table in seen.tables}
    for table in WORKBOOK.tables:
        if (shown := by_name.get(table.name)) is None:
            continue
        door = DOORS[table.name]
        added = [addition.values for addition in shown.added]
        changed = _changed_rows(administration, door, table, shown.changed)
        if added or changed:
            _save(administration, door, added, changed)
            written[table.name] = len(added) + len(changed)
    audit.record("import", administration, by=by, fields=written, administration=administration)
    return written


def rows(administration: Administration, watch: Watch = quiet) -> dict[str, list]:
    """The rows of all tables that have any."""
    tables = steps(WORKBOOK.tables, watch, _("Reading the tables"), within=(0, 60))
    found = {table.name: DOORS[table.name].rows(administration) for table in tables}
    return {name: rows for name, rows in found.items() if rows}


def write_book(administration: Administration, path: Path, watch: Watch = quiet) -> int:
    """Write every table into one workbook. [tables]"""
    found = rows(administration, watch)
    watch(60, _("Writing the workbook"))
    write.write_workbook(found, WORKBOOK, path, words=_)
    return len(found)


def write_out(administration: Administration, path: Path) -> int:
    """Write every table out: a workbook where the name ends in .xlsx, else a folder. [tables]

    A folder also holds the administration as a planning instance with its calendar.
    """
    if path.suffix.lower() == ".xlsx":
        return write_book(administration, path)
    found = rows(administration)
    write.write_folder(found, WORKBOOK, path)
    return len(found) + exports.write_instance(administration, path)


def write_template(path: Path) -> None:
    """A blank workbook to fill in."""
    write.write_template(WORKBOOK, path, words=_)


def write_marked(source: Path, faults: Sequence[Fault], out: Path, name: str = "") -> None:
    """The refused file again, its faults marked in the cells."""
    marked.write_marked(source, faults, out, name=name)


class _Known(Mapping[str, set[Any]]):
    """The values that exist, by "table.column"; a table is read when something points to it."""

    def __init__(self, administration: Administration) -> None:
        self.administration = administration
        self.read: dict[str, list[dict[str, Any]]] = {}

    def __getitem__(self, reference: str) -> set[Any]:
        table, _dot, column = reference.partition(".")
        if table not in DOORS:
            raise KeyError(reference)
        if table not in self.read:
            self.read[table] = DOORS[table].rows(self.administration)
        return {row[column] for row in self.read[table]}

    def __iter__(self) -> Iterator[str]:
        return iter(DOORS)

    def __len__(self) -> int:
        return len(DOORS)


def _changed_rows(
    administration: Administration,
    door: Door,
    table: spec.Table,
    changes: Sequence[preview.Change],
) -> list[dict[str, Any]]:
    """Existing rows with the fields the file changes."""
    if not changes:
        return []
    present = {tuple(row[name] for name in table.key): row for row in door.rows(administration)}
    for change in changes:
        now = preview.canonical(present.get(change.key, {}), table)
        if any(now[field.column] != field.old for field in change.fields):
            words = _("Somebody has changed %(row)s since the file was looked at; look again.")
            shown = " / ".join(str(value) for value in change.key if value is not None)
            raise ValidationError(words % {"row": shown})
    return [
        {**present[change.key], **{field.column: field.new for field in change.fields}}
        for change in changes
    ]


def _save(administration: Administration, door: Door, added: list, changed: list) -> None:
    try:
        with transaction.atomic():
            door.save(administration, added, changed)
    except IntegrityError as clash:
        words = _("The rows of table %(table)s contradict what is here; nothing was taken in.")
        raise ValidationError(words, params={"table": door.name}) from clash
