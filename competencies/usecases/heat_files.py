"""A heat map of gaps as a list, whole: what a page shows a part of."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from competencies.usecases.heat_maps import HeatCell, HeatMap
from hrplan.core import audit
from hrplan.core.models import Member
from hrplan.exchange.spec import Value


def heat_listing(heat: HeatMap, *, by: Member) -> tuple[list[str], Iterator[list[Value]]]:
    """The heading and the rows: mean gaps, with the levels missing on both margins.

    Empty where nothing is asked, "?" where nobody is assessed, "withheld" where figures are. That
    it left is on record.
    """
    owner = by.administration
    audit.record("export gaps", owner, by=by, fields=[heat.by], administration=owner)
    topics = [f"{one.code} {one.title}" for one in heat.columns]
    return [_("Code"), _("Title"), *topics, _("Levels missing, all")], _rows(heat)


def _rows(heat: HeatMap) -> Iterator[list[Value]]:
    for row in heat.rows:
        yield [row.key, row.title, *map(_mean, row.cells), _sum(row.total)]
    margin = (_sum(one.total) for one in heat.columns)
    yield [None, _("Levels missing, all"), *margin, _sum(heat.overall)]


def _mean(cell: HeatCell | None) -> Value:
    if cell is None:
        return None
    if cell.hidden:
        return _("withheld")
    return "?" if cell.mean_gap is None else round(Decimal(cell.mean_gap), 2)


def _sum(cell: HeatCell) -> Value:
    return _("withheld") if cell.hidden else round(Decimal(cell.gap), 1)
