"""Progress in programmes: of one person in all of them, of all people in one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from competencies.models import StaffMember
from hrplan.core.models import Administration
from training_calendar.analysis.progress import OPEN, Standing, programme_standing
from training_calendar.models import Module, Programme
from training_calendar.usecases.attended import Attended, attended

NEXT = 3  # units named as the next ones


@dataclass(frozen=True, slots=True)
class Progress:
    """One person in one programme; `ahead` are the next units missing."""

    programme: Programme
    person: StaffMember
    standing: Standing
    ahead: tuple[Module, ...]
    awarded_on: date | None

    @property
    def more(self) -> int:
        """Units missing beside those named."""
        return len(self.standing.missing) - len(self.ahead)


def units_of(programme: Programme) -> tuple[Module, ...]:
    """The units; the module that stands for the programme as a whole is none."""
    return tuple(unit for unit in programme.modules.all() if unit.code != programme.code)


def _progress(programme: Programme, person: StaffMember, known: Attended) -> Progress:
    units = units_of(programme)
    standing = programme_standing(
        [unit.code for unit in units],
        programme.code,
        done=known.done.keys(),
        planned=known.planned.keys(),
        awarded=programme.code in known.awards,
    )
    missing = [unit for unit in units if unit.code in standing.missing]
    ahead, day = tuple(missing[:NEXT]), known.awards.get(programme.code)
    return Progress(programme, person, standing, ahead, day)


def _programmes(administration: Administration) -> QuerySet[Programme]:
    rows = Programme.objects.filter(administration=administration)
    return rows.select_related("provider").prefetch_related("modules")


def progress_of(person: StaffMember, known: Attended | None = None) -> tuple[Progress, ...]:
    """The programmes the person is in, or finished, and how far."""
    owner = person.administration
    held = known or attended(owner, [person.pk])[person.pk]
    every = (_progress(programme, person, held) for programme in _programmes(owner))
    return tuple(one for one in every if one.standing.state != OPEN)


def people_in(programme: Programme, people: QuerySet[StaffMember]) -> tuple[Progress, ...]:
    """Those of the people who are in the programme or finished it, the furthest first."""
    owner = programme.administration
    place = Q(enrolments__module__programmes=programme) | Q(enrolments__module__code=programme.code)
    chosen = people.filter(place | Q(awards__programme=programme)).distinct()
    persons = list(chosen.select_related("unit", "profile"))
    known = attended(owner, [person.pk for person in persons])
    found = [_progress(programme, person, known[person.pk]) for person in persons]
    return _ordered(one for one in found if one.standing.state != OPEN)


def _ordered(found: Iterable[Progress]) -> tuple[Progress, ...]:
    return tuple(sorted(found, key=lambda one: (len(one.standing.missing), one.person.code)))


def narrowed(
    found: Sequence[Progress], *, unit: str = "", profile: str = "", state: str = ""
) -> list[Progress]:
    """Those of a unit, a job profile, a state."""
    return [
        one
        for one in found
        if unit in {"", one.person.unit.code}
        and profile in {"", one.person.profile.code if one.person.profile else "-"}
        and state in {"", one.standing.state}
    ]
