"""Sessions as rows: what pages, documents and files show of each, without names of people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet

from hrplan.core.titles import told
from training_calendar.models import (
    Calendar,
    Enrolment,
    Mode,
    Outcome,
    TrainingSession,
)
from training_calendar.usecases import funding, retelling


@dataclass(frozen=True, slots=True)
class Lift:
    """One competency a module lifts: code, title, level asked before, level reached."""

    competency: str
    title: str
    level_from: int
    level_to: int


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One training session as it is listed.

    nominated : people with a place; cost : all cash of the session [money]
    funding, status, mode : codes, with their words in `*_words`
    """

    pk: int
    code: str
    module: str
    title: str
    lifts: tuple[Lift, ...]
    starts_on: date
    ends_on: date
    days: int
    hours: float
    mode: str
    mode_words: str
    provider: str
    venue: str
    venue_code: str
    region: str
    trainer: str
    trainer_code: str
    audience: str
    places: int
    nominated: int
    cost: Decimal
    intervention: str
    indicator: str
    funding: str
    funding_words: str
    source: str
    status: str
    status_words: str
    is_pinned: bool
    fallback_on: date | None
    units: tuple[str, ...]

    @property
    def may_move(self) -> bool:
        """Whether its place is ours to change: not held or cancelled, nor dated by a provider."""
        over = {TrainingSession.Status.HELD, TrainingSession.Status.CANCELLED}
        return self.mode != Mode.EXTERNAL and self.status not in over


def session_rows(
    calendar: Calendar,
    *,
    unit: str = "",
    module: str = "",
    quarter: tuple[date, date] | None = None,
) -> tuple[SessionRow, ...]:
    """The sessions of a calendar in order of date; narrowed by unit, module or a quarter's days."""
    return rows_of(sessions_of(calendar, unit=unit, module=module, quarter=quarter))


def sessions_of(
    calendar: Calendar,
    *,
    unit: str = "",
    module: str = "",
    quarter: tuple[date, date] | None = None,
) -> QuerySet[TrainingSession]:
    """The same before they are read: to be counted, summed or shown page by page."""
    found = TrainingSession.objects.filter(calendar=calendar)
    if module:
        found = found.filter(module__code=module)
    if unit:
        sent = Enrolment.objects.filter(calendar=calendar, staff_member__unit__code=unit)
        found = found.filter(pk__in=sent.values("session"))
    if quarter:
        found = found.filter(starts_on__range=quarter)
    return found.order_by("starts_on", "code")


ON_A_ROW = ("module__provider", "venue", "trainer", "offer", "intervention", "administration")


def rows_of(sessions: QuerySet[TrainingSession]) -> tuple[SessionRow, ...]:
    """The rows of these sessions; three queries however many there are."""
    return listed(sessions.select_related(*ON_A_ROW).order_by("starts_on", "code"))


def listed(sessions: Iterable[TrainingSession]) -> tuple[SessionRow, ...]:
    """The rows of sessions that were read with what `ON_A_ROW` names."""
    found = list(sessions)
    heads = _heads([session.pk for session in found])
    lifts = _lifts({session.module_id for session in found})
    return tuple(_row(session, heads.get(session.pk, {}), lifts) for session in found)


def row_of(session: TrainingSession, heads: Mapping[str, int]) -> SessionRow:
    """The row of one such session; `heads`: unit -> people with a place, units in their order."""
    return _row(session, heads, _lifts({session.module_id}))


def _heads(keys: Sequence[int]) -> dict[int, dict[str, int]]:
    """Session -> unit -> people with a place, units in their order."""
    unit = "staff_member__unit__code"
    rows = Enrolment.objects.filter(session__in=keys).order_by("staff_member__unit__position", unit)
    found: dict[int, dict[str, int]] = {}
    for session, code, heads in rows.values_list("session", unit).annotate(heads=Count("pk")):
        found.setdefault(session, {})[code] = heads
    return found


def _lifts(modules: set[int]) -> dict[int, tuple[Lift, ...]]:
    rows = Outcome.objects.filter(module__in=modules).values_list(
        "module", "competency__code", "competency__title", "level_from", "level_to"
    )
    found: dict[int, list[Lift]] = {}
    for module, code, title, low, high in rows.order_by("module", "competency__position"):
        found.setdefault(module, []).append(Lift(code, told(title), low, high))
    return {module: tuple(lifts) for module, lifts in found.items()}


def _row(
    session: TrainingSession,
    heads: Mapping[str, int],
    lifts: dict[int, tuple[Lift, ...]],
) -> SessionRow:
    module, line = session.module, session.intervention
    place = session.venue or session.offer
    paid = funding.class_on(line.funding, session.starts_on, session.administration)
    return SessionRow(
        pk=session.pk,
        code=session.code,
        module=module.code,
        title=told(module.title),
        lifts=lifts.get(module.pk, ()),
        starts_on=session.starts_on,
        ends_on=session.ends_on,
        days=(session.ends_on - session.starts_on).days + 1,
        hours=float(module.hours),
        mode=module.mode,
        mode_words=str(module.get_mode_display()),
        provider=module.provider.name,
        venue=session.venue.title if session.venue else "",
        venue_code=session.venue.code if session.venue else "",
        region=place.region if place else "",
        trainer=session.trainer.name if session.trainer else "",
        trainer_code=session.trainer.code if session.trainer else "",
        audience=retelling.audience(line.audience),
        places=session.places,
        nominated=sum(heads.values()),
        cost=session.cost,
        intervention=line.code,
        indicator=retelling.proof(line.indicator),
        funding=paid,
        funding_words=funding.words(paid),
        source=line.source,
        status=session.status,
        status_words=str(session.get_status_display()),
        is_pinned=session.is_pinned,
        fallback_on=session.fallback_on,
        units=tuple(heads),
    )
