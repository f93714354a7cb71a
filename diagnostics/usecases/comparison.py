"""An exercise beside an earlier or later one on the same questionnaire."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Any

import pandas as pd
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from diagnostics.analysis.comparison import domain_changes, question_changes
from diagnostics.analysis.profile import overall_score
from diagnostics.models import Exercise, Questionnaire
from diagnostics.usecases import versions
from diagnostics.usecases.results import ExerciseResults, QuestionResult, exercise_results

GONE = "gone "  # key of a question that the later exercise doesn't ask any more


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two exercises; `overall` is the mean over what both have scored."""

    pk: int
    title: str
    starts_on: date
    questionnaire: str
    participants: int
    overall: float | None


@dataclass(frozen=True, slots=True)
class DomainChange:
    """One domain over its n questions with a score both times."""

    code: str
    title: str
    n: int
    only_before: int
    only_after: int
    before: float | None
    after: float | None
    change: float | None
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """One question; None where it has no score. Agreement is van der Eijk's A.

    `followed` is its code in the earlier exercise; "" where it was asked only once.
    """

    code: str
    title: str
    domain_code: str
    before: float | None
    after: float | None
    change: float | None
    agreement_before: float | None
    agreement_after: float | None
    followed: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Before and after, on a scale from bottom to top."""

    before: Side
    after: Side
    domains: tuple[DomainChange, ...]
    questions: tuple[QuestionChange, ...]
    bottom: int
    top: int

    @property
    def n(self) -> int:
        return sum(domain.n for domain in self.domains)

    @property
    def only_before(self) -> int:
        return sum(domain.only_before for domain in self.domains)

    @property
    def only_after(self) -> int:
        return sum(domain.only_after for domain in self.domains)

    @property
    def up(self) -> int:
        return sum(domain.up for domain in self.domains)

    @property
    def down(self) -> int:
        return sum(domain.down for domain in self.domains)

    @property
    def change(self) -> float | None:
        before, after = self.before.overall, self.after.overall
        return None if before is None or after is None else after - before


def comparable(exercise: Exercise) -> list[Exercise]:
    """The other exercises on the same questionnaire and scale, the latest first.

    Versions of a questionnaire are the same questionnaire.
    """
    uses = Exercise.questionnaires.through.objects.filter(
        exercise__administration=exercise.administration_id,
        questionnaire__kind=Questionnaire.Kind.MATURITY,
    ).select_related("exercise__administration", "questionnaire")
    asked = [(use.exercise, (use.questionnaire.code, _levels(use.questionnaire))) for use in uses]
    own = {same for other, same in asked if other.pk == exercise.pk}
    found = {other.pk: other for other, same in asked if same in own and other.pk != exercise.pk}
    return sorted(found.values(), key=lambda other: (other.starts_on, other.pk), reverse=True)


def _are_comparable(one: Exercise, other: Exercise) -> bool:
    rated = Questionnaire.objects.filter(
        kind=Questionnaire.Kind.MATURITY, exercises__in=(one.pk, other.pk)
    ).annotate(exercise=F("exercises"))
    asked: dict[int, set[tuple[str, tuple[int, ...]]]] = {one.pk: set(), other.pk: set()}
    for row in rated:
        asked[row.exercise].add((row.code, _levels(row)))
    return one.administration_id == other.administration_id and bool(
        one.pk != other.pk and asked[one.pk] & asked[other.pk]
    )


def _levels(questionnaire: Questionnaire) -> tuple[int, ...]:
    return tuple(level["level"] for level in questionnaire.scale)


def earlier_exercise(exercise: Exercise) -> Exercise | None:
    """The last exercise on the same questionnaire that began before this one."""
    before = (one for one in comparable(exercise) if one.starts_on < exercise.starts_on)
    return next(before, None)


def score_comparison(one: Exercise, other: Exercise) -> Comparison:
    """Scores of the two side by side; refused where they don't ask the same questionnaire."""
    if not _are_comparable(one, other):
        raise ValidationError(_("Only exercises on the same questionnaire can be compared."))
    return compared(one, other)


