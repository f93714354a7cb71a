"""Values that the records give, recorded as measurements where somebody chooses so."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hrplan.core.access import require
from hrplan.core.figures import number
from hrplan.core.models import Administration, Member
from hrplan.strategy import rules
from hrplan.strategy.models import Indicator, Measurement
from hrplan.strategy.usecases.computed import computed_indicators
from hrplan.strategy.usecases.indicators import record_measurement
from hrplan.strategy.usecases.kept import kept_indicators
from hrplan.strategy.usecases.lines import Computed

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many values were recorded, had one of that day already, and are not known."""

    recorded: int
    already: int
    unknown: int


@transaction.atomic
def record_computed(indicator: Indicator, *, by: Member) -> Measurement:
    """Record what today's rows give as the value of the as-of day, with n and missing in the note.

    Refused where it isn't known, isn't computed at all, or a value of that day is on record.
    """
    require(rules.can_change(by, indicator))
    found = computed_indicators(indicator.administration, [indicator.code])
    if not found:
        raise ValidationError(_("The records give no value for this indicator."))
    if found[0].value is None:
        words = _("The value isn't known: %(reason)s.")
        raise ValidationError(words % {"reason": found[0].reason})
    if _is_recorded(indicator):
        raise ValidationError(_("A value of this day is on record already."))
    return _record(indicator, found[0], by)


@transaction.atomic
def record_all_computed(administration: Administration, *, by: Member) -> Recorded:
    """Record the values kept from the last computation for the indicators of the strategy in force.

    Refused where they were never computed, or records have changed since. A value of the as-of day
    that is on record stays.
    """
    require(rules.can_change_strategy(by) and by.administration_id == administration.pk)
    kept = kept_indicators(administration)
    if kept is None or kept.is_stale:
        raise ValidationError(_("Compute the indicators from the records as they stand first."))
    values = {one.code: one for one in kept.lines}
    rows = Indicator.objects.of(administration).filter(strategy__is_current=True, code__in=values)
    rows = rows.select_related("administration")
    today = Measurement.objects.of(administration).filter(measured_on=administration.as_of)
    have = set(today.values_list("indicator", flat=True))
    told = [(row, values[row.code]) for row in rows]
    new = [(row, one) for row, one in told if one.value is not None and row.pk not in have]
    for row, one in new:
        _record(row, one, by)
    unknown = sum(one.value is None for _row, one in told)
    return Recorded(len(new), len(told) - len(new) - unknown, unknown)


def _is_recorded(indicator: Indicator) -> bool:
    day = indicator.administration.as_of
    return Measurement.objects.filter(indicator=indicator, measured_on=day).exists()


def _record(indicator: Indicator, one: Computed, by: Member) -> Measurement:
    words = _("Computed from the records: counted over %(n)s, %(missing)s missing.")
    return record_measurement(
        indicator,
        measured_on=indicator.administration.as_of,
        value=Decimal(str(one.value)).quantize(CENT),
        note=words % {"n": number(one.n), "missing": number(one.missing)},
        by=by,
    )
