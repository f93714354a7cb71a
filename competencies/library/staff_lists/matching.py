"""Which column of a staff list stands for which of our fields: proposed by words and by content."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from competencies.library.staff_lists.dates import NUMBERS, day_of
from competencies.library.staff_lists.layout import Layout, unmerged
from competencies.library.staff_lists.words import COUNTERS, FEMALE, HEADINGS, MALE, scores, tight
from hrplan.exchange.grids import Grid, Raw

FIELDS: tuple[str, ...] = (
    "staff", "name", "surname", "first_names", "unit", "rank", "grade", "profile", "post",
    "supervisor", "gender", "born_on", "joined_on", "left_on", "education", "email", "kind",
    "is_acting",
)  # fmt: skip
DATES = ("born_on", "joined_on", "left_on")
MAPPED = ("unit", "profile", "post", "supervisor")  # fields whose values stand for rows of ours
SAMPLE = 400
GROWN = 25  # years; half of a staff is older, and joined later than so long ago
MOST, MANY = 0.8, 0.5  # shares of a column that decide
FIRST_GRADE = re.compile(r"[0-9]{1,2}")

Known = Mapping[str, Mapping[str, str]]  # unit, profile, post, staff -> code -> title
Words = Mapping[str, frozenset[str]]  # the codes and titles of each


@dataclass(frozen=True, slots=True)
class ListMapping:
    """How one sheet is read as staff members; what an officer confirms and what is remembered."""

    sheet: str
    row: int
    columns: Mapping[int, str]  # position from 0 -> field
    dates: str = ""  # day or month where the columns don't tell which comes first
    unit: str = ""  # unit of all, where no column and no line above the people names it
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # field -> word -> code

    def plain(self) -> dict[str, Any]:
        """As JSON can keep it."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "columns": {str(position): name for position, name in self.columns.items()},
            "dates": self.dates,
            "unit": self.unit,
            "values": {name: dict(words) for name, words in self.values.items()},
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "ListMapping":
        """The mapping that `plain` gave."""
        columns = {int(position): name for position, name in kept["columns"].items()}
        return cls(**{**kept, "columns": columns})


def proposed(grid: Grid, layout: Layout, known: Known, latest: dt.date) -> dict[int, str]:
    """A field for each column that shows clearly what it is; each field once."""
    samples = _samples(grid, layout)
    words = {name: frozenset((*titles, *titles.values())) for name, titles in known.items()}
    found = []
    for position, cells in samples.items():
        heading = layout.headings.get(position, "")
        for name, score in _fitted(heading, cells, words, latest).items():
            found.append((-score, tuple(HEADINGS).index(name), position, name))
    columns: dict[int, str] = {}
    for _score, _rank, position, name in sorted(found):
        if position not in columns and name not in columns.values():
            columns[position] = name
    _parted_names(columns, layout)
    if "staff" not in columns.values():
        _by_likely_number(columns, samples)
    return dict(sorted(columns.items()))


def _samples(grid: Grid, layout: Layout) -> dict[int, list[Raw]]:
    rows, _ = unmerged(grid)
    below = [cells for number, cells in rows.items() if number > layout.row][:SAMPLE]
    width = max((len(cells) for cells in below), default=0)
    columns = {p: [c[p] for c in below if p < len(c) and c[p] is not None] for p in range(width)}
    return {p: cells for p, cells in columns.items() if cells}


def _fitted(heading: str, cells: Sequence[Raw], known: Words, latest: dt.date) -> dict[str, int]:
    """The fields a column may be: by its heading where its content agrees, else by its content."""
    told = dict(scores(heading))
    if tight(heading) in COUNTERS and _counts(cells):
        return {}
    days = _share(cells, lambda cell: _is_day(cell, latest))
    for name in DATES:
        if name in told and days < MANY:
            del told[name]
    if "rank" in told or "post" in told:
        _post_or_rank(told, cells, known)
    if "grade" in told and _share(cells, _has_grade) < MANY:
        told = {"rank": told.pop("grade") - 5, **told}
    if told:
        return told
    return _by_content(heading, cells, known, latest)


