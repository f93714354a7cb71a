"""What lies ahead in the demonstration: work to be staffed, recruits, one round of promotion."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import numpy as np

from competencies.library.read import ProfileContent
from hrplan.demonstration.texts import text

Row = dict[str, Any]
STANDING = 8  # candidates of the round
UNVALIDATED = 1  # of them without validated levels, as in any first round
RANKS = ("Senior Officer", "Examiner")


def workloads() -> list[Row]:
    """The rows of the table workloads, of two stations."""
    return [
        {
            "unit": unit,
            "profile": profile,
            "activity": activity,
            "volume": volume,
            "minutes": None if minutes is None else Decimal(str(minutes)),
            "share": None if share is None else Decimal(str(share)),
            "source": source,
        }
        for unit, profile, activity, volume, minutes, share, source in text("ahead")["workloads"]
    ]


def planned_intakes() -> list[Row]:
    """The rows of the table planned_intakes."""
    names = ("unit", "profile", "starts_on", "people", "basis")
    return [dict(zip(names, line, strict=True)) for line in text("ahead")["intakes"]]


def promotion_round() -> Row:
    """The one row of the table promotion_rounds: a shadow run."""
    stated = text("ahead")["round"]
    shares = ("threshold", "competency_weight", "performance_weight", "panel_weight")
    numbers = {name: Decimal(str(stated[name])) for name in (*shares, "minimum_service")}
    return {**stated, **numbers, "courses": ";".join(stated["courses"])}


def candidacies(
    staff: Sequence[Row], rated: Sequence[Row], random: np.random.Generator
) -> list[Row]:
    """The rows of the table candidacies; answers are those of the text, marks are drawn."""
    assessed = {row["staff"] for row in rated}
    able = [x["staff"] for x in staff if x["rank"] in RANKS and x["staff"] in assessed]
    chosen = sorted(str(code) for code in random.choice(able, size=STANDING, replace=False))
    stated = text("ahead")
    return [
        {
            "round": stated["round"]["round"],
            "staff": code,
            "live_sanction": sanction,
            "courses_met": courses,
            "performance": Decimal(int(random.integers(55, 93))),
            "panel": Decimal(int(random.integers(50, 95))) if heard else None,
            "is_protected": protected,
        }
        for code, (sanction, courses, heard, protected) in zip(
            chosen, stated["answers"], strict=True
        )
    ]


def validated(
    standing: Sequence[Row], rated: Sequence[Row], profiles: Sequence[ProfileContent]
) -> Iterator[Row]:
    """Validated ratings of the candidates in what the role asks for critically, but for one."""
    stated = text("ahead")["round"]
    role = next(profile for profile in profiles if profile.code == stated["profile"])
    known = {(row["staff"], row["competency"]) for row in rated if row["source"] == "validated"}
    asked = [one for one in role.requirements if one.critical]
    for place, candidate in enumerate(standing[UNVALIDATED:]):
        for number, one in enumerate(asked):
            if (candidate["staff"], one.competency) not in known:
                short = (place + 2 * number) % 5 == 0
                yield {
                    "staff": candidate["staff"],
                    "competency": one.competency,
                    "source": "validated",
                    "rated_on": text("ahead")["validated_on"],
                    "level": Decimal(one.level - short),
                    "valid_until": None,
                    "evidence": "Observed task and file review, signed by two",
                }
