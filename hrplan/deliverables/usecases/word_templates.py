"""Word templates of the administration's own: brought, looked at, tried, put in use, removed.

A version keeps the template that was in use when it was frozen, so that its files stay as they
are whatever is in use later.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from hrplan.core import audit, storing
from hrplan.core.access import require
from hrplan.core.models import Administration, Member
from hrplan.core.wording import languages_of, spoken_in
from hrplan.deliverables import rules, wording
from hrplan.deliverables.contents.sample import sample
from hrplan.deliverables.models import DocumentVersion, WordTemplate
from hrplan.deliverables.usecases.word_files import PARTS, looked_at
from hrplan.documents import to_docx
from hrplan.documents.word_package import Unfit
from hrplan.documents.word_template import Findings, findings
from hrplan.exchange.limits import DEFAULT

LIMITS = replace(DEFAULT, file_bytes=5_000_000, unpacked_bytes=50_000_000)
UNWANTED = (*PARTS, "/embeddings/")
MOST = 30  # templates of an administration


def templates(administration: Administration) -> QuerySet[WordTemplate]:
    """The templates of an administration, the last first, with how many versions use each."""
    rows = WordTemplate.objects.filter(administration=administration)
    return rows.annotate(version_count=Count("versions")).select_related("administration")


def template_in_use(administration: Administration) -> WordTemplate | None:
    """The template that the next versions take; None where it is ours."""
    return WordTemplate.objects.filter(administration=administration, is_in_use=True).first()


def template_of(version: DocumentVersion) -> bytes:
    """The template that a version was frozen with; empty where it was ours."""
    return content(version.word_template) if version.word_template else b""


def add_template(administration: Administration, file: UploadedFile, *, by: Member) -> WordTemplate:
    """Keep a template; the same file once more is the one that is kept.

    Refused where it is unsafe, too large, no Word document, or one that no document of ours can
    be written into. Nothing is in use by it.
    """
    require(rules.can_keep_templates(by) and by.administration_id == administration.pk)
    data = looked_at(file, LIMITS, unwanted=UNWANTED)
    digest = hashlib.sha256(data).hexdigest()
    rows = WordTemplate.objects.filter(administration=administration)
    if known := rows.filter(digest=digest).first():
        return known
    if rows.count() >= MOST:
        words = _("There are %(most)d templates. Remove one that no version uses.")
        raise ValidationError(words % {"most": MOST})
    with _tried():  # once, so that no version fails over it later
        _sample(administration, data)
    name = PurePath((file.name or "").replace("\\", "/")).name[-120:] or "template.docx"
    with transaction.atomic():
        row = WordTemplate.objects.create(
            administration=administration, name=name, digest=digest, size=len(data), added_by=by
        )
        audit.record("add", row, by=by, fields=["digest"])
        with storing.whole_file(_path(row)) as part:
            part.write_bytes(data)
    return row


@transaction.atomic
def use_template(row: WordTemplate, *, by: Member) -> None:
    """Let the next versions take this template."""
    _require(row, by)
    content(row)
    _use_none(row.administration)
    row.is_in_use = True
    row.save(update_fields=["is_in_use"])
    audit.record("use", row, by=by, fields=["is_in_use"])


@transaction.atomic
def use_ours(administration: Administration, *, by: Member) -> None:
    """Let the next versions look as without a template."""
    require(rules.can_keep_templates(by) and by.administration_id == administration.pk)
    row = template_in_use(administration)
    if row is not None:
        _use_none(administration)
        audit.record("leave", row, by=by, fields=["is_in_use"])


def remove_template(row: WordTemplate, *, by: Member) -> None:
    """Remove a template. Refused while it is in use, or a version was made with it."""
    _require(row, by)
    path = _path(row)
    with transaction.atomic():
        kept = WordTemplate.objects.select_for_update().filter(pk=row.pk).first()
        if kept is None:  # somebody was faster, and may have brought the same file once more
            return
        if kept.is_in_use:
            raise ValidationError(_("It is in use. Go back to ours or to another one first."))
        if kept.versions.exists():
            raise ValidationError(_("Versions were made with it, so it is kept."))
        audit.record("remove", kept, by=by)
        kept.delete()
    path.unlink(missing_ok=True)


def content(row: WordTemplate) -> bytes:
    """The file as it was brought. Refused where it is gone or is no longer what was brought."""
    try:
        data = _path(row).read_bytes()
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != row.digest:
        words = _("The file of the template %(name)s is no longer as it was kept.")
        raise ValidationError(words % {"name": row.name})
    return data


def findings_of(row: WordTemplate) -> Findings:
    """What the template has and lacks for our documents."""
    with _tried():
        return findings(content(row))


def sample_of(row: WordTemplate) -> bytes:
    """A short document with each kind of content, in the template; nothing of it is kept."""
    with _tried():
        return _sample(row.administration, content(row))


@contextmanager
def _tried() -> Iterator[None]:
    """Inside, a file that no document of ours can be written into is refused in words."""
    try:
        yield
    except Unfit as unfit:
        raise ValidationError(wording.unfit_words(unfit.key, unfit.value)) from unfit


def _sample(administration: Administration, data: bytes) -> bytes:
    language = languages_of(administration)[0]
    with spoken_in(administration):
        document = sample(administration.name, administration.as_of, language)
        return to_docx.docx(document, wording.words(), template=data)


def _require(row: WordTemplate, by: Member) -> None:
    require(rules.can_keep_templates(by) and by.administration_id == row.administration_id)


def _use_none(administration: Administration) -> None:
    WordTemplate.objects.filter(administration=administration).update(is_in_use=False)


def _path(row: WordTemplate) -> Path:
    folder = Path(settings.MEDIA_ROOT) / "word-templates" / str(row.administration_id)
    return folder / f"{Path(row.digest).name}.docx"
