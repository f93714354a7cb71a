"""A Word file that comes back: its comments and tracked changes become comments on the version."""

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

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
from hrplan.documents.places import Place
from hrplan.documents.returned import Remark, Unreadable, remarks
from hrplan.exchange.faults import Fault, Refused
from hrplan.exchange.limits import DEFAULT
from hrplan.exchange.messages import MESSAGES
from hrplan.exchange.packages import container_faults, part_faults, refuse, whole_file_faults
from hrplan.exchange.parts import DAMAGED

MOST = 2_000  # remarks in one file
PARTS = ("vbaproject", "/activex/", "afchunk")
"""Pieces of names of parts that no document of ours has: macros, controls, other documents."""


@transaction.atomic
def take_in(
    version: DocumentVersion, file: UploadedFile, *, from_ministry: bool, by: Member
) -> TakenIn:
    """Keep every remark of a returned Word file; what was taken in before is left alone.

    Refused whole for a file that is unsafe, no Word document, or made from another version.
    """
    require(rules.can_take_back_file(by, version))
    data = _looked_at(file)
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


def _looked_at(file: UploadedFile) -> bytes:
    """The bytes of a file that is safe to read. Refused with what is wrong with it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "returned.docx"
        with path.open("wb") as out:
            out.writelines(file.chunks())
        try:
            refuse(whole_file_faults(path, DEFAULT))
            with zipfile.ZipFile(path) as archive:
                refuse(container_faults(archive, path.stat().st_size, DEFAULT))
                names = {part.orig_filename.casefold() for part in archive.infolist()}
                if "word/document.xml" not in names:
                    raise ValidationError(_("The file doesn't hold a Word document."))
                if any(piece in name for name in names for piece in PARTS):
                    raise ValidationError(_("The file has macros, controls or other documents in "
                                            "it. Save it as .docx without them."))  # fmt: skip
                refuse(part_faults(archive))
        except Refused as error:
            raise ValidationError([_told(fault) for fault in error.faults]) from error
        except DAMAGED as error:
            raise ValidationError(_told(Fault(key="damaged"))) from error
        return path.read_bytes()


def _told(fault: Fault) -> str:
    own = {
        "not_zip": _("This is no .docx file, whatever its name says."),
        "encrypted": _("The file is protected by a password. Remove it and save it again."),
        "old_format": _("This is an old .doc file. Save it as .docx."),
        "doctype": _("A part of the file declares entities, which Word never does."),
        "part_encoding": _("A part of the file isn't in UTF-8. Open it in Word and save it anew."),
        "external_links": _("The file loads something from elsewhere. Remove linked pictures."),
        "embedded_objects": _("The file has other files in it. Remove them and save it again."),
        "macros": _("The file has macros. Save it as .docx."),
        "parts_too_many": _("The file has too many parts."),
        "part_twice": _("The file has a part twice. Open it in Word and save it anew."),
        "part_name": _("A part of the file has a name that leads elsewhere."),
    }
    return own.get(fault.key) or _(MESSAGES[fault.key]).format(**fault.params)


def _refuse_other(version: DocumentVersion, data: bytes) -> None:
    """A file may have lost its mark on its way; one that has the mark of another is refused."""
    mark = versions.claimed(data)
    if mark and mark != version.digest:
        raise ValidationError(_("This file was made from another version. Choose that one."))
