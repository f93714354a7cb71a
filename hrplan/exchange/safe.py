"""The one way out for text: what a cell, an XML part, a calendar file or a csv file can't carry."""

import re

FORMULA_SIGNS = "=+-@\t\r＝＋－＠"
ESCAPABLE = re.compile(f"'*[{re.escape(FORMULA_SIGNS)}]")
ESCAPED = re.compile(f"''*[{re.escape(FORMULA_SIGNS)}]")
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CELL_CHARACTERS = 32_767  # the most that a cell of a spreadsheet holds


def xml_safe(text: str) -> str:
    """The text without the characters that XML 1.0 forbids (NUL, VT, BEL, lone surrogates)."""
    return NOT_XML.sub("", text)


def safe_cell(text: str) -> str:
    """The text as a cell of a workbook can hold it; it is written as text, never as a formula."""
    return xml_safe(text).replace("\r\n", "\n").replace("\r", "\n")[:CELL_CHARACTERS]


def csv_safe(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula; `csv_plain` undoes it exactly."""
    return f"'{text}" if ESCAPABLE.match(text) else text


def csv_plain(text: str) -> str:
    """The text as it was before `csv_safe`."""
    return text[1:] if ESCAPED.match(text) else text


def ics_safe(text: str) -> str:
    """The text without control characters, for a property of a calendar file."""
    flat = re.sub(r"\r\n?|[\u2028\u2029]", "\n", text)
    return re.sub("[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]", "", flat)
