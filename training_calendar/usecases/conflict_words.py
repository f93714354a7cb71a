"""Conflicts in sentences: the rule, then where, when and by how much it is broken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from competencies.models import StaffMember, Unit
from hrplan.core.figures import day, number
from hrplan.core.models import Member
from training_calendar.rules import can_see_nominees
from training_calendar.solver.further import WEEKLY
from training_calendar.solver.solution import Violation
from training_calendar.usecases.calendars import Conflict, conflict_of

Key = tuple[str, str, str, str]
Group = tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One rule broken once, or on several days in a row: a sentence, and what it is about.

    person, station : their numbers, None where it is about none, or where they are not shown
    """

    rule: str
    words: str
    place: str
    session: str
    person: int | None
    station: int | None
    day: date | None


def told(conflicts: Iterable[Conflict], *, member: Member) -> tuple[Told, ...]:
    """The conflicts in words; names of people for those who may see them.

    One rule broken in one place on several days is told once, with its worst figure.
    """
    return told_groups(alike(conflicts), member=member)


def alike(conflicts: Iterable[Conflict]) -> tuple[Group, ...]:
    """The conflicts that are told as one: of one rule, in one place, on several days."""
    found: dict[Key, list[Conflict]] = {}
    for one in conflicts:
        found.setdefault((one.rule, one.session, one.staff, one.station), []).append(one)
    return tuple(map(tuple, found.values()))


def told_groups(groups: Iterable[Group], *, member: Member) -> tuple[Told, ...]:
    """Each group in words."""
    known = tuple(groups)
    found = [one for group in known for one in group]
    units, people = _units(found, member), _people(found, member)
    return tuple(_told(group, units, people) for group in known)


def told_violations(found: Iterable[Violation], *, member: Member) -> tuple[Told, ...]:
    """The same of what the checker found."""
    return told(map(conflict_of, found), member=member)


Names = dict[str, tuple[int, str]]


def _units(conflicts: Sequence[Conflict], member: Member) -> Names:
    codes = {one.station for one in conflicts if one.station}
    if not codes:
        return {}
    rows = Unit.objects.filter(administration=member.administration_id, code__in=codes)
    return {code: (pk, title) for pk, code, title in rows.values_list("pk", "code", "title")}


def _people(conflicts: Sequence[Conflict], member: Member) -> Names:
    codes = {one.staff for one in conflicts if one.staff}
    if not codes or not can_see_nominees(member):
        return {}
    rows = StaffMember.objects.visible_to(member).filter(code__in=codes)
    return {row.code: (row.pk, str(row)) for row in rows}


def _told(group: Group, units: Names, people: Names) -> Told:
    conflict = max(group, key=_excess)
    station, person = units.get(conflict.station), people.get(conflict.staff)
    where = [conflict.session, station[1] if station else "", person[1] if person else ""]
    days = sorted({one.day for one in group if one.day})
    where += [_days(days, weekly=conflict.rule in WEEKLY)] if days else []
    if conflict.found is not None and conflict.allowed is not None:
        where.append(_limit(conflict.found, conflict.allowed))
    return Told(
        rule=conflict.rule,
        words=conflict.words,
        place=", ".join(part for part in where if part),
        session=conflict.session,
        person=person[0] if person else None,
        station=station[0] if station else None,
        day=days[0] if days else None,
    )


def _limit(found: float, allowed: float) -> str:
    """What was found beside the limit that is missed."""
    figures = {"found": number(found), "allowed": number(allowed)}
    if found < allowed:
        return _("%(found)s, at least %(allowed)s needed") % figures
    return _("%(found)s, at most %(allowed)s allowed") % figures


def _excess(conflict: Conflict) -> float:
    """By how much a limit is missed."""
    return abs((conflict.found or 0.0) - (conflict.allowed or 0.0))


def _days(days: Sequence[date], *, weekly: bool) -> str:
    """Day or week, or the first and the last with how many there are."""
    if len(days) == 1:
        alone = {"day": day(days[0])}
        return _("week of %(day)s") % alone if weekly else day(days[0])
    facts = {"n": len(days), "first": day(days[0]), "last": day(days[-1])}
    if weekly:
        return _("%(n)d weeks from %(first)s to %(last)s") % facts
    return _("%(n)d days from %(first)s to %(last)s") % facts
