"""Feeds: made, read and revoked; each shows the last release, and no names of people."""

import hashlib
import secrets
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from competencies.models import MemberScope, StaffMember, Unit, units_managed
from hrplan.core import audit
from hrplan.core.access import OFFICE, has_role, require
from hrplan.core.models import Member
from hrplan.core.titles import told
from hrplan.core.wording import spoken_in
from hrplan.exchange.formats.icalendar_files import Entry, feed
from training_calendar import wording
from training_calendar.models import Feed, Release, ReleasedSession, Trainer, Venue
from training_calendar.rules import can_make_feed, can_revoke_feed
from training_calendar.usecases.releases import last_release

Kind = Feed.Kind
FIELDS = {Kind.PERSONAL: "staff_member", Kind.STATION: "unit",
          Kind.TRAINER: "trainer", Kind.ROOM: "venue"}  # fmt: skip
Target = StaffMember | Unit | Trainer | Venue


@dataclass(frozen=True, slots=True)
class Made:
    """A feed that was just made, with its secret; it is shown this once and kept nowhere."""

    feed: Feed
    token: str


def targets(member: Member) -> dict[str, list[Target]]:
    """Whose calendars the member may have as a feed, by kind."""
    rows: dict[str, QuerySet] = {
        Kind.PERSONAL: StaffMember.objects.visible_to(member).filter(
            left_on=None, pk__in=MemberScope.objects.filter(member=member).values("staff_member")
        ),
        Kind.STATION: Unit.objects.visible_to(member),
        Kind.TRAINER: Trainer.objects.visible_to(member),
        Kind.ROOM: Venue.objects.visible_to(member),
    }
    if not has_role(member, OFFICE):
        rows[Kind.STATION] = rows[Kind.STATION].filter(pk__in=units_managed(member))
        rows[Kind.TRAINER] = rows[Kind.TRAINER].filter(
            staff_member__in=MemberScope.objects.filter(member=member).values("staff_member")
        )
        rows[Kind.ROOM] = rows[Kind.ROOM].none()
    return {kind: list(found) for kind, found in rows.items()}


def feeds_of(member: Member) -> QuerySet[Feed]:
    """The live feeds that the member may revoke: the own ones, for the HR officer all."""
    rows = Feed.objects.visible_to(member).filter(revoked_at=None)
    if not has_role(member, OFFICE):
        rows = rows.filter(by=member)
    return rows.select_related("staff_member", "unit", "trainer", "venue", "by__user")


@transaction.atomic
def make_feed(kind: str, target: int, *, by: Member) -> Made:
    """Make a secret address for a calendar; an earlier one of the same member for it dies.

    Refused for whose calendar the member may not have.
    """
    found = next((row for row in targets(by).get(kind, []) if row.pk == target), None)
    if found is None:
        raise ValidationError(_("You may not have this calendar."))
    field = FIELDS[Kind(kind)]
    now = timezone.now()
    old = Feed.objects.filter(by=by, kind=kind, revoked_at=None, **{field: found})
    old.update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    made = Feed(administration=by.administration, kind=kind, by=by, **{field: found})
    made.digest = _digest(token)
    made.save()
    audit.record("make_feed", made, by=by, fields=["kind", field])
    return Made(made, token)


@transaction.atomic
def revoke_feed(made: Feed, *, by: Member) -> None:
    """Let a secret address die. Refused for one of others, but to the office."""
    require(can_revoke_feed(by, made))
    Feed.objects.filter(pk=made.pk, revoked_at=None).update(revoked_at=timezone.now())
    audit.record("revoke_feed", made, by=by, fields=["revoked_at"])


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def live_feed(token: str) -> Feed | None:
    """The feed of a secret; None where it is unknown, revoked, or its maker may have it no more."""
    rows = Feed.objects.select_related(
        *("administration", "by__user", "by__administration"),
        *("staff_member", "unit", "trainer", "venue"),
    )
    found = rows.filter(digest=_digest(token), revoked_at=None).first()
    if found is None or not can_make_feed(found.by, found):
        return None
    return found


def feed_bytes(found: Feed) -> bytes:
    """The calendar of a feed as the last release has it; a first one is noted as read today."""
    owner = found.administration
    if found.read_on != owner.as_of:
        Feed.objects.filter(pk=found.pk).update(read_on=owner.as_of)
    with spoken_in(owner):
        whose = str(found.target) if found.unit or found.venue else ""
        name = wording.feed_name(owner.short_name, whose)
        last = last_release(owner)
        if last is None:
            return feed(name, (), stamp=found.made_at)
        entries = [_entry(found, row, last.number) for row in _sessions(found, last)]
        return feed(name, entries, stamp=last.released_at)


def _sessions(found: Feed, last: Release) -> QuerySet[ReleasedSession]:
    """The sessions of a feed, with how many people of it take part."""
    rows = ReleasedSession.objects.filter(release=last).select_related("module")
    if found.kind == Kind.PERSONAL:
        rows = rows.filter(places__staff_member=found.staff_member)
    elif found.kind == Kind.STATION:
        rows = rows.filter(places__staff_member__unit=found.unit)
    elif found.kind == Kind.TRAINER:
        rows = rows.filter(trainer=found.trainer)
    else:
        rows = rows.filter(venue=found.venue)
    return rows.annotate(people=Count("places")).order_by("starts_on", "code")


def _entry(found: Feed, row: ReleasedSession, number: int) -> Entry:
    people = int(row.people)  # type: ignore[attr-defined]
    lines = [_("Reference: %(code)s") % {"code": row.code}]
    if found.kind != Kind.PERSONAL:
        words = wording.people(people)
        lines.append(f"{words}, {found.unit}" if found.unit else words)
    if found.administration.is_demonstration:
        lines.append(_("Invented demonstration data"))
    key = uuid5(NAMESPACE_URL, f"hrplan/{found.administration.slug}/{found.kind}/{row.code}")
    return Entry(
        uid=f"feed-{key}@{settings.MAIL_DOMAIN}",
        sequence=number,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        title=told(row.module.title),
        place=row.place,
        text="\n".join(lines),
    )
