"""Skills ahead: who still counts, when there are too few, and by when to begin."""

from datetime import date

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis.skills import StillHeld, skill_forecast, start_by, still_held
from tests.drawn import frame

TODAY = date(2016, 2, 12)
DAYS = [date(2016 + year, 2, 12) for year in range(4)]
PEOPLE, TOPICS = ["ann", "ben", "cy", "dee"], pd.Index(["C1", "O4"])
NONE = np.nan
LEVEL = np.array([[NONE, 3], [3, 3], [NONE, 3.5], [NONE, 2]], np.float32)
IN_USE = np.array([[False, True], [False, False], [False, True], [False, True]])
RATED = np.array(
    [
        ["NaT", "2016-01-04"],
        ["2010-01-01", "2015-03-01"],
        ["NaT", "2016-01-04"],
        ["NaT", "2016-01-04"],
    ],
    "datetime64[D]",
)
RETIRES = np.array(["2017-06-01", "NaT", "NaT", "NaT"], "datetime64[D]")
NEEDED = frame("competency level needed\nO4 3 2\nO4 4 0\nO4 2 5")


def lasting(rated=RATED):
    return still_held(LEVEL, rated, IN_USE, RETIRES, technical=np.array([False, True]))


def test_a_technical_skill_lapses_without_use_and_nothing_else_does():
    ends = pd.DataFrame(lasting().ends_on, PEOPLE, TOPICS)

    assert ends.at["ben", "O4"] == pd.Timestamp(2017, 3, 1)
    assert ends.at["ann", "O4"] == pd.Timestamp(2017, 6, 1)
    assert pd.isna(ends.at["cy", "O4"])
    assert pd.isna(ends.at["ben", "C1"])


def test_a_level_is_short_from_the_departure_after_which_too_few_are_left():
    table = skill_forecast(lasting(), TOPICS, NEEDED, days=DAYS)

    # three hold level 3 today; ben lapses in March 2017, ann leaves in June 2017
    assert table["able"].tolist() == [(3, 3, 1, 1), (0, 0, 0, 0), (4, 4, 2, 2)]
    assert table.loc[0, "short_from"] == pd.Timestamp(2017, 6, 1)
    assert pd.isna(table.loc[1, "short_from"])
    assert table.loc[2, "short_from"] == pd.Timestamp(TODAY)


def test_what_lapsed_long_ago_counts_no_more_and_is_counted_apart():
    old = np.full_like(RATED, np.datetime64("2013-01-01"))

    table = skill_forecast(lasting(old), TOPICS, NEEDED, days=DAYS)

    assert table.loc[0, ["able", "lapsed"]].tolist() == [(2, 2, 1, 1), 1]


def test_a_recruit_has_to_begin_before_the_lead_time_of_the_level():
    short = pd.Series(pd.to_datetime(["2017-06-01", "2017-06-01", None]))

    table = start_by(short, pd.Series([2, 3, 3]))

    assert table["lead_months"].tolist() == [18, 36, 36]
    assert table["start_by"].tolist()[:2] == [pd.Timestamp(2015, 12, 1), pd.Timestamp(2014, 6, 1)]
    assert pd.isna(table["start_by"][2])


def test_a_competency_that_nobody_holds_is_short_today():
    needed = frame("competency level needed\nO9 1 1")

    table = skill_forecast(lasting(), TOPICS, needed, days=DAYS)

    assert table.loc[0, ["able", "short_from"]].tolist() == [(0, 0, 0, 0), pd.Timestamp(TODAY)]


@given(st.lists(st.one_of(st.none(), st.integers(-900, 1500)), max_size=8), st.integers(0, 9))
def test_nobody_comes_back_and_the_day_of_shortage_agrees_with_the_counts(ends, needed):
    today = np.datetime64(TODAY)
    days = [np.datetime64("NaT", "D") if end is None else today + end for end in ends]
    column = np.array(days, "datetime64[D]")[:, None]
    held = StillHeld(np.full(column.shape, 3.0), column, column)
    asked = pd.DataFrame({"competency": ["O4"], "level": [3], "needed": [needed]})
    row = skill_forecast(held, pd.Index(["O4"]), asked, days=DAYS).iloc[0]

    assert list(row["able"]) == sorted(row["able"], reverse=True)
    for day, able in zip(DAYS, row["able"], strict=True):
        assert (able < needed) == (pd.notna(row["short_from"])
                                   and row["short_from"] <= pd.Timestamp(day))  # fmt: skip
