"""The units, posts and people of the demonstration, invented from a seed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from hrplan.demonstration.texts import text

Row = dict[str, Any]
AS_OF = date(2016, 2, 12)
YEAR = 365.25  # [days]
RETIREMENT_AGE = 60
OUTLOOK_YEARS = 3
LEAST_AGE_AT_ENTRY = 18
MANAGERS = (
    "Comptroller", "Deputy Comptroller", "Assistant Comptroller", "Collector", "Principal Officer",
)  # fmt: skip
MIDDLE = ("Supervisor", "Senior Officer", "Examiner")
ACTING = ("Supervisor", "Senior Officer", "Examiner")
ACTING_PEOPLE = 9


def units() -> list[Row]:
    """The rows of the table units."""
    return [_unit(unit, place) for place, unit in enumerate(text("structure")["units"])]


def _unit(unit: Mapping[str, Any], place: int) -> Row:
    return {
        "unit": unit["code"],
        "title": unit["title"],
        "kind": unit["kind"],
        "parent": unit.get("parent"),
        "region": unit["region"],
        "is_station": unit.get("station", False),
        "duty_pattern": unit.get("hours"),
        "duty_weekdays": _joined(unit.get("weekdays", ())),
        "shifts": unit.get("shifts", 1),
        "minimum_on_duty": unit.get("minimum"),
        "max_away_share": Decimal(str(unit.get("away", 0.15))),
        "peak_months": _joined(unit.get("peaks", ())),
        "position": place,
    }


def _joined(values: Sequence[int]) -> str | None:
    return ";".join(str(value) for value in values) or None


def posts(random: np.random.Generator) -> list[Row]:
    """The rows of the table posts: 189 of officers; a vacancy is one to thirty months old."""
    rows: list[Row] = []
    for unit in text("structure")["units"]:
        for rank, profile, number, vacant, key, exposed in unit.get("posts", ()):
            for place in range(number):
                empty = place >= number - vacant
                months = int(random.integers(1, 30)) if empty else 0
                rows.append(
                    {
                        "post": f"P{len(rows) + 1:03d}",
                        "unit": unit["code"],
                        "profile": profile,
                        "rank": rank,
                        "is_key": place < key,
                        "is_vulnerable": place < exposed,
                        "vacant_since": AS_OF - timedelta(days=30 * months) if empty else None,
                    }
                )
    return rows


def staff_members(posts: Sequence[Row], random: np.random.Generator) -> list[Row]:
    """The rows of the table staff_members: an officer for each filled post, then support staff."""
    places = [*_officers(posts), *_support()]
    names = _names(places, random)
    retiring = _retiring(places, random)
    acting = _acting(places, random)
    small = {u["code"] for u in text("structure")["units"] if u["kind"] == "small station"}
    leads = _leads(places)
    return [
        {
            "staff": f"S{number + 1:03d}",
            "supervisor": leads[number],
            "name": names[number][1],
            "gender": names[number][0],
            **place,
            **_life(place["rank"], number in retiring, random),
            "education": _schooling(place["rank"], random),
            "is_acting": number in acting,
            "needs_relief": place["unit"] in small,
        }
        for number, place in enumerate(places)
    ]


def _leads(places: Sequence[Row]) -> list[str | None]:
    """The staff number of the highest in each person's unit; they themselves have none."""
    highest: dict[str, int] = {}
    for number, place in enumerate(places):
        first = highest.setdefault(place["unit"], number)
        if place["grade"] > places[first]["grade"]:
            highest[place["unit"]] = number
    return [
        None if highest[place["unit"]] == number else f"S{highest[place['unit']] + 1:03d}"
        for number, place in enumerate(places)
    ]


def _officers(posts: Sequence[Row]) -> Iterator[Row]:
    grades = text("structure")["ranks"]
    for post in posts:
        if post["vacant_since"] is None:
            yield {
                "kind": "officer",
                "unit": post["unit"],
                "profile": post["profile"],
                "post": post["post"],
                "rank": post["rank"],
                "grade": grades[post["rank"]][0],
            }


