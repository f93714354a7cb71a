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
from hrplan.exchange.packages import (
    container_faults,
    part_faults,
    refuse,
    unwanted,
    whole_file_faults,
)
from hrplan.exchange.parts import DAMAGED
from hrplan.exchange.sheet_scan import SheetScan, scan_sheet, sheet_faults

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
    refuse(whole_file_faults(path, limits))
    try:
        with zipfile.ZipFile(path) as archive:
            refuse(_faults(archive, path.stat().st_size, limits))
            refuse(part_faults(archive))
            return _scan_sheets(archive, limits)
    except DAMAGED as error:
        raise Refused(Fault(key="damaged")) from error
    except (ParseError, DefusedXmlException, KeyError) as error:
        raise Refused(Fault(key="not_workbook")) from error


def _faults(archive: zipfile.ZipFile, packed: int, limits: Limits) -> Iterator[Fault]:
    found = list(container_faults(archive, packed, limits))
    yield from found
    if not any(fault.key == "parts_too_many" for fault in found):
        yield from _kind_faults({part.orig_filename.casefold() for part in archive.infolist()})


def _kind_faults(names: set[str]) -> Iterator[Fault]:
    if "xl/workbook.xml" not in names:
        other = "other_format" if {"xl/workbook.bin", "mimetype"} & names else "not_workbook"
        yield Fault(key=other)
    yield from unwanted(names, UNWANTED)


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
