"""The bad-input corpus: one entry a fault, with the class and the message key it must get."""

import datetime as dt
from itertools import pairwise

from tests.exchange.build import (
    SHEET1,
    STAFF,
    UNITS,
    Formula,
    book,
    csv,
    doctype,
    far_cell,
    laughs,
    ole,
    parts,
    raw,
    sealed,
    staff_cell,
    staff_rows,
    units_rows,
    whole,
)
from tests.exchange.entries import Entry


def container(name, build, expected="R", key="", heavy=False):
    return Entry(name, "container", build, expected, key, heavy=heavy)


def shape(name, build, expected="R", key="", at=None, heavy=False):
    return Entry(name, "shape", build, expected, key, at, heavy)


def cell(name, column, value, expected="R", key=""):
    at = ("staff", 2, column) if key else None
    return Entry(name, "cells", staff_cell(column, value), expected, key, at)


def text(name, build, expected="R", key="", at=None):
    return Entry(name, "text", build, expected, key, at)


def meaning(name, build, expected="R", key="", at=None):
    return Entry(name, "meaning", build, expected, key, at)


def staffed(column, value):
    return staff_cell(column, value)


def member(code, unit="HQ", name="Cy Mai"):
    return [code, name, unit, 3, None, None, "yes", None]


def ring(*codes):
    """Units of which each stands above the next, and the last above the first."""
    pairs = [*pairwise(codes), (codes[-1], codes[0])]
    return units_rows(*([lower, lower.title(), upper] for upper, lower in pairs))


BOMB = b"0" * 150_000_000
SPARE = b"<row r='%d'><c r='A%d'/></row>"
RICH = {"xl/workbook.xml": lambda data: data.replace(b"<workbookPr", b"<workbookPr date1904='1'")}

