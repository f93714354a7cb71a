"""Which module closes how much of whose gap."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from training_calendar.analysis.closing import closings

LIFTS = {"A": {"O1": (0, 2)}, "B": {"O1": (2, 3), "O2": (0, 1)}}


def asked(level: int = 0, required: int = 3) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "staff": ["s", "s"],
            "competency": ["O1", "O2"],
            "level": [level, 1],
            "required": [required, 1],
            "weight": [4.0, 2.0],
        }
    )


def attended(*pairs: tuple[str, str]) -> pd.DataFrame:
    rows = [("s", module, pd.Timestamp(day)) for module, day in pairs]
    return pd.DataFrame(rows, columns=["staff", "module", "ends_on"])


def test_levels_are_credited_in_the_order_of_time() -> None:
    found = closings(asked(), attended(("B", "2016-05-01"), ("A", "2016-04-01")), LIFTS)

    assert found[["module", "before", "after", "points"]].to_dict("records") == [
        {"module": "A", "before": 0, "after": 2, "points": 8.0},
        {"module": "B", "before": 2, "after": 3, "points": 4.0},
    ]


def test_a_step_taken_too_early_lifts_nobody() -> None:
    found = closings(asked(), attended(("B", "2016-04-01"), ("A", "2016-05-01")), LIFTS)

    assert found["module"].tolist() == ["A"]


def test_nothing_is_credited_beyond_what_is_asked() -> None:
    found = closings(asked(required=1), attended(("A", "2016-04-01")), LIFTS)

    assert found["after"].tolist() == [1]
    assert found["points"].tolist() == [4.0]


@given(st.integers(0, 3), st.integers(1, 3), st.permutations(["A", "B"]))
def test_points_never_exceed_the_gap(level: int, required: int, order: list[str]) -> None:
    days = ["2016-04-01", "2016-05-01"]
    found = closings(asked(level, required), attended(*zip(order, days, strict=True)), LIFTS)

    assert found["points"].sum() <= 4.0 * max(0, required - level)
