"""Competency frameworks and job profiles as content: their shape, their sense, their reading."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from hrplan.exchange.content import ContentError, Fault, read_content, with_head

FRAMEWORK = Path(__file__).with_name("customs-framework.yaml")
PROFILES = Path(__file__).with_name("job-profiles.yaml")

WORDS = {"type": "string", "pattern": r"\S"}
CODE = {"type": "string", "pattern": r"^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$"}
WEIGHT = {"type": "integer", "minimum": 1, "maximum": 3}
REQUIREMENT = re.compile(r"(?P<level>\d{1,3})\*?", re.ASCII)


def _rows(**properties: Any) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": _row(**properties)}


def _row(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


FRAMEWORK_SHAPE = with_head(
    {
        "scale": _rows(
            level={"type": "integer", "minimum": 0},
            name=WORDS,
            can_do=WORDS,
            autonomy=WORDS,
            evidence=WORDS,
            typical_time=WORDS,
        ),
        "groups": _rows(
            code=CODE, title=WORDS, assessed_by=WORDS, in_gap_totals={"type": "boolean"}
        ),
        "competencies": _rows(
            code=CODE,
            group=CODE,
            title=WORDS,
            definition=WORDS,
            basis=WORDS,
            weight=WEIGHT,
            levels={
                "type": "object",
                "propertyNames": {"type": "integer"},
                "additionalProperties": WORDS,
            },
        ),
    }
)

PROFILES_SHAPE = with_head(
    {
        "framework": _row(id=WORDS, version=WORDS),
        "weights": _row(critical=WEIGHT, usual=WEIGHT, awareness=WEIGHT),
        "most_critical": {"type": "integer", "minimum": 1},
        "staff_levels": _rows(code=CODE, title=WORDS),
        "profiles": _rows(
            code=CODE,
            title=WORDS,
            band=WORDS,
            family=WORDS,
            staff_level=CODE,
            purpose=WORDS,
            typical_rank=WORDS,
            eu_equivalent=WORDS,
            requirements={
                "type": "object",
                "minProperties": 1,
                "propertyNames": CODE,
                "additionalProperties": {"type": ["string", "integer"]},
            },
        ),
    }
)


@dataclass(frozen=True, slots=True)
class HeadContent:
    """What a content file says of itself."""

    id: str
    version: str
    language: str
    provider: str
    licence: str
    provenance: str
    title: str


@dataclass(frozen=True, slots=True)
class LevelContent:
    """One step of a framework's scale."""

    level: int
    name: str
    can_do: str
    autonomy: str
    evidence: str
    typical_time: str


@dataclass(frozen=True, slots=True)
class GroupContent:
    """A group of competencies; one out of the gap totals is shown and never summed."""

    code: str
    title: str
    assessed_by: str
    in_gap_totals: bool


@dataclass(frozen=True, slots=True)
class BehaviourContent:
    """What an observer sees of somebody at one level of one competency."""

    level: int
    text: str
    knowledge: str = ""
    skill: str = ""


@dataclass(frozen=True, slots=True)
class CompetencyContent:
    """One competency; its weight (1-3) is its importance across the administration."""

    code: str
    group: str
    title: str
    definition: str
    basis: str
    weight: int
    levels: tuple[BehaviourContent, ...]


@dataclass(frozen=True, slots=True)
class FrameworkContent:
    """A framework: scale from 0 to its top, groups, and competencies in the order of the file."""

    head: HeadContent
    scale: tuple[LevelContent, ...]
    groups: tuple[GroupContent, ...]
    competencies: tuple[CompetencyContent, ...]

    @property
    def top(self) -> int:
        """The highest level of the scale, by which formulas divide."""
        return max(step.level for step in self.scale)

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all competencies."""
        return frozenset(competency.code for competency in self.competencies)


@dataclass(frozen=True, slots=True)
class WeightRule:
    """The weight (1-3) of a requirement that is critical, usual, or level 1 and not critical."""

    critical: int
    usual: int
    awareness: int

    def weight(self, level: int, *, critical: bool) -> int:
        """The weight of one requirement."""
        if critical:
            return self.critical
        return self.awareness if level == 1 else self.usual


@dataclass(frozen=True, slots=True)
class StaffLevelContent:
    """A layer of staff for which the development plan has a part of its own."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class RequirementContent:
    """The level a job profile asks for in one competency."""

    competency: str
    level: int
    critical: bool
    weight: int


@dataclass(frozen=True, slots=True)
class ProfileContent:
    """A kind of work with the levels it asks for, in the order of the file."""

    code: str
    title: str
    band: str
    family: str
    staff_level: str
    purpose: str
    typical_rank: str
    eu_equivalent: str
    requirements: tuple[RequirementContent, ...]


@dataclass(frozen=True, slots=True)
class ManyCritical:
    """A warning: the profile marks more competencies critical than its file advises."""

    profile: str
    critical: int
    most: int


@dataclass(frozen=True, slots=True)
class ProfilesContent:
    """Job profiles made for one version of one framework, and what deserves a second look."""

    head: HeadContent
    weights: WeightRule
    staff_levels: tuple[StaffLevelContent, ...]
    profiles: tuple[ProfileContent, ...]
    warnings: tuple[ManyCritical, ...]


def framework(path: Path = FRAMEWORK) -> FrameworkContent:
    """The competency framework held by a content file.

    Raises
    ------
    ContentError
        The file doesn't fit the shape, or its parts contradict each other; with all faults.
    """
    data = read_content(path, FRAMEWORK_SHAPE)
    faults = tuple(_framework_faults(data))
    if faults:
        raise ContentError(path.name, faults)
    return FrameworkContent(
        head=_head(data),
        scale=tuple(LevelContent(**row) for row in data["scale"]),
        groups=tuple(GroupContent(**row) for row in data["groups"]),
        competencies=tuple(_competency(row) for row in data["competencies"]),
    )