CONTAINER = (
    container("a sound workbook", parts(), "A"),
    container("no bytes", raw(b"", "book.xlsx"), key="file_empty"),
    container("csv named xlsx", raw(b"unit_id,title\nHQ,x\n", "book.xlsx"), key="not_zip"),
    container("xlsx named csv", parts(name="units.csv"), key="not_csv"),
    container("old binary workbook", raw(ole("Workbook"), "book.xls"), key="old_format"),
    container("old workbook named xlsx", raw(ole("Workbook"), "book.xlsx"), key="old_format"),
    container("password", raw(ole("EncryptedPackage"), "book.xlsx"), key="encrypted"),
    container("zip with sealed entries", whole(sealed), key="encrypted"),
    *(
        container(
            f"cut after {tenth}0 %", whole(lambda d, t=tenth: d[: len(d) * t // 10]), key="damaged"
        )
        for tenth in range(1, 10)
    ),
    container(
        "one wrong byte inside",
        whole(lambda d: d[:60] + bytes([d[60] ^ 255]) + d[61:]),
        key="damaged",
    ),
    container("macros", parts(add=(("xl/vbaProject.bin", b"x"),), name="b.xlsm"), key="macros"),
    container(
        "macro type without macros",
        parts({"[Content_Types].xml": lambda d: d.replace(b"sheet.main", b"macroEnabled.main")}),
        key="macros",
    ),
    container(
        "links to other workbooks",
        parts(add=(("xl/externalLinks/externalLink1.xml", b"<a/>"),)),
        key="external_links",
    ),
    container(
        "relation to a remote part",
        parts(
            add=(
                (
                    "xl/worksheets/_rels/sheet1.xml.rels",
                    b'<Relationships><Relationship Id="r" Type="http://x/image" '
                    b'Target="http://x/y.png" TargetMode="External"/></Relationships>',
                ),
            )
        ),
        key="external_links",
    ),
    container(
        "data connection", parts(add=(("xl/connections.xml", b"<a/>"),)), key="data_connections"
    ),
    container(
        "embedded object",
        parts(add=(("xl/embeddings/oleObject1.bin", b"x"),)),
        key="embedded_objects",
    ),
    container(
        "zip within the zip",
        parts(add=(("xl/media/a.bin", b"PK\x03\x04"),)),
        key="embedded_objects",
    ),
    container("the same part twice", parts(add=((SHEET1, b"<worksheet/>"),)), key="part_twice"),
    container(
        "the same part in capitals",
        parts(add=((SHEET1.upper(), b"<worksheet/>"),)),
        key="part_twice",
    ),
    container("part outside", parts(add=(("../../evil.xml", b"<a/>"),)), key="part_name"),
    container("absolute part", parts(add=(("/etc/evil.xml", b"<a/>"),)), key="part_name"),
    container("back-slash part", parts(add=(("..\\evil.xml", b"<a/>"),)), key="part_name"),
    container("drive letter", parts(add=(("c:evil.xml", b"<a/>"),)), key="part_name"),
    container(
        "three thousand parts",
        parts(add=tuple((f"xl/p{n}.bin", b"") for n in range(3_000))),
        key="parts_too_many",
    ),
    container("bomb by ratio", parts(add=(("xl/media/b.bin", b"0" * 5_000_000),)), key="bomb"),
    container(
        "bomb of 300 MB",
        parts(add=(("xl/a.bin", BOMB), ("xl/b.bin", BOMB))),
        key="bomb",
        heavy=True,
    ),
    *(
        container(f"entities reading a file in {part}", parts({part: doctype}), key="doctype")
        for part in (
            SHEET1,
            "xl/sharedStrings.xml",
            "xl/styles.xml",
            "[Content_Types].xml",
            "xl/_rels/workbook.xml.rels",
            "docProps/core.xml",
        )
    ),
    container("billion laughs", parts({"xl/sharedStrings.xml": laughs}), key="doctype"),
    container(
        "entities in UTF-16",
        parts({SHEET1: lambda d: doctype(d).decode().encode("utf-16")}),
        key="doctype",
    ),
    container(
        "entities in UTF-16 without a mark",
        parts({SHEET1: lambda d: doctype(d).decode().encode("utf-16-be")}),
        key="doctype",
    ),
    container(
        "part in UTF-7",
        parts({SHEET1: lambda d: d.replace(b'"UTF-8"', b'"UTF-7"', 1)}),
        key="part_encoding",
    ),
    container("no workbook part", parts(drop=("xl/workbook.xml",)), key="not_workbook"),
    container(
        "binary workbook",
        parts(add=(("xl/workbook.bin", b"x"),), drop=("xl/workbook.xml",)),
        key="other_format",
    ),
    container("sheet part absent", parts(drop=(SHEET1,)), key="not_workbook"),
    container("broken sheet", parts({SHEET1: lambda d: d[: len(d) // 2]}), key="unreadable"),
    container("unknown ending", raw(b"%PDF-1.7", "plan.pdf"), key="file_kind"),
)

HEAD = STAFF[0]
SHAPE = (
    shape("far cell XFD1048576", parts({SHEET1: far_cell(b"XFD1048576")}), key="rows_too_many"),
    shape("cell beyond the grid", parts({SHEET1: far_cell(b"A16777217")}), key="rows_too_many"),
    shape(
        "far cell in single quotes",
        parts(
            {SHEET1: lambda d: far_cell(b"XFD1048576")(d).replace(b'"XFD1048576"', b"'XFD1048576'")}
        ),
        key="rows_too_many",
    ),
    shape("column XFD", parts({SHEET1: far_cell(b"XFD2")}), key="columns_too_many"),
    shape(
        "million empty rows",
        parts(
            {
                SHEET1: lambda d: d.replace(
                    b"</sheetData>",
                    b"".join(SPARE % (n, n) for n in range(3, 1_000_000)) + b"</sheetData>",
                )
            }
        ),
        key="rows_too_many",
        heavy=True,
    ),
    shape(
        "cells without address",
        parts({SHEET1: lambda d: d.replace(b' r="A2"', b"")}),
        key="cell_address",
    ),
    shape(
        "row number in words",
        parts({SHEET1: lambda d: d.replace(b'row r="2"', b'row r="two"')}),
        key="cell_address",
    ),
    shape(
        "text index out of range",
        parts({SHEET1: lambda d: d.replace(b't="s"><v>0<', b't="s"><v>9999<')}),
        key="text_lost",
        at=("units", 1, "A"),
    ),
    shape(
        "title rows above the header",
        book(staff=[["Customs"], [None], ["Staff on 1 January"], [None], *STAFF]),
        "A",
    ),
    shape(
        "header in row 12",
        book(staff=[["Note", "x"]] * 11 + STAFF),
        key="header_missing",
        at=("staff", None, ""),
    ),
    shape(
        "headers with other capitals and spaces",
        book(staff=[["Staff_ID\u00a0", " NAME ", "Unit ID", *HEAD[3:]], *STAFF[1:]]),
        "A",
    ),
    shape("sheet named by its title", book(**{"Staff list": STAFF, "staff": [[]]}), "A"),
    shape(
        "two sheets of one table",
        book(**{"Staff list": STAFF}),
        key="sheet_twice",
        at=("Staff list", None, ""),
    ),
    shape("sheet of nothing", book(leave=[[]]), "A"),
    shape(
        "header twice",
        book(staff=[[*HEAD[:7], "grade"], *STAFF[1:]]),
        key="header_repeated",
        at=("staff", 1, "grade"),
    ),
    shape(
        "needed column absent",
        book(staff=[row[1:] for row in STAFF]),
        key="column_missing",
        at=("staff", 1, "staff_id"),
    ),
    shape(
        "needed column misspelt",
        book(staff=[["staf_id", *HEAD[1:]], *STAFF[1:]]),
        key="column_missing_near",
        at=("staff", 1, "staff_id"),
    ),
    shape(
        "column of nobody",
        book(staff=[[*r, "x"] for r in STAFF]),
        "W",
        "column_unknown",
        ("staff", 1, "x"),
    ),
    shape(
        "values without a header",
        book(staff=[HEAD, [*STAFF[1], "left"], STAFF[2]]),
        "W",
        "column_unnamed",
        ("staff", 2, "I"),
    ),
    shape("blank column between", book(staff=[[r[0], None, *r[1:]] for r in STAFF]), "A"),
    shape("columns in another order", book(staff=[r[::-1] for r in STAFF]), "A"),
    shape(
        "totals row",
        staff_rows(["Total", None, None, 6, None, 1234.5]),
        key="totals_row",
        at=("staff", 4, "staff_id"),
    ),
    shape(
        "note under the table",
        staff_rows([], ["Source: personnel files"]),
        key="stray_row",
        at=("staff", 5, "staff_id"),
    ),
    shape(
        "two header rows",
        book(staff=[HEAD, HEAD, *STAFF[1:]]),
        key="header_again",
        at=("staff", 2, "staff_id"),
    ),
    shape(
        "merged cells in the data",
        book(shape=lambda b: b.get_worksheet_by_name("staff").merge_range("C2:C3", "HQ")),
        key="merged_cells",
        at=("staff", 2, "unit_id"),
    ),
    shape(
        "merged title above",
        book(
            lambda b: b.get_worksheet_by_name("staff").merge_range("A1:D1", "Customs"),
            staff=[["Customs"], *STAFF],
        ),
        "A",
    ),
    shape(
        "hidden sheet",
        book(lambda b: b.get_worksheet_by_name("staff").hide()),
        "W",
        "sheet_hidden",
        ("staff", None, ""),
    ),
    shape(
        "hidden rows",
        book(lambda b: b.get_worksheet_by_name("staff").set_row(2, None, None, {"hidden": True})),
        "W",
        "rows_hidden",
        ("staff", None, ""),
    ),
    shape(
        "sheet of nobody",
        book(pivot=[["a", "b"], [1, 2]]),
        "W",
        "sheet_unknown",
        ("pivot", None, ""),
    ),
    shape(
        "sheet that goes out only",
        book(certificates=[["number", "staff_id"], ["2016-0001", "00125"]]),
        "W",
        "sheet_goes_out",
        ("certificates", None, ""),
    ),
    shape("no sheet known", csv("a,b\n1,2\n", name="other.csv"), key="no_tables"),
    shape("blank rows between", staff_rows([], [], member("00125")), "A"),
    shape(
        "csv of 300 columns",
        csv("unit_id,title" + ",x" * 300 + "\n"),
        key="columns_too_many",
        at=("units", 1, ""),
    ),
)

CELLS = (
    cell("level below the scale", "grade", -1, key="too_small"),
    cell("level nought where the scale begins at one", "grade", 0, key="too_small"),
    cell("level above the scale", "grade", 9, key="too_great"),
    cell("half a level", "grade", 2.5, key="not_whole"),
    cell("level in words", "grade", "three", key="not_a_number"),
    cell("level with its name", "grade", "3 – Skilled", key="number_with_words"),
    cell("not applicable", "grade", "N/A", key="word_for_empty"),
    cell("NaN as text", "grade", "NaN", key="not_finite"),
    cell("1e400", "salary", "1e400", key="number_too_large"),
    cell("four hundred digits", "salary", "9" * 400, key="number_too_large"),
    cell("minus nought", "salary", "-0", "A"),
    cell("empty level", "grade", None, "A"),
    cell("number as text", "grade", "3", "A"),
    cell("whole number with a point", "grade", "3.0", "A"),
    cell("decimal comma", "salary", "1234,5", "W", "decimal_comma"),
    cell("comma of thousands or decimals", "salary", "1,234", key="number_ambiguous"),
    cell("commas of thousands", "salary", "1,234,567.50", "W", "number_grouped"),
    cell("percentage", "salary", "15 %", key="percent"),
    cell("currency", "salary", "BZ$ 1,200", key="money_sign"),
    cell("negative money", "salary", -5, key="too_small"),
    cell("date where a number belongs", "grade", dt.date(2016, 2, 3), key="number_was_date"),
    cell("error in a formula", "grade", Formula("=1/0", "#DIV/0!"), key="cell_error"),
    cell("lost reference", "name", Formula("=X", "#REF!"), key="cell_error"),
    cell("formula with a value", "grade", Formula("=1+2", 3), "A"),
    cell("formula without a value", "grade", Formula("=1+2", ""), key="formula_empty"),
    cell("time of day", "hired", dt.time(12, 30), key="cell_kind"),
    cell("date and time", "hired", dt.datetime(2016, 2, 12, 8, 30), "W", "time_dropped"),
    cell("ISO date as text", "hired", "2016-02-12", "A"),
    cell("day that fits no month", "hired", "28/02/2016", "W", "date_rewritten"),
    cell("month before day", "hired", "02/28/2016", "W", "date_rewritten"),
    cell("day or month first", "hired", "03/04/2016", key="date_ambiguous"),
    cell("date in words", "hired", "12 Feb 2016", "W", "date_rewritten"),
    cell("year of two digits", "hired", "12/02/16", key="year_short"),
    cell("30 February", "hired", "2016-02-30", key="no_such_day"),
    cell("29 February 1900", "hired", "29/02/1900", key="no_such_day"),
    cell("31/12/9999", "hired", dt.date(9999, 12, 31), key="year_out_of_range"),
    cell("serial number of a day", "hired", 42412, key="date_serial"),
    cell("moment with a time zone", "hired", "2016-02-12T08:00:00+05:00", "W", "time_dropped"),
    cell("date of nonsense", "hired", "soon", key="not_a_date"),
    cell("date beyond the column's limit", "hired", "2031-01-01", key="too_great"),
    cell("ticked", "active", "✓", "A"),
    cell("one for yes", "active", 1, "A"),
    cell("true", "active", True, "A"),
    cell("maybe", "active", "maybe", key="not_yes_or_no"),
    cell("choice in capitals", "contract", "FIXED  TERM", "A"),
    cell("choice misspelt", "contract", "permanet", key="choice_near"),
    cell("choice of nobody", "contract", "zzz", key="not_a_choice"),
    cell("code as a number", "staff_id", 123, "W", "code_was_number"),
    cell("code with a point", "staff_id", "123.0", "W", "code_was_number"),
    cell("code in scientific notation", "staff_id", "1.23E+02", key="code_scientific"),
    cell(
        "code of nineteen digits as a number", "staff_id", 1.2345678901234e18, key="code_scientific"
    ),
    cell("code with decimals", "staff_id", 12.5, key="code_fraction"),
    cell("code turned into a date", "staff_id", dt.date(2016, 2, 1), key="code_became_date"),
    cell("needed name empty", "name", None, key="required_empty"),
    cell("key empty", "staff_id", None, key="required_empty"),
    cell("name of spaces", "name", " \u00a0 ", key="required_empty"),
    cell("line break in a name", "name", "Ana\nPena", "A"),
    cell("date in a name", "name", dt.date(2016, 2, 1), "W", "text_was_date"),
)

LINE = "unit_id,title,parent_id\nHQ,Peña,\n"
TITLE = ("units", 2, "title")
TEXT = (
    text("UTF-8", csv(LINE), "A"),
    text("UTF-8 with a mark", csv(LINE, "utf-8-sig"), "A"),
    text("UTF-16", csv(LINE, "utf-16"), "A"),
    text("UTF-16 big end first", raw(b"\xfe\xff" + LINE.encode("utf-16-be"), "units.csv"), "A"),
    text("Windows-1252", csv(LINE, "cp1252"), "W", "encoding_old", ("units", 2, "")),
    text(
        "bytes of no encoding",
        raw(LINE.encode("cp1252") + b"\x81\n", "units.csv"),
        key="encoding_unknown",
        at=("units", 3, ""),
    ),
    text(
        "two encodings",
        raw(LINE.encode() + "A,Muñoz,\n".encode("cp1252"), "units.csv"),
        key="encoding_mixed",
        at=("units", 3, ""),
    ),
    text(
        "torn UTF-16",
        raw(LINE.encode("utf-16")[:-1], "units.csv"),
        key="encoding_unknown",
        at=("units", 2, ""),
    ),
    text("semicolons", csv(LINE.replace(",", ";")), "A"),
    text("tabs", csv(LINE.replace(",", "\t")), "A"),
    text("bars", csv(LINE.replace(",", "|")), "A"),
    text("sep= in the first line", csv("sep=;\n" + LINE.replace(",", ";")), "A"),
    text("carriage returns only", csv(LINE.replace("\n", "\r")), "A"),
    text(
        "quote never closed",
        csv('unit_id,title\nHQ,"Peña\nA,b\n'),
        key="quotes",
        at=("units", 2, ""),
    ),
    text(
        "quote within a field", csv('unit_id,title\nHQ,"Pe"ña\n'), key="quotes", at=("units", 2, "")
    ),
    text("embedded NUL", csv("unit_id,title\nHQ,Pe\0a\n"), key="nul_byte", at=("units", 2, "")),
    text(
        "one field of a megabyte",
        csv("unit_id,title\nHQ," + "x" * 1_000_000 + "\n"),
        key="field_too_long",
        at=("units", 2, ""),
    ),
    text("only blank lines", csv("\n\n \n"), key="file_empty", at=("units", None, "")),
    text(
        "text beyond the column",
        csv("unit_id,title\nHQ," + "x" * 201 + "\n"),
        key="text_too_long",
        at=TITLE,
    ),
    text("composed of two signs", csv(LINE.replace("ñ", "n\u0303")), "A"),
    text(
        "Cyrillic letter in a name", csv("unit_id,title\nHQ,\u0410na\n"), "W", "look_alike", TITLE
    ),
    text(
        "Cyrillic letter in a code",
        csv("unit_id,title\nH\u0410,x\n"),
        "W",
        "look_alike",
        ("units", 2, "unit_id"),
    ),
    text(
        "zero-width space in a name",
        csv("unit_id,title\nHQ,A\u200bna\n"),
        "W",
        "invisible_removed",
        TITLE,
    ),
    text(
        "zero-width space in a code",
        csv("unit_id,title\nH\u200bQ,x\n"),
        key="code_invisible",
        at=("units", 2, "unit_id"),
    ),
    text("soft hyphen", csv("unit_id,title\nHQ,A\u00adna\n"), "W", "invisible_removed", TITLE),
    text("turned direction", csv("unit_id,title\nHQ,A\u202ena\n"), "W", "direction_removed", TITLE),
    text("bell", csv("unit_id,title\nHQ,A\x07na\n"), "W", "control_removed", TITLE),
    text("noncharacter", csv("unit_id,title\nHQ,A\ufffena\n"), "W", "control_removed", TITLE),
    text("replacement character", csv("unit_id,title\nHQ,Pe\ufffda\n"), "W", "letters_lost", TITLE),
    text("Arabic and Hebrew", csv("unit_id,title\nHQ,محمد\nB,דוד\n"), "A"),
    text("emoji with skin tone and joiner", csv("unit_id,title\nHQ,👩🏽‍✈️\n"), "A"),
    text(
        "names like programs",
        csv("unit_id,title\nA,null\nB,None\nC,{{7*7}}\nD,${x}\nE,%s\nF,'; DROP TABLE x\nG,{0}\n"),
        "A",
    ),
    text("names like formulas", csv("unit_id,title\nA,=cmd|x\nB,@SUM(A1)\nC,\uff1d1\nD,-x\n"), "A"),
    text("one letter and two hundred", csv("unit_id,title\nA,x\nB," + "y" * 200 + "\n"), "A"),
    text(
        "markup in a faulty cell",
        csv("unit_id,title\nHQ,x\nHQ,<img src=x>{0}{a}\n"),
        key="key_twice",
        at=("units", 3, "unit_id"),
    ),
)

MEANING = (
    meaning(
        "the same row twice", staff_rows(STAFF[2]), key="row_twice", at=("staff", 4, "staff_id")
    ),
    meaning(
        "one number, two people",
        staff_rows(member("00124")),
        key="key_twice",
        at=("staff", 4, "staff_id"),
    ),
    meaning(
        "number in other capitals",
        staff_rows(member("a1"), member("A1")),
        key="key_case",
        at=("staff", 5, "staff_id"),
    ),
    meaning("number with and without zeros", staff_rows(member("124")), "A"),
    meaning(
        "unit of nobody",
        staffed("unit_id", "ZZZZ"),
        key="reference_unknown",
        at=("staff", 2, "unit_id"),
    ),
    meaning(
        "unit misspelt",
        book(units=[*UNITS, ["BORDER", "Border", "HQ"]], staff=[*STAFF, member("9", "BORDRE")]),
        key="reference_near",
        at=("staff", 4, "unit_id"),
    ),
    meaning(
        "unit in other capitals",
        staffed("unit_id", "hq"),
        key="reference_near",
        at=("staff", 2, "unit_id"),
    ),
    meaning(
        "orphan unit",
        units_rows(["A", "x", "QQQQ"]),
        key="reference_unknown",
        at=("units", 3, "parent_id"),
    ),
    meaning(
        "unit above itself", units_rows(["AX", "x", "AX"]), key="ring", at=("units", 3, "parent_id")
    ),
    meaning("ring of two units", ring("AX", "BX"), key="ring", at=("units", None, "parent_id")),
    meaning(
        "ring of five units",
        ring("AX", "BX", "CX", "DX", "EX"),
        key="ring",
        at=("units", None, "parent_id"),
    ),
    meaning(
        "chain of 400 units",
        units_rows(*([f"U{n}", "x", f"U{n - 1}" if n else "HQ"] for n in range(400))),
        "A",
    ),
    meaning(
        "ring of modules",
        book(
            modules=[["module_id", "title"], ["M1", "x"], ["M2", "y"]],
            prerequisites=[["module_id", "requires_module_id"], ["M1", "M2"], ["M2", "M1"]],
        ),
        key="ring",
        at=("prerequisites", None, "requires_module_id"),
    ),
    meaning(
        "module that needs itself",
        book(
            modules=[["module_id", "title"], ["M1", "x"]],
            prerequisites=[["module_id", "requires_module_id"], ["M1", "M1"]],
        ),
        key="ring",
        at=("prerequisites", 2, "requires_module_id"),
    ),
    meaning(
        "leave that ends before it starts",
        book(leave=[["staff_id", "from_date", "to_date"], ["00123", "2016-02-12", "2016-02-11"]]),
        key="period_reversed",
        at=("leave", 2, "to_date"),
    ),
    meaning(
        "leave of one day, a leap day",
        book(leave=[["staff_id", "from_date", "to_date"], ["00123", "2016-02-29", "2016-02-29"]]),
        "A",
    ),
    meaning(
        "two ratings of one competency",
        book(
            assessments=[
                ["staff_id", "competency_id", "level"],
                ["00123", "C1", 2],
                ["00123", "C1", 3],
            ]
        ),
        key="key_twice",
        at=("assessments", 3, "staff_id"),
    ),
    meaning(
        "rating of a stranger",
        book(assessments=[["staff_id", "competency_id", "level"], ["99999", "C1", 2]]),
        key="reference_unknown",
        at=("assessments", 2, "staff_id"),
    ),
    meaning("two roots", units_rows(["B", "Second", None]), "A"),
    meaning("people of one name", staff_rows(member("00125", name="Ana Pena")), "A"),
)

CORPUS = (*CONTAINER, *SHAPE, *CELLS, *TEXT, *MEANING)
