"""Frameworks of other systems in: files are kept and previewed, then taken in whole, or dropped.

What is taken in becomes a version of its own that is not in force; nothing that exists changes.
"""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from competencies import frames, rules
from competencies.library import plain, read
from competencies.library.from_esco import Narrowed
from competencies.library.incoming import SHORT_NAME, Unsaid
from competencies.library.sent_framework import SUFFIXES, read_sent
from competencies.models import Framework, FrameworkImport
from competencies.usecases import framework_files, frameworks
from hrplan.core import audit, storing
from hrplan.core.access import require
from hrplan.core.models import Administration, Member
from hrplan.exchange.content import ContentError, Fault

MOST_FILES = 4
MOST_BYTES = 40_000_000  # of all files together
VERSION = re.compile(r"\d{1,4}\.\d{1,4}")
HEAD = ("id", "version", "title", "language", "provider", "licence")


def takeable(files: Sequence[UploadedFile]) -> Sequence[UploadedFile]:
    """The files, where their kinds, number and size can be taken."""
    if len(files) > MOST_FILES:
        words = _("Send at most %(most)d files.")
        raise ValidationError(words % {"most": MOST_FILES})
    if any(Path(file.name or "").suffix.lower() not in SUFFIXES for file in files):
        raise ValidationError(_("Send files that end with .csv or .json."))
    if sum(file.size or 0 for file in files) > MOST_BYTES:
        words = _("The files are too large: at most %(most)d MB together.")
        raise ValidationError(words % {"most": MOST_BYTES // 1_000_000})
    return files


@transaction.atomic
def receive(
    files: Sequence[UploadedFile], *, by: Member, narrowed: Narrowed | None = None
) -> FrameworkImport:
    """Keep the files under random names and preview the framework in them."""
    require(rules.can_change_framework(by))
    row = FrameworkImport(
        administration=by.administration,
        by=by,
        name=Path(files[0].name or "").name[:200],
        files=[{"name": Path(file.name or "").name[:200],
                "stored": f"{secrets.token_hex(16)}{Path(file.name or '').suffix.lower()}"}
               for file in files],
    )  # fmt: skip
    for file, path in zip(files, stored_paths(row), strict=True):
        with storing.whole_file(path) as part, part.open("wb") as out:
            out.writelines(file.chunks())
    _preview(row, narrowed or Narrowed())
    audit.record("preview framework", row, by=by)
    return row


def stored_paths(row: FrameworkImport) -> list[Path]:
    """Where the files lie; outside anything the server gives out."""
    folder = Path(settings.MEDIA_ROOT) / "framework-imports"
    return [folder / Path(file["stored"]).name for file in row.files]


def _preview(row: FrameworkImport, narrowed: Narrowed) -> None:
    row.words, row.occupation = narrowed.words[:200], narrowed.occupation[:200]
    row.essential_only = narrowed.essential_only
    named = [file["name"] for file in row.files]
    files = list(zip(named, stored_paths(row), strict=True))
    try:
        row.form, found = read_sent(files, _unsaid(row.administration, row.name), narrowed)
    except ContentError as error:
        row.state, row.content, row.notes = FrameworkImport.State.REFUSED, {}, []
        row.faults = [_fault(one) for one in error.faults]
    else:
        row.state, row.faults = FrameworkImport.State.PREVIEWED, []
        row.content = plain.to_data(found.content)
        row.notes = [_fault(one) for one in found.notes]
    row.save()


def _fault(found: Fault) -> dict[str, Any]:
    return {"place": found.place, "key": found.key, "params": dict(found.params)}


def _unsaid(administration: Administration, name: str) -> Unsaid:
    """What a file doesn't say: the scale and language in force, and where it comes from."""
    held = frames.current_framework(administration)
    content = framework_files.content_of(held) if held else read.framework()
    return Unsaid(
        language=content.head.language,
        provenance=_("Read from %(file)s.") % {"file": name},
        scale=content.scale,
    )


@transaction.atomic
def narrow(row: FrameworkImport, narrowed: Narrowed, *, by: Member) -> FrameworkImport:
    """Preview the files anew with other words or another occupation."""
    row = _open(row, by)
    _preview(row, narrowed)
    return row


def _open(row: FrameworkImport, by: Member) -> FrameworkImport:
    """The row, locked, while it isn't decided and its files are there."""
    require(rules.can_change_framework(by) and row.administration_id == by.administration_id)
    row = FrameworkImport.objects.select_for_update().get(pk=row.pk)
    if row.state in (FrameworkImport.State.APPLIED, FrameworkImport.State.DROPPED):
        raise ValidationError(_("This framework was taken in or dropped already."))
    if not all(path.exists() for path in stored_paths(row)):
        raise ValidationError(_("The files are no longer kept; bring them again."))
    return row


def content_of(row: FrameworkImport) -> read.FrameworkContent | None:
    """The framework as it was read; None where it was refused."""
    return plain.from_data(row.content) if row.content else None


@transaction.atomic
def confirm(row: FrameworkImport, head: Mapping[str, str], *, by: Member) -> Framework:
    """Take the previewed framework in under the name and version given in `head`."""
    row = _open(row, by)
    content = content_of(row)
    if content is None:
        raise ValidationError(_("Only a framework that waits for your confirmation is taken in."))
    given = {name: value for name, value in head.items() if name in HEAD}
    content = replace(content, head=replace(content.head, **given))
    row.framework = take_in(row.administration, content, by=by)
    row.state = FrameworkImport.State.APPLIED
    row.save(update_fields=["state", "framework"])
    _forget_files(row)
    return row.framework


def take_in(
    administration: Administration, content: read.FrameworkContent, *, by: Member
) -> Framework:
    """Store a framework as a new version that is not in force.

    Refused where its short name and version are here already, or are no short name and version.
    """
    require(rules.can_change_framework(by) and administration.pk == by.administration_id)
    head = content.head
    if not SHORT_NAME.fullmatch(head.id):
        raise ValidationError(_("The short name has small letters, digits and hyphens alone."))
    if not VERSION.fullmatch(head.version):
        raise ValidationError(_("A version is two numbers with a point between, such as 1.0."))
    here = Framework.objects.filter(administration=administration)
    if here.filter(code=head.id, version=head.version).exists():
        words = _("Version %(version)s of %(name)s is here already; give another version or name.")
        raise ValidationError(words % {"version": head.version, "name": head.id})
    with transaction.atomic():
        framework = frameworks.store_framework(administration, content)
        audit.record("take in", framework, by=by, fields=["code", "version"])
    return framework


@transaction.atomic
def drop(row: FrameworkImport, *, by: Member) -> None:
    """Throw the files away; nothing of them is taken in."""
    require(rules.can_change_framework(by) and row.administration_id == by.administration_id)
    row = FrameworkImport.objects.select_for_update().get(pk=row.pk)
    if row.state == FrameworkImport.State.APPLIED:
        raise ValidationError(_("This framework was taken in already."))
    row.state = FrameworkImport.State.DROPPED
    row.content = {}
    row.save(update_fields=["state", "content"])
    _forget_files(row)
    audit.record("drop framework", row, by=by)


def _forget_files(row: FrameworkImport) -> None:
    for path in stored_paths(row):
        path.unlink(missing_ok=True)
