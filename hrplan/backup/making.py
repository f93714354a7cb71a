"""Writing a backup: every row of one moment, then the files, the manifest, a look at the whole."""

import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext as _

from hrplan.backup import checking, contents, database, manifest, rows
from hrplan.backup.archive import DENSEST, FILES, LARGE, PIECE, TABLES
from hrplan.backup.manifest import Manifest, Part, TablePart
from hrplan.core import storing
from hrplan.core.watching import Watch, quiet, steps

OWNER_ONLY = (stat.S_IFREG | 0o600) << 16


def make_backup(path: Path, watch: Watch = quiet) -> Manifest:
    """Write everything into one file, which takes its name only once it was read whole again.

    Refused where the database is not that of this version, and for a file among those it holds.
    """
    files = Path(settings.MEDIA_ROOT)
    if path.resolve().is_relative_to(files.resolve()):
        words = _("%(path)s lies among the files that a backup holds; choose another folder.")
        raise ValidationError(words % {"path": path})
    contents.require_migrated()
    with storing.whole_file(path) as part:
        says = _written(part, files, watch)
        checking.verified(part, watch, within=(60, 100))
    return says


def _written(path: Path, folder: Path, watch: Watch) -> Manifest:
    at = timezone.now()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        kept = contents.kept_models()
        with database.one_moment():
            told = steps(kept, watch, _("Writing the rows"), within=(0, 40))
            tables = tuple(_table(out, model, at) for model in told)
        found = list(_files(folder))
        told_files = steps(found, watch, _("Writing the files"), within=(40, 60))
        parts = (_file(out, file, folder, at) for file in told_files)
        says = Manifest(
            version=contents.product_version(),
            database=connection.vendor,
            made_at=at.isoformat(),
            migrations=contents.migration_state(),
            left_out=contents.LEFT_OUT,
            tables=tables,
            files=tuple(part for part in parts if part),
        )
        out.writestr(_info(manifest.NAME, at), manifest.written(says))
    return says


def _table(out: zipfile.ZipFile, model: type[models.Model], at: datetime) -> TablePart:
    """The rows of a model in the order of their ids."""
    fields = contents.fields_of(model)
    columns, shape = tuple(field.attname for field in fields), rows.Shape(fields)
    name = f"{TABLES}{model._meta.label}.jsonl"
    found = model._base_manager.order_by("pk").values_list(*columns)
    count = 0
    with _summing(out, _info(name, at)) as part:
        for values in found.iterator(chunk_size=contents.chunk_of(model)):
            part.write(shape.line(values))
            count += 1
    return TablePart(
        name=name,
        size=part.count,
        sha256=part.sum.hexdigest(),
        model=model._meta.label,
        columns=columns,
        rows=count,
        last_id=database.last_id(model),
    )


def _files(folder: Path) -> Iterator[Path]:
    """The uploaded and the made files, in the order of their names; those half written left out."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted([*names, *folders]):
            path = Path(place) / name
            if path.is_symlink():
                words = _(
                    "%(path)s is a link; a backup holds plain files only. Put the file there."
                )
                raise ValidationError(words % {"path": path})
            if name in names and not name.endswith(storing.PART):
                yield path


def _file(out: zipfile.ZipFile, path: Path, folder: Path, at: datetime) -> Part | None:
    """A file as a part; None where it was removed since it was found."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    name = FILES + path.relative_to(folder).as_posix()
    with file:
        info = _info(name, at)
        if _is_dense(file):
            info.compress_type = zipfile.ZIP_STORED
        with _summing(out, info) as part:
            while piece := file.read(PIECE):
                part.write(piece)
    return Part(name=name, size=part.count, sha256=part.sum.hexdigest())


def _is_dense(file: IO[bytes]) -> bool:
    """Whether a large file would pack so well that its part would look like a bomb."""
    if os.fstat(file.fileno()).st_size < LARGE:
        return False
    packer, packed = zlib.compressobj(), 0
    while piece := file.read(PIECE):
        packed += len(packer.compress(piece))
    dense = file.tell() > DENSEST / 2 * (packed + len(packer.flush()))
    file.seek(0)
    return dense


class _Summing:
    """Writes a part, and keeps its size and its sum."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self.count, self.sum = 0, hashlib.sha256()

    def write(self, piece: bytes) -> None:
        self._out.write(piece)
        self.count += len(piece)
        self.sum.update(piece)


@contextmanager
def _summing(out: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[_Summing]:
    with out.open(info, "w", force_zip64=True) as part:
        yield _Summing(part)


def _info(name: str, at: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, at.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = OWNER_ONLY
    return info
