"""What the rows of a file mean together, beyond keys and references."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from hrplan.exchange.check import Rows, row_fault
from hrplan.exchange.faults import Fault
from hrplan.strategy import wording
from hrplan.strategy.analysis.money import is_product


def amounts_are_products(tables: Rows) -> Iterator[Fault]:
    """The amount of a cost line is its quantity times its rate."""
    for row in tables.get("strategy_costs", ()):
        stated = [row.values.get(name) for name in ("quantity", "rate", "amount")]
        known = [value for value in stated if isinstance(value, Decimal)]
        if len(known) == len(stated) and not is_product(*known):
            yield row_fault(
                row, "strategy_costs", "amount", "told",
                reason=wording.not_the_product(*known),
                advice=_("Correct the row and send the file again."),
            )  # fmt: skip


CHECKS = (amounts_are_products,)
