"""An invented administration of any size, written straight into the database, and as arrays."""

from datetime import date, timedelta
from typing import Any

import numpy as np

UNITS, PROFILES, TOPICS, TOP = 40, 30, 45, 4
ASKED = (18, 19)  # competencies a profile asks for, and with them ratings a person
DAY = date(2026, 1, 1)
CHUNK = 20_000
Table = np.ndarray[Any, Any]


def demands(chance: np.random.Generator) -> Table:
    """Level, weight and mark that the profiles ask for; (3, profiles, competencies)."""
    tables = np.zeros((3, PROFILES, TOPICS))
    for profile in range(PROFILES):
        topics = chance.choice(TOPICS, ASKED[profile % 2], replace=False)
        tables[0, profile, topics] = chance.integers(1, TOP + 1, len(topics))
        tables[1, profile, topics] = chance.integers(1, 4, len(topics))
        tables[2, profile, topics] = chance.random(len(topics)) < 0.2
    return tables


def furnish(slug: str, people: int) -> Any:
    """An administration of so many people with its framework, profiles, units and ratings."""
    from competencies import models  # noqa: PLC0415 -- after the set-up
    from hrplan.core.models import Administration  # noqa: PLC0415 -- after the set-up

    chance = np.random.default_rng(people)
    owner = Administration.objects.create(slug=slug, name=slug, short_name=slug, as_of_fixed=DAY)
    framework = models.Framework.objects.create(administration=owner, code=slug, version="1")
    levels = [models.Level(framework=framework, level=n, name=str(n)) for n in range(TOP + 1)]
    models.Level.objects.bulk_create(levels)
    group = models.CompetencyGroup.objects.create(
        administration=owner, framework=framework, code="O", title="O"
    )
    of = {"administration": owner}
    topics = models.Competency.objects.bulk_create(
        models.Competency(framework=framework, group=group, code=f"C{n:02}", position=n, **of)
        for n in range(TOPICS)
    )
    profiles = models.JobProfile.objects.bulk_create(
        models.JobProfile(framework=framework, code=f"R{n:02}", title=f"R{n}", state="approved",
                          staff_level="officers", **of)
        for n in range(PROFILES)
    )  # fmt: skip
    units = models.Unit.objects.bulk_create(
        models.Unit(code=f"U{n:02}", title=f"U{n}", region="A", **of) for n in range(UNITS)
    )
    asked = demands(chance)
    models.Requirement.objects.bulk_create(
        models.Requirement(profile=profiles[p], competency=topics[c], level=int(asked[0, p, c]),
                           weight=int(asked[1, p, c]), critical=bool(asked[2, p, c]))
        for p, c in np.argwhere(asked[0])
    )  # fmt: skip
    for begin in range(0, people, CHUNK):
        _people(models, of, chance, (begin, min(begin + CHUNK, people)), units, profiles, topics,
                asked[0] > 0)  # fmt: skip
    return owner


def _people(
    models: Any, of: dict[str, Any], chance: np.random.Generator, span: tuple[int, int],
    units: list[Any], profiles: list[Any], topics: list[Any], asked: Table,
) -> None:  # fmt: skip
    place = chance.integers(0, (UNITS, PROFILES), (span[1] - span[0], 2))
    staff = models.StaffMember.objects.bulk_create(
        models.StaffMember(code=f"S{number:07}", unit_id=units[unit].pk,
                           profile_id=profiles[profile].pk, **of)
        for number, (unit, profile) in enumerate(place.tolist(), span[0])
    )  # fmt: skip
    sources = ("self", "supervisor", "test", "validated")
    rows, columns = np.nonzero(asked[place[:, 1]])
    level, source, age = chance.integers(0, (TOP * 4 + 1, 4, 700), (len(rows), 3)).T
    models.Assessment._base_manager.bulk_create(
        (
            models.Assessment(staff_member_id=staff[row].pk, competency_id=topics[column].pk,
                              level=quarters / 4, source=sources[kind],
                              rated_on=DAY - timedelta(days=days), **of)
            for row, column, quarters, kind, days in zip(
                rows.tolist(), columns.tolist(), level.tolist(), source.tolist(), age.tolist(),
                strict=True)
        ),
        batch_size=2_000,
    )  # fmt: skip


def arrays(people: int) -> dict[str, Any]:
    """The same as the engine takes it, made in memory."""
    chance = np.random.default_rng(people)
    asked = demands(chance)
    role, unit = chance.integers(0, PROFILES, people), chance.integers(0, UNITS, people)
    level = chance.integers(0, TOP * 4 + 1, (people, TOPICS), dtype=np.int8).astype(np.float32) / 4
    confidence = chance.random((people, TOPICS), dtype=np.float32)
    for begin in range(0, people, CHUNK):
        unknown = asked[0][role[begin : begin + CHUNK]] == 0
        level[begin : begin + CHUNK][unknown] = np.nan
        confidence[begin : begin + CHUNK][unknown] = 0
    return {"level": level, "confidence": confidence, "asked": asked, "role": role, "unit": unit}
