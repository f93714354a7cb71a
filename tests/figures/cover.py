"""Who is away from each unit, week by week, counted again day by day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from math import floor

from competencies.models import Unit
from hrplan.core.models import Administration
from tests.figures.people import serving
from tests.figures.plan import current, seats
from tests.figures.written import Again, Row, num
from training_calendar.models import Enrolment

DAY, WEEK, HOURS_A_DAY = timedelta(days=1), timedelta(days=7), 8


def days(first: date, last: date) -> Iterator[date]:
    """The days from Monday to Friday; on a holiday in between nobody is away alone."""
    while first <= last:
        if first.weekday() < 5:
            yield first
        first += DAY


def span(one: Enrolment) -> tuple[date, date] | None:
    """The days on which a place takes somebody away; a course at one's own pace takes none."""
    if one.session:
        return one.session.starts_on, one.session.ends_on
    block = one.module.mode != "self_paced" and not one.module.self_study_hours
    whole = 0 < one.module.hours <= one.module.days * HOURS_A_DAY
    return (one.starts_on, one.ends_on) if block and whole else None


def away(owner: Administration) -> dict[tuple[int, date], set[int]]:
    """The people of each unit in training on each day."""
    found: dict[tuple[int, date], set[int]] = defaultdict(set)
    for one in seats(owner):
        for day in days(*own) if (own := span(one)) else ():
            found[one.staff_member.unit_id, day].add(one.staff_member_id)
    return found


def release(owner: Administration, code: str) -> Iterable[Row]:
    """Most people away on one day of each week of a half-year; the most that may be, in brackets.

    Units that send nobody have no row.
    """
    first, found = date.fromisoformat(code), away(owner)
    heads: dict[int, int] = defaultdict(int)
    for one in serving(owner):
        heads[one.unit_id] += 1
    sending = {unit for unit, _day in found}
    for unit in Unit.objects.filter(administration=owner, pk__in=sending):
        most = max(1, floor(float(unit.max_away_share) * heads[unit.pk] + 1e-9))
        weeks = (
            max(len(found.get((unit.pk, monday + n * DAY), ())) for n in range(5))
            for monday in _mondays(owner, first)
        )
        yield (f"{unit.title} ({num(most)})", *map(num, weeks))


def _mondays(owner: Administration, first: date) -> Iterator[date]:
    """The weeks of the calendar that begin in the half-year of a Monday, from that one on."""
    last = current(owner).calendar.ends_on
    monday = first
    while monday <= last and (monday.year, monday.month > 6) == (first.year, first.month > 6):
        yield monday
        monday += WEEK


CASES: dict[str, Again] = {"release-*": Again((), release)}
