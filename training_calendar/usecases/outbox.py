"""The outbox: messages that a release queued are sent by a run, tried again, or told by hand."""

import smtplib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from hrplan.core import audit, runs
from hrplan.core.access import require
from hrplan.core.models import Administration, Member, Role, Run, RunState
from training_calendar.models import Message
from training_calendar.rules import can_tell
from training_calendar.usecases import invitations, mail

MAIL = "mail"
WAITS = (1, 5, 30, 120)
"""Minutes until a message is tried again; after as many tries and one more it has failed."""
LEASE = timedelta(minutes=10)
"""A message taken for sending this long ago was left by a worker that vanished."""
State = Message.State
COUNTED: dict[str, str] = {
    State.SENT: "sent",
    State.QUEUED: "again",
    State.FAILED: "failed",
    State.BY_HAND: "by_hand",
}
"""State of a message after a round -> what the round counts it as."""


def ask(administration: Administration, *, by: Member) -> Run:
    """Ask for what waits to be sent, as a run."""
    allowed = by.administration_id == administration.pk
    return runs.ask(MAIL, send_task, by=by, allowed=allowed)


@task()
def send_task(run_id: int) -> None:
    """Carry out a run of `ask`."""
    runs.carry_out(run_id, _send_work)


def _send_work(run: Run, watch: runs.Watch) -> dict[str, Any]:
    return send_due(run.administration, watch=watch)


def due(administration: Administration) -> QuerySet[Message]:
    """What is to be sent now, the oldest first; what a vanished worker held comes again."""
    now = timezone.now()
    waiting = Q(state=State.QUEUED, next_try_at__lte=now)
    left = Q(state=State.SENDING, next_try_at__lte=now - LEASE)
    return Message.objects.filter(waiting | left, administration=administration).order_by("pk")


def send_due(administration: Administration, *, watch: runs.Watch | None = None) -> dict[str, int]:
    """Send what is due over one connection; how many were sent, wait again, failed, are to be told.

    When the server cannot be reached nothing more is tried in this round.
    """
    counts = dict.fromkeys(COUNTED.values(), 0)
    if not invitations.sends_mail(administration):
        return counts
    keys = list(due(administration).values_list("pk", flat=True))
    connection = get_connection()
    try:
        for number, key in enumerate(keys):
            if watch and not watch(100 * number / len(keys), _("sending mail")):
                raise runs.Stopped
            message = _taken(key)
            if message is None:
                continue
            state, reached = _send(message, connection)
            counts[COUNTED[state]] += 1
            if not reached:
                break
    finally:
        connection.close()
    return counts


def _taken(key: int) -> Message | None:
    """The message, taken for sending by this worker alone; None where another has it."""
    now = timezone.now()
    free = Q(state=State.QUEUED) | Q(state=State.SENDING, next_try_at__lte=now - LEASE)
    if not Message.objects.filter(free, pk=key).update(state=State.SENDING, next_try_at=now):
        return None
    related = ("administration", "invitation__staff_member")
    taken = Message.objects.select_related(*related).get(pk=key)
    if taken.sequence < taken.invitation.sequence:  # a later one stands in its place
        _settle(taken, State.OVERTAKEN)
        return None
    return taken


def _send(message: Message, connection: Any) -> tuple[str, bool]:
    """Send one; its state then, and whether the server was reached."""
    address = invitations.address_of(message.invitation.staff_member)
    if not address:
        _settle(message, State.BY_HAND)
        return State.BY_HAND, True
    try:
        connection.open()
        connection.send_messages([mail.mail_of(message, address, stamp=timezone.now())])
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        return _refused(message, code), True
    except smtplib.SMTPResponseException as error:
        reached = not isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPAuthenticationError)
        code = error.smtp_code if reached else 0
        connection.close()
        return _refused(message, code), reached
    except (smtplib.SMTPException, OSError) as error:
        connection.close()
        return _again(message, type(error).__name__), False
    _settle(message, State.SENT, done_at=timezone.now())
    return State.SENT, True


PERMANENT = range(500, 600)


