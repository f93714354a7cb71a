"""Stations release their people: approve, refuse, give the place on, and swap two people."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from competencies.models import StaffMember
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.figures import day
from hrplan.core.models import Member
from training_calendar import wording
from training_calendar.models import Calendar, Consent, Enrolment, HandChange, TrainingSession
from training_calendar.rules import can_change_calendar, can_release_person
from training_calendar.solver import check as checker
from training_calendar.solver.facts import Instance, Session
from training_calendar.usecases import calendars, rewriting, seating, undoing, waiting

MOST_OFFERED = 100  # of those who wait with an equal need, for one swap
State, Kind = Consent.State, HandChange.Kind
Sessions = tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A place given up, and who has it now; nobody where none who waits could take it."""

    session: TrainingSession
    given: StaffMember | None


def _session(place: Enrolment) -> TrainingSession:
    """The session of a place, still to come. Refused for places outside the sessions."""
    session = place.session
    if session is None:
        raise ValidationError(_("This place lies outside the sessions."))
    _refuse_over(session)
    return session


def _refuse_over(session: TrainingSession) -> None:
    rewriting.refuse_closed(session)
    if session.starts_on <= session.administration.as_of:
        raise ValidationError(_("The session has begun already."))


@transaction.atomic
def approve(place: Enrolment, *, by: Member) -> Consent:
    """The station lets somebody go to a session, on the days it has now."""
    require(can_release_person(by, place.staff_member))
    return _answer(_session(place), place.staff_member, State.APPROVED, "", by)


@transaction.atomic
def approve_all(session: TrainingSession, *, by: Member) -> int:
    """Let all go who have a place in the session and whom the member may release. [persons]"""
    _refuse_over(session)
    people = StaffMember.objects.visible_to(by).select_related("administration")
    places = people.filter(enrolments__session=session)
    chosen = [person for person in places if can_release_person(by, person)]
    if not chosen:
        raise ValidationError(_("Nobody in this session is yours to release."))
    for person in chosen:
        _answer(session, person, State.APPROVED, "", by)
    return len(chosen)


def swappable(place: Enrolment, *, by: Member) -> list[tuple[StaffMember, str]]:
    """With whom a place can be swapped, as far as needs and sessions go, and how it would be.

    Those in other sessions of the module still to come, then those of equal need who wait, the
    first MOST_OFFERED of them.
    """
    session = place.session
    if session is None:
        return []
    people = StaffMember.objects.visible_to(by)
    others = Enrolment.objects.filter(
        calendar=place.calendar_id,
        module=place.module_id,
        staff_member__in=people,
        session__starts_on__gt=session.administration.as_of,
    ).exclude(session=session)
    rows = others.exclude(session__status=TrainingSession.Status.CANCELLED)
    found = [
        (row.staff_member, _("in the session from %(day)s") % {"day": day(row.starts_on)})
        for row in rows.select_related("staff_member").order_by("starts_on", "staff_member__code")
    ]
    gaps = waiting.gaps_of(session)
    own = gaps.get(place.staff_member_id, 0.0)
    waits = waiting.seen_waiting(session, by, gaps)
    equal = [row for row in waits if waiting.is_equal(own, row[1].gap)]
    found += [
        (person, _("waits, with an equal need"))
        for _rank, _one, person in waiting.named(equal[:MOST_OFFERED])
    ]
    return found


def _answer(
    session: TrainingSession, person: StaffMember, state: str, reason: str, by: Member
) -> Consent:
    made, _new = Consent.objects.update_or_create(
        administration=session.administration,
        session=session,
        staff_member=person,
        starts_on=session.starts_on,
        defaults={
            "ends_on": session.ends_on,
            "state": state,
            "reason": reason,
            "by": by,
            "on": session.administration.as_of,
        },
    )
    audit.record(state, made, by=by, fields=["state", "reason"])
    return made


@transaction.atomic
def refuse(place: Enrolment, *, reason: str, by: Member) -> Refused:
    """The station keeps somebody: the place goes to who waits first and can take it.

    Later places of the person that rest on it go too. Refused for sessions that have begun.
    """
    person = place.staff_member
    require(can_release_person(by, person))
    session = _session(place)
    calendar = rewriting.locked(session.calendar_id)
    with undoing.on_record(calendar, Kind.REFUSE, session.code, by=by):
        return _given_on(calendar, session, person, reason, by)


def _given_on(
    calendar: Calendar, session: TrainingSession, person: StaffMember, reason: str, by: Member
) -> Refused:
    instance, before = rewriting.state(calendar)
    _answer(session, person, State.REFUSED, reason, by)
    without = _seats(before, session.code, lambda held: tuple(w for w in held if w != person.code))
    order = {one.code: one.staff_member for one in waiting.waiting_list(session)}
    order.pop(person.code, None)
    after, given = seating.with_next(instance, without, session.code, list(order))
    after = seating.without_orphans(instance, after)
    words = _("the station could not release somebody")
    rewriting.keep(calendar, before, after, named=words, moved=session.code)
    _settle(calendar, instance, after)
    taker = StaffMember.objects.get(pk=order[given]) if given else None
    return Refused(session, taker)


