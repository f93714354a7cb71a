"""The chart of accounts: kept by the HR officer, asked by costing and by all that shows money."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from hrplan.core.access import require
from hrplan.core.audit import record
from hrplan.core.keeping import save_row
from hrplan.core.models import Administration, Member
from hrplan.core.titles import told
from training_calendar import library, rules, wording
from training_calendar.analysis.costs import ON_LINES
from training_calendar.models import BudgetLine, CostLine


@dataclass(frozen=True, slots=True)
class ChartLine:
    """A line of the chart in the active language, and the keys of the items that fall on it."""

    pk: int
    code: str
    title: str
    items: tuple[str, ...]
    is_travel: bool

    @property
    def item_words(self) -> tuple[str, ...]:
        return tuple(wording.cost_item(item) for item in self.items)


@dataclass(frozen=True, slots=True)
class Chart:
    """The lines of the budget, in the order of their codes."""

    lines: tuple[ChartLine, ...]

    @property
    def of_items(self) -> Mapping[str, str]:
        """Item of cost -> the code of its line."""
        return {item: line.code for line in self.lines for item in line.items}

    @property
    def travel(self) -> Mapping[str, bool]:
        """Code -> whether it is a line of travel."""
        return {line.code: line.is_travel for line in self.lines}

    @property
    def titles(self) -> Mapping[str, str]:
        """Code -> code and title."""
        return {line.code: f"{line.code} {line.title}" for line in self.lines}

    @property
    def unplaced(self) -> tuple[str, ...]:
        """The items that fall on no line, in words."""
        placed = self.of_items
        return tuple(wording.cost_item(item) for item in ON_LINES if item not in placed)

    def words(self, code: str) -> str:
        """A code with what it is for; the code alone where the chart doesn't have it."""
        return self.titles.get(code, code) if code else wording.no_line()


@dataclass(frozen=True, slots=True)
class OffChart:
    """A code that cost lines bear and the chart lacks: how many, and what they sum to [money]."""

    code: str
    n: int
    amount: Decimal

    @property
    def words(self) -> str:
        return self.code or wording.no_line()


def chart(administration: Administration) -> Chart:
    """The chart of accounts in force."""
    rows = BudgetLine.objects.filter(administration=administration).order_by("code")
    return Chart(
        tuple(
            ChartLine(row.pk, row.code, told(row.title), tuple(row.items), row.is_travel)
            for row in rows
        )
    )


def gathered(amounts: Iterable[tuple[str, Decimal]]) -> tuple[OffChart, ...]:
    """Code and amount of cost lines off the chart, summed by code."""
    found: dict[str, OffChart] = {}
    for code, amount in amounts:
        so_far = found.get(code, OffChart(code, 0, Decimal(0)))
        found[code] = OffChart(code, so_far.n + 1, so_far.amount + amount)
    return tuple(found[code] for code in sorted(found))


def off_chart(administration: Administration) -> tuple[OffChart, ...]:
    """Cash of the plan in force on no line of the chart."""
    return gathered(cash_lines(administration).exclude(budget_line__in=codes(administration)))


def cash_lines(administration: Administration) -> QuerySet[CostLine, tuple[str, Decimal]]:
    """Budget line and amount of the cost lines of the plan in force, but the worth of time."""
    rows = CostLine.objects.filter(
        intervention__plan__administration=administration,
        intervention__plan__is_current=True,
        is_opportunity=False,
    )
    return rows.values_list("budget_line", "amount").order_by("pk")


def codes(administration: Administration) -> QuerySet[BudgetLine, str]:
    """The codes of the chart."""
    rows = BudgetLine.objects.filter(administration=administration).order_by()
    return rows.values_list("code", flat=True)


@transaction.atomic
def add_line(administration: Administration, *, by: Member, **fields: Any) -> BudgetLine:
    """Enter a line. Refused where an item of it stands on another line."""
    require(rules.can_plan(by) and by.administration_id == administration.pk)
    _hold(administration)
    fresh = BudgetLine(administration=administration)
    made: BudgetLine = save_row(fresh, fields, "add", by=by)
    return made


@transaction.atomic
def change_line(row: BudgetLine, *, by: Member, **fields: Any) -> BudgetLine:
    """Change a line. Cost lines that are written keep the code they were written with."""
    require(rules.can_keep_line(by, row))
    _hold(row.administration)
    saved: BudgetLine = save_row(row, fields, "change", by=by)
    return saved


@transaction.atomic
def remove_line(row: BudgetLine, *, by: Member) -> None:
    """Take a line off the chart. Cost lines keep its code, and are told to be off the chart."""
    require(rules.can_keep_line(by, row))
    record("remove", row, by=by)
    row.delete()


def _hold(administration: Administration) -> None:
    """Nobody else changes the chart meanwhile: an item falls on one line at most."""
    Administration.objects.select_for_update().get(pk=administration.pk)


def begin_chart(administration: Administration) -> None:
    """Give an administration the lines that everyone begins with."""
    BudgetLine.objects.bulk_create(
        BudgetLine(
            administration=administration,
            code=line.code,
            title=line.title,
            items=list(line.items),
            is_travel=line.is_travel,
        )
        for line in library.accounts()
    )
