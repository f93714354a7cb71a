"""The training supply of the demonstration: trainers, venues, closures, offers, money, leave."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from hrplan.demonstration.texts import text
from training_calendar.library import CatalogueContent

Row = dict[str, Any]
Tables = dict[str, list[Row]]
CAPITAL = "Belize City"
FIRST_NOMINATION = date(2016, 2, 26)
ACCREDITED_UNTIL = date(2017, 12, 31)
LONGEST = 24  # days from the last Monday on which leave may begin to the end of a stretch
TRIES = 12  # draws for a stretch of leave before the person goes without


def supply(
    staff: Sequence[Row], catalogue: CatalogueContent, random: np.random.Generator
) -> Tables:
    """The tables of training supply, by name."""
    content = text("supply")
    trainers = [*_internal(staff), *_external()]
    lead = {module.code: module.lead_days for module in catalogue.modules}
    return {
        "trainers": [trainer for trainer, _modules in trainers],
        "trainer_modules": [
            {"trainer": trainer["trainer"], "module": module}
            for trainer, modules in trainers
            for module in modules
        ],
        "trainer_absences": _named(content["trainer_absences"], "trainer", "starts_on", "ends_on"),
        "training_venues": _named(
            content["venues"], "venue", "title", "region", "kind", "capacity", "cost_day"
        ),
        "venue_closures": _named(content["venue_closures"], "venue", "starts_on", "ends_on"),
        "closures": [_closure(*line) for line in content["closures"]],
        "staff_leave": list(_leave(staff, random)),
        "quarter_budgets": [
            {**row, "source": content["source"]}
            for row in _named(content["budget"], "quarter", "starts_on", "ends_on", "amount")
        ],
        "offers": [
            _offer(number, line, lead) for number, line in enumerate(content["offers"], start=1)
        ],
        "trips": list(_trips()),
        "planning_parameters": [_parameters()],
        "learning_paths": [
            _path(place, path) for place, path in enumerate(content["learning_paths"])
        ],
        "path_steps": [
            _step(line, {programme.code for programme in catalogue.programmes})
            for line in content["path_steps"]
        ],
    }


def _named(lines: Sequence[Sequence[Any]], *columns: str) -> list[Row]:
    return [dict(zip(columns, line, strict=True)) for line in lines]


def _internal(staff: Sequence[Row]) -> Iterator[tuple[Row, list[str]]]:
    regions = {unit["code"]: unit["region"] for unit in text("structure")["units"]}
    for code, unit, rank, place, days, held, modules in text("supply")["internal_trainers"]:
        own = [p for p in staff if p["unit"] == unit and p["rank"] == rank]
        person = own[place]
        yield (
            {
                "trainer": code,
                "name": person["name"],
                "region": regions[unit],
                "staff": person["staff"],
                "max_days_quarter": days,
                "accreditation": held,
                "accredited_until": ACCREDITED_UNTIL,
            },
            modules,
        )


def _external() -> Iterator[tuple[Row, list[str]]]:
    for code, name, region, days, modules in text("supply")["external_trainers"]:
        row = {"trainer": code, "name": name, "region": region, "max_days_quarter": days}
        yield row, modules


def _closure(first: date, last: date, scope: str, place: str, reason: str) -> Row:
    return {
        "starts_on": first,
        "ends_on": last,
        "scope": scope,
        "region": place if scope == "REGION" else None,
        "unit": place if scope == "STATION" else None,
        "reason": reason,
    }


def _offer(number: int, line: Sequence[Any], lead: Mapping[str, int]) -> Row:
    module, first, last, places, region, funding = line
    return {
        "offer": f"X{number:02d}",
        "module": module,
        "starts_on": first,
        "ends_on": last,
        "places": places,
        "region": region,
        "nominate_by": max(FIRST_NOMINATION, first - timedelta(days=lead[module])),
        "funding": funding,
    }


def _trips() -> Iterator[Row]:
    """Fares both ways between regions, and from each region abroad."""
    content = text("supply")
    to_capital = {CAPITAL: 0}
    for one, other, cost in content["inland"]:
        yield _trip(one, other, cost)
        yield _trip(other, one, cost)
        if one == CAPITAL:
            to_capital[other] = cost
    for place, fare in content["abroad"].items():
        for region, cost in to_capital.items():
            yield _trip(region, place, fare + cost)
            yield _trip(place, region, fare + cost)


def _trip(one: str, other: str, cost: int) -> Row:
    return {"from_region": one, "to_region": other, "cost": Decimal(cost)}


def _parameters() -> Row:
    content = text("supply")
    first, last = content["horizon"]
    return {
        "horizon_start": first,
        "horizon_end": last,
        "discount_beta": Decimal(str(content["discount_beta"])),
        "lambda_smooth": Decimal(str(content["lambda_smooth"])),
        "per_diem": Decimal(content["per_diem"]),
        "max_days_staff_year": content["days_a_year"],
    }


def _path(place: int, path: Mapping[str, Any]) -> Row:
    return {
        "staff_level": path["level"],
        "aim": path["aim"],
        "route": path["route"],
        "hours_a_year": path["hours"],
        "position": place,
    }


def _step(line: Sequence[Any], programmes: Set[str]) -> Row:
    level, place, code, milestone, months = line
    return {
        "staff_level": level,
        "profile": "ALL",
        "position": place,
        "programme" if code in programmes else "module": code,
        "milestone": milestone,
        "within_months": months,
    }


def _leave(staff: Sequence[Row], random: np.random.Generator) -> Iterator[Row]:
    """Stretches of leave, never more of one unit at a time than its share allows."""
    content = text("supply")["leave"]
    heads = Counter(person["unit"] for person in staff)
    away: Counter[tuple[str, date]] = Counter()
    for person in staff:
        most = max(1, int(content["share"] * heads[person["unit"]]))
        for first, last in content["stretches"]:
            days = _stretch(first, last, content["workdays"], person["unit"], away, most, random)
            if days:
                away.update((person["unit"], day) for day in days)
                yield {"staff": person["staff"], "starts_on": days[0], "ends_on": days[-1]}


def _stretch(
    first: date,
    last: date,
    workdays: Sequence[int],
    unit: str,
    away: Mapping[tuple[str, date], int],
    most: int,
    random: np.random.Generator,
) -> list[date]:
    """The days of one stretch that begins on a Monday; empty where the unit has no room."""
    shortest, longest = workdays
    for _try in range(TRIES):
        length = int(random.integers(shortest, longest + 1)) * 7 // 5
        start = first + timedelta(days=int(random.integers(0, (last - first).days - LONGEST)))
        start += timedelta(days=-start.weekday() % 7)
        days = [start + timedelta(days=step) for step in range(length)]
        if all(away.get((unit, day), 0) < most for day in days):
            return days
    return []
