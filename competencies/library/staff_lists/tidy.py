"""A staff list made ready for reading: the same cells, in the columns and spelling of our table."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from competencies.library.staff_lists import numbers
from competencies.library.staff_lists.dates import BOTH, Order, day_of, order_of
from competencies.library.staff_lists.layout import Layout, merge_faults, unmerged
from competencies.library.staff_lists.matching import DATES, Known, ListMapping
from competencies.library.staff_lists.values import NOBODY, Resolver, text_of, with_people
from competencies.library.staff_lists.words import (
    FEMALE,
    MALE,
    OFFICER,
    SUPPORT,
    TOTALS,
    VACANT,
    plain,
    tight,
)
from hrplan.exchange.faults import Fault, Severity
from hrplan.exchange.grids import Grid, Raw
from hrplan.exchange.sheet_scan import column_letters

GROWN = 14  # years, under which nobody on a staff list is
FIRST_NUMBER = re.compile(r"[0-9]{1,2}")
WORDS: Mapping[str, Mapping[str, str]] = {
    "gender": dict.fromkeys(FEMALE, "f") | dict.fromkeys(MALE, "m"),
    "kind": dict.fromkeys(OFFICER, "officer") | dict.fromkeys(SUPPORT, "support"),
}
FREE = ("gender", "grade", "profile", "post", "supervisor", "born_on", "joined_on", "left_on")


@dataclass(slots=True)
class Tidied:
    """A list ready for reading: the rows of people as a grid, its columns, and what was noted."""

    grid: Grid
    columns: dict[int, str]  # position -> column of the table staff_members
    faults: list[Fault] = field(default_factory=list)


def tidied(grid: Grid, layout: Layout, mapping: ListMapping, known: Known, latest: date) -> Tidied:
    """The people of a list as rows that the table staff_members reads; cells keep their places.

    Rows of totals, notes, vacant posts and repeated headings, and a row that stands there a second
    time as it is, are left out with a warning. A cell that can't be told stays as it is, and the
    reader says why.
    """
    rows, areas = unmerged(grid)
    at = {name: position for position, name in mapping.columns.items()}
    width = max((len(cells) for cells in rows.values()), default=0)
    people = _People(grid.sheet, layout, at, mapping, known)
    kept = people.rows_of({n: [*c, *[None] * (width - len(c))] for n, c in rows.items()}, width)
    found = [*merge_faults(layout, areas), *people.faults]
    numbers.straightened(kept, at, known.get("staff", {}), grid.sheet, found)
    spelling = _Spelling(grid.sheet, at, mapping, known, latest)
    spelling.rewrite(kept)
    columns = {p: name for name, p in people.at.items() if name not in {"surname", "first_names"}}
    if "surname" in at or "first_names" in at:
        columns[people.name_at] = "name"
    bare = replace(grid, rows=_only(kept, columns), merged=())
    return Tidied(bare, columns, [*found, *spelling.faults])


def orders(grid: Grid, layout: Layout, columns: Mapping[int, str]) -> dict[str, Order]:
    """What each column of days gives away about the order of day and month."""
    rows, _ = unmerged(grid)
    below = [cells for number, cells in rows.items() if number > layout.row]
    return {
        name: order_of(cells[position] for cells in below if position < len(cells))
        for position, name in columns.items()
        if name in DATES
    }


def _only(rows: Mapping[int, list[Raw]], columns: Mapping[int, str]) -> list[tuple[int, list[Raw]]]:
    """The rows without the cells that stand for nothing of ours."""
    return [
        (number, [cell if p in columns else None for p, cell in enumerate(cells)])
        for number, cells in rows.items()
    ]


@dataclass(slots=True)
class _People:
    """Takes the rows of people out of a sheet: each whole, with one name and a unit."""

    sheet: str
    layout: Layout
    at: dict[str, int]
    mapping: ListMapping
    known: Known
    faults: list[Fault] = field(default_factory=list)

    @property
    def name_at(self) -> int:
        return next(self.at[n] for n in ("name", "surname", "first_names") if n in self.at)

    def rows_of(self, rows: Mapping[int, list[Raw]], width: int) -> dict[int, list[Raw]]:
        kept: dict[int, list[Raw]] = {}
        seen: dict[tuple[Raw, ...], int] = {}
        section = self.mapping.unit
        resolver = Resolver(self.known, self.mapping.values)
        if "unit" not in self.at:
            self.at = {**self.at, "unit": width}
        for number, cells in rows.items():
            if number <= self.layout.row:
                continue
            full = [(p, cell) for p, cell in enumerate(cells) if cell is not None]
            unit = self._section(full, resolver)
            key = self._left_out(cells, full)
            if unit or key:
                section = unit or section
                self._warn("list_section" if unit else key, number, full)
            elif full:
                person = self._person(cells, width, section)
                same = tuple(person[position] for position in sorted(self.at.values()))
                if same in seen:
                    self._warn("list_row_twice", number, full, first=seen[same])
                else:
                    seen[same] = number
                    kept[number] = person
        return kept

    def _section(self, full: Sequence[tuple[int, Raw]], resolver: Resolver) -> str:
        """The unit that a line of its own names, in a list without a column of units."""
        words = {text_of(cell) for _, cell in full}
        if "unit" in self.mapping.columns.values() or len(words) != 1:
            return ""
        return resolver.code("unit", words.pop().split(":")[-1].strip()) or ""

    def _cell(self, cells: list[Raw], name: str) -> Raw:
        position = self.at.get(name)
        return cells[position] if position is not None and position < len(cells) else None

    def _left_out(self, cells: list[Raw], full: Sequence[tuple[int, Raw]]) -> str:
        """The key of what a row is, where it is no person."""
        texts = [cell for _, cell in full if isinstance(cell, str)]
        first = tight(texts[0]) if texts else ""
        if first in TOTALS:
            return "list_totals"
        headings = {plain(words) for words in self.layout.headings.values()}
        if len(texts) == len(full) > 1 and all(plain(text) in headings for text in texts):
            return "list_heading_again"
        number = self._cell(cells, "staff")
        names = [self._cell(cells, name) for name in ("name", "surname", "first_names")]
        if any(isinstance(name, str) and plain(name) in VACANT for name in names):
            return "list_vacant"
        named = [name for name in names if name is not None]
        if number is None and not named:
            return "list_note" if len(full) <= 2 else ""
        alone = {str(cell) for _, cell in full}
        if len(alone) == 1 and len(str(full[0][1]).split()) > 1:
            return "list_note"
        return ""

    def _person(self, cells: list[Raw], width: int, section: str) -> list[Raw]:
        row = [*cells, section or None] if self.at["unit"] == width else list(cells)
        if "surname" in self.at or "first_names" in self.at:
            parts = [self._cell(cells, name) for name in ("first_names", "surname", "name")]
            row[self.name_at] = " ".join(text for part in parts if (text := text_of(part))) or None
        return row

    def _warn(self, key: str, number: int, full: Sequence[tuple[int, Raw]], **params: int) -> None:
        position, cell = full[0]
        self.faults.append(
            Fault(
                key=key,
                severity=Severity.WARN,
                table="staff_members",
                sheet=self.sheet,
                row=number,
                column=self.layout.headings.get(position, ""),
                cell=f"{column_letters(position + 1)}{number}",
                value=text_of(cell)[:80],
                params=params,
            )
        )


@dataclass(slots=True)
class _Spelling:
    """Writes days, words and codes as our table has them."""

    sheet: str
    at: dict[str, int]
    mapping: ListMapping
    known: Known
    latest: date
    faults: list[Fault] = field(default_factory=list)

    def rewrite(self, rows: dict[int, list[Raw]]) -> None:
        for name in DATES:
            if name in self.at:
                self._days(rows, name, self.at[name])
        people = [(text_of(row[self.at["staff"]]), text_of(row[self._name()])) for row in
                  rows.values()] if "staff" in self.at else []  # fmt: skip
        resolver = Resolver(with_people(self.known, people), self.mapping.values)
        for name in ("unit", "profile", "post", "supervisor"):
            if name in self.at:
                self._codes(rows, name, self.at[name], resolver)
        for name in FREE:
            if name in self.at:
                self._empty(rows, name, self.at[name])
        for name in ("gender", "kind"):
            if name in self.at:
                words, position = WORDS[name], self.at[name]
                for row in rows.values():
                    row[position] = words.get(tight(text_of(row[position])), row[position])
        if "grade" in self.at:
            self._grades(rows, self.at["grade"])

    def _name(self) -> int:
        return next((self.at[n] for n in ("name", "surname", "first_names") if n in self.at), 0)

    def _days(self, rows: dict[int, list[Raw]], name: str, position: int) -> None:
        order = order_of(row[position] for row in rows.values())
        said = order.said if order.said != BOTH else ""
        latest = self.latest if name != "born_on" else date(self.latest.year - GROWN, 12, 31)
        read: list[tuple[int, str, date]] = []
        for number, row in rows.items():
            raw = row[position]
            day = day_of(raw, said or self.mapping.dates, latest) if raw is not None else None
            if day is not None:
                row[position] = day
                if isinstance(raw, str | float):
                    read.append((number, text_of(raw), day))
        if read:
            number, example, day = read[0]
            self._warn("list_days_read", name, number, example, count=len(read), read=str(day))

    def _codes(
        self, rows: dict[int, list[Raw]], name: str, position: int, resolver: Resolver
    ) -> None:
        for number, row in rows.items():
            word = text_of(row[position])
            if not word:
                continue
            code = resolver.code(name, word)
            if code is not None:
                row[position] = code or None
            elif resolver.is_twice(name, word):
                self._warn("list_name_twice", name, number, word, refuses=True)

    def _empty(self, rows: dict[int, list[Raw]], name: str, position: int) -> None:
        words: Counter[str] = Counter()
        first = 0
        for number, row in rows.items():
            cell = row[position]
            if isinstance(cell, str) and plain(cell) in NOBODY:
                words[cell.strip()] += 1
                first = first or number
                row[position] = None
        if written := next((word for word in words if word), ""):
            self._warn("list_emptied", name, first, written, count=sum(words.values()))

    def _grades(self, rows: dict[int, list[Raw]], position: int) -> None:
        for row in rows.values():
            cell = row[position]
            found = FIRST_NUMBER.search(cell) if isinstance(cell, str) and "." not in cell else None
            if found:
                row[position] = float(found[0])

    def _warn(
        self,
        key: str,
        name: str,
        number: int,
        value: str,
        *,
        refuses: bool = False,
        **params: int | str,
    ) -> None:
        self.faults.append(
            Fault(
                key=key,
                severity=Severity.REFUSE if refuses else Severity.WARN,
                table="staff_members",
                sheet=self.sheet,
                row=number,
                column=name,
                cell=f"{column_letters(self.at[name] + 1)}{number}",
                value=value[:80],
                params=params,
            )
        )