def _refused(message: Message, code: int) -> str:
    """What the server would not take: for good, or to be tried again."""
    words = _("The mail server answered %(code)d.") % {"code": code}
    if code in PERMANENT:
        _settle(message, State.FAILED, error=words, attempts=message.attempts + 1)
        return State.FAILED
    return _again(message, words)


def _again(message: Message, words: str) -> str:
    tries = message.attempts + 1
    if tries > len(WAITS):
        _settle(message, State.FAILED, error=words, attempts=tries)
        return State.FAILED
    later = timezone.now() + timedelta(minutes=WAITS[tries - 1])
    _settle(message, State.QUEUED, error=words, attempts=tries, next_try_at=later)
    return State.QUEUED


def _settle(message: Message, state: str, **fields: Any) -> None:
    if "error" not in fields:
        fields["error"] = ""
    fields["error"] = str(fields["error"])[:200]
    rows = Message.objects.filter(pk=message.pk, state=State.SENDING)
    rows.update(state=state, **fields)


@dataclass(frozen=True, slots=True)
class Outbox:
    """How many messages are in each state, in words."""

    counts: tuple[tuple[str, str, int], ...]
    sends_mail: bool


def outbox(administration: Administration) -> Outbox:
    """The states that occur, with how many messages are in each."""
    rows = Message.objects.filter(administration=administration).order_by()
    found = dict(rows.values_list("state").annotate(number=Count("pk")))
    counts = tuple((s.value, str(s.label), found[s.value]) for s in State if s.value in found)
    return Outbox(counts, invitations.sends_mail(administration))


def wake() -> int:
    """Ask for a round wherever something is due and none is under way. [runs]"""
    now = timezone.now()
    stale = Q(state=State.SENDING, next_try_at__lte=now - LEASE)
    owed = Message.objects.filter(Q(state=State.QUEUED, next_try_at__lte=now) | stale)
    made = 0
    for owner in Administration.objects.filter(pk__in=owed.order_by().values("administration")):
        open_runs = Run.objects.filter(
            administration=owner, kind=MAIL, state__in=[RunState.WAITING, RunState.RUNNING]
        )
        sender = _sender(owner)
        if sender and invitations.sends_mail(owner) and not open_runs.exists():
            ask(owner, by=sender)
            made += 1
    return made


def _sender(administration: Administration) -> Member | None:
    """Who the round is asked for by: the head or officer of HR, whoever is there."""
    seats = Member.objects.filter(administration=administration, ended_on=None)
    return seats.filter(role__in=[Role.HR_OFFICER, Role.HEAD]).select_related(
        "administration"
    ).first()  # fmt: skip


@transaction.atomic
def note_told(message: Message, *, by: Member) -> Message:
    """Write down that somebody was told by hand. Refused for what is not to be told so."""
    require(can_tell(by, message))
    held = (State.BY_HAND, State.FAILED)
    rows = Message.objects.filter(pk=message.pk, state__in=held)
    if not rows.update(state=State.TOLD, done_at=timezone.now()):
        raise ValidationError(_("This is not waiting to be told by hand."))
    audit.record("tell_by_hand", message, by=by, fields=["state"])
    message.refresh_from_db()
    return message


@transaction.atomic
def try_again(message: Message, *, by: Member) -> Message:
    """Queue once more what failed, or what had no address and has one now.

    Refused where mail is not set up and where there is no address.
    """
    require(can_tell(by, message))
    if not invitations.sends_mail(message.administration):
        raise ValidationError(_("Mail is not set up here; tell people by hand."))
    if not invitations.address_of(message.invitation.staff_member):
        raise ValidationError(_("There is no e-mail address; tell the person by hand."))
    held = (State.BY_HAND, State.FAILED)
    rows = Message.objects.filter(pk=message.pk, state__in=held)
    if not rows.update(state=State.QUEUED, attempts=0, next_try_at=timezone.now(), error=""):
        raise ValidationError(_("This is not waiting to be told by hand."))
    audit.record("send_again", message, by=by, fields=["state"])
    ask(message.administration, by=by)
    message.refresh_from_db()
    return message
