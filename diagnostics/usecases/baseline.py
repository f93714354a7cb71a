"""The baseline form of an exercise with its answers; what has none is unknown, not zero."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from diagnostics.models import BaselineAnswer, Exercise, Question, Questionnaire
from diagnostics.usecases import titled
from hrplan.core.figures import day, number
from hrplan.core.titles import told

NUMERIC = frozenset({"integer", "number", "money"})
"""Kinds of fields whose values are numbers."""
DECIMALS = re.compile(r"-?[0-9]+\.([0-9]+)")
YEAR_DIGITS = 4  # a number no longer than a year is written without a separator


@dataclass(frozen=True, slots=True)
class BaselineField:
    """One field of an item: a value, or a table with columns and lines."""

    code: str
    label: str
    kind: str
    unit: str
    value: str  # in words; "" where unknown
    columns: tuple[str, ...]
    column_codes: tuple[str, ...]
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


def baseline(exercise: Exercise) -> Baseline:
    """The baseline form with its answers; fields without an answer are unknown."""
    given: dict[int, dict[tuple[str, int], str]] = {}
    sources: dict[int, list[str]] = {}
    answers = BaselineAnswer.objects.filter(exercise=exercise)
    names = ("question_id", "field", "line", "value", "source")
    for question, field, line, value, source in answers.values_list(*names):
        given.setdefault(question, {})[field, line] = value
        if source and source not in sources.setdefault(question, []):
            sources[question].append(source)
    questions = list(items_of(exercise))
    return Baseline(
        title=titled.domain_title(questions[0].domain) if questions else "",
        items=tuple(
            BaselineItem(
                code=question.code,
                title=titled.question_title(question),
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


def items_of(exercise: Exercise) -> QuerySet[Question]:
    """The items of the baseline form of an exercise."""
    return Question.objects.filter(
        domain__questionnaire__exercises=exercise,
        domain__questionnaire__kind=Questionnaire.Kind.BASELINE,
    ).select_related("domain__questionnaire")


def _field(
    field: dict[str, Any], given: dict[tuple[str, int], str], currency: str
) -> BaselineField:
    columns = field["columns"]
    paths = [f"{field['code']}.{column['code']}" for column in columns]
    lines = sorted({line for path, line in given if path in paths})
    return BaselineField(
        code=field["code"],
        label=_label(field),
        kind=field["kind"],
        unit=told(unit_of(field, currency)),
        value=_in_words(field, given.get((field["code"], 1), "")),
        columns=tuple(_head(column, currency) for column in columns),
        column_codes=tuple(column["code"] for column in columns),
        numeric=tuple(column["kind"] in NUMERIC for column in columns),
        lines=tuple(
            tuple(
                _in_words(column, given.get((path, line), ""))
                for column, path in zip(columns, paths, strict=True)
            )
            for line in lines
        ),
    )


def unit_of(field: Mapping[str, Any], currency: str) -> str:
    """The unit of a field; of money the currency."""
    return currency if field["kind"] == "money" else field["unit"] or ""


def _label(field: Mapping[str, Any]) -> str:
    """What a field, a column or a choice is called."""
    return titled.translated(field["label"], field.get("translations", {}), "label")


def _head(column: dict[str, Any], currency: str) -> str:
    """The title of a column with the unit of its numbers, where the title doesn't say it."""
    unit, label = unit_of(column, currency), _label(column)
    is_told = unit.lower() in column["label"].lower()
    return label if is_told or not unit else f"{label} ({told(unit)})"


def _in_words(field: dict[str, Any], value: str) -> str:
    """A stored value as a reader sees it: choices by label, yes and no, numbers and dates."""
    if field["kind"] == "date" and value:
        return day(date.fromisoformat(value))
    if value.isdigit() and len(value) > YEAR_DIGITS:
        return number(int(value))
    if field["kind"] in NUMERIC and (found := DECIMALS.fullmatch(value)):
        return number(Decimal(value), len(found[1]))
    labels = {choice["code"]: _label(choice) for choice in field["choices"]}
    if field["kind"] == "boolean" and value:
        return _("yes") if value.lower() in {"true", "yes", "1"} else _("no")
    return labels.get(value, value)
