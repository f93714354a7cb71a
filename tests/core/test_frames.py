import numpy as np
import pandas as pd
import pytest

from hrplan.core.frames import FrameError, need, one_of, spread
from tests.drawn import frame

HELD = frame("""
    staff  competency  level
    ann    C1          2
    ben    C1          3
""")


def test_a_frame_with_its_columns_and_key_passes():
    need(HELD, ["staff", "competency", "level"], key=["staff", "competency"])


def test_every_missing_column_is_named_at_once():
    with pytest.raises(FrameError) as caught:
        need(HELD, ["staff", "unit", "weight"])

    assert caught.value.faults == ("column missing: unit", "column missing: weight")


def test_a_key_given_twice_is_named_once_with_its_values():
    thrice = pd.concat([HELD, HELD.iloc[:1], HELD.iloc[:1]])

    with pytest.raises(FrameError) as caught:
        need(thrice, ["level"], key=["staff", "competency"])

    assert caught.value.faults == ("key given twice: staff ann, competency C1",)


def test_of_many_doubled_keys_three_are_named_and_the_rest_counted():
    staff = pd.DataFrame({"staff": ["a", "b", "c", "d", "e"] * 2})

    with pytest.raises(FrameError) as caught:
        need(staff, ["staff"], key=["staff"])

    assert len(caught.value.faults) == 4
    assert caught.value.faults[-1] == "and 2 more keys given twice"


def test_an_empty_key_is_refused():
    nobody = pd.DataFrame({"staff": ["ann", None]})

    with pytest.raises(FrameError, match="key is empty: staff"):
        need(nobody, ["staff"], key=["staff"])


def test_a_word_outside_the_list_is_refused_with_the_words_allowed():
    with pytest.raises(FrameError, match="staff holds ben; it may hold ann, cy"):
        one_of(HELD, "staff", ["ann", "cy"])


def test_spans_are_spread_number_by_number_and_empty_ones_leave_nothing():
    row, number = spread(np.array([10, 7, 3]), np.array([2, 0, 3]))

    assert (row.tolist(), number.tolist()) == ([0, 0, 2, 2, 2], [10, 11, 3, 4, 5])
