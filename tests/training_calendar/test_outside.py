"""Who takes courses outside the sessions, and when."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from training_calendar.analysis.outside import (
    Courses,
    Days,
    OutsideConstants,
    Person,
    is_block,
    kept_outside,
    outside_enrolments,
)

START = date(2016, 4, 4)  # a Monday
LENGTH = 182
WEEKS = LENGTH // 7 + 1
RULE = OutsideConstants()


def courses(
    *rows: dict[str, object], prerequisites: list[tuple[str, str]] | None = None
) -> Courses:
    usual = {
        "cost": 0.0, "hours": 8.0, "days": 0, "places": 10, "lead_days": 0, "is_block": False,
        "min_years": 0,
    }  # fmt: skip
    outcomes = [(row["module"], "O1", 0, 1) for row in rows]
    return Courses(
        pd.DataFrame([{**usual, **row} for row in rows]),
        pd.DataFrame(outcomes, columns=["module", "competency", "level_from", "level_to"]),
        pd.DataFrame(prerequisites or [], columns=["module", "requires"], dtype="str"),
        pd.DataFrame(columns=["module", "profile"], dtype="str"),
    )


def gaps(*staff: str) -> pd.DataFrame:
    return pd.DataFrame(
        {"staff": staff, "competency": "O1", "level": 0, "required": 1, "weight": 6.0}
    )


def quarters(*amounts: float) -> pd.DataFrame:
    firsts = [START, START + timedelta(days=91)]
    return pd.DataFrame(
        {
            "quarter": ["Q1", "Q2"][: len(amounts)],
            "starts_on": firsts[: len(amounts)],
            "ends_on": [day + timedelta(days=90) for day in firsts[: len(amounts)]],
            "amount": amounts,
        }
    )


def days(*staff: str, room: int = 1, week: int = 99) -> Days:
    workday = np.array([(START + timedelta(days=n)).weekday() < 5 for n in range(LENGTH)])
    return Days(
        start=START,
        workday=workday,
        staff=staff,
        station=np.zeros(len(staff), dtype=np.int64),
        free=np.ones((len(staff), LENGTH), dtype=bool),
        room=np.full((1, LENGTH), room, dtype=np.int64),
        week=(np.arange(LENGTH) + START.weekday()) // 7,
        week_room=np.full((1, WEEKS), week, dtype=np.int64),
        in_week=np.zeros((len(staff), WEEKS), dtype=np.int64),
    )


def people(*staff: str, years: float = 10) -> dict[str, Person]:
    return {name: Person(frozenset({"R1"}), {"O1": 0}, {}, years) for name in staff}


def enrolled(
    shelf: Courses, *staff: str, money: tuple[float, ...] = (1000, 1000), **more: object
) -> list[tuple[object, ...]]:
    found = outside_enrolments(
        gaps(*staff),
        more.pop("people", people(*staff)),  # type: ignore[arg-type]
        shelf,
        quarters(*money),
        more.pop("days", days(*staff)),  # type: ignore[arg-type]
        RULE,
        must=pd.DataFrame(more.pop("must", []), columns=["staff", "module", "before"]),
        **more,  # type: ignore[arg-type]
    )
    return list(
        found[["staff", "module", "starts_on", "ends_on"]].itertuples(index=False, name=None)
    )


def test_the_cheapest_course_is_taken_from_monday_to_friday() -> None:
    shelf = courses({"module": "DEAR", "cost": 50.0}, {"module": "FREE"})

    assert enrolled(shelf, "a") == [("a", "FREE", START, date(2016, 4, 15))]


def test_money_runs_out_person_by_person() -> None:
    shelf = courses({"module": "T", "cost": 60.0})

    found = enrolled(shelf, "a", "b", "c", money=(100, 60))

    assert [(staff, day) for staff, _module, day, _end in found] == [
        ("a", START),
        ("b", date(2016, 7, 4)),
    ]


def test_blocks_keep_the_station_covered() -> None:
    shelf = courses({"module": "T", "days": 5, "hours": 40.0, "is_block": True})

    found = enrolled(shelf, "a", "b")

    assert [day for _staff, _module, day, _end in found] == [START, START + timedelta(days=7)]


def test_blocks_keep_the_share_of_a_week() -> None:
    shelf = courses({"module": "T", "days": 5, "hours": 40.0, "is_block": True})

    found = enrolled(shelf, "a", "b", days=days("a", "b", room=2, week=1))

    assert [day for _staff, _module, day, _end in found] == [START, START + timedelta(days=7)]


def test_who_alone_can_stand_in_for_somebody_in_a_block_is_in_none_at_that_time() -> None:
    shelf = courses({"module": "T", "days": 5, "hours": 40.0, "is_block": True})
    both = replace(days("a", "b", room=2), partners={0: [1], 1: [0]})

    found = enrolled(shelf, "a", "b", days=both)

    assert [day for _staff, _module, day, _end in found] == [START, START + timedelta(days=7)]


def test_a_prerequisite_must_be_done_or_needless() -> None:
    shelf = courses({"module": "T"}, prerequisites=[("T", "BEFORE")])
    row = {"module": ["BEFORE"], "competency": ["O1"], "level_from": [0], "level_to": [1]}
    taught = pd.concat([shelf.outcomes, pd.DataFrame(row)], ignore_index=True)
    blocked = Courses(shelf.modules, taught, shelf.prerequisites, shelf.audience)
    done = {"a": Person(frozenset(), {"O1": 0}, {"BEFORE": date(2016, 5, 6)})}

    assert enrolled(blocked, "a") == []
    assert enrolled(blocked, "a", people=done)[0][2] == date(2016, 5, 9)


def test_too_short_a_service_closes_a_course() -> None:
    shelf = courses({"module": "T", "min_years": 3})

    assert enrolled(shelf, "a", people=people("a", years=2)) == []


def test_a_dear_course_must_close_enough() -> None:
    shelf = courses({"module": "T", "cost": 900.0})

    assert enrolled(shelf, "a", price=0.003)[0][1] == "T"
    assert enrolled(shelf, "a", price=0.004) == []


def test_a_prerequisite_of_a_session_ends_before_it() -> None:
    shelf = courses({"module": "T"})
    soon, later = START + timedelta(days=7), START + timedelta(days=14)

    assert enrolled(shelf, "a", must=[("a", "T", later)])[0][3] < later
    assert enrolled(shelf, must=[("a", "T", soon)], people=people("a"), days=days("a")) == []


def test_a_block_is_days_that_hold_its_hours() -> None:
    assert is_block("provider_run", 9, 72, 0)
    assert not is_block("provider_run", 3, 64, 0)
    assert not is_block("provider_run", 10, 60, 240)
    assert not is_block("self_paced", 1, 8, 0)


def test_courses_outside_never_take_money_that_sessions_have_already():
    whole = {"2016Q1": 1000.0, "2016Q2": 1000.0, "2016Q3": 1000.0}

    kept = kept_outside(whole, {"2016Q2": 950.0, "2016Q3": 1000.0}, share=0.2)

    assert kept == {"2016Q1": 200.0, "2016Q2": 50.0, "2016Q3": 0.0}
