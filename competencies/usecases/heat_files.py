"""A heat map of gaps as a workbook, whole: what a page shows a part of."""

from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from competencies.usecases.heat_maps import HeatCell, HeatMap
from hrplan.core import audit
from hrplan.core.models import Member
from hrplan.exchange.spec import Column, Table, Value, Values, Workbook
from hrplan.exchange.write import write_workbook


def write_heat(heat: HeatMap, path: Path, *, by: Member) -> None:
    """Mean gaps, with the levels missing on both margins; that it left is on record.

    Empty where nothing is asked, "?" where nobody is assessed, "withheld" where figures are.
    """
    code, title, total = _("Code"), _("Title"), _("Levels missing, all")
    topics = [f"{one.code} {one.title}" for one in heat.columns]
    words = {name: _("Mean levels missing") for name in (code, title, *topics, total)}
    columns = tuple(Column(name=name, meaning=meaning) for name, meaning in words.items())
    rows: list[Values] = [
        {
            code: row.key,
            title: row.title,
            **dict(zip(topics, map(_mean, row.cells), strict=True)),
            total: _sum(row.total),
        }
        for row in heat.rows
    ]
    last = dict(zip(topics, (_sum(one.total) for one in heat.columns), strict=True))
    rows.append({title: total, **last, total: _sum(heat.overall)})
    table = Table(name="gaps", title=_("Gaps"), meaning=_("Mean levels missing"), columns=columns)
    owner = by.administration
    audit.record("export gaps", owner, by=by, fields=[heat.by], administration=owner)
    write_workbook({"gaps": rows}, Workbook(tables=(table,)), path, words=_)


def _mean(cell: HeatCell | None) -> Value:
    if cell is None:
        return None
    if cell.hidden:
        return _("withheld")
    return "?" if cell.mean_gap is None else round(Decimal(cell.mean_gap), 2)


def _sum(cell: HeatCell) -> Value:
    return _("withheld") if cell.hidden else round(Decimal(cell.gap), 1)
