"""Differences between states of the calendar as they are shown: in words, names as far as seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from competencies.models import StaffMember
from hrplan.core.access import INSIDE, has_role
from hrplan.core.models import Administration, Member
from hrplan.exchange.spec import Column, Kind, Table, Workbook
from hrplan.exchange.write import write_workbook
from training_calendar import wording
from training_calendar.analysis.differences import KINDS, Difference, Line, Side, difference
from training_calendar.models import Release
from training_calendar.rules import can_see_nominees
from training_calendar.usecases import calendars, releases

DRAFT = "draft"
NONE = "none"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose place changed: key, staff number, name and unit."""

    pk: int
    code: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One session that differs; people are those whom the reader may see, counted are all."""

    line: Line
    kinds: tuple[str, ...]
    kind_words: tuple[str, ...]
    joined: tuple[Person, ...]
    left: tuple[Person, ...]
    joined_count: int
    left_count: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Two states of the calendar by their names, and what differs."""

    before: str
    after: str
    difference: Difference

    @property
    def counts(self) -> tuple[tuple[str, str, int], ...]:
        """Kind, words and sessions."""
        found = self.difference.counts
        return tuple((kind, wording.change_kind(kind), found[kind]) for kind in KINDS)


def states(member: Member) -> list[tuple[str, str]]:
    """What can be compared: the working calendar and every release, the latest first."""
    rows = Release.objects.visible_to(member).values_list("pk", "number", "name")
    told = [(str(pk), _named(number, name)) for pk, number, name in rows]
    return [(DRAFT, _("working calendar")), *told]


def compare(member: Member, before: str, after: str) -> Compared:
    """What differs between two states by their keys, as `states` gives them.

    Empty keys: from the last release to the working calendar. Refused for an unknown one.
    """
    known = dict(states(member))
    told = [key for key in known if key != DRAFT]
    after = after or DRAFT
    before = before or _earlier(told, after)
    for key in (before, after):
        if key not in known and key != NONE:
            raise ValidationError(_("There is no such release."))
    found = releases.compared(_state(member, before), _state(member, after))
    names = known | {NONE: _("nothing released")}
    return Compared(names[before], names[after], found)


def since_release(administration: Administration, side: Side) -> Compared:
    """What differs between the last release and a state of the working calendar."""
    last = releases.last_release(administration)
    name = _named(last.number, last.name) if last else _("nothing released")
    found = difference(releases.release_side(last), side)
    return Compared(name, _("working calendar"), found)


def _named(number: int, name: str) -> str:
    return _("release %(number)d: %(name)s") % {"number": number, "name": name}


def _earlier(told: list[str], after: str) -> str:
    """The release before a state: the last one before the working calendar."""
    later = told.index(after) + 1 if after in told else 0
    return told[later] if later < len(told) else NONE


def _state(member: Member, key: str) -> releases.State:
    if key == NONE:
        return None
    if key == DRAFT:
        return calendars.current_calendar(member.administration)
    rows: Iterable[Release] = Release.objects.visible_to(member).filter(pk=int(key))
    return next(iter(rows), None)


def shown_lines(lines: Iterable[Line], *, member: Member) -> tuple[ShownLine, ...]:
    """The lines in words, with the people whom the member may see."""
    rows = tuple(lines)
    people = _people({key for line in rows for key in line.joined | line.left}, member)

    def seen(keys: Iterable[int]) -> tuple[Person, ...]:
        return tuple(sorted((people[key] for key in keys if key in people), key=lambda p: p.code))

    return tuple(
        ShownLine(
            line=line,
            kinds=line.kinds,
            kind_words=tuple(wording.change_kind(kind) for kind in line.kinds),
            joined=seen(line.joined),
            left=seen(line.left),
            joined_count=len(line.joined),
            left_count=len(line.left),
        )
        for line in rows
    )


def answered(compared: Compared, *, member: Member) -> dict[str, Any]:
    """The differences as plain values, with the people whom the member may see."""
    return {
        "before": compared.before,
        "after": compared.after,
        "counts": {**compared.difference.counts, "unchanged": compared.difference.unchanged},
        "lines": shown_lines(compared.difference.lines, member=member),
    }


