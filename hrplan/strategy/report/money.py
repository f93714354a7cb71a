"""The section on costs and financing, and the decisions asked of the ministry."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core.figures import day, labelled, money, number, short_day, shortest
from hrplan.documents.alignment import aligned
from hrplan.documents.nodes import (
    Align,
    Block,
    Bullets,
    Callout,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Series,
    StackedBar,
    Table,
    Text,
)
from hrplan.strategy import wording
from hrplan.strategy.analysis.money import CrossTable
from hrplan.strategy.usecases.contents import StrategyContents
from hrplan.strategy.usecases.lines import CostSummary, VotedYear


def costs_section(contents: StrategyContents) -> Section | None:
    """Costs by year, budget line and source; funding classes; what recurs afterwards."""
    costs = contents.costs
    if not costs.has_any:
        return None
    return Section(
        _("Costs and financing"),
        (
            Paragraph(_summary(costs), "lead"),
            _key_figures(costs),
            cross_table(costs, costs.by_part, _("Cost by year"), _("Part"), key="costs-part"),
            _funding_chart(costs),
            cross_table(costs, costs.by_funding, _("Cost by class of funding"), _("Class"),
                        key="costs-funding"),
            Bullets(_classes(costs)),
            *_rounds(costs),
            cross_table(costs, costs.by_line, _("Cost by line of the Estimates"), _("Line"),
                        key="costs-line"),
            cross_table(costs, costs.by_source, _("Cost by source of funds"), _("Source"),
                        key="costs-source"),
            *_time(costs),
            Section(_("What goes on after the last year"), _tail(costs)),
            *_detail(costs),
        ),
        key="costs",
    )  # fmt: skip


def _summary(costs: CostSummary) -> str:
    words = _(
        "The strategy costs %(currency)s %(total)s over %(years)s: %(measures)s for the measures "
        "of the initiatives and %(training)s for training under the development plan."
    )
    values = {
        "currency": costs.currency,
        "total": number(costs.total),
        "years": _years(costs),
        "measures": number(costs.measures),
        "training": number(costs.training),
    }
    text = words % values
    if costs.no_plan:
        text += " " + _("There is no development plan yet, so the cost of training is missing.")
    return text


def _years(costs: CostSummary) -> str:
    first, last = costs.years[0], costs.years[-1]
    if first == last:
        return first
    return _("the fiscal years %(first)s to %(last)s") % {"first": first, "last": last}


def _key_figures(costs: CostSummary) -> KeyFigures:
    return KeyFigures(
        (
            KeyFigure(money(costs.total, costs.currency), _("total"), _years(costs)),
            KeyFigure(money(costs.training, costs.currency), _("training"),
                      _("from the development plan")),
            KeyFigure(money(costs.tail, costs.currency), _("a year afterwards"),
                      _("recurrent lines of the last year")),
        )
    )  # fmt: skip


def cross_table(
    costs: CostSummary,
    table: CrossTable,
    caption: str,
    first: str,
    key: str,
) -> Table:
    """Amounts by key and year with both margins."""
    rows = [(capfirst(row.key), *map(number, row.amounts), number(row.total)) for row in table.rows]
    total = (_("Total"), *map(number, table.total.amounts), number(table.total.total))
    return Table(
        f"{caption} ({costs.currency})",
        (first, *table.years, _("Total")),
        (*rows, total),
        align=aligned(1, len(table.years) + 1),
        widths=(4, *([1.6] * (len(table.years) + 1))),
        total=True,
        key=key,
    )


def _funding_chart(costs: CostSummary) -> StackedBar:
    return StackedBar(
        caption=_("Cost by year and class of funding"),
        unit=costs.currency,
        alternative=_("Columns of %(years)s, divided by class of funding; in all %(total)s.")
        % {"years": ", ".join(costs.years), "total": number(costs.total)},
        label_title=_("Fiscal year"),
        labels=costs.years,
        series=tuple(
            Series(capfirst(row.key), tuple(float(amount) for amount in row.amounts))
            for row in costs.by_funding.rows
        ),
        key="costs-chart",
    )


def _classes(costs: CostSummary) -> tuple[tuple[Text, ...], ...]:
    meaning = {
        "within": _("inside the ceilings of its year as they stand; no new money is asked."),
        "virement": _("moved between lines within the year, by leave of the ministry."),
        "next": _("to be bid for in the Estimates of the year in which it falls."),
        "donor": _("offered or asked of a partner; what recurs falls back on the vote."),
        "none": _("done in working time."),
    }
    used = {row.key for row in costs.by_funding.rows}
    return tuple(
        (Text(labelled(capfirst(wording.funding(key)), ""), bold=True), Text(words))
        for key, words in meaning.items()
        if wording.funding(key) in used
    )


def _rounds(costs: CostSummary) -> tuple[Block, ...]:
    """What the budget calendar says of each year; without one, by which rule years are told."""
    if not costs.rounds:
        words = _(
            "No budget calendar is stated: of training, a fiscal year that begins more than 365 "
            "days after the day of the data is taken to be of the next call."
        )
        return (Paragraph(words),)
    return (Paragraph(_("By the budget calendar:")), Bullets(tuple(map(_round, costs.rounds))))


def _round(year: VotedYear) -> str:
    if year.is_open:
        words = _("The call for %(year)s is open until %(call)s.")
    else:
        words = _("The call for %(year)s closed on %(call)s.")
    told = words % {"year": year.label, "call": day(year.call_closes_on)}
    if year.estimates_pass_on is None:
        return told
    passing = _("Its Estimates pass on %(day)s.") % {"day": day(year.estimates_pass_on)}
    return f"{told} {passing}"


def _time(costs: CostSummary) -> tuple[Block, ...]:
    """That working time in training is no cash, and where its worth is shown."""
    if not costs.opportunity:
        return ()
    words = _(
        "The working time spent in training is worth %(amount)s. It is no cash and in none of "
        "these figures; the development plan shows it apart, in its table “%(table)s”."
    )
    amount = money(costs.opportunity, costs.currency)
    return (Paragraph(words % {"amount": amount, "table": _("Opportunity cost by fiscal year")}),)


def _tail(costs: CostSummary) -> tuple[Block, ...]:
    after = (*_left(costs), *_training_once(costs))
    if not costs.tail:
        words = _("No line of the last year is marked as recurrent: nothing goes on afterwards.")
        return (Paragraph(words), *after)
    words = _(
        "The lines that recur in %(year)s go on: %(currency)s %(tail)s a year has to be in the "
        "vote from then on, whether partners help or not."
    )
    last = max(row.fiscal_year for row in costs.rows)
    values = {"year": last, "currency": costs.currency, "tail": number(costs.tail)}
    lines = tuple(
        labelled(row.title, money(row.amount, costs.currency))
        for row in costs.rows
        if row.is_recurrent and row.fiscal_year == last
    )
    return (Paragraph(words % values), Bullets(lines), *after)


def _left(costs: CostSummary) -> tuple[Block, ...]:
    """What recurs, is paid by a donor, and nobody takes over when the donor leaves."""
    if not costs.left:
        return ()
    words = ngettext(
        "%(n)d item recurs by its nature and ends with its donor, since no later year pays for it. "
        "It is not in the amount above: either a vote takes it over, or the work stops.",
        "%(n)d items recur by their nature and end with their donor, since no later year pays for "
        "them. They are not in the amount above: either a vote takes them over, or the work stops.",
        len(costs.left),
    )
    rows = tuple(
        (f"{one.initiative} {one.title}", wording.source(one.source), one.last_year,
         number(one.amount))
        for one in costs.left
    )  # fmt: skip
    table = Table(
        _("What ends with its donor (%s)") % costs.currency,
        (_("Item"), _("Paid by"), _("Last year paid"), _("Amount a year")),
        rows,
        align=("left", "left", "left", "right"),
        widths=(5, 4, 2, 2),
        key="costs-left",
    )
    return (Paragraph(words % {"n": len(costs.left)}), table)


def _training_once(costs: CostSummary) -> tuple[Block, ...]:
    """That training ends with its plan: no line of it is among what goes on."""
    if not costs.training:
        return ()
    words = _(
        "Training is counted as one-off: %(currency)s %(training)s is the cost of one development "
        "plan and ends with it. To keep the skills up afterwards takes another plan, which is to "
        "be drawn from the next diagnostic and put to the ministry with its own cost."
    )
    values = {"currency": costs.currency, "training": number(costs.training)}
    return (Paragraph(words % values),)


def _detail(costs: CostSummary) -> tuple[Block, ...]:
    """Every line of the measures with quantity, rate and where the rate comes from."""
    if not costs.rows:
        return ()
    columns = (
        _("Year"), _("Line"), _("Item"), _("Quantity"), _("Rate"), _("Amount"), _("Recurs"),
        _("Funding"), _("Source of the rate"), _("Price date"),
    )  # fmt: skip
    rows = tuple(
        (
            row.fiscal_year,
            row.budget_line,
            f"{row.initiative} {row.title}",
            f"{shortest(row.quantity)} {row.unit}",
            number(row.rate),
            number(row.amount),
            _("yes") if row.is_recurrent else _("no"),
            capfirst(row.funding_words),
            row.rate_source or _("not stated"),
            short_day(row.priced_on) if row.priced_on else _("not stated"),
        )
        for row in costs.rows
    )
    align: tuple[Align, ...] = (
        "left", "left", "left", "right", "right", "right", "left", "left", "left",
        "left",
    )  # fmt: skip
    caption = _("Cost lines of the initiatives (%s)") % costs.currency
    widths = (1.2, 0.8, 4.2, 1.7, 1, 1.2, 1.2, 2, 3.4, 1.3)
    table = Table(caption, columns, rows, align, widths, key="cost-lines")
    title = ngettext("The line behind the sums", "The %(n)d lines behind the sums", len(rows))
    return (Section(title % {"n": len(rows)}, (table,), landscape=True),)


def decisions_section(contents: StrategyContents) -> Section | None:
    """What the ministry is asked to decide."""
    if not contents.decisions:
        return None
    words = _(
        "Each decision can be granted on its own; the body that can take it stands beside its "
        "number."
    )
    return Section(
        _("Decisions requested"),
        (
            Paragraph(" ".join((words, *_asked(contents.costs)))),
            *(
                Callout("decision", row.text, title=_decision(row.number, row.body))
                for row in contents.decisions
            ),
        ),
        key="decisions",
    )


def _asked(costs: CostSummary) -> list[str]:
    """What the decisions come to in money, by the classes of funding that need one."""
    amounts = {row.key: row.total for row in costs.by_funding.rows}
    words = {
        "virement": _("%(amount)s is to be moved by virement."),
        "next": _("%(amount)s is to be taken into the Estimates to come."),
        "donor": _("%(amount)s is expected of partners."),
    }
    return [
        sentence % {"amount": money(amounts[wording.funding(key)], costs.currency)}
        for key, sentence in words.items()
        if amounts.get(wording.funding(key))
    ]


def _decision(number: int, body: str) -> str:
    title = _("Decision %(n)d") % {"n": number}
    return f"{title} ({body})" if body else title
