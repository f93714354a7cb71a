"""How the rows of a diagnostic's tables stand in the database: out, in, and their checks."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from diagnostics.analysis import interchange
from diagnostics.models import (
    AgendaItem,
    Agreement,
    BaselineAnswer,
    Cause,
    CorporateObjective,
    DocumentReview,
    Exercise,
    ExerciseStep,
    Finding,
    Interview,
    Participant,
    Question,
    Questionnaire,
    Recommendation,
    ReferenceDocument,
    Round,
    SwotItem,
    Vote,
    Workshop,
)
from diagnostics.tables import adoption
from hrplan.core.coded_tables import CodedTable, Lookup, by_codes, refuse_unknown
from hrplan.core.models import Administration
from hrplan.core.tables import CHUNK, Door, ModelTable, Row

TABLE = Questionnaire.Kind.TABLE  # put to the vote from rows that have a table of their own
NOON = time(12)  # an imported round is dated noon of the workshop's first day


class Questionnaires:
    """Questionnaires come with the product: a row of one that ships adopts it."""

    name = "questionnaires"

    def rows(self, administration: Administration) -> list[dict[str, Any]]:
        names = ("code", "version", "kind", "title", "language")
        held = Questionnaire.objects.of(administration).filter(is_draft=False).exclude(kind=TABLE)
        return list(held.order_by("code", "version").values(*names))

    def save(
        self, administration: Administration, added: Sequence[Row], changed: Sequence[Row]
    ) -> None:
        adoption.adopt_shipped(administration)
        known = set(Questionnaire.objects.of(administration).values_list("code", "version"))
        wanted = {(row["code"], row["version"]) for row in added}
        refuse_unknown(self.name, (" ".join(pair) for pair in sorted(wanted - known)))
        if changed:
            raise ValidationError(_("A questionnaire that was adopted is fixed; leave it out."))


class Questions:
    """Questions come with their questionnaire; rows that say otherwise are refused."""

    name = "questions"
    paths: Mapping[str, str] = {
        "questionnaire": "domain__questionnaire__code",
        "version": "domain__questionnaire__version",
        "code": "code",
        "domain": "domain__code",
        "subject": "subject",
        "text": "text",
        "weight": "weight",
    }

    def rows(self, administration: Administration) -> list[dict[str, Any]]:
        found = Question.objects.filter(
            domain__questionnaire__administration=administration,
            domain__questionnaire__is_draft=False,
        ).exclude(domain__questionnaire__kind=TABLE)
        order = (
            *("domain__questionnaire__code", "domain__questionnaire__version"),
            *("domain__position", "position"),
        )
        values = found.order_by(*order).values_list(*self.paths.values())
        return [dict(zip(self.paths, row, strict=True)) for row in values]

    def save(
        self, administration: Administration, added: Sequence[Row], changed: Sequence[Row]
    ) -> None:
        names = ("questionnaire", "version", "code")
        known = {tuple(row[name] for name in names) for row in self.rows(administration)}
        wanted = [tuple(row[name] for name in names) for row in added]
        refuse_unknown(self.name, (" ".join(pair) for pair in wanted if pair not in known))
        if changed:
            raise ValidationError(_("The questions of an adopted questionnaire are fixed."))


class Exercises:
    """Exercises with the questionnaires they use, written as `code version; code version`."""

    name = "exercises"
    fields = ("code", "title", "state", "starts_on", "ends_on", "owner", "purpose")
    plain = ModelTable(
        name="exercises", model=Exercise, columns={name: name for name in fields}, key=("code",)
    )

    def rows(self, administration: Administration) -> list[dict[str, Any]]:
        used: dict[str, list[str]] = {}
        pairs = Exercise.questionnaires.through.objects.filter(
            exercise__administration=administration
        ).exclude(questionnaire__kind=TABLE)
        names = ("exercise__code", "questionnaire__code", "questionnaire__version")
        for exercise, code, version in pairs.order_by("questionnaire__code").values_list(*names):
            used.setdefault(exercise, []).append(f"{code} {version}")
        rows = self.plain.rows(administration)
        return [{**row, "questionnaires": "; ".join(used.get(row["code"], []))} for row in rows]

    def save(
        self, administration: Administration, added: Sequence[Row], changed: Sequence[Row]
    ) -> None:
        self.plain.save(administration, added, changed)
        of = Questionnaire.objects.of(administration).filter(is_draft=False)
        known = {f"{code} {version}": pk for pk, code, version in of.values_list("pk", *IDENTITY)}
        rows = [*added, *changed]
        named = {row["code"]: _listed(row["questionnaires"]) for row in rows}
        refuse_unknown(self.name, (n for names in named.values() for n in names if n not in known))
        for exercise in Exercise.objects.of(administration).filter(code__in=named):
            exercise.questionnaires.set([known[name] for name in named[exercise.code]])


class Findings(CodedTable):
    """Causes and recommendations hang on findings; one not yet concluded is begun unranked."""

    def save(
        self, administration: Administration, added: Sequence[Row], changed: Sequence[Row]
    ) -> None:
        known = questions_of_exercises(administration)
        there = findings_of_exercises(administration)
        wanted = {(row["exercise"], row["finding"]) for row in added} - set(there)
        begun = sorted(pair for pair in wanted if pair in known)
        exercises = dict(Exercise.objects.of(administration).values_list("code", "pk"))
        questions = Question.objects.in_bulk([known[pair] for pair in begun])
        Finding.objects.bulk_create(
            Finding(
                administration=administration,
                exercise_id=exercises[exercise],
                code=code,
                kind=Finding.Kind.WEAKNESS,
                domain_id=questions[known[exercise, code]].domain_id,
                question=questions[known[exercise, code]],
                title=questions[known[exercise, code]].title,
            )
            for exercise, code in begun
        )
        super().save(administration, added, changed)


class Agreements(CodedTable):
    """What is settled in a workshop; once the workshop is closed nothing in it changes.

    The marks of what a rating cites stand in one cell, parted by semicolons.
    """

    def rows(self, administration: Administration) -> list[dict[str, Any]]:
        found = super().rows(administration)
        return [{**row, "cited": "; ".join(row["cited"] or ()) or None} for row in found]

    def save(
        self, administration: Administration, added: Sequence[Row], changed: Sequence[Row]
    ) -> None:
        rows = [*added, *changed]
        refuse_sealed(administration, self.model, "workshop", rows)
        refuse_off_scale(administration, rows)
        super().save(administration, added, changed)

    def _in(self, path: str, value: Any) -> Any:
        return _listed(value) if path == "cited" else super()._in(path, value)


class Votes(CodedTable):
    """Votes of revealed rounds; rounds that are not there are made, and count as revealed."""

    def rows(self, administration: Administration) -> list[dict[str, Any]]:
        secret = Round.objects.filter(workshop__administration=administration, revealed_at=None)
        codes = ("workshop__code", "question__code", "number")
        hidden = set(secret.values_list(*codes))
        names = ("workshop", "question", "round")
        seen = super().rows(administration)
        return [row for row in seen if tuple(row[name] for name in names) not in hidden]

    def save(
        self, administration: Administration, added: Sequence[Row], changed: Sequence[Row]
    ) -> None:
        rows = [*added, *changed]
        refuse_sealed(administration, Round, "workshop", rows)
        refuse_off_scale(administration, rows)
        questions = questions_of_workshops(administration)
        pairs = [(row["workshop"], row["question"]) for row in added]
        refuse_unknown(self.name, (" / ".join(pair) for pair in pairs if pair not in questions))
        workshops = {row.code: row for row in Workshop.objects.of(administration)}
        wanted = {(row["workshop"], row["question"], row["round"]) for row in added}
        zone = ZoneInfo(administration.time_zone)
        noon = {c: datetime.combine(w.starts_on, NOON, zone) for c, w in workshops.items()}
        Round.objects.bulk_create(
            (
                Round(
                    workshop=workshops[workshop],
                    question_id=questions[workshop, question],
                    number=number,
                    opened_at=noon[workshop],
                    revealed_at=noon[workshop],
                )
                for workshop, question, number in sorted(wanted - set(rounds(administration)))
            ),
            batch_size=CHUNK,
        )
        super().save(administration, added, changed)


def _listed(text: str | None) -> list[str]:
    return [" ".join(name.split()) for name in (text or "").split(";") if name.strip()]


def refuse_sealed(
    administration: Administration, model: type[models.Model], path: str, rows: Sequence[Row]
) -> None:
    """Refuse rows of workshops that were closed with what they hold."""
    closed = Workshop.objects.of(administration).exclude(closed_on=None)
    held = closed.filter(pk__in=model._default_manager.values(f"{path}_id"))
    sealed = sorted(set(held.values_list("code", flat=True)) & {row["workshop"] for row in rows})
    if sealed:
        words = _("Workshop %(names)s is closed; nothing in it changes any more.")
        raise ValidationError(words, params={"names": ", ".join(sealed)})


def refuse_off_scale(administration: Administration, rows: Sequence[Row]) -> None:
    """Refuse levels that the scale of the workshop's questionnaire does not have."""
    of = Workshop.objects.of(administration).filter(exercise__questionnaires__kind="maturity")
    scales = dict(of.values_list("code", "exercise__questionnaires__scale"))
    off = {
        f"{row['workshop']} / {row['question']}: {row['level']}"
        for row in rows
        if row["level"] is not None and (scale := scales.get(row["workshop"]))
        if row["level"] not in {level["level"] for level in scale}
    }
    refuse_unknown("votes", sorted(off))


