"""How many people a station rosters and must keep."""

import numpy as np
import pandas as pd
import pytest

from hrplan.core.frames import FrameError
from training_calendar.analysis.duty import DutyConstants, duty_days, duty_spans, station_duty

RULE = DutyConstants()


def stations() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "station": ["PORT", "AIR", "HQ"],
            "headcount": [42, 27, 10],
            "share": [0.15, 0.15, 0.15],
            "minimum": [10, 6, np.nan],
            "shifts": [1, 2, 1],
            "weekdays": [(0, 1, 2, 3, 4, 5), tuple(range(7)), ()],
        }
    )


def test_seven_days_of_duty_leave_five_sevenths_on_the_roster() -> None:
    duty = station_duty(stations(), RULE)

    assert duty["rostered"].tolist() == [35, 19, 10]
    assert duty["least"].tolist() == [10, 12, 0]
    assert duty["max_away"].tolist() == [6, 4, 1]


def test_off_duty_no_minimum_holds() -> None:
    days = pd.DatetimeIndex(["2016-03-04", "2016-03-06"])
    ship_days = stations().head(1).assign(weekdays=[(0, 2, 4)])

    found = duty_days(station_duty(ship_days, RULE), days)

    assert found["minimum"].tolist()[0] == 10
    assert np.isnan(found["minimum"].tolist()[1])


def test_spans_lift_the_minimum_on_workdays_without_duty() -> None:
    days = pd.date_range("2016-03-07", "2016-03-13")
    ship_days = stations().head(1).assign(weekdays=[(0, 2, 4)])

    spans = duty_spans(station_duty(ship_days, RULE), days)

    assert spans["minimum"].tolist() == [10, 0, 0]
    assert [f"{day:%a}" for day in spans["from_date"]] == ["Mon", "Tue", "Thu"]


def test_a_station_without_minimum_has_no_span() -> None:
    days = pd.date_range("2016-03-07", "2016-03-13")

    assert duty_spans(station_duty(stations().tail(1), RULE), days).empty


def test_a_missing_column_is_refused() -> None:
    with pytest.raises(FrameError, match="column missing: shifts"):
        station_duty(stations().drop(columns="shifts"), RULE)
