"""What a preview says, as the pages and the API show it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from hrplan import workbook
from hrplan.exchange.faults import Fault
from hrplan.exchange.messages import ADVICE, MESSAGES
from hrplan.exchange.preview import Preview

ROWS_NAMED = 6  # of those that have the same fault
KINDS = ("added", "changed", "skipped", "unchanged", "refused", "kept")


def worded(fault: Fault) -> dict[str, Any]:
    """A fault as the pages and the API show it, in the reader's language."""
    return {
        "severity": fault.severity.value,
        "sheet": fault.sheet,
        "row": fault.row,
        "column": fault.column,
        "value": fault.value,
        "reason": _(MESSAGES[fault.key]).format(**fault.params),
        "advice": _(ADVICE[fault.key]).format(**fault.params),
        "key": fault.key,
    }


def counts(seen: Preview) -> list[dict[str, Any]]:
    """What a preview would do, table by table."""
    return [
        {
            "table": table.table,
            "title": title_of(table.table),
            "added": len(table.added),
            "changed": len(table.changed),
            "skipped": len(table.skipped),
            "unchanged": table.unchanged,
            "refused": table.refused,
            "kept": table.kept,
        }
        for table in seen.tables
    ]


def title_of(name: str) -> str:
    """What a table is called on pages."""
    return workbook.WORKBOOK.table(name).title or name.replace("_", " ").capitalize()


def totals(tables: list[dict[str, Any]]) -> dict[str, int]:
    """How many rows of all tables are added, changed and so on."""
    return {kind: sum(table[kind] for table in tables) for kind in KINDS}


def alike(faults: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Faults of the same kind in the same column together: how many, in which rows, of what value.

    Those that stand in the way come first, then the most frequent.
    """
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for fault in faults:
        key = ("severity", "sheet", "column", "reason", "advice")
        groups.setdefault(tuple(str(fault[name] or "") for name in key), []).append(fault)
    ordered = sorted(groups.values(), key=lambda group: (is_warning(group[0]), -len(group)))
    return [
        {
            **group[0],
            "count": len(group),
            "rows": [fault["row"] for fault in group if fault["row"]][:ROWS_NAMED],
            "values": list(dict.fromkeys(fault["value"] for fault in group if fault["value"]))[:3],
        }
        for group in ordered
    ]


def is_warning(fault: dict[str, Any]) -> bool:
    return fault["severity"] != "refuse"
