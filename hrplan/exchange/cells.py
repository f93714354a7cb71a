"""Raw cells become values of a column's kind, or the reason why they can't."""

import datetime as dt
import re
from decimal import Decimal
from difflib import get_close_matches

from hrplan.exchange.clean import (
    CONTROL,
    DIRECTION,
    INVISIBLE,
    JOINER,
    clean_text,
    header_form,
    mixed_scripts,
    plain_spaces,
)
from hrplan.exchange.dates import date_of
from hrplan.exchange.grids import Broken, Other, Raw
from hrplan.exchange.numbers import EMPTY_WORDS, Unread, number_of
from hrplan.exchange.spec import Column, Kind, Value

YES = {"yes", "y", "true", "t", "1", "x", "✓", "✔", "☑"}
NO = {"no", "n", "false", "f", "0", "✗", "✘", "☐"}
SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?[eE]\+[0-9]+")
POINT_ZERO = re.compile(r"([0-9]+)\.0+")
SHOWN = 80  # characters of a value that a fault shows

Read = tuple[Value, tuple[str, ...]]


def value_of(column: Column, raw: Raw, *, decimal_comma: bool = False) -> Read:
    """The value of a cell that isn't empty, and the keys of warnings.

    Raises
    ------
    Unread
        The cell holds nothing of the column's kind, or lies outside its limits.
    """
    if isinstance(raw, Broken):
        raise Unread("cell_error", error=raw.shown) if raw.shown else Unread("formula_empty")
    if isinstance(raw, Other) or raw is None:
        raise Unread("cell_kind")
    if column.kind is Kind.TEXT:
        return _text(column, raw)
    if column.kind is Kind.CODE:
        return _code(column, raw)
    if column.kind is Kind.INTEGER or column.kind is Kind.DECIMAL:
        return _number(column, raw, decimal_comma)
    if column.kind is Kind.DATE:
        return _date(column, raw)
    if column.kind is Kind.BOOLEAN:
        return _boolean(raw)
    return _choice(column, raw)


def shown(raw: Raw) -> str:
    """A cell as a fault shows it, cut where it is long."""
    if isinstance(raw, Broken | Other):
        return raw.shown
    if isinstance(raw, bool):
        return str(raw).upper()
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    text = "" if raw is None else str(raw)
    plain = "".join(sign if sign.isprintable() else "\u2423" for sign in text)
    return plain if len(plain) <= SHOWN else f"{plain[:SHOWN]}…"


def _text(column: Column, raw: str | float | bool | dt.date) -> Read:
    if not isinstance(raw, str):
        warnings = ("text_was_date",) if isinstance(raw, dt.date) else ()
        return shown(raw), warnings
    notes: list[str] = []
    text = clean_text(raw, notes.append)
    if len(text) > column.max_length:
        raise Unread("text_too_long", length=len(text), limit=column.max_length)
    return text or None, tuple(dict.fromkeys(notes))


def _code(column: Column, raw: str | float | bool | dt.date) -> Read:
    if isinstance(raw, dt.date):
        raise Unread("code_became_date")
    if isinstance(raw, float):
        if not raw.is_integer():
            raise Unread("code_fraction")
        if abs(raw) >= 1e15:
            raise Unread("code_scientific")
        return str(int(raw)), ("code_was_number",)
    text = raw if isinstance(raw, str) else shown(raw)
    if not (text.isascii() and text.isprintable()):
        if any(p.search(text) for p in (CONTROL, INVISIBLE, DIRECTION, JOINER)):
            raise Unread("code_invisible")
        text = clean_text(text, lambda key: None)
    text = plain_spaces(text)
    if len(text) > column.max_length:
        raise Unread("text_too_long", length=len(text), limit=column.max_length)
    if found := POINT_ZERO.fullmatch(text):
        return found[1], ("code_was_number",)
    if SCIENTIFIC.fullmatch(text):
        raise Unread("code_scientific")
    return text or None, ("look_alike",) if mixed_scripts(text) else ()


def _number(column: Column, raw: str | float | bool | dt.date, decimal_comma: bool) -> Read:
    if isinstance(raw, bool | dt.date):
        raise Unread("number_was_date" if isinstance(raw, dt.date) else "not_a_number")
    if isinstance(raw, str) and not raw.strip():
        return None, ()
    number, warning = number_of(raw, decimal_comma=decimal_comma)
    warnings = (warning,) if warning else ()
    if column.kind is Kind.INTEGER:
        if number != number.to_integral_value():
            raise Unread("not_whole")
        return _within(column, int(number)), warnings
    return _within(column, number), warnings


def _date(column: Column, raw: str | float | bool | dt.date) -> Read:
    if isinstance(raw, bool):
        raise Unread("not_a_date")
    if isinstance(raw, str) and not raw.strip():
        return None, ()
    date, warning = date_of(raw)
    return _within(column, date), (warning,) if warning else ()


def _within(column: Column, value: int | Decimal | dt.date) -> Value:
    low, high = column.minimum, column.maximum
    if low is not None and value < low:  # type: ignore[operator]
        raise Unread("too_small", limit=str(low))
    if high is not None and value > high:  # type: ignore[operator]
        raise Unread("too_great", limit=str(high))
    return value


def _boolean(raw: str | float | bool | dt.date) -> Read:
    if isinstance(raw, bool):
        return raw, ()
    word = plain_spaces(shown(raw)).casefold()
    if word in YES | NO:
        return word in YES, ()
    if not word:
        return None, ()
    raise Unread("word_for_empty" if word in EMPTY_WORDS else "not_yes_or_no")


def _choice(column: Column, raw: str | float | bool | dt.date) -> Read:
    word = shown(raw)
    wanted = header_form(word)
    if not wanted:
        return None, ()
    forms = {header_form(choice): choice for choice in column.choices}
    if wanted in forms:
        return forms[wanted], ()
    choices = ", ".join(column.choices)
    near = get_close_matches(wanted, forms, n=1, cutoff=0.7)
    if near:
        raise Unread("choice_near", near=forms[near[0]], choices=choices)
    raise Unread("not_a_choice", choices=choices)
