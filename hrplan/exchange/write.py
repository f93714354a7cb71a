"""Rows become files: a workbook, a folder of csv files, a blank template to fill in."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hrplan.exchange.messages import gettext_noop
from hrplan.exchange.rows import EXAMPLE
from hrplan.exchange.safe import csv_safe, safe_cell
from hrplan.exchange.spec import DAY, Column, Kind, Table, Value, Values, Workbook

Written = Mapping[str, Iterable[Values]]  # table name -> rows, in the order wanted
Words = Callable[[str], str]  # translates the words of the "Read me" sheet

README = gettext_noop("Read me")
PLAIN = {  # text stays text: no formula, link or number is made of it
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
STAMP = dt.datetime(2000, 1, 1)  # no clock: the same rows give the same bytes
EXAMPLE_DAY = dt.date(2016, 2, 12)
HEADINGS = (
    gettext_noop("Sheet"),
    gettext_noop("Column"),
    gettext_noop("Kind"),
    gettext_noop("Needed"),
    gettext_noop("Unit"),
    gettext_noop("Values allowed"),
    gettext_noop("Refers to"),
    gettext_noop("Meaning"),
)
KINDS = {
    Kind.TEXT: gettext_noop("text"),
    Kind.INTEGER: gettext_noop("integer"),
    Kind.DECIMAL: gettext_noop("decimal"),
    Kind.DATE: gettext_noop("date"),
    Kind.BOOLEAN: gettext_noop("boolean"),
    Kind.CHOICE: gettext_noop("choice"),
    Kind.CODE: gettext_noop("code"),
}
RULE = gettext_noop("One table a sheet, the headers in one row. An empty cell means not known.")
RULES_IN = (  # of what is read as well
    gettext_noop("Dates as year-month-day, a point before decimals, yes or no."),
    gettext_noop("A row whose code is EXAMPLE is left out when the file is read."),
)
TEMPLATE_ROWS = 5_000  # rows of a template that have lists and limits
QUOTED = re.compile('[,;|\t"\n\r]')  # any separator, so that the right one is recognised
LIST_CHARACTERS = 255  # the most that a drop-down list of words may hold


def write_workbook(rows: Written, workbook: Workbook, path: Path, words: Words = str) -> None:
    """One .xlsx file with a sheet for each table given; the same rows give the same bytes."""
    with xlsxwriter.Workbook(str(path), PLAIN) as book:
        book.set_properties({"title": workbook.title, "created": STAMP})
        formats = Formats(book, workbook.day_format)
        given = [table for table in workbook.tables if table.name in rows]
        name = README if workbook.incoming.tables else words(README)  # known when it is read
        _readme(book.add_worksheet(name), given, workbook, formats, words)
        for table in given:
            write_sheet(book.add_worksheet(table.name), table, rows[table.name], formats)


def write_sheet(sheet: Worksheet, table: Table, rows: Iterable[Values], formats: "Formats") -> None:
    """The header and the rows of one table."""
    _headers(sheet, table, formats)
    for number, row in enumerate(rows, start=1):
        for position, column in enumerate(table.columns):
            _write(sheet, number, position, row.get(column.name), formats.of(column))


def write_folder(rows: Written, workbook: Workbook, folder: Path) -> None:
    """A folder with one .csv file (UTF-8, comma, ISO dates) for each table given."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in workbook.tables:
        if table.name in rows:
            with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
                file.write(_line(column.name for column in table.columns))
                for row in rows[table.name]:
                    file.write(csv_line(row.get(c.name) for c in table.columns))


def write_template(workbook: Workbook, path: Path, words: Words = str) -> None:
    """A blank .xlsx file to fill in: drop-down lists, limits and an example row in each sheet.

    Tables that go out only are not in it.
    """
    workbook = workbook.incoming
    with xlsxwriter.Workbook(str(path), PLAIN) as book:
        book.set_properties({"title": workbook.title, "created": STAMP})
        formats = Formats(book)
        _readme(book.add_worksheet(README), workbook.tables, workbook, formats, words)
        for table in workbook.tables:
            sheet = book.add_worksheet(table.name)
            _headers(sheet, table, formats)
            marked = any(column.kind is Kind.CODE for column in table.columns)
            for position, column in enumerate(table.columns):
                sheet.set_column(position, position, _width(column), formats.of(column))
                if marked:
                    _write(sheet, 1, position, example(column), formats.of(column))
                rule = _validation(column, workbook)
                if rule:
                    sheet.data_validation(1, position, TEMPLATE_ROWS, position, rule)


class Formats:
    """The formats of one workbook: headers, and the cells of each kind of column."""

    def __init__(self, book: xlsxwriter.Workbook, day_format: str = DAY) -> None:
        self.header: Format = book.add_format(
            {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "text_wrap": True}
        )
        self.wrapped: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self._text: Format = book.add_format({"num_format": "@"})
        self.date: Format = book.add_format({"num_format": day_format})

    def of(self, column: Column) -> Format | None:
        """The format of the cells of a column; none for numbers."""
        if column.kind is Kind.DATE:
            return self.date
        return None if column.kind in {Kind.INTEGER, Kind.DECIMAL} else self._text


def _line(cells: Iterable[str]) -> str:
    quoted = (
        '"' + cell.replace('"', '""') + '"' if QUOTED.search(cell) else cell for cell in cells
    )
    return ",".join(quoted) + "\n"


