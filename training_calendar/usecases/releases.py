"""Named releases: the working calendar checked, frozen, and compared with what was told before."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from competencies.models import StaffMember
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member
from training_calendar import frames, wording
from training_calendar.analysis.differences import Difference, Side, Stand, difference
from training_calendar.models import (
    Calendar,
    Enrolment,
    Release,
    ReleasedPlace,
    ReleasedSession,
    TrainingSession,
)
from training_calendar.rules import can_release_calendar
from training_calendar.solver.further import WEEKLY, further
from training_calendar.usecases import calendars, invitations, outbox, rule_weights
from training_calendar.usecases.calendars import Conflict
from training_calendar.usecases.cover import duty_of
from training_calendar.usecases.rule_weights import Weight

CANCELLED = TrainingSession.Status.CANCELLED
CHUNK = 2_000
NOTHING = Side({}, {})
State = Release | Calendar | None
"""A state of the calendar: a release, the working calendar, or nothing."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the check before a release found: what blocks it, and what it only warns of."""

    blocks: tuple[Conflict, ...]
    warnings: tuple[Conflict, ...]

    @property
    def warned(self) -> tuple[tuple[str, int], ...]:
        """Rule in words -> how often it is broken, of those that only warn."""
        counts = Counter(one.rule for one in self.warnings)
        return tuple((wording.rule(code), counts[code]) for code in sorted(counts))


def last_release(administration: Administration) -> Release | None:
    """The release in force."""
    rows = Release.objects.filter(administration=administration)
    return rows.select_related("by__user", "administration").first()


def places_told(person: StaffMember) -> QuerySet[ReleasedPlace]:
    """The places of a person as the last release told them."""
    rows = Release.objects.filter(administration=person.administration_id)
    last = rows.order_by("-number").values("pk")[:1]
    return ReleasedPlace.objects.filter(staff_member=person, release=last)


def release_check(calendar: Calendar) -> Findings:
    """The calendar judged by the rules of the editor and the further ones, each at its weight."""
    return _weighed(calendar, calendars.judged_conflicts(calendar))


def last_findings(calendar: Calendar) -> Findings:
    """The same with the conflicts found at the last check, which every change by hand makes."""
    return _weighed(calendar, calendars.found_last(calendar))


def _weighed(calendar: Calendar, conflicts: tuple[Conflict, ...]) -> Findings:
    of = rule_weights.weights(calendar.administration)
    judged = (one for one in conflicts if one.rule not in WEEKLY)
    found = (*judged, *_further(calendar))
    return Findings(
        tuple(one for one in found if of[one.rule] is Weight.BLOCK),
        tuple(one for one in found if of[one.rule] is Weight.WARN),
    )


def _further(calendar: Calendar) -> tuple[Conflict, ...]:
    found = further(duty_of(calendar.administration), frames.seats(calendar))
    words = {code: wording.rule(code) for code in {one.rule for one in found}}
    return tuple(
        Conflict(
            rule=one.rule,
            words=words[one.rule],
            session="",
            staff="",
            station=one.station,
            day=one.week,
            found=float(one.found),
            allowed=float(one.allowed),
        )
        for one in found
    )


def draft_side(calendar: Calendar | None) -> Side:
    """The working calendar as it stands; nothing where there is none."""
    if calendar is None:
        return NOTHING
    held = TrainingSession.objects.filter(calendar=calendar).exclude(status=CANCELLED)
    stands = {
        row.pk: Stand(
            code=row.code,
            module=row.module.code,
            title=row.module.title,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            place=place_of(row),
            trainer=row.trainer.name if row.trainer else "",
            people=frozenset(),
        )
        for row in held.select_related("module", "venue", "trainer", "offer")
    }
    places = Enrolment.objects.filter(calendar=calendar).exclude(session__status=CANCELLED)
    return _side(stands, _rows(places))


def place_of(session: TrainingSession) -> str:
    """Where a session is held; nothing where it is online."""
    if session.venue:
        return session.venue.title
    return session.offer.region if session.offer else ""


def release_side(release: Release | None) -> Side:
    """The calendar as a release told it; nothing where there was none."""
    if release is None:
        return NOTHING
    stands = {
        row.pk: Stand(
            code=row.code,
            module=row.module.code,
            title=row.module.title,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            place=row.place,
            trainer=row.trainer.name if row.trainer else "",
            people=frozenset(),
        )
        for row in release.sessions.select_related("module", "trainer")
    }
    return _side(stands, _rows(ReleasedPlace.objects.filter(release=release)))


