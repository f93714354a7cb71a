"""Sections on what the plan costs and who pays, on its evaluation, and the costing annexes."""

from collections.abc import Callable, Iterable

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hrplan.core.figures import labelled, number, percent, quarter, shortest
from hrplan.documents.alignment import aligned
from hrplan.documents.nodes import Block, Callout, Paragraph, Section, Series, StackedBar, Table
from training_calendar.report import value
from training_calendar.report.days import day
from training_calendar.usecases.contents import Money, PlanContents

UNFUNDED = frozenset({"next"})


def budget_section(contents: PlanContents) -> Section | None:
    """Cash by year, line and payer; opportunity cost apart; what is not funded yet."""
    cash = [item for item in contents.money if not item.is_opportunity]
    if not cash:
        return None
    shown = contents.overview
    words = _(
        "The plan takes %(currency)s %(cost)s in cash, %(share)s of the %(budget)s set aside for "
        "training over its years."
    ) % {
        "currency": contents.currency,
        "cost": number(shown.cost),
        "share": percent(shown.cost / shown.budget if shown.budget else None),
        "budget": number(shown.budget),
    }
    return Section(
        _("Budget and funding"),
        (
            Paragraph(words, "lead"),
            value.value_tiles(contents),
            _crossed(_("Cash by budget line and fiscal year"), _("Budget line"), cash,
                     lambda m: m.line_words, contents, "plan-lines"),
            _crossed(_("Cash by funding and fiscal year"), _("Funding"), cash,
                     lambda m: _payer(m), contents, "plan-funding"),
            *_unfunded(cash, contents),
            value.items_table(contents),
            value.ways_table(contents),
            _quarters(contents),
            _quarter_chart(contents),
            *_opportunity(contents),
        ),
        key="plan-budget",
    )  # fmt: skip


def _payer(item: Money) -> str:
    words = capfirst(item.funding_words)
    return labelled(words, item.source) if item.source else words


def _crossed(
    caption: str,
    head: str,
    items: Iterable[Money],
    name: Callable[[Money], str],
    contents: PlanContents,
    key: str,
) -> Table:
    """Amounts by name and fiscal year, with totals on both margins."""
    sums: dict[str, dict[str, float]] = {}
    for item in items:
        row = sums.setdefault(name(item), {})
        row[item.year] = row.get(item.year, 0.0) + item.amount
    years = sorted({year for row in sums.values() for year in row})
    rows = [
        (title, *(number(row.get(year, 0.0)) for year in years), number(sum(row.values())))
        for title, row in sorted(sums.items())
    ]
    by_year = [sum(row.get(year, 0.0) for row in sums.values()) for year in years]
    rows.append((_("All"), *(number(total) for total in by_year), number(sum(by_year))))
    return Table(
        f"{caption}, {contents.currency}",
        (head, *years, _("All")),
        tuple(rows),
        align=aligned(1, len(years) + 1),
        widths=(4, *((1.2,) * (len(years) + 1))),
        total=True,
        key=key,
    )


def _quarters(contents: PlanContents) -> Table:
    lines = contents.overview.quarters
    rows: list[tuple[str, ...]] = [
        (
            quarter(q.quarter),
            number(q.budget),
            number(q.sessions),
            number(q.outside),
            number(q.left),
        )
        for q in lines
    ]
    totals = (
        sum(q.budget for q in lines), sum(q.sessions for q in lines),
        sum(q.outside for q in lines), sum(q.left for q in lines),
    )  # fmt: skip
    rows.append((_("All"), *(number(total) for total in totals)))
    return Table(
        _("Budget and cash by quarter, %(c)s") % {"c": contents.currency},
        (_("Quarter"), _("Budget"), _("Sessions"), _("Courses outside sessions"), _("Left")),
        tuple(rows),
        align=aligned(1, 4),
        total=True,
        key="plan-quarters",
    )


def _quarter_chart(contents: PlanContents) -> StackedBar:
    lines = contents.overview.quarters
    fullest = max(lines, key=lambda q: q.sessions + q.outside, default=None)
    words = _("Most cash falls due in %(quarter)s.")
    return StackedBar(
        caption=_("Cash by quarter, with what is left of the budget"),
        unit=contents.currency,
        label_title=_("Quarter"),
        alternative=words % {"quarter": quarter(fullest.quarter)} if fullest else "",
        labels=tuple(quarter(q.quarter) for q in lines),
        series=(
            Series(_("Sessions"), tuple(float(q.sessions) for q in lines)),
            Series(_("Courses outside sessions"), tuple(float(q.outside) for q in lines)),
            Series(_("Left"), tuple(max(0.0, float(q.left)) for q in lines)),
        ),
        key="plan-cash",
    )


def _unfunded(cash: list[Money], contents: PlanContents) -> tuple[Block, ...]:
    later = sum(item.amount for item in cash if item.funding in UNFUNDED)
    if not later:
        return (Paragraph(_("All of it lies within votes or is borne by donors.")),)
    words = _(
        "%(currency)s %(amount)s falls in fiscal years whose budgets are not voted yet; it has to "
        "be asked for in the next call. If it is refused, the sessions of those years fall away "
        "and the gaps they would close stay open."
    )
    given = {"currency": contents.currency, "amount": number(later)}
    return (Callout("decision", words % given, _("Not funded yet")),)


