"""What the minutes of a workshop tell: who was there, what was voted, settled and left open.

Only revealed rounds are read. People are told as the workshop promised them: by name, by function
or not at all; whose vote stands apart is named only where the workshop says that it may be.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from diagnostics.analysis.agreement import APART_AT
from diagnostics.models import AgendaItem, Agreement, Participant, Question, Vote, Workshop
from diagnostics.usecases import agreement as rounds
from diagnostics.usecases import citing, evidence, titled
from diagnostics.usecases.agreement import QuestionRounds, RoundResult
from diagnostics.usecases.evidence import Tool
from diagnostics.usecases.results import maturity_questionnaire


@dataclass(frozen=True, slots=True)
class Person:
    """One who took part, as far as the workshop allows it to be told."""

    name: str  # "" where votes are given by function only
    function: str


@dataclass(frozen=True, slots=True)
class RatingSettled:
    """What the room settled on, with the titles of the evidence it cites."""

    level: int
    level_name: str
    existence: str
    use: str
    rationale: str
    evidence: str
    cited: tuple[str, ...]
    dissent: str
    follow_up: str


@dataclass(frozen=True, slots=True)
class QuestionMinutes:
    """One question that was put to the vote: its revealed rounds and what was settled."""

    code: str
    title: str
    text: str
    rounds: tuple[RoundResult, ...]
    apart: tuple[str, ...]  # who stood apart in the last round; empty where none may be named
    settled: RatingSettled | None


@dataclass(frozen=True, slots=True)
class DomainMinutes:
    """The questions of one domain that were put to the vote."""

    code: str
    title: str
    questions: tuple[QuestionMinutes, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """A workshop as its minutes tell it, on one day."""

    title: str
    exercise: str
    purpose: str
    place: str
    starts_on: date
    ends_on: date
    closed_on: date | None
    as_of: date
    attribution: str
    facilitator: str
    participants: int
    people: tuple[Person, ...]  # empty in an anonymous workshop
    tools: tuple[Tool, ...]
    scale: tuple[tuple[int, str, str], ...]  # level, name, meaning
    agenda: tuple[AgendaItem, ...]
    domains: tuple[DomainMinutes, ...]
    not_voted: tuple[tuple[str, str], ...]  # code, title: no vote of it was revealed
    small_group: int

    @property
    def questions(self) -> tuple[QuestionMinutes, ...]:
        return tuple(question for domain in self.domains for question in domain.questions)

    @property
    def settled(self) -> int:
        return sum(question.settled is not None for question in self.questions)

    @property
    def dissents(self) -> int:
        return sum(bool(one.settled and one.settled.dissent) for one in self.questions)

    @property
    def is_named(self) -> bool:
        return any(person.name for person in self.people)


def minutes(workshop: Workshop) -> Minutes:
    """The minutes as they stand now; those of an open workshop tell how far it is."""
    exercise = workshop.exercise
    form = maturity_questionnaire(exercise)
    scale = tuple((row["level"], row["name"], row["meaning"]) for row in form.scale) if form else ()
    people = list(workshop.participants.select_related("member").order_by("code"))
    told = {one.pk: one for one in rounds.workshop_rounds(workshop)}
    asked = Question.objects.filter(pk__in=told).select_related("domain")
    by_key = {question.pk: question for question in asked}
    settled = _settled(workshop)
    apart = _apart(workshop, told.values())
    lines: dict[int, list[QuestionMinutes]] = {}
    for pk, one in told.items():
        if not one.rounds:
            continue
        question = by_key[pk]
        line = QuestionMinutes(
            question.code,
            titled.question_title(question),
            question.text,
            one.rounds,
            apart.get(pk, ()),
            settled.get(pk),
        )
        lines.setdefault(question.domain_id, []).append(line)
    domains = {by_key[pk].domain_id: by_key[pk].domain for pk in told}
    return Minutes(
        title=workshop.title,
        exercise=exercise.title,
        purpose=exercise.purpose,
        place=workshop.place,
        starts_on=workshop.starts_on,
        ends_on=workshop.ends_on,
        closed_on=workshop.closed_on,
        as_of=workshop.administration.as_of,
        attribution=workshop.attribution,
        facilitator=_facilitator(workshop),
        participants=len(people),
        people=_people(workshop, people),
        tools=evidence.tools(exercise),
        scale=scale,
        agenda=tuple(workshop.agenda.all()),
        domains=tuple(
            DomainMinutes(domain.code, titled.domain_title(domain), tuple(lines[pk]))
            for pk, domain in domains.items()
            if pk in lines
        ),
        not_voted=tuple((one.code, one.title) for one in told.values() if not one.rounds),
        small_group=workshop.administration.small_cell_limit,
    )


def _people(workshop: Workshop, people: list[Participant]) -> tuple[Person, ...]:
    if workshop.attribution == Workshop.Attribution.ANONYMOUS:
        return ()
    named = [Person(one.name if workshop.is_named else "", one.function) for one in people]
    return tuple(named if workshop.is_named else sorted(named, key=lambda one: one.function))


def _facilitator(workshop: Workshop) -> str:
    """The name of who led, or the function; never an address."""
    leader = workshop.facilitator
    return leader.user.get_full_name() or leader.function if leader else ""


def _settled(workshop: Workshop) -> dict[int, RatingSettled]:
    of = "question__domain__questionnaire"
    rows = list(Agreement.objects.filter(workshop=workshop).select_related(of))
    marks = dict.fromkeys(mark for row in rows for mark in row.cited)
    titles = citing.titles_of(workshop.exercise, marks)
    return {
        row.question_id: RatingSettled(
            level=row.level,
            level_name=_level_name(row),
            existence=row.existence,
            use=row.use,
            rationale=row.rationale,
            evidence=row.evidence,
            cited=tuple(titles[mark] for mark in row.cited if mark in titles),
            dissent=row.dissent,
            follow_up=row.follow_up,
        )
        for row in rows
    }


def _level_name(row: Agreement) -> str:
    scale = row.question.domain.questionnaire.scale
    return next((level["name"] for level in scale if level["level"] == row.level), "")


def _apart(workshop: Workshop, told: Iterable[QuestionRounds]) -> dict[int, tuple[str, ...]]:
    """Who stood apart in the last revealed round; nobody unless names are given and it is said."""
    if not (workshop.is_named and workshop.names_outliers):
        return {}
    last = {one.pk: one.rounds[-1] for one in told if one.rounds}
    held = Vote.objects.filter(
        round__workshop=workshop, round__revealed_at__isnull=False, level__isnull=False
    ).order_by("participant__code")
    found: dict[int, list[str]] = {}
    names = ("round__question_id", "round__number", "participant__name", "level")
    for question, number, name, level in held.values_list(*names):
        one = last[question]
        if number == one.number and one.median is not None and abs(level - one.median) >= APART_AT:
            found.setdefault(question, []).append(f"{name} ({level})")
    return {question: tuple(people) for question, people in found.items()}
