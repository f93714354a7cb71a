"""What happens around the workshop: questionnaires, and the steps of an exercise."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from diagnostics import rules
from diagnostics.models import (
    AgendaItem,
    Agreement,
    BaselineAnswer,
    Exercise,
    ExerciseStep,
    Finding,
    Interview,
    Participant,
    Question,
    Questionnaire,
    ReferenceDocument,
    Round,
    SwotItem,
    Workshop,
)
from diagnostics.tables import adoption
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member

DONE, CURRENT, LATE, AHEAD = "done", "current", "late", "waiting"
BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Step:
    """One state of the exercise: done, current, late or waiting."""

    key: str
    title: str
    state: str
    planned_on: date | None
    done_on: date | None
    owner: str


@dataclass(frozen=True, slots=True)
class WorkshopLine:
    """One workshop of the exercise and how far it is."""

    workshop: Workshop
    participants: int
    asked: int
    agreed: int


@dataclass(frozen=True, slots=True)
class ExerciseOverview:
    """An exercise at a glance; `next_thing` is a key that `wording` turns into a sentence."""

    steps: tuple[Step, ...]
    workshops: tuple[WorkshopLine, ...]
    agenda: tuple[AgendaItem, ...]
    questions: int
    documents: int
    documents_missing: int
    baseline_items: int
    baseline_answered: int
    interviews: tuple[Interview, ...]
    swot: dict[str, tuple[str, ...]]
    findings: int
    next_thing: str

    @property
    def steps_done(self) -> int:
        return sum(step.state == DONE for step in self.steps)


@transaction.atomic
def adopt_questionnaires(
    administration: Administration, *, by: Member | None
) -> list[Questionnaire]:
    """Take up the questionnaires that come with the product; a second time changes nothing."""
    if by is not None:
        require(rules.can_prepare(by))
    there = set(Questionnaire.objects.of(administration).values_list("pk", flat=True))
    taken = adoption.adopt_shipped(administration)
    for questionnaire in taken:
        if questionnaire.pk not in there:
            audit.record("adopt", questionnaire, by=by)
    return taken


def exercise_overview(exercise: Exercise) -> ExerciseOverview:
    """States with dates, workshops, agenda, register, form, and the next thing to do."""
    workshops = _workshops(exercise)
    baseline = Question.objects.filter(
        domain__questionnaire__exercises=exercise, domain__questionnaire__kind=BASELINE
    )
    maturity = Question.objects.filter(domain__questionnaire__exercises=exercise).exclude(
        domain__questionnaire__kind=BASELINE
    )
    answered = BaselineAnswer.objects.filter(exercise=exercise).values("question").distinct()
    documents = ReferenceDocument.objects.filter(exercise=exercise)
    missing = documents.filter(status=ReferenceDocument.Status.MISSING)
    held = documents.aggregate(n=Count("pk"), missing=Count("pk", filter=Q(pk__in=missing)))
    swot: dict[str, list[str]] = {}
    for kind, text in SwotItem.objects.filter(exercise=exercise).values_list("kind", "text"):
        swot.setdefault(kind, []).append(text)
    steps = exercise_steps(exercise)
    counted = maturity.aggregate(n=Count("pk"), sure=Count("pk", filter=Q(relevant={})))
    findings = Finding.objects.filter(exercise=exercise, rank__gt=0).count()
    return ExerciseOverview(
        steps=steps,
        workshops=workshops,
        agenda=tuple(AgendaItem.objects.filter(workshop__exercise=exercise)),
        questions=counted["n"],
        documents=held["n"],
        documents_missing=held["missing"],
        baseline_items=baseline.count(),
        baseline_answered=answered.count(),
        interviews=tuple(Interview.objects.filter(exercise=exercise)),
        swot={kind: tuple(swot[kind]) for kind in SwotItem.Kind.values if kind in swot},
        findings=findings,
        next_thing=_next_thing(counted, held["n"], workshops, findings, steps),
    )


def _workshops(exercise: Exercise) -> tuple[WorkshopLine, ...]:
    found = Workshop.objects.filter(exercise=exercise).select_related("facilitator__user")
    counted = found.annotate(
        people=_counted(Participant, "pk"),
        asked=_counted(Round, "question"),
        settled=_counted(Agreement, "pk"),
    )
    return tuple(WorkshopLine(one, one.people, one.asked, one.settled) for one in counted)


def _counted(model: type[models.Model], column: str) -> Coalesce:
    """How many different values rows of the workshop have; a join of all would be thousands."""
    of = model._default_manager.filter(workshop=OuterRef("pk")).order_by().values("workshop")
    return Coalesce(Subquery(of.annotate(n=Count(column, distinct=True)).values("n")), 0)


def _next_thing(
    questions: dict[str, int],
    documents: int,
    workshops: tuple[WorkshopLine, ...],
    findings: int,
    steps: tuple[Step, ...],
) -> str:
    """The first thing that is not done yet, as a key of `wording`."""
    if not questions["n"]:
        return "questionnaire"
    if not documents:
        return "documents"
    if not workshops:
        return "workshop"
    if any(line.asked < questions["sure"] for line in workshops if not line.workshop.is_closed):
        return "votes"
    if any(not line.workshop.is_closed for line in workshops):
        return "close"
    if not findings:
        return "findings"
    return "advance" if any(step.state in {CURRENT, LATE} for step in steps) else "nothing"


def exercise_steps(exercise: Exercise) -> tuple[Step, ...]:
    """All states in order; a state without a row is shown without dates."""
    rows = {row.state: row for row in ExerciseStep.objects.filter(exercise=exercise)}
    order = Exercise.State.values
    here = order.index(exercise.state)
    today = exercise.administration.as_of
    return tuple(_step(key, rows.get(key), n - here, today) for n, key in enumerate(order))


def _step(key: str, row: ExerciseStep | None, distance: int, today: date) -> Step:
    planned = row.planned_on if row else None
    done = row.done_on if row else None
    late = planned is not None and planned < today
    if distance < 0 or done is not None:
        state = DONE
    elif late:
        state = LATE
    else:
        state = CURRENT if distance == 0 else AHEAD
    title = str(Exercise.State(key).label)
    return Step(key, title, state, planned, done, row.owner if row else "")


@transaction.atomic
def advance_exercise(exercise: Exercise, *, by: Member | None) -> Exercise:
    """Go on to the next state. Refused where the work of the present state is not done."""
    if by is not None:
        require(rules.can_prepare(by))
    exercise = (
        Exercise.objects.select_for_update(of=("self",))
        .select_related("administration")
        .get(pk=exercise.pk)
    )
    order = Exercise.State.values
    here = order.index(exercise.state)
    if here == len(order) - 1:
        raise ValidationError(_("The exercise has reached its last state."))
    _refuse_unfinished(exercise)
    ExerciseStep.objects.update_or_create(
        exercise=exercise,
        state=exercise.state,
        defaults={"done_on": exercise.administration.as_of, "position": here + 1},
    )
    exercise.state = order[here + 1]
    exercise.save(update_fields=["state"])
    audit.record("advance", exercise, by=by, fields=["state"])
    return exercise


def _refuse_unfinished(exercise: Exercise) -> None:
    state = Exercise.State
    workshops = Workshop.objects.filter(exercise=exercise)
    if exercise.state == state.DOCUMENTS and not exercise.documents.exists():
        raise ValidationError(_("Register the documents that were asked for first."))
    if exercise.state == state.WORKSHOP and not workshops.exists():
        raise ValidationError(_("No workshop is on record; hold it first."))
    if exercise.state == state.WORKSHOP and workshops.filter(closed_on=None).exists():
        raise ValidationError(_("A workshop is still open; close it first."))
    if exercise.state == state.SCORING and not exercise.findings.filter(rank__gt=0).exists():
        raise ValidationError(_("Conclude the findings first."))
