"""The budget frontier as a picture: what each further part of the money buys."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hrplan.core.figures import money, number, percent, rounded
from hrplan.documents.nodes import LineChart, Series
from training_calendar.usecases.scenarios import BudgetStep

FEWEST = 3  # budgets that make a line worth drawing


def frontier_chart(steps: Sequence[BudgetStep], currency: str) -> LineChart | None:
    """The share of the weighted gap that each budget closes; None of fewer than three budgets."""
    if len(steps) < FEWEST:
        return None
    low, high, last = steps[0], steps[-1], steps[-1].each_thousand
    words = _(
        "Of the weighted gap, %(first)s closes %(least)s and %(last)s closes %(most)s. The last "
        "step closes %(each)s points with each 1,000."
    )
    return LineChart(
        caption=_("Gap closed by budget"),
        unit=_("% of the weighted gap"),
        label_title=_("Budget"),
        alternative=words
        % {
            "first": money(low.budget, currency),
            "least": percent(low.closed_share),
            "last": money(high.budget, currency),
            "most": percent(high.closed_share),
            "each": number(last, 1),
        },
        labels=tuple(f"{percent(step.share)}\n{number(step.budget)}" for step in steps),
        series=(
            Series(_("Gap closed"), tuple(rounded(100 * step.closed_share, 1) for step in steps)),
        ),
        decimals=1,
        key="plan-frontier",
    )
