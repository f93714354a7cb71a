"""What people do with the administration's own settings, holidays and runs."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hrplan.core import audit, rules
from hrplan.core.access import require
from hrplan.core.models import Administration, Holiday, Member

SETTINGS = (
    "name",
    "short_name",
    "ministry",
    "country",
    "currency",
    "time_zone",
    "languages",
    "fiscal_year_month",
    "small_cell_limit",
    "as_of_fixed",
)


@transaction.atomic
def change_settings(administration: Administration, *, by: Member, **values: Any) -> Administration:
    """Save changed settings. Refused where a value is none the administration can have."""
    require(rules.can_change_settings(by))
    changed = [
        name
        for name in SETTINGS
        if name in values and values[name] != getattr(administration, name)
    ]
    if "languages" in changed:
        _refuse_other_languages(values["languages"])
    for name in changed:
        setattr(administration, name, values[name])
    administration.full_clean()
    administration.save(update_fields=changed or None)
    if changed:
        audit.record("change", administration, by=by, fields=changed, administration=administration)
    return administration


def _refuse_other_languages(languages: Any) -> None:
    """Documents exist in some languages; each is named once, and there is one at least."""
    known = dict(settings.DOCUMENT_LANGUAGES)
    is_list = isinstance(languages, list) and all(isinstance(code, str) for code in languages)
    if not is_list or not languages or len(set(languages)) < len(languages):
        raise ValidationError({"languages": _("Name each language once, and one at least.")})
    if other := [code for code in languages if code not in known]:
        words = _("Documents are not written in %(other)s, but in %(known)s.")
        values = {"other": ", ".join(other), "known": ", ".join(known)}
        raise ValidationError({"languages": words % values})


@transaction.atomic
def set_holiday(
    administration: Administration, *, on: date, name: str, kind: str, by: Member
) -> Holiday:
    """Add a day of the administration's own, or take a public holiday away. Refused twice."""
    require(rules.can_change_settings(by))
    holiday = Holiday(administration=administration, date=on, name=name, kind=kind)
    if Holiday.objects.of(administration).filter(date=on).exists():
        raise ValidationError(_("This day already has a row; remove it first."))
    holiday.full_clean()
    holiday.save()
    audit.record("add", holiday, by=by, fields=["date", "kind"])
    return holiday


@transaction.atomic
def remove_holiday(holiday: Holiday, *, by: Member) -> None:
    """Take a row of the administration's own days away again."""
    require(rules.can_change_settings(by))
    audit.record("remove", holiday, by=by, fields=["date"])
    holiday.delete()
