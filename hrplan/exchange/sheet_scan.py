"""What the raw XML of one worksheet tells before it is parsed: extent, errors, empty formulas."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hrplan.exchange.faults import Fault
from hrplan.exchange.limits import Limits

CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
PLACED = re.compile(rb"<(?:\w+:)?c\s(?:[^<>]*?\s)?r\s*=\s*[\"']([A-Z]+)([0-9]+)[\"']")
ROW = re.compile(rb"<(?:\w+:)?row\s(?:[^<>]*?\s)?r\s*=\s*[\"']([^\"']*)[\"']")
HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*\bhidden\s*=\s*[\"'](?:1|true)[\"']")
SHARED = re.compile(
    rb"<(?:\w+:)?c\s(?=[^<>]*\bt\s*=\s*[\"']s[\"'])[^<>]*?\br\s*=\s*[\"']([A-Z]+[0-9]+)[\"'][^<>]*>"
    rb"\s*<(?:\w+:)?v>\s*([^<\s]*)"
)
ERROR = re.compile(
    rb"<(?:\w+:)?c\s(?=[^<>]*\bt\s*=\s*[\"']e[\"'])[^<>]*?\br\s*=\s*[\"']([A-Z]+[0-9]+)[\"'][^<>]*>"
    rb"(?:\s*<(?:\w+:)?f[^<>]*>[^<]*</(?:\w+:)?f>|\s*<(?:\w+:)?f[^<>]*/>)?\s*<(?:\w+:)?v>([^<]*)"
)
EMPTY_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s(?![^<>]*\bt\s*=\s*[\"'](?:str|e)[\"'])[^<>]*?\br\s*=\s*[\"']([A-Z]+[0-9]+)[\"']"
    rb"[^<>]*>\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>|</(?:\w+:)?c>)"
)
ANY_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")
ANY_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
END = re.compile(rb"</(?:\w+:)?worksheet\s*>\s*\Z")
LARGEST_SERIAL = 12  # digits of a row number that are still read


@dataclass(frozen=True, slots=True)
class SheetScan:
    """What a worksheet holds that its values don't tell."""

    errors: Mapping[str, str]  # "C7" -> "#REF!"
    formulas: frozenset[str]  # cells with a formula and no result
    hidden_rows: int


def column_number(letters: str) -> int:
    """The number of a column from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """The letters of a column counted from 1: 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def scan_sheet(data: bytes) -> SheetScan:
    """The errors, formulas without result and hidden rows of a worksheet's XML."""
    return SheetScan(
        errors={
            cell.decode(): shown.decode("utf-8", "replace")
            for cell, shown in (ERROR.findall(data) if ANY_ERROR.search(data) else ())
        },
        formulas=frozenset(
            cell.decode()
            for cell in (EMPTY_FORMULA.findall(data) if ANY_FORMULA.search(data) else ())
        ),
        hidden_rows=len(HIDDEN_ROW.findall(data)),
    )


def sheet_faults(data: bytes, sheet: str, strings: int, limits: Limits) -> Iterator[Fault]:
    """What forbids to parse a worksheet: cells too far out, without address, of unknown text."""
    rows = _row_numbers(data)
    if not END.search(data[-200:]):
        yield Fault(key="unreadable", sheet=sheet)
        return
    if rows is None:
        yield Fault(key="cell_address", sheet=sheet)
        return
    placed = PLACED.findall(data)
    if len(placed) < len(CELL.findall(data)):
        yield Fault(key="cell_address", sheet=sheet)
        return
    last_row = max([*map(int, {row[-LARGEST_SERIAL:] for _, row in placed}), *rows], default=0)
    columns = {letters for letters, _ in placed}
    last_column = max((column_number(c[-8:].decode()) for c in columns), default=0)
    if last_row > limits.sheet_rows:
        yield Fault(
            key="rows_too_many",
            sheet=sheet,
            row=last_row,
            params={"count": last_row, "limit": limits.sheet_rows},
        )
    if last_column > limits.columns or last_row * last_column > limits.cells:
        name = column_letters(last_column)
        yield Fault(
            key="columns_too_many",
            sheet=sheet,
            column=name,
            params={"last": name, "limit": limits.columns, "cells": limits.cells},
        )
    yield from _string_faults(data, sheet, strings)


def _row_numbers(data: bytes) -> list[int] | None:
    """The numbers of the rows stated; None where one isn't a number."""
    found = set(ROW.findall(data))
    if any(not row.isdigit() for row in found):
        return None
    return [int(row[-LARGEST_SERIAL:]) for row in found]


def _string_faults(data: bytes, sheet: str, strings: int) -> Iterator[Fault]:
    for cell, index in SHARED.findall(data):
        if not index.isdigit() or len(index) > LARGEST_SERIAL or int(index) >= strings:
            name = cell.decode()
            letters = name.rstrip("0123456789")
            yield Fault(
                key="text_lost",
                sheet=sheet,
                row=int(name[len(letters) :]),
                column=letters,
                cell=name,
                params={"index": index.decode("utf-8", "replace")[:20], "count": strings},
            )
            return
