import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from competencies.analysis.suppression import TOTAL, count_band, small_rows, suppressed
from hrplan.core.frames import FrameError
from tests.drawn import frame


def wide(counts):
    """The table of a nested list, rows a, b, ... and columns p, q, ..."""
    rows = [
        ("abcdefgh"[i], "pqrstuvw"[j], n) for i, row in enumerate(counts) for j, n in enumerate(row)
    ]
    return pd.DataFrame(rows, columns=["row", "column", "n"])


def hidden(table):
    found = table[table["hidden"] != ""]
    return {(row, column): why for row, column, why in found.drop(columns="n").values}


def test_nothing_small_hides_nothing_and_the_totals_are_there():
    table = suppressed(wide([[5, 6], [7, 0]]))

    assert hidden(table) == {}
    assert table.values.tolist() == [
        ["a", "p", 5.0, ""],
        ["a", "q", 6.0, ""],
        ["a", TOTAL, 11.0, ""],
        ["b", "p", 7.0, ""],
        ["b", "q", 0.0, ""],
        ["b", TOTAL, 7.0, ""],
        [TOTAL, "p", 12.0, ""],
        [TOTAL, "q", 6.0, ""],
        [TOTAL, TOTAL, 18.0, ""],
    ]


def test_one_small_cell_takes_a_rectangle_of_the_smallest_others_with_it():
    table = suppressed(wide([[2, 30, 40], [9, 50, 8], [60, 7, 70]]))

    # the cheapest rectangles through (a, p): with b and q 30 + 9 + 50, with b and r 40 + 9 + 8,
    # with c and q 30 + 60 + 7, with c and r 40 + 60 + 70
    assert hidden(table) == {
        ("a", "p"): "small",
        ("a", "r"): "complementary",
        ("b", "p"): "complementary",
        ("b", "r"): "complementary",
    }


def test_four_small_cells_at_the_corners_protect_each_other():
    table = suppressed(wide([[1, 30, 2], [40, 50, 60], [3, 70, 4]]))

    assert set(hidden(table).values()) == {"small"}
    assert len(hidden(table)) == 4


def test_a_table_of_one_column_hides_a_second_row_and_keeps_the_sum():
    table = suppressed(wide([[2], [30], [12]]))

    assert hidden(table) == {
        ("a", "p"): "small",
        ("a", TOTAL): "small",
        ("c", "p"): "complementary",
        ("c", TOTAL): "complementary",
    }


def test_a_lonely_small_cell_takes_every_total_with_it():
    assert set(hidden(suppressed(wide([[3]]))).values()) == {"small"}
    assert len(hidden(suppressed(wide([[3]])))) == 4


def test_a_cell_hidden_in_another_table_is_hidden_and_protected_here_too():
    table = suppressed(wide([[20, 30], [40, 50]]), also_hidden=[("b", "q")])

    assert set(hidden(table)) == {("a", "p"), ("a", "q"), ("b", "p"), ("b", "q")}


def test_a_pair_without_a_row_is_nobody():
    table = suppressed(frame("row column n\na p 6\nb q 7"))

    assert table["n"].tolist() == [6, 0, 6, 0, 7, 7, 6, 7, 13]


def test_an_empty_table_has_a_sum_of_nobody():
    assert suppressed(wide([])).values.tolist() == [[TOTAL, TOTAL, 0.0, ""]]


RANKS = frame("""
    row      column  n
    head     f       1
    deputy   m       2
    manager  f       3
    officer  f       30
    officer  m       50
    recruit  m       17
""")


def test_rows_of_few_people_are_told_together():
    assert small_rows(RANKS) == ("head", "deputy", "manager")


def test_rows_too_few_even_together_take_the_next_smallest_with_them():
    assert small_rows(RANKS[RANKS["row"] != "manager"]) == ("head", "deputy", "recruit")


def test_a_table_without_small_rows_is_left_as_it_is():
    assert small_rows(RANKS, limit=1) == ()
    assert small_rows(RANKS[RANKS["row"] == "head"]) == ()


def test_negative_counts_and_the_code_of_totals_are_refused():
    with pytest.raises(FrameError):
        suppressed(wide([[-1]]))
    with pytest.raises(FrameError):
        suppressed(wide([[6]]).assign(row=TOTAL))


@pytest.mark.parametrize(
    ("n", "band"),
    [(0, "0"), (1, "1-4"), (4, "1-4"), (5, "5-9"), (19, "10-19"), (20, "20-49"), (50, "50+")],
)
def test_outsiders_see_bands(n, band):
    assert count_band(n) == band


def test_the_bands_follow_the_limit():
    assert [count_band(n, 10) for n in (3, 10, 25)] == ["1-9", "10-19", "20-49"]


def ranges(shown):
    """The lowest and highest value a reader of the table can give to each hidden cell."""
    grid = shown.pivot(index="row", columns="column", values="n")
    rows, columns = list(grid.index), list(grid.columns)
    place = {
        (r, c): i * len(columns) + j for i, r in enumerate(rows) for j, c in enumerate(columns)
    }
    lines = [[(r, c) for c in columns] for r in rows] + [[(r, c) for r in rows] for c in columns]
    equations = np.zeros((len(lines), len(place)))
    for number, line in enumerate(lines):
        for cell in line:
            total = cell[1] if number < len(rows) else cell[0]
            equations[number, place[cell]] = -1 if total == TOTAL else 1
    known = {cell: grid.loc[cell] for cell in place}
    bounds = [(0, None) if np.isnan(known[c]) else (known[c], known[c]) for c in place]
    for cell in (c for c in place if np.isnan(known[c])):
        aim = np.eye(len(place))[place[cell]]
        results = [
            linprog(sign * aim, A_eq=equations, b_eq=np.zeros(len(lines)), bounds=bounds)
            for sign in (1, -1)
        ]
        low = results[0].fun
        yield cell, low, np.inf if results[1].status == 3 else -results[1].fun


tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@settings(max_examples=40, deadline=None)
@given(tables)
def test_no_hidden_cell_can_be_derived(counts):
    shown = suppressed(wide(counts))

    for cell, low, high in ranges(shown):
        assert high - low > 0.99, cell


@given(tables)
def test_every_small_cell_is_hidden_and_whatever_is_shown_is_true(counts):
    shown = suppressed(wide(counts)).set_index(["row", "column"])
    true = suppressed(wide(counts), limit=0)["n"].to_numpy()

    small = (true > 0) & (true < 5)
    assert shown["n"].isna().to_numpy()[small].all()
    assert (shown["n"].isna().to_numpy() | (shown["n"].to_numpy() == true)).all()