def csv_line(values: Iterable[Value]) -> str:
    """Values as one line of a csv file."""
    return _line(csv_value(value) for value in values)


def csv_value(value: Value) -> str:
    """A value as a csv file holds it; numbers stay numbers, text is never a formula."""
    if isinstance(value, str):
        return csv_safe(safe_cell(value))
    return plain_value(value)


def plain_value(value: Value) -> str:
    """A value as text: empty, yes or no, ISO dates, decimals without an exponent."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, float):
        return plain_value(Decimal(repr(value)))
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def example(column: Column) -> Value:
    """What the example row shows in a column."""
    if column.kind is Kind.CODE:
        return EXAMPLE
    if column.example is not None or column.default is not None:
        return column.default if column.example is None else column.example
    if column.choices:
        return column.choices[0]
    if column.kind is Kind.DATE:
        return EXAMPLE_DAY
    if column.kind in {Kind.INTEGER, Kind.DECIMAL}:
        low = column.minimum
        return 1 if low is None or isinstance(low, dt.date) else low
    return True if column.kind is Kind.BOOLEAN else "Example"


def _write(
    sheet: Worksheet, row: int, position: int, value: Any, cell_format: Format | None
) -> None:
    if value is None:
        return
    if isinstance(value, str | bool):
        text = plain_value(value) if isinstance(value, bool) else safe_cell(value)
        sheet.write_string(row, position, text, cell_format)
    elif isinstance(value, dt.date):
        sheet.write_datetime(
            row, position, dt.datetime(value.year, value.month, value.day), cell_format
        )
    else:
        sheet.write_number(row, position, float(value), cell_format)


def _headers(sheet: Worksheet, table: Table, formats: Formats) -> None:
    for position, column in enumerate(table.columns):
        sheet.set_column(position, position, _width(column))
        sheet.write_string(0, position, safe_cell(column.header), formats.header)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _width(column: Column) -> int:
    wide = 32 if column.kind is Kind.TEXT else 12
    return max(wide, len(column.header) + 2)


def _readme(
    sheet: Worksheet, tables: Iterable[Table], workbook: Workbook, formats: Formats, words: Words
) -> None:
    """The sheet that explains every column, in front of the tables."""
    sheet.write_string(0, 0, safe_cell(workbook.title or words(README)))
    rules = (RULE, *RULES_IN) if workbook.incoming.tables else (RULE,)
    for number, rule in enumerate(rules, start=1):
        sheet.write_string(number, 0, words(rule))
    top = len(rules) + 2
    for position, (heading, width) in enumerate(
        zip(HEADINGS, (22, 24, 10, 10, 14, 28, 26, 70), strict=True)
    ):
        sheet.set_column(position, position, width)
        sheet.write_string(top, position, words(heading), formats.header)
    number = top
    for table in tables:
        for column in table.columns:
            number += 1
            for position, text in enumerate(_explained(table, column, words)):
                sheet.write_string(number, position, safe_cell(text), formats.wrapped)
    sheet.freeze_panes(top + 1, 0)


def _explained(table: Table, column: Column, words: Words) -> tuple[str, ...]:
    low, high = column.minimum, column.maximum
    limits = f"{'' if low is None else low} – {'' if high is None else high}"
    needed = words(gettext_noop("yes")) if column.needed else words(gettext_noop("no"))
    allowed = ", ".join(column.choices) or (limits if (low, high) != (None, None) else "")
    reference = column.reference or ""
    return (
        table.name,
        column.header,
        words(KINDS[column.kind]),
        needed,
        column.unit,
        allowed,
        reference,
        str(column.meaning),
    )


def _validation(column: Column, workbook: Workbook) -> dict[str, Any]:
    """The rule that the spreadsheet program checks while a template is filled in."""
    rule: dict[str, Any] = {"ignore_blank": True, "error_title": column.name[:32]}
    if column.choices or column.kind is Kind.BOOLEAN:
        choices = list(column.choices) or ["yes", "no"]
        if len(",".join(choices)) > LIST_CHARACTERS:
            return {}
        return {**rule, "validate": "list", "source": choices}
    if column.reference:
        return {**rule, **_list_of(column.reference, workbook)}
    low, high = column.minimum, column.maximum
    kinds = {Kind.INTEGER: "integer", Kind.DECIMAL: "decimal", Kind.DATE: "date"}
    if column.kind not in kinds or (low, high) == (None, None):
        return {}
    rule["validate"] = kinds[column.kind]
    if high is None:
        return {**rule, "criteria": ">=", "value": low}
    if low is None:
        return {**rule, "criteria": "<=", "value": high}
    return {**rule, "criteria": "between", "minimum": low, "maximum": high}


def _list_of(reference: str, workbook: Workbook) -> dict[str, Any]:
    """A drop-down list of the codes in another sheet, as a hint: others are still taken."""
    name, column = reference.split(".")
    for table in workbook.tables:
        if table.name == name:
            position = [c.name for c in table.columns].index(column)
            letters = xlsxwriter.utility.xl_col_to_name(position)
            area = f"='{name}'!${letters}$2:${letters}${TEMPLATE_ROWS}"
            return {"validate": "list", "source": area, "error_type": "warning"}
    return {}
