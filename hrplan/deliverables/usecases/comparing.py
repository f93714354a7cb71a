"""Two versions of one document compared: on a page, and in Word as tracked changes."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from hrplan.core.models import Member
from hrplan.core.wording import spoken
from hrplan.deliverables import wording
from hrplan.deliverables.models import DocumentVersion
from hrplan.deliverables.usecases import files, word_templates
from hrplan.documents import to_docx, to_html
from hrplan.documents.comparing import Comparison, compared
from hrplan.documents.marks import cut, html_marked

LONGEST = 400  # letters of a passage where changes are listed
HALF = 32  # letters of a hash in the name of a file made of two versions


def comparable(version: DocumentVersion, *, by: Member) -> QuerySet[DocumentVersion]:
    """The other versions of the same document, language and edition, as far as the member sees."""
    same = {name: getattr(version, name) for name in ("kind", "language", "is_internal")}
    rows = DocumentVersion.objects.visible_to(by).filter(**same).exclude(pk=version.pk)
    return rows.defer("tree", "snapshot").order_by("-number")


def version_before(version: DocumentVersion, *, by: Member) -> DocumentVersion | None:
    """The latest of them that is older; where there is none, the next newer one."""
    others = comparable(version, by=by)
    return others.filter(number__lt=version.number).first() or others.last()


def in_order(
    one: DocumentVersion, other: DocumentVersion
) -> tuple[DocumentVersion, DocumentVersion]:
    """The older and the newer of two versions. Refused where these are no versions of one."""
    same = ("administration_id", "kind", "language", "is_internal")
    if one.pk == other.pk or any(getattr(one, n) != getattr(other, n) for n in same):
        raise ValidationError(_("Only versions of one document in one edition are compared."))
    return (one, other) if one.number < other.number else (other, one)


def comparison(old: DocumentVersion, new: DocumentVersion) -> Comparison:
    """What differs, in the language of the document."""
    with translation.override(spoken(new.language)):
        return compared(files.document_of(old), files.document_of(new), wording.words())


def fragment_of(old: DocumentVersion, new: DocumentVersion) -> bytes:
    """The newer document as a part of a page, with all marks; kept once it was made."""

    def make() -> bytes:
        found = comparison(old, new)
        with translation.override(spoken(new.language)):
            return html_marked(to_html.fragment(found.document, wording.words())).encode()

    return files.kept(_path(old, new, files.FRAGMENT), make)


def is_kept(old: DocumentVersion, new: DocumentVersion) -> bool:
    """Whether that part was made before."""
    return _path(old, new, files.FRAGMENT).exists()


def shown(words: str) -> str:
    """Marked words as HTML, shortened."""
    return html_marked(to_html.quoted(cut(words, LONGEST)))


def docx_of(old: DocumentVersion, new: DocumentVersion) -> bytes:
    """The newer document as a Word file, with the differences as tracked changes; kept, too."""

    def make() -> bytes:
        found = comparison(old, new)
        with translation.override(spoken(new.language)):
            words = wording.versions(old.number, new.number)
            template = word_templates.template_of(new)
            return to_docx.docx(found.document, wording.words(), author=words, template=template)

    return files.kept(_path(old, new, "docx"), make)


def file_name(old: DocumentVersion, new: DocumentVersion) -> str:
    """Under what name the Word file is handed out."""
    edition = "-internal" if new.is_internal else ""
    return f"{new.kind}-{old.number}-to-{new.number}{edition}.docx"


def _path(old: DocumentVersion, new: DocumentVersion, format: str) -> Path:
    return files.folder_of(new) / f"{old.digest[:HALF]}-{new.digest[:HALF]}.{format}"
