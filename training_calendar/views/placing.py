"""Pages that give a module without a session its first one: places, what one would do, the deed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page
from training_calendar import rules
from training_calendar.forms.moving import MoveForm, MoveHereForm, PlaceForm
from training_calendar.models import Calendar, Module, TrainingSession
from training_calendar.usecases import placing
from training_calendar.usecases.places import Wish
from training_calendar.views.calendars import current


@require_http_methods(["GET", "POST"])
@member_required
def place_module(request: MemberRequest, pk: int) -> HttpResponse:
    """By itself a form; with `places` ranked ones; with a day what it would do; POST does it."""
    calendar = current(request)
    require(rules.can_change_calendar(request.member, calendar))
    found = get_object_or_404(Module.objects.visible_to(request.member), pk=pk)
    context: dict[str, Any] = {"module": found, "form": PlaceForm(None, found)}
    part = "new-places"
    if request.method == "POST":
        form = MoveForm(request.POST, found)
        if form.is_valid() and (made := _placed(request, calendar, found, form)):
            messages.success(request, _("The session is in the calendar."))
            return redirect("training_calendar:session", calendar.administration.slug, made.pk)
        context["moving"] = form
    elif "starts_on" in request.GET:
        part = "new-foreseen"
        context |= _foreseen(request, calendar, found)
    elif "places" in request.GET:
        context |= _nearest(request, calendar, found)
    return page(request, "training_calendar/module_place.html", context, part=part)


def _placed(
    request: MemberRequest, calendar: Calendar, module: Module, form: MoveForm
) -> TrainingSession | None:
    try:
        return placing.place_module(calendar, module, by=request.member, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        return None


def _foreseen(request: MemberRequest, calendar: Calendar, module: Module) -> dict[str, Any]:
    form = PlaceForm(request.GET, module)
    if not form.is_valid():
        return {"form": form}
    try:
        foreseen = placing.foresee(calendar, module, Wish(**form.cleaned_data), by=request.member)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        return {"form": form}
    moving = MoveHereForm(None, module)
    moving.initial = dict(form.cleaned_data)
    return {"form": form, "foreseen": foreseen, "moving": moving}


def _nearest(request: MemberRequest, calendar: Calendar, module: Module) -> dict[str, Any]:
    try:
        return {"places": placing.nearest_places(calendar, module, by=request.member)}
    except ValidationError as refusal:
        return {"refusal": refusal.messages}
