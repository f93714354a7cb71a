"""A framework from Moodle's competency file, whichever site wrote it.

Pure. Columns are found by Moodle's English names, or read in order where the site speaks another
language. Descriptions in HTML become plain text; a list at their end whose items begin with a
level, as `moodle_csv` writes it, becomes level texts with the knowledge and skill below them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import Any

from competencies.library.for_others import DETAILS, MOODLE
from competencies.library.incoming import (
    MOST_COMPETENCIES,
    MOST_GROUPS,
    Incoming,
    Node,
    Notes,
    Unsaid,
    built,
    clean,
    named,
    plain,
    refuse,
    scale_of,
)
from competencies.library.markup import text_of
from competencies.library.messages import fault
from competencies.library.read import BehaviourContent, HeadContent
from hrplan.exchange.clean import header_form
from hrplan.exchange.content import Fault
from hrplan.exchange.csv_text import CsvText

FIELDS = (
    "parent", "id", "name", "text", "format", "scale", "marks", "rule", "outcome", "config",
    "related", "exported", "is_framework", "taxonomy",
)  # fmt: skip
PLAIN_FORMATS = ("2", "4")  # plain text and Markdown
GROUPING = "domain"  # what the taxonomy calls a level of groups
MOST_ROWS = 2 * (MOST_COMPETENCIES + MOST_GROUPS)
MOST_TEXT = 4_000_000  # signs of all cells
LEVEL = re.compile(r"(\d{1,2}): (.+)", re.DOTALL)
DETAIL = re.compile(rf"({'|'.join(DETAILS.values())}): (.+)", re.DOTALL)
YES = {"1", "true", "yes"}


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: Mapping[str, str]
    columns: Mapping[str, int]

    def __getitem__(self, name: str) -> str:
        return self.cells[name]

    def place(self, name: str) -> str:
        column = self.columns.get(name)
        letter = ascii_uppercase[column] if column is not None and column < 26 else "A"
        return f"{letter}{self.number}"


def is_moodle(head: list[str]) -> bool:
    """Whether a first row can be that of Moodle's competency file."""
    return _by_name(head) is not None or len(head) in (len(MOODLE) - 1, len(MOODLE))


def from_moodle(text: CsvText, name: str, unsaid: Unsaid) -> Incoming:
    """The framework in the rows of Moodle's competency file called `name`.

    Raises
    ------
    ContentError
        Columns are missing, or rows contradict each other; with all faults and their cells.
    """
    notes = Notes()
    refuse(name, _size_faults(text))
    rows = list(_rows(text, name, notes))
    framework, members = _parted(rows, name)
    scale, _levels = scale_of(_scale_names(framework), unsaid, notes)
    nodes = _nodes(members, framework, len(scale) - 1, notes)
    notes.count(sum(bool(row["rule"]) for row in members), "rules_out")
    related = sum(len(row["related"].split(",")) for row in members if row["related"])
    notes.count(related, "related_out")
    return built(name, _head(framework, unsaid), scale, nodes, notes)


def _size_faults(text: CsvText) -> Iterator[Fault]:
    if (count := len(text.rows)) > MOST_ROWS:
        yield fault("file", "too_many_parts", count=count, limit=MOST_ROWS, what="rows")
    elif sum(len(cell) for _number, cells in text.rows for cell in cells) > MOST_TEXT:
        yield fault("file", "texts_long", limit=MOST_TEXT)


def _by_name(head: list[str]) -> dict[str, int] | None:
    known = {header_form(title): field for title, field in zip(MOODLE, FIELDS, strict=True)}
    known |= {form.removesuffix("_(optional)"): field for form, field in known.items()}
    found = {known[form]: n for n, form in enumerate(map(header_form, head)) if form in known}
    return found if {"id", "name", "parent", "is_framework"} <= set(found) else None


def _rows(text: CsvText, name: str, notes: Notes) -> Iterator[_Row]:
    (first, head), *rest = text.rows
    columns = _by_name(head)
    if columns is None:
        if not is_moodle(head):
            refuse(name, [fault(f"A{first}", "moodle_columns", count=len(MOODLE))])
        columns = {field: n for n, field in enumerate(FIELDS)}
        notes.add(f"A{first}", "by_position")
    for number, cells in rest:
        found = {
            field: clean(cells[columns[field]])
            if field in columns and columns[field] < len(cells)
            else ""
            for field in FIELDS
        }
        yield _Row(number, found, columns)


