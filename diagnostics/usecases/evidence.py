"""What a diagnostic rests on: tools, people asked, documents read, interviews, and its limits."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from diagnostics import wording
from diagnostics.models import (
    CorporateObjective,
    DocumentReview,
    Exercise,
    Interview,
    Participant,
    Questionnaire,
    SwotItem,
    Workshop,
)
from diagnostics.usecases import titled
from diagnostics.usecases.documents import DocumentRegister, document_register
from diagnostics.usecases.results import ExerciseResults, exercise_results
from hrplan.core.models import Administration
from hrplan.core.titles import told


@dataclass(frozen=True, slots=True)
class Tool:
    """A questionnaire or form that was used."""

    title: str
    version: str
    provider: str
    licence: str
    provenance: str
    is_baseline: bool
    domains: int
    questions: int


@dataclass(frozen=True, slots=True)
class Sitting:
    """A workshop as it is printed: functions of those present, never names."""

    title: str
    place: str
    starts_on: date
    ends_on: date
    participants: int
    functions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InterviewNote:
    """Notes of one interview, by function."""

    guide: str
    held_on: date
    place: str
    function: str
    notes: str


@dataclass(frozen=True, slots=True)
class MethodAndEvidence:
    """How the diagnostic was made, and how much its figures can carry."""

    title: str
    starts_on: date
    ends_on: date
    as_of: date
    tools: tuple[Tool, ...]
    sittings: tuple[Sitting, ...]
    interviews: tuple[InterviewNote, ...]
    register: DocumentRegister
    results: ExerciseResults

    @property
    def participants(self) -> int:
        return sum(sitting.participants for sitting in self.sittings)

    @property
    def expected_votes(self) -> int:
        """One vote of each participant on each question. [votes]"""
        return len(self.results.questions) * self.participants

    @property
    def response_rate(self) -> float | None:
        """Votes with a level, of those expected; None where none is expected. [0..1]"""
        given = self.results.given
        return given / self.expected_votes if self.expected_votes else None


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """What one document says, and what it says on people."""

    code: str
    title: str
    status: str
    dated_on: date | None
    summary: str
    on_people: str


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """An objective of a plan in force."""

    code: str
    title: str
    measure: str
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class CorporateContext:
    """What the plans in force set out to reach, what they say on people, and the room's SWOT."""

    objectives: tuple[ObjectiveLine, ...]
    reviews: tuple[ReviewLine, ...]
    swot: tuple[tuple[str, tuple[str, ...]], ...]  # title of the kind -> what was said


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document that was reviewed, with the corporate objectives that it sets."""

    review: DocumentReview
    objectives: tuple[CorporateObjective, ...]


@dataclass(frozen=True, slots=True)
class Collected:
    """What was heard and read in an exercise, row by row."""

    interviews: tuple[tuple[str, str, tuple[Interview, ...]], ...]  # guide, its title, notes
    swot: tuple[tuple[str, str, tuple[SwotItem, ...]], ...]  # kind, its title, items
    reviews: tuple[Reviewed, ...]
    others: tuple[CorporateObjective, ...]  # of no document that was reviewed


def collected(exercise: Exercise) -> Collected:
    """Interviews by guide, SWOT by kind, reviews with their objectives; those without any too."""
    titles = guide_titles(exercise)
    notes: dict[str, list[Interview]] = {code: [] for code in titles}
    for one in Interview.objects.filter(exercise=exercise):
        notes.setdefault(one.guide, []).append(one)
    said: dict[str, list[SwotItem]] = {kind.value: [] for kind in SwotItem.Kind}
    for item in SwotItem.objects.filter(exercise=exercise):
        said[item.kind].append(item)
    objectives: dict[str, list[CorporateObjective]] = {}
    for row in CorporateObjective.objects.of(exercise.administration):
        objectives.setdefault(row.source, []).append(row)
    held = DocumentReview.objects.filter(exercise=exercise).select_related("document")
    reviews = tuple(Reviewed(one, tuple(objectives.pop(one.document.title, ()))) for one in held)
    return Collected(
        interviews=tuple(
            (code, titles.get(code, code), tuple(rows)) for code, rows in notes.items()
        ),
        swot=tuple((kind, wording.swot_title(kind), tuple(rows)) for kind, rows in said.items()),
        reviews=reviews,
        others=tuple(row for rows in objectives.values() for row in rows),
    )


def guide_titles(exercise: Exercise) -> dict[str, str]:
    """code -> title of the interview guides of an exercise."""
    return {
        guide["code"]: told(guide["title"])
        for questionnaire in exercise.questionnaires.all()
        for guide in questionnaire.guides
    }


def method_and_evidence(
    exercise: Exercise, results: ExerciseResults | None = None
) -> MethodAndEvidence:
    """How the diagnostic was made; pass results that are at hand to spare their reading."""
    return MethodAndEvidence(
        title=exercise.title,
        starts_on=exercise.starts_on,
        ends_on=exercise.ends_on,
        as_of=exercise.administration.as_of,
        tools=tools(exercise),
        sittings=_sittings(exercise),
        interviews=_interviews(exercise),
        register=document_register(exercise),
        results=results or exercise_results(exercise),
    )


def corporate_context(
    administration: Administration, exercise: Exercise | None
) -> CorporateContext:
    """Corporate objectives, reviews of the documents and SWOT."""
    objectives = CorporateObjective.objects.of(administration)
    names = ("code", "title", "measure", "status", "source")
    reviews = DocumentReview.objects.filter(exercise=exercise).select_related("document")
    said: dict[str, list[str]] = {}
    for kind, text in SwotItem.objects.filter(exercise=exercise).values_list("kind", "text"):
        said.setdefault(kind, []).append(text)
    return CorporateContext(
        objectives=tuple(ObjectiveLine(*row) for row in objectives.values_list(*names)),
        reviews=tuple(
            ReviewLine(
                code=row.document.code,
                title=row.document.title,
                status=str(row.document.get_status_display()),
                dated_on=row.document.dated_on,
                summary=row.summary,
                on_people=row.on_people,
            )
            for row in reviews
        ),
        swot=tuple(
            (wording.swot_title(kind.value), tuple(said[kind.value]))
            for kind in SwotItem.Kind
            if kind in said
        ),
    )


def tools(exercise: Exercise) -> tuple[Tool, ...]:
    """The questionnaires and forms that an exercise uses."""
    used = exercise.questionnaires.annotate(
        parts=Count("domains", distinct=True), asked=Count("domains__questions", distinct=True)
    )
    return tuple(
        Tool(
            title=titled.translated(one.title, one.translations, "title"),
            version=one.version,
            provider=one.provider,
            licence=one.licence,
            provenance=one.provenance,
            is_baseline=one.kind == Questionnaire.Kind.BASELINE,
            domains=one.parts,
            questions=one.asked,
        )
        for one in used.order_by("kind", "code")
    )


def _sittings(exercise: Exercise) -> tuple[Sitting, ...]:
    functions: dict[int, list[str]] = {}
    present = Participant.objects.filter(workshop__exercise=exercise)
    for workshop, function in present.values_list("workshop_id", "function"):
        functions.setdefault(workshop, []).append(function)
    return tuple(
        Sitting(
            title=row.title,
            place=row.place,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            participants=len(functions.get(row.pk, [])),
            functions=tuple(filter(None, dict.fromkeys(functions.get(row.pk, [])))),
        )
        for row in Workshop.objects.filter(exercise=exercise).order_by("starts_on", "code")
    )


def _interviews(exercise: Exercise) -> tuple[InterviewNote, ...]:
    titles = guide_titles(exercise)
    return tuple(
        InterviewNote(
            guide=titles.get(row.guide, row.guide),
            held_on=row.held_on,
            place=row.place,
            function=row.function,
            notes=row.notes,
        )
        for row in Interview.objects.filter(exercise=exercise)
    )
