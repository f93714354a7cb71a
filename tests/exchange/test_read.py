import datetime as dt
import random

import pytest
import xlsxwriter

from hrplan.exchange.check import row_fault
from hrplan.exchange.faults import KEPT
from hrplan.exchange.limits import Limits
from hrplan.exchange.read import read_tables
from hrplan.exchange.spec import Column, Table, Workbook
from tests.exchange.build import GOOD, SHEET1, STAFF, book, far_cell, parts, staff_rows, write
from tests.exchange.tables import BOOK


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    (tmp_path / "units.csv").write_text("unit_id,title,parent_id\nHQ,,XX\n,y,\n")
    (tmp_path / "staff.csv").write_text("staff_id,name,unit_id,grade\n1,Ana,HQ,9\n1,Bo,HR,x\n")

    reading = read_tables(tmp_path, BOOK)

    assert [(f.sheet, f.row, f.column, f.value, f.key) for f in reading.faults] == [
        ("staff", 2, "grade", "9", "too_great"),
        ("staff", 3, "grade", "x", "not_a_number"),
        ("units", 2, "title", "", "required_empty"),
        ("units", 3, "unit_id", "", "required_empty"),
        ("units", 2, "parent_id", "XX", "reference_unknown"),
        ("staff", 3, "staff_id", "1", "key_twice"),
        ("staff", 3, "unit_id", "HR", "reference_unknown"),
    ]


def test_every_refused_file_of_a_folder_is_named(tmp_path):
    (tmp_path / "units.csv").write_bytes(b"PK\x03\x04")
    (tmp_path / "staff.csv").write_bytes(b"")

    reading = read_tables(tmp_path, BOOK)

    assert [(f.sheet, f.key) for f in reading.faults] == [
        ("staff", "file_empty"),
        ("units", "not_csv"),
    ]
    assert reading.tables == {}


def test_codes_that_exist_already_are_sound_references(tmp_path):
    path = book(units=[["unit_id", "title"], ["X", "x"]])(tmp_path)

    alone = read_tables(path, BOOK)
    beside = read_tables(path, BOOK, known={"units.unit_id": {"HQ"}})

    assert {fault.key for fault in alone.faults} == {"reference_unknown"}
    assert beside.faults == ()


def test_references_into_a_sheet_that_cannot_be_read_are_left(tmp_path):
    path = book(units=[["unit_id", "unit_id"], ["HQ", "x"]])(tmp_path)

    reading = read_tables(path, BOOK)

    assert {fault.key for fault in reading.faults} == {"header_repeated", "column_missing"}


def test_a_caller_adds_checks_of_its_own(tmp_path):
    path = staff_rows()(tmp_path)

    def nobody(tables):
        for row in tables["staff"]:
            yield row_fault(row, "staff", "name", "not_a_choice", choices="none")

    reading = read_tables(path, BOOK, checks=[nobody])

    assert [fault.cell for fault in reading.faults] == ["B2", "B3"]


def test_the_name_of_one_table_goes_before_the_title_of_another(tmp_path):
    things = Table(name="things", title="Units", columns=(Column(name="thing_id", key=True),))
    (tmp_path / "units.csv").write_text("unit_id,title\nHQ,x\n")

    reading = read_tables(tmp_path, Workbook(tables=(*BOOK.tables, things)))

    assert reading.faults == ()
    assert list(reading.tables) == ["units"]


def test_a_csv_file_kept_under_another_name_is_matched_by_its_own(tmp_path):
    path = tmp_path / "5f2c.csv"
    path.write_text("unit_id,title\nHQ,\n")

    (fault,) = read_tables(path, BOOK, name="Units.csv").faults

    assert (fault.sheet, fault.table, fault.key) == ("Units", "units", "required_empty")


def test_a_check_of_the_caller_has_words_of_its_own(tmp_path):
    path = staff_rows()(tmp_path)

    def alone(tables):
        yield row_fault(
            tables["staff"][0], "staff", "name", "told", reason="She left.", advice="Ask her."
        )

    (fault,) = read_tables(path, BOOK, checks=[alone]).faults

    assert str(fault) == "sheet staff, row 2, column name, value 'Ana Pena': She left. Ask her."


