"""The planning tables: their columns, and reading them with every fault named at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in the tables, and where; `row` counts the heading as line 1, 0 = no row.

    reason : a key of REASONS
    """

    table: str
    row: int
    column: str
    value: str
    reason: str


REASONS = (
    "missing-file",
    "unreadable-file",
    "missing-column",
    "empty",
    "not-whole",
    "not-amount",
    "not-date",
    "out-of-range",
    "not-choice",
    "unknown-reference",
    "given-twice",
    "ends-before-start",
    "not-next-day",
    "no-rows",
    "missing-parameter",
    "bad-parameter",
    "no-trip",
    "circle",
    "two-places",
)


class InstanceError(ValueError):
    """The tables cannot be used; holds every fault found, not only the first."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            "\n".join(
                f"{f.table} line {f.row}, {f.column}: {f.value!r} {f.reason}" for f in self.faults
            )
        )


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `kind` is text, whole, amount or date; `refers` names table.column."""

    name: str
    kind: str = "text"
    low: float = -np.inf
    high: float = np.inf
    choices: tuple[str, ...] = ()
    refers: str = ""
    blank: str | None = None
    """What an empty cell or an absent column stands for; None: it must be given."""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of one table, those that make a row unique, and whether it may be absent."""

    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    optional: bool = False


def _whole(name: str, low: float = 0, high: float = 1e9, blank: str | None = None) -> Column:
    return Column(name, "whole", low, high, blank=blank)


def _amount(name: str) -> Column:
    return Column(name, "amount", 0)


def _ref(name: str, target: str, blank: str | None = None) -> Column:
    return Column(name, refers=target, blank=blank)


_STAFF = _ref("staff_id", "staff.staff_id")
_STATION = _ref("station_id", "stations.station_id")
_COMPETENCY = _ref("competency_id", "competencies.competency_id")
_MODULE = _ref("module_id", "modules.module_id")
_SPAN = (Column("from_date", "date"), Column("to_date", "date"))
_SESSION = (
    Column("session_id"),
    _MODULE,
    Column("start_date", "date"),
    Column("end_date", "date"),
    Column("venue_id", blank=""),
    Column("instructor_id", blank=""),
)

TABLES: dict[str, Table] = {
    "calendar": Table(
        (Column("date", "date"), Column("workday", choices=("0", "1")), Column("quarter")),
        ("date",),
    ),
    "stations": Table(
        (
            Column("station_id"),
            Column("region_id"),
            Column("shift", blank=""),
            _whole("max_away"),
            _whole("max_week", -1, blank="-1"),
        ),
        ("station_id",),
    ),
    "travel": Table(
        (Column("from_region"), Column("to_region"), _amount("trip_cost")),
        ("from_region", "to_region"),
    ),
    "competencies": Table((Column("competency_id"), _whole("weight")), ("competency_id",)),
    "role_profiles": Table(
        (Column("role_id"), _COMPETENCY, _whole("required_level", 0, 5), _whole("weight")),
        ("role_id", "competency_id"),
    ),
    "staff": Table((Column("staff_id"), _STATION, Column("role_id")), ("staff_id",)),
    "assessments": Table(
        (_STAFF, _COMPETENCY, _whole("level", 0, 5)), ("staff_id", "competency_id")
    ),
    "leave": Table((_STAFF, *_SPAN)),
    "modules": Table(
        (
            Column("module_id"),
            Column("mode", choices=("classroom", "online", "external")),
            _whole("duration_days", 1),
            _whole("min_seats"),
            _whole("max_seats"),
            _amount("cost_session"),
            _amount("cost_seat"),
            Column("venue_kind", blank=""),
        ),
        ("module_id",),
    ),
    "module_effects": Table(
        (_MODULE, _COMPETENCY, _whole("to_level", 0, 5), _whole("from_level", 0, 5, "0")),
        ("module_id", "competency_id"),
    ),
    "prerequisites": Table(
        (_MODULE, _ref("requires_module_id", "modules.module_id")),
        ("module_id", "requires_module_id"),
    ),
    "venues": Table(
        (
            Column("venue_id"),
            Column("region_id"),
            Column("kind"),
            _whole("capacity"),
            _amount("cost_day"),
        ),
        ("venue_id",),
    ),
    "venue_closed": Table((_ref("venue_id", "venues.venue_id"), *_SPAN)),
    "instructors": Table(
        (Column("instructor_id"), Column("region_id"), _whole("max_days_quarter")),
        ("instructor_id",),
    ),
    "instructor_quals": Table((_ref("instructor_id", "instructors.instructor_id"), _MODULE)),
    "instructor_unavailable": Table((_ref("instructor_id", "instructors.instructor_id"), *_SPAN)),
    "external_offers": Table(
        (
            Column("offer_id"),
            _MODULE,
            Column("start_date", "date"),
            Column("end_date", "date"),
            _whole("seats"),
            Column("region_id"),
        ),
        ("offer_id",),
    ),
    "blackouts": Table(
        (
            *_SPAN,
            Column("scope", choices=("ALL", "REGION", "STATION")),
            Column("scope_id", blank=""),
        )
    ),
    "budget": Table((_ref("quarter", "calendar.quarter"), _amount("amount")), ("quarter",)),
    "duty": Table(
        (_STATION, *_SPAN, _whole("minimum"), _whole("rostered", -1, blank="-1")), optional=True
    ),
    "peaks": Table((_STATION, _whole("month", 1, 12)), ("station_id", "month"), optional=True),
    "earmarks": Table(
        (
            Column("source_id"),
            Column("quarter", refers="budget.quarter"),
            _amount("amount"),
        ),
        ("source_id", "quarter"),
        optional=True,
    ),
    "earmark_modules": Table(
        (_ref("source_id", "earmarks.source_id"), Column("module_id")),
        ("source_id", "module_id"),
        optional=True,
    ),
    "earmark_windows": Table(
        (_ref("source_id", "earmarks.source_id"), *_SPAN), ("source_id",), optional=True
    ),
    "courses": Table((_STAFF, *_SPAN), optional=True),
    "audience": Table((_MODULE, Column("role_id")), optional=True),
    "pinned_sessions": Table(
        (*_SESSION, Column("open", choices=("0", "1"), blank="1")), ("session_id",), optional=True
    ),
    "pinned_seats": Table(
        (_ref("session_id", "pinned_sessions.session_id"), _STAFF),
        ("session_id", "staff_id"),
        optional=True,
    ),
}
"""Tables of planning/README.md, and below them ours: duty, busy months, courses outside the
sessions, audience, pinned sessions and seats."""


def read_folder(folder: Path, faults: list[Fault]) -> dict[str, pd.DataFrame]:
    """The .csv tables of a folder as text frames; what cannot be read is added to `faults`."""
    frames: dict[str, pd.DataFrame] = {}
    for name, table in TABLES.items():
        path = folder / f"{name}.csv"
        if not path.is_file():
            if not table.optional:
                faults.append(Fault(name, 0, "", path.name, "missing-file"))
            continue
        try:
            frames[name] = pd.read_csv(
                path, dtype=str, keep_default_na=False, encoding="utf-8-sig", on_bad_lines="error"
            )
        except (ValueError, OSError) as error:
            faults.append(Fault(name, 0, "", str(error).splitlines()[0], "unreadable-file"))
    return frames


def parse(frames: Mapping[str, pd.DataFrame], faults: list[Fault]) -> dict[str, pd.DataFrame]:
    """Typed frames with sound rows only, the index being the line; every other row is a fault.

    Whole numbers become int64, amounts float64, dates datetime64; references are checked.
    """
    typed = {
        name: _typed(name, table, frames[name], faults)
        for name, table in TABLES.items()
        if name in frames
    }
    for name, frame in typed.items():
        for column in TABLES[name].columns:
            if column.refers and column.name in frames[name].columns:
                _check_reference(name, column, frames, faults)
        key = list(TABLES[name].key)
        if key and set(key) <= set(frame.columns):
            again = frame[frame.duplicated(key)]
            for row, *values in again[key].itertuples(name=None):
                shown = ", ".join(map(str, values))
                faults.append(Fault(name, int(row), key[-1], shown, "given-twice"))
    return {name: typed.get(name, _empty(table)) for name, table in TABLES.items()}


def _empty(table: Table) -> pd.DataFrame:
    kinds = {"text": "str", "whole": "int64", "amount": "float64", "date": "datetime64[s]"}
    return pd.DataFrame({c.name: pd.Series([], dtype=kinds[c.kind]) for c in table.columns})


def _typed(name: str, table: Table, frame: pd.DataFrame, faults: list[Fault]) -> pd.DataFrame:
    raw = frame.set_axis(pd.RangeIndex(2, len(frame) + 2), axis=0)
    sound = pd.Series(True, index=raw.index)
    out = {}
    for column in table.columns:
        if column.name in raw.columns:
            text = raw[column.name]
        elif column.blank is not None:
            text = pd.Series(column.blank, index=raw.index, dtype=str)
        else:
            faults.append(Fault(name, 1, column.name, "", "missing-column"))
            return _empty(table)
        values, bad, reason = _cells(column, text)
        for row in bad.index[bad.to_numpy()]:
            faults.append(Fault(name, int(row), column.name, str(text[row]), str(reason[row])))
        sound &= ~bad
        out[column.name] = values
    return pd.DataFrame(out)[sound]


def _cells(column: Column, text: pd.Series) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Values, which of them are bad, and why."""
    if column.kind == "date":
        return _dates(text)
    if column.kind != "text":
        return _numbers(column, text)
    values = text.fillna("").astype(str).str.strip()
    reason = pd.Series("empty", index=text.index)
    if column.choices:
        return values, ~values.isin(column.choices), reason.where(values == "", "not-choice")
    if column.blank is not None:
        return values, pd.Series(False, index=text.index), reason
    return values, values == "", reason


