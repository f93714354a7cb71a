from dataclasses import replace
from datetime import date

import pytest

from tests.training_calendar.solver.instances import GOOD, session, small
from training_calendar.solver.check import check
from training_calendar.solver.repair import hopeless, repair
from training_calendar.solver.solution import Change, NoSchedule, Schedule

S1, S2, S3 = GOOD
BOTH_AWAY = "staff_id from_date to_date\na1 2027-01-13 2027-01-13\na2 2027-01-13 2027-01-13"
WINDOW = {"first_day": date(2027, 1, 4), "last_day": date(2027, 1, 22)}
OTHER_ROOM = "venue_id region_id kind capacity cost_day\nV1 R1 room 3 15\nV2 R1 room 3 15"


def moved_to(s, first: str, days: int, **other):
    there = session("x", s.module_id, first, days)
    return replace(s, start_date=there.start_date, end_date=there.end_date, **other)


def test_without_a_change_nothing_moves():
    assert repair(small(), GOOD, Change(**WINDOW)) == Schedule(GOOD, (), ())


def test_a_session_in_the_way_moves_the_least():
    pin = moved_to(S3, "2027-01-06", 1)

    found = repair(small(), GOOD, Change(**WINDOW, pin=(pin,)))

    assert isinstance(found, Schedule)
    assert check(small(), found.sessions).violations == ()
    assert found.moved == ("s2",)
    assert found.released == ()
    assert found.sessions[1].start_date == date(2027, 1, 7)


def test_steps_keep_their_order_when_the_first_is_moved():
    pin = moved_to(S1, "2027-01-06", 2)

    found = repair(small(), GOOD, Change(**WINDOW, pin=(pin,)))

    assert isinstance(found, Schedule)
    assert check(small(), found.sessions).violations == ()
    assert found.sessions[1].start_date > date(2027, 1, 7)


def test_a_cancelled_step_frees_the_seats_that_need_it():
    few = tuple(replace(s, staff_ids=("a1",)) if s is S2 else s for s in GOOD)
    found = repair(small(), few, Change(**WINDOW, cancel=("s1",)))

    assert found == NoSchedule(("H08", "H14"))


def test_a_seat_is_given_up_where_a_person_is_on_leave():
    with_leave = small(leave="staff_id from_date to_date\na1 2027-01-08 2027-01-20")
    pin = moved_to(S3, "2027-01-08", 1)

    found = repair(with_leave, GOOD, Change(**WINDOW, pin=(pin,)))

    assert isinstance(found, Schedule)
    assert found.released == (("s3", "a1"),)
    assert check(with_leave, found.sessions).violations == ()


def test_sessions_outside_the_window_stand_still():
    pin = moved_to(S3, "2027-01-06", 1)
    narrow = Change(date(2027, 1, 18), date(2027, 1, 22), pin=(pin,))

    assert repair(small(), GOOD, narrow) == NoSchedule(("H05",))


FORBIDDEN = [
    (("H03",), moved_to(S1, "2027-01-19", 2), {}),
    (("H01",), moved_to(S1, "2027-01-08", 2), {}),
    (("H02",), moved_to(S3, "2027-02-08", 1), {}),
    (("H06",), replace(S3, venue_id="V1"), {}),
    (("H05",), moved_to(S3, "2027-01-25", 1), {}),
    (("H08", "H12"), moved_to(S3, "2027-02-15", 1), {}),
    (
        ("H08", "H11"),
        moved_to(S3, "2027-01-13", 1),
        {"leave": BOTH_AWAY},
    ),
    (
        ("H08", "H13"),
        moved_to(S3, "2027-01-13", 1),
        {"duty": "station_id from_date to_date minimum\nA 2027-01-13 2027-01-13 3"},
    ),
    (("H15",), moved_to(S1, "2027-02-02", 2), {"budget": "quarter amount\nQ1 900\nQ2 99"}),
]
"""(rules in the way, session moved by hand, tables changed): no other session has a part in it."""


@pytest.mark.parametrize(("rules", "pin", "changed"), FORBIDDEN)
def test_what_stands_in_the_way_is_named(rules, pin, changed):
    sessions = (S3,) if pin.session_id == "s3" else (S1,)

    assert repair(small(**changed), sessions, Change(**WINDOW, pin=(pin,))) == NoSchedule(rules)


@pytest.mark.parametrize(("rules", "pin", "changed"), FORBIDDEN)
def test_what_no_repair_can_help_is_known_without_one(rules, pin, changed):
    assert hopeless(small(**changed), pin) == NoSchedule(rules)


