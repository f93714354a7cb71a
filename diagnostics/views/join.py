"""The participants' pages: join by a code, answer the question before the room. No account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from diagnostics.forms.pages import BallotForm, CodeForm, PlaceForm
from diagnostics.models import Participant, Question, Round, Vote
from diagnostics.usecases import joining, votes
from diagnostics.usecases import room as rooms
from diagnostics.views.rooms import anchors
from hrplan.core.http import page
from hrplan.core.limits import Limit, address_of

COOKIE = "hrplan-seat"
COOKIE_DAYS = 14
WRONG_HERE = Limit("wrong-code-here", most=10, seconds=600)
WRONG_ALL = Limit("wrong-code-anywhere", most=1_000, seconds=3_600)


class ParticipantRequest(HttpRequest):
    """A request that came through `participant_required`."""

    participant: Participant


def guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Nothing of these pages is kept by browsers, and their addresses go to no other site.

    Under `no-referrer` browsers would send forms without their origin, which Django refuses.
    """

    @wraps(view)
    def inner(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = view(request, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return inner


def participant_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Set `request.participant` from the device's pass, or lead to the code."""

    @guarded
    @wraps(view)
    def inner(request: Any, **kwargs: Any) -> HttpResponse:
        found = joining.participant_of(request.COOKIES.get(COOKIE, ""))
        if found is None and "X-Receipt" in request.headers:
            return HttpResponse(status=403)
        if found is None:
            return redirect("join:code")
        request.participant = found
        return view(request, **kwargs)

    return inner


@guarded
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = joining.plain_code(form.cleaned_data["code"])
        if _is_too_often(request):
            return _later(request)
        if joining.workshop_of(given) is not None:
            return redirect("join:place", given)
        _count_wrong(request)
        form.add_error("code", _("This code opens no workshop. Look at the screen again."))
    return page(request, "diagnostics/join/code.html", {"form": form})


@guarded
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, code: str) -> HttpResponse:
    if _is_too_often(request):
        return _later(request)
    workshop = joining.workshop_of(code)
    if workshop is None:
        _count_wrong(request)
        raise Http404
    places = joining.free_places(workshop)
    form = PlaceForm(request.POST or None, workshop=workshop, places=places)
    if request.method == "POST" and form.is_valid():
        try:
            admitted = joining.join(workshop, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            return _seated(admitted.token)
    context = {"form": form, "workshop": workshop}
    return page(request, "diagnostics/join/place.html", context)


@guarded
@require_GET
def personal(request: HttpRequest, token: str) -> HttpResponse:
    if joining.participant_of(token) is None:
        _count_wrong(request)
        raise Http404
    return _seated(token)


@participant_required
@require_GET
def room(request: ParticipantRequest) -> HttpResponse:
    if request.GET.get("v") == str(request.participant.workshop.revision):
        return HttpResponse(status=204)
    return page(request, "diagnostics/join/room.html", _context(request), part="room")


@participant_required
@require_POST
def vote(request: ParticipantRequest) -> HttpResponse:
    held = Round.objects.filter(workshop=request.participant.workshop_id)
    asked = held.select_related("question__domain__questionnaire")
    number = request.POST.get("round", "")
    round = get_object_or_404(asked, pk=int(number) if number.isdecimal() else 0)
    form = BallotForm(request.POST, question=round.question)
    if not form.is_valid():
        return _receipt(request, None, _("Choose one of the answers."), status=400)
    try:
        given = votes.cast_vote(
            round,
            request.participant,
            votes.Ballot(**form.ballot),
            client=form.cleaned_data["client"],
            sequence=form.cleaned_data["sequence"] or 0,
        )
    except ValidationError as refusal:
        return _receipt(request, None, " ".join(refusal.messages), status=409)
    return _receipt(request, given, "")


def _receipt(
    request: ParticipantRequest, given: Vote | None, refusal: str, *, status: int = 200
) -> HttpResponse:
    """What became of the vote: the line alone for a script, else the whole page."""
    seat = rooms.seat(request.participant)
    if given is None:
        given = seat.vote
    context = {"vote": given, "refusal": refusal, "seat": seat}
    if "X-Receipt" in request.headers:
        return page(request, "diagnostics/join/receipt.html", context, status=status)
    if not refusal:
        return redirect("join:room")
    return page(request, "diagnostics/join/room.html", _context(request) | context, status=status)


def _context(request: ParticipantRequest) -> dict[str, Any]:
    seat = rooms.seat(request.participant)
    form = None
    if seat.question is not None and seat.state == "open":
        form = _ballot_form(seat, seat.question)
    return {
        "seat": seat,
        "vote": seat.vote,
        "workshop": seat.workshop,
        "form": form,
        "anchors": anchors(seat.question) if seat.question else (),
    }


def _ballot_form(seat: rooms.Seat, question: Question) -> BallotForm:
    given = seat.vote
    initial: dict[str, Any] = {"round": seat.round_pk}
    if given is not None:
        initial |= {"existence": given.existence, "use": given.use, "note": given.note}
        initial["answer"] = votes.ballot_of(given).key
    return BallotForm(initial=initial, question=question, auto_id="ballot_%s")


def _seated(token: str) -> HttpResponse:
    response = redirect("join:room")
    response.set_cookie(
        COOKIE,
        token,
        max_age=COOKIE_DAYS * 86_400,
        path="/join/",
        secure=settings.BEHIND_TLS,
        httponly=True,
        samesite="Lax",
    )
    return response


def _is_too_often(request: HttpRequest) -> bool:
    return WRONG_HERE.is_reached(address_of(request)) or WRONG_ALL.is_reached()


def _count_wrong(request: HttpRequest) -> None:
    WRONG_HERE.count(address_of(request))
    WRONG_ALL.count()


def _later(request: HttpRequest) -> HttpResponse:
    return page(request, "diagnostics/join/later.html", {}, status=429)
