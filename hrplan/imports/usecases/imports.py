"""Tables in: a file is kept and previewed, then taken in whole, or dropped."""

import secrets
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from hrplan import workbook
from hrplan.core import audit, rules, storing
from hrplan.core.access import require
from hrplan.core.models import Import, Member
from hrplan.exchange.preview import Existing
from hrplan.imports.wording import counts, worded

SUFFIXES = (".xlsx", ".csv")


def takeable(file: UploadedFile) -> UploadedFile:
    """The file, where its kind and size can be taken."""
    if Path(file.name or "").suffix.lower() not in SUFFIXES:
        raise ValidationError(_("Give a workbook (.xlsx) or a table (.csv)."))
    if (file.size or 0) > settings.IMPORT_MAX_BYTES:
        raise ValidationError(_("This file is too large: at most 20 MB."))
    return file


def stored_path(row: Import) -> Path:
    """Where the uploaded file lies; outside anything the server gives out."""
    return Path(settings.MEDIA_ROOT) / "imports" / Path(row.stored).name


@transaction.atomic
def upload(file: UploadedFile, existing: str, *, by: Member) -> Import:
    """Keep an uploaded file under a random name and preview it. Writes no table."""
    require(rules.can_import(by))
    suffix = Path(file.name or "").suffix.lower()
    row = Import(
        administration=by.administration,
        by=by,
        name=Path(file.name or "").name[:200],
        stored=f"{secrets.token_hex(16)}{suffix}",
        existing=existing,
    )
    with storing.whole_file(stored_path(row)) as part, part.open("wb") as out:
        out.writelines(file.chunks())
    seen = workbook.import_preview(
        by.administration, stored_path(row), Existing(existing), row.name
    )
    row.state = Import.State.REFUSED if seen.refused else Import.State.PREVIEWED
    row.counts = counts(seen)
    row.faults = [worded(fault) for fault in seen.faults]
    row.save()
    audit.record("preview import", row, by=by)
    return row


@transaction.atomic
def confirm(row: Import, *, by: Member) -> dict[str, int]:
    """Take a previewed file in, read anew. Refused where it meanwhile contradicts what is here."""
    require(rules.can_import(by))
    row = Import.objects.select_for_update().get(pk=row.pk)
    if row.state != Import.State.PREVIEWED:
        raise ValidationError(_("Only a file that waits for your confirmation can be taken in."))
    seen = workbook.import_preview(
        row.administration, stored_path(row), Existing(row.existing), row.name
    )
    written = workbook.take_in(row.administration, seen, by=by)
    row.state = Import.State.APPLIED
    row.save(update_fields=["state"])
    stored_path(row).unlink(missing_ok=True)
    return written


@transaction.atomic
def drop(row: Import, *, by: Member) -> None:
    """Throw an uploaded file away; nothing of it is taken in."""
    require(rules.can_import(by))
    if row.state == Import.State.APPLIED:
        raise ValidationError(_("This file was taken in already."))
    stored_path(row).unlink(missing_ok=True)
    row.state = Import.State.DROPPED
    row.save(update_fields=["state"])
    audit.record("drop import", row, by=by)
