"""Pages that compare before anything is changed: a new plan, and better dates for the calendar."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from training_calendar import rules
from training_calendar.forms.moving import FoundForm
from training_calendar.models import Plan
from training_calendar.usecases import improving, proposals
from training_calendar.usecases.differences_shown import Compared
from training_calendar.views.calendars import current
from training_calendar.views.releases import shown_differences


@require_http_methods(["GET", "POST"])
@member_required
def proposal(request: MemberRequest, pk: int) -> HttpResponse:
    """A new plan beside the one in force; POST puts it in its place."""
    found = _proposed(request, pk)
    if request.method == "POST":
        try:
            proposals.put_in_force(found, by=request.member)
        except ValidationError as refusal:
            refused(request, refusal)
        else:
            messages.success(
                request, _("The new plan is in force; the earlier one stays on record.")
            )
        return redirect("training_calendar:plan", found.administration.slug)
    try:
        beside = proposals.beside(found, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
        return redirect("training_calendar:plan", found.administration.slug)
    context = {"proposal": beside, "figures": beside.figures, **_shown(request, beside.compared)}
    return page(request, "training_calendar/proposal.html", context)


@require_POST
@member_required
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    found = _proposed(request, pk)
    try:
        proposals.discard(found, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("The new plan is discarded; nothing has changed."))
    return redirect("training_calendar:plan", found.administration.slug)


def _proposed(request: MemberRequest, pk: int) -> Plan:
    seen = Plan.objects.visible_to(request.member).select_related("administration", "calendar")
    found = get_object_or_404(seen, pk=pk)
    require(rules.can_decide_proposal(request.member, found))
    return found


@require_http_methods(["GET", "POST"])
@member_required
def improvement(request: MemberRequest) -> HttpResponse:
    """The calendar that was found beside the one that stands; POST asks for it to be taken."""
    calendar = current(request)
    require(rules.can_change_calendar(request.member, calendar))
    form = FoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = improving.ask_to_apply(calendar, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            refused(request, refusal)
        else:
            return redirect("core:run", calendar.administration.slug, run.pk)
    found = improving.last_improvement(calendar, by=request.member)
    context: dict[str, Any] = {"improvement": found}
    if found:
        context |= {"figures": found.figures, **_shown(request, found.compared)}
        context["form"] = FoundForm(initial={"run": found.run.pk})
    return page(request, "training_calendar/improvement.html", context)


def _shown(request: MemberRequest, compared: Compared) -> dict[str, Any]:
    return {**shown_differences(request, compared), "is_inside": True}
