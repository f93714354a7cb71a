"""What looks wrong among the people of a staff list, beyond what the table itself refuses."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from competencies.library.staff_lists.words import plain
from hrplan.exchange.check import Check, Rows, row_fault
from hrplan.exchange.faults import Fault, Severity

TABLE = "staff_members"
YOUNGEST, OLDEST = 15, 80  # years at joining, and today, beyond which a day is likely a slip
Person = tuple[str, str, dt.date | None]  # number, name, day of birth


def list_checks(here: Iterable[Person], today: dt.date) -> tuple[Check, ...]:
    """The checks of a staff list beside the people who are here."""
    known: dict[tuple[str, dt.date], str] = {}
    for code, name, born_on in here:
        if name and born_on:
            known[plain(name), born_on] = code

    def one_person_two_numbers(tables: Rows) -> Iterator[Fault]:
        yield from _two_numbers(tables, known)

    def ages(tables: Rows) -> Iterator[Fault]:
        yield from _ages(tables, today)

    return one_person_two_numbers, ages


def _two_numbers(tables: Rows, known: Mapping[tuple[str, dt.date], str]) -> Iterator[Fault]:
    """The same name and day of birth under two numbers, in the list or beside those here."""
    rows = tables.get(TABLE, ())
    numbers = {row.values.get("staff") for row in rows}
    first: dict[tuple[str, dt.date], tuple[int, object]] = {}
    for row in rows:
        name, born, code = (row.values.get(column) for column in ("name", "born_on", "staff"))
        if not isinstance(name, str) or not isinstance(born, dt.date) or code is None:
            continue
        who = plain(name), born
        number, other = first.setdefault(who, (row.number, code))
        if other != code:
            params: dict[str, str | int] = {"first": number, "other": str(other)}
            yield row_fault(row, TABLE, "staff", "person_twice", Severity.WARN, **params)
        elif known.get(who, code) != code and known[who] not in numbers:
            yield row_fault(row, TABLE, "staff", "person_known", Severity.WARN, other=known[who])


def _ages(tables: Rows, today: dt.date) -> Iterator[Fault]:
    for row in tables.get(TABLE, ()):
        born, joined = row.values.get("born_on"), row.values.get("joined_on")
        if not isinstance(born, dt.date):
            continue
        if today.year - born.year > OLDEST and row.values.get("left_on") is None:
            years = today.year - born.year
            yield row_fault(row, TABLE, "born_on", "person_old", Severity.WARN, years=years)
        if isinstance(joined, dt.date) and 0 <= joined.year - born.year < YOUNGEST:
            years = joined.year - born.year
            yield row_fault(row, TABLE, "joined_on", "person_young", Severity.WARN, years=years)
