"""Rates of exchange for shipped prices: stated, changed, taken back; prices follow them."""

from typing import Any

from django.db import transaction

from hrplan.core.access import require
from hrplan.core.audit import record
from hrplan.core.keeping import save_row
from hrplan.core.models import Administration, Member
from training_calendar import library, rules
from training_calendar.models import ExchangeRate, Module
from training_calendar.usecases.catalogue import Pricing, pricing_of


@transaction.atomic
def add_rate(administration: Administration, *, by: Member, **fields: Any) -> ExchangeRate:
    """State a rate. Modules that still have the catalogue's price unexchanged follow it."""
    require(rules.can_plan(by) and by.administration_id == administration.pk)
    before = pricing_of(administration, None)
    fresh = ExchangeRate(administration=administration)
    made: ExchangeRate = save_row(fresh, fields, "add", by=by)
    _price_anew(administration, before, pricing_of(administration, made), by)
    return made


@transaction.atomic
def change_rate(row: ExchangeRate, *, by: Member, **fields: Any) -> ExchangeRate:
    """Change a rate. Modules follow it whose price is still the catalogue's at the earlier one."""
    require(rules.can_keep_rate(by, row))
    owner = row.administration
    before = pricing_of(owner, ExchangeRate.objects.get(pk=row.pk))
    saved: ExchangeRate = save_row(row, fields, "change", by=by)
    _price_anew(owner, before, pricing_of(owner, saved), by)
    return saved


@transaction.atomic
def remove_rate(row: ExchangeRate, *, by: Member) -> None:
    """Take a rate back; prices that were exchanged at it stay and name it."""
    require(rules.can_keep_rate(by, row))
    record("remove", row, by=by)
    row.delete()


def _price_anew(owner: Administration, before: Pricing, after: Pricing, by: Member) -> None:
    """Give the modules the new price that have the old one to the cent and name its source."""
    shipped = {m.code: m for m in library.shipped().modules}
    found = []
    for row in Module.objects.select_for_update().filter(administration=owner, code__in=shipped):
        old = before.prices(shipped[row.code])
        if old == {name: getattr(row, name) for name in old}:
            for name, value in after.prices(shipped[row.code]).items():
                setattr(row, name, value)
            found.append(row)
    if found:
        Module.objects.bulk_update(found, ["cost_session", "cost_person", "price_source"])
        fields = ["cost_session", "cost_person", "price_source"]
        record("price_anew", owner, by=by, administration=owner, fields=fields)
