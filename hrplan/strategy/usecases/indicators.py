"""Indicators: one on show, values recorded, targets moved with their reason."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Member
from hrplan.strategy import rules, wording
from hrplan.strategy.analysis.follow_up import Ends
from hrplan.strategy.models import Indicator, Measurement, TargetChange
from hrplan.strategy.usecases.kept import Kept
from hrplan.strategy.usecases.lines import IndicatorLine
from hrplan.strategy.usecases.read import indicator_line, titles


def indicator_sheet(indicator: Indicator, kept: Kept | None = None) -> IndicatorLine:
    """One indicator with its values, moved targets, trend, and what the records gave for it.

    kept : the indicators as they were last computed
    """
    lines = {one.code: one for one in kept.lines} if kept else {}
    points = titles(indicator.strategy).points
    day = indicator.administration.as_of
    return indicator_line(indicator, day, points, lines.get(indicator.code))


@transaction.atomic
def record_measurement(
    indicator: Indicator,
    *,
    measured_on: date,
    value: Decimal,
    note: str = "",
    by: Member | None,
) -> Measurement:
    """Record the value of one day; a value of that day is replaced. No day after the as-of date."""
    if by is not None:
        require(rules.can_change(by, indicator))
    if measured_on > indicator.administration.as_of:
        raise ValidationError(_("A value cannot be measured after the day the figures stand at."))
    row = Measurement.objects.filter(indicator=indicator, measured_on=measured_on).first()
    row = row or Measurement(
        administration=indicator.administration, indicator=indicator, measured_on=measured_on
    )
    row.value, row.note = value, note
    row.full_clean(validate_unique=False, validate_constraints=False)
    row.save()
    audit.record("record measurement", row, by=by, fields=["value", "note"])
    return row


@transaction.atomic
def move_target(
    indicator: Indicator,
    *,
    reason: str,
    by: Member | None,
    target: Decimal | None = None,
    target_on: date | None = None,
    band: Ends | None = None,
) -> TargetChange:
    """Move a target, its band, or both, with the reason on record; its day too where one is given.

    target, band : None leaves it as it is
    """
    if by is not None:
        require(rules.can_change(by, indicator))
    if not reason.strip():
        raise ValidationError(_("Say why the target is moved: the reason is printed with it."))
    row = Indicator.objects.select_for_update().get(pk=indicator.pk)
    before, ends = row.target, row.ends
    row.target = before if target is None else target
    row.band_low, row.band_high = band or ends or (None, None)
    if (row.target, row.ends) == (before, ends) and target_on in (None, row.target_on):
        raise ValidationError(_("The target is the same as before."))
    change = TargetChange(
        administration=indicator.administration,
        indicator=row,
        changed_on=indicator.administration.as_of,
        before=before,
        after=row.target,
        band_before=_written(ends) if row.ends != ends else "",
        band_after=_written(row.ends) if row.ends != ends else "",
        reason=reason.strip(),
    )
    change.full_clean()
    row.target_on = target_on or row.target_on
    row.full_clean()
    change.save()
    row.save(update_fields=["target", "target_on", "band_low", "band_high"])
    audit.record("move target", row, by=by, fields=["target", "target_on", "band_low", "band_high"])
    return change


def _written(ends: Ends | None) -> str:
    return wording.band(*ends) if ends else ""
