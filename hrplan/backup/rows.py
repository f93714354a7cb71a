"""One row of a table as one line of JSON, and the line as values again, each checked."""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import DecimalValidator
from django.db import models

WIDEST = 2**63  # whole numbers of a database lie below it on both sides
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
DECODER = json.JSONDecoder()


class BadRow(ValueError):
    """A line that is no row of its table; says which column and why."""


@dataclass(frozen=True, slots=True)
class Codec:
    """How the values of one kind of field are written and read."""

    write: Callable[[Any], Any]
    read: Callable[[models.Field, Any], Any]


class Shape:
    """The columns of a table, each with its codec."""

    def __init__(self, fields: Sequence[models.Field]) -> None:
        self.columns = tuple((field, codec_of(field)) for field in fields)

    def plain(self, values: Sequence[Any]) -> list[Any]:
        """A row as JSON can hold it: a value for each column."""
        return [
            None if value is None else codec.write(value)
            for (_field, codec), value in zip(self.columns, values, strict=True)
        ]

    def line(self, values: Sequence[Any]) -> bytes:
        """A row as one line of JSON."""
        return ENCODER.encode(self.plain(values)).encode() + b"\n"

    def values(self, line: bytes) -> list[Any]:
        """The values of a line, each of its column's kind.

        How long a text may be is left to the database: SQLite keeps longer ones, so a backup
        may too.

        Raises
        ------
        BadRow
            The line is no list of so many values, or one is no value of its column.
        """
        found = plain(line)
        if not isinstance(found, list) or len(found) != len(self.columns):
            raise BadRow(f"not a list of {len(self.columns)} values")
        return [
            _value(field, codec, value)
            for (field, codec), value in zip(self.columns, found, strict=True)
        ]


def plain(line: bytes) -> Any:
    """What a line of JSON says.

    Raises
    ------
    BadRow
        It is none.
    """
    try:
        return DECODER.decode(line.decode())
    except (ValueError, RecursionError) as error:
        raise BadRow("no line of JSON") from error


def codec_of(field: models.Field) -> Codec:
    """How the values of a field are written and read; fails for a kind no table has so far."""
    target = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    for kind, codec in CODECS.items():
        if isinstance(target, kind):
            return codec
    raise TypeError(f"{field}: backups know no {type(field).__name__}")


def _value(field: models.Field, codec: Codec, given: Any) -> Any:
    if given is None:
        if not field.null:
            raise BadRow(f"{field.attname}: empty")
        return None
    try:
        return codec.read(field, given)
    except (ValueError, TypeError, ArithmeticError, ValidationError) as error:
        raise BadRow(f"{field.attname}: no {type(field).__name__}") from error


def _is(given: Any, kind: type) -> Any:
    if type(given) is not kind:
        raise TypeError
    return given


def _json(field: models.Field, given: Any) -> Any:
    return given


def _boolean(field: models.Field, given: Any) -> bool:
    return bool(_is(given, bool))


def _whole(field: models.Field, given: Any) -> int:
    number = int(_is(given, int))
    if not -WIDEST <= number < WIDEST:
        raise ValueError
    return number


def _float(field: models.Field, given: Any) -> float:
    if isinstance(given, bool) or (isinstance(given, float) and not math.isfinite(given)):
        raise TypeError
    return float(given)


def _decimal(field: models.Field, given: Any) -> Decimal:
    if not isinstance(field, models.DecimalField):
        raise TypeError
    number = Decimal(_is(given, str))
    DecimalValidator(field.max_digits, field.decimal_places)(number)
    return number


def _moment(field: models.Field, given: Any) -> datetime:
    found = datetime.fromisoformat(_is(given, str))
    if found.tzinfo is None:
        raise ValueError
    return found


def _day(field: models.Field, given: Any) -> date:
    return date.fromisoformat(_is(given, str))


def _uuid(field: models.Field, given: Any) -> UUID:
    return UUID(_is(given, str))


def _text(field: models.Field, given: Any) -> str:
    text = str(_is(given, str))
    text.encode()  # half a pair of surrogates is no text
    return text


def _same(value: Any) -> Any:
    return value


def _number(value: float) -> float | str:
    return value if math.isfinite(value) else str(value)


CODECS: dict[type[models.Field], Codec] = {  # the first that fits
    models.JSONField: Codec(_same, _json),
    models.BooleanField: Codec(_same, _boolean),
    models.DateTimeField: Codec(datetime.isoformat, _moment),
    models.DateField: Codec(date.isoformat, _day),
    models.DecimalField: Codec(str, _decimal),
    models.FloatField: Codec(_number, _float),
    models.IntegerField: Codec(_same, _whole),
    models.UUIDField: Codec(str, _uuid),
    models.CharField: Codec(_same, _text),
    models.TextField: Codec(_same, _text),
    models.FileField: Codec(str, _text),  # its name; the file goes with all files
}
