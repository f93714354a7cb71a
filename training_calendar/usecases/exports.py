"""The administration as a folder of the planning format, with its calendar as the solution."""

from datetime import date
from pathlib import Path
from typing import Any

from hrplan.core.models import Administration
from training_calendar.tables import planning


def write_instance(administration: Administration, folder: Path) -> int:
    """Write the planning tables, `params.toml` and the solution. [files]

    Without planning parameters there is no instance, and nothing is written.
    """
    if planning.horizon(administration) is None:
        return 0
    as_of = administration.as_of
    tables = planning.tables_of(administration, as_of)
    params = planning.parameters(administration, tables)
    for name in ("sessions", "seats"):
        tables[name] = planning.READERS[name](administration, as_of)
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    (folder / "params.toml").write_text(_toml(params), encoding="utf-8")
    return len(tables) + 1


def _toml(params: dict[str, Any]) -> str:
    return "".join(f"{name} = {_value(value)}\n" for name, value in params.items())


def _value(value: object) -> str:
    if isinstance(value, date | int | float) and not isinstance(value, bool):
        return value.isoformat() if isinstance(value, date) else repr(value)
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
