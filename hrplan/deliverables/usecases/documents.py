"""Documents as pages list them: versions, what stands in the outline, how the checks went."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member
from hrplan.core.wording import languages_of
from hrplan.deliverables import rules
from hrplan.deliverables.contents.documents import KINDS, PARTS
from hrplan.deliverables.models import DocumentKind, DocumentVersion, Narrative, Submission
from hrplan.deliverables.usecases import files
from hrplan.deliverables.usecases.drafts import checked_language


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One of the three documents: its latest version the reader may see, and how many there are.

    others : the latest versions of the same edition in further languages
    """

    kind: str
    title: str | Promise
    version: DocumentVersion | None
    versions: int
    formats: tuple[str, ...]
    faults: int | None
    others: tuple[DocumentVersion, ...] = ()


def document_lines(administration: Administration, *, by: Member) -> tuple[DocumentLine, ...]:
    """The three documents as this member sees them."""
    seen = DocumentVersion.objects.visible_to(by).defer("tree")
    first = languages_of(administration)[0]
    versions = list(seen.filter(administration=administration).foremost(first))
    lines = []
    for kind in KINDS:
        own = [version for version in versions if version.kind == kind]
        latest = own[0] if own else None
        faults = broken(latest) if latest else None
        title = DocumentKind(kind).label
        formats = files.formats_of(kind)
        lines.append(DocumentLine(kind, title, latest, len(own), formats, faults, _others(own)))
    return tuple(lines)


def _others(versions: list[DocumentVersion]) -> tuple[DocumentVersion, ...]:
    """The latest in each language but that of the first, in its edition."""
    newest: dict[str, DocumentVersion] = {}
    for one in versions:
        if one.is_internal == versions[0].is_internal:
            newest.setdefault(one.language, one)
    return tuple(newest.values())[1:]


def broken(version: DocumentVersion) -> int:
    """How many rules did not hold when the version was frozen."""
    return sum(bool(row["faults"]) for row in version.snapshot["checks"])


@dataclass(frozen=True, slots=True)
class Place:
    """One part of an outline and the administration's own passage in it."""

    key: str
    title: str | Promise
    text: str


def outline(administration: Administration, kind: str, language: str = "") -> tuple[Place, ...]:
    """The parts of a document in order, each with the passage at its head in the language."""
    language = checked_language(administration, language)
    rows = Narrative.objects.filter(administration=administration, kind=kind, language=language)
    said = dict(rows.values_list("section", "text"))
    return tuple(Place(part.key, part.title, said.get(part.key, "")) for part in PARTS[kind])


@transaction.atomic
def write_passage(
    administration: Administration,
    kind: str,
    section: str,
    text: str,
    *,
    by: Member,
    language: str = "",
) -> None:
    """Keep the administration's own passage of a section; an empty one takes it away."""
    require(rules.can_freeze(by) and by.administration_id == administration.pk)
    language = checked_language(administration, language)
    if section not in {part.key for part in PARTS[kind]}:
        raise ValidationError({"section": _("This document has no such section.")})
    place: dict[str, Any] = {
        "administration": administration,
        "kind": kind,
        "section": section,
        "language": language,
    }
    if not text.strip():
        Narrative.objects.filter(**place).delete()
        return
    row, _made = Narrative.objects.update_or_create(**place, defaults={"text": text.strip()})
    audit.record("write", row, by=by, fields=["text"])


def submissions(administration: Administration, *, by: Member) -> tuple[Submission, ...]:
    """The submissions this member sees, the last first, with the time of the last move."""
    rows = Submission.objects.visible_to(by).filter(administration=administration)
    dated = rows.annotate(moved_at=Max("passages__at"), moves=Count("passages"))
    return tuple(dated.select_related("author__user"))
