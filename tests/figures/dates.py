"""What the drawings of dates show, made again from sessions, closures and initiatives."""

from collections.abc import Iterable
from datetime import date

from competencies.models import Unit
from hrplan.core.models import Administration
from hrplan.strategy.models import Initiative
from tests.figures.cover import away
from tests.figures.plan import current, held, seats
from tests.figures.written import Again, Row
from training_calendar.models import Closure

DOZEN = 12


def full(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def calendar(owner: Administration, code: str) -> Iterable[Row]:
    """The sessions of a year in which each unit has people; then what is closed for all."""
    year, sending = int(code), {unit for unit, _day in away(owner)}
    places = {(one.session_id, one.staff_member.unit_id) for one in seats(owner) if one.session_id}
    for unit in Unit.objects.filter(administration=owner, pk__in=sending):
        for one in held(owner):
            if (one.pk, unit.pk) in places and one.starts_on.year == year:
                yield (
                    unit.title,
                    f"{one.code} {one.module.title}",
                    full(one.starts_on),
                    full(one.ends_on),
                )
    yield from _closed(owner, year)


def _closed(owner: Administration, year: int) -> Iterable[Row]:
    """Closures of more than one unit, within the calendar and the year; regions told together."""
    span = current(owner).calendar
    first, last = max(span.starts_on, date(year, 1, 1)), min(span.ends_on, date(year, 12, 31))
    found: dict[tuple[date, date, str], list[str]] = {}
    for one in Closure.objects.filter(administration=owner).exclude(scope="STATION"):
        if one.starts_on <= last and one.ends_on >= first:
            place = found.setdefault((one.starts_on, one.ends_on, one.reason), [])
            place += [one.region] if one.scope == "REGION" else []
    for (start, end, reason), regions in found.items():
        where = f" (venues in {' and '.join(regions)})" if regions else ""
        yield ("", reason + where, full(max(start, first)), full(min(end, last)))


def roadmap(owner: Administration, code: str) -> Iterable[Row]:
    """A dozen initiatives by objective and start, each with its milestones."""
    rows = Initiative.objects.filter(
        strategy__administration=owner, strategy__is_current=True
    ).select_related("objective")
    order = sorted(rows, key=lambda one: (one.objective.code, one.starts_on, one.code))
    page = int(code.removeprefix("chart-")) - 1
    for one in order[page * DOZEN : (page + 1) * DOZEN]:
        name, served = f"{one.code} {one.title}", f"{one.objective.code} {one.objective.title}"
        yield (name, "", served, full(one.starts_on), full(one.ends_on))
        for reached in one.milestones.all():
            yield (name, reached.title, served, *(full(reached.due_on),) * 2)


CASES: dict[str, Again] = {
    "calendar-*": Again((0, 1, 3, 4), calendar),
    "roadmap-*": Again((), roadmap),
}
