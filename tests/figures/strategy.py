"""Costs, targets, risks and milestones of the strategy added up again."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from hrplan.core.models import Administration
from hrplan.partners.models import Activity
from hrplan.strategy.models import (
    Indicator,
    Milestone,
    Objective,
    Obligation,
    Risk,
    StrategyCost,
    TargetChange,
)
from tests.figures.plan import cash, funded
from tests.figures.written import Again, Row, crossed, num

IN_FORCE = {"strategy__is_current": True}


def costs(owner: Administration) -> list[StrategyCost]:
    rows = StrategyCost.objects.filter(
        initiative__strategy__administration=owner, initiative__strategy__is_current=True
    )
    return list(rows.select_related("initiative__objective"))


def both(owner: Administration, measure: str, training: Callable[[Any], str]) -> list[Row]:
    """Lines of the initiatives and of the plan by one of their fields and year."""
    own = [(str(getattr(one, measure)), one.fiscal_year, one.amount) for one in costs(owner)]
    plan = [(training(line), line.fiscal_year, line.amount) for line in cash(owner)]
    return crossed([*own, *plan], "Total")


def by_part(owner: Administration, _code: str) -> Iterable[Row]:
    own = [("Other measures", one.fiscal_year, one.amount) for one in costs(owner)]
    plan = [("Training in the development plan", x.fiscal_year, x.amount) for x in cash(owner)]
    return crossed([*own, *plan], "Total")


def by_funding(owner: Administration, _code: str) -> Iterable[Row]:
    return [row[1:] for row in both(owner, "funding", lambda line: funded(owner, line))]


def by_line(owner: Administration, _code: str) -> Iterable[Row]:
    return [row[1:] for row in both(owner, "budget_line", lambda line: line.budget_line)]


def by_source(owner: Administration, _code: str) -> Iterable[Row]:
    return [row[1:] for row in both(owner, "source", lambda line: line.intervention.source)]


def by_year(owner: Administration, _code: str) -> Iterable[Row]:
    """The chart has the years in rows and the classes, in the order of their keys, in columns."""
    amounts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for one in costs(owner):
        amounts[one.funding][one.fiscal_year] += float(one.amount)
    for line in cash(owner):
        amounts[funded(owner, line)][line.fiscal_year] += float(line.amount)
    years = sorted({year for row in amounts.values() for year in row})
    return ((year, *(num(amounts[key][year]) for key in sorted(amounts))) for year in years)


def lines(owner: Administration, _code: str) -> Iterable[Row]:
    for one in costs(owner):
        yield (
            one.fiscal_year,
            one.budget_line,
            f"{one.initiative.code} {one.title}",
            num(one.rate),
            num(one.amount),
            num(one.quantity * one.rate),
        )


def cost_lines(owner: Administration, _code: str) -> Iterable[Row]:
    """A line's amount is its quantity times its rate."""
    for year, line, title, rate, amount, product in lines(owner, ""):
        assert amount == product
        yield (year, line, title, rate, amount)


def summary(owner: Administration, _code: str) -> Iterable[Row]:
    """What each objective costs; training under the one with most indicators that it moves."""
    moved = {"K10", "K11", "K12", "K13", "K14", "K15", "K16", "K34"}
    spent: dict[str, float] = defaultdict(float)
    for one in costs(owner):
        spent[one.initiative.objective.code] += float(one.amount)
    objectives = list(Objective.objects.filter(strategy__administration=owner))
    judged = {
        one.code: sum(line.code in moved for line in one.indicators.all()) for one in objectives
    }
    spent[max(judged, key=lambda code: judged[code])] += sum(float(x.amount) for x in cash(owner))
    yield from ((f"{one.code} {one.title}", num(spent[one.code])) for one in objectives)
    yield ("Total", num(sum(spent.values())))


def figure(value: Any) -> str:
    """With one decimal at the most, or two below one, and none that is a zero."""
    if value is None:
        return "not known"
    text = num(value, 2 if -1 < value < 1 else 1)
    return text.rstrip("0").rstrip(".") if "." in text else text


def stated(owner: Administration) -> list[Indicator]:
    return list(Indicator.objects.filter(strategy__administration=owner, **IN_FORCE))


def sheet(owner: Administration, _code: str) -> Iterable[Row]:
    for one in stated(owner):
        last = one.measurements.filter(measured_on__lte=owner.as_of).order_by("measured_on").last()
        yield (
            f"{one.code} {one.title}",
            figure(one.baseline),
            figure(last.value) if last else "–",
            aimed(one),
        )


