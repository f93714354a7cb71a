"""The look at a zipped Office file before anything parses it: what is unsafe or too large."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from hrplan.exchange.faults import Fault, Refused
from hrplan.exchange.limits import Limits
from hrplan.exchange.parts import ZIP, twice, wicked

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT_PARTS = (".xml", ".rels", ".vml")
DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
PLAIN_ENCODINGS = {b"utf-8", b"us-ascii", b"ascii"}
EXTERNAL = re.compile(
    rb"<(?:\w+:)?Relationship\s(?=[^<>]*TargetMode\s*=\s*[\"']External)(?![^<>]*/hyperlink[\"'])",
    re.IGNORECASE,
)


def refuse(faults: Iterator[Fault]) -> None:
    """Refuse a file with all of these faults, if there is one."""
    found = tuple(faults)
    if found:
        raise Refused(*found)


def whole_file_faults(path: Path, limits: Limits) -> Iterator[Fault]:
    """What can be said without opening it: empty, too large, sealed, of an old kind, no zip."""
    size = path.stat().st_size
    if size == 0:
        yield Fault(key="file_empty")
    elif size > limits.file_bytes:
        yield Fault(key="file_too_large", params=megabytes(size, limits.file_bytes))
    else:
        with path.open("rb") as file:
            head = file.read(8)
        if head == OLE:
            sealed = "EncryptedPackage".encode("utf-16-le") in path.read_bytes()
            yield Fault(key="encrypted" if sealed else "old_format")
        elif not head.startswith(ZIP):
            yield Fault(key="not_zip")


def container_faults(archive: zipfile.ZipFile, packed: int, limits: Limits) -> Iterator[Fault]:
    """Too many parts, a bomb, sealed parts, parts twice, names that lead elsewhere."""
    parts = archive.infolist()
    if len(parts) > limits.parts:
        yield Fault(key="parts_too_many", params={"count": len(parts), "limit": limits.parts})
        return
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked_bytes:
        yield Fault(key="bomb", params=megabytes(unpacked, limits.unpacked_bytes))
    elif unpacked > 1_000_000 and unpacked > limits.ratio * packed:
        yield Fault(key="bomb", params=megabytes(unpacked, limits.ratio * packed))
    if any(part.flag_bits & 0x1 for part in parts):
        yield Fault(key="encrypted")
    names = [part.orig_filename for part in parts]
    for name in twice(names):
        yield Fault(key="part_twice", value=name[:80])
    for name in names:
        if wicked(name):
            yield Fault(key="part_name", value=name[:80])


def unwanted(names: set[str], pieces: Mapping[str, str]) -> Iterator[Fault]:
    """A fault for each kind of part that nobody may bring; pieces : piece of a name -> key."""
    for key in sorted({key for piece, key in pieces.items() for name in names if piece in name}):
        yield Fault(key=key)


def part_faults(archive: zipfile.ZipFile) -> Iterator[Fault]:
    """One fault a part for declarations, encodings and links; reads every part, so CRCs too."""
    for part in archive.infolist():
        data = archive.read(part)
        if not part.filename.casefold().endswith(TEXT_PARTS):
            if data.startswith((ZIP, OLE)):
                yield Fault(key="embedded_objects")
            continue
        if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in data[:200]:
            big = data[:2] == b"\xfe\xff" or data[:1] == b"\0"
            data = data.decode("utf-16-be" if big else "utf-16-le", "replace").encode()
            wide = True
        else:
            declared = DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
            wide = declared is not None and declared[1].lower() not in PLAIN_ENCODINGS
        upper = data.upper() if b"<!" in data else b""
        if b"<!DOCTYPE" in upper or b"<!ENTITY" in upper:
            yield Fault(key="doctype", value=part.filename[:80])
        elif wide:
            yield Fault(key="part_encoding", value=part.filename[:80])
        elif b"macroEnabled" in data and part.filename == "[Content_Types].xml":
            yield Fault(key="macros")
        elif part.filename.endswith(".rels") and EXTERNAL.search(data):
            yield Fault(key="external_links")


def megabytes(size: int, limit: int) -> dict[str, str | int]:
    """A size beside its limit, as messages tell them."""
    return {"size": f"{size / 1e6:,.1f}", "limit": f"{limit / 1e6:,.1f}"}
