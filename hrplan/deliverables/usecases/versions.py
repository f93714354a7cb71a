"""Versions of documents: frozen with a hash, told apart by it, and recognised in a file."""

import hashlib
import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, Literal

from django.db import transaction
from django.urls import reverse
from django_tasks import task

from hrplan.core import audit, runs
from hrplan.core.access import require
from hrplan.core.models import Administration, Member, Run
from hrplan.deliverables import rules
from hrplan.deliverables.contents.documents import KINDS
from hrplan.deliverables.contents.evidence import Evidence
from hrplan.deliverables.models import DocumentVersion, WordTemplate
from hrplan.deliverables.usecases import files, word_templates
from hrplan.deliverables.usecases.drafts import Draft, checked_language, draft_documents
from hrplan.deliverables.usecases.passages import keep_figures
from hrplan.documents.stored import to_json
from hrplan.strategy.usecases.kept import keep_indicators

_MARK = re.compile(rb"hrplan sha256 ([0-9a-f]{64})")
_FOLDED = re.compile(rb"\r?\n[ \t]")  # RFC 5545: a long line goes on after a blank
_PARTS = {"word/document.xml": "docx", "ppt/presentation.xml": "pptx"}
_LARGEST = 50_000_000  # bytes of a part of a package that is looked into


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file is: a version unchanged, one that was changed, or unknown here."""

    state: Literal["unchanged", "changed", "unknown"]
    version: DocumentVersion | None = None
    format: str = ""


def content_digest(tree: str, snapshot: dict[str, Any], template: str = "") -> str:
    """SHA-256 over the tree and the rows it quotes, in hexadecimal.

    template : the hash of the Word template that its files use; empty where it is ours
    """
    quoted = json.dumps(snapshot, sort_keys=True, separators=(",", ":"))
    parts = [tree, quoted, template] if template else [tree, quoted]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def is_intact(version: DocumentVersion) -> bool:
    """The content still has the hash it was frozen with."""
    template = version.word_template.digest if version.word_template else ""
    return content_digest(version.tree, version.snapshot, template) == version.digest


@transaction.atomic
def freeze(
    administration: Administration,
    kinds: Sequence[str] = KINDS,
    *,
    by: Member | None,
    language: str = "",
    internal: bool = False,
) -> tuple[DocumentVersion, ...]:
    """Freeze the documents as they stand; what did not change keeps its version."""
    if by is not None:
        require(rules.can_freeze(by))
    evidence = Evidence(administration, internal=internal)
    drafts = draft_documents(
        administration, kinds, language=language, internal=internal, evidence=evidence
    )
    keep_figures(evidence)
    keep_indicators(administration, by=by)
    template = word_templates.template_in_use(administration)
    return tuple(_frozen(administration, draft, template, by) for draft in drafts)


def _frozen(
    administration: Administration, draft: Draft, template: WordTemplate | None, by: Member | None
) -> DocumentVersion:
    latest = (
        DocumentVersion.objects.filter(
            administration=administration,
            kind=draft.kind,
            language=draft.language,
            is_internal=draft.internal,
        )
        .order_by("-number")
        .first()
    )
    if latest is not None and latest.digest == _content(draft, latest.number, template)[1]:
        return latest
    number = latest.number + 1 if latest else 1
    tree, digest = _content(draft, number, template)
    version = DocumentVersion.objects.create(
        administration=administration,
        kind=draft.kind,
        number=number,
        language=draft.language,
        is_internal=draft.internal,
        as_of=draft.document.as_of,
        title=draft.document.title,
        tree=tree,
        digest=digest,
        snapshot=draft.snapshot,
        word_template=template,
        plan=draft.plan,
        made_by=by,
    )
    audit.record("freeze", version, by=by, fields=["tree", "digest"])
    return version


def _content(draft: Draft, number: int, template: WordTemplate | None) -> tuple[str, str]:
    tree = to_json(replace(draft.document, version=str(number)))
    return tree, content_digest(tree, draft.snapshot, template.digest if template else "")


def ask_for_versions(*, by: Member, internal: bool = False, language: str = "") -> Run:
    """Ask for new versions of all three documents as long work. Refused for a strange language."""
    require(rules.can_freeze(by))
    language = checked_language(by.administration, language)
    return runs.ask("documents", versions_task, by=by, internal=internal, language=language)


@task()
def versions_task(run_id: int) -> None:
    """Freeze the documents of a run's administration."""
    runs.carry_out(run_id, _make_versions)


def _make_versions(run: Run, watch: runs.Watch) -> dict[str, Any]:
    """Freeze, then set every file once, so that pages and downloads only read."""
    if not watch(5):
        raise runs.Stopped
    internal = bool(run.parameters.get("internal"))
    language = str(run.parameters.get("language", ""))
    made = freeze(run.administration, by=run.by, internal=internal, language=language)
    wanted = [
        (version, format)
        for version in made
        for format in (files.FRAGMENT, *files.formats_of(version.kind))
    ]
    for done, (version, format) in enumerate(wanted, 1):
        if not watch(20 + 80 * done / len(wanted), files.file_name(version, format)):
            raise runs.Stopped
        files.file_of(version, format)
    url = reverse("deliverables:document_list", args=[run.administration.slug])
    return {"url": url, "versions": [version.pk for version in made]}


# --- Recognising -------------------------------------------------------------------------------


def verify(data: bytes) -> Verdict:
    """Which version a file says it is, and whether it is that version unchanged.

    The version is set anew in the file's format and compared byte by byte.
    """
    format, digest = _claim(data)
    rows = DocumentVersion.objects.filter(digest=digest).select_related(
        "administration", "word_template"
    )
    version = rows.first() if digest else None
    if version is None:
        return Verdict("unknown")
    same = is_intact(version) and files.render(version, format) == data
    return Verdict("unchanged" if same else "changed", version, format)


def claimed(data: bytes) -> str:
    """The hash that a file carries; empty where it carries none."""
    return _claim(data)[1]


def _claim(data: bytes) -> tuple[str, str]:
    """Format of a file and the hash it carries; empty where it carries none."""
    if data.startswith(b"%PDF"):
        return "pdf", _found(data)
    if data.startswith(b"PK"):
        return _packaged(data)
    if data.startswith(b"BEGIN:VCALENDAR"):
        return "ics", _found(_FOLDED.sub(b"", data))
    return "html", _found(data)


def _packaged(data: bytes) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
            format = next((kind for part, kind in _PARTS.items() if part in names), "xlsx")
            core = package.getinfo("docProps/core.xml")
            return format, _found(package.read(core)) if core.file_size < _LARGEST else ""
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError):
        return "", ""


def _found(data: bytes) -> str:
    match = _MARK.search(data)
    return match[1].decode() if match else ""
