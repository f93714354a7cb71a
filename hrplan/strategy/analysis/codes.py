"""Codes of rows that people number themselves, such as SO7 or A25."""

import re
from collections.abc import Iterable

_NUMBERED = re.compile(r"(.*?)(\d+)")


def next_code(codes: Iterable[str], *, first: str) -> str:
    """The code after the highest one: same letters, same number of figures at least.

    codes : those in use; one that doesn't end in a number is passed over
    first : the code where none is numbered, such as "SO1"
    """
    found = [match for code in codes if (match := _NUMBERED.fullmatch(code))]
    if not found:
        return first
    last = max(found, key=lambda match: int(match[2]))
    return f"{last[1]}{int(last[2]) + 1:0{len(last[2])}d}"
