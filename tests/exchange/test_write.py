import datetime as dt
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrplan.exchange.clean import clean_text
from hrplan.exchange.read import read_tables
from hrplan.exchange.spec import Column, Kind, Table, Workbook
from hrplan.exchange.write import write_folder, write_template, write_workbook
from tests.exchange.tables import BOOK, ROWS

TEXTS = st.text(max_size=60).map(lambda text: clean_text(text, lambda key: None) or None)
CODES = st.from_regex(r"\A[A-Z0-9][A-Z0-9 ./_-]{0,10}[A-Z0-9]\Z").map(
    lambda code: " ".join(code.split())
)
MONEY = st.decimals(
    Decimal(-(10**9)), Decimal(10**9), allow_nan=False, allow_infinity=False, places=2
)
THINGS = Table(
    name="things",
    columns=(
        Column(name="thing_id", kind=Kind.CODE, key=True),
        Column(name="title", kind=Kind.TEXT),
        Column(name="count", kind=Kind.INTEGER),
        Column(name="price", kind=Kind.DECIMAL),
        Column(name="day", kind=Kind.DATE),
        Column(name="open", kind=Kind.BOOLEAN),
        Column(name="sort", kind=Kind.CHOICE, choices=("one", "two or more")),
    ),
)
THING_BOOK = Workbook(tables=(THINGS,))
THING = st.fixed_dictionaries(
    {
        "thing_id": CODES,
        "title": TEXTS,
        "count": st.none() | st.integers(-(10**14), 10**14),
        "price": st.none() | MONEY,
        "day": st.none() | st.dates(dt.date(1901, 1, 1), dt.date(2100, 12, 31)),
        "open": st.none() | st.booleans(),
        "sort": st.none() | st.sampled_from(("one", "two or more")),
    }
)
FINE = {"and_more", "look_alike", "letters_lost", "code_was_number"}


def sound(rows):
    codes = [row["thing_id"].casefold() for row in rows]
    plain = all(re.search("[A-Z]", row["thing_id"]) for row in rows)
    return plain and len(set(codes)) == len(codes) and not {"total", "example"} & set(codes)


@given(st.lists(THING, min_size=1, max_size=6).filter(sound))
@settings(max_examples=60, deadline=None)
def test_what_is_written_as_csv_is_read_back_as_it_was(rows):
    with TemporaryDirectory() as folder:
        write_folder({"things": rows}, THING_BOOK, Path(folder))
        reading = read_tables(Path(folder), THING_BOOK)

    assert [f for f in reading.faults if f.key not in FINE] == []
    assert reading.values("things") == rows


@pytest.mark.slow
@given(st.lists(THING, min_size=1, max_size=6).filter(sound))
@settings(max_examples=200, deadline=None)
def test_what_is_written_as_a_workbook_is_read_back_as_it_was(rows):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "things.xlsx"
        write_workbook({"things": rows}, THING_BOOK, path)
        reading = read_tables(path, THING_BOOK)

    assert [f for f in reading.faults if f.key not in FINE] == []
    assert reading.values("things") == rows


@pytest.mark.parametrize("name", ["all.xlsx", "all"])
def test_an_administration_comes_back_whole(tmp_path, name):
    path = tmp_path / name

    (write_workbook if path.suffix else write_folder)(ROWS, BOOK, path)

    reading = read_tables(path, BOOK)
    assert reading.faults == ()
    assert {table: reading.values(table) for table in reading.tables} == ROWS


def test_the_same_rows_give_the_same_bytes(tmp_path):
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"

    write_workbook(ROWS, BOOK, first)
    write_workbook(ROWS, BOOK, second)

    assert first.read_bytes() == second.read_bytes()


SIGNS = ["=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1", "http://x.y", "=HYPERLINK(1)"]


def test_no_text_becomes_a_formula_or_a_link(tmp_path):
    rows = [{"module_id": f"M{n}", "title": sign} for n, sign in enumerate(SIGNS)]
    path = tmp_path / "modules.xlsx"

    write_workbook({"modules": rows}, BOOK, path)

    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name) for name in archive.namelist() if "worksheets" in name]
    assert not any(b"<f" in part or b"hyperlink" in part for part in parts)
    assert read_tables(path, BOOK).values("modules") == rows


def test_csv_text_is_no_formula_and_numbers_stay_numbers(tmp_path):
    rows = [{"thing_id": "A", "title": "=1+1", "count": -3, "price": Decimal("-0.50")}]

    write_folder({"things": rows}, THING_BOOK, tmp_path)

    text = (tmp_path / "things.csv").read_text()
    assert text == "thing_id,title,count,price,day,open,sort\nA,'=1+1,-3,-0.5,,,\n"


def test_a_blank_template_reads_as_no_rows_and_says_so(tmp_path):
    path = tmp_path / "template.xlsx"

    write_template(BOOK, path)

    reading = read_tables(path, BOOK)
    assert not reading.refused
    assert {fault.key for fault in reading.faults} == {"example_row"}
    assert reading.tables == {table.name: () for table in BOOK.incoming.tables}


def test_a_template_offers_lists_and_limits(tmp_path):
    path = tmp_path / "template.xlsx"

    write_template(BOOK, path)

    with zipfile.ZipFile(path) as archive:
        staff = archive.read("xl/worksheets/sheet3.xml").decode()
    assert '"permanent,fixed term"' in staff
    assert "'units'!$A$2:$A$5000" in staff
    assert "<formula1>1</formula1><formula2>8</formula2>" in staff


def test_the_first_sheet_explains_every_column(tmp_path):
    path = tmp_path / "all.xlsx"

    write_workbook(ROWS, BOOK, path)

    with zipfile.ZipFile(path) as archive:
        words = archive.read("xl/sharedStrings.xml").decode()
    assert "Code of the unit." in words
    assert "units.unit_id" in words
    assert "Customs of Westmark (invented)" in words