def test_empty_is_not_zero(tmp_path):
    (tmp_path / "staff.csv").write_text("staff_id,name,unit_id,grade,salary,active\n1,Ana,HQ,,0,\n")

    (row,) = read_tables(tmp_path, BOOK, known={"units.unit_id": {"HQ"}}).values("staff")

    assert (row["grade"], row["salary"], row["active"]) == (None, 0, True)


def test_leading_zeros_stay(tmp_path):
    for source in (book()(tmp_path), tmp_path / "staff.csv"):
        if source.suffix == ".csv":
            source.write_text("staff_id,name,unit_id\n00123,Ana,HQ\n00124,Bo,HQ\n")
        reading = read_tables(source, BOOK, known={"units.unit_id": {"HQ"}})
        assert [row["staff_id"] for row in reading.values("staff")] == ["00123", "00124"]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_and_columns_does_not_matter(tmp_path, seed):
    chance = random.Random(seed)
    columns = list(range(len(STAFF[0])))
    chance.shuffle(columns)
    mixed = [STAFF[0], *chance.sample(STAFF[1:], 2)]
    path = book(staff=[[row[column] for column in columns] for row in mixed])(tmp_path)

    rows = read_tables(path, BOOK).values("staff")

    plain = read_tables(write(tmp_path / "plain.xlsx", GOOD), BOOK).values("staff")
    assert sorted(rows, key=lambda row: row["staff_id"]) == plain


def test_dates_of_the_1904_system_are_the_same_days(tmp_path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": True}) as made:
        sheet = made.add_worksheet("leave")
        sheet.write_row(0, 0, ["staff_id", "from_date", "to_date"])
        sheet.write_string(1, 0, "1")
        style = made.add_format({"num_format": "dd/mm/yyyy"})
        for column in (1, 2):
            sheet.write_datetime(1, column, dt.datetime(2016, 2, 12), style)

    reading = read_tables(path, BOOK, known={"staff.staff_id": {"1"}})

    day = dt.date(2016, 2, 12)
    assert reading.values("leave") == [{"staff_id": "1", "from_date": day, "to_date": day}]


def test_many_faults_of_one_kind_are_counted_and_not_all_kept(tmp_path):
    lines = [f"U{n},x,ZZ" for n in range(KEPT + 7)]
    (tmp_path / "units.csv").write_text("\n".join(["unit_id,title,parent_id", *lines]))

    faults = read_tables(tmp_path, BOOK).faults

    assert len(faults) == KEPT + 1
    assert (faults[-1].key, faults[-1].params["count"]) == ("and_more", 7)


@pytest.mark.parametrize("address", [b"XFD1048576", b"XFD200000"])
def test_a_parser_that_dies_is_a_fault_and_no_crash(tmp_path, address):
    path = parts({SHEET1: far_cell(address)})(tmp_path)
    lax = Limits(sheet_rows=2_000_000, columns=20_000, cells=10**12, memory_bytes=200_000_000)

    (fault,) = read_tables(path, BOOK, limits=lax).faults

    assert fault.key in {"reader_stopped", "unreadable"}


def test_a_slow_reader_is_stopped(tmp_path):
    path = book()(tmp_path)

    (fault,) = read_tables(path, BOOK, limits=Limits(wall_seconds=0)).faults

    assert fault.key == "reader_slow"


def test_a_file_too_large_is_refused_unread(tmp_path):
    path = book()(tmp_path)

    (fault,) = read_tables(path, BOOK, limits=Limits(file_bytes=1_000)).faults

    assert fault.key == "file_too_large"


def test_a_missing_file_is_a_fault_and_no_crash(tmp_path):
    (fault,) = read_tables(tmp_path / "none.xlsx", BOOK).faults

    assert str(fault) == "value 'none.xlsx': There is no such file. Choose the file again."
