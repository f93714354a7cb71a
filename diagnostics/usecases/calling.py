"""Workshops called, changed and dropped, and the list of the people invited to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from diagnostics import rules
from diagnostics.models import Exercise, Participant, Workshop
from diagnostics.usecases.joining import MOST_PEOPLE
from diagnostics.usecases.workshops import refuse_closed
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.keeping import save_row
from hrplan.core.models import Member, Role

BY_ROLE, ANONYMOUS = Workshop.Attribution.ROLE, Workshop.Attribution.ANONYMOUS


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody on the list; one of the two is enough."""

    name: str = ""
    function: str = ""


@transaction.atomic
def call_workshop(exercise: Exercise, *, by: Member, **fields: Any) -> Workshop:
    """Call the managers of an exercise together. A facilitator who calls it leads it.

    Refused with a short name that is used, and where the last day lies before the first.
    """
    require(rules.can_prepare(by) and by.administration_id == exercise.administration_id)
    leader = by if by.role == Role.FACILITATOR else None
    workshop = Workshop(
        administration=exercise.administration, exercise=exercise, facilitator=leader
    )
    return _saved(workshop, fields, "call", by)


@transaction.atomic
def change_workshop(workshop: Workshop, *, by: Member, **fields: Any) -> Workshop:
    """Change name, place or days. Refused as at the call, and for days the agenda needs."""
    require(rules.can_set_up(by, workshop))
    refuse_closed(workshop)
    workshop.revision += 1
    return _saved(workshop, fields, "change", by)


@transaction.atomic
def drop_workshop(workshop: Workshop, *, by: Member) -> None:
    """Take a workshop away with its list. Refused once a question was opened or settled."""
    require(rules.can_set_up(by, workshop))
    refuse_closed(workshop)
    if workshop.rounds.exists() or workshop.agreements.exists():
        raise ValidationError(_("The room has begun to vote; this workshop stays."))
    audit.record("drop", workshop, by=by)
    workshop.delete()


def _saved(workshop: Workshop, fields: dict[str, Any], action: str, by: Member) -> Workshop:
    same = Workshop.objects.filter(administration=workshop.administration, code=fields.get("code"))
    if same.exclude(pk=workshop.pk).exists():
        raise ValidationError({"code": _("Another workshop has this short name.")})
    save_row(workshop, fields, action, by=by)
    days = (workshop.ends_on - workshop.starts_on).days + 1
    last = workshop.agenda.aggregate(last=Max("day"))["last"]
    if last and last > days:
        words = _("The agenda has sessions on day %(day)d; move them first.")
        raise ValidationError({"ends_on": words % {"day": last}})
    return workshop


@transaction.atomic
def invite(workshop: Workshop, people: Sequence[Invited], *, by: Member) -> list[Participant]:
    """Write people on the list; where votes are given by role, only their function is kept.

    Refused for an anonymous workshop, for somebody who stands on the list already, and beyond
    the number of people a room holds.
    """
    _require(workshop, by)
    if workshop.attribution == ANONYMOUS:
        words = _("An anonymous workshop has no list of people; they join by its code.")
        raise ValidationError(words)
    held = list(Participant.objects.filter(workshop=workshop))
    if len(held) + len(people) > MOST_PEOPLE:
        raise ValidationError(_("A workshop holds %(n)d people.") % {"n": MOST_PEOPLE})
    taken = {one.code for one in held}
    codes = (code for n in range(1, MOST_PEOPLE + 1) if (code := f"P{n:02d}") not in taken)
    known = {(one.name, one.function) for one in held}
    made = []
    for person, code in zip(people, codes, strict=False):
        one = _named(Participant(workshop=workshop, code=code), person)
        if (one.name, one.function) in known:
            raise ValidationError(_("%(who)s stands on the list already.") % {"who": one.known_as})
        known.add((one.name, one.function))
        made.append(one)
    Participant.objects.bulk_create(made)
    audit.record("invite", workshop, by=by, fields=["participants"])
    return made


@transaction.atomic
def change_participant(
    participant: Participant, person: Invited, *, member: Member | None = None, by: Member
) -> Participant:
    """Correct how somebody stands on the list, and which member's own account votes for them.

    Refused for a member who has another place in the workshop.
    """
    _require(participant.workshop, by)
    _named(participant, person)
    others = participant.workshop.participants.exclude(pk=participant.pk)
    if member is not None and member.administration_id != by.administration_id:
        raise ValidationError(_("This points to a row of another administration."))
    if member is not None and others.filter(member=member).exists():
        raise ValidationError({"member": _("This member has another place in the workshop.")})
    participant.member = member
    participant.save(update_fields=["name", "function", "member"])
    audit.record("change participant", participant.workshop, by=by, fields=["participants"])
    return participant


@transaction.atomic
def withdraw(participant: Participant, *, by: Member) -> None:
    """Take somebody off the list. Refused for one who has voted."""
    _require(participant.workshop, by)
    if participant.votes.exists():
        raise ValidationError(_("%(who)s has voted and stays.") % {"who": participant.known_as})
    audit.record("withdraw", participant.workshop, by=by, fields=["participants"])
    participant.delete()


def _require(workshop: Workshop, by: Member) -> None:
    require(rules.can_set_up(by, workshop))
    refuse_closed(workshop)


def _named(participant: Participant, person: Invited) -> Participant:
    by_role = participant.workshop.attribution == BY_ROLE
    participant.name = "" if by_role else person.name
    participant.function = person.function or (person.name if by_role else "")
    if not participant.name and not participant.function:
        raise ValidationError(_("Give a name or a function."))
    participant.full_clean(exclude=["workshop", "member"], validate_constraints=False)
    return participant
