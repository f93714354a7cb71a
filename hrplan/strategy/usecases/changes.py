"""Plain changes: rows of the strategy added, changed or removed; milestones completed."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.keeping import save_row
from hrplan.core.models import Administration, Member
from hrplan.strategy import rules
from hrplan.strategy.models import Indicator, Initiative, Milestone, Strategy
from hrplan.strategy.usecases import proposals
from hrplan.strategy.usecases.filling import filled_indicator


def require_strategy(administration: Administration) -> Strategy:
    """The strategy in force. Refused where there is none."""
    rows = Strategy.objects.filter(administration=administration, is_current=True)
    strategy = rows.order_by("-starts_on", "-pk").first()
    if strategy is None:
        raise ValidationError(_("There is no strategy in force yet: write one first."))
    return strategy


@transaction.atomic
def add_row(
    kind: type[models.Model], administration: Administration, /, *, by: Member, **fields: Any
) -> Any:
    """Add a row that hangs on the strategy in force (or on the administration alone)."""
    require(rules.can_change_strategy(by) and by.administration_id == administration.pk)
    names = {field.name for field in kind._meta.get_fields()}
    if "strategy" in names:
        fields["strategy"] = require_strategy(administration)
    return _save(kind(administration=administration), fields, "add", by)


@transaction.atomic
def change_row(row: Any, *, by: Member, **fields: Any) -> Any:
    """Change fields of a row. A target isn't moved here: that needs its reason."""
    require(rules.can_change(by, row))
    if isinstance(row, Indicator) and fields.get("target", row.target) != row.target:
        raise ValidationError({"target": _("Move the target on the indicator's page, with why.")})
    if isinstance(row, Indicator) and row.ends is not None and _moves_band(row, fields):
        raise ValidationError({"band_low": _("Move the band on the indicator's page, with why.")})
    return _save(row, fields, "change", by)


def _moves_band(row: Indicator, fields: dict[str, Any]) -> bool:
    given = (fields.get("band_low", row.band_low), fields.get("band_high", row.band_high))
    return given != row.ends or fields.get("better", row.better) not in ("", row.better)


def _save(row: Any, fields: dict[str, Any], action: str, by: Member) -> Any:
    if isinstance(row, Indicator):
        fields = filled_indicator(row, fields)
    if isinstance(row, Initiative) and fields.get("recommendations"):
        strategy = fields.get("strategy") or row.strategy
        proposals.refuse_unknown(strategy, fields["recommendations"], held=row.recommendations)
    save_row(row, fields, action, by=by)
    _refuse_other_strategy(row)
    if isinstance(row, Strategy) and row.is_current:
        others = Strategy.objects.filter(administration=row.administration_id)
        others.exclude(pk=row.pk).update(is_current=False)
    return row


def _refuse_other_strategy(row: Any) -> None:
    """What a row of a strategy points to is of the same strategy."""
    strategy = getattr(row, "strategy_id", None)
    fields = [field.name for field in row._meta.concrete_fields if field.is_relation]
    plans = {getattr(getattr(row, name), "strategy_id", strategy) for name in fields}
    if strategy and plans - {strategy}:
        raise ValidationError(_("This points to a row of another strategy."))


@transaction.atomic
def remove_row(row: Any, *, by: Member) -> None:
    """Remove a row with what hangs on it."""
    require(rules.can_change(by, row))
    audit.record("remove", row, by=by)
    row.delete()


@transaction.atomic
def complete_milestone(milestone: Milestone, *, done_on: date, by: Member | None) -> Milestone:
    """Say on which day a milestone was reached. Not after the as-of date."""
    if by is not None:
        require(rules.can_change(by, milestone))
    if done_on > milestone.administration.as_of:
        raise ValidationError(_("A milestone cannot be done after the day the figures stand at."))
    row = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if row.done_on is not None:
        raise ValidationError(_("This milestone is done already."))
    row.done_on = done_on
    row.save(update_fields=["done_on"])
    audit.record("complete milestone", row, by=by, fields=["done_on"])
    return row


@transaction.atomic
def reopen_milestone(milestone: Milestone, *, by: Member | None) -> Milestone:
    """Take back that a milestone was done."""
    if by is not None:
        require(rules.can_change(by, milestone))
    milestone.done_on = None
    milestone.save(update_fields=["done_on"])
    audit.record("reopen milestone", milestone, by=by, fields=["done_on"])
    return milestone
