"""Taking a backup in: into an empty installation, all of it or nothing."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, models, reset_queries, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrplan.backup import archive, checking, contents, database, rows
from hrplan.backup.archive import FILES, Archive
from hrplan.backup.manifest import Manifest, TablePart
from hrplan.core import audit
from hrplan.core.models import Administration, Run, RunState
from hrplan.core.watching import Watch, quiet, steps

CHUNK, CHUNK_BYTES = 500, 4_000_000  # rows written at once, and bytes of their lines
UNWRITABLE = (DatabaseError, ValueError, ArithmeticError, RecursionError)


def restore(path: Path, watch: Watch = quiet) -> Manifest:
    """Take a backup in, and write that on the trail of each administration.

    Refused where the installation is not empty or not of the backup's tables, and where the
    backup is not whole. Rows and files are there together, or neither is.
    """
    root = Path(settings.MEDIA_ROOT)
    contents.require_migrated()
    _require_empty(root)
    found = checking.verified(path, watch, within=(0, 30))
    if found.unfit:
        raise ValidationError(found.unfit)
    _require_room(found.manifest, root)
    with archive.opened(path) as opened, _unpacked(opened, root, watch) as unpacked:
        _take_in(opened, unpacked, root, watch)
    return found.manifest


def _take_in(opened: Archive, unpacked: Path, root: Path, watch: Watch) -> None:
    """Write the rows and move the files to their place; a failure undoes both."""
    moved: list[str] = []
    try:
        with transaction.atomic(durable=True):
            database.keep_writers_out(contents.kept_models())
            _require_empty(root, besides=unpacked)
            _take_in_rows(opened, watch)
            for entry in sorted(unpacked.iterdir()):
                entry.replace(root / entry.name)
                moved.append(entry.name)
    except BaseException as error:
        for name in moved:
            (root / name).replace(unpacked / name)
        if isinstance(error, UNWRITABLE):
            words = _("This database can't hold the rows (%(error)s); nothing was written.")
            raise ValidationError(words % {"error": error}) from error
        raise


def _take_in_rows(opened: Archive, watch: Watch) -> None:
    parts = opened.manifest.tables
    kept = checking.models_by_label()
    for part in steps(parts, watch, _("Writing the rows"), within=(40, 75)):
        model = kept[part.model]
        for chunk in _chunks(checking.table_rows(opened, part, model)):
            model._base_manager.bulk_create(model(*row) for row in chunk)
            reset_queries()  # DEBUG keeps thousands of them, rows and all
    for part in steps(parts, watch, _("Comparing what was written"), within=(75, 100)):
        _compare(opened, part, kept[part.model])
        database.continue_after(kept[part.model], part.last_id)
    connection.check_constraints()
    _stop_open_runs()
    for administration in Administration.objects.all():
        audit.record("restore", administration, by=None, administration=administration)


def _chunks(found: Iterator[tuple[bytes, list[Any]]]) -> Iterator[list[list[Any]]]:
    """The rows in chunks that stay small, by number and by length."""
    chunk: list[list[Any]] = []
    size = 0
    for line, values in found:
        chunk.append(values)
        size += len(line)
        if len(chunk) == CHUNK or size > CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _compare(opened: Archive, part: TablePart, model: type[models.Model]) -> None:
    """Read the table again, and hold every row to the backup's. Refused where one differs."""
    fields = contents.fields_of(model)
    columns, shape = [field.attname for field in fields], rows.Shape(fields)
    found = model._base_manager.order_by("pk").values_list(*columns)
    written = found.iterator(chunk_size=contents.chunk_of(model))
    with closing(written):  # type: ignore[type-var]  # a generator, whatever its stub says
        pairs = zip_longest(opened.lines(part), written)
        for number, (line, values) in enumerate(pairs, start=1):
            if not line or not values or rows.plain(line) != shape.plain(values):
                words = _("%(part)s, row %(row)d: it came back otherwise; nothing was written.")
                raise ValidationError(words % {"part": part.name, "row": number})


def _stop_open_runs() -> None:
    """Long work that waited or went on when the backup was made: its queue is not here."""
    Run.objects.filter(state__in=(RunState.WAITING, RunState.RUNNING)).update(
        state=RunState.STOPPED,
        message=_("Restored from a backup; ask for it again."),
        finished_at=timezone.now(),
        lease_until=None,
    )


def _require_empty(root: Path, *, besides: Path | None = None) -> None:
    """Refuse an installation that holds rows or files."""
    full = [model._meta.label for model in contents.kept_models() if model._base_manager.exists()]
    if root.is_dir():
        full += [str(entry) for entry in sorted(root.iterdir()) if entry != besides]
    if full:
        words = _(
            "This installation is not empty (%(names)s). A backup is restored into an empty one: "
            "point HRPLAN_DATA and DATABASE_URL to a new place, run `manage.py migrate`, and "
            "restore again."
        )
        raise ValidationError(words % {"names": ", ".join(full[:3])})


def _require_room(says: Manifest, root: Path) -> None:
    """Refuse a backup that holds more than the disk has room for."""
    parts: Sequence[Any] = says.files
    if connection.vendor != database.POSTGRESQL:  # whose disk may be elsewhere
        parts = [*parts, *says.tables]
    needed = sum(part.size for part in parts)
    place = next(one for one in (root, *root.parents) if one.is_dir())
    free = shutil.disk_usage(place).free
    if needed > free:
        words = _("It holds %(needed)s GB; the disk of %(place)s has room for %(free)s GB.")
        given = {"needed": f"{needed / 1e9:,.1f}", "place": place, "free": f"{free / 1e9:,.1f}"}
        raise ValidationError(words % given)


@contextmanager
def _unpacked(opened: Archive, root: Path, watch: Watch) -> Iterator[Path]:
    """The files of a backup in a folder beside their place; what is left there at the end goes."""
    root.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=root, prefix=".restore-"))
    try:
        for part in steps(opened.manifest.files, watch, _("Writing the files"), within=(30, 40)):
            path = folder / PurePosixPath(part.name.removeprefix(FILES))
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as out:
                out.writelines(opened.pieces(part))
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
