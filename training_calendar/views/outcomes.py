"""Pages that say what a module lifts: a line is added, changed, taken away."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page
from training_calendar import rules
from training_calendar.forms.rows import OutcomeForm
from training_calendar.models import Module, Outcome
from training_calendar.usecases import outcomes


def _outcome(request: MemberRequest, pk: int) -> Outcome:
    seen = Outcome.objects.visible_to(request.member)
    related = seen.select_related("module__administration", "competency__framework")
    return get_object_or_404(related, pk=pk)


def _shown(request: MemberRequest, module: Module, form: OutcomeForm, **more: Any) -> HttpResponse:
    back = reverse("training_calendar:module", args=[request.member.administration.slug, module.pk])
    context = {"form": form, "module": module, "back": back, **more}
    return page(request, "training_calendar/outcome_form.html", context)


def _to_module(request: MemberRequest, pk: int) -> HttpResponse:
    return redirect("training_calendar:module", request.member.administration.slug, pk)


@require_http_methods(["GET", "POST"])
@member_required
def outcome_add(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_plan(request.member))
    owner = request.member.administration
    seen = Module.objects.visible_to(request.member)
    module = get_object_or_404(seen.select_related("administration"), pk=pk)
    first = {"competency": request.GET.get("competency"), "level_from": 0}
    form = OutcomeForm(request.POST or None, administration=owner, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = outcomes.add_outcome(
                owner, by=request.member, module=module, **form.cleaned_data
            )
        except ValidationError as refusal:
            form.show(refusal)
        else:
            messages.success(
                request,
                _("The module lifts “%(title)s” to level %(level)d from the next plan on.")
                % {"title": made.competency.title, "level": made.level_to},
            )
            return _to_module(request, module.pk)
    return _shown(request, module, form)


@require_http_methods(["GET", "POST"])
@member_required
def outcome_change(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_plan(request.member))
    owner, row = request.member.administration, _outcome(request, pk)
    form = OutcomeForm(request.POST or None, administration=owner, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            outcomes.change_outcome(_outcome(request, pk), by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.show(refusal)
        else:
            messages.success(request, _("The change is saved; it counts from the next plan on."))
            return _to_module(request, row.module_id)
    return _shown(request, row.module, form, outcome=pk)


@require_http_methods(["GET", "POST"])
@member_required
def outcome_remove(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_plan(request.member))
    row = _outcome(request, pk)
    title, module = row.competency.title, row.module
    if request.method == "POST":
        outcomes.remove_outcome(row, by=request.member)
        messages.success(request, _("“%(row)s” is removed.") % {"row": title})
        return _to_module(request, module.pk)
    return page(
        request, "training_calendar/outcome_remove.html", {"title": title, "module": module}
    )
