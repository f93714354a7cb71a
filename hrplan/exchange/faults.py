"""What is wrong with imported data: one fault each, with its place, its reason and its advice."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hrplan.exchange.messages import ADVICE, MESSAGES

KEPT = 1_000  # faults kept of one kind in one column; the others are counted


class Severity(StrEnum):
    """What follows: a refusal stops the whole file, a warning is shown before it is confirmed."""

    REFUSE = "refuse"
    WARN = "warn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault; `key` is an entry of MESSAGES and ADVICE, `params` fill their braces."""

    key: str
    severity: Severity = Severity.REFUSE
    table: str = ""
    sheet: str = ""  # sheet of a workbook, or name of a csv file
    row: int | None = None  # as the spreadsheet counts, from 1
    column: str = ""  # header
    cell: str = ""  # "C7"
    value: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def refuses(self) -> bool:
        """Whether the file can't be taken in with this fault."""
        return self.severity is Severity.REFUSE

    @property
    def place(self) -> str:
        """Where it is, in English: sheet, row, column, value, as far as known."""
        parts = [
            f"sheet {self.sheet}" if self.sheet else "",
            f"row {self.row}" if self.row else "",
            f"column {self.column}" if self.column else "",
            f"value {self.value!r}" if self.value else "",
        ]
        return ", ".join(part for part in parts if part) or "file"

    @property
    def reason(self) -> str:
        """What is wrong, in English."""
        return MESSAGES[self.key].format(**self.params)

    @property
    def advice(self) -> str:
        """What to do about it, in English."""
        return ADVICE[self.key].format(**self.params)

    def __str__(self) -> str:
        return f"{self.place}: {self.reason} {self.advice}"


class Refused(Exception):
    """A file that can't be read at all; holds the faults that say why."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


class Faults:
    """Collects faults; of those of one kind in a column it keeps the first, and counts the rest."""

    def __init__(self) -> None:
        self._kept: list[Fault] = []
        self._seen: Counter[tuple[str, str, str]] = Counter()

    def add(self, fault: Fault) -> None:
        """Keep it, or only count it where KEPT of its kind are held already."""
        kind = (fault.sheet, fault.column, fault.key)
        self._seen[kind] += 1
        if self._seen[kind] <= KEPT:
            self._kept.append(fault)

    def all(self) -> tuple[Fault, ...]:
        """The faults kept, and one line for each kind of which more were found."""
        more = tuple(
            Fault(
                key="and_more",
                severity=Severity.WARN,
                sheet=sheet,
                column=column,
                params={"count": count - KEPT, "kind": key},
            )
            for (sheet, column, key), count in self._seen.items()
            if count > KEPT
        )
        return (*self._kept, *more)
