"""Funding sources: kept by the HR officer, checked against their windows and conditions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from hrplan.core.access import require
from hrplan.core.audit import record
from hrplan.core.figures import day, money
from hrplan.core.keeping import save_row
from hrplan.core.models import Administration, Member
from training_calendar import rules
from training_calendar.models import FundingSource, Offer, TrainingSession


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as the page of money shows it: its courses, the plan's cash on them, what is wrong.

    used : cash of the sessions of the plan in force on its dated courses [money]
    """

    pk: int
    code: str
    name: str
    kind: str
    kind_words: str
    window: str
    amount: Decimal | None
    used: Decimal
    quarters: str
    courses: str
    pays_travel: bool
    conditions: str
    problems: tuple[str, ...]


@transaction.atomic
def add_source(administration: Administration, *, by: Member, **fields: Any) -> FundingSource:
    """Enter a funding source."""
    require(rules.can_plan(by) and by.administration_id == administration.pk)
    fresh = FundingSource(administration=administration)
    made: FundingSource = save_row(fresh, fields, "add", by=by)
    return made


@transaction.atomic
def change_source(row: FundingSource, *, by: Member, **fields: Any) -> FundingSource:
    """Change a funding source."""
    require(rules.can_keep_source(by, row))
    saved: FundingSource = save_row(row, fields, "change", by=by)
    return saved


@transaction.atomic
def remove_source(row: FundingSource, *, by: Member) -> None:
    """Take a funding source away; the money of the quarters stays as it is entered."""
    require(rules.can_keep_source(by, row))
    record("remove", row, by=by)
    row.delete()


def sources(administration: Administration) -> tuple[SourceLine, ...]:
    """All funding sources with what the plan in force spends on their courses."""
    rows = FundingSource.objects.filter(administration=administration).select_related(
        "administration"
    )
    rows = rows.prefetch_related("quarters", "offers__module", "modules")
    held = TrainingSession.objects.filter(
        administration=administration, calendar__plan__is_current=True
    ).exclude(status=TrainingSession.Status.CANCELLED)
    spent = dict(held.order_by().values_list("offer").annotate(cost=Sum("cost")))
    return tuple(_line(row, spent) for row in rows)


def _line(row: FundingSource, spent: dict[int | None, Decimal]) -> SourceLine:
    offers = list(row.offers.all())
    used = sum((spent.get(offer.pk) or Decimal(0) for offer in offers), Decimal(0))
    return SourceLine(
        pk=row.pk,
        code=row.code,
        name=row.name,
        kind=row.kind,
        kind_words=str(row.get_kind_display()),
        window=_window(row),
        amount=row.amount,
        used=used,
        quarters=", ".join(quarter.quarter for quarter in row.quarters.all()),
        courses=", ".join(f"{offer.code} {offer.module.code}" for offer in offers),
        pays_travel=row.pays_travel,
        conditions=row.conditions,
        problems=tuple(_problems(row, offers, used)),
    )


def _window(row: FundingSource) -> str:
    if row.starts_on and row.ends_on:
        words = {"first": day(row.starts_on), "last": day(row.ends_on)}
        return _("%(first)s to %(last)s") % words
    if row.starts_on:
        return _("from %(day)s") % {"day": day(row.starts_on)}
    return _("to %(day)s") % {"day": day(row.ends_on)} if row.ends_on else ""


def _problems(row: FundingSource, offers: list[Offer], used: Decimal) -> Iterator[str]:
    """What breaks its window or its conditions, in words."""
    currency = row.administration.currency
    for offer in offers:
        early = row.starts_on is not None and offer.starts_on < row.starts_on
        late = row.ends_on is not None and offer.starts_on > row.ends_on
        if early or late:
            facts = {"offer": offer.code, "day": day(offer.starts_on)}
            yield _("%(offer)s begins on %(day)s, outside the window.") % facts
    allowed = {module.pk for module in row.modules.all()}
    for offer in offers:
        if allowed and offer.module_id not in allowed:
            facts = {"offer": offer.code, "module": offer.module.code}
            yield _("%(offer)s is of %(module)s, which it does not pay for.") % facts
    if row.amount is None:
        return
    quarters = list(row.quarters.all())
    whole = sum((quarter.amount for quarter in quarters), Decimal(0))
    if quarters and row.amount > whole:
        facts = {"most": money(whole, currency)}
        yield _("Its quarters hold %(most)s altogether, less than its amount.") % facts
    if used > row.amount:
        facts = {"used": money(used, currency)}
        yield _("The plan spends %(used)s on its courses, more than its amount.") % facts


def earmarks(administration: Administration) -> dict[str, pd.DataFrame]:
    """The tables of money that is bound to modules or to a window, for the planning engine.

    Of sources with an amount, quarters, and modules or a window that cuts one of the quarters.
    """
    rows = FundingSource.objects.filter(administration=administration, amount__gt=0)
    money, modules, windows = [], [], []
    for row in rows.prefetch_related("quarters", "modules"):
        held = by_quarter(row)
        own = [(row.code, module.code) for module in row.modules.all()]
        first, last = _open(row)
        cuts = any(one.starts_on < first or one.ends_on > last for one in row.quarters.all())
        if held and (own or cuts):
            money += [(row.code, quarter, amount) for quarter, amount in held.items()]
            modules += own
            windows.append((row.code, first, last))
    return {
        "earmarks": pd.DataFrame(money, columns=["source_id", "quarter", "amount"]),
        "earmark_modules": pd.DataFrame(modules, columns=["source_id", "module_id"]),
        "earmark_windows": pd.DataFrame(windows, columns=["source_id", "from_date", "to_date"]),
    }


def _open(row: FundingSource) -> tuple[date, date]:
    """First and last day of its window, and where it has none of its quarters."""
    quarters = list(row.quarters.all())
    first = row.starts_on or min((one.starts_on for one in quarters), default=date.max)
    return first, row.ends_on or max((one.ends_on for one in quarters), default=date.max)


def by_quarter(row: FundingSource) -> dict[str, float]:
    """Its money in each of its quarters, in proportion to what the quarters hold [money]."""
    quarters = list(row.quarters.all())
    whole = float(sum((quarter.amount for quarter in quarters), Decimal(0)))
    if row.amount is None or not whole:
        return {}
    given = min(float(row.amount), whole)
    return {one.quarter: given * float(one.amount) / whole for one in quarters}