def _opportunity(contents: PlanContents) -> tuple[Block, ...]:
    items = [item for item in contents.money if item.is_opportunity]
    hours = contents.overview.person_hours
    if not items:
        words = _(
            "Time away from the post is no cash and is not in these figures: the plan takes "
            "%(hours)s person-hours. What an hour costs in overtime and salary was not stated."
        )
        return (Paragraph(words % {"hours": number(hours)}),)
    words = _(
        "Time away from the post is shown apart, since it is no cash of training: %(hours)s "
        "person-hours in all."
    )
    caption = _("Opportunity cost by fiscal year")
    key = "plan-opportunity"
    table = _crossed(caption, _("Item"), items, lambda m: m.item, contents, key)
    return (Paragraph(words % {"hours": number(hours)}), table)


def evaluation_section(contents: PlanContents) -> Section | None:
    """At which levels, when and with what the training is judged."""
    if not contents.evaluations:
        return None
    words = _(
        "Every session is judged at four levels. Levels 1 and 2 are taken on its last day; 3 and "
        "4 fall due months later, when work has shown what was learnt. A level confirmed by the "
        "supervisor is entered as a new rating; only then does the gap close in the data."
    )
    rows = tuple(
        (
            f"{line.level} {line.words}",
            line.instrument,
            number(line.count),
            day(line.first),
            day(line.last),
        )
        for line in contents.evaluations
    )
    table = Table(
        _("Evaluations planned"),
        (_("Level"), _("With what"), _("Number"), _("First"), _("Last")),
        rows,
        align=("left", "left", "right", "left", "left"),
        widths=(1.4, 4.5, 1, 1.4, 1.4),
        key="evaluations",
    )
    return Section(_("Evaluation plan"), (Paragraph(words, "lead"), table), key="evaluation")


def catalogue_annex(contents: PlanContents) -> Section | None:
    """Every module on offer, with price and how it is known."""
    if not contents.catalogue:
        return None
    rows = tuple(
        (
            line.code,
            line.title if line.basis != "sourced" else f"{line.title} *",
            line.provider,
            line.mode_words,
            number(line.hours),
            number(line.cost_session),
            number(line.cost_person),
            "✓" if line.is_planned else "",
        )
        for line in contents.catalogue
    )
    table = Table(
        _("Modules on offer, prices in %(c)s") % {"c": contents.currency},
        (
            _("Code"), _("Module"), _("Provider"), _("Mode"), _("Hours"), _("Per session"),
            _("Per person"), _("Planned"),
        ),
        rows,
        align=("left", "left", "left", "left", "right", "right", "right", "centre"),
        widths=(0.8, 4.8, 2.9, 2.4, 0.8, 1.2, 1.2, 0.9),
        note=" ".join((
            _("Prices do not hold travel, subsistence and venue, which follow from the place."),
            _prices(contents),
        )),
        key="modules",
    )  # fmt: skip
    return Section(
        _("Module catalogue"), (table,), landscape=True, annex=True, key="module-catalogue"
    )


def _prices(contents: PlanContents) -> str:
    """Which prices are estimates, said once and not in each row."""
    sourced = [line for line in contents.catalogue if line.basis == "sourced"]
    if not sourced:
        return _("All prices are estimates.")
    if len(sourced) == len(contents.catalogue):
        return _("All prices were stated by their providers.")
    return _("Prices with an asterisk were stated by the provider; all others are estimates.")


def costing_annex(contents: PlanContents) -> Section | None:
    """What the costs rest on: rates, and every constant of planning."""
    rates = contents.plan.parameters
    given = (
        (_("Subsistence, %(c)s a person and day away") % {"c": contents.currency}, "per_diem"),
        (_("Most training days of one person in a year"), "max_days_staff_year"),
        (_("Share by which a gap closed on the last day counts less"), "discount_beta"),
        (
            _("Points that a %(c)s spent must close to be worth it") % {"c": contents.currency},
            "lambda_cost",
        ),
        (_("Weight of an even load over the quarters"), "lambda_smooth"),
    )
    rows = [(words, _plain(rates[key])) for words, key in given if key in rates]
    if not rows:
        return None
    words = _(
        "A session costs its delivery, venue, fees, and the travel and subsistence of everybody "
        "from another region, trainers included. Courses outside the sessions cost their fee, and "
        "subsistence where they are held abroad. Levels held are rounded down for planning."
    )
    head = (_("Constant"), _("Value"))
    return Section(
        _("Costing assumptions"),
        (
            Paragraph(words),
            Table(
                _("Rates and weights of the plan"),
                head,
                tuple(rows),
                align=aligned(1, 1),
                key="rates",
            ),
            value.cost_sheet(contents),
        ),
        annex=True,
        key="costing",
    )


def _plain(figure: float) -> str:
    return shortest(figure, 4)
