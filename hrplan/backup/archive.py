"""A backup as it is read: looked at before anything is unpacked, each part held to its sum."""

import hashlib
import io
import stat
import struct
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hrplan.backup import manifest
from hrplan.backup.manifest import Manifest, Part, TablePart
from hrplan.exchange.parts import DAMAGED, ZIP, twice, wicked

TABLES, FILES = "tables/", "files/"
PIECE = 1 << 20  # bytes held at a time
LONGEST = 64_000_000  # bytes of one row
LONGEST_LIST = 64_000_000  # bytes of the list of parts at the end of a zip file
LARGE, DENSEST = 10_000_000, 200  # a file of so many bytes unpacks to at most so many times
PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
END, END64 = struct.Struct("<12xI4xH"), struct.Struct("<40xQ8x")  # bytes of the list of parts
LOCATOR64 = struct.Struct("<4s4xQ4x")  # where END64 stands, in a file that has one
SHOWN = 20  # faults told at once


class Archive:
    """An open backup whose parts are those of its manifest, under names that lead nowhere else."""

    def __init__(self, file: zipfile.ZipFile, says: Manifest) -> None:
        self._file = file
        self._part: IO[bytes] = io.BytesIO()
        self.manifest = says

    def close(self) -> None:
        """Close the part that was being read; parts are read one after the other."""
        self._part.close()

    def lines(self, part: TablePart) -> Iterator[bytes]:
        """The rows of a table, one by one. Refused where they are not those of the manifest."""
        count = 0
        with self._summed(part) as file:
            while line := file.readline(LONGEST + 1):
                count += 1
                if len(line) > LONGEST:
                    words = _("%(part)s, row %(row)d: too long to be a row.")
                    raise ValidationError(words % {"part": part.name, "row": count})
                yield line
        if count != part.rows:
            words = _("%(part)s holds %(count)d rows and should hold %(rows)d.")
            given = {"part": part.name, "count": count, "rows": part.rows}
            raise ValidationError(words % given)

    def pieces(self, part: Part) -> Iterator[bytes]:
        """A part, piece by piece. Refused where it is not what the manifest says."""
        with self._summed(part) as file:
            while piece := file.read(PIECE):
                yield piece

    @contextmanager
    def _summed(self, part: Part) -> Iterator[io.BufferedReader]:
        """The part unpacked as it is read; its size and sum are judged at its end."""
        self.close()
        try:
            self._part = self._file.open(part.name)
        except DAMAGED as error:
            raise _damaged(part) from error
        raw = _Summed(self._part, part)
        yield io.BufferedReader(raw, PIECE)  # type: ignore[type-var]  # asks for more than it uses
        if (raw.count, raw.sum.hexdigest()) != (part.size, part.sha256):
            raise _damaged(part)


class _Summed(io.RawIOBase):
    """Reads a part and sums it up; stops at once where it is longer than it may be."""

    def __init__(self, packed: IO[bytes], part: Part) -> None:
        self._packed, self._part = packed, part
        self.count, self.sum = 0, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            piece = self._packed.read(len(buffer))
        except DAMAGED as error:
            raise _damaged(self._part) from error
        self.count += len(piece)
        if self.count > self._part.size:
            raise _damaged(self._part)
        self.sum.update(piece)
        buffer[: len(piece)] = piece
        return len(piece)