Row = tuple[int | None, int, str, date, date]


def _rows(places: QuerySet) -> list[Row]:
    names = ("session", "staff_member", "module__code", "starts_on", "ends_on")
    return list(places.order_by().values_list(*names))


def _side(stands: dict[int, Stand], rows: Iterable[Row]) -> Side:
    people: dict[int, set[int]] = {}
    outside: dict[tuple[int, str], tuple[date, date]] = {}
    for session, person, module, first, last in rows:
        if session is None:
            outside[person, module] = first, last
        else:
            people.setdefault(session, set()).add(person)
    sessions = {
        stand.code: replace(stand, people=frozenset(people.get(key, ())))
        for key, stand in stands.items()
    }
    return Side(sessions, outside)


def compared(before: State, after: State) -> Difference:
    """What differs between two states of the calendar."""
    return difference(_side_of(before), _side_of(after))


def _side_of(state: State) -> Side:
    return draft_side(state) if isinstance(state, Calendar) else release_side(state)


@transaction.atomic
def release(calendar: Calendar, *, name: str, reason: str, by: Member) -> Release:
    """Freeze the working calendar as a named release.

    Refused where a rule that blocks is broken, where another plan has taken the place of its
    plan, and where nothing differs from the last release. Those whose places changed are told:
    what goes by mail is sent by a run, the rest waits to be told by hand.
    """
    require(can_release_calendar(by, calendar))
    held = Calendar.objects.select_for_update().select_related("plan", "administration")
    calendar = held.get(pk=calendar.pk)
    if not calendar.plan.is_current:
        raise ValidationError(_("Another plan has taken the place of this one."))
    before = last_release(calendar.administration)
    side = draft_side(calendar)
    if before is not None and difference(release_side(before), side).is_empty:
        raise ValidationError(_("Nothing changed since release %(name)s.") % {"name": before})
    findings = release_check(calendar)
    if findings.blocks:
        calendars.check_calendar(calendar)
        words = _("The calendar has %(count)d conflicts; solve them before it is released.")
        raise ValidationError(words % {"count": len(findings.blocks)})
    made = _freeze(calendar, findings, name, reason, by)
    calendar.state = Calendar.State.RELEASED
    calendar.save(update_fields=["state"])
    if invitations.queue(made, side):
        outbox.ask(calendar.administration, by=by)
    audit.record("release_calendar", made, by=by, fields=["name", "reason", "warnings"])
    return made


def _freeze(calendar: Calendar, findings: Findings, name: str, reason: str, by: Member) -> Release:
    rows = Release.objects.filter(administration=calendar.administration_id)
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    made = Release(
        administration=calendar.administration,
        calendar=calendar,
        number=number,
        name=name,
        reason=reason,
        as_of=calendar.administration.as_of,
        by=by,
        warnings=dict(Counter(one.rule for one in findings.warnings)),
    )
    made.full_clean()
    made.save()
    held = TrainingSession.objects.filter(calendar=calendar).exclude(status=CANCELLED)
    codes = {}
    frozen = []
    for row in held.select_related("venue", "offer"):
        codes[row.pk] = row.code
        frozen.append(
            ReleasedSession(
                release=made,
                code=row.code,
                module_id=row.module_id,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                venue_id=row.venue_id,
                trainer_id=row.trainer_id,
                place=place_of(row),
            )
        )
    ReleasedSession.objects.bulk_create(frozen, batch_size=CHUNK)
    keys = dict(ReleasedSession.objects.filter(release=made).values_list("code", "pk"))
    places = Enrolment.objects.filter(calendar=calendar).exclude(session__status=CANCELLED)
    names = ("session", "module", "staff_member", "starts_on", "ends_on")
    ReleasedPlace.objects.bulk_create(
        (
            ReleasedPlace(
                release=made,
                session_id=keys[codes[session]] if session else None,
                module_id=module,
                staff_member_id=person,
                starts_on=first,
                ends_on=last,
            )
            for session, module, person, first, last in places.values_list(*names)
        ),
        batch_size=CHUNK,
    )
    return made