IDENTITY = ("code", "version")
_of_question = "domain__questionnaire"
questions_of_exercises = by_codes(
    Question, f"{_of_question}__administration", f"{_of_question}__exercises__code", "code"
)
questions_of_workshops = by_codes(
    Question,
    f"{_of_question}__administration",
    f"{_of_question}__exercises__workshops__code",
    "code",
)
rounds = by_codes(Round, "workshop__administration", "workshop__code", "question__code", "number")
findings_of_exercises = by_codes(Finding, "administration", "exercise__code", "code")
_exercise = Lookup("exercise_id", ("exercise",), by_codes(Exercise, "administration", "code"))
_workshop = Lookup("workshop_id", ("workshop",), by_codes(Workshop, "administration", "code"))
_document = Lookup(
    "document_id",
    ("exercise", "document"),
    by_codes(ReferenceDocument, "administration", "exercise__code", "code"),
)
_finding = Lookup("finding_id", ("exercise", "finding"), findings_of_exercises)
_item = Lookup("question_id", ("exercise", "item"), questions_of_exercises)
_voted = Lookup("question_id", ("workshop", "question"), questions_of_workshops)
_round = Lookup("round_id", ("workshop", "question", "round"), rounds)
_participant = Lookup(
    "participant_id",
    ("workshop", "participant"),
    by_codes(Participant, "workshop__administration", "workshop__code", "code"),
)


