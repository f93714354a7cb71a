"""A list that somebody looks at becomes a workbook of one sheet, sent while it is written."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from hrplan.exchange.safe import safe_cell
from hrplan.exchange.spec import Value
from hrplan.exchange.write import PLAIN, STAMP, Formats, plain_value

WIDTH = 18  # of a column [characters]
AT_ONCE = 500  # rows written before something is sent
SHEET = "xl/worksheets/sheet1.xml"
SAMPLE = re.compile(rb'<row r="2".*?<c r="A2" s="(\d+)".*?</row>')
DIMENSION = re.compile(rb"<dimension [^>]*/>")  # of the blank sheet: readers would stop there
FIRST_DAY = dt.date(1899, 12, 30)  # day 0 of a workbook


def listing(title: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """The .xlsx file in parts; no text in it can act as a formula, the same rows, the same bytes.

    The library makes a workbook with the heading alone; the rows are put into its sheet.
    """
    out = _Sent()
    blank = ZipFile(_blank(title, head))
    before, after = SAMPLE.split(DIMENSION.sub(b"", blank.read(SHEET)))[::2]
    (dates,) = SAMPLE.findall(blank.read(SHEET))
    letters = [xl_col_to_name(place) for place in range(len(head))]
    with ZipFile(out, "w", ZIP_DEFLATED) as book:
        for name in blank.namelist():
            if name != SHEET:
                book.writestr(_part(name), blank.read(name))
        with book.open(_part(SHEET), "w") as sheet:
            sheet.write(before)
            written: list[str] = []
            for number, row in enumerate(rows, start=2):
                written.append(_row(number, row, letters, dates.decode()))
                if number % AT_ONCE == 0:
                    sheet.write("".join(written).encode())
                    written.clear()
                    yield out.taken()
            sheet.write("".join(written).encode() + after)
    yield out.taken()


class _Sent:
    """Where the archive writes to: what it wrote is taken away part by part."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self.parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Nothing was opened."""

    def taken(self) -> bytes:
        whole = b"".join(self.parts)
        self.parts.clear()
        return whole


def _part(name: str) -> ZipInfo:
    info = ZipInfo(name)  # of the first day that an archive knows: no clock
    info.compress_type = ZIP_DEFLATED
    return info


def _blank(title: str, head: Sequence[str]) -> BytesIO:
    """The workbook with its heading, and a row that tells the style of dates."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {**PLAIN, "in_memory": True}) as book:
        book.set_properties({"title": title, "created": STAMP})
        formats = Formats(book)
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(head) - 1, WIDTH)
        for place, words in enumerate(head):
            sheet.write_string(0, place, safe_cell(words), formats.header)
        sheet.write_datetime(1, 0, STAMP, formats.date)
    return file


def _row(number: int, row: Sequence[Value], letters: Sequence[str], dates: str) -> str:
    cells = (
        _cell(f"{letter}{number}", value, dates)
        for letter, value in zip(letters, row, strict=True)
        if value is not None
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: Value, dates: str) -> str:
    if isinstance(value, str | bool):
        text = plain_value(value) if isinstance(value, bool) else safe_cell(value)
        words = escape(text, quote=False)
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'
    if isinstance(value, dt.date):
        return f'<c r="{place}" s="{dates}"><v>{(value - FIRST_DAY).days}</v></c>'
    return f'<c r="{place}"><v>{float(value) if isinstance(value, Decimal) else value}</v></c>'
