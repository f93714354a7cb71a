"""Certificates: issued to who completed a module, verified by anybody who holds one, revoked."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from competencies.library.for_others import item_address, item_key
from hrplan.core.access import require
from hrplan.core.audit import record
from hrplan.core.models import Administration, Member
from hrplan.core.titles import told
from hrplan.core.wording import spoken_in
from hrplan.exchange.formats.open_badges import Achieved, Aligned, credential
from training_calendar import rules, wording
from training_calendar.analysis.certificates import (
    EXPIRED,
    REVOKED,
    VALID,
    is_same_name,
    next_number,
)
from training_calendar.models import Attendance, Certificate, Enrolment, TrainingSession
from training_calendar.usecases.attendance import valid_until

TOKEN_BYTES = 24
"""Of the secret in the address that verifies a certificate."""


@transaction.atomic
def issue(place: Enrolment, *, by: Member) -> Certificate:
    """Certify that somebody completed a module. Refused where they did not, and a second time."""
    require(rules.can_issue(by, place))
    held: Attendance | None = getattr(place, "attendance", None)
    if held is None or not held.is_completed:
        raise ValidationError(_("Only who completed the module gets a certificate."))
    if place.certificates.filter(revoked_on=None).exists():
        raise ValidationError(_("There is a certificate already; revoke it first."))
    owner = place.calendar.administration
    made = Certificate.objects.create(
        administration=owner,
        staff_member=place.staff_member,
        module=place.module,
        enrolment=place,
        number=_number(owner),
        token=secrets.token_urlsafe(TOKEN_BYTES),
        title=place.module.title,
        provider=place.module.provider.name,
        hours=held.hours,
        starts_on=place.starts_on,
        ends_on=place.ends_on,
        lifts=_lifts(place),
        valid_until=valid_until(place),
        issued_on=owner.as_of,
        issued_by=by,
    )
    record("issue", made, by=by, fields=["staff_member", "module"])
    return made


@transaction.atomic
def issue_all(session: TrainingSession, *, by: Member) -> int:
    """Certify all who completed the session and have no certificate that stands. [certificates]

    The member's own place is left to another officer.
    """
    require(rules.can_change_calendar(by, session.calendar))
    places = uncertified(session).select_related(*_ON_A_PLACE)
    return sum(bool(issue(place, by=by)) for place in places if rules.can_issue(by, place))


_ON_A_PLACE = (
    *("calendar__administration", "staff_member__administration"),
    *("module__provider", "attendance"),
)


def uncertified(session: TrainingSession) -> QuerySet[Enrolment]:
    """The places of a session that were completed and have no certificate that stands."""
    rows = Enrolment.objects.filter(session=session, attendance__is_completed=True)
    standing = Certificate.objects.filter(revoked_on=None, enrolment__session=session)
    return rows.exclude(pk__in=standing.values("enrolment")).order_by("staff_member__code")


def _number(administration: Administration) -> str:
    """The next number; the row of the administration is held until the certificate is there."""
    Administration.objects.select_for_update().get(pk=administration.pk)
    year = administration.as_of.year
    rows = Certificate.objects.filter(administration=administration, number__startswith=f"{year}-")
    return next_number(year, rows.values_list("number", flat=True))


def _lifts(place: Enrolment) -> list[dict[str, Any]]:
    """What the module leads to, as it stands today."""
    rows = place.module.outcomes.select_related("competency__framework")
    return [
        {
            "code": row.competency.code,
            "title": row.competency.title,
            "level": row.level_to,
            "framework": row.competency.framework.title,
            "identifier": item_key(
                row.competency.framework.code, row.competency.framework.version, row.competency.code
            ),
        }
        for row in rows
    ]


def narrowed(
    rows: QuerySet[Certificate], today: date, *, state: str = "", module: str = ""
) -> QuerySet[Certificate]:
    """Those of a state on a day, and of a module; nothing narrows where nothing is said."""
    ran_out = Q(valid_until__lt=today)
    states = {
        VALID: Q(revoked_on=None) & ~ran_out,
        EXPIRED: Q(revoked_on=None) & ran_out,
        REVOKED: Q(revoked_on__isnull=False),
    }
    chosen = rows.filter(states[state]) if state else rows
    return chosen.filter(module__code=module) if module else chosen


@transaction.atomic
def revoke(certificate: Certificate, *, ground: str, by: Member) -> Certificate:
    """Revoke a certificate for good, with the reason. Refused a second time."""
    require(rules.can_revoke(by, certificate))
    if ground not in Certificate.Ground.values:
        raise ValidationError({"ground": _("Say why it is revoked.")})
    rows = Certificate.objects.filter(pk=certificate.pk, revoked_on=None)
    today = certificate.administration.as_of
    if not rows.update(revoked_on=today, revoked_by=by, ground=ground):
        raise ValidationError(_("This certificate is revoked."))
    record("revoke", certificate, by=by, fields=["revoked_on", "ground"])
    certificate.refresh_from_db()
    return certificate


@dataclass(frozen=True, slots=True)
class Verified:
    """What a stranger who holds a certificate is told: nothing but what stands on it, no name."""

    administration: str
    is_demonstration: bool
    number: str
    title: str
    starts_on: date
    ends_on: date
    issued_on: date
    valid_until: date | None
    standing: str
    revoked_on: date | None
    ground: str


def by_token(token: str) -> Certificate | None:
    """The certificate of an address; None where there is none."""
    rows = Certificate.objects.select_related("administration", "staff_member")
    return rows.filter(token=token).first()


def verified(certificate: Certificate) -> Verified:
    """What the page of verification says."""
    owner = certificate.administration
    return Verified(
        administration=owner.name,
        is_demonstration=owner.is_demonstration,
        number=certificate.number,
        title=certificate.title,
        starts_on=certificate.starts_on,
        ends_on=certificate.ends_on,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        standing=certificate.standing_on(owner.as_of),
        revoked_on=certificate.revoked_on,
        ground=str(certificate.get_ground_display()),
    )


def is_name_on(certificate: Certificate, said: str) -> bool | None:
    """Whether the certificate is of a person of that name; None where the name is kept no more."""
    held = certificate.staff_member.name
    return is_same_name(said, held) if held.strip() else None


def badge(certificate: Certificate, *, address: str, base: str) -> dict[str, Any]:
    """The certificate as an Open Badges 3.0 credential, in the administration's language.

    address : of the page that verifies it; base : of this installation
    """
    owner = certificate.administration
    with spoken_in(owner):
        title = told(certificate.title)
        criteria = wording.certificate_criteria(certificate.hours, title)
        words = wording.certificate_lifts(certificate.lifts)
        described = "; ".join(words) or criteria
    key = uuid5(NAMESPACE_URL, f"hrplan/{owner.slug}/modules/{certificate.module.code}")
    return credential(
        Achieved(
            address=address,
            issuer=f"urn:uuid:{uuid5(NAMESPACE_URL, f'hrplan/{owner.slug}')}",
            issuer_name=owner.name,
            achievement=f"urn:uuid:{key}",
            title=title,
            description=described,
            criteria=criteria,
            code=certificate.module.code,
            number=certificate.number,
            name=certificate.staff_member.name,
            salt=certificate.token,
            starts_on=certificate.starts_on,
            ends_on=certificate.ends_on,
            issued_on=certificate.issued_on,
            valid_until=certificate.valid_until,
            language=(owner.languages or ["en"])[0],
            aligned=[
                Aligned(
                    title=one["title"],
                    code=one["code"],
                    address=item_address(base, one["identifier"]),
                    framework=one["framework"],
                    words=line,
                )
                for one, line in zip(certificate.lifts, words, strict=True)
            ],
        )
    )
