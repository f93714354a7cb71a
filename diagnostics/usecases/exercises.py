"""What happens around the workshop: questionnaires, the steps of an exercise, its register and form."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from diagnostics import rules, tables
from diagnostics.models import (
    AgendaItem,
    BaselineAnswer,
    Exercise,
    ExerciseStep,
    Finding,
    Interview,
    Question,
    Questionnaire,
    ReferenceDocument,
    SwotItem,
    Workshop,
)
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


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One document asked for, with the title of the domain that asks for it."""

    document: ReferenceDocument
    domain: str


@dataclass(frozen=True, slots=True)
class DocumentRegister:
    """The documents asked for: how many there are, and how they stand."""

    rows: tuple[RegisterLine, ...]
    counts: dict[str, int]  # status -> documents

    @property
    def n(self) -> int:
        return len(self.rows)

    @property
    def missing(self) -> int:
        return self.counts[ReferenceDocument.Status.MISSING]


@dataclass(frozen=True, slots=True)
class BaselineField:
    """One field of an item: a value, or a table with columns and lines."""

    label: str
    kind: str
    unit: str
    value: str  # in words; "" where unknown
    columns: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]

    @property
    def is_known(self) -> bool:
        return bool(self.value or self.lines)


@dataclass(frozen=True, slots=True)
class BaselineItem:
    """One item of the baseline form with what was answered."""

    code: str
    title: str
    prompt: str
    help: str
    documents: tuple[str, ...]
    fields: tuple[BaselineField, ...]
    source: str

    @property
    def is_answered(self) -> bool:
        return any(one.is_known for one in self.fields)


@dataclass(frozen=True, slots=True)
class Baseline:
    """The baseline form of an exercise, filled as far as it is."""

    title: str
    items: tuple[BaselineItem, ...]

    @property
    def answered(self) -> int:
        return sum(item.is_answered for item in self.items)


@transaction.atomic
def adopt_questionnaires(
    administration: Administration, *, by: Member | None
) -> list[Questionnaire]:
    """Take up the questionnaires that come with the product; a second time changes nothing."""
    if by is not None:
        require(rules.can_prepare(by))
    there = set(Questionnaire.objects.of(administration).values_list("pk", flat=True))
    taken = tables.adopt_shipped(administration)
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
    questions = maturity.count()
    findings = Finding.objects.filter(exercise=exercise, rank__gt=0).count()
    return ExerciseOverview(
        steps=steps,
        workshops=workshops,
        agenda=tuple(AgendaItem.objects.filter(workshop__exercise=exercise)),
        questions=questions,
        documents=held["n"],
        documents_missing=held["missing"],
        baseline_items=baseline.count(),
        baseline_answered=answered.count(),
        interviews=tuple(Interview.objects.filter(exercise=exercise)),
        swot={kind: tuple(swot[kind]) for kind in SwotItem.Kind.values if kind in swot},
        findings=findings,
        next_thing=_next_thing(questions, held["n"], workshops, findings, steps),
    )


def _workshops(exercise: Exercise) -> tuple[WorkshopLine, ...]:
    found = Workshop.objects.filter(exercise=exercise).select_related("facilitator__user")
    counted = found.annotate(
        people=Count("participants", distinct=True),
        asked=Count("rounds__question", distinct=True),
        settled=Count("agreements", distinct=True),
    )
    return tuple(WorkshopLine(one, one.people, one.asked, one.settled) for one in counted)


def _next_thing(
    questions: int,
    documents: int,
    workshops: tuple[WorkshopLine, ...],
    findings: int,
    steps: tuple[Step, ...],
) -> str:
    """The first thing that is not done yet, as a key of `wording`."""
    if not questions:
        return "questionnaire"
    if not documents:
        return "documents"
    if not workshops:
        return "workshop"
    if any(line.asked < questions for line in workshops if not line.workshop.is_closed):
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


