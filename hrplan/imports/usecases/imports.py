"""Tables in: a file is kept and previewed, then taken in whole, or dropped."""

import secrets
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from competencies.usecases import levels_ahead
from hrplan import workbook
from hrplan.core import audit, import_files, rules, storing
from hrplan.core.access import require
from hrplan.core.import_files import stored_path
from hrplan.core.models import Import, Member
from hrplan.exchange.faults import Refused
from hrplan.exchange.preview import Existing, Preview
from hrplan.imports.usecases import details, sheets, taking_back
from hrplan.imports.wording import counts, worded

SUFFIXES = (".xlsx", ".csv")


def takeable(file: UploadedFile) -> UploadedFile:
    """The file, where its kind and size can be taken."""
    if Path(file.name or "").suffix.lower() not in SUFFIXES:
        raise ValidationError(_("Give a workbook (.xlsx) or a table (.csv)."))
    if (file.size or 0) > settings.IMPORT_MAX_BYTES:
        raise ValidationError(_("This file is too large: at most 20 MB."))
    return file


def upload(file: UploadedFile, existing: str, *, by: Member, is_staff_list: bool = False) -> Import:
    """Keep an uploaded file under a random name and preview it. Writes no table.

    A staff list with headings of its own waits until its columns are told.
    """
    require(rules.can_import(by))
    import_files.forget_old(by.administration)
    suffix = Path(file.name or "").suffix.lower()
    row = Import(
        administration=by.administration,
        by=by,
        name=Path(file.name or "").name[:200],
        stored=f"{secrets.token_hex(16)}{suffix}",
        existing=existing,
        is_staff_list=is_staff_list,
        state=Import.State.MAPPING,
    )
    with storing.whole_file(stored_path(row)) as part, part.open("wb") as out:
        out.writelines(file.chunks())
    if is_staff_list:
        return _first_look(row, by)
    return preview(row, by=by)


def _first_look(row: Import, by: Member) -> Import:
    """Keep a staff list whose sheets can be opened; refuse another."""
    try:
        sheets.opened(row)
    except Refused as refused:
        row.state = Import.State.REFUSED
        row.faults = [worded(fault) for fault in refused.faults]
    with transaction.atomic():
        row.save()
        audit.record("bring staff list", row, by=by)
    return row


def seen_of(row: Import) -> Preview:
    """What taking the file in would do, read anew."""
    existing = Existing(row.existing)
    if row.is_staff_list:
        return sheets.list_preview(row, existing)
    return workbook.import_preview(row.administration, stored_path(row), existing, row.name)


def preview(row: Import, *, by: Member) -> Import:
    """Work out what taking the file in would do, and keep it to be looked at."""
    return keep_preview(row, seen_of(row), by=by)


def keep_preview(row: Import, seen: Preview, *, by: Member) -> Import:
    """Keep what a preview shows, to be looked at and confirmed."""
    row.state = Import.State.REFUSED if seen.refused else Import.State.PREVIEWED
    row.counts = counts(seen)
    row.faults = [worded(fault) for fault in seen.faults]
    with transaction.atomic():
        row.save()
        audit.record("preview import", row, by=by)
    import_files.keep(row, import_files.PREVIEW, details.of(seen, row.administration))
    return row


def confirm(row: Import, *, by: Member) -> dict[str, int]:
    """Take a previewed file in, read anew. Refused where it meanwhile contradicts what is here.

    Reading comes before the transaction, so that others wait only while rows are written; levels
    are worked out after it.
    """
    require(rules.can_import(by))
    _require_previewed(row)
    seen = seen_of(row)
    with transaction.atomic():
        row = Import.objects.select_for_update().get(pk=row.pk)
        _require_previewed(row)
        written = workbook.take_in(row.administration, seen, by=by)
        row.state, row.applied_at = Import.State.APPLIED, timezone.now()
        row.save(update_fields=["state", "applied_at"])
        import_files.keep(row, import_files.DONE, taking_back.recorded(row.administration, seen))
    stored_path(row).unlink(missing_ok=True)
    levels_ahead.work_out(row.administration)
    return written


def _require_previewed(row: Import) -> None:
    if row.state != Import.State.PREVIEWED:
        raise ValidationError(_("Only a file that waits for your confirmation can be taken in."))


def drop(row: Import, *, by: Member) -> None:
    """Throw an uploaded file away; nothing of it is taken in."""
    require(rules.can_import(by))
    if row.state in {Import.State.APPLIED, Import.State.WITHDRAWN}:
        raise ValidationError(_("This file was taken in already."))
    row.state = Import.State.DROPPED
    with transaction.atomic():
        row.save(update_fields=["state"])
        audit.record("drop import", row, by=by)
    import_files.remove(row)