def _dates(text: pd.Series) -> tuple[pd.Series, pd.Series, pd.Series]:
    values = pd.to_datetime(text.astype(str).str.slice(0, 10), format="%Y-%m-%d", errors="coerce")
    known = dict.fromkeys(text.index[values.isna()], "not-date")
    return values, values.isna(), pd.Series(known, index=text.index, dtype=str)


def _numbers(column: Column, text: pd.Series) -> tuple[pd.Series, pd.Series, pd.Series]:
    if column.blank is not None:
        text = text.replace("", column.blank).fillna(column.blank)
    values = pd.to_numeric(text, errors="coerce").astype(float)
    broken = ~np.isfinite(values)
    if column.kind == "whole":
        broken |= values != np.floor(values)
    bad = broken | (values < column.low) | (values > column.high)
    kind = "not-whole" if column.kind == "whole" else "not-amount"
    reason = pd.Series("out-of-range", index=text.index).mask(broken, kind)
    clean = values.where(~bad, 0)
    marked = pd.Series(bad, index=text.index)
    return clean.astype("int64" if column.kind == "whole" else "float64"), marked, reason


def _check_reference(
    name: str, column: Column, frames: Mapping[str, pd.DataFrame], faults: list[Fault]
) -> None:
    target, key = column.refers.split(".")
    if target not in frames or key not in frames[target].columns:
        return  # that table's own fault is enough
    known = set(frames[target][key].fillna("").astype(str).str.strip())
    given = frames[name][column.name].fillna("").astype(str).str.strip()
    unknown = (given != "") & ~given.isin(known)
    for at in np.flatnonzero(unknown.to_numpy()):
        value = str(given.iloc[at])
        faults.append(Fault(name, int(at) + 2, column.name, value, "unknown-reference"))
