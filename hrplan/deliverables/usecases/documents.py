"""Documents as pages list them: versions, what stands in the outline, how the checks went."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member
from hrplan.deliverables import frames, rules, wording
from hrplan.deliverables.analysis.checks import outcomes
from hrplan.deliverables.analysis.names import people_named
from hrplan.deliverables.contents.documents import KINDS, PARTS
from hrplan.deliverables.contents.evidence import Evidence
from hrplan.deliverables.models import DocumentKind, DocumentVersion, Narrative, Submission
from hrplan.deliverables.usecases import files
from hrplan.deliverables.usecases.drafts import facts_of
from hrplan.documents.nodes import Document


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One of the three documents: its latest version the reader may see, and how many there are."""

    kind: str
    title: str | Promise
    version: DocumentVersion | None
    versions: int
    formats: tuple[str, ...]
    faults: int | None


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One rule with what it found, in words."""

    number: int
    title: str
    looked_at: int
    holds: bool
    state: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checks:
    """The twelve rules on the data as they stand, and the latest versions."""

    lines: tuple[CheckLine, ...]

    @property
    def broken(self) -> int:
        return sum(not line.holds for line in self.lines)


def document_lines(administration: Administration, *, by: Member) -> tuple[DocumentLine, ...]:
    """The three documents as this member sees them."""
    seen = DocumentVersion.objects.visible_to(by).defer("tree")
    versions = list(seen.filter(administration=administration).order_by("is_internal", "-number"))
    lines = []
    for kind in KINDS:
        own = [version for version in versions if version.kind == kind]
        latest = own[0] if own else None
        checks = latest.snapshot.get("checks", {}) if latest else {}
        faults = sum(bool(n) for n in checks.values()) if latest else None
        title = DocumentKind(kind).label
        lines.append(DocumentLine(kind, title, latest, len(own), files.formats_of(kind), faults))
    return tuple(lines)


def checks(administration: Administration) -> Checks:
    """The twelve rules now. The latest versions for outside readers are searched for names."""
    evidence = Evidence(administration)
    latest = frames.latest(administration)
    names = frames.people_to_hide(administration)
    trees: list[Document] = [files.document_of(version) for version in latest.values()]
    named = tuple(found for tree in trees for found in people_named(tree, tree.title, names))
    facts = facts_of(evidence, outside=len(trees), named=named)
    return Checks(
        tuple(
            CheckLine(
                number=one.number,
                title=wording.check_title(one.number),
                looked_at=one.looked_at,
                holds=one.holds,
                state=wording.check_state(one),
                faults=tuple(wording.fault_words(fault) for fault in one.faults),
            )
            for one in outcomes(facts)
        )
    )


@dataclass(frozen=True, slots=True)
class Place:
    """One part of an outline and the administration's own passage in it."""

    key: str
    title: str | Promise
    text: str


def outline(administration: Administration, kind: str, language: str = "en") -> tuple[Place, ...]:
    """The parts of a document in order, each with the passage at its head."""
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
    language: str = "en",
) -> None:
    """Keep the administration's own passage of a section; an empty one takes it away."""
    require(rules.can_freeze(by) and by.administration_id == administration.pk)
    if section not in {part.key for part in PARTS[kind]}:
        raise ValidationError({"section": _("This document has no such section.")})
    place = {
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
    """The submissions this member sees, the last first."""
    rows = Submission.objects.visible_to(by).filter(administration=administration)
    return tuple(rows.select_related("author__user"))
