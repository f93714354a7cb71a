"""How the chart of accounts stands in the database, and what its rows mean together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hrplan.core.models import Administration
from hrplan.core.tables import ModelTable, Row, same
from hrplan.exchange import rows as exchange
from hrplan.exchange.check import Rows, row_fault
from hrplan.exchange.faults import Fault
from training_calendar import wording
from training_calendar.analysis.costs import ON_LINES, twice_placed
from training_calendar.models import BudgetLine

TABLE = "budget_lines"


@dataclass(frozen=True)
class ChartTable(ModelTable):
    """The lines of the budget; refuses an item that would stand on two of them, naming both."""

    def save(
        self, administration: Administration, added: Sequence[Row], changed: Sequence[Row]
    ) -> None:
        super().save(administration, added, changed)
        lines = self.queryset(administration).order_by("code").values_list("code", "items")
        for item, one, other in twice_placed(lines):
            words = _(
                "“%(item)s” would stand on the budget lines %(one)s and %(other)s; nothing was "
                "taken in. Put both lines into the file, the item on one of them."
            )
            values = {"item": wording.cost_item(item), "one": one, "other": other}
            raise ValidationError(words % values)


def items_are_known(tables: Rows) -> Iterator[Fault]:
    """The items of a line are those of the cost model."""
    for row in tables.get(TABLE, ()):
        for item in _items(row):
            if item not in ON_LINES:
                yield row_fault(
                    row, TABLE, "items", "told",
                    reason=wording.no_cost_item(item),
                    advice=_("It may be one of: %(items)s.") % {"items": ", ".join(ON_LINES)},
                )  # fmt: skip


def items_stand_once(tables: Rows) -> Iterator[Fault]:
    """An item stands on one line of the file at most."""
    rows = tables.get(TABLE, ())
    words = _("“%(item)s” stands on the budget line %(line)s in row %(row)s already.")
    for item, first, row in twice_placed((row, _items(row)) for row in rows):
        values = {"item": item, "line": first.values["budget_line"], "row": first.number}
        yield row_fault(
            row, TABLE, "items", "told",
            reason=words % values,
            advice=_("Leave it on one of the two lines."),
        )  # fmt: skip


def _items(row: exchange.Row) -> list[str]:
    parts = str(row.values.get("items") or "").split(";")
    return [part.strip() for part in parts if part.strip()]


DOOR = ChartTable(
    TABLE,
    BudgetLine,
    {"budget_line": "code", **same("title", "items", "is_travel")},
    ("budget_line",),
    lists=frozenset({"items"}),
)
CHECKS = (items_are_known, items_stand_once)
