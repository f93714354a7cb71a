"""What the money buys: item by item with quantity and rate, and each way of learning compared."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hrplan.core.figures import labelled, number, percent, shortest
from hrplan.documents.alignment import aligned
from hrplan.documents.nodes import KeyFigure, KeyFigures, Table
from training_calendar import wording
from training_calendar.analysis.costs import TravelShare, travel_share
from training_calendar.models import CostLine
from training_calendar.usecases.contents import PlanContents
from training_calendar.usecases.interventions import InterventionDetail

Row = tuple[str, ...]


@dataclass(slots=True)
class _Sum:
    quantity: float = 0.0
    amount: float = 0.0


def value_tiles(contents: PlanContents) -> KeyFigures:
    """Cash for an hour of learning and for a point closed, and the share of travel."""
    shown, currency = contents.overview, contents.currency
    hours = sum(_hours(sheet) for sheet in contents.sheets)
    points = sum(sheet.intervention.closes_gap for sheet in contents.sheets)
    cash = [item for item in contents.money if not item.is_opportunity]
    away = travel_share(((item.line, item.amount) for item in cash), contents.chart.travel)
    learnt = _("%(hours)s person-hours") % {"hours": number(hours)}
    closed = _("%(points)s points") % {"points": number(points)}
    return KeyFigures(
        (
            KeyFigure(_ratio(shown.cost, hours), _("%(c)s an hour") % {"c": currency}, learnt),
            KeyFigure(_ratio(shown.cost, points), _("%(c)s a point") % {"c": currency}, closed),
            KeyFigure(percent(away.value), _("travel and subsistence"), _share_words(away)),
            KeyFigure(percent(_free_share(contents)), _("of hours cost no cash"), learnt),
        )
    )


def _share_words(away: TravelShare) -> str:
    """Of what: of all cash, or of what falls on lines of the chart."""
    return _("of cash on lines of the chart") if away.missing else _("of cash")


def _ratio(amount: float, count: float) -> str:
    return number(amount / count if count else None, 2)


def _free_share(contents: PlanContents) -> float | None:
    hours = sum(_hours(sheet) for sheet in contents.sheets)
    free = sum(_hours(sheet) for sheet in contents.sheets if not sheet.cost)
    return free / hours if hours else None


def places(sheet: InterventionDetail) -> int:
    """Places of an intervention, in sessions and outside them."""
    return sheet.outside + sum(row.nominated for row in sheet.sessions)


def _hours(sheet: InterventionDetail) -> float:
    return places(sheet) * float(sheet.intervention.hours)


def ways_table(contents: PlanContents) -> Table:
    """The ways of learning side by side: what an hour and a closed point cost in each."""
    groups: dict[str, list[InterventionDetail]] = defaultdict(list)
    for sheet in contents.sheets:
        if sheet.intervention.module is not None:
            groups[wording.mode(sheet.intervention.module.mode)].append(sheet)
    rows = [(capfirst(mode), *_way(sheets)) for mode, sheets in sorted(groups.items())]
    return Table(
        _("Ways of learning compared, %(c)s") % {"c": contents.currency},
        (
            _("Way of learning"), _("Measures"), _("Places"), _("Hours"), _("Cash"),
            _("An hour"), _("A point closed"),
        ),
        (*rows, (_("All"), *_way(contents.sheets))),
        align=aligned(1, 6),
        widths=(3.4, 1.1, 1, 1.1, 1.2, 1, 1.3),
        note=_(
            "Hours are person-hours, own study included; a point is one level, weighted by the "
            "importance of the competency. Time away from the post is no cash and not in these "
            "figures."
        ),
        total=True,
        key="plan-ways",
    )  # fmt: skip


def _way(sheets: Iterable[InterventionDetail]) -> Row:
    found = tuple(sheets)
    hours = sum(_hours(sheet) for sheet in found)
    cash = sum(sheet.cost for sheet in found)
    points = sum(sheet.intervention.closes_gap for sheet in found)
    return (
        number(len(found)),
        number(sum(places(sheet) for sheet in found)),
        number(hours),
        number(cash),
        _ratio(cash, hours),
        _ratio(cash, points) if points else "–",
    )


def items_table(contents: PlanContents) -> Table:
    """Every item of cash: quantity, unit, mean rate, amount, and where the rate comes from."""
    sums: dict[tuple[str, str, str], _Sum] = defaultdict(_Sum)
    for line in _cash(contents.sheets):
        own = sums[line.budget_line, line.title, line.unit]
        own.quantity += float(line.quantity)
        own.amount += float(line.amount)
    origins = _origins()
    rows = [
        (code or wording.no_line(), title, unit, *_priced(own), origins.get(title, "–"))
        for (code, title, unit), own in sorted(sums.items())
    ]
    whole = sum(own.amount for own in sums.values())
    rows.append((_("All"), "", "", "", "", number(whole), ""))
    return Table(
        _("Cash by item: quantity and rate, %(c)s") % {"c": contents.currency},
        (
            _("Line"), _("Item"), _("Unit"), _("Quantity"), _("Mean rate"), _("Amount"),
            _("Source of the rate"),
        ),
        tuple(rows),
        align=("left", "left", "left", "right", "right", "right", "left"),
        widths=(0.8, 2.8, 1.2, 1.1, 1.1, 1.2, 3),
        note=_("Each measure's own quantities, rates and years stand in the annex of costs."),
        total=True,
        key="plan-items",
    )  # fmt: skip


def cost_sheet(contents: PlanContents) -> Table:
    """Each measure's cash: fiscal year, line, item, quantity, unit, rate and amount."""
    rows: list[Row] = []
    heads: list[int] = []
    for sheet in contents.sheets:
        lines = _by_year(sheet)
        if not lines:
            continue
        heads.append(len(rows))
        title = f"{sheet.intervention.code} {sheet.intervention.title}"
        rows.append((labelled(title, number(sheet.cost)), *("",) * 6))
        rows += lines
    whole = sum(sheet.cost for sheet in contents.sheets)
    rows.append((_("All"), "", "", "", "", "", number(whole)))
    return Table(
        _("Costs of each measure, %(c)s") % {"c": contents.currency},
        (_("Year"), _("Line"), _("Item"), _("Quantity"), _("Unit"), _("Rate"), _("Amount")),
        tuple(rows),
        align=("left", "left", "left", "right", "left", "right", "right"),
        widths=(1.1, 0.8, 3.6, 1.1, 1.5, 1.1, 1.2),
        note=_(
            "A rate is the mean where trips of different length or venues of different price are "
            "summed."
        ),
        subheads=tuple(heads),
        total=True,
        key="cost-sheet",
    )