def test_what_others_may_make_room_for_is_not_hopeless():
    assert hopeless(small(), moved_to(S3, "2027-01-06", 1)) is None  # S2 can go elsewhere
    assert hopeless(small(), moved_to(S2, "2027-01-06", 1)) is None  # S1, its first step, too


def test_a_repair_tells_how_far_it_is_before_each_solve():
    told = []
    narrow = Change(date(2027, 1, 18), date(2027, 1, 22), pin=(moved_to(S3, "2027-01-06", 1),))

    repair(small(), GOOD, narrow, tell=told.append)

    assert told[0] == 0
    assert told == sorted(told)
    assert len(told) == 12  # the repair, and one for each rule that may stand in its way
    assert told[-1] < 1


def test_a_venue_taken_by_hand_sends_the_other_session_elsewhere():
    instance = small(
        venues=OTHER_ROOM, instructor_quals="instructor_id module_id\nI1 M1\nI2 M2\nI1 M3"
    )
    other = session("s2", "M2", "2027-01-11", 1, "a1 b1", by="I2")
    pin = moved_to(S1, "2027-01-11", 2, staff_ids=("a2", "a1"))
    only_that_day = Change(date(2027, 1, 11), date(2027, 1, 11), pin=(pin,))

    found = repair(instance, (S1, other), only_that_day)

    assert found == NoSchedule(("H08", "H14"))


def test_the_same_change_gives_the_same_calendar():
    change = Change(**WINDOW, pin=(moved_to(S1, "2027-01-06", 2),))

    assert repair(small(), GOOD, change) == repair(small(), GOOD, change)


WEEKLY = "station_id region_id shift max_away max_week\nA R1 0 3 2\nB R2 1 1 1"


def test_a_repair_keeps_the_share_of_a_week_where_the_rule_blocks():
    """a1 and a2 are away in the second week: a3 keeps no place there, and is moved on."""
    calendar = (
        session("s1", "M1", "2027-01-18", 2, "a1 a2 b1", where="V2"),
        session("s3", "M3", "2027-01-28", 1, "a3", where="", by="I2"),
    )
    pin = moved_to(calendar[1], "2027-01-21", 1)
    strict = small({"obeyed": ["F1"]}, stations=WEEKLY, venues=OTHER_ROOM)
    change = Change(date(2027, 1, 11), date(2027, 2, 5), pin=(pin,))

    found = repair(strict, calendar, change)

    assert isinstance(found, Schedule)
    assert check(strict, found.sessions).violations == ()
    assert {s.session_id: s.start_date for s in found.sessions}["s1"] != date(2027, 1, 18)


def test_a_busy_month_that_blocks_is_named_where_no_repair_helps():
    strict = small({"obeyed": ["F2"]}, peaks="station_id month\nA 2\nB 2")
    pin = moved_to(S3, "2027-02-03", 1)

    assert hopeless(strict, pin) == NoSchedule(("H08", "F2"))
    assert hopeless(small(peaks="station_id month\nA 2"), pin) is None


def test_a_repair_keeps_the_last_two_holders_apart_where_the_rule_blocks():
    """a2 and a3 alone hold C1: the session of the one makes room for that of the other."""
    rated = "staff_id competency_id level\na1 C1 1\na2 C1 3\na3 C1 3\na3 C2 1\na2 C2 1"
    calendar = (
        session("s1", "M3", "2027-01-18", 1, "a1 a2", where=""),
        session("s3", "M3", "2027-01-28", 1, "a3", where="", by="I2"),
    )
    pin = moved_to(calendar[1], "2027-01-18", 1)
    strict = small({"obeyed": ["F3"]}, assessments=rated)
    change = Change(date(2027, 1, 11), date(2027, 2, 5), pin=(pin,))

    found = repair(strict, calendar, change)

    assert isinstance(found, Schedule)
    assert check(strict, found.sessions).violations == ()
    assert found.moved == ("s1",)


def test_a_repair_keeps_bound_money_for_its_module_where_the_rule_blocks():
    """M1 is paid by its source; the free 30 pay one place in M3, not two."""
    bound = {
        "earmarks": "source_id quarter amount\nS Q1 870",
        "earmark_modules": "source_id module_id\nS M1",
    }
    strict = small({"obeyed": ["F4"]}, **bound)
    calendar = (S1, moved_to(S3, "2027-01-12", 1))
    pin = moved_to(S3, "2027-01-13", 1, staff_ids=("a1", "a2", "b1"))

    found = repair(strict, calendar, Change(**WINDOW, pin=(pin,)))

    assert isinstance(found, Schedule)
    assert check(strict, found.sessions).violations == ()
    assert len(found.released) == 1
