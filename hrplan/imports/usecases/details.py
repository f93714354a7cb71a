"""What a preview would do row by row, as it is kept and shown."""

from collections.abc import Iterator
from typing import Any

from competencies.models import StaffMember
from hrplan.core.models import Administration
from hrplan.exchange.preview import Key, Preview, TablePreview
from hrplan.exchange.spec import Value, Values

MOST = 20_000  # rows of one kind that are listed
Line = dict[str, Any]


def of(seen: Preview, administration: Administration) -> dict[str, dict[str, list[Line]]]:
    """Rows added, rows changed or skipped with their fields, rows left out; by table and kind."""
    names: dict[str, str] = {}
    if any(table.table == "staff_members" for table in seen.tables):
        names = dict(StaffMember.objects.of(administration).values_list("code", "name"))
    return {table.table: _lines(table, names) for table in seen.tables}


def _lines(table: TablePreview, staff: dict[str, str]) -> dict[str, list[Line]]:
    names = staff if table.table == "staff_members" else {}
    changed = [*table.changed, *table.skipped]
    return {
        "added": [
            {"key": _shown(one.key), "name": _title(one.values), "row": one.row}
            for one in table.added[:MOST]
        ],
        "changed": [
            {
                "key": _shown(one.key),
                "name": names.get(str(one.key[0]), ""),
                "row": one.row,
                "fields": [[f.column, _text(f.old), _text(f.new)] for f in one.fields],
            }
            for one in changed[:MOST]
        ],
        "left": [
            {"key": _shown(key), "name": names.get(str(key[0]), "")} for key in table.left[:MOST]
        ],
    }


def _shown(key: Key) -> str:
    return " / ".join(_texts(key))


def _texts(key: Key) -> Iterator[str]:
    return (str(value) for value in key if value is not None)


def _title(values: Values) -> str:
    return str(values.get("name") or values.get("title") or "")


def _text(value: Value) -> str:
    return "" if value is None else str(value)