def _parted(rows: list[_Row], name: str) -> tuple[_Row, list[_Row]]:
    """The framework's row, and those below it."""
    marked = [row for row in rows if row["is_framework"].casefold() in YES]
    members = [row for row in rows if row["is_framework"].casefold() not in YES]
    faults = [] if marked else [fault("file", "no_framework")]
    faults += [
        fault(row.place("is_framework"), "framework_again", name=marked[0]["name"][:60])
        for row in marked[1:]
    ]
    refuse(name, (*faults, *_row_faults([*marked[:1], *members])))
    return marked[0], members


def _row_faults(rows: list[_Row]) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for row in rows:
        place = row.place("id")
        if not row["id"]:
            yield fault(place, "id_missing")
        elif first.setdefault(row["id"], place) != place:
            yield fault(place, "id_twice", id=row["id"][:60], first=first[row["id"]])
        if not row["name"]:
            yield fault(row.place("name"), "name_missing")


def _scale_names(framework: _Row) -> dict[int, str]:
    """(number -> name) of the scale, from 1 where its lowest level is already proficient."""
    values = [plain(value) for value in framework["scale"].split(",")]
    values = [value for value in values if value]
    if values and all(value.startswith(f"{n} ") for n, value in enumerate(values)):
        values = [value.split(" ", 1)[1] for value in values]
    first = int(0 in _proficient(framework["marks"]))
    return dict(enumerate(values, first))


def _proficient(marks: str) -> list[int]:
    """The places, from 0, of the levels that the scale's configuration calls proficient."""
    try:
        found = json.loads(marks) if len(marks) < 10_000 else []
    except (ValueError, RecursionError):
        return []
    rows = found if isinstance(found, list) else []
    return [
        row["id"] - 1
        for row in rows
        if isinstance(row, dict)
        and isinstance(row.get("id"), int)
        and str(row.get("proficient", "")) in {"1", "True"}
        and row["id"] > 0
    ]


def _nodes(rows: list[_Row], framework: _Row, highest: int, notes: Notes) -> list[Node]:
    ids = {row["id"] for row in rows}
    grouping = framework["taxonomy"].split(",")[0].strip().casefold() == GROUPING
    lost = 0
    nodes = []
    for row in rows:
        said, texts, markup = _described(row, highest)
        lost += markup
        if row["scale"] and row["scale"] != framework["scale"]:
            notes.add(row.place("scale"), "own_scale", id=row["id"][:60])
        top = row["parent"] == framework["id"] and framework["id"] not in ids
        parent = "" if top else row["parent"]
        kind = "group" if grouping and not parent else ""
        nodes.append(
            Node(row["id"], parent, row.place("id"), row["id"], row["name"], said, kind,
                 levels=texts)
        )  # fmt: skip
    notes.count(lost, "markup_out")
    return nodes


def _described(row: _Row, top: int) -> tuple[str, tuple[BehaviourContent, ...], bool]:
    """The text, the level texts that end it, and whether pictures or the like are lost."""
    if row["format"] in PLAIN_FORMATS:
        return row["text"], (), False
    text, items, lost = text_of(row["text"])
    levels = _level_texts(items)
    if levels is not None and _rising([one.level for one in levels], top):
        return text, levels, lost
    return "\n".join((text, *(f"- {item}" for item in items))).strip(), (), lost


def _level_texts(items: tuple[str, ...]) -> tuple[BehaviourContent, ...] | None:
    """The items as level texts, each with what it takes below it; None where one is neither."""
    found: list[BehaviourContent] = []
    for item in items:
        if match := LEVEL.fullmatch(item):
            found.append(BehaviourContent(int(match[1]), match[2].strip()))
        elif found and (match := DETAIL.fullmatch(item)):
            part = next(name for name, label in DETAILS.items() if label == match[1])
            if getattr(found[-1], part):
                return None
            said: dict[str, Any] = {part: match[2].strip()}
            found[-1] = replace(found[-1], **said)
        else:
            return None
    return tuple(found)


def _rising(numbers: list[int], top: int) -> bool:
    return numbers == sorted(set(numbers)) and all(1 <= number <= top for number in numbers)


def _head(framework: _Row, unsaid: Unsaid) -> HeadContent:
    short, version = named(framework["id"])
    text = _described(framework, 0)[0]
    return HeadContent(
        id=short,
        version=version,
        language=unsaid.language,
        provider=unsaid.provider,
        licence=unsaid.licence,
        provenance=text or unsaid.provenance,
        title=framework["name"],
    )
