"""Forms by which rows of the strategy are added, changed and removed."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page
from hrplan.core.models import TenantModel
from hrplan.strategy import forms, rules
from hrplan.strategy import models as rows
from hrplan.strategy.usecases import changes


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be kept by a form: its model, forms, and the page one comes back to."""

    model: type[TenantModel]
    form: type[forms.RowForm]
    title: str | Promise
    back: str
    change_form: type[forms.RowForm] | None = None
    removable: bool = True


KINDS = {
    "strategy": Kind(rows.Strategy, forms.StrategyForm, gettext_lazy("Strategy"),
                     "strategy:strategy", removable=False),
    "principles": Kind(rows.Principle, forms.PrincipleForm, gettext_lazy("Principle"),
                       "strategy:strategy"),
    "objectives": Kind(rows.Objective, forms.ObjectiveForm, gettext_lazy("Objective"),
                       "strategy:strategy"),
    "indicators": Kind(rows.Indicator, forms.IndicatorForm, gettext_lazy("Indicator"),
                       "strategy:indicator_list", forms.IndicatorChangeForm),
    "initiatives": Kind(rows.Initiative, forms.InitiativeForm, gettext_lazy("Initiative"),
                        "strategy:initiative_list"),
    "milestones": Kind(rows.Milestone, forms.MilestoneForm, gettext_lazy("Milestone"),
                       "strategy:initiative_list"),
    "risks": Kind(rows.Risk, forms.RiskForm, gettext_lazy("Risk"), "strategy:risk_list"),
    "costs": Kind(rows.StrategyCost, forms.CostForm, gettext_lazy("Cost line"),
                  "strategy:cost_list"),
    "obligations": Kind(rows.Obligation, forms.ObligationForm, gettext_lazy("Obligation"),
                        "strategy:obligation_list"),
    "decisions": Kind(rows.RequestedDecision, forms.DecisionForm,
                      gettext_lazy("Decision requested"), "strategy:decision_list"),
    "responsibilities": Kind(rows.Responsibility, forms.ResponsibilityForm,
                             gettext_lazy("Responsibility"), "strategy:decision_list"),
    "rules": Kind(rows.PolicyRule, forms.PolicyRuleForm, gettext_lazy("Rule"),
                  "strategy:decision_list"),
    "consultations": Kind(rows.Consultation, forms.ConsultationForm, gettext_lazy("Consultation"),
                          "strategy:decision_list"),
}  # fmt: skip


def _back(request: MemberRequest, kind: Kind) -> str:
    return reverse(kind.back, args=[request.member.administration.slug])


@require_http_methods(["GET", "POST"])
@member_required
def add(request: MemberRequest, kind: str) -> HttpResponse:
    require(rules.can_change_strategy(request.member))
    known, owner = KINDS[kind], request.member.administration
    first = {"initiative": request.GET.get("initiative"), "objective": request.GET.get("objective")}
    form = known.form(request.POST or None, administration=owner, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            changes.add_row(known.model, owner, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.show(refusal)
        else:
            messages.success(request, _("The row is added."))
            return redirect(_back(request, known))
    context = {"form": form, "kind": known, "back": _back(request, known)}
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
            messages.success(request, _("The change is saved."))
            return redirect(_back(request, known))
    context = {"form": form, "kind": known, "row": row, "back": _back(request, known)}
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
        messages.success(request, _("The row is removed."))
        return redirect(_back(request, known))
    context = {"kind": known, "row": row, "back": _back(request, known)}
    return page(request, "strategy/row_remove.html", context)
