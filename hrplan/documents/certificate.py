"""A certificate as one page of PDF: who completed what, its number, and where it is verified."""

from dataclasses import dataclass
from datetime import date

from hrplan.documents.typeset import FONTS, typeset
from hrplan.documents.words import xml_safe


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """What stands on it, in words.

    lines : what it leads to, one line each; signs : under which lines people sign
    picture : the address of verification as a QR code (SVG); alternative : the same in words
    notice : what stands on top in a warning colour, or nothing
    """

    administration: str
    title: str
    name: str
    says: str
    module: str
    when: str
    lines: tuple[str, ...]
    facts: tuple[str, ...]
    signs: tuple[str, ...]
    verify: str
    address: str
    picture: str
    alternative: str
    notice: str
    language: str
    on: date


def certificate_pdf(page: CertificatePage) -> bytes:
    """The page as the bytes of a tagged PDF; the same page gives the same bytes."""
    plain = ("administration", "title", "name", "says", "module", "when", "verify", "address",
             "picture", "alternative", "notice")  # fmt: skip
    data = {
        **{name: xml_safe(getattr(page, name)) for name in plain},
        **{name: [xml_safe(line) for line in getattr(page, name)]
           for name in ("lines", "facts", "signs")},
        "lang": page.language.split("-", maxsplit=1)[0],
        "day": {"year": page.on.year, "month": page.on.month, "day": page.on.day},
        "fonts": list(FONTS),
    }  # fmt: skip
    return typeset("certificate.typ", data, page.on)
