"""The section on the budget case: the plan at less and at more than the money asked for."""

from django.utils.translation import gettext as _

from hrplan.core.figures import labelled, money, number, percent, rounded
from hrplan.documents.alignment import aligned
from hrplan.documents.nodes import (
    BarChart,
    Block,
    Callout,
    Paragraph,
    Section,
    Table,
)
from training_calendar.usecases.budget_case import BudgetCase, CasePart, CaseStep, NextStep

SECTION = "budget-case"
TABLE = "budget-case-table"
CHART = "budget-case-chart"
NEXT = "budget-case-next"
PRINTED = 2  # competencies left out that one page has room for


def case_section(case: BudgetCase, currency: str) -> Section:
    """One page: what each budget closes, whom it reaches, what it costs and leaves out."""
    return Section(_("Budget case"), case_blocks(case, currency), key=SECTION)


def case_blocks(case: BudgetCase, currency: str) -> tuple[Block, ...]:
    """The blocks of the section; where no budget was worked out what to do."""
    if not case.steps:
        return (Callout("caution", not_worked_out(), _("Not worked out")),)
    blocks: list[Block] = [
        Paragraph(summary(case, currency), "lead"),
        case_table(case, currency),
        case_chart(case),
    ]
    if steps := [step.then for step in case.steps if step.then]:
        blocks.append(next_table(steps, currency))
    if case.missing:
        blocks.append(Callout("caution", missing_words(case), _("Not worked out")))
    blocks.append(Paragraph(" ".join(notes(case)), "note"))
    return tuple(blocks)


def not_worked_out() -> str:
    """What stands in the place of the figures, and how they come about."""
    return _(
        "Other budgets were not worked out with this plan, so it cannot be said what less or more "
        "money would mean. The HR officer has them worked out on the page of scenarios."
    )


def missing_words(case: BudgetCase) -> str:
    """Which budgets are missing, and how they come about."""
    words = _(
        "Not worked out with this plan: %(shares)s of the money asked for. The HR officer has "
        "them worked out on the page of scenarios."
    )
    return words % {"shares": ", ".join(percent(share) for share in case.missing)}


def summary(case: BudgetCase, currency: str) -> str:
    """What the smallest and the largest budget close, in one or two sentences."""
    low, high = case.steps[0], case.steps[-1]
    words = _("%(share)s of the money asked for, %(budget)s, closes %(closed)s of the weighted gap")
    told = [words % _ends(low, currency)]
    if high is not low:
        more = _("%(share)s, %(budget)s, closes %(closed)s")
        told.append(more % _ends(high, currency))
    return "; ".join(told) + "."


def _ends(step: CaseStep, currency: str) -> dict[str, str]:
    return {
        "share": percent(step.share),
        "budget": money(step.budget, currency),
        "closed": percent(step.closed_share, 1),
    }


def case_table(case: BudgetCase, currency: str) -> Table:
    """A budget a row."""
    rows = tuple(
        (
            percent(step.share),
            number(step.budget),
            number(step.cost),
            number(step.closed),
            *reached_words(step, case),
            "\n".join(part_words(part) for part in step.left_out[:PRINTED]) or _("nothing"),
        )
        for step in case.steps
    )
    return Table(
        _("The plan at other budgets, %(c)s") % {"c": currency},
        (
            _("Of the ask"), _("Budget"), _("Cost"), _("Points closed"), _("Gap closed"),
            _("People reached"), _("Most left open, and why"),
        ),
        rows,
        align=("right",) * 6 + ("left",),
        widths=(1, 1.1, 1.1, 0.9, 0.9, 1.1, 6.2),
        key=TABLE,
    )  # fmt: skip


def part_words(part: CasePart) -> str:
    """A competency and why it is left out."""
    return labelled(part.title, part.reason)


def people_words(people: int | None, limit: int | None) -> str:
    """How many people are reached; a small number is told as such."""
    if people is None:
        return _("fewer than %(limit)d") % {"limit": limit or 0}
    return number(people)


def reached_words(step: CaseStep, case: BudgetCase) -> tuple[str, str]:
    """The share of the gap closed and the people reached, as page and documents tell them."""
    return percent(step.closed_share, 1), people_words(step.people, case.limit)


def case_chart(case: BudgetCase) -> BarChart:
    """The share of the gap that each budget closes."""
    words = _("%(share)s of the money closes %(closed)s of the weighted gap")
    told = [
        words % {"share": percent(step.share), "closed": percent(step.closed_share, 1)}
        for step in case.steps
    ]
    return BarChart(
        caption=_("Gap closed by share of the money asked for"),
        unit=_("% of the weighted gap"),
        label_title=_("Of the ask"),
        alternative="; ".join(told) + ".",
        labels=tuple(percent(step.share) for step in case.steps),
        values=tuple(rounded(100 * step.closed_share, 1) for step in case.steps),
        decimals=1,
        key=CHART,
    )


def next_table(steps: list[NextStep], currency: str) -> Table:
    """What the money from each budget to the next buys."""
    rows = tuple(
        (
            _("to %(share)s") % {"share": percent(step.share)},
            number(step.money),
            number(step.closed),
            "–" if step.each_thousand is None else number(step.each_thousand, 1),
            "; ".join(closes_words(part) for part in step.closes) or "–",
        )
        for step in steps
    )
    return Table(
        _("What the next step of money buys, %(c)s") % {"c": currency},
        (
            _("Step"), _("More money"), _("More points"), _("Points for each 1,000"),
            _("Where it closes most, points at least"),
        ),
        rows,
        align=aligned(1, 3) + ("left",),
        widths=(1, 1.2, 1.1, 1.3, 6.4),
        key=NEXT,
    )  # fmt: skip


def closes_words(part: CasePart) -> str:
    """A competency and how much of its gap the step closes, where that may be told."""
    if part.points is None:
        return _("%(title)s (withheld)") % {"title": part.title}
    return f"{part.title} ({number(part.points)})"


def notes(case: BudgetCase) -> tuple[str, ...]:
    """How the figures came about and what is withheld."""
    found = [
        _(
            "Every budget was tried with the same small effort; the plan itself was searched for "
            "longer and closes a little more. Differences of a point or two say nothing."
        ),
        _(
            "Most left open: the competencies with the largest weighted gap left open, each with "
            "the reason that weighs most."
        ),
    ]
    if case.limit is not None:
        words = _("Figures on fewer than %(limit)d people or needs are withheld.")
        found.append(words % {"limit": case.limit})
    return tuple(found)
