"""Minutes and close-out reports as files: drawn up as long work, kept, and handed out.

The content of a paper has a hash, and its files are kept under it: the same rows give the same
bytes. The run that drew a paper up is the record of it.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django_tasks import task

from diagnostics import rules
from diagnostics.models import Exercise, Workshop
from diagnostics.report.close_out import close_out_control, close_out_sections
from diagnostics.report.minutes import minutes_control, minutes_sections
from diagnostics.usecases.close_out import close_out
from diagnostics.usecases.minutes import minutes
from hrplan.core import audit, runs, storing
from hrplan.core.figures import day
from hrplan.core.models import Administration, Member, Run, RunState
from hrplan.core.wording import document_words, spoken
from hrplan.documents import to_docx, to_html, to_pdf
from hrplan.documents.nodes import Document, Section
from hrplan.documents.stored import to_json
from hrplan.documents.words import Words

MINUTES, CLOSE_OUT = "minutes", "close-out"
FRAGMENT = "fragment"
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}
SET: dict[str, Callable[[Document, Words, str], bytes]] = {
    "docx": to_docx.docx,
    "pdf": to_pdf.pdf,
    "html": lambda document, words, mark: to_html.page(document, words, mark).encode(),
    FRAGMENT: lambda document, words, _mark: to_html.fragment(document, words).encode(),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """The last request for a paper, and the last one that was drawn up."""

    asked: Run | None
    made: Run | None

    @property
    def is_kept(self) -> bool:
        """Whether the files of the last one are still here."""
        return self.made is not None and _path(self.made, FRAGMENT).exists()

    @property
    def is_waited_for(self) -> bool:
        return self.asked is not None and not self.asked.is_over

    @property
    def failed(self) -> bool:
        return self.asked is not None and self.asked.state == RunState.FAILED


def ask_for_minutes(workshop: Workshop, *, by: Member) -> Run:
    """Ask for the minutes of a workshop as long work; they tell revealed rounds alone."""
    allowed = rules.can_make_minutes(by, workshop)
    run = runs.ask(MINUTES, paper_task, by=by, allowed=allowed, row=workshop.pk)
    audit.record("draw up minutes", workshop, by=by)
    return run


def ask_for_close_out(exercise: Exercise, *, by: Member) -> Run:
    """Ask for the close-out report of a diagnostic as long work."""
    allowed = rules.can_prepare(by) and by.administration_id == exercise.administration_id
    run = runs.ask(CLOSE_OUT, paper_task, by=by, allowed=allowed, row=exercise.pk)
    audit.record("draw up close-out", exercise, by=by)
    return run


def paper_of(row: Workshop | Exercise) -> Paper:
    """How far the paper of a workshop or an exercise is."""
    kind = MINUTES if isinstance(row, Workshop) else CLOSE_OUT
    held = Run.objects.of(row.administration).filter(kind=kind, parameters__row=row.pk)
    found = list(held.select_related("by__user")[:20])
    made = next((run for run in found if run.state == RunState.DONE), None)
    return Paper(asked=found[0] if found else None, made=made)


def file_of(paper: Paper, format: str) -> bytes:
    """The file of the last paper. Refused where none was drawn up, or its files are gone."""
    if paper.made is None or format not in SET:
        raise ValidationError(_("This was not drawn up yet."))
    path = _path(paper.made, format)
    if not path.exists():
        raise ValidationError(_("The file is no longer kept; draw it up again."))
    return path.read_bytes()


def addresses(row: Workshop | Exercise, paper: Paper) -> dict[str, str]:
    """Format -> address of the last paper's file; none where its files are gone."""
    name = "minutes_file" if isinstance(row, Workshop) else "close_out_file"
    address = reverse(f"diagnostics:{name}", args=[row.administration.slug, row.pk])
    return {format: f"{address}?format={format}" for format in TYPES if paper.is_kept}


def file_name(row: Workshop | Exercise, format: str) -> str:
    """Under what name a file is handed out."""
    kind = MINUTES if isinstance(row, Workshop) else CLOSE_OUT
    return f"{kind}-{slugify(row.code)}.{format}"


@task()
def paper_task(run_id: int) -> None:
    """Draw up the paper that a run asks for."""
    runs.carry_out(run_id, _make)


def _make(run: Run, watch: runs.Watch) -> dict[str, Any]:
    """Read the rows once, then set every file of them."""
    if not watch(5):
        raise runs.Stopped
    owner = run.administration
    language = str((owner.languages or [settings.LANGUAGE_CODE.partition("-")[0]])[0])
    with translation.override(spoken(language)):
        document, url = DRAWN[run.kind](owner, run.parameters["row"], language)
        digest = hashlib.sha256(to_json(document).encode()).hexdigest()
        words, mark = Words(**document_words()), f"hrplan {run.kind} sha256 {digest}"
        for done, (format, render) in enumerate(SET.items(), 1):
            path = _file(owner, digest, format)
            if not path.exists():
                with storing.whole_file(path) as part:
                    part.write_bytes(render(document, words, mark))
            if not watch(20 + 80 * done / len(SET), document.title):
                raise runs.Stopped
    return {"url": url, "digest": digest}


def minutes_document(owner: Administration, pk: int, language: str) -> tuple[Document, str]:
    """The minutes of a workshop, and the page they are shown on."""
    held = Workshop.objects.of(owner).select_related(
        "administration", "exercise__administration", "facilitator__user"
    )
    workshop = held.get(pk=pk)
    told = minutes(workshop)
    control, sections = minutes_control(told), minutes_sections(told)
    head = (_("Minutes of the workshop"), told.title, _("final") if told.closed_on else _("draft"))
    document = _document(owner, head, control, sections, language)
    return document, reverse("diagnostics:minutes", args=[owner.slug, pk])


def close_out_document(owner: Administration, pk: int, language: str) -> tuple[Document, str]:
    """The close-out report of a diagnostic, and the page it is shown on."""
    exercise = Exercise.objects.of(owner).select_related("administration").get(pk=pk)
    told = close_out(exercise)
    control, sections = close_out_control(told), close_out_sections(told)
    is_done = exercise.state in (Exercise.State.APPROVED, Exercise.State.FOLLOW_UP)
    version = _("approved") if is_done else _("for comments")
    head = (_("Close-out report of the diagnostic"), told.title, version)
    document = _document(owner, head, control, sections, language)
    return document, reverse("diagnostics:close_out", args=[owner.slug, pk])


DRAWN = {MINUTES: minutes_document, CLOSE_OUT: close_out_document}


def _document(
    owner: Administration,
    head: tuple[str, str, str],
    control: tuple[tuple[str, str], ...],
    sections: tuple[Section, ...],
    language: str,
) -> Document:
    title, subtitle, version = head
    notice = _("Invented demonstration data: no person or figure in it is real")
    lines = (
        (_("Document"), title),
        (_("Administration"), owner.name),
        *control,
        (_("Data as of"), day(owner.as_of)),
        (_("Language"), str(get_language_info(language)["name_local"])),
    )
    return Document(
        title=title,
        subtitle=subtitle,
        administration=owner.name,
        version=version,
        as_of=owner.as_of,
        sections=sections,
        language=language,
        notice=notice if owner.is_demonstration else "",
        control=lines,
    )


def _path(run: Run, format: str) -> Path:
    return _file(run.administration, str(run.result.get("digest", "")), format)


def _file(owner: Administration, digest: str, format: str) -> Path:
    folder = Path(settings.MEDIA_ROOT) / "papers" / str(owner.pk)
    return folder / f"{Path(digest).name}.{format}"
