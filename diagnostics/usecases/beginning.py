"""Exercises begun and changed: what they ask, when each step is due, and who answers for it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from diagnostics import rules
from diagnostics.models import (
    Agreement,
    BaselineAnswer,
    Exercise,
    ExerciseStep,
    Question,
    Questionnaire,
    Round,
)
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member

FIELDS = ("code", "title", "starts_on", "ends_on", "owner", "purpose")


@dataclass(frozen=True, slots=True)
class StepDates:
    """When a step is planned and was done, and whose it is."""

    planned_on: date | None
    done_on: date | None
    owner: str


@transaction.atomic
def begin_exercise(
    administration: Administration,
    *,
    questionnaires: Iterable[Questionnaire],
    by: Member,
    **fields: Any,
) -> Exercise:
    """Begin a diagnostic, with an undated step for each of its states.

    Refused without a questionnaire, with several that rate on different scales or use the same
    question numbers, and where the last day lies before the first.
    """
    require(rules.can_prepare(by) and by.administration_id == administration.pk)
    exercise = Exercise(administration=administration, **fields)
    chosen = _checked(exercise, questionnaires)
    exercise.save()
    exercise.questionnaires.set(chosen)
    ExerciseStep.objects.bulk_create(
        ExerciseStep(exercise=exercise, state=state, position=place)
        for place, state in enumerate(Exercise.State.values, start=1)
    )
    audit.record("begin", exercise, by=by, fields=[*fields, "questionnaires"])
    return exercise


@transaction.atomic
def change_exercise(
    exercise: Exercise,
    *,
    by: Member,
    questionnaires: Iterable[Questionnaire] | None = None,
    **fields: Any,
) -> Exercise:
    """Change what an exercise is called, when it runs and what it asks.

    Refused as at its beginning, and for a questionnaire taken away that was answered already.
    """
    require(rules.can_prepare(by) and by.administration_id == exercise.administration_id)
    held = list(exercise.questionnaires.all())
    for name, value in fields.items():
        setattr(exercise, name, value)
    chosen = _checked(exercise, held if questionnaires is None else questionnaires)
    chosen += [one for one in held if one.kind == TABLE and one not in chosen]
    _refuse_answered(exercise, [one for one in held if one not in chosen])
    exercise.save()
    exercise.questionnaires.set(chosen)
    changed = [*fields, *([] if questionnaires is None else ["questionnaires"])]
    audit.record("change", exercise, by=by, fields=changed)
    return exercise


def _checked(exercise: Exercise, questionnaires: Iterable[Questionnaire]) -> list[Questionnaire]:
    exercise.full_clean(exclude=["administration"], validate_constraints=False)
    same = Exercise.objects.filter(administration=exercise.administration, code=exercise.code)
    if same.exclude(pk=exercise.pk).exists():
        raise ValidationError({"code": _("Another exercise has this short name.")})
    if exercise.ends_on < exercise.starts_on:
        raise ValidationError({"ends_on": _("The last day lies before the first.")})
    chosen = list(questionnaires)
    if any(one.administration_id != exercise.administration_id for one in chosen):
        raise ValidationError(_("This points to a row of another administration."))
    rated = [one for one in chosen if one.kind == Questionnaire.Kind.MATURITY]
    if not rated:
        raise ValidationError({"questionnaires": _("Choose a questionnaire that rates maturity.")})
    if any(one.is_draft for one in chosen):
        raise ValidationError({"questionnaires": _("A draft can't be asked; publish it first.")})
    if len({tuple(level["level"] for level in one.scale) for one in rated}) > 1:
        words = _("These questionnaires rate on different scales; an exercise needs one scale.")
        raise ValidationError({"questionnaires": words})
    _refuse_shared_numbers(rated)
    return chosen


def _refuse_shared_numbers(rated: list[Questionnaire]) -> None:
    """Findings are told by the number of their question, so that a number means one question."""
    asked = Question.objects.filter(domain__questionnaire__in=rated)
    numbers = Counter(asked.values_list("code", flat=True))
    shared = sorted(number for number, times in numbers.items() if times > 1)
    if shared:
        words = _("These questionnaires use the same question numbers, such as %(code)s.")
        raise ValidationError({"questionnaires": words % {"code": shared[0]}})


def _refuse_answered(exercise: Exercise, gone: list[Questionnaire]) -> None:
    """What was voted on, settled or filled in is not taken away."""
    of = {"question__domain__questionnaire__in": gone}
    answered = (
        Round.objects.filter(workshop__exercise=exercise, **of).exists()
        or Agreement.objects.filter(workshop__exercise=exercise, **of).exists()
        or BaselineAnswer.objects.filter(exercise=exercise, **of).exists()
    )
    if gone and answered:
        words = _("A questionnaire that was answered in this exercise stays in it.")
        raise ValidationError({"questionnaires": words})


TABLE = Questionnaire.Kind.TABLE  # stays with the exercise it was put to the vote in


@transaction.atomic
def date_steps(
    exercise: Exercise, steps: Mapping[str, StepDates], *, by: Member
) -> tuple[ExerciseStep, ...]:
    """Say of each state when it is planned and was done, and who answers for it.

    Refused with a day of completion that lies in the future, or for a state the exercise has not
    left yet: a step is finished by going on to the next.
    """
    require(rules.can_prepare(by) and by.administration_id == exercise.administration_id)
    order = Exercise.State.values
    here, today = order.index(exercise.state), exercise.administration.as_of
    faults: dict[str, str] = {}
    for state, step in steps.items():
        if step.done_on is not None and step.done_on > today:
            faults[f"done_{state}"] = _("This date lies in the future.")
        elif step.done_on is not None and not _may_be_done(order.index(state), here):
            faults[f"done_{state}"] = _("This step is not finished yet; go on from it first.")
    if faults:
        raise ValidationError(faults)
    rows = tuple(
        ExerciseStep.objects.update_or_create(
            exercise=exercise,
            state=state,
            defaults={
                "planned_on": step.planned_on,
                "done_on": step.done_on,
                "owner": step.owner,
                "position": order.index(state) + 1,
            },
        )[0]
        for state, step in steps.items()
    )
    audit.record("date steps", exercise, by=by, fields=["steps"])
    return rows


def _may_be_done(place: int, here: int) -> bool:
    """A state that was left; the last one is left for no other, so its day is written down."""
    return place < here or place == here == len(Exercise.State.values) - 1