OF_EXERCISE = {"exercise": "exercise__code"}
OF_WORKSHOP = {"workshop": "workshop__code"}
OF_FINDING = {"exercise": "finding__exercise__code", "finding": "finding__code"}


def _door(
    name: str,
    model: type[models.Model],
    links: Mapping[str, str],
    *lookups: Lookup,
    owner: str = "administration",
    made: type[CodedTable] = CodedTable,
    only: Q | None = None,
) -> CodedTable:
    """A door whose columns are those of the table; all but the links are fields of the model."""
    table = next(table for table in interchange.TABLES if table.name == name)
    names = [column.name for column in table.columns]
    return made(
        name=name,
        model=model,
        columns={column: links.get(column, column) for column in names},
        plain={column: column for column in names if column not in links},
        key=table.key,
        lookups=lookups,
        owner=owner,
        only=only or Q(),
    )


_votes = {
    "workshop": "round__workshop__code",
    "question": "round__question__code",
    "round": "round__number",
    "participant": "participant__code",
}
_in_exercise = "exercise__administration"
_in_workshop = "workshop__administration"
_in_finding = "finding__administration"
_documents = OF_EXERCISE | {"document": "document__code"}
_settled = OF_WORKSHOP | {"question": "question__code"}
_items = OF_EXERCISE | {"item": "question__code"}

DOORS: tuple[Door, ...] = (
    Questionnaires(),
    Questions(),
    Exercises(),
    _door("exercise_steps", ExerciseStep, OF_EXERCISE, _exercise, owner=_in_exercise),
    _door("workshops", Workshop, OF_EXERCISE, _exercise),
    _door("participants", Participant, OF_WORKSHOP, _workshop, owner=_in_workshop),
    _door("agenda", AgendaItem, OF_WORKSHOP, _workshop, owner=_in_workshop),
    _door(
        "votes",
        Vote,
        _votes,
        _round,
        _participant,
        owner=f"round__{_in_workshop}",
        made=Votes,
        only=~Q(round__question__domain__questionnaire__kind=TABLE),
    ),
    _door(
        "agreements",
        Agreement,
        _settled,
        _workshop,
        _voted,
        owner=_in_workshop,
        made=Agreements,
        only=~Q(question__domain__questionnaire__kind=TABLE),
    ),
    _door("baseline_answers", BaselineAnswer, _items, _exercise, _item, owner=_in_exercise),
    _door("reference_documents", ReferenceDocument, OF_EXERCISE, _exercise),
    ModelTable(
        name="corporate_objectives",
        model=CorporateObjective,
        columns={name: name for name in ("code", "title", "measure", "status", "source")},
        key=("code",),
    ),
    _door("document_reviews", DocumentReview, _documents, _exercise, _document),
    _door("swot", SwotItem, OF_EXERCISE, _exercise),
    _door("interviews", Interview, OF_EXERCISE, _exercise),
    _door("finding_causes", Cause, OF_FINDING, _finding, owner=_in_finding, made=Findings),
    _door(
        "finding_recommendations",
        Recommendation,
        OF_FINDING,
        _finding,
        owner=_in_finding,
        made=Findings,
    ),
)