def _post_or_rank(told: dict[str, int], cells: Sequence[Raw], known: Words) -> None:
    """A column of posts holds numbers of posts, titles of profiles, or ranks in words."""
    rank, post = told.pop("rank", 0), told.pop("post", 0)
    if _share(cells, lambda cell: _is_known(cell, known.get("post", frozenset()))) > MANY:
        told["post"] = max(rank, post) + 1
    elif _share(cells, lambda cell: _is_known(cell, known.get("profile", frozenset()))) > MOST:
        told["profile"] = max(rank, post) + 1
    else:
        told["post" if post > rank else "rank"] = max(rank, post)


def _by_content(
    heading: str, cells: Sequence[Raw], known: Words, latest: dt.date
) -> dict[str, int]:
    days = _share(cells, lambda cell: _is_day(cell, latest))
    if days > MOST and not heading:
        return {"born_on": 20} if _old(cells, latest) else {"joined_on": 20}
    if _share(cells, lambda cell: tight(str(cell)) in FEMALE | MALE) > MOST and len(cells) > 1:
        return {"gender": 20}
    for name in ("staff", "unit", "profile", "post"):
        if _share(cells, lambda cell, of=name: _is_known(cell, known.get(of, frozenset()))) > MANY:
            return {name: 25}
    return {}


def _by_likely_number(columns: dict[int, str], samples: Mapping[int, list[Raw]]) -> None:
    """A first column of short numbers, each once, is the staff number where nothing else is."""
    for position, cells in samples.items():
        texts = [str(cell) for cell in cells]
        short = all(len(text) <= 20 and any(map(str.isdigit, text)) for text in texts)
        if position not in columns and short and len(set(texts)) == len(texts) > 1:
            if not any(_is_date(cell) for cell in cells):
                columns[position] = "staff"
            return


def _parted_names(columns: dict[int, str], layout: Layout) -> None:
    """Nom beside Prénom is a surname; Nombre without Apellido is the whole name."""
    at = {name: position for position, name in columns.items()}
    if "first_names" in at and "surname" not in at and "name" in at:
        columns[at["name"]] = "surname"
    elif "first_names" in at and "surname" not in at and "name" not in at:
        columns[at["first_names"]] = "name"
    elif "surname" in at and "first_names" not in at and "name" in at:
        if tight(layout.headings.get(at["name"], "")) in {"name", "names"}:
            columns[at["name"]] = "first_names"
    elif {"surname", "first_names", "name"} <= at.keys():
        del columns[at["name"]]


def _share(cells: Sequence[Raw], holds: Any) -> float:
    return sum(1 for cell in cells if holds(cell)) / len(cells) if cells else 0.0


def _is_date(cell: Raw) -> bool:
    return isinstance(cell, dt.date)


def _is_day(cell: Raw, latest: dt.date) -> bool:
    if isinstance(cell, str) and NUMBERS.fullmatch(cell.strip()):
        return True
    return day_of(cell, "", latest) is not None


def _is_known(cell: Raw, words: frozenset[str]) -> bool:
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
    return bool(text) and text in words


def _has_grade(cell: Raw) -> bool:
    if isinstance(cell, float):
        return cell.is_integer() and 0 < cell <= 20
    return isinstance(cell, str) and FIRST_GRADE.search(cell) is not None


def _counts(cells: Sequence[Raw]) -> bool:
    """Whether the cells count 1, 2, 3 and so on."""
    numbers = [int(cell) if isinstance(cell, float) else str(cell).strip(". ") for cell in cells]
    whole = [int(n) for n in numbers if isinstance(n, int) or n.isdigit()]
    return len(whole) > MOST * len(cells) and whole == sorted(whole) and whole[:1] == [1]


def _old(cells: Sequence[Raw], latest: dt.date) -> bool:
    """Whether the days are those on which grown people were born."""
    years = sorted(day.year for cell in cells if (day := day_of(cell, "day", latest)))
    return bool(years) and years[len(years) // 2] < latest.year - GROWN
