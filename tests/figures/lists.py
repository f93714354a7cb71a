"""Lists of the documents read again: weaknesses by rank, links, fallbacks, what was agreed."""

from collections.abc import Iterable

from diagnostics.models import CorporateObjective
from hrplan.core.models import Administration
from hrplan.strategy.models import Consultation, Objective, Responsibility
from tests.figures.assistance import span
from tests.figures.diagnosis import agreed, asked
from tests.figures.plan import held
from tests.figures.written import Again, Row, big, num
from training_calendar.models import Closure

WEAK, TOP, TOLD = 2.5, 5, 8
IN_FORCE = {"strategy__is_current": True}


def weaknesses(owner: Administration, _code: str) -> Iterable[Row]:
    """All but the gravest eight, by domain: furthest off and weightiest first, then as asked."""
    level, rows = agreed(owner), asked(owner)
    weak = [one for one in rows if level[one.code] <= WEAK]
    weak.sort(key=lambda one: -(TOP - level[one.code]) * float(one.weight))
    found: dict[str, list[str]] = {}
    for one in weak[TOLD:]:
        told = f"{one.title} ({num(level[one.code])})"
        found.setdefault(one.domain.title, []).append(told)
    return ((title, "; ".join(told)) for title, told in found.items())


def links(owner: Administration, _code: str) -> Iterable[Row]:
    """What each objective serves and which domains it answers."""
    titles = {one.domain.code: one.domain.title for one in asked(owner)}
    for one in Objective.objects.filter(strategy__administration=owner, **IN_FORCE):
        served = (f"{x.code} {x.title}" for x in CorporateObjective.objects.filter(objectives=one))
        domains = (titles[code] for code in one.domains)
        yield (f"{one.code} {one.title}", "; ".join(served), "; ".join(domains))


def duties(owner: Administration, _code: str) -> Iterable[Row]:
    for one in Responsibility.objects.filter(strategy__administration=owner, **IN_FORCE):
        yield (one.task, one.responsible, one.accountable, one.consulted, one.informed)


def views(owner: Administration, _code: str) -> Iterable[Row]:
    for one in Consultation.objects.filter(strategy__administration=owner, **IN_FORCE):
        yield (f"{one.held_on.day} {one.held_on:%B %Y}", one.body, one.view)


def closures(owner: Administration, _code: str) -> Iterable[Row]:
    for one in Closure.objects.filter(administration=owner):
        where = one.unit.title if one.unit else one.region
        scope = big(str(one.get_scope_display()))
        yield (span(one.starts_on, one.ends_on), scope, where or "–", one.reason)


def fallbacks(owner: Administration, _code: str) -> Iterable[Row]:
    """The sessions that have a day to fall back on."""
    for one in held(owner):
        if one.fallback_on:
            days = span(one.starts_on, one.ends_on)
            yield (one.code, one.module.title, days, span(one.fallback_on, one.fallback_on))


CASES: dict[str, Again] = {
    "further-weaknesses": Again((), weaknesses),
    "objective-links": Again((), links),
    "responsibilities": Again((), duties),
    "consultations": Again((), views),
    "closures": Again((), closures),
    "fallbacks": Again((0, 1, 2, 3), fallbacks),
}
