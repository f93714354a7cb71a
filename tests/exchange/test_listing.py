"""A list as a workbook: sent in parts, read by others as it was, the same bytes each time."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import islice

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrplan.exchange.listing import AT_ONCE, listing
from hrplan.exchange.safe import safe_cell

HEAD = ["Code", "Day", "Number", "Is"]
ROWS = [
    ["=1+1", date(2016, 2, 12), 3, True],
    [None, None, Decimal("2.5"), False],
    ["<a & b>", date(1960, 2, 29), -0.25, None],
]


def book_of(rows, head=HEAD):
    return openpyxl.load_workbook(BytesIO(b"".join(listing("Test", head, rows)))).active


def values_of(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_what_went_in_comes_out_and_text_is_never_a_formula():
    sheet = book_of(ROWS)

    head, *rows = values_of(sheet)
    assert head == HEAD
    assert [row[1] and row[1].date() for row in rows] == [row[1] for row in ROWS]
    assert [[row[0], *row[2:]] for row in rows] == [
        ["=1+1", 3, "yes"], [None, 2.5, "no"], ["<a & b>", -0.25, None],
    ]  # fmt: skip
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].number_format == "yyyy-mm-dd"
    assert sheet.freeze_panes == "B2"


@pytest.mark.parametrize("reading", [False, True], ids=["whole", "row by row"])
def test_every_row_of_a_long_list_is_read(reading):
    long = [[str(number), None, number, None] for number in range(2 * AT_ONCE + 1)]
    file = BytesIO(b"".join(listing("Test", HEAD, long)))

    sheet = openpyxl.load_workbook(file, read_only=reading).active

    assert [row[2].value for row in islice(sheet.iter_rows(), 1, None)] == [x[2] for x in long]


def test_something_is_sent_before_the_last_row_is_asked_for():
    asked = []

    def rows():
        for number in range(3 * AT_ONCE):
            asked.append(number)
            yield [str(number), None, None, None]

    first = next(listing("Test", HEAD, rows()))

    assert first[:2] == b"PK"
    assert len(asked) <= AT_ONCE


def test_the_same_rows_give_the_same_bytes():
    assert b"".join(listing("Test", HEAD, ROWS)) == b"".join(listing("Test", HEAD, ROWS))


@given(st.lists(st.text(), max_size=5))
def test_any_text_comes_back_as_a_cell_can_hold_it(texts):
    rows = values_of(book_of([[text] for text in texts], ["Text"]))[1:]

    assert [row[0] or "" for row in rows] == [safe_cell(text) for text in texts]
