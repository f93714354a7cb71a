"""A Word file that comes back: its comments and tracked changes become comments on the version."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

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
from hrplan.deliverables.usecases.places import places_of
from hrplan.deliverables.usecases.word_files import looked_at
from hrplan.documents.places import Place
from hrplan.documents.returned import Remark, Unreadable, remarks

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
    places = places_of(version)
    try:
        found = remarks(data, places)
    except Unreadable as error:
        raise ValidationError(_("The file doesn't hold a Word document.")) from error
    if len(found) > MOST:
        words = _("The file has %(n)d remarks; %(most)d are taken in.")
        raise ValidationError(words % {"n": len(found), "most": MOST})
    return _kept(version, found, places, from_ministry or by.role == Role.REVIEWER, by)


def _kept(
    version: DocumentVersion,
    found: Sequence[Remark],
    places: Sequence[Place],
    from_ministry: bool,
    by: Member,
) -> TakenIn:
    by_anchor = {place.anchor: place for place in places}
    before = {_key(row) for row in Comment.objects.filter(version=version).exclude(said_by="")}
    made: list[Comment] = []
    around = 0
    for one in found:
        place = by_anchor.get(one.stand.anchor)
        row = _row(version, one, place, from_ministry)
        if before.isdisjoint(_keys(row, place, by_anchor)):
            made.append(row)
            around += place is not None and not one.stand.is_exact
    Comment.objects.bulk_create(made)
    audit.record("take in returned file", version, by=by, fields=["comments"])
    changes = sum(bool(row.before or row.after) for row in made)
    return TakenIn(
        comments=len(made) - changes,
        changes=changes,
        around=around,
        unmatched=sum(not row.anchor for row in made),
        known=len(found) - len(made),
    )


def _row(
    version: DocumentVersion, one: Remark, place: Place | None, from_ministry: bool
) -> Comment:
    at = one.at or timezone.now()
    return Comment(
        administration=version.administration,
        version=version,
        anchor=place.anchor if place else "",
        place=_called(place, one)[:300] if place else "",
        text=one.text[: comments.LONGEST],
        quote=one.quote,
        before=one.before,
        after=one.after,
        said_by=(one.author or _("unknown"))[:120],
        is_from_ministry=from_ministry,
        made_at=at if timezone.is_aware(at) else timezone.make_aware(at),
    )


def _called(place: Place, one: Remark) -> str:
    if one.stand.is_exact:
        return place.words
    return _("%(place)s (its passage was not found)") % {"place": place.words}


def _keys(
    row: Comment, place: Place | None, by_anchor: Mapping[str, Place]
) -> Iterator[tuple[object, ...]]:
    """By what a remark is known: at its place, or kept at the section or table around before."""
    yield _key(row)
    while place is not None and place.within:
        place = by_anchor.get(place.within)
        if place is not None:
            yield place.anchor, *_key(row)[1:]


def _key(row: Comment) -> tuple[object, ...]:
    told = (row.text, row.quote, row.before, row.after)
    digest = hashlib.sha256("\0".join(told).encode()).hexdigest()
    return row.anchor, row.said_by, digest


def _refuse_other(version: DocumentVersion, data: bytes) -> None:
    """A file may have lost its mark on its way; one that has the mark of another is refused."""
    mark = versions.claimed(data)
    if mark and mark != version.digest:
        raise ValidationError(_("This file was made from another version. Choose that one."))
