import datetime as dt
from decimal import Decimal

from hrplan.exchange.preview import Addition, Change, Existing, FieldChange, TablePreview, compare
from hrplan.exchange.read import read_tables
from hrplan.exchange.write import write_folder
from tests.exchange.tables import BOOK, ROWS

UNITS = [
    {"unit_id": "HQ", "title": "Head office", "parent_id": ""},
    {"unit_id": "OLD", "title": "Old post", "parent_id": "HQ"},
]


def reading_of(tmp_path, rows):
    write_folder(rows, BOOK, tmp_path)
    return read_tables(tmp_path, BOOK)


def units(tmp_path, existing):
    reading = reading_of(tmp_path, {"units": ROWS["units"]})
    return compare({"units": UNITS}, reading, BOOK, existing)


ADDED = (Addition(("007",), 3, {"unit_id": "007", "title": "Peña Blanca", "parent_id": "HQ"}),)
RENAMED = (Change(("HQ",), 2, (FieldChange("title", "Head office", "Headquarters"),)),)


def test_update_shows_old_and_new_of_each_field(tmp_path):
    preview = units(tmp_path, Existing.UPDATE)

    assert preview.tables == (TablePreview("units", ADDED, RENAMED, (), 0, 0, 1),)
    assert not preview.refused
    assert not preview.nothing_to_do


def test_skip_leaves_what_exists(tmp_path):
    preview = units(tmp_path, Existing.SKIP)

    assert preview.tables == (TablePreview("units", ADDED, (), RENAMED, 0, 0, 1),)


def test_stop_refuses_what_exists_and_differs(tmp_path):
    preview = units(tmp_path, Existing.STOP)

    assert preview.tables == (TablePreview("units", ADDED, (), (), 0, 1, 1),)
    assert [str(fault) for fault in preview.faults] == [
        "sheet units, row 2, column unit_id, value 'HQ': This row exists already and differs in: "
        "title. Choose to skip or to update what exists, or take the row out."
    ]


def test_the_same_file_twice_changes_nothing(tmp_path):
    reading = reading_of(tmp_path, ROWS)

    preview = compare(ROWS, reading, BOOK, Existing.STOP)

    assert preview.nothing_to_do
    assert preview.faults == ()
    assert sum(table.unchanged for table in preview.tables) == 10


def test_values_of_a_database_are_compared_by_what_they_mean(tmp_path):
    reading = reading_of(tmp_path, ROWS)
    first = {
        **ROWS["staff"][0],
        "salary": 1234.50,
        "hired": dt.datetime(2009, 2, 28),
        "name": "Ana Pen\u0303a ",
    }
    second = {**ROWS["staff"][1], "salary": Decimal("0.00"), "contract": ""}

    preview = compare({**ROWS, "staff": [first, second]}, reading, BOOK)

    assert preview.nothing_to_do
    assert preview.faults == ()


def test_a_column_the_file_has_not_is_left_as_it_is(tmp_path):
    (tmp_path / "units.csv").write_text("unit_id,title\nOLD,Old post\n")

    preview = compare({"units": UNITS}, read_tables(tmp_path, BOOK), BOOK, Existing.UPDATE)

    assert preview.tables == (TablePreview("units", (), (), (), 1, 0, 1),)


def test_an_empty_cell_empties_the_field(tmp_path):
    (tmp_path / "units.csv").write_text("unit_id,title,parent_id\nHQ,Head office,\nOLD,Old post,\n")

    preview = compare({"units": UNITS}, read_tables(tmp_path, BOOK), BOOK, Existing.UPDATE)

    emptied = Change(("OLD",), 3, (FieldChange("parent_id", "HQ", None),))
    assert preview.tables == (TablePreview("units", (), (emptied,), (), 1, 0, 0),)


def test_a_faulty_row_is_counted_as_refused_and_never_added(tmp_path):
    (tmp_path / "units.csv").write_text("unit_id,title,parent_id\nA,,\nB,Border,\n")

    preview = compare({}, read_tables(tmp_path, BOOK), BOOK)

    added = (Addition(("B",), 3, {"unit_id": "B", "title": "Border", "parent_id": None}),)
    assert preview.tables == (TablePreview("units", added, (), (), 0, 1, 0),)
    assert preview.refused


def test_a_ring_through_what_exists_is_refused_at_the_row_of_the_file(tmp_path):
    (tmp_path / "units.csv").write_text("unit_id,title,parent_id\nHQ,Head office,OLD\n")
    reading = read_tables(tmp_path, BOOK, known={"units.unit_id": {"OLD"}})

    update = compare({"units": UNITS}, reading, BOOK, Existing.UPDATE)
    skip = compare({"units": UNITS}, reading, BOOK, Existing.SKIP)

    assert [(f.key, f.row, f.params["chain"]) for f in update.faults] == [
        ("ring", 2, "HQ > OLD > HQ")
    ]
    assert not skip.refused


def test_a_code_that_exists_in_other_capitals_is_refused(tmp_path):
    (tmp_path / "units.csv").write_text("unit_id,title\nhq,Head office\n")

    preview = compare({"units": UNITS}, read_tables(tmp_path, BOOK), BOOK, Existing.UPDATE)

    (fault,) = preview.faults
    assert fault.reason == "hq exists already, written HQ."
    assert preview.refused
    assert preview.tables == (TablePreview("units", (), (), (), 0, 1, 2),)
