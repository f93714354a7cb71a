"""A module without a session given one by hand: where it could be, who would come, what follows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from competencies.models import StaffMember
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Member
from training_calendar import wording
from training_calendar.models import (
    SESSION_MODES,
    Calendar,
    Enrolment,
    HandChange,
    Mode,
    Module,
    TrainingSession,
)
from training_calendar.rules import can_change_calendar
from training_calendar.solver.explain import Rest, rest_of
from training_calendar.solver.facts import Instance, Session, Whole
from training_calendar.solver.newcomers import could_come, kept_away
from training_calendar.solver.placed import placed_sessions
from training_calendar.solver.repair import BY_ITSELF
from training_calendar.solver.starts import Starts, starts, with_free_place
from training_calendar.usecases import (
    calendars,
    foreseeing,
    places,
    problems,
    rewriting,
    rule_weights,
    seating,
    stored,
    undoing,
    waiting,
)
from training_calendar.usecases.foreseeing import Foreseen
from training_calendar.usecases.places import NEAREST, Blocked, Wish
from training_calendar.usecases.rewriting import Sessions
from training_calendar.usecases.rule_weights import Weight

TRIED = 3 * NEAREST
"""First days for which the people are seated to rank them; the others by how many could come."""
CANCELLED = TrainingSession.Status.CANCELLED


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A first day for a session that is new, ranked by how many come and how soon it is.

    venue, trainer : names, empty where it needs none
    people : who can come then, of the asked, who need it
    away : where these are too few, what keeps the others, a sentence each
    cost : of the session with them [money]; in_the_way : sentences of rules it would break
    """

    wish: Wish
    ends_on: date
    venue: str
    trainer: str
    people: int
    asked: int
    cost: float
    in_the_way: tuple[str, ...]
    away: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Desk:
    """The calendar as it stands, the session to be placed, and who needs it, widest gap first.

    offers : first day -> (code, last day) of what is on offer, where others set the dates
    """

    instance: Instance
    before: Sessions
    new: Session
    order: tuple[str, ...]
    offers: dict[date, tuple[str, date]] | None

    def positions(self) -> Whole:
        """Who needs it, in positions of the problem."""
        known = {who: at for at, who in enumerate(self.instance.staff.ids)}
        return np.array([known[who] for who in self.order], dtype=np.int64)

    def there(self, wish: Wish) -> Session:
        """The session in the place wished for, with all who can come."""
        if self.offers is not None:
            return self._offered(wish.starts_on)
        new = places.wished(self.instance, self.new, wish)
        last = wish.starts_on + (new.end_date - new.start_date)
        kept = {"keeps_venue": bool(wish.venue), "keeps_trainer": bool(wish.trainer)}
        new = replace(new, start_date=wish.starts_on, end_date=last)
        new = with_free_place(self.instance, self.before, new, **kept)
        return seating.filled(self.instance, self.before, new, self.order)

    def _offered(self, day: date) -> Session:
        """The session on the offer of that day; where there is none, without one."""
        length = self.new.end_date - self.new.start_date
        offer, last = (self.offers or {}).get(day, ("", day + length))
        new = replace(self.new, start_date=day, end_date=last, venue_id=offer)
        return seating.filled(self.instance, self.before, new, self.order) if offer else new

    def away(self, new: Session, rest: Rest) -> tuple[str, ...]:
        """What keeps those who need the session from it, a sentence each; none without an offer."""
        found = next(iter(placed_sessions(self.instance, (new,))), None)
        if found is None or found.last >= self.instance.horizon.length:
            return ()
        if self.offers is not None and not new.venue_id:
            return ()
        others = np.setdiff1d(self.positions(), found.staff)
        kept = kept_away(self.instance, rest, found, others)
        return tuple(wording.kept_away(key, n) for key, n in kept.items())

    def starts(self, wish: Wish) -> Starts:
        """Every first day of the session as the calendar stands, with nobody in it."""
        held = places.wished(self.instance, self.new, wish)
        kept = {"keeps_venue": bool(wish.venue), "keeps_trainer": bool(wish.trainer)}
        found = starts(self.instance, self.before, held, **kept)
        if self.offers is None:
            return found
        day = self.instance.horizon.date_of
        other = np.array([day(at) not in self.offers for at in range(found.cost.size)])
        return replace(found, broken={**found.broken, "H07": other})


