"""The administration's own passages: written, shown as they will stand, and stood by."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member
from hrplan.core.wording import languages_of, spoken
from hrplan.deliverables import rules
from hrplan.deliverables.analysis.staleness import Known, drifts, filled_up
from hrplan.deliverables.contents.documents import PARTS
from hrplan.deliverables.contents.evidence import Evidence
from hrplan.deliverables.contents.live_figures import BY_NAME, FIGURES, read_all, written
from hrplan.deliverables.contents.passages import passage_of
from hrplan.deliverables.models import FigureReading, Narrative
from hrplan.deliverables.usecases.drafts import checked_language
from hrplan.documents import to_html
from hrplan.documents.markup import names, words


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure of a passage that differs: what it was and what it is, in words."""

    name: str
    words: str | Promise
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure that a passage can name; `value` is '' before any was read."""

    name: str
    words: str | Promise
    unit: str | Promise
    value: str


# --- Figures as they were read -------------------------------------------------------------------


def reading_of(administration: Administration) -> FigureReading | None:
    """The figures as they were read last; None before versions were made or checks run."""
    return FigureReading.objects.filter(administration=administration).first()


@transaction.atomic
def keep_figures(evidence: Evidence) -> None:
    """Keep what the figures are now, for pages to show without working them out.

    A passage that was written before a figure was ever read takes its first value; nothing else of
    a passage changes.
    """
    owner, values = evidence.administration, read_all(evidence)
    read = {"values": values, "as_of": evidence.as_of, "read_at": timezone.now()}
    FigureReading.objects.update_or_create(administration=owner, defaults=read)
    for row in _passages(owner).select_for_update():
        kept = filled_up(names(row.text), row.values, values)
        if not kept.keys() <= row.values.keys():
            row.values = kept
            row.save(update_fields=["values"])


def _passages(administration: Administration) -> QuerySet[Narrative]:
    """The passages in the languages that its documents are written in."""
    languages = languages_of(administration)
    return Narrative.objects.filter(administration=administration, language__in=languages)


def figure_lines(
    administration: Administration, reading: FigureReading | None
) -> tuple[FigureLine, ...]:
    """All figures, each with its value as it was read last."""
    values = reading.values if reading else {}
    return tuple(
        FigureLine(
            one.name,
            one.words,
            one.unit,
            _shown(one.name, values, administration) if one.name in values else "",
        )
        for one in FIGURES
    )


def _shown(name: str, values: Mapping[str, Known], administration: Administration) -> str:
    return written(BY_NAME[name], values[name], administration.currency)


# --- Passages ------------------------------------------------------------------------------------


@transaction.atomic
def write_passage(
    administration: Administration,
    kind: str,
    section: str,
    text: str,
    *,
    by: Member,
    language: str = "",
) -> None:
    """Keep the administration's own passage of a section; an empty one takes it away.

    Refused where it names a figure that there is none of.
    """
    place = _place(administration, kind, section, language, by)
    if not text.strip():
        for row in Narrative.objects.filter(**place):
            audit.record("remove", row, by=by)
            row.delete()
        return
    _require_known(text)
    reading = reading_of(administration)
    kept = filled_up(names(text), {}, reading.values if reading else {})
    said = text.strip().replace("\r\n", "\n")
    fields = {"text": said, "values": kept, "values_at": timezone.now()}
    row, _made = Narrative.objects.update_or_create(**place, defaults=fields)
    audit.record("write", row, by=by, fields=["text"])


@transaction.atomic
def confirm_passage(
    administration: Administration,
    kind: str,
    section: str,
    *,
    by: Member,
    language: str = "",
    seen: datetime | None = None,
) -> None:
    """Say that the text still holds with its figures as they are.

    seen : when the figures were read that the member looked at; refused where they were read again
    """
    place = _place(administration, kind, section, language, by)
    row = Narrative.objects.select_for_update().filter(**place).first()
    reading = reading_of(administration)
    if row is None:
        raise ValidationError({"section": _("There is no text of your own in this section.")})
    if reading is None or (seen and seen != reading.read_at):
        raise ValidationError(_("The figures were read again meanwhile. Look at them once more."))
    row.values = filled_up(names(row.text), {}, reading.values)
    row.values_at = timezone.now()
    row.save(update_fields=["values", "values_at"])
    audit.record("confirm", row, by=by, fields=["values"])


def _place(
    administration: Administration, kind: str, section: str, language: str, by: Member
) -> dict[str, Any]:
    require(rules.can_freeze(by) and by.administration_id == administration.pk)
    language = checked_language(administration, language)
    if section not in {part.key for part in PARTS[kind]}:
        raise ValidationError({"section": _("This document has no such section.")})
    return {
        "administration": administration,
        "kind": kind,
        "section": section,
        "language": language,
    }


def unknown_in(text: str) -> tuple[str, ...]:
    """The names in braces that are no figure; they stand in a document as they were typed."""
    return tuple(name for name in names(text) if name not in BY_NAME)


def _require_known(text: str) -> None:
    unknown = unknown_in(text)
    refusal = _(
        "There is no figure {%(name)s}; the nearest is {%(nearest)s}. A brace that is meant as "
        "such is written \\{."
    )
    if unknown:
        told = [refusal % {"name": name, "nearest": _nearest(name)} for name in unknown]
        raise ValidationError({"text": told})


def _nearest(name: str) -> str:
    return get_close_matches(name, BY_NAME, n=1, cutoff=0.0)[0]


def preview(administration: Administration, text: str, *, language: str = "") -> str:
    """The passage as it will stand in the document, as HTML, with figures as they were read."""
    reading, language = reading_of(administration), checked_language(administration, language)
    with translation.override(spoken(language)):
        blocks = passage_of(text, reading.values if reading else {}, administration.currency)
        return to_html.passage(blocks, language) if blocks else ""


def excerpt(row: Narrative, reading: FigureReading | None) -> str:
    """The words of a passage without its emphasis, with figures as they were read."""
    currency, values = row.administration.currency, reading.values if reading else {}
    with translation.override(spoken(row.language)):
        return " ".join(words(one) for one in passage_of(row.text, values, currency))


# --- What has changed since ----------------------------------------------------------------------


def moved_in(row: Narrative, reading: FigureReading | None) -> tuple[Moved, ...]:
    """The figures of a passage that differ from when it was last written or confirmed."""
    currency, now = row.administration.currency, reading.values if reading else {}
    return tuple(
        Moved(
            one.name,
            BY_NAME[one.name].words,
            written(BY_NAME[one.name], one.before, currency),
            written(BY_NAME[one.name], one.now, currency),
        )
        for one in drifts(names(row.text), row.values, now)
        if one.name in BY_NAME
    )


def stale_counts(administration: Administration) -> Counter[tuple[str, str]]:
    """(Document, language) -> how many of its passages are stale."""
    reading = reading_of(administration)
    rows = _passages(administration).select_related("administration")
    stale = (row for row in rows if moved_in(row, reading))
    return Counter((row.kind, row.language) for row in stale)
