"""What is known before the workshop: the register of documents and the baseline form."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from diagnostics import rules
from diagnostics.models import BaselineAnswer, Exercise, Question, Questionnaire, ReferenceDocument
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.figures import day, number
from hrplan.core.models import Member

NUMERIC = frozenset({"integer", "number", "money"})
"""Kinds of fields whose values are numbers."""
YEAR_DIGITS = 4  # a number no longer than a year is written without a separator


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
    numeric: tuple[bool, ...] = ()  # whether each column holds numbers

    @property
    def heads(self) -> tuple[tuple[str, bool], ...]:
        """Each column with whether it holds numbers."""
        return tuple(zip(self.columns, self.numeric, strict=True))

    @property
    def cells(self) -> tuple[tuple[tuple[str, bool], ...], ...]:
        """Each line, cell by cell with whether its column holds numbers."""
        return tuple(tuple(zip(line, self.numeric, strict=True)) for line in self.lines)

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
    def facts(self) -> tuple[BaselineField, ...]:
        """The fields that are no table."""
        return tuple(one for one in self.fields if not one.columns)

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


def document_register(exercise: Exercise) -> DocumentRegister:
    """The documents that the diagnostic asks for, in the order of their numbers."""
    titles = {
        code: title
        for questionnaire in exercise.questionnaires.prefetch_related("domains")
        for code, title in ((d.code, d.title) for d in questionnaire.domains.all())
    }
    rows = tuple(
        RegisterLine(document, titles.get(document.domain, document.domain))
        for document in ReferenceDocument.objects.filter(exercise=exercise).select_related("review")
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
        domain__questionnaire__exercises=exercise,
        domain__questionnaire__kind=Questionnaire.Kind.BASELINE,
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
                fields=tuple(
                    _field(one, given.get(question.pk, {}), exercise.administration.currency)
                    for one in question.fields
                ),
                source="; ".join(sources.get(question.pk, [])),
            )
            for question in questions
        ),
    )


def _field(
    field: dict[str, Any], given: dict[tuple[str, int], str], currency: str
) -> BaselineField:
    columns = field["columns"]
    paths = [f"{field['code']}.{column['code']}" for column in columns]
    lines = sorted({line for path, line in given if path in paths})
    return BaselineField(
        label=field["label"],
        kind=field["kind"],
        unit=_unit(field, currency),
        value=_in_words(field, given.get((field["code"], 1), "")),
        columns=tuple(_head(column, currency) for column in columns),
        numeric=tuple(column["kind"] in NUMERIC for column in columns),
        lines=tuple(
            tuple(
                _in_words(column, given.get((path, line), ""))
                for column, path in zip(columns, paths, strict=True)
            )
            for line in lines
        ),
    )


def _unit(field: dict[str, Any], currency: str) -> str:
    return currency if field["kind"] == "money" else field["unit"] or ""


def _head(column: dict[str, Any], currency: str) -> str:
    """The title of a column with the unit of its numbers, where the title doesn't say it."""
    unit = _unit(column, currency)
    told = unit.lower() in column["label"].lower()
    return column["label"] if told or not unit else f"{column['label']} ({unit})"


def _in_words(field: dict[str, Any], value: str) -> str:
    """A stored value as a reader sees it: choices by label, yes and no, numbers and dates."""
    if field["kind"] == "date" and value:
        return day(date.fromisoformat(value))
    if value.isdigit() and len(value) > YEAR_DIGITS:
        return number(int(value))
    labels = {choice["code"]: choice["label"] for choice in field["choices"]}
    if field["kind"] == "boolean" and value:
        return _("yes") if value.lower() in {"true", "yes", "1"} else _("no")
    return labels.get(value, value)
