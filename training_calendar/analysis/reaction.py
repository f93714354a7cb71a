"""Reaction: what those who attended thought of a session, never fewer of them than may be told."""

from collections.abc import Sequence
from dataclasses import dataclass

TOP = 5
"""The best answer to a question; the worst is 1."""
QUESTIONS = 8
FEEDBACK_DAYS = 14
"""Days after a session in which feedback is given."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """The answers to a session.

    attended : who could answer; answered : who did [persons]
    means : of each question, one decimal; None where too few answered or answering goes on
    mean : of all questions and people
    """

    attended: int
    answered: int
    means: tuple[float, ...] | None
    mean: float | None

    @property
    def missing(self) -> int:
        return self.attended - self.answered


def reaction(
    scores: Sequence[Sequence[int]], attended: int, limit: int, *, is_closed: bool
) -> Reaction:
    """The means of the answers, where they are told.

    They are told once nobody can answer any more, so that no difference between two looks tells
    what one person said, and only from as many answers as the small-cell limit asks.

    Parameters
    ----------
    scores : one row per answer, one score per question [1..5]
    attended : who could answer [persons]
    limit : fewest answers that are told [persons]
    is_closed : nobody can answer any more

    Raises
    ------
    ValueError
        More answers than people who attended, or rows of different length.

    Source
    ------
    docs/methods/reaction.md.
    """
    answered = len(scores)
    if answered > attended:
        raise ValueError(f"{answered} answers of {attended} people")
    if len({len(row) for row in scores}) > 1:
        raise ValueError("rows of answers differ in length")
    if not answered or answered < limit or not is_closed:
        return Reaction(attended, answered, None, None)
    columns = list(zip(*scores, strict=True))
    means = tuple(round(sum(column) / answered, 1) for column in columns)
    every = sum(sum(column) for column in columns)
    return Reaction(attended, answered, means, round(every / (answered * len(columns)), 1))