@transaction.atomic
def give_place(session: TrainingSession, person: StaffMember, *, by: Member) -> None:
    """The HR officer gives a free place to who waits. Refused with the rules in the way."""
    require(can_change_calendar(by, session.calendar))
    _refuse_over(session)
    if person.pk not in {one.staff_member for one in waiting.waiting_list(session)}:
        raise ValidationError(_("Only who waits for this session can be given a place."))
    calendar = rewriting.locked(session.calendar_id)
    instance, before = rewriting.state(calendar)
    after = _seats(before, session.code, lambda held: (*held, person.code))
    _refuse_broken(instance, before, after)
    with undoing.on_record(calendar, Kind.GIVE, session.code, by=by):
        words = _("from the waiting list")
        rewriting.keep(calendar, before, after, named=words, moved=session.code)
    _settle(calendar, instance, after)
    audit.record("give_place", session, by=by, fields=["enrolments"])


@transaction.atomic
def swap(place: Enrolment, other: StaffMember, *, by: Member) -> None:
    """Exchange two people: their sessions of one module, or a place with one of equal need.

    Refused with the rules in the way, for a need that is not equal, and for sessions begun.
    """
    person = place.staff_member
    require(can_release_person(by, person) and can_release_person(by, other))
    session = _session(place)
    calendar = rewriting.locked(session.calendar_id)
    with undoing.on_record(calendar, Kind.SWAP, session.code, by=by):
        _swap(calendar, session, place, other)
    audit.record("swap_places", session, by=by, fields=["enrolments"])


def _swap(
    calendar: Calendar, session: TrainingSession, place: Enrolment, other: StaffMember
) -> None:
    person = place.staff_member
    instance, before = rewriting.state(calendar)
    theirs = Enrolment.objects.filter(calendar=calendar, module=place.module_id, staff_member=other)
    found = theirs.select_related("session__administration", "session__calendar__plan").first()
    if found is None:
        after = _replaced(before, session, person, other)
        _refuse_broken(instance, before, after)
        words = _("swapped with one of equal need")
        rewriting.keep(calendar, before, after, named=words, moved=session.code)
    else:
        there = _session(found)
        if there.pk == session.pk:
            raise ValidationError(_("Both are in the same session."))
        after = _exchanged(before, session, there, person, other)
        _refuse_broken(instance, before, after)
        _put(place, there)
        _put(found, session)
        for one in (session, there):
            words = _("two people exchanged their sessions")
            rewriting.log(calendar, one.code, words, _("asked for by their stations"))
    _settle(calendar, instance, after)


def _put(place: Enrolment, session: TrainingSession) -> None:
    Enrolment.objects.filter(pk=place.pk).update(
        session=session,
        intervention=session.intervention_id,
        starts_on=session.starts_on,
        ends_on=session.ends_on,
    )


def _replaced(
    before: Sessions, session: TrainingSession, person: StaffMember, other: StaffMember
) -> Sessions:
    gaps = waiting.gaps_of(session)
    waits = {one.staff_member for one in waiting.waiting_list(session, gaps)}
    if other.pk not in waits:
        raise ValidationError(_("The other neither has a place in the module nor waits for one."))
    if not waiting.is_equal(gaps.get(person.pk, 0.0), gaps[other.pk]):
        raise ValidationError(_("Their needs are not equal: one gap weighs over a tenth more."))

    def seats(held: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(other.code if who == person.code else who for who in held)

    return _seats(before, session.code, seats)


def _exchanged(
    before: Sessions,
    here: TrainingSession,
    there: TrainingSession,
    person: StaffMember,
    other: StaffMember,
) -> Sessions:
    turned = {person.code: other.code, other.code: person.code}

    def seats(held: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(turned.get(who, who) for who in held)

    return _seats(_seats(before, here.code, seats), there.code, seats)


def _seats(
    sessions: Sessions, code: str, change: Callable[[tuple[str, ...]], tuple[str, ...]]
) -> Sessions:
    return tuple(
        replace(s, staff_ids=change(s.staff_ids)) if s.session_id == code else s for s in sessions
    )


def _refuse_broken(instance: Instance, before: Sessions, after: Sessions) -> None:
    """Refuse where a rule is broken oftener than before; the rules are named."""
    old, new = (checker.check(instance, one).violations for one in (before, after))
    if len(new) <= len(old):
        return
    known = {(v.rule, v.session_id, v.staff_id, v.station_id, v.day) for v in old}
    codes = dict.fromkeys(
        v.rule for v in new if (v.rule, v.session_id, v.staff_id, v.station_id, v.day) not in known
    )
    lines = [_("In the way: %(rule)s") % {"rule": wording.rule(code)} for code in codes]
    raise ValidationError([_("The place cannot change hands so."), *lines])


def _settle(calendar: Calendar, instance: Instance, after: Sessions) -> None:
    """Costs, needs and conflicts as the changed calendar has them."""
    rewriting.refresh(calendar, rewriting.worked_out(calendar, instance, after), None)
    calendars.check_calendar(calendar)
