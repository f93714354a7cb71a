"""Answering at one's own pace: all questions open at once, a list of what is left, a submit."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from diagnostics import frames, rules
from diagnostics.models import Domain, Participant, Question, Round, Vote, Workshop
from diagnostics.usecases.asked import decided_for, take_out_unasked
from diagnostics.usecases.rounds import touch
from diagnostics.usecases.workshops import refuse_closed
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Member


@dataclass(frozen=True, slots=True)
class Task:
    """One question with one's own answer to it, if there is one."""

    question: Question
    round: Round
    vote: Vote | None


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """The tasks of one domain."""

    domain: Domain
    tasks: tuple[Task, ...]

    @property
    def answered(self) -> int:
        return sum(task.vote is not None for task in self.tasks)


@dataclass(frozen=True, slots=True)
class TaskList:
    """All that one participant is asked, and how far they are.

    `later` counts the questions that may follow from an answer still to be given.
    """

    groups: tuple[TaskGroup, ...]
    submitted_at: datetime | None
    later: int = 0

    @property
    def tasks(self) -> tuple[Task, ...]:
        return tuple(task for group in self.groups for task in group.tasks)

    @property
    def answered(self) -> int:
        return sum(group.answered for group in self.groups)

    @property
    def is_open(self) -> bool:
        return any(task.round.is_open for task in self.tasks)

    def next_to(self, question: int) -> Task | None:
        """The first open task without an answer after this question, else before it."""
        places = [task.question.pk for task in self.tasks]
        start = places.index(question) + 1 if question in places else 0
        order = self.tasks[start:] + self.tasks[:start]
        left = (t for t in order if t.vote is None and t.round.is_open)
        return next((task for task in left if task.question.pk != question), None)


@dataclass(frozen=True, slots=True)
class PersonProgress:
    """How many questions one participant has answered; never what they answered."""

    participant: Participant
    answered: int


@transaction.atomic
def open_all(workshop: Workshop, *, by: Member) -> int:
    """Open a first round on every question that has none. Refused where the room goes together."""
    require(rules.can_lead(by, workshop))
    refuse_closed(workshop)
    if workshop.pace != Workshop.Pace.OWN:
        raise ValidationError(_("In this workshop the room goes from question to question."))
    held = set(Round.objects.filter(workshop=workshop).values_list("question_id", flat=True))
    asked = [question for question in frames.asked(workshop.exercise) if question.pk not in held]
    Round.objects.bulk_create(Round(workshop=workshop, question=question) for question in asked)
    touch(workshop)
    audit.record("open all rounds", workshop, by=by)
    return len(asked)


@transaction.atomic
def close_all(workshop: Workshop, *, by: Member) -> int:
    """Take no further answer; the room then reveals one question after the other.

    Answers to questions that their author's other answers leave unasked are taken out.
    """
    require(rules.can_lead(by, workshop))
    refuse_closed(workshop)
    going = Round.objects.filter(workshop=workshop, closed_at=None, revealed_at=None)
    take_out_unasked(workshop, frames.asked(workshop.exercise), [round.pk for round in going])
    closed = going.update(closed_at=timezone.now())
    touch(workshop)
    audit.record("close all rounds", workshop, by=by)
    return closed


def task_list(participant: Participant) -> TaskList:
    """What one participant's own answers let them be asked, by domain, with these answers."""
    workshop = participant.workshop
    last = {
        round.question_id: round
        for round in Round.objects.filter(workshop=workshop).order_by("number")
    }
    given = Vote.objects.filter(participant=participant, round__in=last.values())
    votes = {vote.round_id: vote for vote in given}
    asked = frames.asked(workshop.exercise)
    decided = decided_for(participant, asked)
    groups: dict[Domain, list[Task]] = {}
    for question in asked:
        if (round := last.get(question.pk)) is not None and decided[question.pk]:
            task = Task(question, round, votes.get(round.pk))
            groups.setdefault(question.domain, []).append(task)
    parts = tuple(TaskGroup(domain, tuple(tasks)) for domain, tasks in groups.items())
    later = sum(decided[pk] is None for pk in last if pk in decided)
    return TaskList(parts, participant.submitted_at, later)


@transaction.atomic
def submit(participant: Participant) -> Participant:
    """Say that one is done; answers can be changed all the same until the round is closed."""
    refuse_closed(participant.workshop)
    participant.submitted_at = timezone.now()
    participant.save(update_fields=["submitted_at"])
    return participant


def people_progress(workshop: Workshop) -> tuple[PersonProgress, ...]:
    """How far each participant is, for the facilitator."""
    people = Participant.objects.filter(workshop=workshop)
    counted = people.annotate(n=Count("votes__round__question", distinct=True))
    return tuple(PersonProgress(person, person.n) for person in counted)
