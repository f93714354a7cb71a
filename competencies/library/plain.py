"""A framework as plain data, as JSON can hold it, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from competencies.library.read import (
    BehaviourContent,
    CompetencyContent,
    FrameworkContent,
    GroupContent,
    HeadContent,
    LevelContent,
)


def to_data(content: FrameworkContent) -> dict[str, Any]:
    """The framework as lists and mappings."""
    return asdict(content)


def from_data(data: Mapping[str, Any]) -> FrameworkContent:
    """The framework of data that `to_data` made."""
    return FrameworkContent(
        head=HeadContent(**data["head"]),
        scale=tuple(LevelContent(**row) for row in data["scale"]),
        groups=tuple(GroupContent(**row) for row in data["groups"]),
        competencies=tuple(
            CompetencyContent(
                **{**row, "levels": tuple(BehaviourContent(**text) for text in row["levels"])}
            )
            for row in data["competencies"]
        ),
    )
