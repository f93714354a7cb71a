"""How people come into a workshop without an account: join codes, passes, personal links.

The code is a credential: it lets in for some hours and ends with the workshop. Who came in holds
a pass; only its digest is kept, so that nobody who reads the database can vote for another.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from diagnostics import rules
from diagnostics.models import JoinCode, Participant, Workshop
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Member

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31 signs, none that is read as another
CODE_LENGTH = 9  # 44.6 bits
CODE_LIFE = timedelta(hours=12)
MOST_PEOPLE = 1_500  # in one workshop; above it somebody is playing with the code
TRIES = 5  # a new code clashes with an open one about never


@dataclass(frozen=True, slots=True)
class Admission:
    """A participant who came in, and the pass that only their device keeps."""

    participant: Participant
    token: str


@transaction.atomic
def open_joining(workshop: Workshop, *, by: Member) -> JoinCode:
    """A fresh code for the next hours; an earlier one dies. Refused once the workshop is closed."""
    require(rules.can_lead(by, workshop))
    if workshop.is_closed:
        raise ValidationError(_("This workshop is closed; nobody can join it any more."))
    values = {"code": _fresh_code(), "expires_at": timezone.now() + CODE_LIFE}
    made, _new = JoinCode.objects.update_or_create(workshop=workshop, defaults=values)
    audit.record("open joining", workshop, by=by)
    return made


@transaction.atomic
def close_joining(workshop: Workshop, *, by: Member) -> None:
    """Let nobody else in; who is in stays in."""
    require(rules.can_lead(by, workshop))
    JoinCode.objects.filter(workshop=workshop).delete()
    audit.record("close joining", workshop, by=by)


def open_code(workshop: Workshop) -> JoinCode | None:
    """The code that lets people in now, if there is one."""
    live = JoinCode.objects.filter(workshop=workshop, expires_at__gt=timezone.now())
    return None if workshop.is_closed else live.first()


def open_codes() -> QuerySet[JoinCode]:
    """The codes by which people can join now, with their workshops."""
    going = JoinCode.objects.filter(expires_at__gt=timezone.now(), workshop__closed_on=None)
    return going.select_related("workshop").order_by("expires_at")


def plain_code(text: str) -> str:
    """A code as it is kept: capitals without the gaps between its groups."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def spaced_code(code: str) -> str:
    """A code as it is read aloud: three groups of three."""
    return " ".join(code[start : start + 3] for start in range(0, len(code), 3))


def workshop_of(code: str) -> Workshop | None:
    """The workshop a code lets into; None for an unknown, expired or closed one alike."""
    live = JoinCode.objects.filter(
        code=plain_code(code)[:CODE_LENGTH],
        expires_at__gt=timezone.now(),
        workshop__closed_on=None,
    )
    found = live.select_related("workshop__administration").first()
    return found.workshop if found else None


def free_places(workshop: Workshop) -> QuerySet[Participant]:
    """The people on the list who have not come in yet; an anonymous workshop has no list."""
    if workshop.attribution == Workshop.Attribution.ANONYMOUS:
        return Participant.objects.none()
    return Participant.objects.filter(workshop=workshop, pass_digest=None)


@transaction.atomic
def join(
    workshop: Workshop, *, place: Participant | None = None, name: str = "", function: str = ""
) -> Admission:
    """Take the place chosen from the list, or a new one.

    Refused for a place that somebody has taken, without the word that the attribution asks for,
    and once the workshop is closed or full.
    """
    workshop = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)
    if workshop.is_closed:
        raise ValidationError(_("This workshop is closed; nobody can join it any more."))
    participant = _taken(workshop, place) if place else _added(workshop, name, function)
    token = _admit(participant)
    audit.record("join", workshop, by=None)
    return Admission(participant, token)


@transaction.atomic
def relink(participant: Participant, *, by: Member) -> str:
    """A new pass for one who lost theirs; the old one dies. Votes stay. Returns the pass."""
    require(rules.can_lead(by, participant.workshop))
    if participant.workshop.is_closed:
        raise ValidationError(_("This workshop is closed; nobody can join it any more."))
    token = _admit(participant)
    audit.record("relink", participant.workshop, by=by)
    return token


def participant_of(token: str) -> Participant | None:
    """Whose pass this is."""
    if not token:
        return None
    found = Participant.objects.filter(pass_digest=_digest(token))
    return found.select_related("workshop__administration").order_by().first()


def _fresh_code() -> str:
    for _try in range(TRIES):
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        if not JoinCode.objects.filter(code=code).exists():
            return code
    raise RuntimeError("no free join code was found")


def _taken(workshop: Workshop, place: Participant) -> Participant:
    participant = Participant.objects.get(pk=place.pk)
    if participant.workshop_id != workshop.pk:
        raise ValidationError(_("This place is not in the workshop."))
    if participant.pass_digest:
        words = _("Somebody has joined in this place. Ask the facilitator for a link of your own.")
        raise ValidationError(words)
    return participant


def _added(workshop: Workshop, name: str, function: str) -> Participant:
    if workshop.attribution == Workshop.Attribution.NAMED and not name:
        raise ValidationError(_("Give your name, or choose it from the list."))
    if workshop.attribution == Workshop.Attribution.ROLE and not function:
        raise ValidationError(_("Give your function, or choose it from the list."))
    codes = set(workshop.participants.values_list("code", flat=True))
    if len(codes) >= MOST_PEOPLE:
        raise ValidationError(_("This workshop is full. Ask the facilitator."))
    code = next(code for n in range(1, len(codes) + 2) if (code := f"G{n:03d}") not in codes)
    known = "" if workshop.attribution == Workshop.Attribution.ROLE else name
    return Participant(workshop=workshop, code=code, name=known, function=function)


def _admit(participant: Participant) -> str:
    token = secrets.token_urlsafe(32)
    participant.pass_digest = _digest(token)
    participant.joined_at = timezone.now()
    participant.full_clean(exclude=["workshop", "member"], validate_constraints=False)
    participant.save()
    return token


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
