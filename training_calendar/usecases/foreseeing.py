"""What a move would do, before it is asked for: reasons against it, warnings, consequences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competencies.models import Unit
from hrplan.core.figures import money, number
from hrplan.core.models import Administration, Member
from hrplan.core.workdays import week_start
from training_calendar.models import Consent, TrainingSession
from training_calendar.solver import check as checker
from training_calendar.solver.explain import rest_of
from training_calendar.solver.facts import Instance, Session
from training_calendar.solver.further import further
from training_calendar.solver.placed import placed_sessions
from training_calendar.solver.repair import hopeless
from training_calendar.solver.solution import Check, Violation
from training_calendar.usecases import moves, problems, rewriting, rule_weights
from training_calendar.usecases.conflict_words import Told, told_violations
from training_calendar.usecases.cover import duty_of
from training_calendar.usecases.places import Wish, names_of, there
from training_calendar.usecases.rewriting import Sessions
from training_calendar.usecases.rule_weights import Weight

CENT, POINT = 0.005, 0.05
"""Smaller changes of money and of the worth of a plan are not told."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A session in another place while all others stay: what is in the way, what follows.

    in_the_way : rules that block; empty where the session can simply be held then
    is_closed : no repair of the other sessions can help
    warnings : rules that would be broken and only warn
    effects : what else changes, a sentence each
    coming : of a session that is new how many of those who need it come, and what keeps the others
    """

    wish: Wish
    ends_on: date
    venue: str
    trainer: str
    in_the_way: tuple[Told, ...]
    is_closed: bool
    warnings: tuple[Told, ...]
    effects: tuple[str, ...]
    coming: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change adds to the cost [money] and to the worth of the plan [points]."""

    cost: float
    worth: float


def foresee(session: TrainingSession, wish: Wish, *, by: Member) -> Foreseen:
    """Judge the place by the checker that judges the calendar. Refused as a move is."""
    calendar = rewriting.changeable(session, by)
    moves.refuse_same(session, wish)
    instance, before = rewriting.state(calendar)
    new = there(instance, before, session, wish)
    after = tuple(new if s.session_id == new.session_id else s for s in before)
    return told_change(instance, before, after, new, wish, by=by, more=tuple(_promises(session)))


def told_change(
    instance: Instance,
    before: Sessions,
    after: Sessions,
    new: Session,
    wish: Wish,
    *,
    by: Member,
    is_repaired: bool = True,
    more: tuple[str, ...] = (),
) -> Foreseen:
    """What the calendar `after` breaks and brings that the one `before` did not.

    new : the session that stands elsewhere, or is new; is_repaired : others may make room for it;
    more : further effects, in words
    """
    owner = by.administration
    was, would = problems.judged(instance, before), checker.check(instance, after)
    fresh = added(was.violations, would.violations)
    blocking = rule_weights.kept(owner, fresh, Weight.BLOCK)
    warned = (*fresh, *_further(owner, instance, before, after))
    names = names_of(owner)
    return Foreseen(
        wish=wish,
        ends_on=new.end_date,
        venue=names.get(new.venue_id, new.venue_id),
        trainer=names.get(new.instructor_id, new.instructor_id),
        in_the_way=told_violations(blocking, member=by),
        is_closed=bool(blocking) and not (is_repaired and hopeless(instance, new) is None),
        warnings=told_violations(rule_weights.kept(owner, warned, Weight.WARN), member=by),
        effects=(
            *figures(owner, effect_of(was, would)),
            *_limits(owner, _at_limit(instance, after, new, _titles(owner))),
            *more,
        ),
    )


Key = tuple[str, str, str, str, date | None, str]


def added(was: Iterable[Violation], now: Iterable[Violation]) -> tuple[Violation, ...]:
    """What is broken now and was not before."""
    known = {_key(one) for one in was}
    return tuple(one for one in now if _key(one) not in known)


def _key(one: Violation) -> Key:
    return one.rule, one.session_id, one.staff_id, one.station_id, one.day, one.quarter_id


