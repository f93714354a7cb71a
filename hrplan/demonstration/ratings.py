"""The assessments of the demonstration: what people hold, and what raters see of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from competencies.library.read import ProfileContent
from hrplan.demonstration.people import AS_OF, YEAR

Row = dict[str, Any]
TOP = 4
SELF_FROM, SUPERVISOR_FROM = date(2015, 10, 5), date(2015, 11, 9)
PANEL = date(2016, 1, 25)
NOT_ASSESSED = 4  # people who were on long leave or joined after the round
MISSING = 0.08  # share of the required pairs that nobody rated
ONE_SOURCE = 0.09  # share of the pairs that only one of the two rated
PEER, TEST = 0.06, 0.12  # shares of the pairs with a second rater; of technical ones with a test
TEST_YEARS = 2


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a required level people hold before chance is added, by what they are."""

    rank: float
    family: float
    competency: float
    unit: float

    @property
    def total(self) -> float:
        return self.rank + self.family + self.competency + self.unit


RANK = {1: 0.58, 2: 0.61, 3: 0.67, 4: 0.69, 5: 0.74, 6: 0.77, 7: 0.80, 8: 0.86}  # by grade
FAMILY = {"V": 0.30, "C": 0.03, "O": -0.02, "M": -0.10, "S": -0.08}
COMPETENCY = {
    "O14": -0.20, "O10": -0.16, "O11": -0.16, "O15": -0.16, "O19": -0.18, "O4": -0.12,
    "M2": -0.10, "M8": -0.08, "S2": -0.12, "S4": -0.10, "C6": -0.05, "O8": 0.08, "O9": 0.04,
    "O5": 0.05, "C7": 0.05, "C4": 0.04,
}  # fmt: skip
UNIT = {
    "PCA": -0.10, "RSK": -0.08, "EXC": -0.08, "BCC": -0.06, "PTG": -0.04, "CDV": 0.05, "PIA": 0.03,
}  # fmt: skip


def ratings(
    staff: Sequence[Row],
    secondary: Sequence[Row],
    profiles: Sequence[ProfileContent],
    random: np.random.Generator,
) -> list[Row]:
    """The rows of the table ratings: by the person, by the supervisor, some by others.

    Beginners rate themselves too high and experts too low; each unit's supervisors lean one
    way for all their people; about one required pair in twelve is rated by nobody.
    """
    required = _required(staff, secondary, profiles)
    assessed = [person for person in staff if required[person["staff"]]]
    absent = {int(i) for i in random.choice(len(assessed), size=NOT_ASSESSED, replace=False)}
    lean = {unit: float(random.normal(0.0, 0.18)) for unit in sorted({p["unit"] for p in staff})}
    rows: list[Row] = []
    for number, person in enumerate(assessed):
        if number not in absent:
            own = float(random.normal(0.0, 0.07))
            for competency, level in required[person["staff"]].items():
                held = _held(person, competency, level, own, random)
                rows += _pair(person, competency, held, lean[person["unit"]], random)
    return rows


def _required(
    staff: Sequence[Row], secondary: Sequence[Row], profiles: Sequence[ProfileContent]
) -> dict[str, dict[str, int]]:
    """Person -> competency -> level asked for, the higher of the profiles held."""
    asked = {p.code: {r.competency: r.level for r in p.requirements} for p in profiles}
    found: dict[str, dict[str, int]] = {person["staff"]: {} for person in staff}
    pairs = [(person["staff"], person["profile"]) for person in staff]
    for code, profile in [*pairs, *((row["staff"], row["profile"]) for row in secondary)]:
        for competency, level in asked.get(profile, {}).items():
            found[code][competency] = max(level, found[code].get(competency, 0))
    return found


def _held(
    person: Mapping[str, Any], competency: str, level: int, own: float, random: np.random.Generator
) -> float:
    """What the person holds in truth, which nobody sees."""
    years = (AS_OF - person["joined_on"]).days / YEAR
    share = Share(
        rank=RANK[person["grade"]] + 0.006 * min(years, 20),
        family=FAMILY[competency[0]],
        competency=COMPETENCY.get(competency, 0.0),
        unit=UNIT.get(person["unit"], 0.0),
    )
    level_held = level * (share.total + own) + random.normal(0.0, 0.38)
    return float(np.clip(level_held, 0.0, TOP))


def _pair(
    person: Mapping[str, Any],
    competency: str,
    held: float,
    lean: float,
    random: np.random.Generator,
) -> Iterator[Row]:
    """The ratings of one person in one competency."""
    chance = random.random()
    if chance < MISSING:
        return
    bias = 0.30 if held < 1.5 else -0.30 if held > 3 else 0.10
    seen = {
        "self": (held + bias + random.normal(0.0, 0.35), SELF_FROM, 35),
        "supervisor": (held + lean + random.normal(0.0, 0.30), SUPERVISOR_FROM, 60),
    }
    if chance < MISSING + ONE_SOURCE:
        seen.pop("self" if random.random() < 0.6 else "supervisor")
    if random.random() < PEER:
        seen["peer"] = (held + random.normal(0.0, 0.40), date(2015, 12, 1), 30)
    if competency[0] in "OS" and random.random() < TEST:
        seen["test"] = (held + random.normal(0.0, 0.15), date(2015, 10, 12), 80)
    levels = {source: _step(value) for source, (value, _from, _days) in seen.items()}
    for source, (_value, first, days) in seen.items():
        day = first + timedelta(days=int(random.integers(0, days)))
        yield _row(person["staff"], competency, source, day, levels[source])
    far = {"self", "supervisor"} <= set(levels) and abs(levels["self"] - levels["supervisor"]) >= 2
    if far and random.random() < 0.6:
        day = PANEL + timedelta(days=int(random.integers(0, 12)))
        yield _row(person["staff"], competency, "validated", day, _step(held))


def _step(value: float) -> int:
    return int(np.clip(round(value), 0, TOP))


EVIDENCE = {
    "test": "Marked paper or observed task, on file with the training section",
    "validated": "Panel of the unit head, HR and a second unit, February round",
}


def _row(staff: str, competency: str, source: str, day: date, level: int) -> Row:
    return {
        "staff": staff,
        "competency": competency,
        "source": source,
        "rated_on": day,
        "level": Decimal(level),
        "valid_until": day.replace(year=day.year + TEST_YEARS) if source == "test" else None,
        "evidence": EVIDENCE.get(source),
    }
