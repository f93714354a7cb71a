import re
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrplan.exchange.marked import write_marked
from hrplan.exchange.read import Reading, read_tables
from tests.exchange.build import GOOD, write
from tests.exchange.tables import BOOK

PIECES = st.sampled_from(
    (
        b"unit_id",
        b"title",
        b"HQ",
        b",",
        b";",
        b"\n",
        b"\r",
        b'"',
        b"'=",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
    )
)
JUNK = st.lists(PIECES | st.binary(max_size=6), max_size=30).map(b"".join)
PARTS = st.sampled_from(
    (
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/sharedStrings.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "[Content_Types].xml",
    )
)


def judged(reading: Reading) -> bool:
    """Whether the reading holds rows, or says in words why it doesn't."""
    return bool(reading.tables) or any(str(fault) for fault in reading.faults if fault.refuses)


@given(JUNK)
@settings(max_examples=300, deadline=None)
def test_any_bytes_named_csv_are_read_or_refused(data):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "units.csv"
        path.write_bytes(data)

        assert judged(read_tables(path, BOOK))


@given(JUNK)
@settings(max_examples=100, deadline=None)
def test_any_bytes_named_xlsx_are_refused(data):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "units.xlsx"
        path.write_bytes(b"PK\x03\x04" + data)

        assert read_tables(path, BOOK).refused


@pytest.mark.long
@given(PARTS, st.integers(0, 40), JUNK, st.booleans())
@settings(max_examples=300, deadline=None)
def test_a_workbook_with_a_spoiled_part_is_read_or_refused(part, place, junk, instead):
    with TemporaryDirectory() as folder:
        good = write(Path(folder) / "good.xlsx", GOOD)
        path = Path(folder) / "book.xlsx"
        with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                data = old.read(name)
                new.writestr(name, spoiled(data, place, junk, instead) if name == part else data)

        reading = read_tables(path, BOOK)

        assert judged(reading)
        write_marked(path, reading.faults, Path(folder) / "marked.xlsx")


def spoiled(data: bytes, place: int, junk: bytes, instead: bool) -> bytes:
    """The part with junk after, or in place of, one of its tags or values."""
    found = list(re.finditer(rb"<[^>]*>|[^<]+", data))
    piece = found[place % len(found)]
    return data[: piece.start() if instead else piece.end()] + junk + data[piece.end() :]
