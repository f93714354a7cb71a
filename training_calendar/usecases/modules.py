"""Modules and programmes on show: what each lifts, asks, costs, and when it is held."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from competencies.models import IN_FORCE, Level, StaffLevel
from hrplan.core.models import Administration
from training_calendar.models import (
    Enrolment,
    Module,
    Offer,
    Outcome,
    Prerequisite,
    Programme,
    ProgrammeAward,
    Trainer,
    TrainingSession,
)
from training_calendar.tables import planning
from training_calendar.usecases.sessions_list import SessionRow, session_rows

CANCELLED = TrainingSession.Status.CANCELLED


@dataclass(frozen=True, slots=True)
class Lifted:
    """A competency that a module lifts, with the names of both levels; `outcome` is its row."""

    pk: int
    outcome: int
    competency: str
    title: str
    level_from: int
    level_to: int
    name_from: str
    name_to: str


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """One module as it is listed.

    cost_session, cost_person : without travel, subsistence and venue [money]
    sessions, people : planned in the current calendar; people counts every enrolment [persons]
    """

    pk: int
    code: str
    title: str
    provider: str
    mode: str
    mode_words: str
    hours: float
    self_study_hours: float
    days: int
    cost_session: Decimal
    cost_person: Decimal
    price_basis: str
    is_offered: bool
    lifts: tuple[Lifted, ...]
    sessions: int
    people: int


@dataclass(frozen=True, slots=True, eq=False)
class ModuleDetail:
    """One module with all that hangs on it.

    audience : titles of the staff levels and profiles it is for; empty is everybody
    trainers : qualified to lead it [persons]
    outside : people enrolled outside the sessions in the current calendar [persons]
    """

    module: Module
    lifts: tuple[Lifted, ...]
    requires: tuple[Module, ...]
    unlocks: tuple[Module, ...]
    programmes: tuple[Programme, ...]
    trainers: int
    offers: tuple[Offer, ...]
    audience: tuple[str, ...]
    sessions: tuple[SessionRow, ...]
    outside: int


@dataclass(frozen=True, slots=True, eq=False)
class ProgrammeRow:
    """One programme as it is listed; hours are those of its units, own study included."""

    programme: Programme
    units: int
    hours: float
    awards: int
    enrolled: int


@dataclass(frozen=True, slots=True, eq=False)
class ProgrammeDetail:
    """One programme with its units, its tutors and what it has awarded."""

    row: ProgrammeRow
    units: tuple[ModuleRow, ...]
    whole: Module | None
    tutors: tuple[Trainer, ...]
    awards: tuple[ProgrammeAward, ...]


def level_names(administration: Administration) -> dict[int, str]:
    """The names of the levels of the framework in force."""
    rows = Level.objects.filter(framework__administration=administration, framework__state=IN_FORCE)
    return dict(rows.values_list("level", "name"))


def module_rows(
    administration: Administration,
    *,
    provider: str = "",
    mode: str = "",
    competency: str = "",
    words: str = "",
) -> tuple[ModuleRow, ...]:
    """The modules in order of code, narrowed by provider, mode, competency or words of the title.

    provider, mode, competency : codes; words : a part of the title or code
    """
    found = Module.objects.filter(administration=administration)
    if words:
        found = found.filter(Q(title__icontains=words) | Q(code__iexact=words))
    if provider:
        found = found.filter(provider__code=provider)
    if mode:
        found = found.filter(mode=mode)
    if competency:
        found = found.filter(outcomes__competency__code=competency).distinct()
    return _rows(administration, found)


def _rows(administration: Administration, found: QuerySet[Module]) -> tuple[ModuleRow, ...]:
    modules = list(found.select_related("provider"))
    keys = [module.pk for module in modules]
    lifts = _lifts(keys, level_names(administration))
    sessions, people = _planned(administration, keys)
    return tuple(
        ModuleRow(
            pk=module.pk,
            code=module.code,
            title=module.title,
            provider=module.provider.name,
            mode=module.mode,
            mode_words=str(module.get_mode_display()),
            hours=float(module.hours),
            self_study_hours=float(module.self_study_hours),
            days=module.days,
            cost_session=module.cost_session,
            cost_person=module.cost_person,
            price_basis=module.price_basis,
            is_offered=module.is_offered,
            lifts=lifts.get(module.pk, ()),
            sessions=sessions.get(module.pk, 0),
            people=people.get(module.pk, 0),
        )
        for module in sorted(modules, key=lambda module: _place(module.code))
    )


def _place(code: str) -> list[tuple[int, str]]:
    """T9 before T10."""
    digits = "".join(sign if sign.isdigit() else " " for sign in code).split()
    return [(0, code.rstrip("0123456789.")), *((int(number), "") for number in digits)]


def _lifts(modules: list[int], names: dict[int, str]) -> dict[int, tuple[Lifted, ...]]:
    rows = Outcome.objects.filter(module__in=modules).order_by("module", "competency__position")
    found: dict[int, list[Lifted]] = {}
    for module, pk, row, code, title, low, high in rows.values_list(
        *("module", "competency", "pk", "competency__code", "competency__title"),
        *("level_from", "level_to"),
    ):
        lifted = Lifted(pk, row, code, title, low, high, names.get(low, ""), names.get(high, ""))
        found.setdefault(module, []).append(lifted)
    return {module: tuple(lifts) for module, lifts in found.items()}


def _planned(
    administration: Administration, modules: list[int]
) -> tuple[dict[int, int], dict[int, int]]:
    """Sessions that are not cancelled, and people enrolled, by module, in the current calendar."""
    sessions = TrainingSession.objects.filter(
        administration=administration, calendar__plan__is_current=True, module__in=modules
    ).exclude(status=CANCELLED)
    return (
        dict(sessions.order_by().values_list("module").annotate(n=Count("pk"))),
        dict(_places(administration).filter(module__in=modules).values_list("module", "n")),
    )


def _places(administration: Administration) -> QuerySet[Any, Any]:
    """Enrolments of the current calendar counted as `n` by module; cancelled sessions left out."""
    rows = Enrolment.objects.filter(
        calendar__administration=administration, calendar__plan__is_current=True
    )
    return (
        rows.exclude(session__status=CANCELLED).order_by().values("module").annotate(n=Count("pk"))
    )


def module_detail(module: Module) -> ModuleDetail:
    """Everything about one module that is no secret of persons."""
    owner = module.administration
    calendar = planning.current_calendar(owner)
    outside = calendar.enrolments.filter(module=module, session=None).count() if calendar else 0
    requires, unlocks = _links(module)
    return ModuleDetail(
        module=module,
        lifts=_lifts([module.pk], level_names(owner)).get(module.pk, ()),
        requires=requires,
        unlocks=unlocks,
        programmes=tuple(module.programmes.all()),
        trainers=module.trainers.count(),
        offers=tuple(module.offers.all()),
        audience=_audience(module),
        sessions=session_rows(calendar, module=module.code) if calendar else (),
        outside=outside,
    )


def _links(module: Module) -> tuple[tuple[Module, ...], tuple[Module, ...]]:
    """What must come before the module, and what it opens the way to."""
    either = Q(module=module) | Q(requires=module)
    pairs = list(Prerequisite.objects.filter(either).select_related("module", "requires"))
    return (
        tuple(pair.requires for pair in pairs if pair.module_id == module.pk),
        tuple(pair.module for pair in pairs if pair.requires_id == module.pk),
    )


def _audience(module: Module) -> tuple[str, ...]:
    levels = [
        str(StaffLevel(level).label) if level in StaffLevel.values else level
        for level in module.audience_levels
    ]
    if not levels or set(levels) >= {str(level.label) for level in StaffLevel}:
        return ()
    return tuple(levels)


def programme_rows(administration: Administration) -> tuple[ProgrammeRow, ...]:
    """The programmes with the sums of their units."""
    programmes = Programme.objects.filter(administration=administration)
    found = programmes.select_related("provider", "requires").prefetch_related("modules")
    given = ProgrammeAward.objects.filter(programme__in=found).order_by().values_list("programme")
    awards = dict(given.annotate(n=Count("pk")))
    enrolled = dict(_places(administration).values_list("module__code", "n"))
    return tuple(
        ProgrammeRow(
            programme=programme,
            units=len(units),
            hours=float(sum(unit.hours + unit.self_study_hours for unit in units)),
            awards=awards.get(programme.pk, 0),
            enrolled=enrolled.get(programme.code, 0),
        )
        for programme in found
        for units in [[unit for unit in programme.modules.all() if unit.code != programme.code]]
    )


def programme_detail(programme: Programme) -> ProgrammeDetail:
    """One programme: units, tutors, awards. The doors show names of people to the office alone."""
    owner = programme.administration
    awards = tuple(programme.awards.select_related("staff_member"))
    own = programme.modules.exclude(code=programme.code)
    units = _rows(owner, own)
    taught = Q(modules__in=own) | Q(modules__code=programme.code)
    whole = Module.objects.filter(administration=owner, code=programme.code).first()
    enrolled = dict(_places(owner).filter(module=whole).values_list("module__code", "n"))
    return ProgrammeDetail(
        row=ProgrammeRow(
            programme=programme,
            units=len(units),
            hours=sum(unit.hours + unit.self_study_hours for unit in units),
            awards=len(awards),
            enrolled=enrolled.get(programme.code, 0),
        ),
        units=units,
        whole=whole,
        tutors=tuple(Trainer.objects.filter(taught, administration=owner).distinct()),
        awards=awards,
    )