def profiles(path: Path, framework: FrameworkContent) -> ProfilesContent:
    """The job profiles held by a content file, checked against the framework they were made for.

    Raises
    ------
    ContentError
        The file doesn't fit the shape, or asks for what the framework doesn't have; with all
        faults.
    """
    data = read_content(path, PROFILES_SHAPE)
    faults = tuple(_profiles_faults(data, framework))
    if faults:
        raise ContentError(path.name, faults)
    rule = WeightRule(**data["weights"])
    found = tuple(_profile(row, rule) for row in data["profiles"])
    return ProfilesContent(
        head=_head(data),
        weights=rule,
        staff_levels=tuple(StaffLevelContent(**row) for row in data["staff_levels"]),
        profiles=found,
        warnings=tuple(_warnings(found, data["most_critical"])),
    )


def _head(data: dict[str, Any]) -> HeadContent:
    return HeadContent(**{field.name: data[field.name].strip() for field in fields(HeadContent)})


def _competency(row: dict[str, Any]) -> CompetencyContent:
    levels = tuple(BehaviourContent(level, text) for level, text in sorted(row["levels"].items()))
    return CompetencyContent(**{**row, "levels": levels})


def _profile(row: dict[str, Any], rule: WeightRule) -> ProfileContent:
    requirements = tuple(
        _requirement(competency, str(text), rule)
        for competency, text in row["requirements"].items()
    )
    return ProfileContent(**{**row, "requirements": requirements})


def _requirement(competency: str, text: str, rule: WeightRule) -> RequirementContent:
    level, critical = int(text.rstrip("*")), text.endswith("*")
    return RequirementContent(competency, level, critical, rule.weight(level, critical=critical))


def _warnings(found: Sequence[ProfileContent], most: int) -> Iterator[ManyCritical]:
    for profile in found:
        critical = sum(requirement.critical for requirement in profile.requirements)
        if critical > most:
            yield ManyCritical(profile.code, critical, most)


def _repeated(rows: Sequence[dict[str, Any]], place: str) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for number, row in enumerate(rows):
        if first.setdefault(row["code"], number) != number:
            used = f"{place}.{first[row['code']]}"
            yield Fault(
                f"{place}.{number}.code",
                f"{row['code']!r} is the code of {used} already; give each its own",
            )


def _framework_faults(data: dict[str, Any]) -> Iterator[Fault]:
    steps = [row["level"] for row in data["scale"]]
    if len(steps) < 2 or steps != list(range(len(steps))):
        yield Fault("scale", f"levels are {steps}; list them from 0 upwards without a hole")
    yield from _repeated(data["groups"], "groups")
    yield from _repeated(data["competencies"], "competencies")
    groups = {row["code"] for row in data["groups"]}
    for number, row in enumerate(data["competencies"]):
        yield from _competency_faults(row, f"competencies.{number}", groups, steps)


def _competency_faults(
    row: dict[str, Any], place: str, groups: set[str], steps: list[int]
) -> Iterator[Fault]:
    if row["group"] not in groups:
        known = ", ".join(sorted(groups))
        yield Fault(f"{place}.group", f"{row['group']!r} isn't a group; use one of {known}")
    wanted = {level for level in steps if level > 0}
    for level in sorted(wanted - row["levels"].keys()):
        yield Fault(
            f"{place}.levels.{level}", f"{row['code']} has no text for level {level}; write one"
        )
    for level in sorted(row["levels"].keys() - wanted):
        yield Fault(
            f"{place}.levels.{level}",
            f"{row['code']} describes level {level}, not on the scale; use {sorted(wanted)}",
        )


def _profiles_faults(data: dict[str, Any], of: FrameworkContent) -> Iterator[Fault]:
    for key, is_now in (("id", of.head.id), ("version", of.head.version)):
        if data["framework"][key] != is_now:
            yield Fault(
                f"framework.{key}",
                f"made for {data['framework'][key]!r}, read with {is_now!r}; "
                "review the profiles and name the framework they are for",
            )
    yield from _repeated(data["staff_levels"], "staff_levels")
    yield from _repeated(data["profiles"], "profiles")
    staff_levels = [row["code"] for row in data["staff_levels"]]
    for number, row in enumerate(data["profiles"]):
        if row["staff_level"] not in staff_levels:
            yield Fault(
                f"profiles.{number}.staff_level",
                f"{row['staff_level']!r} isn't a staff level; use one of {', '.join(staff_levels)}",
            )
        for competency, text in row["requirements"].items():
            place = f"profiles.{number}.requirements.{competency}"
            yield from _requirement_faults(place, competency, str(text), of)


def _requirement_faults(
    place: str, competency: str, text: str, of: FrameworkContent
) -> Iterator[Fault]:
    if competency not in of.codes:
        yield Fault(place, f"{competency!r} isn't a competency of {of.head.id}; correct the code")
    match = REQUIREMENT.fullmatch(text)
    if match is None:
        yield Fault(place, f"{text!r} isn't a requirement; write a level, with one * if critical")
    elif int(match["level"]) == 0:
        yield Fault(place, f"{text!r} asks for nothing; leave the competency out")
    elif int(match["level"]) > of.top:
        yield Fault(place, f"{text!r} is above the top of the scale, {of.top}")
