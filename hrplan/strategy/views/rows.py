"""Forms by which rows of the strategy are added, changed and removed."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page
from hrplan.core.models import TenantModel
from hrplan.strategy import forms, rules
from hrplan.strategy import models as rows
from hrplan.strategy.usecases import changes


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be kept by a form: its model, forms, words, and the list one comes back to.

    new, gone : titles of the pages that add and remove one; goes : what goes with it
    """

    model: type[TenantModel]
    form: type[forms.RowForm]
    title: str | Promise
    new: str | Promise
    gone: str | Promise
    back: str
    change_form: type[forms.RowForm] | None = None
    goes: str | Promise = ""
    removable: bool = True


LISTS = {
    "strategy:strategy": _("HR strategy"),
    "strategy:indicator_list": _("Indicators"),
    "strategy:initiative_list": _("Initiatives"),
    "strategy:risk_list": _("Risks"),
    "strategy:cost_list": _("Costs and financing"),
    "strategy:obligation_list": _("Obligations"),
    "strategy:decision_list": _("Decisions and rules"),
}
KINDS = {
    "strategy": Kind(
        rows.Strategy, forms.StrategyForm, _("Strategy"), _("Write a strategy"), "",
        "strategy:strategy", removable=False,
    ),
    "principles": Kind(
        rows.Principle, forms.PrincipleForm, _("Principle"), _("Add a principle"),
        _("Remove this principle"), "strategy:strategy",
    ),
    "objectives": Kind(
        rows.Objective, forms.ObjectiveForm, _("Objective"), _("Add an objective"),
        _("Remove this objective"), "strategy:strategy",
        goes=_("Its initiatives go with it, with their milestones and cost lines; its indicators "
               "stay without an objective."),
    ),
    "indicators": Kind(
        rows.Indicator, forms.IndicatorForm, _("Indicator"), _("Add an indicator"),
        _("Remove this indicator"), "strategy:indicator_list", forms.IndicatorChangeForm,
        goes=_("Its values go with it, and the record of targets that were moved."),
    ),
    "initiatives": Kind(
        rows.Initiative, forms.InitiativeForm, _("Initiative"), _("Add an initiative"),
        _("Remove this initiative"), "strategy:initiative_list",
        goes=_("Its milestones and cost lines go with it."),
    ),
    "milestones": Kind(
        rows.Milestone, forms.MilestoneForm, _("Milestone"), _("Add a milestone"),
        _("Remove this milestone"), "strategy:initiative_list",
    ),
    "risks": Kind(
        rows.Risk, forms.RiskForm, _("Risk"), _("Add a risk"), _("Remove this risk"),
        "strategy:risk_list",
    ),
    "costs": Kind(
        rows.StrategyCost, forms.CostForm, _("Cost line"), _("Add a cost line"),
        _("Remove this cost line"), "strategy:cost_list",
    ),
    "obligations": Kind(
        rows.Obligation, forms.ObligationForm, _("Obligation"), _("Add an obligation"),
        _("Remove this obligation"), "strategy:obligation_list",
    ),
    "decisions": Kind(
        rows.RequestedDecision, forms.DecisionForm, _("Decision requested"),
        _("Add a decision"), _("Remove this decision"), "strategy:decision_list",
    ),
    "responsibilities": Kind(
        rows.Responsibility, forms.ResponsibilityForm, _("Responsibility"),
        _("Add a responsibility"), _("Remove this responsibility"), "strategy:decision_list",
    ),
    "rules": Kind(
        rows.PolicyRule, forms.PolicyRuleForm, _("Rule"), _("Add a rule"), _("Remove this rule"),
        "strategy:decision_list",
    ),
    "consultations": Kind(
        rows.Consultation, forms.ConsultationForm, _("Consultation"), _("Add a consultation"),
        _("Remove this consultation"), "strategy:decision_list",
    ),
}  # fmt: skip


def _back(request: MemberRequest, kind: Kind) -> str:
    return reverse(kind.back, args=[request.member.administration.slug])


def _around(request: MemberRequest, kind: Kind) -> dict[str, Any]:
    """What every form shows beside its own: its words, and the list it lies in."""
    return {"kind": kind, "back": _back(request, kind), "list_title": LISTS[kind.back]}


@require_http_methods(["GET", "POST"])
@member_required
def add(request: MemberRequest, kind: str) -> HttpResponse:
    require(rules.can_change_strategy(request.member))
    known, owner = KINDS[kind], request.member.administration
    first: dict[str, Any] = {name: request.GET.get(name) for name in ("initiative", "objective")}
    first["findings"] = request.GET.getlist("findings")
    form = known.form(request.POST or None, administration=owner, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            changes.add_row(known.model, owner, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.show(refusal)
        else:
            messages.success(request, gettext("The row is added."))
            return redirect(_back(request, known))
    context = {"form": form, **_around(request, known)}
    return page(request, "strategy/row_form.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def change(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    known, owner = KINDS[kind], request.member.administration
    require(rules.can_change_strategy(request.member))
    row = get_object_or_404(known.model.objects.visible_to(request.member), pk=pk)
    maker = known.change_form or known.form
    form = maker(request.POST or None, administration=owner, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            changes.change_row(row, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.show(refusal)
        else:
            messages.success(request, gettext("The change is saved."))
            return redirect(_back(request, known))
    context = {"form": form, "row": row, **_around(request, known)}
    if known.removable:
        context["remove"] = reverse(f"strategy:{kind}_remove", args=[owner.slug, pk])
    return page(request, "strategy/row_form.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def remove(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    known = KINDS[kind]
    require(rules.can_change_strategy(request.member))
    row = get_object_or_404(known.model.objects.visible_to(request.member), pk=pk)
    if request.method == "POST":
        changes.remove_row(row, by=request.member)
        messages.success(request, gettext("The row is removed."))
        return redirect(_back(request, known))
    context = {"row": row, **_around(request, known)}
    return page(request, "strategy/row_remove.html", context)