def _people(keys: set[int], member: Member) -> dict[int, Person]:
    if not can_see_nominees(member):
        return {}
    rows = StaffMember.objects.visible_to(member).filter(pk__in=keys).select_related("unit")
    return {row.pk: Person(row.pk, row.code, str(row), row.unit.title) for row in rows}


def write_differences(compared: Compared, path: Path, *, member: Member) -> None:
    """The differences as a workbook: counts, sessions, and people for those who see names."""
    shown = shown_lines(compared.difference.lines, member=member)
    inside = has_role(member, INSIDE)
    rows: dict[str, list[dict[str, Any]]] = {
        "counts": [
            *({"what": words, "sessions": count} for _kind, words, count in compared.counts),
            {"what": _("unchanged"), "sessions": compared.difference.unchanged},
        ],
        "sessions": [_session_row(one, inside) for one in shown],
    }
    tables = [COUNTS, SESSIONS if inside else _without(SESSIONS, "old_trainer", "new_trainer")]
    if can_see_nominees(member):
        tables.append(PEOPLE)
        rows["people"] = [
            {"reference": one.line.stand.code, "title": one.line.stand.title, "change": words,
             "staff_number": person.code, "name": person.name, "unit": person.unit}
            for one in shown
            for words, people in ((_("place given"), one.joined), (_("place lost"), one.left))
            for person in people
        ]  # fmt: skip
    title = f"{compared.before} - {compared.after}"
    write_workbook(rows, Workbook(tables=tuple(tables), title=title), path, words=_)


def _without(table: Table, *names: str) -> Table:
    columns = tuple(column for column in table.columns if column.name not in names)
    return Table(name=table.name, title=table.title, columns=columns)


def _session_row(one: ShownLine, inside: bool) -> dict[str, Any]:
    old, new = one.line.before, one.line.after
    row = {
        "reference": one.line.stand.code,
        "module": one.line.stand.module,
        "title": one.line.stand.title,
        "change": ", ".join(one.kind_words),
        "old_first_day": old.starts_on if old else None,
        "old_last_day": old.ends_on if old else None,
        "new_first_day": new.starts_on if new else None,
        "new_last_day": new.ends_on if new else None,
        "old_place": old.place if old else "",
        "new_place": new.place if new else "",
        "places_given": one.joined_count,
        "places_lost": one.left_count,
    }
    if inside:
        row |= {
            "old_trainer": old.trainer if old else "",
            "new_trainer": new.trainer if new else "",
        }
    return row


def _day(name: str, meaning: str) -> Column:
    return Column(name=name, kind=Kind.DATE, meaning=meaning)


def _whole(name: str, meaning: str) -> Column:
    return Column(name=name, kind=Kind.INTEGER, meaning=meaning)


COUNTS = Table(
    name="counts", title="Counts",
    columns=(Column(name="what", meaning="how sessions differ"),
             _whole("sessions", "how many sessions; one may count in several lines")),
)  # fmt: skip
SESSIONS = Table(
    name="sessions", title="Sessions that differ",
    columns=(
        Column(name="reference", meaning="of the session"),
        Column(name="module", meaning="code of the module"),
        Column(name="title", meaning="title of the module"),
        Column(name="change", meaning="what differs"),
        _day("old_first_day", "before; empty where it is new"),
        _day("old_last_day", "before"),
        _day("new_first_day", "after; empty where it is cancelled"),
        _day("new_last_day", "after"),
        Column(name="old_place", meaning="where, before"),
        Column(name="new_place", meaning="where, after"),
        Column(name="old_trainer", meaning="by whom, before"),
        Column(name="new_trainer", meaning="by whom, after"),
        _whole("places_given", "people who have a place now and had none"),
        _whole("places_lost", "people who had a place and have none now"),
    ),
)  # fmt: skip
PEOPLE = Table(
    name="people", title="People whose places changed",
    columns=(
        Column(name="reference", meaning="of the session"),
        Column(name="title", meaning="title of the module"),
        Column(name="change", meaning="given or lost"),
        Column(name="staff_number", meaning="of the person"),
        Column(name="name", meaning="of the person"),
        Column(name="unit", meaning="where the person serves"),
    ),
)  # fmt: skip