def aimed(one: Indicator) -> str:
    """The band where there is one, else the target; what is only watched needs none."""
    if one.band_low is not None:
        return f"{figure(one.band_low)}–{figure(one.band_high)}"
    return "–" if one.better == "monitored" and one.target is None else figure(one.target)


def of_objective(owner: Administration, code: str) -> Iterable[Row]:
    for one in stated(owner):
        if one.objective.code == code:
            target = f"{aimed(one)} {one.unit}".strip()
            yield (f"{one.code} {one.title}", _measured(one.baseline, one.unit), target)


def of_point(owner: Administration, code: str) -> Iterable[Row]:
    """The indicators that name a reference point, or whose objective does where they name none."""
    for one in stated(owner):
        if code in (one.reference_points or one.objective.reference_points):
            last = one.measurements.filter(measured_on__lte=owner.as_of).last()
            latest = _measured(last.value, one.unit) if last else "–"
            target = f"{aimed(one)} {one.unit}".strip()
            name = f"{one.code} {one.title}"
            yield (name, _measured(one.baseline, one.unit), latest, target)


def _measured(value: Any, unit: str) -> str:
    return f"{figure(value)} {unit}".strip()


def moved(owner: Administration, _code: str) -> Iterable[Row]:
    for one in TargetChange.objects.filter(indicator__in=stated(owner)):
        yield (
            f"{one.indicator.code} {one.indicator.title}",
            figure(one.before),
            figure(one.after),
        )


def initiative(owner: Administration, code: str) -> Iterable[Row]:
    own = [float(one.amount) for one in costs(owner) if one.initiative.code == code]
    words = f"{owner.currency} {num(sum(own))}" if own else "no cost beyond the work of staff"
    yield ("Cost", words)


def risks(plan: str) -> Again:
    def rows(owner: Administration, _code: str) -> Iterable[Row]:
        for one in Risk.objects.filter(strategy__administration=owner, scope=plan, **IN_FORCE):
            product = num(one.likelihood * one.impact)
            yield (f"{one.code} {one.title}", str(one.likelihood), str(one.impact), product)

    return Again((0, 1, 2, 3), rows)


def milestones(owner: Administration, _code: str) -> Iterable[Row]:
    rows = Milestone.objects.filter(initiative__strategy__administration=owner)
    for one in rows.select_related("initiative"):
        name = f"{one.initiative.code} {one.initiative.title}"
        yield (f"{one.due_on.day} {one.due_on:%B %Y}", one.title, name)


def duties(owner: Administration, _code: str) -> Iterable[Row]:
    return ((one.code,) for one in Obligation.objects.filter(administration=owner))


def register(owner: Administration, _code: str) -> Iterable[Row]:
    return ((one.title,) for one in Activity.objects.filter(administration=owner))


def definitions(owner: Administration, _code: str) -> Iterable[Row]:
    return ((f"{one.code} {one.title}", one.formula) for one in stated(owner))


def tiles(owner: Administration) -> dict[str, tuple[str, ...]]:
    """Key of a section -> the numbers of its tiles, in order."""
    own = sum(float(one.amount) for one in costs(owner))
    plan = sum(float(line.amount) for line in cash(owner))
    last = max(one.fiscal_year for one in costs(owner))
    goes_on = [x for x in costs(owner) if x.is_recurrent and x.fiscal_year == last]
    tail = sum(float(one.amount) for one in goes_on)
    return {"costs": tuple(f"{owner.currency} {num(one)}" for one in (own + plan, plan, tail))}


CASES: dict[str, Again] = {
    "costs-part": Again((0, 1, 2, 3, 4, 5), by_part),
    "costs-funding": Again((1, 2, 3, 4, 5), by_funding),
    "costs-line": Again((1, 2, 3, 4, 5), by_line),
    "costs-source": Again((1, 2, 3, 4, 5), by_source),
    "costs-chart": Again((0, 1, 2, 3, 4), by_year),
    "cost-lines": Again((0, 1, 2, 4, 5), cost_lines),
    "summary-objectives": Again((0, 2), summary),
    "indicators": Again((0, 3, 4, 5), sheet),
    "indicators-*": Again((0, 1, 2), of_objective),
    "point-*": Again((0, 1, 2, 3), of_point),
    "initiative-*": Again((0, 1), initiative, only=frozenset({"Cost"})),
    "moved-targets": Again((0, 2, 3), moved),
    "definitions": Again((0, 1), definitions),
    "risks-table": risks("strategy"),
    "plan-risks-table": risks("plan"),
    "milestones": Again((0, 1, 2), milestones),
    "duties": Again((0,), duties),
    "assistance-register": Again((0,), register),
}