def compared(one: Exercise, other: Exercise, results: ExerciseResults | None = None) -> Comparison:
    """Scores of two comparable exercises side by side.

    Pass the results of `one` where they are at hand, to spare their reading.
    """
    read = {one.pk: results or exercise_results(one), other.pk: exercise_results(other)}
    before, after = sorted((one, other), key=lambda held: (held.starts_on, held.pk))
    early, late = read[before.pk], read[after.pk]
    was = versions.earlier_codes(early.questions, late.questions)
    pairs = _Pairs(early, late, was)
    changes = question_changes(pairs.scores(pairs.early), pairs.scores(pairs.late))
    domains = domain_changes(changes)
    titles = {d.code: d.title for shown in (early, late) for d in shown.domains}
    return Comparison(
        before=_side(before, early, domains, "before"),
        after=_side(after, late, domains, "after"),
        domains=tuple(_domain(row, titles) for row in domains.to_dict("records")),
        questions=tuple(pairs.changes(changes)),
        bottom=min(early.bottom, late.bottom),
        top=max(early.top, late.top),
    )


def _side(exercise: Exercise, results: ExerciseResults, domains: pd.DataFrame, score: str) -> Side:
    """`score` is the column of the exercise; both weigh the domains as its results do."""
    weights = {domain.code: domain.weight for domain in results.domains}
    means = pd.DataFrame(
        {
            "domain": domains["domain"],
            "score": domains[score],
            "weight": [weights.get(code, 1.0) for code in domains["domain"]],
        }
    )
    return Side(
        pk=exercise.pk,
        title=exercise.title,
        starts_on=exercise.starts_on,
        questionnaire=results.questionnaire,
        participants=results.participants,
        overall=_known(overall_score(means)),
    )


def _domain(row: Mapping[Any, Any], titles: Mapping[str, str]) -> DomainChange:
    names = ("n", "only_before", "only_after", "up", "down")
    counts: dict[str, Any] = {name: int(row[name]) for name in names}
    levels: dict[str, Any] = {name: _known(row[name]) for name in ("before", "after", "change")}
    return DomainChange(code=row["domain"], title=titles[row["domain"]], **counts, **levels)


class _Pairs:
    """Each question of the later exercise beside what it followed, under one key for both."""

    def __init__(
        self, early: ExerciseResults, late: ExerciseResults, was: Mapping[str, str]
    ) -> None:
        held = {question.code: question for question in early.questions}
        self.late = {question.code: question for question in late.questions}
        self.early = {code: held[was[code]] for code in self.late if was[code] in held}
        followed = {question.code for question in self.early.values()}
        gone = (question for question in early.questions if question.code not in followed)
        self.early |= {f"{GONE}{question.code}": question for question in gone}

    @staticmethod
    def scores(asked: Mapping[str, QuestionResult]) -> pd.DataFrame:
        return pd.DataFrame(
            {
                "question": pd.Series(list(asked), dtype="str"),
                "domain": pd.Series([q.domain_code for q in asked.values()], dtype="str"),
                "weight": pd.Series([q.weight for q in asked.values()], dtype="float64"),
                "score": pd.Series([q.score for q in asked.values()], dtype="float64"),
            }
        )

    def changes(self, changes: pd.DataFrame) -> Iterable[QuestionChange]:
        for row in changes.to_dict("records"):
            early, late = (held.get(row["question"]) for held in (self.early, self.late))
            known = late or early
            if known is not None:
                yield QuestionChange(
                    code=known.code,
                    title=known.title,
                    domain_code=known.domain_code,
                    before=_known(row["before"]),
                    after=_known(row["after"]),
                    change=_known(row["change"]),
                    agreement_before=_agreement(early),
                    agreement_after=_agreement(late),
                    followed=early.code if early and late else "",
                )


def _agreement(question: QuestionResult | None) -> float | None:
    return question.agreement if question else None


def _known(value: float) -> float | None:
    return None if isnan(value) else float(value)
