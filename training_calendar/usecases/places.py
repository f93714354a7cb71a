"""Where a session could be held instead, and what that would bring with it."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hrplan.core.access import require
from hrplan.core.models import Administration, Member
from training_calendar import wording
from training_calendar.models import Offer, Trainer, TrainingSession, Venue
from training_calendar.rules import can_change_calendar
from training_calendar.solver.facts import Instance, Session
from training_calendar.solver.repair import BY_ITSELF
from training_calendar.solver.starts import (
    DAY,
    LEADER,
    MOVED,
    ROOM,
    Starts,
    starts,
    with_free_place,
)
from training_calendar.usecases import rewriting
from training_calendar.usecases.rewriting import Sessions

NEAREST = 8
"""Places offered for a session."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A place for a session; venue and trainer are codes, empty where any will do."""

    starts_on: date
    venue: str = ""
    trainer: str = ""


@dataclass(frozen=True, slots=True)
class FreePlace:
    """A first day for a session, ranked by what is in the way and how near it is.

    shift : from the day it has now [days]; cost_change : [money]
    venue, trainer : names, empty where it needs none
    in_the_way : sentences of the rules it would break there while all others stay
    """

    wish: Wish
    ends_on: date
    shift: int
    venue: str
    trainer: str
    other_venue: bool
    other_trainer: bool
    cost_change: float
    in_the_way: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blocked:
    """The first days on which a session cannot be held as the calendar stands.

    first, last : of the days that were looked at; words : rule -> its sentence
    days : day as YYYY-MM-DD -> the rules in the way
    closed : rules that no repair of others can help
    """

    first: date
    last: date
    words: dict[str, str]
    days: dict[str, tuple[str, ...]]
    closed: tuple[str, ...] = BY_ITSELF


def blocked_days(
    session: TrainingSession, *, by: Member, venue: str = "", trainer: str = ""
) -> Blocked:
    """The days that are greyed while the session is held; venue and trainer as far as asked."""
    require(can_change_calendar(by, session.calendar))
    instance, before = rewriting.state(session.calendar)
    wish = Wish(session.starts_on, venue, trainer)
    return blocked(instance, _starts(instance, before, session, wish))


def blocked(instance: Instance, found: Starts) -> Blocked:
    """The first days that something is in the way of, in words."""
    days = {instance.horizon.date_of(at): found.rules(at) for at in range(found.cost.size)}
    return Blocked(
        first=instance.horizon.start,
        last=instance.horizon.date_of(found.cost.size - 1),
        words={code: wording.rule(code) for code in found.broken},
        days={day.isoformat(): codes for day, codes in days.items() if codes},
    )


def nearest_places(session: TrainingSession, *, by: Member) -> tuple[FreePlace, ...]:
    """Where little is in the way, near its day, in its own room, with its own trainer first.

    A day's shift, another venue and another trainer weigh as they do for the repair, a rule in the
    way as much as another day for a session around it. Days that no repair can help are left out.
    """
    calendar = rewriting.changeable(session, by)
    instance, before = rewriting.state(calendar)
    found = _starts(instance, before, session, Wish(session.starts_on))
    now = instance.horizon.day_of(session.starts_on)
    own = session.venue.code if session.venue else "", _code(session.trainer)
    rooms = np.array([key != own[0] for key in (*instance.venues.ids, own[0])])
    leads = np.array([key != own[1] for key in (*instance.instructors.ids, own[1])])
    as_of = instance.horizon.day_of(session.administration.as_of)
    days = found.open_days(BY_ITSELF)
    days = days[(days != now) & (days > as_of)]
    weight = DAY * np.abs(days - now) + ROOM * rooms[found.venue[days]]
    weight += LEADER * leads[found.trainer[days]] + MOVED * found.count[days]
    order = np.lexsort((days, weight))
    names = names_of(session.administration)
    cost = float(session.cost)
    return tuple(
        _place(instance, session, found, int(at), names, cost) for at in days[order[:NEAREST]]
    )


def _code(row: object) -> str:
    return str(getattr(row, "code", ""))


def names_of(owner: Administration) -> dict[str, str]:
    """The names of an administration's venues, offers and trainers by their codes."""
    rooms = Venue.objects.filter(administration=owner).values_list("code", "title")
    leads = Trainer.objects.filter(administration=owner).values_list("code", "name")
    offers = Offer.objects.filter(administration=owner)
    sources = offers.values_list("code", "module__provider__name")
    offered = {code: f"{provider}, {code}" for code, provider in sources}
    return {**dict(rooms), **offered, **dict(leads)}


def _place(
    instance: Instance,
    session: TrainingSession,
    found: Starts,
    at: int,
    names: dict[str, str],
    cost: float,
) -> FreePlace:
    venue, trainer = int(found.venue[at]), int(found.trainer[at])
    room = instance.venues.ids[venue] if venue >= 0 else ""
    lead = instance.instructors.ids[trainer] if trainer >= 0 else ""
    first = instance.horizon.date_of(at)
    return FreePlace(
        wish=Wish(first, room, lead),
        ends_on=first + (session.ends_on - session.starts_on),
        shift=(first - session.starts_on).days,
        venue=names.get(room, room),
        trainer=names.get(lead, lead),
        other_venue=room != _code(session.venue),
        other_trainer=lead != _code(session.trainer),
        cost_change=round(float(found.cost[at]) - cost, 2),
        in_the_way=tuple(wording.rule(code) for code in found.rules(at)),
    )


def _starts(instance: Instance, before: Sessions, session: TrainingSession, wish: Wish) -> Starts:
    held = _asked(instance, before, session, wish)
    kept = {"keeps_venue": bool(wish.venue), "keeps_trainer": bool(wish.trainer)}
    return starts(instance, before, held, **kept)


def there(instance: Instance, before: Sessions, session: TrainingSession, wish: Wish) -> Session:
    """The session in the place wished for; where none is named, in one that is free if there is.

    Refused for a venue or a trainer that the calendar does not know.
    """
    held = _asked(instance, before, session, wish)
    last = wish.starts_on + (session.ends_on - session.starts_on)
    new = replace(held, start_date=wish.starts_on, end_date=last, pinned=False)
    kept = {"keeps_venue": bool(wish.venue), "keeps_trainer": bool(wish.trainer)}
    return with_free_place(instance, before, new, **kept)


def _asked(instance: Instance, before: Sessions, session: TrainingSession, wish: Wish) -> Session:
    """The session as it stands, with the venue and the trainer wished for."""
    held = next((s for s in before if s.session_id == session.code), None)
    if held is None:
        raise ValidationError(_("A session that was held or cancelled stays as it is."))
    return wished(instance, held, wish)


def wished(instance: Instance, held: Session, wish: Wish) -> Session:
    """The session with the venue and the trainer wished for. Refused where they are not known."""
    if wish.venue and wish.venue not in instance.venues.ids:
        raise ValidationError(
            {"venue": _("No venue has the code %(code)s.") % {"code": wish.venue}}
        )
    if wish.trainer and wish.trainer not in instance.instructors.ids:
        words = _("No trainer has the code %(code)s.") % {"code": wish.trainer}
        raise ValidationError({"trainer": words})
    return replace(
        held,
        venue_id=wish.venue or held.venue_id,
        instructor_id=wish.trainer or held.instructor_id,
    )