def _further(
    owner: Administration, instance: Instance, before: Sessions, after: Sessions
) -> tuple[Violation, ...]:
    """Warnings of the further rules that the change adds; F1 and F2 in the weeks that differ."""
    stations = duty_of(owner)
    weeks = {week for s in {*before} ^ {*after} for week in _weeks(s)}
    was, now = (
        _weekly(further(stations, _places(instance, [s for s in one if weeks & _weeks(s)])))
        for one in (before, after)
    )
    pairs = [checker.unobeyed(instance, one) for one in (before, after)]
    return (*added(was, now), *added(*pairs))


def _weeks(s: Session) -> set[date]:
    return {week_start(s.start_date), week_start(s.end_date)}


def _weekly(found: Iterable) -> list[Violation]:
    return [
        Violation(one.rule, station_id=one.station, day=one.week,
                  found=float(one.found), allowed=float(one.allowed))
        for one in found
    ]  # fmt: skip


def _places(instance: Instance, sessions: Iterable[Session]) -> pd.DataFrame:
    ids = instance.stations.ids
    home = {
        who: ids[station]
        for who, station in zip(instance.staff.ids, instance.staff.station, strict=True)
    }
    rows = [
        (who, home[who], s.start_date, s.end_date)
        for s in sessions
        for who in s.staff_ids
        if who in home
    ]
    return pd.DataFrame(rows, columns=["staff", "station", "starts_on", "ends_on"])


def effect_of(was: Check, would: Check) -> Effect:
    """What a change does, given how the calendar was judged and would be."""
    old, new = was.objective, would.objective
    return Effect(new.cost - old.cost, new.value - old.value)


def figures(owner: Administration, effect: Effect) -> Iterable[str]:
    """What a change does to money and to the worth of the plan, in words."""
    if abs(effect.cost) > CENT:
        amount = {"amount": money(abs(effect.cost), owner.currency)}
        more, less = _("It costs %(amount)s more."), _("It costs %(amount)s less.")
        yield (more if effect.cost > 0 else less) % amount
    if abs(effect.worth) >= POINT:
        points = {"points": number(abs(effect.worth), 1)}
        later = _("Gaps close later, which takes %(points)s points off the worth of the plan.")
        sooner = _("Gaps close sooner, which adds %(points)s points to the worth of the plan.")
        yield (later if effect.worth < 0 else sooner) % points


def _limits(owner: Administration, stations: list[str]) -> Iterable[str]:
    if stations:
        words = ngettext(
            "%(stations)s can let nobody else go on some of these days.",
            "These can let nobody else go on some of these days: %(stations)s.",
            len(stations),
        )
        yield words % {"stations": ", ".join(stations)}


def _promises(session: TrainingSession) -> Iterable[str]:
    """What was settled for the days the session has now."""
    answers = Consent.objects.filter(session=session, starts_on=session.starts_on).count()
    if answers:
        yield ngettext(
            "%(n)d answer of a station is asked for again.",
            "%(n)d answers of stations are asked for again.",
            answers,
        ) % {"n": answers}
    if session.fallback_on:
        yield _("Its fallback date for a storm is given up.")


def _titles(owner: Administration) -> dict[str, str]:
    return dict(Unit.objects.filter(administration=owner).values_list("code", "title"))


def _at_limit(
    instance: Instance, after: Sessions, new: Session, titles: dict[str, str]
) -> list[str]:
    """The stations of the session's people that can let nobody else go on one of its days."""
    rest = rest_of(instance, placed_sessions(instance, after))
    days = slice(instance.horizon.day_of(new.start_date), instance.horizon.day_of(new.end_date) + 1)
    home = dict(zip(instance.staff.ids, instance.staff.station, strict=True))
    sent = sorted({int(home[who]) for who in new.staff_ids if who in home})
    full = [k for k in sent if (rest.room[k, days] == 0).any()]
    return [titles.get(instance.stations.ids[k], instance.stations.ids[k]) for k in full]
