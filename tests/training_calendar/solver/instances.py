"""A small administration by hand: eight weeks, two stations, five people, four modules."""

from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd

from training_calendar.solver.facts import Instance, Session
from training_calendar.solver.instance import instance_from_tables

START = date(2027, 1, 4)  # a Monday
PARAMS = {
    "horizon_start": START,
    "discount_beta": 0.5,
    "lambda_cost": 0.001,
    "lambda_smooth": 0.0,
    "per_diem": 10,
    "max_days_staff_year": 6,
}
TABLES = {
    "stations": "station_id region_id shift max_away\nA R1 0 2\nB R2 1 1",
    "travel": "from_region to_region trip_cost\nR1 R2 40\nR2 R1 40",
    "competencies": "competency_id weight\nC1 1\nC2 2",
    "role_profiles": "role_id competency_id required_level weight\nP C1 3 2\nP C2 2 1",
    "staff": "staff_id station_id role_id\na1 A P\na2 A P\na3 A P\nb1 B P\nb2 B Q",
    "assessments": (
        "staff_id competency_id level\na1 C1 1\na2 C1 1\na3 C1 1\nb1 C1 1\n"
        "a1 C2 1\na2 C2 1\na3 C2 2\nb2 C1 0"
    ),
    "leave": "staff_id from_date to_date\na3 2027-01-11 2027-01-15",
    "modules": (
        "module_id mode duration_days min_seats max_seats cost_session cost_seat venue_kind\n"
        "M1 classroom 2 2 3 100 10 room\nM2 classroom 1 1 3 100 10 room\n"
        "M3 online 1 1 9 20 5 -\nM4 external 2 1 2 0 300 -"
    ),
    "module_effects": "module_id competency_id to_level\nM1 C1 2\nM2 C1 3\nM3 C2 2\nM4 C1 3",
    "prerequisites": "module_id requires_module_id\nM2 M1",
    "venues": "venue_id region_id kind capacity cost_day\nV1 R1 room 3 15\nV2 R2 hall 3 15",
    "venue_closed": "venue_id from_date to_date\nV1 2027-01-18 2027-01-22",
    "instructors": "instructor_id region_id max_days_quarter\nI1 R1 5\nI2 R2 5",
    "instructor_quals": "instructor_id module_id\nI1 M1\nI1 M2\nI1 M3\nI2 M3",
    "instructor_unavailable": "instructor_id from_date to_date\nI1 2027-01-25 2027-01-26",
    "external_offers": (
        "offer_id module_id start_date end_date seats region_id\nX1 M4 2027-02-01 2027-02-02 1 R1"
    ),
    "blackouts": (
        "from_date to_date scope scope_id\n2027-02-08 2027-02-09 ALL -\n"
        "2027-02-15 2027-02-16 STATION A"
    ),
    "budget": "quarter amount\nQ1 900\nQ2 500",
}


def frame(text: str) -> pd.DataFrame:
    """The table drawn in the text; a lone dash is an empty cell."""
    heading, *rows = [line.split() for line in text.splitlines()]
    cells = [["" if cell == "-" else cell for cell in row] for row in rows]
    return pd.DataFrame(cells, columns=heading, dtype=str)


def calendar(weeks: int = 8, holidays: Iterable[str] = ()) -> pd.DataFrame:
    """Every day of so many weeks; the first half is Q1, the rest Q2."""
    days = [START + timedelta(n) for n in range(7 * weeks)]
    off = set(holidays)
    return pd.DataFrame(
        {
            "date": [d.isoformat() for d in days],
            "workday": [str(int(d.weekday() < 5 and d.isoformat() not in off)) for d in days],
            "quarter": ["Q1" if n < 7 * weeks / 2 else "Q2" for n in range(len(days))],
        }
    )


def tables(**changed: str) -> dict[str, pd.DataFrame]:
    """The tables of the small administration, some of them drawn anew."""
    return {
        "calendar": calendar(holidays=["2027-02-22"]),
        **{name: frame(text) for name, text in {**TABLES, **changed}.items()},
    }


def small(params: dict | None = None, **changed: str) -> Instance:
    """The small administration, some tables drawn anew."""
    return instance_from_tables(tables(**changed), {**PARAMS, **(params or {})})


def session(
    key: str,
    module: str,
    first: str,
    days: int,
    people: str = "",
    where: str = "V1",
    by: str = "I1",
) -> Session:
    """A session of so many days from the first; people are named in one string."""
    start = date.fromisoformat(first)
    end = start + timedelta(days - 1)
    return Session(key, module, start, end, where, by, tuple(people.split()))


GOOD = (
    session("s1", "M1", "2027-01-04", 2, "a1 a2 b1"),
    session("s2", "M2", "2027-01-06", 1, "a1 b1"),
    session("s3", "M3", "2027-01-07", 1, "a1 a2", where=""),
)
"""A calendar without a fault."""
