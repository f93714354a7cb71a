import openpyxl

from hrplan.exchange.marked import write_marked
from hrplan.exchange.read import read_tables
from tests.exchange.build import raw, staff_cell
from tests.exchange.tables import BOOK

RED, YELLOW = "FFF8C9C4", "FFFCEBB6"


def test_a_refused_workbook_comes_back_with_its_faults_in_the_cells(tmp_path):
    path = staff_cell("grade", "3 – Skilled")(tmp_path)
    out = tmp_path / "marked.xlsx"

    write_marked(path, read_tables(path, BOOK).faults, out)

    book = openpyxl.load_workbook(out)
    cell = book["staff"]["D2"]
    assert (cell.value, cell.fill.fgColor.rgb) == ("3 – Skilled", RED)
    assert "Write the number alone: 3." in cell.comment.text
    assert [c.value for c in book["Faults"][2]][:4] == ["staff", "2", "grade", "3 – Skilled"]
    assert book["staff"]["A2"].value == "00123"
    assert book["staff"]["A2"].comment is None


def test_a_warning_is_marked_in_another_colour(tmp_path):
    path = staff_cell("hired", "12 Feb 2016")(tmp_path)
    out = tmp_path / "marked.xlsx"

    write_marked(path, read_tables(path, BOOK).faults, out)

    assert openpyxl.load_workbook(out)["staff"]["E2"].fill.fgColor.rgb == YELLOW


def test_a_folder_comes_back_as_one_workbook(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "units.csv").write_text("unit_id,title\nHQ,\n=1+1,x\n")
    out = tmp_path / "marked.xlsx"

    write_marked(folder, read_tables(folder, BOOK).faults, out)

    sheet = openpyxl.load_workbook(out)["units"]
    assert sheet["B2"].fill.fgColor.rgb == RED
    assert (sheet["A3"].value, sheet["A3"].data_type) == ("=1+1", "s")


def test_of_a_file_that_cannot_be_read_the_faults_are_listed(tmp_path):
    path = raw(b"junk", "book.xlsx")(tmp_path)
    out = tmp_path / "marked.xlsx"

    write_marked(path, read_tables(path, BOOK).faults, out)

    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Faults"]
    assert book["Faults"]["F2"].value.startswith("This isn't an .xlsx workbook")


def test_a_marked_file_can_be_mended_and_sent_again(tmp_path):
    path = staff_cell("grade", 9)(tmp_path)
    out = tmp_path / "marked.xlsx"
    write_marked(path, read_tables(path, BOOK).faults, out)
    book = openpyxl.load_workbook(out)
    book["staff"]["D2"] = 3
    book.save(out)

    assert not read_tables(out, BOOK).refused


def test_names_that_no_sheet_may_have_are_changed(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a[1]'" + "x" * 40, "a_1_'" + "x" * 40, "history"):
        (folder / f"{name}.csv").write_text("a,b\n1,2\n")
    out = tmp_path / "marked.xlsx"

    write_marked(folder, (), out)

    names = openpyxl.load_workbook(out).sheetnames
    assert names == ["Faults", "a_1__" + "x" * 23, "a_1__" + "x" * 23 + "_2", "history_"]
