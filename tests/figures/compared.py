"""What a document prints beside what its rows give."""

from collections.abc import Sequence

from hrplan.core.models import Administration
from hrplan.documents.behind import table_behind
from hrplan.documents.nodes import Chart, Table
from tests.figures import (
    ahead,
    assistance,
    computed,
    cover,
    dates,
    diagnosis,
    forms,
    gaps,
    lists,
    people,
    plan,
    records,
    scenarios,
    strategy,
    votes,
)
from tests.figures.written import Again, Row

PARTS = (
    *(people, gaps, ahead, computed, cover, plan, scenarios, strategy, diagnosis, votes),
    *(assistance, dates, forms, lists, records),
)
CASES: dict[str, Again] = {key: again for part in PARTS for key, again in part.CASES.items()}
WITHHELD = frozenset({"–", "withheld", "not shown"})


def case_of(key: str) -> tuple[Again | None, str]:
    """How a table is worked out again, and its code where it is one of a family."""
    if key in CASES:
        return CASES[key], ""
    head, _dash, code = key.partition("-")
    return CASES.get(f"{head}-*"), code


def printed(block: Table | Chart, again: Again) -> list[Row]:
    """The cells of the columns that are worked out again, in order of their words."""
    table = table_behind(block) if isinstance(block, Chart) else block
    return sorted(
        tuple(again.shown(row[column]) for column in again.columns or range(len(row)))
        for row in table.rows
        if not again.only or row[0] in again.only
    )


def differing(block: Table | Chart, again: Again, owner: Administration, code: str) -> list[Row]:
    """The rows that the document prints otherwise than its rows give."""
    found = printed(block, again)
    made = sorted(tuple(row) for row in again.rows(owner, code))
    if again.withholds:
        return _unlike(found, made)
    return [row for row in [*found, *made] if (row in found) != (row in made)] or (
        [] if found == made else found
    )


def _unlike(found: Sequence[Row], made: Sequence[Row]) -> list[Row]:
    """Rows without their like; one row may tell all that are not told for themselves."""
    left = [row for row in made if not any(_like(one, row) for one in found)]
    odd = [row for row in found if not any(_like(row, one) for one in made)]
    gathered = str(sum(int(row[-1]) for row in left if row[-1].isdecimal()))
    return [] if len(odd) == 1 and odd[0][-1] == gathered else odd


def _like(found: Row, made: Row) -> bool:
    return found[0] == made[0] and all(
        one == other or one in WITHHELD for one, other in zip(found, made, strict=True)
    )
