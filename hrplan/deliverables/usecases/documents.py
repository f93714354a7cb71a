"""Documents as pages list them: versions, how the checks went, texts that need a look."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Max, Prefetch
from django.utils.functional import Promise

from hrplan.core.models import Administration, Member
from hrplan.core.wording import languages_of
from hrplan.deliverables import rules
from hrplan.deliverables.contents.documents import KINDS
from hrplan.deliverables.models import DocumentKind, DocumentVersion, Submission
from hrplan.deliverables.usecases import files, passages
from hrplan.deliverables.usecases.in_force import InForce, in_force


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One of the three documents: its latest version the reader may see, and how many there are.

    stale : own passages whose figures differ from when they were written; 0 for those outside
    others : the latest versions of the same edition in further languages
    in_force : the version that the ministry approved and that is in force; none yet
    """

    kind: str
    title: str | Promise
    version: DocumentVersion | None
    versions: int
    formats: tuple[str, ...]
    faults: int | None
    stale: int = 0
    others: tuple[DocumentVersion, ...] = ()
    in_force: InForce | None = None


def document_lines(administration: Administration, *, by: Member) -> tuple[DocumentLine, ...]:
    """The three documents as this member sees them."""
    seen = DocumentVersion.objects.visible_to(by).defer("tree")
    first = languages_of(administration)[0]
    versions = list(seen.filter(administration=administration).foremost(first))
    stale = passages.stale_counts(administration) if rules.can_see_stale(by) else Counter()
    standing = in_force(administration)
    lines = []
    for kind in KINDS:
        own = [version for version in versions if version.kind == kind]
        latest = own[0] if own else None
        faults = broken(latest) if latest else None
        lines.append(
            DocumentLine(
                kind=kind,
                title=DocumentKind(kind).label,
                version=latest,
                versions=len(own),
                formats=files.formats_of(kind),
                faults=faults,
                others=_others(own),
                in_force=standing.get(kind),
                stale=sum(count for (of, _language), count in stale.items() if of == kind),
            )
        )
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


def submissions(administration: Administration, *, by: Member) -> tuple[Submission, ...]:
    """The submissions this member sees with their documents and last move, the last first."""
    rows = Submission.objects.visible_to(by).filter(administration=administration)
    dated = rows.annotate(moved_at=Max("passages__at"), moves=Count("passages"))
    dated = dated.order_by("-number")  # what is counted by group forgets the order of its model
    versions = DocumentVersion.objects.defer("tree", "snapshot").order_by("kind")
    with_documents = dated.prefetch_related(Prefetch("versions", versions))
    return tuple(with_documents.select_related("author__user"))
