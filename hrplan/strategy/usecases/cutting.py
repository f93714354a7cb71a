"""Initiatives, cost lines and targets that were cut: they stay on record, and count no more."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Member
from hrplan.strategy import rules
from hrplan.strategy.models import Indicator, Initiative, Strategy, StrategyCost, TargetChange

COST_KEY = ("fiscal_year", "budget_line", "title")
"""What a cost line is known by within its initiative."""


def cost_key(row: StrategyCost) -> str:
    """The words by which a cost line is known: initiative, fiscal year, budget line, item."""
    return " ".join([row.initiative.code, *(getattr(row, name) for name in COST_KEY)])


@transaction.atomic
def cut(
    strategy: Strategy,
    *,
    initiatives: Collection[str],
    costs: Collection[str],
    targets: Collection[str],
    reason: str,
    by: Member,
) -> None:
    """Mark what was cut, by codes, and cost lines by `cost_key`.

    The costs of an initiative go with it. An indicator without its target is still measured.
    """
    require(rules.can_change_strategy(by) and by.administration_id == strategy.administration_id)
    day = strategy.administration.as_of
    rows = Initiative.objects.standing().filter(strategy=strategy, code__in=initiatives)
    gone = {row.pk for row in rows}
    standing = StrategyCost.objects.standing().filter(initiative__strategy=strategy)
    lines = [
        row.pk
        for row in standing.select_related("initiative")
        if row.initiative_id in gone or cost_key(row) in costs
    ]
    StrategyCost.objects.filter(pk__in=lines).update(cut_on=day)
    Initiative.objects.filter(pk__in=gone).update(cut_on=day)
    _withdraw(strategy, targets, day, reason)
    audit.record("cut_strategy", strategy, by=by, fields=["initiatives", "costs", "targets"])


def _withdraw(strategy: Strategy, targets: Collection[str], day: date, reason: str) -> None:
    """Take targets away, each with a line of its history."""
    rows = Indicator.objects.filter(strategy=strategy, code__in=targets, target__isnull=False)
    for row in rows:
        TargetChange.objects.create(
            administration=strategy.administration, indicator=row, changed_on=day,
            before=row.target, after=None, reason=reason[:300],
        )  # fmt: skip
    rows.update(target=None, target_on=None)