def blocked_days(
    calendar: Calendar, module: Module, *, by: Member, venue: str = "", trainer: str = ""
) -> Blocked:
    """The days on which a first session of the module cannot begin as the calendar stands."""
    desk = _desk(calendar, module, by)
    wish = Wish(desk.new.start_date, venue, trainer)
    return places.blocked(desk.instance, desk.starts(wish))


def nearest_places(calendar: Calendar, module: Module, *, by: Member) -> tuple[NewPlace, ...]:
    """Where most of those who need the module can come, the soonest first."""
    desk = _desk(calendar, module, by)
    instance = desk.instance
    found = desk.starts(Wish(desk.new.start_date))
    rest = rest_of(instance, placed_sessions(instance, desk.before))
    m = instance.modules.ids.index(module.code)
    people = desk.positions()
    come = could_come(instance, rest, m, people)[:, : found.cost.size].sum(axis=0)
    come = np.minimum(come, instance.modules.max_seats[m])
    days = found.open_days(BY_ITSELF)
    days = days[days > instance.horizon.day_of(calendar.administration.as_of)]
    order = np.lexsort((days, -come[days], found.count[days]))
    names = places.names_of(calendar.administration)
    made = [_new_place(desk, found, rest, int(at), names) for at in days[order[:TRIED]]]
    made.sort(key=lambda one: (len(one.in_the_way), -one.people, one.wish.starts_on))
    return tuple(made[:NEAREST])


def foresee(calendar: Calendar, module: Module, wish: Wish, *, by: Member) -> Foreseen:
    """What a first session of the module in that place would break and bring."""
    desk = _desk(calendar, module, by)
    new = desk.there(wish)
    rest = rest_of(desk.instance, placed_sessions(desk.instance, desk.before))
    told = foreseeing.told_change(
        desk.instance, desk.before, (*desk.before, new), new, wish, by=by, is_repaired=False
    )
    come = wording.coming(len(new.staff_ids), len(desk.order))
    return replace(told, coming=(come, *desk.away(new, rest)))


@transaction.atomic
def place_module(
    calendar: Calendar,
    module: Module,
    *,
    starts_on: date,
    reason: str,
    by: Member,
    venue: str = "",
    trainer: str = "",
) -> TrainingSession:
    """Give a module that has no session one, with those who need it and can come; it is pinned.

    Refused where a rule that blocks would be broken; these are named. All others stay.
    """
    calendar = rewriting.locked(calendar.pk)
    desk = _desk(calendar, module, by)
    new = desk.there(Wish(starts_on, venue, trainer))
    after = (*desk.before, new)
    _refuse_broken(calendar, desk, after)
    draft = rewriting.worked_out(calendar, desk.instance, after)
    with undoing.on_record(calendar, HandChange.Kind.PLACE, new.session_id, by=by):
        rewriting.add(calendar, draft, new, named=reason)
        rows = TrainingSession.objects.filter(calendar=calendar, code=new.session_id)
        rows.update(is_pinned=True)
    rewriting.refresh(calendar, draft, {module.code})
    calendars.check_calendar(calendar)
    made = rows.select_related("module", "administration").get()
    audit.record("place_module", made, by=by, fields=["starts_on", "enrolments"])
    return made


