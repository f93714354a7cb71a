"""One entry of the bad-input corpus."""

from dataclasses import dataclass

from tests.exchange.build import Builder


@dataclass(frozen=True, slots=True)
class Entry:
    """A (accept), W (accept with a warning) or R (refuse); `at` is sheet, row, column."""

    name: str
    group: str
    build: Builder
    expected: str
    key: str = ""
    at: tuple[str, int | None, str] | None = None
    heavy: bool = False
    reader: str = "tables"  # or "list": a staff list with headings of its own
