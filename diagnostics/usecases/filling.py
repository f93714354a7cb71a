"""The baseline form filled in, item by item: every value is checked by the kind of its field."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from diagnostics import rules
from diagnostics.models import BaselineAnswer, Exercise, Question
from diagnostics.usecases.baseline import NUMERIC, items_of
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.figures import number
from hrplan.core.models import Member

Place = tuple[str, int]  # `field` or `table.column`, and the line
YES_NO = ("true", "false")
MOST_TEXT, MOST_SOURCE = 4_000, 200


def item_of(exercise: Exercise, code: str) -> Question | None:
    """The item of this code in the baseline form of an exercise."""
    return items_of(exercise).filter(code=code).first()


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
