"""The register of the documents that a diagnostic asks for."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from diagnostics import rules
from diagnostics.models import Exercise, ReferenceDocument
from diagnostics.usecases import titled
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Member


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One document asked for, with the title of the domain that asks for it."""

    document: ReferenceDocument
    domain: str


@dataclass(frozen=True, slots=True)
class DocumentRegister:
    """The documents asked for: how many there are, and how they stand."""

    rows: tuple[RegisterLine, ...]
    counts: dict[str, int]  # status -> documents

    @property
    def n(self) -> int:
        return len(self.rows)

    @property
    def missing(self) -> int:
        return self.counts[ReferenceDocument.Status.MISSING]


def document_register(exercise: Exercise) -> DocumentRegister:
    """The documents that the diagnostic asks for, in the order of their numbers."""
    titles = {
        domain.code: titled.domain_title(domain)
        for questionnaire in exercise.questionnaires.prefetch_related("domains")
        for domain in questionnaire.domains.all()
    }
    rows = tuple(
        RegisterLine(document, titles.get(document.domain, document.domain))
        for document in ReferenceDocument.objects.filter(exercise=exercise).select_related("review")
    )
    counts = dict.fromkeys(ReferenceDocument.Status.values, 0)
    for row in rows:
        counts[row.document.status] += 1
    return DocumentRegister(rows, counts)


@transaction.atomic
def register_document(
    exercise: Exercise,
    *,
    code: str,
    title: str,
    status: str,
    dated_on: date | None = None,
    domain: str = "",
    link: str = "",
    by: Member | None,
) -> ReferenceDocument:
    """Enter a document, or say anew how it stands. Refused with a date after the as-of date."""
    if by is not None:
        require(rules.can_prepare(by))
    administration = exercise.administration
    if dated_on is not None and dated_on > administration.as_of:
        raise ValidationError({"dated_on": _("This date lies in the future.")})
    if status == ReferenceDocument.Status.MISSING and dated_on is not None:
        raise ValidationError({"dated_on": _("A missing document has no date.")})
    fields = {
        "title": title,
        "status": status,
        "dated_on": dated_on,
        "domain": domain,
        "link": link,
    }
    row = ReferenceDocument.objects.filter(exercise=exercise, code=code).first()
    row = row or ReferenceDocument(administration=administration, exercise=exercise, code=code)
    for name, value in fields.items():
        setattr(row, name, value)
    row.clean_fields()
    row.save()
    audit.record("register", row, by=by, fields=fields)
    return row
