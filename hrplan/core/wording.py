"""The words for what the ground floor's rows name by keys: runs, tables, fields, actions."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import formats, translation
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hrplan.core import figures
from hrplan.core.models import Administration, AuditEntry


def run_words(kind: str) -> str:
    """What a run makes."""
    return {
        "plan": _("Development plan"),
        "schedule": _("Better training calendar"),
        "apply_schedule": _("Better training calendar put in place"),
        "scenarios": _("Scenarios of the development plan"),
        "carry_out": _("Decision line by line carried out"),
        "documents": _("Versions of the documents"),
        "move": _("Move of a training session"),
        "replan": _("Re-plan after a cancelled session"),
        "mail": _("Mail of a release"),
        "checks": _("Consistency checks"),
        "indicators": _("Indicators computed from the records"),
        "export": _("Workbook of every table"),
        "minutes": _("Minutes of a workshop"),
        "close-out": _("Close-out report of a diagnostic"),
    }.get(kind, spelt(kind))


@dataclass(frozen=True, slots=True)
class EntryWords:
    """One line of the audit trail in words."""

    entry: AuditEntry
    action: str
    thing: str
    fields: tuple[str, ...]


def entry_words(entry: AuditEntry) -> EntryWords:
    """What was done, to what and which fields, without the names that the code has for them."""
    model = model_of(entry.table)
    return EntryWords(
        entry=entry,
        action=spelt(entry.action),
        thing=f"{table_words(entry.table)} {entry.row}",
        fields=tuple(_field_words(model, name) for name in entry.fields),
    )


def table_words(label: str) -> str:
    """The thing that the rows of a table are: `core.staffmember` is a staff member."""
    model = model_of(label)
    return spelt(label) if model is None else str(capfirst(model._meta.verbose_name))


def model_of(label: str) -> type[models.Model] | None:
    """The model of a table's label; None where it is no longer there."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def spelt(key: str) -> str:
    """A key of the code as words."""
    return str(capfirst(key.replace("_", " ").replace(".", " ")))


def _field_words(model: type[models.Model] | None, name: str) -> str:
    try:
        field = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        field = None
    return str(getattr(field, "verbose_name", "") or name.replace("_", " "))


def spoken(language: str) -> str:
    """The language with the country of the settings, for its dates and numbers."""
    own = settings.LANGUAGE_CODE
    return own if own.partition("-")[0] == language else language


def languages_of(administration: Administration) -> tuple[str, ...]:
    """Codes of the languages its documents are written in, the first one first."""
    own = administration.languages or [settings.LANGUAGE_CODE.partition("-")[0]]
    return tuple(str(code) for code in own)


@contextmanager
def spoken_in(administration: Administration) -> Iterator[None]:
    """Inside, words are those of the administration's first language."""
    with translation.override(spoken(languages_of(administration)[0])):
        yield


def language_words(code: str) -> str:
    """A language of documents in its own name."""
    return dict(settings.DOCUMENT_LANGUAGES).get(code, code)


def document_words() -> dict[str, Any]:
    """The labels that no author of a document writes, in the language that is active."""
    months, short = (
        tuple(str(names[month]) for month in range(1, 13)) for names in (MONTHS, MONTHS_3)
    )
    return {
        "contents": _("Contents"),
        "control": _("Document control"),
        "table": _("Table"),
        "figure": _("Figure"),
        "section": _("section"),
        "annex": _("Annex"),
        "page_of": _("Page {page} of {pages}"),
        "version": _("Version"),
        "as_of": _("Data as of"),
        "note": _("Note"),
        "caution": _("Caution"),
        "decision": _("Decision requested"),
        "finding": _("Finding"),
        "unknown": _("not known"),
        "not_assessed": _("not assessed"),
        "data_behind": _("The figures behind this chart"),
        "where_from": _("Where it comes from"),
        "item": _("Item"),
        "kind": _("Kind"),
        "first_day": _("First day"),
        "last_day": _("Last day"),
        "closed": _("Closed"),
        "colon": figures.labelled("", ""),
        "lowest": _("Lowest"),
        "highest": _("Highest"),
        "skip_to_text": _("Skip to the text"),
        "decimal": str(formats.get_format("DECIMAL_SEPARATOR")),
        "thousands": str(formats.get_format("THOUSAND_SEPARATOR")),
        "months": months,
        "short_months": tuple(str(capfirst(month)) for month in short),
        "first": figures.first_of_month(),
        "day": _("{day} {month} {year}"),
    }
