"""Costs of a strategy added up: by year, budget line, funding and source, and what goes on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

NOTHING = Decimal(0)
CENT = Decimal("0.01")
DONOR = "donor"


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
class LeftLine:
    """A recurrent item that ends with its donor: nobody pays for it in a later year.

    last_year : the last fiscal year in which the donor pays; amount : what it pays then [money]
    """

    title: str
    source: str
    last_year: str
    amount: Decimal
    initiative: str


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


def left_by_donors(lines: Iterable[CostLine]) -> tuple[LeftLine, ...]:
    """Recurrent items that a donor pays before the last year and no later line goes on with.

    `recurrent_tail` takes them as ended. A line goes on with an item where it has the same
    initiative and title, in any case of letters, whoever pays it and whether it recurs or not.
    Several donors of one item are told apart.

    Source
    ------
    docs/methods/costs.md, "What donors leave behind".
    """
    known = tuple(lines)
    years = years_of(known)
    until: dict[tuple[str, str], str] = {}
    for line in known:
        until[_item(line)] = max(line.fiscal_year, until.get(_item(line), ""))
    sums: dict[tuple[str, str, str], Decimal] = {}
    shown: dict[tuple[str, str, str], CostLine] = {}
    for line in known:
        last = until[_item(line)]
        if line.is_recurrent and line.funding == DONOR and line.fiscal_year == last < years[-1]:
            key = (*_item(line), line.source)
            shown.setdefault(key, line)
            sums[key] = sums.get(key, NOTHING) + line.amount
    return tuple(
        LeftLine(line.title, line.source, line.fiscal_year, sums[key], line.initiative)
        for key, line in sorted(shown.items())
    )


def _item(line: CostLine) -> tuple[str, str]:
    return line.initiative, line.title.strip().casefold()


def is_product(quantity: Decimal, rate: Decimal, amount: Decimal) -> bool:
    """Whether an amount is quantity times rate, to a cent."""
    return abs(quantity * rate - amount) <= CENT
