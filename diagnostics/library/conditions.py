"""Which questions are asked: conditions looked at in the light of the answers so far."""

import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from diagnostics.library.content import EXISTENCE, USE, Condition

STAGES = {"existence": EXISTENCE, "use": USE}  # each from the lowest


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person or the room says; None and "" where it was not said."""

    level: float | None = None
    existence: str = ""
    use: str = ""


COMPARED = {
    "is": operator.eq,
    "is_not": operator.ne,
    "at_least": operator.ge,
    "at_most": operator.le,
}


def room_answer(answers: Iterable[Answer]) -> Answer:
    """What the answers of several people come to: the median level, and the lower middle stage.

    Parameters
    ----------
    answers : one per person; level on the scale [level]

    Returns
    -------
    Answer; what nobody said stays not said. The level may lie between two levels.

    Source
    ------
    docs/methods/conditions.md, "What counts as the answer".
    """
    given = tuple(answers)
    levels = sorted(one.level for one in given if one.level is not None)
    middle = (levels[(len(levels) - 1) // 2] + levels[len(levels) // 2]) / 2 if levels else None
    return Answer(middle, *(_middle(of, [getattr(one, of) for one in given]) for of in STAGES))


def _middle(of: str, said: Iterable[str]) -> str:
    known = sorted((stage for stage in said if stage), key=STAGES[of].index)
    return known[(len(known) - 1) // 2] if known else ""


def is_met(condition: Condition, answer: Answer) -> bool:
    """Whether an answer meets a condition; what was not said meets none.

    Source
    ------
    docs/methods/conditions.md, "Formula".
    """
    said, value = getattr(answer, condition.of), condition.value
    if said is None or said == "":
        return False
    return bool(COMPARED[condition.test](said, value))


def asked(
    conditions: Mapping[str, Condition | None], answers: Mapping[str, Answer]
) -> dict[str, bool | None]:
    """Whether each question is asked, in the light of the answers so far.

    Parameters
    ----------
    conditions : code of every question -> its condition, in the order in which they are asked
    answers : code -> its answer; a question that isn't there has none yet

    Returns
    -------
    dict, code -> True: it is asked; False: it is not, so that it has no score and lacks none;
        None: the question it depends on is not answered yet. The answer to a question that is
        not asked counts as nothing said.

    Source
    ------
    docs/methods/conditions.md.
    """
    found: dict[str, bool | None] = {}
    for code, condition in conditions.items():
        found[code] = True if condition is None else _is_asked(condition, found, answers)
    return found


def _is_asked(
    condition: Condition, found: Mapping[str, bool | None], answers: Mapping[str, Answer]
) -> bool | None:
    earlier = found.get(condition.question)
    if not earlier:
        return earlier  # not asked, or not known yet
    answer = answers.get(condition.question)
    return None if answer is None else is_met(condition, answer)
