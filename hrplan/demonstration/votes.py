"""The votes of the demonstration: how many chose each level is written, who did is drawn."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

Row = dict[str, Any]
EXISTENCE = ("none", "draft", "approved")
USE = ("never", "sometimes", "routine")
UNKNOWN = "x"
LENIENCY = 0.9  # how much of who votes high is the person, against chance
FAITHFUL = 0.8  # share of the voters who say of existence and use what the room then agrees


def votes(
    workshop: str,
    people: Sequence[str],
    questions: Mapping[str, Mapping[str, Any]],
    random: np.random.Generator,
) -> list[Row]:
    """The rows of the table votes: one a person, question and round.

    The same people tend to vote high or low throughout.
    """
    lenient = dict(zip(people, random.normal(0.0, LENIENCY, len(people)), strict=True))
    rows: list[Row] = []
    for question, said in questions.items():
        for number, name in enumerate(("votes", "again"), start=1):
            if name in said:
                key = {"workshop": workshop, "question": question, "round": number}
                rows += (key | vote for vote in _round(people, lenient, said, said[name], random))
    return rows


def _round(
    people: Sequence[str],
    lenient: Mapping[str, float],
    said: Mapping[str, Any],
    counts: Mapping[int | str, int],
    random: np.random.Generator,
) -> Iterator[Row]:
    """One vote a person: the levels in order to the people in order of how they tend to vote."""
    levels = [level for level, number in counts.items() if level != UNKNOWN for _n in range(number)]
    order = sorted(people, key=lambda person: lenient[person] + random.normal(0.0, 1.0))
    unsure = counts.get(UNKNOWN, 0)
    silent = {int(i) for i in random.choice(len(people), size=unsure, replace=False)}
    voters = [person for place, person in enumerate(order) if place not in silent]
    for person, level in zip(voters, sorted(levels), strict=True):
        existence = _near(said["existence"], EXISTENCE, random)
        use = _near(said["use"], USE, random)
        yield {"participant": person, "level": level, "existence": existence, "use": use}
    for place in sorted(silent):
        yield {"participant": order[place], "level": None, "existence": None, "use": None}


def _near(agreed: str, stages: Sequence[str], random: np.random.Generator) -> str:
    """What was agreed, or now and then a stage beside it."""
    place = stages.index(agreed)
    if random.random() > FAITHFUL:
        place += 1 if random.random() < 0.5 else -1
    return stages[min(max(place, 0), len(stages) - 1)]
