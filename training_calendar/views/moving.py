"""Pages that move a session: places where it could be, what a place would do, the move itself."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page
from training_calendar import rules
from training_calendar.forms.moving import MoveForm, MoveHereForm, PlaceForm
from training_calendar.models import TrainingSession
from training_calendar.usecases import foreseeing, moves, places
from training_calendar.usecases.places import Wish
from training_calendar.views.sessions import session_of


@require_http_methods(["GET", "POST"])
@member_required
def move(request: MemberRequest, pk: int) -> HttpResponse:
    """By itself a form; with `places` the nearest free ones; with a day what it would do."""
    found = session_of(request, pk)
    require(rules.can_change_calendar(request.member, found.calendar))
    context: dict[str, Any] = {"session": found, "form": PlaceForm(None, found)}
    part = "move-places"
    if request.method == "POST":
        form = MoveForm(request.POST, found)
        if form.is_valid() and (answer := _asked_for(request, found, form)):
            return answer
        context["moving"] = form
    elif "starts_on" in request.GET:
        part = "move-foreseen"
        context |= _foreseen(request, found)
    elif "places" in request.GET:
        context |= _nearest(request, found)
    return page(request, "training_calendar/session_move.html", context, part=part)


def _asked_for(
    request: MemberRequest, session: TrainingSession, form: MoveForm
) -> HttpResponse | None:
    try:
        run = moves.ask_for_move(session, by=request.member, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        return None
    return redirect("core:run", session.administration.slug, run.pk)


def _foreseen(request: MemberRequest, session: TrainingSession) -> dict[str, Any]:
    form = PlaceForm(request.GET, session)
    if not form.is_valid():
        return {"form": form}
    wish = Wish(**form.cleaned_data)
    try:
        foreseen = foreseeing.foresee(session, wish, by=request.member)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        return {"form": form}
    moving = MoveHereForm(None, session)
    moving.initial = dict(form.cleaned_data)
    return {"form": form, "foreseen": foreseen, "moving": moving}


def _nearest(request: MemberRequest, session: TrainingSession) -> dict[str, Any]:
    try:
        return {"places": places.nearest_places(session, by=request.member)}
    except ValidationError as refusal:
        return {"refusal": refusal.messages}
