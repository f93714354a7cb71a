"""A list that somebody looks at becomes a workbook of one sheet: a heading and rows."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter

from hrplan.exchange.safe import safe_cell
from hrplan.exchange.spec import Value
from hrplan.exchange.write import PLAIN, STAMP, Formats

WIDTH = 18  # of a column [characters]


def listing(title: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The .xlsx file; no text in it can act as a formula, and the same rows give the same bytes."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {**PLAIN, "in_memory": True}) as book:
        book.set_properties({"title": title, "created": STAMP})
        formats = Formats(book)
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(head) - 1, WIDTH)
        for number, row in enumerate([head, *rows]):
            for place, value in enumerate(row):
                kept = safe_cell(value) if isinstance(value, str) else value
                if kept is not None:
                    sheet.write(number, place, kept, formats.header if number == 0 else None)
    return file.getvalue()