def _cash(sheets: Iterable[InterventionDetail]) -> Iterable[CostLine]:
    return (line for sheet in sheets for line in sheet.cost_lines if not line.is_opportunity)


def _by_year(sheet: InterventionDetail) -> list[Row]:
    sums: dict[tuple[str, str, str, str], _Sum] = defaultdict(_Sum)
    for line in _cash([sheet]):
        own = sums[line.fiscal_year, line.budget_line, line.title, line.unit]
        own.quantity += float(line.quantity)
        own.amount += float(line.amount)
    rows: list[Row] = []
    for (year, code, title, unit), own in sorted(sums.items()):
        count, rate, amount = _priced(own)
        rows.append((year, code or wording.no_line(), title, count, unit, rate, amount))
    return rows


def _priced(own: _Sum) -> tuple[str, str, str]:
    return (
        shortest(own.quantity),
        number(own.amount / own.quantity if own.quantity else None, 2),
        number(own.amount),
    )


def _origins() -> dict[str, str]:
    """Item in words -> where its rate is kept."""
    price = _("module catalogue, marked estimate or sourced")
    day = _("rate of subsistence in the constants")
    trip = _("table of trips between regions")
    venue = _("register of venues")
    found = {
        "delivery": price, "course_fee": price, "equipment": price, "materials": price,
        "venue": venue, "transport": trip, "transport_abroad": trip, "trainer_transport": trip,
        "subsistence": day, "subsistence_abroad": day, "trainer_subsistence": day,
        "contingency": _("share set in the constants"),
    }  # fmt: skip
    return {wording.cost_item(key): words for key, words in found.items()}
