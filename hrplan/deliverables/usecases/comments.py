"""Comments on places of a version, their answers, and the matrix of both with what changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member, Role
from hrplan.core.wording import spoken
from hrplan.deliverables import rules, wording
from hrplan.deliverables.analysis.responses import Response, changed_since
from hrplan.deliverables.models import Comment, DocumentVersion, ReviewLink
from hrplan.deliverables.usecases import files
from hrplan.documents.outline import Heading, Layout, Piece, laid_out

LONGEST = 4_000  # letters of a comment or of an answer
Edition = tuple[str, str, bool]
Layouts = dict[int, Layout]  # by number of the version


@dataclass(frozen=True, slots=True)
class Place:
    """A heading, table or figure on which one comments, as it is called in the document."""

    anchor: str
    words: str


def places_of(version: DocumentVersion) -> tuple[Place, ...]:
    """The places of a version in reading order."""
    return called(layout_of(version))


def called(layout: Layout) -> tuple[Place, ...]:
    """The headings, tables and figures of a layout, as they are called in it."""
    return tuple(Place(piece.anchor, words) for piece in layout.pieces if (words := _called(piece)))


def layout_of(version: DocumentVersion) -> Layout:
    """The version laid out as its pages and files are."""
    with translation.override(spoken(version.language)):
        return laid_out(files.document_of(version), wording.words())


def _called(piece: Piece) -> str:
    if isinstance(piece, Heading):
        return piece.full
    if not piece.label:
        return ""
    return f"{piece.label}. {piece.block.caption}"  # type: ignore[union-attr]


@transaction.atomic
def comment(version: DocumentVersion, *, anchor: str, text: str, by: Member) -> Comment:
    """Keep a remark on a place of a version. Refused where there is no such place, or no words."""
    require(rules.can_comment(by, version))
    made = _placed(version, anchor, text, author=by, is_from_ministry=by.role == Role.REVIEWER)
    audit.record("comment", made, by=by, fields=["text"])
    return made


@transaction.atomic
def comment_by_link(
    version: DocumentVersion, *, anchor: str, text: str, link: ReviewLink
) -> Comment:
    """The same by somebody of the ministry without an account; whose link it is says the name."""
    made = _placed(
        version, anchor, text, author=None, is_from_ministry=True, said_by=link.name, link=link
    )
    audit.record("comment", made, by=None, fields=["text"])
    return made


def _placed(version: DocumentVersion, anchor: str, text: str, **told: object) -> Comment:
    words = {place.anchor: place.words for place in places_of(version)}
    if anchor not in words:
        raise ValidationError({"anchor": _("This document has no such place.")})
    return Comment.objects.create(
        administration=version.administration,
        version=version,
        anchor=anchor,
        place=words[anchor][:300],
        text=_said(text, "text"),
        **told,
    )


def _said(text: str, field: str) -> str:
    if not text.strip():
        raise ValidationError({field: _("Say it in words.")})
    if len(text) > LONGEST:
        raise ValidationError({field: _("This is too long.")})
    return text.strip()


@transaction.atomic
def withdraw(row: Comment, *, by: Member) -> None:
    """The author takes a comment back. Refused once it is answered."""
    row = Comment.objects.select_for_update(of=("self",)).get(pk=row.pk)
    require(rules.can_withdraw(by, row))
    audit.record("withdraw", row, by=by)
    row.delete()


@transaction.atomic
def answer(row: Comment, *, outcome: str, text: str, by: Member) -> Comment:
    """Say what becomes of a comment; a later answer takes the place of the first.

    Refused for who made it, and without words where it isn't accepted as it is.
    """
    row = Comment.objects.select_for_update(of=("self",)).get(pk=row.pk)
    require(rules.can_answer(by, row))
    if outcome not in Comment.Outcome.values:
        raise ValidationError({"outcome": _("Choose what becomes of it.")})
    row.outcome = outcome
    row.answer = _said(text, "text") if outcome != Comment.Outcome.ACCEPTED else text.strip()
    row.answered_by, row.answered_at = by, timezone.now()
    row.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    audit.record("answer", row, by=by, fields=["outcome", "answer"])
    return row


def responses(administration: Administration, kind: str, *, by: Member) -> tuple[Response, ...]:
    """All comments that the member sees on versions of a document, in the order of both."""
    require(rules.can_see_documents(by))
    rows = Comment.objects.visible_to(by).filter(
        administration=administration, version__kind=kind, version__is_internal=False
    )
    return matrix(rows.select_related("version__administration", "author__user"))


def printed(
    administration: Administration, kind: str, *, language: str, internal: bool
) -> tuple[Response, ...]:
    """What the ministry remarked and was answered, as the next version prints it."""
    rows = Comment.objects.filter(
        administration=administration,
        version__kind=kind,
        version__language=language,
        version__is_internal=internal,
        is_from_ministry=True,
    ).exclude(outcome="")
    return matrix(rows.select_related("version__administration"))


def matrix(rows: Iterable[Comment]) -> tuple[Response, ...]:
    """Comments with what became of their places in the later versions of the same document."""
    found = list(rows)
    layouts = _layouts({row.version for row in found})
    return tuple(_response(row, layouts[_edition(row.version)]) for row in found)


def _response(row: Comment, layouts: Layouts) -> Response:
    changed_in, is_gone = changed_since(layouts, row.version.number, row.anchor)
    return Response(
        key=row.pk,
        version=row.version.number,
        anchor=row.anchor,
        place=row.place,
        text=row.text,
        before=row.before,
        after=row.after,
        is_from_ministry=row.is_from_ministry,
        made_on=row.made_at.date(),
        outcome=row.outcome,
        answer=row.answer,
        changed_in=changed_in,
        is_gone=is_gone,
    )


def _edition(version: DocumentVersion) -> Edition:
    return version.kind, version.language, version.is_internal


def _layouts(versions: set[DocumentVersion]) -> dict[Edition, Layouts]:
    """All versions from the first commented one on, of each document and edition."""
    found: dict[Edition, Layouts] = {}
    for edition in {_edition(one) for one in versions}:
        own = [one for one in versions if _edition(one) == edition]
        kind, language, internal = edition
        rows = DocumentVersion.objects.filter(
            administration=own[0].administration_id,
            kind=kind,
            language=language,
            is_internal=internal,
            number__gte=min(one.number for one in own),
        )
        found[edition] = {one.number: layout_of(one) for one in rows.order_by("number")}
    return found
