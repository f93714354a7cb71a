"""Which questions are asked, in a sitting, of one person, and in an exercise as a whole."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import pandas as pd
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from diagnostics import wording
from diagnostics.library import conditions
from diagnostics.library.conditions import Answer
from diagnostics.library.content import Condition
from diagnostics.models import Agreement, Participant, Question, Vote, Workshop

RATING = ("level", "existence", "use")
Decided = Mapping[int, bool | None]  # question -> asked, not asked, or not known yet


def condition_of(question: Question) -> Condition | None:
    """When a question is asked; None: always."""
    return Condition(**question.relevant) if question.relevant else None


def decided_in(workshop: Workshop, questions: Sequence[Question]) -> Decided:
    """What the room's answers so far decide: what it settled on, else its last revealed votes."""
    looked_at = _looked_at(questions)
    if not looked_at:
        return dict.fromkeys((question.pk for question in questions), True)
    of = {"workshop": workshop, "question__in": looked_at}
    settled = Agreement.objects.filter(**of).values_list("question", *RATING)
    return decide(questions, _voted(workshop, looked_at) | {q: Answer(*r) for q, *r in settled})


def _voted(workshop: Workshop, questions: Collection[int]) -> dict[int, Answer]:
    """What the votes of the last revealed round on each question come to."""
    shown = Vote.objects.filter(
        round__workshop=workshop, round__question__in=questions, round__revealed_at__isnull=False
    ).values_list("round__question", "round__number", *RATING)
    rounds: dict[int, dict[int, list[Answer]]] = {}
    for question, number, *rating in shown:
        rounds.setdefault(question, {}).setdefault(number, []).append(Answer(*rating))
    return {question: conditions.room_answer(held[max(held)]) for question, held in rounds.items()}


def decided_for(participant: Participant, questions: Sequence[Question]) -> Decided:
    """What one person's own answers decide, at their own pace."""
    of = {"participant": participant, "round__question__in": _looked_at(questions)}
    given = Vote.objects.filter(**of).order_by("round__number")
    own = {question: Answer(*r) for question, *r in given.values_list("round__question", *RATING)}
    return decide(questions, own)


def decide(questions: Sequence[Question], answers: Mapping[int, Answer]) -> Decided:
    """Whether each question is asked, by its key, in the light of answers by theirs."""
    codes = {question.pk: question.code for question in questions}
    found = conditions.asked(
        {question.code: condition_of(question) for question in questions},
        {codes[pk]: answer for pk, answer in answers.items() if pk in codes},
    )
    return {question.pk: found[question.code] for question in questions}


def decided_by(
    questions: Sequence[Question], places: pd.DataFrame, votes: pd.DataFrame, agreed: pd.DataFrame
) -> Decided:
    """What an exercise as a whole decides.

    `places`, `votes` and `agreed` are its frames as `frames` gives them: the votes of the last
    revealed rounds, and the settled ratings.
    """
    looked_at = _looked_at(questions)
    if not looked_at:
        return dict.fromkeys((question.pk for question in questions), True)
    keys = dict(zip(places["question"], places["pk"], strict=True))
    answers = {
        keys[place]: conditions.room_answer(_answers(rows))
        for place, rows in votes.groupby("question")
    }
    for place, answer in zip(agreed["question"], _answers(agreed), strict=True):
        answers[keys[place]] = answer
    return decide(questions, answers)


def _answers(rows: pd.DataFrame) -> Iterable[Answer]:
    for level, existence, use in zip(*(rows[name] for name in RATING), strict=True):
        yield Answer(None if pd.isna(level) else level, existence, use)


def refuse_unasked(workshop: Workshop, question: Question, questions: Sequence[Question]) -> None:
    """Refuse to vote on a question that is not asked, or not yet known to be."""
    is_asked = decided_in(workshop, questions)[question.pk]
    if is_asked:
        return
    words = _("This question is not asked: %(condition)s.")
    if is_asked is None:
        words = _("Vote on %(earlier)s first: this question is %(condition)s.")
    said = {"earlier": question.relevant["question"], "condition": wording.condition(question)}
    raise ValidationError(words % said)


def take_out_unasked(
    workshop: Workshop, questions: Sequence[Question], rounds: Iterable[int]
) -> int:
    """Take out of these rounds what people answered whom their other answers leave unasked."""
    if workshop.pace != Workshop.Pace.OWN or not _looked_at(questions):
        return 0
    gone = [
        vote.pk
        for person, votes in _by_person(rounds).items()
        for decided in [decided_for(person, questions)]
        for vote in votes
        if not decided.get(vote.round.question_id, True)
    ]
    Vote.objects.filter(pk__in=gone).delete()
    return len(gone)


def _by_person(rounds: Iterable[int]) -> dict[Participant, list[Vote]]:
    found: dict[Participant, list[Vote]] = {}
    conditional = Vote.objects.filter(round__in=rounds).exclude(round__question__relevant={})
    for vote in conditional.select_related("participant", "round"):
        found.setdefault(vote.participant, []).append(vote)
    return found


def _looked_at(questions: Sequence[Question]) -> list[int]:
    """The questions at which conditions look."""
    codes = {question.relevant["question"] for question in questions if question.relevant}
    return [question.pk for question in questions if question.code in codes]
