"""How the sections of this floor write differences, withheld counts and tables of counts."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from competencies.usecases.workforce import CountTable
from hrplan.core.figures import number
from hrplan.documents.alignment import aligned
from hrplan.documents.nodes import Table

WITHHELD = "–"


def shown_count(value: int | None) -> str:
    """A count, or the sign for one that is withheld."""
    return WITHHELD if value is None else number(value)


def withheld_note(limit: int | None, *tables: CountTable) -> str:
    if limit is None or not any(table.withheld for table in tables):
        return ""
    return _(
        "%(sign)s stands for fewer than %(limit)d people, or for a figure from which such a "
        "number could be worked out."
    ) % {"sign": WITHHELD, "limit": limit}


def count_table(
    caption: str, head: str, table: CountTable, limit: int | None, *, key: str = ""
) -> Table:
    """Counts of people with totals on both margins; what is withheld is a dash, explained."""
    rows = [
        (capfirst(row.title), *(shown_count(value) for value in row.values), shown_count(row.total))
        for row in (*table.rows, table.total)
    ]
    rows[-1] = (_("All"), *rows[-1][1:])
    return Table(
        caption,
        (head, *(capfirst(column) for column in table.columns), _("All")),
        tuple(rows),
        align=aligned(1, len(table.columns) + 1),
        total=True,
        note=withheld_note(limit, table),
        key=key,
    )
