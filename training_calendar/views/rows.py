"""What the HR officer keeps by forms: budget lines, sources, rulings, learning paths."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from competencies.models import LearningPath
from hrplan.core.models import Administration
from hrplan.core.row_pages import RowKind
from training_calendar import rules
from training_calendar.forms import rows as forms
from training_calendar.models import (
    BudgetLine,
    ExchangeRate,
    FundingSource,
    NeedRuling,
    PathStep,
)
from training_calendar.usecases import accounts, funding_sources, learning_paths, rates, rulings


def _priorities(owner: Administration, row: Any) -> str:
    return reverse("training_calendar:priorities", args=[owner.slug])


def _paths(owner: Administration, row: Any) -> str:
    return reverse("training_calendar:learning_paths", args=[owner.slug])


def _sources(owner: Administration, row: Any) -> str:
    return reverse("training_calendar:sources", args=[owner.slug])


def _catalogue(owner: Administration, row: Any) -> str:
    return reverse("training_calendar:catalogue", args=[owner.slug])


def _lines(owner: Administration, row: Any) -> str:
    return reverse("training_calendar:budget_lines", args=[owner.slug])


SOURCES = {
    "budget-lines": RowKind(
        model=BudgetLine,
        form=forms.LineForm,
        title=_("Chart of accounts"),
        listed=_("Chart of accounts"),
        new=_("Enter a budget line"),
        gone=_("Remove this budget line"),
        goes=_(
            "Cost lines that bear its code keep it and are marked as off the chart; items of cost "
            "that fall on it fall on no line until another takes them."
        ),
        may=rules.can_plan,
        add=accounts.add_line,
        change=accounts.change_line,
        remove=accounts.remove_line,
        back=_lines,
    ),
    "funding-sources": RowKind(
        model=FundingSource,
        form=forms.SourceForm,
        title=_("Sources of funding"),
        listed=_("Sources of funding"),
        new=_("Enter a source of funding"),
        gone=_("Remove this source"),
        goes=_("The money of the quarters stays as it is entered."),
        may=rules.can_plan,
        add=funding_sources.add_source,
        change=funding_sources.change_source,
        remove=funding_sources.remove_source,
        back=_sources,
    ),
}
RATES = {
    "exchange-rates": RowKind(
        model=ExchangeRate,
        form=forms.RateForm,
        title=_("The shipped catalogue"),
        listed=_("The shipped catalogue"),
        new=_("State a rate of exchange"),
        gone=_("Take this rate back"),
        goes=_("Prices that were exchanged at it stay as they are, and name it."),
        may=rules.can_plan,
        add=rates.add_rate,
        change=rates.change_rate,
        remove=rates.remove_rate,
        back=_catalogue,
        first=("currency",),
    ),
}
RULINGS = {
    "rulings": RowKind(
        model=NeedRuling,
        form=forms.RulingForm,
        title=_("Priorities"),
        listed=_("Priorities"),
        new=_("Rule on a need"),
        gone=_("Take this ruling back"),
        goes=_("The need stands again as gaps and duties make it."),
        may=rules.can_plan,
        add=rulings.add_ruling,
        change=rulings.change_ruling,
        remove=rulings.remove_ruling,
        back=_priorities,
        first=("competency", "profile", "ground", "cause", "reason"),
    ),
}
PATHS = {
    "learning-paths": RowKind(
        model=LearningPath,
        form=forms.PathForm,
        title=_("Learning paths"),
        new=_("Begin a learning path"),
        gone=_("Remove this learning path"),
        goes=_("Its steps go with it. What people attended stays."),
        may=rules.can_plan,
        add=learning_paths.add_path,
        change=learning_paths.change_path,
        remove=learning_paths.remove_path,
        back=_paths,
        first=("staff_level", "profile"),
    ),
    "path-steps": RowKind(
        model=PathStep,
        form=forms.StepForm,
        title=_("Learning paths"),
        listed=_("Learning paths"),
        new=_("Add a step"),
        gone=_("Remove this step"),
        goes=_("The other steps keep their places."),
        may=rules.can_plan,
        add=learning_paths.add_step,
        change=learning_paths.change_step,
        remove=learning_paths.remove_step,
        back=_paths,
        first=("path", "position"),
    ),
}
