"""Which documents a submission takes: all three or some, each in one open submission at a time."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hrplan.core.models import Administration
from hrplan.deliverables import frames
from hrplan.deliverables.contents.documents import KINDS
from hrplan.deliverables.models import OPEN, DocumentKind, DocumentVersion, Submission

UNREAD = ("tree", "snapshot")  # of a version of which only the kind and the number are told


@dataclass(frozen=True, slots=True)
class Offer:
    """A document that can be chosen: its latest version, and the open submission that has it."""

    kind: str
    version: DocumentVersion | None
    held_by: Submission | None

    @property
    def is_free(self) -> bool:
        return self.version is not None and self.held_by is None

    @property
    def words(self) -> str:
        """The document with its version, or why it cannot be chosen."""
        title = title_of(self.kind)
        if self.held_by is not None:
            return _("%(document)s: in %(submission)s") % {
                "document": title, "submission": submission_words(self.held_by)
            }  # fmt: skip
        if self.version is None:
            return _("%(document)s: no version yet") % {"document": title}
        told = {"kind": title, "number": self.version.number}
        return _("%(kind)s, version %(number)s") % told


def title_of(kind: str) -> str:
    """The name of a document."""
    return str(DocumentKind(kind).label)


def submission_words(submission: Submission) -> str:
    """A submission by its number, with its state."""
    told = {"number": submission.number, "state": submission.get_state_display()}
    return _("submission %(number)d (%(state)s)") % told


def kinds_of(submission: Submission) -> tuple[str, ...]:
    """The documents that a submission holds, in their order."""
    held = set(submission.versions.values_list("kind", flat=True))
    return tuple(kind for kind in KINDS if kind in held)


def offers(administration: Administration, *, but: Submission | None = None) -> tuple[Offer, ...]:
    """The three documents as they can be chosen; what one submission has is free to itself."""
    latest, held = frames.latest(administration), _held(administration, but)
    return tuple(Offer(kind, latest.get(kind), held.get(kind)) for kind in KINDS)


def _held(administration: Administration, but: Submission | None) -> dict[str, Submission]:
    """Document -> the open submission that has it, leaving one out."""
    rows = Submission.objects.of(administration).filter(state__in=OPEN)
    rows = rows.exclude(pk=but.pk) if but else rows
    versions = Prefetch("versions", DocumentVersion.objects.defer(*UNREAD))
    return {
        version.kind: one
        for one in rows.order_by("number").prefetch_related(versions)
        for version in one.versions.all()
    }


def chosen(
    administration: Administration, kinds: Collection[str], *, but: Submission | None = None
) -> list[DocumentVersion]:
    """The latest versions of the documents chosen, held so that nobody takes them meanwhile.

    but : the submission that they are for, where there is one already. Refused for no document
    or an unknown one, for one without a version, and for one that another open submission has.
    """
    Administration.objects.select_for_update().get(pk=administration.pk)
    if not kinds or not set(kinds) <= set(KINDS):
        known = ", ".join(KINDS)
        words = _("Choose at least one of the documents: %(known)s.")
        raise ValidationError({"documents": words % {"known": known}})
    wanted = [one for one in offers(administration, but=but) if one.kind in kinds]
    faults = [capfirst(words) for one in wanted if (words := _fault(one))]
    if faults:
        raise ValidationError({"documents": faults})
    return [one.version for one in wanted if one.version is not None]


def _fault(offer: Offer) -> str:
    """Why a document cannot be sent; empty where it can."""
    told = {"document": title_of(offer.kind)}
    if offer.held_by is not None:
        words = _("%(document)s is in %(submission)s already. Bring that one to its end, or leave "
                  "the document out of this one.")  # fmt: skip
        return words % {**told, "submission": submission_words(offer.held_by)}
    if offer.version is None:
        return _("There is no version of %(document)s yet. Make one first.") % told
    return ""