def _damaged(part: Part) -> ValidationError:
    words = _("%(part)s is damaged: it is not what the manifest says.")
    return ValidationError(words % {"part": part.name})


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The backup in a file. Refused with all that is wrong with its parts; none is unpacked."""
    if not path.is_file():
        raise ValidationError(_("%(path)s: no such file.") % {"path": path})
    try:
        if _list_size(path) > LONGEST_LIST:
            raise ValidationError(_("The file lists more parts than any backup has."))
        file = zipfile.ZipFile(path)
    except DAMAGED as error:
        words = _("%(path)s is no backup, or is damaged (%(error)s).")
        raise ValidationError(words % {"path": path, "error": error}) from error
    with file:
        _refuse(_part_faults(file.infolist()))
        says = _manifest(file)
        _refuse(_manifest_faults(file.infolist(), says))
        with closing(Archive(file, says)) as archive:
            yield archive


def _refuse(faults: Iterator[str]) -> None:
    found = list(faults)
    if found:
        more = [_("and %(count)d more") % {"count": len(found) - SHOWN}] if found[SHOWN:] else []
        raise ValidationError([*found[:SHOWN], *more])


def _list_size(path: Path) -> int:
    """How long a zip file says its list of parts is, before the list is read [bytes].

    Raises
    ------
    ValueError, OSError, struct.error
        The file is no zip file, or can't be read.
    """
    with path.open("rb") as file:
        if file.read(len(ZIP)) != ZIP:
            raise ValueError(_("it does not begin as one"))
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - END.size - LOCATOR64.size - 0xFFFF))
        tail = file.read()
        at = tail.rfind(b"PK\5\6")
        if at < 0:
            raise ValueError(_("its end is missing"))
        plain = END.unpack_from(tail, at)[0]
        if at < LOCATOR64.size or not tail[at - LOCATOR64.size :].startswith(b"PK\6\7"):
            return int(plain)
        file.seek(LOCATOR64.unpack_from(tail, at - LOCATOR64.size)[1])
        return int(END64.unpack(file.read(END64.size))[0])


def _part_faults(parts: Iterable[zipfile.ZipInfo]) -> Iterator[str]:
    """What no part of a backup may be, in plain words."""
    names = [part.orig_filename for part in parts]
    folders = {str(folder) for name in names for folder in PurePosixPath(name).parents}
    for name in twice(names):
        yield _("%(name)s stands in the file twice.") % {"name": _shown(name)}
    for part in parts:
        name = part.orig_filename
        if wicked(name) or str(PurePosixPath(name)) != name or name in folders:
            words = _("%(name)s: a name that could lead outside the folder.")
        elif stat.S_IFMT(part.external_attr >> 16) not in {0, stat.S_IFREG}:
            words = _("%(name)s is a link or a device; a backup holds plain files only.")
        elif part.flag_bits & 0x1 or part.compress_type not in PACKINGS:
            words = _("%(name)s is encrypted or packed in a way that backups are not.")
        elif name.startswith(FILES) and part.file_size > max(LARGE, DENSEST * part.compress_size):
            words = _("%(name)s would unpack to far more than a file of its size can hold.")
        else:
            continue
        yield words % {"name": _shown(name)}


def _manifest(file: zipfile.ZipFile) -> Manifest:
    try:
        with file.open(manifest.NAME) as part:
            text = part.read(manifest.LARGEST + 1)
        if len(text) > manifest.LARGEST:
            raise ValueError
        return manifest.read(text)
    except (KeyError, *DAMAGED) as error:
        words = _("The file is no backup of hrplan: %(name)s is missing, or none we know.")
        raise ValidationError(words % {"name": manifest.NAME}) from error


def _manifest_faults(parts: Iterable[zipfile.ZipInfo], says: Manifest) -> Iterator[str]:
    """Parts that are missing, too many, or not of the size that the manifest says."""
    sizes = {part.filename: part.file_size for part in parts if part.filename != manifest.NAME}
    named = Counter(part.name for part in says.parts)
    for name in sorted({name for name, count in named.items() if count > 1}):
        yield _("The manifest names %(name)s twice.") % {"name": _shown(name)}
    for name in sorted(named.keys() - sizes.keys()):
        yield _("%(name)s is missing.") % {"name": _shown(name)}
    for name in sorted(sizes.keys() - named.keys()):
        yield _("%(name)s is not in the manifest.") % {"name": _shown(name)}
    for part in says.parts:
        if sizes.get(part.name, part.size) != part.size:
            words = _("%(name)s is not of the size that the manifest says.")
            yield words % {"name": _shown(part.name)}
    for table in says.tables:
        if table.name != f"{TABLES}{table.model}.jsonl":
            yield _("%(name)s is no table's part.") % {"name": _shown(table.name)}
    for one in says.files:
        if not one.name.startswith(FILES):
            yield _("%(name)s is no file's part.") % {"name": _shown(one.name)}


def _shown(name: str) -> str:
    """A part's name as a message may hold it."""
    return ascii(name[:80])
