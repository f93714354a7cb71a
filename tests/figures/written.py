"""How a recomputed figure is written, apart from the code that writes the documents."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hrplan.core.models import Administration

Row = tuple[str, ...]
# Of an administration and the code of a family's table: the cells it should print, in any order.
Maker = Callable[[Administration, str], Iterable[Row]]


@dataclass(frozen=True)
class Again:
    """What a table prints in some of its columns, worked out from rows.

    columns : places of the columns; none are all of them
    withholds : small counts are withheld, and small rows left out or told together
    only : first cells of the rows that hold figures, where others hold words alone
    shown : what of a cell is compared
    """

    columns: tuple[int, ...]
    rows: Maker
    withholds: bool = False
    only: frozenset[str] = frozenset()
    shown: Callable[[str], str] = str


def num(value: Any, places: int = 0) -> str:
    """Rounded half up and grouped."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{abs(exact) if exact.is_zero() else exact:,}"


def pct(part: Any, whole: Any, places: int = 0) -> str:
    """A share in per cent."""
    return f"{num(100 * float(part) / float(whole), places)} %"


def big(words: str) -> str:
    """With a capital at its head."""
    return words[:1].upper() + words[1:]


def crossed(cells: Iterable[tuple[str, str, Any]], all_of: str) -> list[Row]:
    """Amounts by name and year with both margins, of (name, year, amount)."""
    sums: dict[str, dict[str, float]] = {}
    for name, year, amount in cells:
        row = sums.setdefault(name, {})
        row[year] = row.get(year, 0.0) + float(amount)
    years = sorted({year for row in sums.values() for year in row})
    rows = [_line(name, [row.get(year, 0.0) for year in years]) for name, row in sums.items()]
    return [*rows, _line(all_of, [sum(r.get(year, 0) for r in sums.values()) for year in years])]


def _line(name: str, amounts: list[float]) -> Row:
    return (name, *(num(amount) for amount in amounts), num(sum(amounts)))
