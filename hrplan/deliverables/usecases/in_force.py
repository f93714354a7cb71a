"""Which version of each document is in force, and which submission put it there."""

from dataclasses import dataclass

from django.db.models import Max, Prefetch, Q

from hrplan.core.models import Administration
from hrplan.deliverables.models import DocumentVersion, Move, Submission

UNREAD = ("tree", "snapshot")


@dataclass(frozen=True, slots=True)
class InForce:
    """A version in force: as it was approved, or as a decision in part was carried out."""

    version: DocumentVersion
    submission: Submission


def in_force(administration: Administration) -> dict[str, InForce]:
    """Document -> what the last submission with it put in force; nothing once that is closed.

    What a submission put in force of one document stays so where a later one is about others.
    """
    versions = DocumentVersion.objects.defer(*UNREAD).select_related("administration")
    enforced = Max("passages__pk", filter=Q(passages__move=Move.ENFORCE))
    rows = Submission.objects.of(administration).annotate(enforced=enforced)
    found: dict[str, InForce] = {}
    for one in (
        rows.filter(enforced__isnull=False)
        .order_by("-enforced")
        .select_related("administration")
        .prefetch_related(Prefetch("versions", versions), Prefetch("carried", versions))
    ):
        for version in one.versions.all():
            found.setdefault(version.kind, InForce(_carried(one, version), one))
    closed = Submission.State.CLOSED
    return {kind: it for kind, it in found.items() if it.submission.state != closed}


def _carried(submission: Submission, approved: DocumentVersion) -> DocumentVersion:
    """The version that carries out what was approved in part; else the one that was approved."""
    same = (
        one
        for one in submission.carried.all()
        if (one.kind, one.language) == (approved.kind, approved.language)
    )
    return next(same, approved)
