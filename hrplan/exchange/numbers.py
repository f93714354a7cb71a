"""Cells read as numbers, with what speaks against them."""

import re
from decimal import Decimal

from hrplan.exchange.clean import plain_spaces

DIGITS = 15  # what a spreadsheet keeps of a number
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?")
GROUPED = re.compile(r"[+-]?[0-9]{1,3}((,[0-9]{3}){2,}|(,[0-9]{3})+(?=\.))(\.[0-9]+)?")
DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+,([0-9]{1,2}|[0-9]{4,})")
GROUP_OR_COMMA = re.compile(r"[+-]?[0-9]{1,3},[0-9]{3}")
WITH_WORDS = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)\s*[^\w\s.,]*\s*[^\W\d_].*")
PERCENT = re.compile(r"[+-]?[0-9.,]+\s?%")
MONEY = re.compile(r"[+-]?([A-Z]{0,3}[$€£¥]|[A-Z]{3})\s?[0-9][0-9.,\s]*|[0-9][0-9.,\s]*\s?[$€£¥]")
NOT_FINITE = {"nan", "inf", "infinity", "-inf", "-infinity", "+inf", "+infinity"}
EMPTY_WORDS = {
    "n/a",
    "na",
    "none",
    "null",
    "nil",
    "-",
    "–",
    "—",
    "?",
    "unknown",
    "tbd",
    "undefined",
}


class Unread(Exception):
    """A cell that can't be read; `key` says why, `params` fill the words."""

    def __init__(self, key: str, **params: str | int) -> None:
        self.key = key
        self.params = params
        super().__init__(key)


def number_of(raw: str | float, *, decimal_comma: bool) -> tuple[Decimal, str]:
    """The number of a cell, and the key of a warning or nothing.

    Raises
    ------
    Unread
        It is no number, or could be read in two ways, or is too large or too long.
    """
    if isinstance(raw, float):
        return _bounded(Decimal(repr(raw))), ""
    text = plain_spaces(raw)
    if NUMBER.fullmatch(text):
        return _bounded(Decimal(text)), ""
    if GROUPED.fullmatch(text):
        return _bounded(Decimal(text.replace(",", ""))), "number_grouped"
    if DECIMAL_COMMA.fullmatch(text) or (decimal_comma and GROUP_OR_COMMA.fullmatch(text)):
        return _bounded(Decimal(text.replace(",", "."))), "decimal_comma"
    raise _why_not(text)


def _bounded(number: Decimal) -> Decimal:
    if not number.is_finite():
        raise Unread("not_finite")
    if number.adjusted() >= DIGITS:
        raise Unread("number_too_large", digits=DIGITS)
    if number and (len(number.normalize().as_tuple().digits) > 17 or number.adjusted() < -30):
        raise Unread("number_too_long", digits=DIGITS)
    return number + 0 if number else Decimal(0)


def _why_not(text: str) -> Unread:
    words = WITH_WORDS.fullmatch(text)
    if text.casefold() in EMPTY_WORDS:
        return Unread("word_for_empty")
    if text.casefold() in NOT_FINITE:
        return Unread("not_finite")
    if GROUP_OR_COMMA.fullmatch(text):
        joined, dotted = text.replace(",", ""), text.replace(",", ".")
        return Unread("number_ambiguous", joined=joined, dotted=dotted)
    if PERCENT.fullmatch(text):
        return Unread("percent")
    if MONEY.fullmatch(text):
        return Unread("money_sign")
    if words:
        return Unread("number_with_words", number=words[1])
    return Unread("not_a_number")
