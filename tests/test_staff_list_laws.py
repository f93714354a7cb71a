"""Laws of staff lists: what one says doesn't hang on where its columns stand."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from competencies.library.staff_lists.dates import day_of, order_of
from competencies.library.staff_lists.layout import find_layout
from competencies.library.staff_lists.matching import ListMapping, proposed
from competencies.library.staff_lists.numbers import straightened
from competencies.library.staff_lists.tidy import tidied
from competencies.library.staff_lists.words import plain, scores
from hrplan.exchange.grids import Broken, Grid

HEAD = ["Emp. No.", "Surname", "First name", "Sex", "DOB", "Date of Appt", "Station", "Grade"]
LATEST = dt.date(2016, 2, 12)
KNOWN = {"unit": {"PORT": "Port of Belize"}, "profile": {}, "post": {}, "staff": {}}
ANY = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.just(Broken("#REF!")),
)
PEOPLE = [
    ["00123", "Pena", "Ana", "F", dt.date(1975, 2, 28), "13/05/2001", "PORT", "PS 7"],
    ["00124", "Cal", "Bo", "M", dt.date(1980, 3, 2), "01/06/2010", "Port of Belize", "8"],
]


def read(rows):
    grid = Grid("Roll", [(n, row) for n, row in enumerate(rows, start=1)])
    layout = find_layout(grid)
    if layout is None:
        return None
    columns = proposed(grid, layout, KNOWN, LATEST)
    found = tidied(grid, layout, ListMapping("Roll", layout.row, columns), KNOWN, LATEST)
    return [
        {name: row[position] for position, name in found.columns.items()}
        for _, row in found.grid.rows
    ]


@given(order=st.permutations(range(len(HEAD))), above=st.integers(0, 20))
def test_the_order_of_columns_and_what_stands_above_make_no_difference(order, above):
    moved = [[row[p] for p in order] for row in (HEAD, *PEOPLE)]
    top = [["Nominal roll"] for _ in range(above)]

    assert read([*top, *moved]) == read([HEAD, *PEOPLE])


@given(rows=st.lists(st.lists(ANY, max_size=8), max_size=8))
def test_no_cell_breaks_the_reading_of_a_list(rows):
    read([HEAD, *rows])
    read(rows)


@given(day=st.dates(dt.date(1930, 1, 1), dt.date(2015, 12, 31)), first=st.sampled_from("dm"))
def test_a_day_written_in_the_order_of_its_column_is_read_as_meant(day, first):
    sure = dt.date(2001, 5, 25)
    form = "%d/%m/%Y" if first == "d" else "%m/%d/%Y"
    cells = [sure.strftime(form), day.strftime(form)]

    order = order_of(cells).said

    assert order == ("day" if first == "d" else "month")
    assert [day_of(cell, order, LATEST) for cell in cells] == [sure, day]


@given(day=st.dates(dt.date(1917, 1, 1), LATEST))
def test_a_year_of_two_digits_is_never_read_as_a_day_to_come(day):
    read_day = day_of(day.strftime("%d-%b-%y"), "", LATEST)

    assert read_day is not None
    assert read_day.year <= LATEST.year
    assert read_day.year % 100 == day.year % 100


@given(numbers=st.lists(st.integers(1, 999_999), unique=True, min_size=1, max_size=20))
def test_numbers_stored_as_numbers_get_back_the_zeros_that_the_others_have(numbers):
    rows = {0: ["000000"], **{n: [float(n)] for n in numbers}}

    straightened(rows, {"staff": 0}, {}, "Roll", [])

    assert [row[0] for row in rows.values()][1:] == [f"{n:06}" for n in numbers]


@given(text=st.text(max_size=60))
def test_any_heading_is_scored_without_an_error(text):
    assert all(0 < score <= 120 for score in scores(text).values())
    assert plain(plain(text)) == plain(text)
