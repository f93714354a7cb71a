"""An invitation as a mail: plain text for people, and the calendar part for their programs."""

from datetime import datetime
from email.encoders import encode_base64
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from hrplan.core.figures import short_day, weekday
from hrplan.core.titles import told
from hrplan.core.wording import spoken_in
from hrplan.exchange.formats.icalendar_files import Entry, Party, invitation
from hrplan.exchange.safe import ics_safe
from training_calendar.analysis.telling import CANCEL
from training_calendar.models import Message
from training_calendar.usecases import invitations


class Alternatives(EmailMessage):
    """A mail whose parts say the same in different ways."""

    mixed_subtype = "alternative"


def mail_of(message: Message, address: str, *, stamp: datetime) -> EmailMessage:
    """The mail that tells a message: `multipart/alternative`, its last part the calendar's.

    stamp : moment of sending, UTC. `message` was read with its invitation, the person and the
    administration.
    """
    owner = message.administration
    entry = message.invitation
    organizer = Party(parseaddr(settings.DEFAULT_FROM_EMAIL)[1], owner.short_name)
    changed = invitations.knows(message)
    with spoken_in(owner):
        subject, body = _subject(message, changed), _body(message, changed)
        title = told(message.title)
    data = invitation(
        Entry(
            uid=entry.uid,
            sequence=message.sequence,
            starts_on=message.starts_on,
            ends_on=message.ends_on,
            title=title,
            place=message.place,
            text=body,
        ),
        method=message.method,
        organizer=organizer,
        attendee=Party(address, str(entry.staff_member)),
        stamp=stamp,
    )
    mail = Alternatives(
        subject=" ".join(ics_safe(subject).split()),
        body=body,
        from_email=formataddr((_one_line(owner.short_name), organizer.address)),
        to=[address],
        headers={"Auto-Submitted": "auto-generated"},
    )
    part = MIMENonMultipart("text", "calendar", method=message.method, charset="UTF-8")
    part.set_payload(data)
    encode_base64(part)
    mail.attach(part)
    return mail


def _one_line(text: str) -> str:
    return " ".join(ics_safe(text).split())


def _subject(message: Message, changed: bool) -> str:
    given = {"title": told(message.title), "day": short_day(message.starts_on)}
    if message.method == CANCEL:
        return _("Cancelled: %(title)s, %(day)s") % given
    if changed:
        return _("Changed: %(title)s, %(day)s") % given
    return _("Training: %(title)s, %(day)s") % given


def _body(message: Message, changed: bool) -> str:
    first, last = map(weekday, (message.starts_on, message.ends_on))
    days = first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}
    if message.method == CANCEL:
        head = _("You no longer have a place in this training.")
    elif changed:
        head = _("Your training has changed; this is how it stands now.")
    else:
        head = _("You have a place in this training.")
    lines = [
        head,
        "",
        ics_safe(told(message.title)),
        days,
        ics_safe(message.place) or _("online"),
        _("Reference: %(code)s") % {"code": message.invitation.session_code},
        "",
        _("Ask your supervisor or the training office if you cannot come."),
        message.administration.name,
    ]
    return "\n".join(lines)
