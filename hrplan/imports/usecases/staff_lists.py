"""The columns of a staff list told: checked, remembered by the headings, previewed."""

from collections import Counter
from dataclasses import asdict, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from competencies.library.staff_lists.matching import ListMapping
from hrplan.core import rules
from hrplan.core.access import require
from hrplan.core.models import ColumnMapping, Import, Member
from hrplan.exchange.preview import Existing
from hrplan.imports.usecases import imports, sheets
from hrplan.imports.usecases.sheets import Looked

OPEN = frozenset({Import.State.MAPPING, Import.State.PREVIEWED, Import.State.REFUSED})
PERSONAL = "supervisor"  # its words are names and are not remembered


def can_be_mapped(row: Import) -> bool:
    """A staff list that isn't taken in or dropped, and whose file is still here."""
    return row.is_staff_list and row.state in OPEN and imports.stored_path(row).exists()


def map_columns(
    row: Import, looked: Looked, mapping: ListMapping, existing: Existing, *, by: Member
) -> Import:
    """Say what the columns of a list are, and preview it. Remembered by its headings.

    Refused without a column of staff numbers, with two columns for one field, and with a unit
    for all that isn't here.
    """
    require(rules.can_import(by))
    if not can_be_mapped(row):
        raise ValidationError(_("The columns of this file can no longer be told."))
    _check(looked, mapping)
    row.mapping, row.existing = mapping.plain(), existing.value
    seen = sheets.list_preview(row, existing, looked.grid)
    _remember(row, looked, mapping)
    return imports.keep_preview(row, seen, by=by)


def told(looked: Looked | None) -> dict[str, Any]:
    """A list as looked at, for those who read it by program; empty where it can't be looked at."""
    if looked is None:
        return {"sheets": [], "remembered": False, "headings": {}, "mapping": None, "unknown": []}
    headings = looked.layout.headings if looked.layout else {}
    return {
        "sheets": looked.sheets,
        "remembered": looked.remembered,
        "headings": {str(position): heading for position, heading in headings.items()},
        "mapping": {**looked.mapping.plain(), "existing": Import.Existing.UPDATE},
        "unknown": [asdict(word) for word in sheets.unresolved(looked, looked.mapping)],
    }


def _check(looked: Looked, mapping: ListMapping) -> None:
    if looked.layout is None:
        raise ValidationError(_("There are no headings in this row."))
    counted = Counter(mapping.columns.values())
    twice = [sheets.label_of(name) for name, count in counted.items() if count > 1]
    if twice:
        words = _("Two columns are taken for: %(fields)s. Choose one.")
        raise ValidationError(words % {"fields": ", ".join(twice)})
    if "staff" not in counted:
        raise ValidationError(_("Say which column holds the staff number."))
    if mapping.unit and mapping.unit not in looked.known.titles["unit"]:
        raise ValidationError(_("There is no such unit."))


def _remember(row: Import, looked: Looked, mapping: ListMapping) -> None:
    if looked.layout is None:
        return
    values = {name: words for name, words in mapping.values.items() if name != PERSONAL}
    ColumnMapping.objects.update_or_create(
        administration=row.administration,
        fingerprint=looked.layout.fingerprint,
        defaults={"mapping": replace(mapping, values=values).plain(), "at": timezone.now()},
    )
