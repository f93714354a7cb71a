"""Comments on places of a version, their answers, and the matrix of both with what changed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member, Role
from hrplan.deliverables import rules
from hrplan.deliverables.analysis.responses import Response
from hrplan.deliverables.models import Comment, DocumentVersion, ReviewLink
from hrplan.deliverables.usecases.places import place_at, places_of, places_of_draft
from hrplan.documents.following import fate
from hrplan.documents.nodes import Document
from hrplan.documents.places import Place

LONGEST = 4_000  # letters of a comment or of an answer
Edition = tuple[str, str, bool]
Places = dict[int, tuple[Place, ...]]  # by number of the version
UNREAD = ("tree", "snapshot")  # of a version whose places are kept


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
    place = place_at(version, anchor)
    if place is None:
        raise ValidationError({"anchor": _("This document has no such place.")})
    return Comment.objects.create(
        administration=version.administration,
        version=version,
        anchor=anchor,
        place=place.words[:300],
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
    return matrix(rows)


def printed(
    administration: Administration,
    kind: str,
    *,
    language: str,
    internal: bool,
    draft: Document | None = None,
) -> tuple[Response, ...]:
    """What the ministry remarked and was answered, as the next version prints it.

    draft : that version, so that what changes in it is told
    """
    rows = Comment.objects.filter(
        administration=administration,
        version__kind=kind,
        version__language=language,
        version__is_internal=internal,
        is_from_ministry=True,
    ).exclude(outcome="")
    return matrix(rows, draft=draft)


def matrix(rows: QuerySet[Comment], *, draft: Document | None = None) -> tuple[Response, ...]:
    """Comments with what became of their places in the later versions of the same document.

    draft : the version that comes next, where all rows are on one document and edition
    """
    unread = [f"version__{name}" for name in UNREAD]
    found = list(rows.select_related("version__administration").defer(*unread))
    places = _places({row.version for row in found})
    if draft is not None:
        for known in places.values():
            known[max(known) + 1] = places_of_draft(draft)
    return tuple(_response(row, places[_edition(row.version)]) for row in found)


def _response(row: Comment, places: Places) -> Response:
    became = fate(places, row.version.number, row.anchor)
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
        became=became,
    )


def _edition(version: DocumentVersion) -> Edition:
    return version.kind, version.language, version.is_internal


def _places(versions: set[DocumentVersion]) -> dict[Edition, Places]:
    """Of all versions from the first commented one on, of each document and edition."""
    found: dict[Edition, Places] = {}
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
        found[edition] = {
            one.number: places_of(one) for one in rows.defer(*UNREAD).order_by("number")
        }
    return found
