"""Supply: trainers and their load, venues, closures, offers, leave and money."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from competencies.models import StaffMember
from hrplan.core.models import Administration
from training_calendar.models import (
    Budget,
    Closure,
    Leave,
    Offer,
    Trainer,
    TrainingSession,
    Travel,
    Venue,
)


@dataclass(frozen=True, slots=True)
class Load:
    """Days of sessions in one quarter, of the most there may be."""

    quarter: str
    days: int
    most: int


@dataclass(frozen=True, slots=True)
class TrainerSupply:
    """One trainer, internal or of a provider, with the load of each quarter of the plan.

    modules : key and title of what the trainer is qualified to lead
    """

    trainer: Trainer
    modules: tuple[tuple[int, str], ...]
    loads: tuple[Load, ...]

    @property
    def is_internal(self) -> bool:
        return self.trainer.staff_member_id is not None

    @property
    def days(self) -> int:
        return sum(load.days for load in self.loads)


@dataclass(frozen=True, slots=True)
class VenueSupply:
    """One venue, the days it is used by the plan, and its closures."""

    venue: Venue
    days: int
    sessions: int
    closures: tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True)
class OfferSupply:
    """One dated run of a provider, and whether the plan takes it."""

    offer: Offer
    seats: int
    is_taken: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class Supply:
    """All there is for training; leave is counted, not listed by person."""

    quarters: tuple[Budget, ...]
    trainers: tuple[TrainerSupply, ...]
    venues: tuple[VenueSupply, ...]
    closures: tuple[Closure, ...]
    offers: tuple[OfferSupply, ...]
    trips: tuple[Travel, ...]
    leaves: int
    people_with_leave: int
    budget: Decimal


def supply(administration: Administration) -> Supply:
    """Everything there is for training, with how far the plan in force uses it."""
    quarters = tuple(Budget.objects.filter(administration=administration))
    held = _held(administration)
    leave = Leave.objects.filter(staff_member__in=StaffMember.objects.of(administration))
    return Supply(
        quarters=quarters,
        trainers=_trainers(administration, held, quarters),
        venues=_venues(administration, held),
        closures=tuple(
            Closure.objects.filter(administration=administration).select_related("unit")
        ),
        offers=_offers(administration, held),
        trips=tuple(Travel.objects.filter(administration=administration)),
        **leave.aggregate(
            leaves=Count("pk"), people_with_leave=Count("staff_member", distinct=True)
        ),
        budget=sum((quarter.amount for quarter in quarters), Decimal(0)),
    )


def _held(administration: Administration) -> tuple[TrainingSession, ...]:
    rows = TrainingSession.objects.filter(
        administration=administration, calendar__plan__is_current=True
    )
    held = rows.exclude(status=TrainingSession.Status.CANCELLED)
    return tuple(held.annotate(seats=Count("enrolments")))


def _days(session: TrainingSession) -> int:
    return (session.ends_on - session.starts_on).days + 1


def _trainers(
    administration: Administration,
    held: tuple[TrainingSession, ...],
    quarters: tuple[Budget, ...],
) -> tuple[TrainerSupply, ...]:
    rows: QuerySet[Trainer] = Trainer.objects.filter(administration=administration)
    rows = rows.select_related("provider", "staff_member").prefetch_related("modules")
    led: Counter[tuple[int | None, str]] = Counter()
    for session in held:
        for quarter in quarters:
            if quarter.starts_on <= session.starts_on <= quarter.ends_on:
                led[session.trainer_id, quarter.quarter] += _days(session)
    return tuple(
        TrainerSupply(
            trainer=trainer,
            modules=tuple((module.pk, str(module)) for module in trainer.modules.all()),
            loads=tuple(
                Load(quarter.quarter, led[trainer.pk, quarter.quarter], trainer.max_days_quarter)
                for quarter in quarters
            ),
        )
        for trainer in rows
    )


def _venues(
    administration: Administration, held: tuple[TrainingSession, ...]
) -> tuple[VenueSupply, ...]:
    rows = Venue.objects.filter(administration=administration).prefetch_related("closures")
    days: Counter[int | None] = Counter()
    for session in held:
        days[session.venue_id] += _days(session)
    sessions = Counter(session.venue_id for session in held)
    return tuple(
        VenueSupply(
            venue=venue,
            days=days[venue.pk],
            sessions=sessions[venue.pk],
            closures=tuple((c.starts_on, c.ends_on) for c in venue.closures.all()),
        )
        for venue in rows
    )


def _offers(administration: Administration, held: tuple[Any, ...]) -> tuple[OfferSupply, ...]:
    """`held` : sessions with `seats`."""
    taken = {session.offer_id: session.seats for session in held}
    as_of = administration.as_of
    rows = Offer.objects.filter(administration=administration).select_related("module__provider")
    return tuple(
        OfferSupply(
            offer=offer,
            seats=taken.get(offer.pk, 0),
            is_taken=offer.pk in taken,
            is_late=(offer.nominate_by or offer.starts_on) < as_of,
        )
        for offer in rows
    )
