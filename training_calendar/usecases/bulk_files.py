"""The files of a very large planning instance: read as whole columns, checked before writing."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from competencies import frames as people
from competencies.models import Competency, JobProfile, StaffMember, Unit
from competencies.tables import above_scale
from hrplan.core.models import Administration
from training_calendar.tables.planning import horizon
from training_calendar.tables.planning_in import TOP_LEVEL, codes_of

TABLES = ("staff", "assessments", "leave")
SHOWN = 8  # faults that a refusal names
LINES = 5  # lines that one fault names
LEVELS = tuple(str(level) for level in range(TOP_LEVEL + 1))
LEVEL_COLUMNS = {"assessments": "level", "role_profiles": "required_level"}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a planning table, and what its rows are of."""

    names: tuple[str, ...]
    key: tuple[str, ...]


COLUMNS = {
    "staff": Columns(("staff_id", "station_id", "role_id", "grade"), ("staff_id",)),
    "assessments": Columns(("staff_id", "competency_id", "level"), ("staff_id", "competency_id")),
    "leave": Columns(("staff_id", "from_date", "to_date"), ()),
}


@dataclass(frozen=True, slots=True)
class Codes:
    """Keys of the rows that the files point to, by code."""

    units: Mapping[str, int]
    profiles: Mapping[str, int]
    topics: Mapping[str, int]
    staff: Mapping[str, int]
    rated_on: date
    top: int  # of the scale [level]

    @classmethod
    def of(cls, administration: Administration) -> "Codes":
        framework = people.current_framework(administration)
        topics = Competency.objects.filter(framework=framework).values_list("code", "pk")
        own = horizon(administration)
        day = administration.as_of
        return cls(
            units=codes_of(Unit, administration),
            profiles=codes_of(JobProfile, administration),
            topics=dict(topics),
            staff=codes_of(StaffMember, administration),
            rated_on=min(own.horizon_start, day) if own else day,
            top=people.top_level(framework) if framework else TOP_LEVEL,
        )


def read_table(folder: Path, name: str) -> pd.DataFrame:
    """A table of the folder, codes as categories; empty where it isn't there."""
    path, columns = folder / f"{name}.csv", COLUMNS[name]
    if not path.is_file():
        return pd.DataFrame({column: pd.Series(dtype=str) for column in columns.names})
    kinds: dict[str, Any] = dict.fromkeys(columns.names, "category")
    kinds |= {"staff_id": str if name == "staff" else "category", "level": str, "grade": str}
    return _read(path, {column: kinds[column] for column in columns.names})


def _read(path: Path, kinds: Mapping[str, Any]) -> pd.DataFrame:
    try:
        return pd.read_csv(
            path,
            usecols=list(kinds),
            dtype=dict(kinds),
            keep_default_na=False,
            encoding="utf-8-sig",
        )
    except (ValueError, UnicodeDecodeError) as error:
        raise ValidationError(f"{path.name}: {error}") from error


def file_faults(frames: Mapping[str, pd.DataFrame], codes: Codes) -> Iterator[str]:
    """What is wrong in the files, with file and line."""
    staff, rated, leave = (frames[name] for name in TABLES)
    numbers = {*staff["staff_id"], *codes.staff}
    yield from _bad("staff", staff, staff["staff_id"].str.len().between(1, 20), "staff_id")
    yield from _bad("staff", staff, staff["station_id"].isin(codes.units), "station_id")
    roles = staff["role_id"].isin([*codes.profiles, ""])
    yield from _bad("staff", staff, roles, "role_id")
    yield from _bad("staff", staff, staff["grade"].str.fullmatch(r"[0-9]{1,2}|"), "grade")
    for name, frame in (("assessments", rated), ("leave", leave)):
        yield from _bad(name, frame, frame["staff_id"].isin(numbers), "staff_id")
    known = rated["competency_id"].isin(codes.topics)
    yield from _bad("assessments", rated, known, "competency_id")
    yield from _bad("assessments", rated, rated["level"].isin(LEVELS), "level")
    yield from above_top("assessments", rated["level"], codes.top)
    days = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    for column in ("from_date", "to_date"):
        yield from _bad("leave", leave, leave[column].astype(str).str.fullmatch(days), column)
    turned = leave["from_date"].astype(str) <= leave["to_date"].astype(str)
    yield from _bad("leave", leave, turned, "to_date")
    for name in ("staff", "assessments"):
        twice = frames[name].duplicated(list(COLUMNS[name].key))
        yield from _bad(name, frames[name], ~twice, COLUMNS[name].key[0])


def above_top(name: str, levels: pd.Series, top: int) -> Iterator[str]:
    """How many levels of the format lie above the top of the scale, with the first lines."""
    above = np.flatnonzero(levels.isin(LEVELS[top + 1 :]))
    if len(above):
        lines = ", ".join(str(place + 2) for place in above[:LINES])
        more = " …" if len(above) > LINES else ""
        first = _("The first in lines %(lines)s.") % {"lines": lines + more}
        yield f"{name}.csv: {above_scale(len(above), top)} {first}"


def scale_faults(folder: Path, top: int) -> Iterator[str]:
    """The levels above the top of the scale in all tables of the folder that hold levels."""
    for name, column in LEVEL_COLUMNS.items():
        if (path := folder / f"{name}.csv").is_file():
            yield from above_top(name, _read(path, {column: str})[column], top)


def _bad(name: str, frame: pd.DataFrame, sound: Any, column: str) -> Iterator[str]:
    """The first lines of a table that aren't sound; the first line holds the headings."""
    wrong = np.flatnonzero(~np.asarray(sound, dtype=bool))
    for place in wrong[:SHOWN]:
        yield f"{name}.csv, {place + 2}, {column}: {frame[column].iloc[place]}"


def refuse(faults: Iterator[str]) -> None:
    found = list(faults)
    if found:
        head = _("%(count)d faults or more; nothing was written.") % {"count": len(found)}
        raise ValidationError([head, *found[:SHOWN]])


def digest_of(folder: Path) -> str:
    found = hashlib.sha256()
    for name in TABLES:
        path = folder / f"{name}.csv"
        found.update(path.read_bytes() if path.is_file() else b"-")
    return found.hexdigest()
