"""A Word file that comes back: its comments and tracked changes become comments on the version."""

import hashlib
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Member, Role
from hrplan.deliverables import rules
from hrplan.deliverables.analysis.responses import TakenIn
from hrplan.deliverables.models import Comment, DocumentVersion
from hrplan.deliverables.usecases import comments, versions
from hrplan.deliverables.usecases.word_files import looked_at
from hrplan.documents.outline import Heading
from hrplan.documents.returned import Remark, Unreadable, remarks
from hrplan.documents.word_xml import bookmark_name

MOST = 2_000  # remarks in one file


@transaction.atomic
def take_in(
    version: DocumentVersion, file: UploadedFile, *, from_ministry: bool, by: Member
) -> TakenIn:
    """Keep every remark of a returned Word file; what was taken in before is left alone.

    Refused whole for a file that is unsafe, no Word document, or made from another version.
    """
    require(rules.can_take_back_file(by, version))
    data = looked_at(file)
    _refuse_other(version, data)
    layout = comments.layout_of(version)
    marks = {bookmark_name(place.anchor): place for place in comments.called(layout)}
    heads = {bookmark_name(one.anchor) for one in layout.pieces if isinstance(one, Heading)}
    try:
        found = remarks(data, heads, marks.keys() - heads)
    except Unreadable as error:
        raise ValidationError(_("The file doesn't hold a Word document.")) from error
    if len(found) > MOST:
        words = _("The file has %(n)d remarks; %(most)d are taken in.")
        raise ValidationError(words % {"n": len(found), "most": MOST})
    return _kept(version, found, marks, from_ministry or by.role == Role.REVIEWER, by)


def _kept(
    version: DocumentVersion,
    found: list[Remark],
    marks: Mapping[str, comments.Place],
    from_ministry: bool,
    by: Member,
) -> TakenIn:
    rows = [_row(version, one, marks.get(one.mark), from_ministry) for one in found]
    before = {_key(row) for row in Comment.objects.filter(version=version).exclude(said_by="")}
    fresh = [row for row in rows if _key(row) not in before]
    made = Comment.objects.bulk_create(fresh)
    audit.record("take in returned file", version, by=by, fields=["comments"])
    changes = sum(bool(row.before or row.after) for row in made)
    return TakenIn(
        comments=len(made) - changes,
        changes=changes,
        unmatched=sum(not row.anchor for row in made),
        known=len(rows) - len(made),
    )


def _row(
    version: DocumentVersion,
    one: Remark,
    place: comments.Place | None,
    from_ministry: bool,
) -> Comment:
    at = one.at or timezone.now()
    return Comment(
        administration=version.administration,
        version=version,
        anchor=place.anchor if place else "",
        place=place.words[:300] if place else "",
        text=one.text[: comments.LONGEST],
        quote=one.quote,
        before=one.before,
        after=one.after,
        said_by=(one.author or _("unknown"))[:120],
        is_from_ministry=from_ministry,
        made_at=at if timezone.is_aware(at) else timezone.make_aware(at),
    )


def _key(row: Comment) -> tuple[str, ...]:
    """By what a remark is known when the file comes once more."""
    told = (row.text, row.quote, row.before, row.after)
    digest = hashlib.sha256("\0".join(told).encode()).hexdigest()
    return row.anchor, row.said_by, digest


def _refuse_other(version: DocumentVersion, data: bytes) -> None:
    """A file may have lost its mark on its way; one that has the mark of another is refused."""
    mark = versions.claimed(data)
    if mark and mark != version.digest:
        raise ValidationError(_("This file was made from another version. Choose that one."))