def _desk(calendar: Calendar, module: Module, by: Member) -> _Desk:
    """Refused for modules that have a session, and of earlier plans."""
    require(can_change_calendar(by, calendar))
    _refuse(calendar, module)
    instance, before = rewriting.state(calendar)
    if module.code not in instance.modules.ids:
        raise ValidationError(_("The plan does not reckon with this module."))
    length = int(instance.modules.duration[instance.modules.ids.index(module.code)])
    first = max(instance.horizon.start, calendar.administration.as_of + timedelta(days=1))
    last = first + timedelta(days=length - 1)
    codes = TrainingSession.objects.filter(calendar=calendar).values_list("code", flat=True)
    new = Session("+", module.code, first, last, "", "")
    code = stored.coded([new], codes)["+"]
    order = _order(calendar, module, instance)
    offers = _offers(instance, before, module) if module.mode == Mode.EXTERNAL else None
    return _Desk(instance, before, replace(new, session_id=code), order, offers)


def _offers(instance: Instance, before: Sessions, module: Module) -> dict[date, tuple[str, date]]:
    """What is still on offer of a course whose dates others set. Refused where nothing is."""
    used, offers, day = {s.venue_id for s in before}, instance.offers, instance.horizon.date_of
    m = instance.modules.ids.index(module.code)
    found = {
        day(offers.first_day[o]): (code, day(offers.last_day[o]))
        for o, code in enumerate(offers.ids)
        if offers.module[o] == m and code not in used
    }
    if not found:
        raise ValidationError(_("Its provider sets the dates of this course, and offers none."))
    return found


def _refuse(calendar: Calendar, module: Module) -> None:
    if not calendar.plan.is_current:
        raise ValidationError(_("Another plan has taken the place of this one."))
    if module.mode not in SESSION_MODES:
        raise ValidationError(_("This module is not held in sessions."))
    held = TrainingSession.objects.filter(calendar=calendar, module=module)
    if held.exclude(status=CANCELLED).exists():
        raise ValidationError(_("The module has a session already."))


def _order(calendar: Calendar, module: Module, instance: Instance) -> tuple[str, ...]:
    """Who needs the module and has no place in it, the widest gap first."""
    gaps = waiting.needing(module, calendar.plan_id)
    placed = Enrolment.objects.filter(calendar=calendar, module=module).values("staff_member")
    rows = StaffMember.objects.filter(administration=calendar.administration_id, pk__in=gaps)
    found = rows.filter(left_on=None).exclude(pk__in=placed).values_list("pk", "code")
    known = set(instance.staff.ids)
    ranked = sorted(found, key=lambda one: (-gaps[one[0]], one[1]))
    return tuple(code for _pk, code in ranked if code in known)


def _new_place(desk: _Desk, found: Starts, rest: Rest, at: int, names: dict[str, str]) -> NewPlace:
    instance = desk.instance
    new = desk.there(Wish(instance.horizon.date_of(at)))
    s = placed_sessions(instance, (new,))[0]
    few = len(new.staff_ids) < instance.modules.min_seats[s.module]
    codes = (*found.rules(at), *(("H08",) if few else ()))
    return NewPlace(
        wish=Wish(new.start_date, new.venue_id, new.instructor_id),
        ends_on=new.end_date,
        venue=names.get(new.venue_id, new.venue_id),
        trainer=names.get(new.instructor_id, new.instructor_id),
        people=len(new.staff_ids),
        asked=len(desk.order),
        cost=round(s.cost, 2),
        in_the_way=tuple(map(wording.rule, codes)),
        away=desk.away(new, rest) if few else (),
    )


def _refuse_broken(calendar: Calendar, desk: _Desk, after: Sequence[Session]) -> None:
    was = problems.judged(desk.instance, desk.before).violations
    now = problems.judged(desk.instance, tuple(after)).violations
    fresh = foreseeing.added(was, now)
    codes = {one.rule for one in rule_weights.kept(calendar.administration, fresh, Weight.BLOCK)}
    if codes:
        lines = [_("In the way: %(rule)s") % {"rule": wording.rule(code)} for code in sorted(codes)]
        raise ValidationError([_("The session cannot be held there."), *lines])
