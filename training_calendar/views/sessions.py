"""Pages of one training session: detail, pin, and the form that cancels it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hrplan.core.access import INSIDE, MemberRequest, has_role, member_required, require
from hrplan.core.http import page, refused
from training_calendar import rules
from training_calendar.forms.pages import ReasonForm
from training_calendar.models import TrainingSession
from training_calendar.usecases import changes, moves, replanning, session_detail
from training_calendar.usecases.applications import OUTSIDE
from training_calendar.usecases.sessions_list import ON_A_ROW


def session_of(request: MemberRequest, pk: int) -> TrainingSession:
    """A session of the member's administration."""
    seen = TrainingSession.objects.visible_to(request.member).select_related(
        "administration", "calendar__plan", "calendar__administration", *ON_A_ROW
    )
    return get_object_or_404(seen, pk=pk)


def _back(session: TrainingSession) -> HttpResponse:
    return redirect("training_calendar:session", session.administration.slug, session.pk)


@require_GET
@member_required
def session(request: MemberRequest, pk: int) -> HttpResponse:
    found = session_of(request, pk)
    require(rules.can_see_plan(request.member))
    context = {
        "session": found,
        "detail": session_detail.session_detail(found, member=request.member),
        "can_change": rules.can_change_calendar(request.member, found.calendar),
        "has_begun": found.starts_on <= request.member.administration.as_of,
        "asks_for_application": found.module.mode in OUTSIDE,
        "is_inside": has_role(request.member, INSIDE),
    }
    if context["can_change"]:
        context["moving"] = moves.move_under_way(found)
    return page(request, "training_calendar/session.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    found = session_of(request, pk)
    require(rules.can_change_calendar(request.member, found.calendar))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if "replan" in request.POST:
                run = replanning.ask_for_replan(found, by=request.member, **form.cleaned_data)
                return redirect("core:run", found.administration.slug, run.pk)
            changes.cancel_session(found, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("The session is cancelled."))
            return _back(found)
    return page(request, "training_calendar/session_cancel.html", {"form": form, "session": found})


@require_POST
@member_required
def pin(request: MemberRequest, pk: int) -> HttpResponse:
    found = session_of(request, pk)
    try:
        changes.pin_session(found, by=request.member, pinned=not found.is_pinned)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        words = _("The session is pinned.") if not found.is_pinned else _("The pin is taken out.")
        messages.success(request, words)
    return _back(found)
