"""The cells of people in a staff list, written as our table has them."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from competencies.library.staff_lists.dates import BOTH, day_of, order_of
from competencies.library.staff_lists.matching import DATES, Known, ListMapping
from competencies.library.staff_lists.values import NOBODY, Resolver, text_of, with_people
from competencies.library.staff_lists.words import FEMALE, MALE, OFFICER, SUPPORT, plain, tight
from hrplan.exchange.faults import Fault, Severity
from hrplan.exchange.grids import Raw
from hrplan.exchange.sheet_scan import column_letters

GROWN = 14  # years, under which nobody on a staff list is
FIRST_NUMBER = re.compile(r"[0-9]{1,2}")
WORDS: Mapping[str, Mapping[str, str]] = {
    "gender": dict.fromkeys(FEMALE, "f") | dict.fromkeys(MALE, "m"),
    "kind": dict.fromkeys(OFFICER, "officer") | dict.fromkeys(SUPPORT, "support"),
}
FREE = ("gender", "grade", "profile", "post", "supervisor", "born_on", "joined_on", "left_on")


@dataclass(slots=True)
class Spelling:
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
