"""What the strategy costs, the training of the development plan included."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from django.db.models import QuerySet

from hrplan.core.frames import rows_of
from hrplan.core.models import Administration
from hrplan.strategy import wording
from hrplan.strategy.analysis import money
from hrplan.strategy.models import Initiative, Strategy, StrategyCost
from hrplan.strategy.usecases.budget_rounds import class_warnings, rounds_of
from hrplan.strategy.usecases.lines import CostGlance, CostRow, CostSummary
from training_calendar import frames
from training_calendar.models import Plan
from training_calendar.usecases import accounts
from training_calendar.usecases.funding import class_in_year


def cost_summary(strategy: Strategy) -> CostSummary:
    """Costs by fiscal year, budget line, source and funding, and what recurs afterwards."""
    chart = accounts.chart(strategy.administration)
    rows = _rows(_cost_lines(strategy), strategy.administration, chart)
    plan = current_plan(strategy.administration)
    measures = tuple(_measure(row) for row in rows)
    training, opportunity = _training(plan) if plan else ((), Decimal(0))
    lines = (*measures, *training)
    years = money.years_of(lines)
    return CostSummary(
        currency=strategy.administration.currency,
        years=years,
        by_line=_worded(lines, "budget_line", years, chart.words),
        by_source=_worded(lines, "source", years, wording.source),
        by_funding=_worded(lines, "funding", years, wording.funding),
        by_part=_worded(lines, "is_training", years, wording.part),
        rows=rows,
        measures=sum((line.amount for line in measures), Decimal(0)),
        training=sum((line.amount for line in training), Decimal(0)),
        tail=money.recurrent_tail(measures),
        left=money.left_by_donors(measures),
        no_plan=plan is None,
        opportunity=opportunity,
        rounds=rounds_of(strategy.administration, years),
        off_chart=_off_chart(((one.budget_line, one.amount) for one in lines), chart.titles),
    )


def cost_glance(administration: Administration) -> CostGlance:
    """The same total of the strategy and the plan in force, and what is off the chart."""
    own = StrategyCost.objects.standing().filter(
        administration=administration, initiative__strategy__is_current=True
    )
    pairs = [*own.values_list("budget_line", "amount"), *accounts.cash_lines(administration)]
    known = set(accounts.codes(administration))
    return CostGlance(sum((amount for _, amount in pairs), Decimal(0)), _off_chart(pairs, known))


def _off_chart(
    pairs: Iterable[tuple[str, Decimal]], known: Container[str]
) -> tuple[accounts.OffChart, ...]:
    return accounts.gathered((code, amount) for code, amount in pairs if code not in known)


def initiative_rows(initiative: Initiative) -> tuple[CostRow, ...]:
    """The cost lines of one initiative that are not cut."""
    owner = initiative.administration
    return _rows(initiative.cost_lines.standing(), owner, accounts.chart(owner))


def rows_narrowed(rows: Iterable[CostRow], *, year: str = "", funding: str = "") -> list[CostRow]:
    """The lines of a fiscal year and of a class of funding; empty means all."""
    return [
        row
        for row in rows
        if (not year or row.fiscal_year == year) and (not funding or row.funding == funding)
    ]


def current_plan(administration: Administration) -> Plan | None:
    """The development plan in force."""
    rows = Plan.objects.filter(administration=administration, is_current=True)
    return rows.select_related("administration").first()


def _cost_lines(strategy: Strategy) -> QuerySet[StrategyCost]:
    rows = StrategyCost.objects.standing().filter(initiative__strategy=strategy)
    return rows.select_related("initiative")


def _rows(
    found: Iterable[StrategyCost], administration: Administration, chart: accounts.Chart
) -> tuple[CostRow, ...]:
    lines, known = list(found), chart.titles
    warned = class_warnings({(row.fiscal_year, row.funding) for row in lines}, administration)
    return tuple(
        _row(
            row,
            class_warning=warned.get((row.fiscal_year, row.funding), ""),
            is_on_chart=row.budget_line in known,
        )
        for row in lines
    )


def _row(row: StrategyCost, *, class_warning: str, is_on_chart: bool) -> CostRow:
    return CostRow(
        pk=row.pk,
        fiscal_year=row.fiscal_year,
        budget_line=row.budget_line,
        title=row.title,
        initiative=row.initiative.code,
        quantity=row.quantity,
        unit=row.unit,
        rate=row.rate,
        amount=row.amount,
        funding=row.funding,
        funding_words=wording.funding(row.funding),
        class_warning=class_warning,
        is_on_chart=is_on_chart,
        source=row.source,
        rate_source=row.rate_source,
        priced_on=row.priced_on,
        is_recurrent=row.is_recurrent,
    )


def _measure(row: CostRow) -> money.CostLine:
    return money.CostLine(
        row.fiscal_year,
        row.budget_line,
        row.title,
        row.funding,
        row.source,
        row.amount,
        is_recurrent=row.is_recurrent,
        initiative=row.initiative,
    )


def _training(plan: Plan) -> tuple[tuple[money.CostLine, ...], Decimal]:
    """The plan's cash cost, funded as its year's vote allows; and apart, the worth of time."""
    found = frames.costs(plan)
    cash, time = found[~found["opportunity"]], found[found["opportunity"]]
    worth = Decimal(str(time["amount"].sum())).quantize(money.CENT)
    lines = tuple(
        money.CostLine(
            row.year,
            row.line,
            row.item,
            class_in_year(row.funding, row.year, plan.administration),
            row.source,
            Decimal(str(row.amount)).quantize(Decimal("0.01")),
            is_training=True,
        )
        for row in rows_of(cash)
    )
    return lines, worth


def _worded(
    lines: Sequence[money.CostLine], by: str, years: Sequence[str], words: Callable[[str], str]
) -> money.CrossTable:
    table = money.by_year(lines, by, years)
    return replace(table, rows=tuple(replace(row, key=words(row.key)) for row in table.rows))
