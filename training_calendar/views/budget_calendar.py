"""The page on which the budget calendar is stated."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page
from training_calendar import rules
from training_calendar.forms.budget_calendar import BudgetCalendarForm
from training_calendar.usecases import budget_calendar


@require_http_methods(["GET", "POST"])
@member_required
def calendar(request: MemberRequest) -> HttpResponse:
    """When calls close and Estimates pass; the HR officer states it."""
    require(rules.can_plan(request.member))
    owner = request.member.administration
    held = budget_calendar.stated(owner)
    form = BudgetCalendarForm(request.POST or None, initial=held)
    if request.method == "POST" and form.is_valid():
        try:
            budget_calendar.set_budget_calendar(owner, form.cleaned_data, by=request.member)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The budget calendar counts from now on."))
            return redirect("training_calendar:budget_calendar", owner.slug)
    return page(request, "training_calendar/budget_calendar.html", {"form": form})
