"""The look at a workbook before anything parses it: what is unsafe or too large is refused."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from hrplan.exchange.faults import Fault, Refused
from hrplan.exchange.limits import DEFAULT, Limits
from hrplan.exchange.parts import DAMAGED, ZIP, twice, wicked
from hrplan.exchange.sheet_scan import SheetScan, scan_sheet, sheet_faults

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT_PARTS = (".xml", ".rels", ".vml")
UNWANTED = {  # a piece of a part's name, and why a part with it is refused
    "vbaproject": "macros",
    "xl/macrosheets/": "macros",
    "xl/externallinks/": "external_links",
    "xl/connections": "data_connections",
    "xl/querytables/": "data_connections",
    "/embeddings/": "embedded_objects",
    "/activex/": "embedded_objects",
    "xl/ctrlprops/": "embedded_objects",
}
DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
PLAIN_ENCODINGS = {b"utf-8", b"us-ascii", b"ascii"}
EXTERNAL = re.compile(
    rb"<(?:\w+:)?Relationship\s(?=[^<>]*TargetMode\s*=\s*[\"']External)(?![^<>]*/hyperlink[\"'])",
    re.IGNORECASE,
)
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class WorkbookScan:
    """What the look at a workbook found, by name of the sheet."""

    sheets: dict[str, SheetScan]


def prescan(path: Path, limits: Limits = DEFAULT) -> WorkbookScan:
    """A look at an .xlsx file that parses no sheet.

    Raises
    ------
    Refused
        The file is no workbook, or unsafe, or too large; with all faults found.
    """
    _refuse(_whole_file_faults(path, limits))
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse(_container_faults(archive, path.stat().st_size, limits))
            _refuse(_part_faults(archive))
            return _scan_sheets(archive, limits)
    except DAMAGED as error:
        raise Refused(Fault(key="damaged")) from error
    except (ParseError, DefusedXmlException, KeyError) as error:
        raise Refused(Fault(key="not_workbook")) from error


def _refuse(faults: Iterator[Fault]) -> None:
    found = tuple(faults)
    if found:
        raise Refused(*found)


def _whole_file_faults(path: Path, limits: Limits) -> Iterator[Fault]:
    size = path.stat().st_size
    if size == 0:
        yield Fault(key="file_empty")
    elif size > limits.file_bytes:
        yield Fault(key="file_too_large", params=_megabytes(size, limits.file_bytes))
    else:
        with path.open("rb") as file:
            head = file.read(8)
        if head == OLE:
            sealed = "EncryptedPackage".encode("utf-16-le") in path.read_bytes()
            yield Fault(key="encrypted" if sealed else "old_format")
        elif not head.startswith(ZIP):
            yield Fault(key="not_zip")


def _container_faults(archive: zipfile.ZipFile, packed: int, limits: Limits) -> Iterator[Fault]:
    parts = archive.infolist()
    if len(parts) > limits.parts:
        yield Fault(key="parts_too_many", params={"count": len(parts), "limit": limits.parts})
        return
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked_bytes:
        yield Fault(key="bomb", params=_megabytes(unpacked, limits.unpacked_bytes))
    elif unpacked > 1_000_000 and unpacked > limits.ratio * packed:
        yield Fault(key="bomb", params=_megabytes(unpacked, limits.ratio * packed))
    if any(part.flag_bits & 0x1 for part in parts):
        yield Fault(key="encrypted")
    names = [part.orig_filename for part in parts]
    for name in twice(names):
        yield Fault(key="part_twice", value=name[:80])
    for name in names:
        if wicked(name):
            yield Fault(key="part_name", value=name[:80])
    yield from _kind_faults({name.casefold() for name in names})


def _kind_faults(names: set[str]) -> Iterator[Fault]:
    if "xl/workbook.xml" not in names:
        other = "other_format" if {"xl/workbook.bin", "mimetype"} & names else "not_workbook"
        yield Fault(key=other)
    for key in sorted({key for piece, key in UNWANTED.items() for name in names if piece in name}):
        yield Fault(key=key)


def _part_faults(archive: zipfile.ZipFile) -> Iterator[Fault]:
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


def _scan_sheets(archive: zipfile.ZipFile, limits: Limits) -> WorkbookScan:
    strings = _shared_strings(archive)
    sheets: dict[str, SheetScan] = {}
    faults: list[Fault] = []
    for name, part in _sheet_parts(archive):
        data = archive.read(part)
        faults += sheet_faults(data, name, strings, limits)
        sheets[name] = scan_sheet(data)
    if faults:
        raise Refused(*faults)
    return WorkbookScan(sheets)


def _shared_strings(archive: zipfile.ZipFile) -> int:
    for part in archive.namelist():
        if part.casefold() == "xl/sharedstrings.xml":
            return len(re.findall(rb"<(?:\w+:)?si[\s/>]", archive.read(part)))
    return 0


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name and the name of its part, in the order of the workbook."""
    book: Element = fromstring(archive.read("xl/workbook.xml"))
    relations: Element = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {r.get("Id", ""): r.get("Target", "") for r in relations}
    held = {name.casefold(): name for name in archive.namelist()}
    for sheet in book.iter():
        if sheet.tag.rsplit("}", 1)[-1] == "sheet":
            target = targets[sheet.get(RELATION) or sheet.get("id") or ""]
            full = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            yield sheet.get("name", ""), held[full.casefold()]


def _megabytes(size: int, limit: int) -> dict[str, str | int]:
    return {"size": f"{size / 1e6:,.1f}", "limit": f"{limit / 1e6:,.1f}"}
