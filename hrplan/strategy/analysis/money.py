"""Costs of a strategy added up: by year, budget line, funding and source, and what goes on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class CostLine:
    """One amount: fiscal year, budget line, how it is funded, who pays, whether it goes on."""

    fiscal_year: str
    budget_line: str
    title: str
    funding: str
    source: str
    amount: Decimal
    is_recurrent: bool = False
    is_training: bool = False
    initiative: str = ""


@dataclass(frozen=True, slots=True)
class CrossRow:
    """Amounts of one key in each year, and their sum."""

    key: str
    amounts: tuple[Decimal, ...]
    total: Decimal


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Amounts by key and year with both margins; `rows` in the order of their keys."""

    years: tuple[str, ...]
    rows: tuple[CrossRow, ...]
    total: CrossRow


def by_year(lines: Iterable[CostLine], by: str, years: Sequence[str]) -> CrossTable:
    """Add lines up by one of their attributes and by year; `years` are the columns.

    Raises
    ------
    ValueError
        A line lies in a year that isn't among the columns: its money would be lost.
    """
    place = {year: index for index, year in enumerate(years)}
    sums: dict[str, list[Decimal]] = {}
    for line in lines:
        if line.fiscal_year not in place:
            raise ValueError(f"{line.title} lies in {line.fiscal_year}, which is no column")
        row = sums.setdefault(str(getattr(line, by)), [NOTHING] * len(years))
        row[place[line.fiscal_year]] += line.amount
    rows = tuple(
        CrossRow(key, tuple(amounts), sum(amounts, NOTHING))
        for key, amounts in sorted(sums.items())
    )
    columns = tuple(
        sum((row.amounts[index] for row in rows), NOTHING) for index in range(len(years))
    )
    return CrossTable(tuple(years), rows, CrossRow("", columns, sum(columns, NOTHING)))


def years_of(lines: Iterable[CostLine]) -> tuple[str, ...]:
    """The fiscal years that have a line, in order."""
    return tuple(sorted({line.fiscal_year for line in lines}))


def recurrent_tail(lines: Iterable[CostLine]) -> Decimal:
    """What goes on each year after the last one: the recurrent lines of that last year.

    A recurrent line of an earlier year that isn't repeated in the last one has ended.
    """
    known = tuple(lines)
    years = years_of(known)
    if not years:
        return NOTHING
    last = (line for line in known if line.fiscal_year == years[-1] and line.is_recurrent)
    return sum((line.amount for line in last), NOTHING)
