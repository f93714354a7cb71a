"""Initiatives, cost lines and targets that were cut: they stay on record, and count no more."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db import transaction

from hrplan.core import audit
from hrplan.core.models import Member
from hrplan.strategy.models import Indicator, Initiative, Strategy, StrategyCost, TargetChange


def cost_keys(strategy: Strategy) -> dict[str, StrategyCost]:
    """The cost lines by initiative, fiscal year and number within both, cut ones among them."""
    rows = StrategyCost.objects.filter(initiative__strategy=strategy).select_related("initiative")
    found: dict[str, StrategyCost] = {}
    numbers: Counter[tuple[str, str]] = Counter()
    for row in rows.order_by("initiative__code", "fiscal_year", "budget_line", "title"):
        place = row.initiative.code, row.fiscal_year
        numbers[place] += 1
        found[f"{place[0]} {place[1]} {numbers[place]}"] = row
    return found


@transaction.atomic
def cut(
    strategy: Strategy,
    *,
    initiatives: Collection[str],
    costs: Collection[str],
    targets: Collection[str],
    reason: str,
    by: Member,
) -> Decimal:
    """Mark what was cut, by codes and the keys of `cost_keys`; the money that it frees [money].

    The costs of an initiative go with it. An indicator without its target is still measured.
    """
    day = strategy.administration.as_of
    keys = cost_keys(strategy)
    rows = Initiative.objects.standing().filter(strategy=strategy, code__in=initiatives)
    gone = {row.pk for row in rows}
    lines = [
        row for key, row in keys.items()
        if row.cut_on is None and (key in costs or row.initiative_id in gone)
    ]  # fmt: skip
    StrategyCost.objects.filter(pk__in=[row.pk for row in lines]).update(cut_on=day)
    Initiative.objects.filter(pk__in=gone).update(cut_on=day)
    _withdraw(strategy, targets, day, reason)
    audit.record("cut_strategy", strategy, by=by, fields=["initiatives", "costs", "targets"])
    return sum((row.amount for row in lines), Decimal(0))


def _withdraw(strategy: Strategy, targets: Collection[str], day: date, reason: str) -> None:
    """Take targets away, each with a line of its history."""
    rows = Indicator.objects.filter(strategy=strategy, code__in=targets, target__isnull=False)
    for row in rows:
        TargetChange.objects.create(
            administration=strategy.administration, indicator=row, changed_on=day,
            before=row.target, after=None, reason=reason[:300],
        )  # fmt: skip
    rows.update(target=None, target_on=None)
