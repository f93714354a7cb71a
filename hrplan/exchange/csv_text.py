"""The look at a csv file before its cells are read: size, encoding, separator, quotes."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hrplan.exchange.faults import Fault, Refused, Severity
from hrplan.exchange.limits import DEFAULT, Limits
from hrplan.exchange.packages import OLE
from hrplan.exchange.parts import ZIP
from hrplan.exchange.safe import csv_plain

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
MISREAD = re.compile("[ÂÃ][\u0080-\u00bf]|â€")  # UTF-8 taken for cp1252
SEPARATORS = ",;\t|"
TEXT_CELL = re.compile('="([^"]*)"')  # how some programs keep leading zeros


@dataclass(frozen=True, slots=True)
class CsvText:
    """The rows of a csv file that aren't blank, with their line numbers, and warnings."""

    rows: list[tuple[int, list[str]]]
    delimiter: str
    faults: tuple[Fault, ...]


def csv_rows(path: Path, limits: Limits = DEFAULT, sheet: str = "") -> CsvText:
    """The cells of a csv file as text; `sheet` is how faults call it, if not by the file's name.

    Raises
    ------
    Refused
        The file is too large, no text, of unknown encoding, or its quotes don't match.
    """
    sheet = sheet or path.stem
    text, faults = _decoded(_checked(path, sheet, limits), sheet)
    text, delimiter = _separated(text)
    rows = list(_rows(text, delimiter, sheet, limits))
    return CsvText(rows, delimiter, faults)


def _checked(path: Path, sheet: str, limits: Limits) -> bytes:
    size = path.stat().st_size
    if size > limits.csv_bytes:
        sizes: dict[str, str | int] = {
            "size": f"{size / 1e6:,.1f}",
            "limit": f"{limits.csv_bytes / 1e6:,.1f}",
        }
        raise Refused(Fault(key="file_too_large", sheet=sheet, params=sizes))
    data = path.read_bytes()
    if not data.strip():
        raise Refused(Fault(key="file_empty", sheet=sheet))
    if data.startswith((ZIP, OLE)):
        raise Refused(Fault(key="not_csv", sheet=sheet))
    return data


def _decoded(data: bytes, sheet: str) -> tuple[str, tuple[Fault, ...]]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, sheet), ()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _strictly(data, "cp1252", sheet)
        line = data.count(b"\n", 0, error.start) + 1
        if MISREAD.search(text):
            raise Refused(Fault(key="encoding_mixed", sheet=sheet, row=line)) from error
        shown = text.splitlines()[line - 1][:60] if line <= len(text.splitlines()) else ""
        warning = Fault(
            key="encoding_old", severity=Severity.WARN, sheet=sheet, row=line, value=shown
        )
        return _without_nul(text, sheet), (warning,)
    return _without_nul(text, sheet), ()


def _strictly(data: bytes, encoding: str, sheet: str) -> str:
    try:
        return _without_nul(data.decode(encoding), sheet)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(Fault(key="encoding_unknown", sheet=sheet, row=line)) from error


def _without_nul(text: str, sheet: str) -> str:
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Refused(Fault(key="nul_byte", sheet=sheet, row=line))
    return text


def _separated(text: str) -> tuple[str, str]:
    """The text and its separator: what `sep=` says, else the commonest of the first line with one.

    The line that `sep=` takes stays as a blank one, so that the numbers of the others hold.
    """
    first = re.match(r"\"?sep=(.)\"?(?=\r?\n)", text, re.IGNORECASE)
    if first:
        return text[first.end() :], first[1]
    bare = re.sub('"[^"]*"', "", text[:20_000])
    for line in bare.splitlines():
        if any(sign in line for sign in SEPARATORS):
            return text, max(SEPARATORS, key=line.count)
    return text, ","


def _rows(text: str, delimiter: str, sheet: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for cells in reader:
            number, start = start, reader.line_num + 1
            _within(cells, number, sheet, limits)
            if any(cell.strip() for cell in cells):
                yield number, [_plain(cell) for cell in cells]
    except csv.Error as error:
        key = "field_too_long" if "field larger" in str(error) else "quotes"
        limit = {"limit": limits.field_characters} if key == "field_too_long" else {}
        raise Refused(Fault(key=key, sheet=sheet, row=start, params=limit)) from error


def _within(cells: list[str], number: int, sheet: str, limits: Limits) -> None:
    if number > limits.csv_rows:
        raise Refused(
            Fault(
                key="rows_too_many",
                sheet=sheet,
                row=number,
                params={"count": number, "limit": limits.csv_rows},
            )
        )
    if len(cells) > limits.columns:
        raise Refused(
            Fault(
                key="columns_too_many",
                sheet=sheet,
                row=number,
                params={
                    "last": len(cells),
                    "limit": limits.columns,
                    "cells": limits.cells,
                },
            )
        )
    if any(len(cell) > limits.field_characters for cell in cells):
        raise Refused(
            Fault(
                key="field_too_long",
                sheet=sheet,
                row=number,
                params={"limit": limits.field_characters},
            )
        )


def _plain(cell: str) -> str:
    kept = TEXT_CELL.fullmatch(cell)
    return kept[1] if kept else csv_plain(cell)