def document_register(exercise: Exercise) -> DocumentRegister:
    """The documents that the diagnostic asks for, in the order of their numbers."""
    titles = {
        code: title
        for questionnaire in exercise.questionnaires.prefetch_related("domains")
        for code, title in ((d.code, d.title) for d in questionnaire.domains.all())
    }
    rows = tuple(
        RegisterLine(document, titles.get(document.domain, document.domain))
        for document in ReferenceDocument.objects.filter(exercise=exercise)
    )
    counts = dict.fromkeys(ReferenceDocument.Status.values, 0)
    for row in rows:
        counts[row.document.status] += 1
    return DocumentRegister(rows, counts)


@transaction.atomic
def register_document(
    exercise: Exercise,
    *,
    code: str,
    title: str,
    status: str,
    dated_on: date | None = None,
    domain: str = "",
    link: str = "",
    by: Member | None,
) -> ReferenceDocument:
    """Enter a document, or say anew how it stands. Refused with a date after the as-of date."""
    if by is not None:
        require(rules.can_prepare(by))
    administration = exercise.administration
    if dated_on is not None and dated_on > administration.as_of:
        raise ValidationError({"dated_on": _("This date lies in the future.")})
    if status == ReferenceDocument.Status.MISSING and dated_on is not None:
        raise ValidationError({"dated_on": _("A missing document has no date.")})
    fields = {
        "title": title,
        "status": status,
        "dated_on": dated_on,
        "domain": domain,
        "link": link,
    }
    row = ReferenceDocument.objects.filter(exercise=exercise, code=code).first()
    row = row or ReferenceDocument(administration=administration, exercise=exercise, code=code)
    for name, value in fields.items():
        setattr(row, name, value)
    row.clean_fields()
    row.save()
    audit.record("register", row, by=by, fields=fields)
    return row


def baseline(exercise: Exercise) -> Baseline:
    """The baseline form with its answers; fields without an answer are unknown."""
    asked = Question.objects.filter(
        domain__questionnaire__exercises=exercise, domain__questionnaire__kind=BASELINE
    ).select_related("domain__questionnaire")
    given: dict[int, dict[tuple[str, int], str]] = {}
    sources: dict[int, list[str]] = {}
    answers = BaselineAnswer.objects.filter(exercise=exercise)
    names = ("question_id", "field", "line", "value", "source")
    for question, field, line, value, source in answers.values_list(*names):
        given.setdefault(question, {})[field, line] = value
        if source and source not in sources.setdefault(question, []):
            sources[question].append(source)
    questions = list(asked)
    return Baseline(
        title=questions[0].domain.title if questions else "",
        items=tuple(
            BaselineItem(
                code=question.code,
                title=question.title,
                prompt=question.text,
                help=question.help,
                documents=tuple(question.evidence),
                fields=tuple(_field(one, given.get(question.pk, {})) for one in question.fields),
                source="; ".join(sources.get(question.pk, [])),
            )
            for question in questions
        ),
    )


def _field(field: dict, given: dict[tuple[str, int], str]) -> BaselineField:
    columns = field["columns"]
    paths = [f"{field['code']}.{column['code']}" for column in columns]
    lines = sorted({line for path, line in given if path in paths})
    return BaselineField(
        label=field["label"],
        kind=field["kind"],
        unit=field["unit"] or "",
        value=_in_words(field, given.get((field["code"], 1), "")),
        columns=tuple(column["label"] for column in columns),
        lines=tuple(
            tuple(
                _in_words(column, given.get((path, line), ""))
                for column, path in zip(columns, paths, strict=True)
            )
            for line in lines
        ),
    )


def _in_words(field: dict, value: str) -> str:
    """A stored value as a reader sees it: choices by label, yes and no, numbers and dates."""
    labels = {choice["code"]: choice["label"] for choice in field["choices"]}
    if field["kind"] == "boolean" and value:
        return _("yes") if value.lower() in {"true", "yes", "1"} else _("no")
    return labels.get(value, value)
