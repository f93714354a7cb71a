"""The rows of people in a staff list: what is none is left out and told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from competencies.library.staff_lists.layout import Layout
from competencies.library.staff_lists.matching import Known, ListMapping
from competencies.library.staff_lists.values import Resolver, text_of
from competencies.library.staff_lists.words import TOTALS, VACANT, plain, tight
from hrplan.exchange.faults import Fault, Severity
from hrplan.exchange.grids import Raw
from hrplan.exchange.sheet_scan import column_letters


@dataclass(slots=True)
class People:
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
            if not full:
                continue
            unit = self._section(full, resolver)
            key = self._left_out(cells, full)
            if unit or key:
                section = unit or section
                self._warn("list_section" if unit else key, number, full)
            else:
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
