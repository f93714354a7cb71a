from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from tests.training_calendar.solver.instances import GOOD, session, small
from training_calendar.solver.check import check
from training_calendar.solver.starts import starts, with_free_place

ROOMS = "venue_id region_id kind capacity cost_day\nV1 R1 room 3 15\nV2 R2 room 3 25"
LEADERS = "instructor_id module_id\nI1 M1\nI1 M2\nI1 M3\nI2 M3\nI2 M1"
LEAVE = "staff_id from_date to_date\na3 2027-01-11 2027-01-15\na1 2027-02-03 2027-02-03"
DUTY = "station_id from_date to_date minimum\nA 2027-01-01 2027-12-31 1"
WEEKLY = "station_id region_id shift max_away max_week\nA R1 0 3 2\nB R2 1 1 1"
HOLDERS = (
    "staff_id competency_id level\na1 C1 1\na2 C1 3\na3 C1 3\nb1 C1 3\n"
    "a1 C2 1\na2 C2 1\na3 C2 1\nb2 C1 0"
)
BOUND = {
    "earmarks": "source_id quarter amount\nS Q1 500\nT Q1 50\nT Q2 300",
    "earmark_modules": "source_id module_id\nS M1\nT M3",
    "earmark_windows": "source_id from_date to_date\nT 2027-01-08 2027-02-20",
}
OTHER = session("s9", "M3", "2027-01-28", 1, "a3 b1", "", "I2")
WORLDS = [
    small(),
    small(venues=ROOMS, instructor_quals=LEADERS, leave=LEAVE),
    small(venues=ROOMS, duty=DUTY, budget="quarter amount\nQ1 900\nQ2 60"),
    small({"max_days_staff_year": 4}, instructor_quals=LEADERS),
    small({"obeyed": ["F1", "F2"]}, instructor_quals=LEADERS, peaks="station_id month\nA 2"),
    small({"obeyed": ["F1"]}, instructor_quals=LEADERS, stations=WEEKLY),
    small({"obeyed": ["F4"]}, instructor_quals=LEADERS, **BOUND),
    small({"obeyed": ["F3"]}, instructor_quals=LEADERS, assessments=HOLDERS, leave=LEAVE),
]


def on(s, instance, day: int):
    first = instance.horizon.date_of(day)
    return replace(s, start_date=first, end_date=first + (s.end_date - s.start_date))


@pytest.mark.parametrize("world", range(len(WORLDS)))
@pytest.mark.parametrize("held", range(len(GOOD)))
def test_each_first_day_names_the_rules_that_the_checker_finds_broken(world, held):
    instance, calendar = WORLDS[world], (*GOOD, OTHER)
    held = calendar[held]
    found = starts(instance, calendar, held)
    alone = {v.rule for v in check(instance, [s for s in calendar if s is not held]).violations}

    told, judged = [], []
    for day in range(found.cost.size):
        there = with_free_place(instance, calendar, on(held, instance, day))
        moved = [there if s is held else s for s in calendar]
        told.append(set(found.rules(day)) - alone)
        judged.append({v.rule for v in check(instance, moved).violations} - alone)

    assert told == judged
    assert 0 < found.free.size < found.cost.size


def test_a_day_says_where_the_session_would_be_and_what_it_would_cost():
    instance = small(venues=ROOMS)
    found = starts(instance, GOOD, GOOD[0])
    day = instance.horizon.day_of(GOOD[0].start_date + timedelta(days=14))  # V1 is closed

    there = with_free_place(instance, GOOD, on(GOOD[0], instance, day))

    assert (found.venue[day], there.venue_id) == (1, "V2")
    rent, trips = 2 * (25 - 15), (3 - 1) * (40 + 2 * 10)  # two and the trainer; b1 stays at home
    here = instance.horizon.day_of(GOOD[0].start_date)
    assert found.cost[day] - found.cost[here] == rent + trips


def test_a_venue_that_is_asked_for_is_kept_though_it_is_closed():
    instance = small(venues=ROOMS)
    kept = starts(instance, GOOD, GOOD[0], keeps_venue=True)
    day = instance.horizon.day_of(GOOD[0].start_date + timedelta(days=14))

    assert (kept.venue[day], kept.rules(day)) == (0, ("H03", "H14"))


def test_a_session_without_people_is_asked_for_days_venue_and_trainer_alone():
    instance = small()
    found = starts(instance, GOOD, session("new", "M2", "2027-01-04", 1, "", "", ""))

    assert set(found.broken) >= {"H01", "H02", "H03", "H04", "H05", "H15"}
    assert np.all([instance.horizon.open[day] for day in found.free])
    assert found.free.size
