"""The rows of the strategy that are kept by forms, and where their pages lead back to."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrplan.core.models import Administration
from hrplan.core.row_pages import RowKind
from hrplan.strategy import forms, rules
from hrplan.strategy import models as rows
from hrplan.strategy.usecases import changes, proposals

TOP = ("objectives", "indicators", "initiatives", "risks", "obligations", "strategy")

LISTS = {
    "strategy:strategy": _("HR strategy"),
    "strategy:indicator_list": _("Indicators"),
    "strategy:initiative_list": _("Initiatives"),
    "strategy:risk_list": _("Risks"),
    "strategy:cost_list": _("Costs and financing"),
    "strategy:obligation_list": _("Obligations"),
    "strategy:decision_list": _("Decisions and rules"),
}


def _kind(model: Any, form: Any, listed: str, *, removable: bool = True, **words: Any) -> RowKind:
    def back(owner: Administration, _row: Any) -> str:
        return reverse(listed, args=[owner.slug])

    wanted = ("initiative", "objective", "findings", "recommendations")
    return RowKind(
        model=model,
        form=form,
        may=rules.can_change_strategy,
        add=partial(changes.add_row, model),
        change=changes.change_row,
        remove=changes.remove_row if removable else None,
        back=back,
        first=tuple(name for name in wanted if name in words.get("new_form", form).base_fields),
        listed=LISTS[listed],
        **words,
    )


def _answering(owner: Administration, given: Mapping[str, list[str]]) -> dict[str, Any]:
    """An objective begins with what the findings in the address propose."""
    return proposals.begin_objective(owner, given["findings"]) if "findings" in given else {}


def _carrying(owner: Administration, given: Mapping[str, list[str]]) -> dict[str, Any]:
    """An initiative begins with what the recommendations in the address propose."""
    marks = given.get("recommendations")
    return proposals.begin_initiative(owner, marks) if marks else {}


KINDS = {
    "strategy": _kind(
        rows.Strategy,
        forms.StrategyForm,
        "strategy:strategy",
        title=_("Strategy"),
        new=_("Write a strategy"),
        removable=False,
    ),
    "principles": _kind(
        rows.Principle,
        forms.PrincipleForm,
        "strategy:strategy",
        title=_("Principle"),
        new=_("Add a principle"),
        gone=_("Remove this principle"),
    ),
    "objectives": _kind(
        rows.Objective,
        forms.ObjectiveForm,
        "strategy:strategy",
        title=_("Objective"),
        new=_("Add an objective"),
        gone=_("Remove this objective"),
        begins=_answering,
        goes=_(
            "Its initiatives go with it, with their milestones and cost lines; its indicators "
            "stay without an objective."
        ),
    ),
    "indicators": _kind(
        rows.Indicator,
        forms.IndicatorChangeForm,
        "strategy:indicator_list",
        title=_("Indicator"),
        new=_("Add an indicator"),
        gone=_("Remove this indicator"),
        new_form=forms.IndicatorForm,
        goes=_("Its values go with it, and the record of targets that were moved."),
    ),
    "initiatives": _kind(
        rows.Initiative,
        forms.InitiativeForm,
        "strategy:initiative_list",
        title=_("Initiative"),
        new=_("Add an initiative"),
        gone=_("Remove this initiative"),
        begins=_carrying,
        goes=_("Its milestones and cost lines go with it."),
    ),
    "milestones": _kind(
        rows.Milestone,
        forms.MilestoneForm,
        "strategy:initiative_list",
        title=_("Milestone"),
        new=_("Add a milestone"),
        gone=_("Remove this milestone"),
    ),
    "risks": _kind(
        rows.Risk,
        forms.RiskForm,
        "strategy:risk_list",
        title=_("Risk"),
        new=_("Add a risk"),
        gone=_("Remove this risk"),
    ),
    "costs": _kind(
        rows.StrategyCost,
        forms.CostForm,
        "strategy:cost_list",
        title=_("Cost line"),
        new=_("Add a cost line"),
        gone=_("Remove this cost line"),
    ),
    "obligations": _kind(
        rows.Obligation,
        forms.ObligationForm,
        "strategy:obligation_list",
        title=_("Obligation"),
        new=_("Add an obligation"),
        gone=_("Remove this obligation"),
    ),
    "decisions": _kind(
        rows.RequestedDecision,
        forms.DecisionForm,
        "strategy:decision_list",
        title=_("Decision requested"),
        new=_("Add a decision"),
        gone=_("Remove this decision"),
    ),
    "responsibilities": _kind(
        rows.Responsibility,
        forms.ResponsibilityForm,
        "strategy:decision_list",
        title=_("Responsibility"),
        new=_("Add a responsibility"),
        gone=_("Remove this responsibility"),
    ),
    "rules": _kind(
        rows.PolicyRule,
        forms.PolicyRuleForm,
        "strategy:decision_list",
        title=_("Rule"),
        new=_("Add a rule"),
        gone=_("Remove this rule"),
    ),
    "consultations": _kind(
        rows.Consultation,
        forms.ConsultationForm,
        "strategy:decision_list",
        title=_("Consultation"),
        new=_("Add a consultation"),
        gone=_("Remove this consultation"),
    ),
}