def _support() -> Iterator[Row]:
    structure = text("structure")
    for unit in structure["units"]:
        for rank, profile, number in unit.get("support", ()):
            for _place in range(number):
                yield {
                    "kind": "support",
                    "unit": unit["code"],
                    "profile": profile or None,
                    "post": None,
                    "rank": rank,
                    "grade": structure["ranks"][rank][0],
                }


def former_staff(staff: Sequence[Row], random: np.random.Generator) -> list[Row]:
    """The rows of those who left in the last three years; they hold no post."""
    structure = text("structure")
    taken = {person["name"] for person in staff}
    rows: list[Row] = []
    for number, (unit, profile, rank, last_day) in enumerate(structure["former"], start=1):
        place = {"kind": "officer", "unit": unit, "profile": profile, "post": None, "rank": rank}
        ((gender, name),) = _names([place], random, taken)
        rows.append(
            {
                "staff": f"L{number:03d}",
                "name": name,
                "gender": gender,
                **place,
                "grade": structure["ranks"][rank][0],
                **_life(rank, False, random),
                "left_on": last_day,
                "education": _schooling(rank, random),
            }
        )
    for row in rows:
        row["joined_on"] = min(row["joined_on"], row["left_on"] - timedelta(days=round(YEAR)))
    return rows


def _names(
    places: Sequence[Row], random: np.random.Generator, taken: set[str] | None = None
) -> list[tuple[str, str]]:
    """Gender and full name of each person, no name twice and none of those taken."""
    shares = text("structure")["women"]
    pool = text("names")
    taken = set() if taken is None else taken
    found = []
    for place in places:
        woman = random.random() < shares.get(place["rank"], shares["other"])
        while True:
            given = pool["women" if woman else "men"]
            name = f"{random.choice(given)} {random.choice(pool['surnames'])}"
            if name not in taken:
                break
        taken.add(name)
        found.append(("f" if woman else "m", name))
    return found


def _retiring(places: Sequence[Row], random: np.random.Generator) -> set[int]:
    """Places of the people who reach the age of retirement within the outlook."""
    found: set[int] = set()
    for rank, number in text("structure")["retiring"].items():
        own = [index for index, place in enumerate(places) if place["rank"] == rank]
        found.update(int(index) for index in random.choice(own, size=number, replace=False))
    return found


def _acting(places: Sequence[Row], random: np.random.Generator) -> set[int]:
    own = [index for index, place in enumerate(places) if place["rank"] in ACTING]
    return {int(index) for index in random.choice(own, size=ACTING_PEOPLE, replace=False)}


def _life(rank: str, retires: bool, random: np.random.Generator) -> Row:
    """Days of birth and of joining that suit the rank."""
    _grade, youngest, oldest, least_service = text("structure")["ranks"][rank]
    if retires:
        age = RETIREMENT_AGE - OUTLOOK_YEARS + random.uniform(0.05, OUTLOOK_YEARS - 0.05)
    else:
        age = random.triangular(youngest, youngest + 0.4 * (oldest - youngest), oldest)
    longest = max(least_service + 0.5, age - LEAST_AGE_AT_ENTRY - random.uniform(1, 8))
    if rank == "Recruit":
        service = random.uniform(0.2, 1.5)
    else:
        service = min(longest, least_service + random.exponential(6.0))
    return {
        "born_on": AS_OF - timedelta(days=round(age * YEAR)),
        "joined_on": AS_OF - timedelta(days=round(service * YEAR)),
    }


def _schooling(rank: str, random: np.random.Generator) -> str:
    layer = "managers" if rank in MANAGERS else "middle" if rank in MIDDLE else "officers"
    weights = text("structure")["schooling"][layer]
    total = sum(weights.values())
    return str(random.choice(list(weights), p=[weight / total for weight in weights.values()]))


def secondary_profiles(staff: Sequence[Row]) -> list[Row]:
    """At small stations everybody also covers a second kind of work."""
    second = {u["code"]: u["second"] for u in text("structure")["units"] if "second" in u}
    return [
        {"staff": person["staff"], "profile": second[person["unit"]]}
        for person in staff
        if person["unit"] in second and person["profile"] not in {"R5", second[person["unit"]]}
    ]


def pyramid(staff: Sequence[Row]) -> dict[int, int]:
    """How many officers each grade has."""
    return dict(Counter(person["grade"] for person in staff if person["kind"] == "officer"))
