"""What the room did on the way to its ratings: rounds, and functions that see it differently."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from math import isnan
from typing import Any

import pandas as pd

from diagnostics import frames
from diagnostics.analysis.roles import OTHERS, role_distances
from diagnostics.analysis.rounds import ROUND, round_effects
from diagnostics.analysis.spread import level_counts
from diagnostics.models import Exercise, Question, Workshop
from diagnostics.usecases import constants, results, titled
from diagnostics.usecases.asked import decided_by
from hrplan.core.frames import rows_of


@dataclass(frozen=True, slots=True)
class RoundResult:
    """One revealed round; the moves are those of people with a level here and in the one before."""

    workshop: str
    number: int
    n: int
    missing: int
    not_applicable: int
    is_small: bool  # too few votes for a figure of agreement
    distribution: tuple[tuple[int, int], ...]  # level -> votes
    median: float | None
    agreement: float | None  # van der Eijk's A; None from a small group
    both: int
    up: int
    down: int
    nearer: int
    farther: int
    earlier_median: float | None  # of the round before; None in a first one

    @property
    def moved(self) -> int:
        return self.up + self.down


@dataclass(frozen=True, slots=True)
class QuestionRounds:
    """The revealed rounds of one question, workshop by workshop."""

    pk: int
    code: str
    title: str
    domain_code: str
    rounds: tuple[RoundResult, ...]

    @property
    def was_repeated(self) -> bool:
        return any(one.number > 1 for one in self.rounds)


@dataclass(frozen=True, slots=True)
class RoleResult:
    """How far one function lies from the room's median, over all questions."""

    role: str  # "" for the functions too small to be shown, taken together
    people: int
    votes: int
    distance: float  # mean of level - median of the question [level]
    apart: int

    @property
    def is_others(self) -> bool:
        return self.role == OTHERS


@dataclass(frozen=True, slots=True)
class RoomAgreement:
    """Every question's rounds, and the functions; no function of fewer people than `limit`."""

    questions: tuple[QuestionRounds, ...]
    roles: tuple[RoleResult, ...]
    limit: int

    @property
    def repeated(self) -> tuple[QuestionRounds, ...]:
        """The questions put to the vote more than once."""
        return tuple(question for question in self.questions if question.was_repeated)


def room_agreement(exercise: Exercise) -> RoomAgreement:
    """What each round did, and how far the functions lie from the room."""
    asked, revealed = _asked(exercise)
    limit = exercise.administration.small_cell_limit
    roles = role_distances(frames.votes(revealed), limit=limit)
    return RoomAgreement(
        questions=_rounds(exercise, asked, revealed, _levels(exercise)),
        roles=tuple(RoleResult(*row) for row in rows_of(roles)),
        limit=limit,
    )


def _asked(exercise: Exercise) -> tuple[list[Question], pd.DataFrame]:
    """The questions that are asked, and the votes of their revealed rounds."""
    every = frames.rated(exercise)
    places = frames.questions(every)
    revealed = frames.revealed(exercise, places)
    if not any(question.relevant for question in every):
        return every, revealed
    votes, agreed = frames.votes(revealed), frames.agreements(frames.settled(exercise), places)
    decided = decided_by(every, places, votes, agreed)
    asked = [question for question in every if decided[question.pk] is not False]
    return asked, frames.revealed(exercise, frames.questions(asked))


def workshop_rounds(workshop: Workshop) -> tuple[QuestionRounds, ...]:
    """The revealed rounds of one workshop on every question that its exercise asks."""
    exercise = workshop.exercise
    found: list[QuestionRounds] = []
    scales = dict(exercise.questionnaires.values_list("pk", "scale"))
    parts = groupby(frames.asked(exercise), key=lambda question: question.domain.questionnaire_id)
    for form, questions in parts:
        asked = list(questions)
        revealed = frames.revealed(exercise, frames.questions(asked))
        own = revealed[revealed["sitting"] == str(workshop.pk)].reset_index(drop=True)
        found += _rounds(exercise, asked, own, [level["level"] for level in scales[form]])
    return tuple(found)


def _levels(exercise: Exercise) -> list[int]:
    """Those on which the exercise rates maturity."""
    form = results.maturity_questionnaire(exercise)
    rule = constants.scoring_constants(exercise.administration, form)
    return list(range(rule.lowest, rule.highest + 1))


def _rounds(
    exercise: Exercise, asked: Iterable[Question], revealed: pd.DataFrame, levels: list[int]
) -> tuple[QuestionRounds, ...]:
    effects = round_effects(revealed, levels)
    counts = level_counts(revealed, levels, ROUND).reset_index(drop=True)
    titles = dict(Workshop.objects.filter(exercise=exercise).values_list("pk", "title"))
    limit = exercise.administration.small_cell_limit
    found: dict[str, list[RoundResult]] = {}
    for row, count in zip(effects.to_dict("records"), counts.to_dict("records"), strict=True):
        one = _round(row, count, titles[int(row["sitting"])], limit)
        found.setdefault(row["question"], []).append(one)
    return tuple(
        QuestionRounds(
            pk=question.pk,
            code=question.code,
            title=titled.question_title(question),
            domain_code=question.domain.code,
            rounds=tuple(found.get(f"{place:04d}", ())),
        )
        for place, question in enumerate(asked, start=1)
    )


def _round(
    row: Mapping[Any, Any], counts: Mapping[Any, Any], workshop: str, limit: int
) -> RoundResult:
    is_small = int(row["n"]) < limit
    names = ("n", "missing", "not_applicable", "both", "up", "down", "nearer", "farther")
    return RoundResult(
        workshop=workshop,
        number=int(row["round"]),
        **{name: int(row[name]) for name in names},
        is_small=is_small,
        distribution=tuple((int(level), int(n)) for level, n in counts.items()),
        median=_known(row["median"]),
        agreement=None if is_small else _known(row["agreement"]),
        earlier_median=_known(row["earlier"]),
    )


def _known(value: float) -> float | None:
    return None if isnan(value) else float(value)
