"""The baseline form of an exercise: read item by item, and filled in.

Every value is checked by the kind of its field; a field that is left empty is unknown, not zero.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from diagnostics import rules
from diagnostics.models import BaselineAnswer, Exercise, Question, Questionnaire
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.figures import day, number
from hrplan.core.models import Member

Place = tuple[str, int]  # `field` or `table.column`, and the line

NUMERIC = frozenset({"integer", "number", "money"})
"""Kinds of fields whose values are numbers."""
YEAR_DIGITS = 4  # a number no longer than a year is written without a separator
YES_NO = ("true", "false")
MOST_TEXT, MOST_SOURCE = 4_000, 200


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
    questions = list(_items(exercise))
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


def _items(exercise: Exercise) -> QuerySet[Question]:
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
        label=field["label"],
        kind=field["kind"],
        unit=unit_of(field, currency),
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


def _head(column: dict[str, Any], currency: str) -> str:
    """The title of a column with the unit of its numbers, where the title doesn't say it."""
    unit = unit_of(column, currency)
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


def item_of(exercise: Exercise, code: str) -> Question | None:
    """The item of this code in the baseline form of an exercise."""
    return _items(exercise).filter(code=code).first()


def answers_of(exercise: Exercise, item: Question) -> tuple[dict[Place, str], str]:
    """The values given to an item as they are stored, and where they come from."""
    rows = BaselineAnswer.objects.filter(exercise=exercise, question=item)
    given = {(row.field, row.line): row.value for row in rows}
    sources = dict.fromkeys(row.source for row in rows if row.source)
    return given, "; ".join(sources)


@transaction.atomic
def fill_item(
    exercise: Exercise,
    item: Question,
    values: Mapping[Place, str],
    *,
    source: str = "",
    by: Member,
) -> None:
    """Write what is known of an item in the place of what was; lines left empty close up.

    All values that don't fit their field are refused at once, each at its `place_name`.
    """
    require(rules.can_prepare(by) and by.administration_id == exercise.administration_id)
    kinds = dict(fields_of(item))
    given = {place: value.strip() for place, value in values.items() if value.strip()}
    faults = {
        place_name(place): word
        for place, value in given.items()
        if (word := _fault(kinds.get(place[0]), value))
    }
    if len(source) > MOST_SOURCE:
        faults["source"] = _("This is longer than %(most)d signs.") % {"most": MOST_SOURCE}
    if faults:
        raise ValidationError(faults)
    BaselineAnswer.objects.filter(exercise=exercise, question=item).delete()
    BaselineAnswer.objects.bulk_create(
        BaselineAnswer(
            exercise=exercise, question=item, field=path, line=line, value=value, source=source
        )
        for (path, line), value in _closed_up(given)
    )
    audit.record("fill in", exercise, by=by, fields=[f"baseline {item.code}"])


def place_name(place: Place) -> str:
    """A place as forms and refusals name it, such as `years.granted.2`."""
    return f"{place[0]}.{place[1]}"


def fields_of(item: Question) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field that takes a value, with its path; a table has one for each column."""
    for field in item.fields:
        for column in field["columns"]:
            yield f"{field['code']}.{column['code']}", column
        if not field["columns"]:
            yield field["code"], field


def _closed_up(given: Mapping[Place, str]) -> Iterable[tuple[Place, str]]:
    """The values with the lines of each table numbered from 1 without a gap."""
    tables: dict[str, set[int]] = {}
    for path, line in given:
        tables.setdefault(path.partition(".")[0], set()).add(line)
    for (path, line), value in given.items():
        lines = sorted(tables[path.partition(".")[0]])
        yield (path, lines.index(line) + 1), value


def _fault(field: Mapping[str, Any] | None, value: str) -> str:
    """What is wrong with a value for its field; "" where it fits."""
    if field is None:
        return _("The form has no such field.")
    kind = field["kind"]
    if kind in NUMERIC:
        return _number_fault(field, value)
    if kind == "date":
        return "" if _is_day(value) else _("Write the date as 2016-02-12.")
    known = {"choice": [one["code"] for one in field["choices"]], "boolean": list(YES_NO)}
    if kind in known and value not in known[kind]:
        return _("Choose one of these: %(known)s.") % {"known": ", ".join(known[kind])}
    if len(value) > MOST_TEXT:
        return _("This is longer than %(most)d signs.") % {"most": MOST_TEXT}
    return ""


def _number_fault(field: Mapping[str, Any], value: str) -> str:
    if field["kind"] == "integer" and not re.fullmatch(r"-?\d{1,15}", value):
        return _("Write a whole number without separators.")
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", value):
        return _("Write a number with a point and without separators, such as 1250.5.")
    low, high = field["minimum"], field["maximum"]
    if low is not None and Decimal(value) < Decimal(str(low)):
        return _("This is less than %(limit)s.") % {"limit": number(low)}
    if high is not None and Decimal(value) > Decimal(str(high)):
        return _("This is more than %(limit)s.") % {"limit": number(high)}
    return ""


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
