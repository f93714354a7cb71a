"""A certificate in words, as the page for print and the PDF show it."""

from django.utils.translation import gettext as _

from hrplan.core.figures import day
from hrplan.core.pictures import qr_svg
from hrplan.core.titles import told
from hrplan.core.wording import spoken, spoken_in
from hrplan.documents.certificate import CertificatePage
from training_calendar import wording
from training_calendar.models import Certificate


def certificate_page(certificate: Certificate, address: str) -> CertificatePage:
    """What stands on the certificate, in the administration's language.

    address : of the page that verifies it
    """
    owner = certificate.administration
    with spoken_in(owner):
        return CertificatePage(
            administration=owner.name,
            title=_("Certificate"),
            name=str(certificate.staff_member),
            says=_("attended and completed"),
            module=told(certificate.title),
            when=_when(certificate),
            lines=tuple(wording.certificate_lifts(certificate.lifts)),
            facts=tuple(_facts(certificate)),
            signs=(_("Head of the administration"), _("Officer in charge of training")),
            verify=_("Whether it holds is told at"),
            address=address,
            picture=str(qr_svg(address)),
            alternative=_("QR code of the address below"),
            notice=_notice(certificate),
            language=spoken((owner.languages or ["en"])[0]),
            on=certificate.issued_on,
        )


def _when(certificate: Certificate) -> str:
    first, last = day(certificate.starts_on), day(certificate.ends_on)
    given = {
        "days": first
        if first == last
        else _("%(first)s to %(last)s") % {"first": first, "last": last},
        "hours": wording.shortest(certificate.hours),
        "provider": certificate.provider,
    }
    return _("%(days)s, %(hours)s hours, %(provider)s") % given


def _facts(certificate: Certificate) -> list[str]:
    facts = [
        _("Number %(number)s") % {"number": certificate.number},
        _("issued on %(day)s") % {"day": day(certificate.issued_on)},
    ]
    if certificate.valid_until:
        facts.append(_("valid until %(day)s") % {"day": day(certificate.valid_until)})
    return facts


def _notice(certificate: Certificate) -> str:
    notices = []
    if certificate.revoked_on:
        notices.append(_("Revoked on %(day)s") % {"day": day(certificate.revoked_on)})
    if certificate.administration.is_demonstration:
        notices.append(_("Invented demonstration data"))
    return ". ".join(notices)
