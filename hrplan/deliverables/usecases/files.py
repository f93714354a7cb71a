"""A frozen version as a file: Word, web, PDF; slides, a workbook or a feed of some."""

import tempfile
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hrplan.core import storing
from hrplan.core.figures import labelled, shortest
from hrplan.core.wording import spoken
from hrplan.deliverables import wording
from hrplan.deliverables.contents import source_words
from hrplan.deliverables.contents.slides import strategy_deck
from hrplan.deliverables.models import DocumentKind, DocumentVersion
from hrplan.deliverables.usecases import calendar_rows, word_templates
from hrplan.documents import to_docx, to_html, to_pdf, to_pptx
from hrplan.documents.nodes import Document
from hrplan.documents.stored import from_json
from hrplan.exchange.spec import Column, Kind, Table, Workbook
from hrplan.exchange.write import write_workbook

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
}
ONLY: dict[str, str] = {
    "pptx": DocumentKind.STRATEGY,
    "xlsx": DocumentKind.CALENDAR,
    "ics": DocumentKind.CALENDAR,
}
FRAGMENT = "fragment-2"  # another number with every change of its form; a file is kept for good
SPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # RFC 4122: names that are addresses


def formats_of(kind: str) -> tuple[str, ...]:
    """The formats in which a document exists."""
    return tuple(name for name in TYPES if ONLY.get(name, kind) == kind)


def file_name(version: DocumentVersion, format: str) -> str:
    """Under what name the file is handed out: document, version, edition."""
    edition = "-internal" if version.is_internal else ""
    return f"{version.kind}-{version.number}{edition}.{format}"


def mark(version: DocumentVersion) -> str:
    """What a file carries to say which version it is."""
    return f"hrplan sha256 {version.digest}"


def render(version: DocumentVersion, format: str) -> bytes:
    """The version as a file; the same version gives the same bytes. Refused for other formats."""
    _refuse_other_formats(version, format)
    with translation.override(spoken(version.language)):
        return RENDERERS[format](version)


def is_kept(version: DocumentVersion, format: str) -> bool:
    """Whether the file was made before, so that handing it out only reads."""
    return _path(version, format).exists()


def file_of(version: DocumentVersion, format: str) -> bytes:
    """The same, kept once it was made: nothing of a frozen version changes."""
    _refuse_other_formats(version, format)
    return kept(_path(version, format), lambda: render(version, format))


def kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """A file as it was made once; made now where it is not there yet."""
    if path.exists():
        return path.read_bytes()
    made = make()
    with storing.whole_file(path) as part:
        part.write_bytes(made)
    return made


def _refuse_other_formats(version: DocumentVersion, format: str) -> None:
    if format != FRAGMENT and format not in formats_of(version.kind):
        words = _("%(document)s does not exist as .%(format)s.")
        raise ValidationError(words % {"document": version, "format": format})


def _path(version: DocumentVersion, format: str) -> Path:
    return folder_of(version) / f"{Path(version.digest).name}.{format}"


def folder_of(version: DocumentVersion) -> Path:
    """Where files of the administration's versions are kept."""
    return Path(settings.MEDIA_ROOT) / "rendered" / str(version.administration_id)


def document_of(version: DocumentVersion) -> Document:
    """The frozen tree."""
    return from_json(version.tree)


def _docx(version: DocumentVersion) -> bytes:
    template = word_templates.template_of(version)
    return to_docx.docx(document_of(version), wording.words(), mark(version), template=template)


def _pdf(version: DocumentVersion) -> bytes:
    return to_pdf.pdf(document_of(version), wording.words(), mark(version))


def _pptx(version: DocumentVersion) -> bytes:
    labels = wording.words()
    deck = strategy_deck(document_of(version), labels, version.digest)
    return to_pptx.pptx(deck, labels, mark(version))


def _html(version: DocumentVersion) -> bytes:
    return to_html.page(document_of(version), wording.words(), mark(version)).encode()


def _fragment(version: DocumentVersion) -> bytes:
    shown = to_html.fragment(
        document_of(version), wording.words(), source_words.told, with_slots=True
    )
    return shown.encode()


def _xlsx(version: DocumentVersion) -> bytes:
    kept = _calendar(version)
    shown = {name: table for name, table in calendar_rows.TABLES.items() if kept.get(name)}
    tables = {name: _told(table, kept[name]) for name, table in shown.items()}
    book = Workbook(
        tables=tuple(tables.values()),
        title=f"{version} ({mark(version)})",
        day_format=pgettext("format of a date in a spreadsheet", "[$-809]d mmm yyyy"),
    )
    rows = {
        table.name: [_values(row, table.columns) for row in kept[name]]
        for name, table in tables.items()
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "calendar.xlsx"
        write_workbook(rows, book, path, words=_)
        return path.read_bytes()


def _told(table: Table, rows: list[dict[str, Any]]) -> Table:
    """The table with the columns that this edition has, in the words of its language."""
    columns = tuple(
        replace(one, title=_(one.title), unit=_(one.unit) if one.unit else "",
                meaning=_(one.meaning))
        for one in table.columns
        if one.name in rows[0]
    )  # fmt: skip
    return replace(table, name=_(table.title), columns=columns)


def _values(row: dict[str, Any], columns: tuple[Column, ...]) -> dict[str, Any]:
    """A kept row as the writer takes it: days are days again."""
    return {
        column.name: date.fromisoformat(row[column.name])
        if column.kind is Kind.DATE and row.get(column.name)
        else row.get(column.name)
        for column in columns
    }


def _ics(version: DocumentVersion) -> bytes:
    """Sessions as all-day events; nobody is named, and the day of the data is the stamp."""
    import icalendar  # noqa: PLC0415 -- slow import

    owner = version.administration
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//hrplan//training calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", labelled(owner.short_name, version))
    calendar.add("x-wr-timezone", owner.time_zone)
    calendar.add("x-hrplan-version", mark(version))
    stamp = datetime.combine(version.as_of, datetime.min.time(), UTC)
    for row in _calendar(version).get("sessions", []):
        calendar.add_component(_event(row, owner.slug, stamp, owner.is_demonstration))
    return bytes(calendar.to_ical())


def _event(row: dict[str, Any], slug: str, stamp: datetime, invented: bool) -> Any:
    import icalendar  # noqa: PLC0415 -- slow import

    event = icalendar.Event()
    event.add("uid", str(uuid.uuid5(SPACE, f"hrplan/{slug}/sessions/{row['reference']}")))
    event.add("dtstamp", stamp)
    event.add("dtstart", date.fromisoformat(row["first_day"]))
    event.add("dtend", date.fromisoformat(row["last_day"]) + timedelta(days=1))
    event.add("summary", f"{row['reference']} {row['title']}")
    event.add("location", row["venue"] or row["mode"])
    places = _("%(nominated)d of %(places)d places given; %(hours)s hours; %(audience)s")
    lines = [places % {**row, "hours": shortest(row["hours"])}, row["lifts"], row["indicator"]]
    if invented:
        lines.append(_("Invented demonstration data"))
    event.add("description", "\n".join(line for line in lines if line))
    event.add("transp", "TRANSPARENT")
    return event


def _calendar(version: DocumentVersion) -> dict[str, list[dict[str, Any]]]:
    return dict(version.snapshot.get("calendar", {}))


RENDERERS: dict[str, Callable[[DocumentVersion], bytes]] = {
    "docx": _docx,
    "html": _html,
    "pdf": _pdf,
    "pptx": _pptx,
    "xlsx": _xlsx,
    "ics": _ics,
    FRAGMENT: _fragment,
}
