"""What stands on a slide fits: text is cut at a word and never made smaller."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrplan.documents.fitting import (
    broken,
    fitted_items,
    fitted_table,
    measure,
    row_heights,
    shares,
    shortened,
)
from hrplan.documents.nodes import Bullets, Table, Text, plain

WIDE = measure(18)
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300)


def table(rows: int, words: int = 12, **fields) -> Table:
    body = tuple((f"Row {n}", "some words " * words, str(n)) for n in range(rows))
    return Table("Caption", ("Name", "Text", "No."), body, **fields)


def test_a_text_that_fits_stays_as_it_is():
    assert shortened("Close the gaps", 3, WIDE, 1) == "Close the gaps"


def test_a_longer_text_is_cut_at_a_word_and_says_so():
    cut = shortened("The ministry is asked to approve the strategy", 3, WIDE, 1)

    assert cut.endswith(" …")
    assert "The ministry is asked to approve the strategy".startswith(cut.removesuffix(" …"))
    assert WIDE(cut) <= 3


def test_bold_and_wide_letters_take_more_room():
    assert measure(18, bold=True)("gap") > WIDE("gap")
    assert WIDE("MMM") > WIDE("iii")
    assert WIDE("é") == WIDE("e")
    assert WIDE("税") > WIDE("e")


@given(text=TEXTS, most=st.integers(1, 4))
def test_whatever_the_text_it_never_takes_more_lines_or_more_width(text, most):
    lines = broken(shortened(text, 2.0, WIDE, most), 2.0, WIDE)

    assert len(lines) <= max(most, 1)
    assert all(WIDE(line) <= 2.0 for line in lines)


def test_every_item_of_a_list_gets_the_lines_that_others_leave():
    items = Bullets((("short"), ((Text("One: ", bold=True), Text("long words " * 60)))))

    shown = fitted_items(items, 6.0, 2.0, 20, 6)

    assert shown.items[0] == "short"
    assert shown.items[1][0] == Text("One: ", bold=True)
    assert plain(shown.items[1]).endswith("…")
    assert sum(len(broken(plain(item), 5.7, measure(20))) for item in shown.items) * 24 < 2 * 72


def test_items_for_which_there_is_no_room_are_counted():
    shown = fitted_items(Bullets(tuple(f"Item {n}" for n in range(40))), 6.0, 2.0, 20, 6)

    assert shown.items[-1].startswith("… + 3")
    assert len(shown.items) < 8


@pytest.mark.parametrize(("count", "words"), [(2, "Item 1"), (3, "… + 2"), (40, "… + 39")])
def test_a_list_without_room_for_two_lines_ends_with_two(count, words):
    shown = fitted_items(Bullets(tuple(f"Item {n}" for n in range(count))), 6.0, 0.7, 20, 6)

    assert shown.items == ("Item 0", words)


def test_a_table_that_fits_stays_whole():
    small = table(2, words=1)

    assert fitted_table(small, 12, 5, 18).rows == small.rows


def test_cells_are_cut_before_rows_are_left_out():
    shown = fitted_table(table(6, words=60), 12, 5, 18)

    assert len(shown.rows) == 6
    assert all(row[1].endswith("…") for row in shown.rows)
    assert sum(row_heights(shown, 12, 18)) <= 5


def test_rows_left_out_are_counted_and_the_total_stays():
    shown = fitted_table(table(40, total=True), 12, 5, 18)

    assert shown.rows[-1][0] == "Row 39"
    assert shown.rows[-2][0] == f"… + {39 - (len(shown.rows) - 2)}"
    assert sum(row_heights(shown, 12, 18)) <= 5


@pytest.mark.parametrize(("rows", "more"), [(2, "Row 1"), (6, "… + 5")])
def test_a_table_whose_headings_take_all_room_ends_with_the_fewest_rows(rows, more):
    columns = tuple(f"No. {n}" + " of many longwinded words" * 4 for n in range(8))
    body = tuple((f"Row {n}", *("1",) * 7) for n in range(rows))

    shown = fitted_table(Table("Caption", columns, body), 12, 3.5, 18)

    assert [row[0] for row in shown.rows] == ["Row 0", more]


def test_rows_are_counted_once_where_those_left_need_other_widths():
    """Without the row of a long word, the headings are broken into more lines."""
    body = (*((f"Row {n}", "1", "1") for n in range(7)), ("Row 7", "1", "w" * 40))
    columns = ("No.", "head words " * 3, "of many words " * 20)

    shown = fitted_table(Table("Caption", columns, body), 12, 2.9, 18)

    assert [row[0] for row in shown.rows] == ["Row 0", "… + 7"]


def test_each_column_is_as_wide_as_its_longest_word():
    long = Table("Caption", ("A", "B"), (("x", "3,456,789"),), widths=(20, 1))

    own = shares(long, 6, 18)

    assert own[1] * 6 >= WIDE("3,456,789")
    assert abs(sum(own) - 1) < 1e-9
