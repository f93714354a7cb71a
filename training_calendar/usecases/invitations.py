"""Invitations: on a release, what must be told goes to the outbox, to nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from competencies.models import StaffMember
from hrplan.core.models import Administration
from training_calendar.analysis.differences import Side
from training_calendar.analysis.telling import CANCEL, REQUEST, Entry, Key, Step, entries, steps
from training_calendar.models import Invitation, Message, Release

CHUNK = 1_000
FIELDS = ("starts_on", "ends_on", "title", "place")
State = Message.State
REACHED = (State.SENDING, State.SENT, State.TOLD)
"""States in which the person knows, or may know, what the message says."""

WAITING = (State.QUEUED, State.BY_HAND, State.FAILED)
"""States in which nobody has heard of the message."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Whom a release would tell [persons], and in how many messages."""

    by_mail: int
    by_hand: int
    messages: int


def sends_mail(administration: Administration) -> bool:
    """Mail leaves only where it is set up, and never for invented people."""
    return bool(settings.MAIL_IS_SET_UP) and not administration.is_demonstration


def address_of(person: StaffMember) -> str:
    """Where mail reaches a person who serves; nothing where there is no sound address."""
    if person.left_on is not None:
        return ""
    try:
        validate_email(person.email)
    except ValidationError:
        return ""
    return person.email


def foreseen(administration: Administration, side: Side) -> Foreseen:
    """Whom a release of this state of the calendar would tell."""
    found = steps(_held(administration), entries(side), administration.as_of)
    people = {person for person, _code in (step.key for step in found)}
    reached = _with_address(administration, people) if sends_mail(administration) else set()
    return Foreseen(len(people & reached), len(people - reached), len(found))


def _held(administration: Administration) -> dict[Key, Entry]:
    rows = Invitation.objects.filter(administration=administration, is_cancelled=False)
    return {
        (row["staff_member"], row["session_code"]): Entry(*(row[name] for name in FIELDS))
        for row in rows.values("staff_member", "session_code", *FIELDS)
    }


def _with_address(administration: Administration, people: Iterable[int]) -> set[int]:
    rows = StaffMember.objects.of(administration).serving().exclude(email="")
    wanted = set(people)
    return {row.pk for row in rows.only("email", "left_on") if row.pk in wanted and address_of(row)}


def queue(release: Release, side: Side) -> int:
    """Put into the outbox what a release has to tell; how many wait to be sent. [messages]

    Of each invitation what was not yet sent is overtaken; nobody is told that something they
    never heard of is taken away. Call it in the transaction of the release.
    """
    owner = release.administration
    found = steps(_held(owner), entries(side), owner.as_of)
    known = _known(owner, found)
    fresh = [_fresh(owner, step) for step in found if step.key not in known]
    Invitation.objects.bulk_create(fresh, batch_size=CHUNK)
    known |= {(row.staff_member_id, row.session_code): row for row in fresh}
    asked = {known[step.key].pk for step in found}
    _overtake(asked)
    reached = _reached(asked)  # only now: what a worker took meanwhile counts
    mail = _with_address(owner, (step.key[0] for step in found)) if sends_mail(owner) else set()
    new = {row.pk for row in fresh}
    made, now = [], timezone.now()
    for step in found:
        row = known[step.key]
        row.sequence += row.pk not in new
        row.is_cancelled = step.method == CANCEL
        for name in FIELDS:
            setattr(row, name, getattr(step.entry, name))
        if step.method == CANCEL and row.pk not in reached:
            continue
        made.append(
            Message(
                administration=owner,
                release=release,
                invitation=row,
                method=step.method,
                sequence=row.sequence,
                state=State.QUEUED if step.key[0] in mail else State.BY_HAND,
                next_try_at=now,
                **{name: getattr(step.entry, name) for name in FIELDS},
            )
        )
    changed = [known[step.key] for step in found]
    names = ("sequence", "is_cancelled", *FIELDS)
    Invitation.objects.bulk_update(changed, names, batch_size=CHUNK)
    Message.objects.bulk_create(made, batch_size=CHUNK)
    return sum(message.state == State.QUEUED for message in made)


def _known(administration: Administration, found: Iterable[Step]) -> dict[Key, Invitation]:
    wanted = {step.key for step in found}
    rows = Invitation.objects.select_for_update().filter(administration=administration)
    every = {(row.staff_member_id, row.session_code): row for row in rows}
    return {key: row for key, row in every.items() if key in wanted}


def _fresh(administration: Administration, step: Step) -> Invitation:
    person, code = step.key
    return Invitation(
        administration=administration,
        staff_member_id=person,
        session_code=code,
        uid=f"session-{uuid4()}@{settings.MAIL_DOMAIN}",
        **{name: getattr(step.entry, name) for name in FIELDS},
    )


def knows(message: Message) -> bool:
    """Whether the person, by what reached them before, has the session in the calendar."""
    before = Message.objects.filter(
        invitation=message.invitation_id, sequence__lt=message.sequence, state__in=REACHED
    )
    last = before.order_by("-sequence").values_list("method", flat=True).first()
    return last == REQUEST


def _reached(invitations: set[int]) -> set[int]:
    rows = Message.objects.filter(state__in=REACHED).order_by()
    return set(rows.values_list("invitation", flat=True)) & invitations


def _overtake(invitations: set[int]) -> None:
    waiting = Message.objects.filter(state__in=WAITING)
    of = dict(waiting.values_list("pk", "invitation"))
    gone = [pk for pk, invitation in of.items() if invitation in invitations]
    for start in range(0, len(gone), CHUNK):
        part = Message.objects.filter(pk__in=gone[start : start + CHUNK], state__in=WAITING)
        part.update(state=State.OVERTAKEN)
