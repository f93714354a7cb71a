"""Staff numbers as they were meant: whole numbers without their point, zeros put back in front."""

import re
from collections.abc import Iterator, Mapping
from functools import partial

from hrplan.exchange.faults import Fault, Severity
from hrplan.exchange.grids import Raw
from hrplan.exchange.sheet_scan import column_letters

POINT_ZERO = re.compile(r"([0-9]+)\.0+")
SCIENTIFIC = re.compile(r"([0-9])\.?([0-9]*)[eE]\+?([0-9]{1,2})")
STRAIGHTENED = ("staff", "supervisor")


def straightened(
    rows: Mapping[int, list[Raw]],
    at: Mapping[str, int],
    here: Mapping[str, str],
    sheet: str,
    faults: list[Fault],
) -> None:
    """Write the staff numbers of all rows as text; a warning for each way in which they changed.

    Zeros are put in front where a number here, or all the numbers of the list that begin with a
    zero, show how many digits it has.
    """
    if "staff" not in at:
        return
    digits = _digits(rows, at["staff"])
    short = {code.lstrip("0"): code for code in here if code.isdigit() and code.startswith("0")}
    for name in STRAIGHTENED:
        if name not in at:
            continue
        position = at[name]
        first: dict[str, tuple[int, str, str]] = {}
        count: dict[str, int] = {}
        for number, row in rows.items():
            raw = row[position]
            written, changes = _written(raw, digits, short, here)
            row[position] = written
            for key in changes:
                first.setdefault(key, (number, _shown(raw), str(written)))
                count[key] = count.get(key, 0) + 1
        letters = column_letters(position + 1)
        faults += _told(first, count, partial(_warning, sheet=sheet, name=name, letters=letters))


def _told(
    first: Mapping[str, tuple[int, str, str]], count: Mapping[str, int], make: "partial[Fault]"
) -> Iterator[Fault]:
    for key, (number, value, read) in first.items():
        yield make(key, number, value, {"count": count[key], "read": read})


def _warning(
    key: str, number: int, value: str, params: dict[str, str | int],
    *, sheet: str, name: str, letters: str,
) -> Fault:  # fmt: skip
    return Fault(
        key=key,
        severity=Severity.WARN,
        table="staff_members",
        sheet=sheet,
        row=number,
        column=name,
        cell=f"{letters}{number}",
        value=value,
        params=params,
    )


def _written(
    raw: Raw, digits: int, short: Mapping[str, str], here: Mapping[str, str]
) -> tuple[Raw, list[str]]:
    changes = []
    text = raw.strip() if isinstance(raw, str) else raw
    if isinstance(text, float) and text.is_integer() and 0 <= text < 1e15:
        text, changes = str(int(text)), ["list_number_stored"]
    elif isinstance(text, str) and (found := POINT_ZERO.fullmatch(text)):
        text, changes = found[1], ["list_number_stored"]
    elif isinstance(text, str) and (found := SCIENTIFIC.fullmatch(text)):
        if len(found[2]) != int(found[3]):
            return raw, []  # digits are lost; the reader says so
        text, changes = found[1] + found[2], ["list_number_stored"]
    if isinstance(text, str) and text.isdigit() and text not in here:
        whole = short.get(text.lstrip("0")) or text.zfill(digits)
        if whole != text:
            return whole, ["list_zeros"]
    return text, changes


def _digits(rows: Mapping[int, list[Raw]], position: int) -> int:
    """How many digits the numbers have, where those that begin with a zero agree; else 0."""
    codes = [row[position] for row in rows.values()]
    lengths = {
        len(code.strip())
        for code in codes
        if isinstance(code, str) and code.strip().isdigit() and code.strip().startswith("0")
    }
    return lengths.pop() if len(lengths) == 1 else 0


def _shown(raw: Raw) -> str:
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)[:80]
