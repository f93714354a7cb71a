"""Builds the files of the bad-input corpus: workbooks, their broken parts, and csv files."""

import datetime as dt
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import xlsxwriter

Cells = list[list[object]]
Builder = Callable[[Path], Path]

UNITS: Cells = [["unit_id", "title", "parent_id"], ["HQ", "Headquarters", None]]
STAFF: Cells = [
    ["staff_id", "name", "unit_id", "grade", "hired", "salary", "active", "contract"],
    ["00123", "Ana Pena", "HQ", 3, dt.date(2009, 2, 28), 1234.5, "yes", "permanent"],
    ["00124", "Bo Cal", "HQ", None, None, 0, "no", None],
]
GOOD: dict[str, Cells] = {"units": UNITS, "staff": STAFF}
SHEET1 = "xl/worksheets/sheet1.xml"


class Formula:
    """A formula and its cached value; None leaves it uncalculated."""

    def __init__(self, text: str, value: object) -> None:
        self.text = text
        self.value = value


def write(path: Path, sheets: Mapping[str, Cells], shape: Callable | None = None) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        time = book.add_format({"num_format": "hh:mm"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                for position, cell in enumerate(cells):
                    at = (number, position)
                    match cell:
                        case None:
                            continue
                        case Formula():
                            sheet.write_formula(*at, cell.text, None, cell.value)
                        case dt.datetime():
                            sheet.write_datetime(*at, cell, moment)
                        case dt.date():
                            sheet.write_datetime(
                                *at, dt.datetime(cell.year, cell.month, cell.day), day
                            )
                        case dt.time():
                            sheet.write_datetime(*at, cell, time)
                        case bool():
                            sheet.write_boolean(*at, cell)
                        case int() | float():
                            sheet.write_number(*at, cell)
                        case _:
                            sheet.write_string(*at, cell)
        if shape:
            shape(book)
    return path


def book(shape: Callable | None = None, **sheets: Cells) -> Builder:
    """A workbook: the good sheets, and those given in their place or beside them."""
    return lambda folder: write(folder / "book.xlsx", {**GOOD, **sheets}, shape)


def staff_cell(column: str, value: object) -> Builder:
    """A good workbook but for one cell in the first row of the staff."""
    row = list(STAFF[1])
    row[STAFF[0].index(column)] = value
    return book(staff=[STAFF[0], row, STAFF[2]])


def staff_rows(*rows: list[object]) -> Builder:
    """A good workbook with further rows of staff."""
    return book(staff=[*STAFF, *rows])


def units_rows(*rows: list[object]) -> Builder:
    return book(units=[*UNITS, *rows])


def parts(
    change: Mapping[str, bytes | Callable[[bytes], bytes]] | None = None,
    name: str = "book.xlsx",
    add: tuple[tuple[str, bytes], ...] = (),
    drop: tuple[str, ...] = (),
) -> Builder:
    """A good workbook whose parts are replaced, added (also a second time) or dropped."""

    def build(folder: Path) -> Path:
        good = write(folder / "good.xlsx", GOOD)
        path = folder / name
        with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for item in old.namelist():
                data = old.read(item)
                rule = (change or {}).get(item, data)
                if item not in drop:
                    new.writestr(item, rule(data) if callable(rule) else rule)
            for item, data in add:
                new.writestr(item, data)
        return path

    return build


def whole(edit: Callable[[bytes], bytes], name: str = "book.xlsx") -> Builder:
    """The bytes of a good workbook, edited."""

    def build(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(edit(write(folder / "good.xlsx", GOOD).read_bytes()))
        return path

    return build


def raw(data: bytes, name: str) -> Builder:
    """A file of these bytes."""

    def build(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return build


def csv(text: str, encoding: str = "utf-8", name: str = "units.csv") -> Builder:
    return raw(text.encode(encoding), name)


def doctype(data: bytes) -> bytes:
    """The part with entities that read a file of the machine (XXE)."""
    head = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return data.replace(b"?>\n", b"?>\n" + head, 1)


def laughs(data: bytes) -> bytes:
    """The part with entities that grow a billionfold."""
    lines = [b'<!ENTITY a0 "ha">']
    lines += [b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)]
    return data.replace(b"?>\n", b"?>\n<!DOCTYPE x [" + b"".join(lines) + b"]>", 1)


def far_cell(address: bytes) -> Callable[[bytes], bytes]:
    """The sheet with one cell more, at the address."""
    row = address.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    more = b'<row r="%s"><c r="%s"><v>1</v></c></row></sheetData>' % (row, address)
    return lambda data: data.replace(b"</sheetData>", more)


def ole(stream: str) -> bytes:
    """The head of a compound file that names a stream, as .xls and encrypted files have it."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack("<16x4H", 0x3E, 3, 0xFFFE, 9)
    return head.ljust(512, b"\0") + stream.encode("utf-16-le").ljust(512, b"\0")


def sealed(data: bytes) -> bytes:
    """The zip with the flag of encryption set in all its entries."""
    out = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(signature)
        while at >= 0:
            out[at + offset] |= 1
            at = out.find(signature, at + 4)
    return bytes(out)
