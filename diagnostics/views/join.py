"""The participants' pages: join by a code, answer the question before the room. No account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from diagnostics.forms.pages import BallotForm, CodeForm, PlaceForm
from diagnostics.models import Participant, Question, Round, Vote, Workshop
from diagnostics.usecases import joining, own_pace, votes
from diagnostics.usecases import room as rooms
from diagnostics.views.rooms import anchors
from hrplan.core.http import page, refused
from hrplan.core.lan import base_address
from hrplan.core.limits import Limit, address_of

COOKIE = "hrplan-seat"
COOKIE_DAYS = 14
MOST_DIGITS = 18  # of a row's number
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
    workshop = request.participant.workshop
    if request.GET.get("v") == str(workshop.revision):
        return HttpResponse(status=204)
    if workshop.pace == Workshop.Pace.OWN and not workshop.is_closed:
        return _tasks(request)
    return _room(request, rooms.seat(request.participant))


@participant_required
@require_GET
def task(request: ParticipantRequest, question: int) -> HttpResponse:
    asked = _asked(request, question)
    return _room(request, rooms.seat(request.participant, asked))


@participant_required
@require_POST
def submit(request: ParticipantRequest) -> HttpResponse:
    try:
        own_pace.submit(request.participant)
    except ValidationError as refusal:
        refused(request, refusal)
    return redirect("join:room")


@participant_required
@require_POST
def vote(request: ParticipantRequest) -> HttpResponse:
    held = Round.objects.filter(workshop=request.participant.workshop_id)
    asked = held.select_related("question__domain__questionnaire")
    number = request.POST.get("round", "")
    sound = number.isdecimal() and len(number) < MOST_DIGITS
    round = get_object_or_404(asked, pk=int(number) if sound else 0)
    form = BallotForm(request.POST, question=round.question)
    if not form.is_valid():
        return _receipt(request, round, None, _("Choose one of the answers."), status=400)
    try:
        given = votes.cast_vote(
            round,
            request.participant,
            votes.Ballot(**form.ballot),
            client=form.cleaned_data["client"],
            sequence=form.cleaned_data["sequence"] or 0,
        )
    except ValidationError as refusal:
        return _receipt(request, round, None, " ".join(refusal.messages), status=409)
    return _receipt(request, round, given, "")


def _receipt(
    request: ParticipantRequest,
    round: Round,
    given: Vote | None,
    refusal: str,
    *,
    status: int = 200,
) -> HttpResponse:
    """What became of the vote: the line alone for a script, else a whole page."""
    own = request.participant.workshop.pace == Workshop.Pace.OWN
    seat = rooms.seat(request.participant, round.question if own else None)
    context = {"vote": given or seat.vote, "refusal": refusal, "seat": seat}
    if "X-Receipt" in request.headers:
        return page(request, "diagnostics/join/receipt.html", context, status=status)
    if refusal:
        return _room(request, seat, refusal=refusal, status=status)
    after = own_pace.task_list(request.participant).next_to(round.question_id) if own else None
    return redirect("join:task", after.question.pk) if after else redirect("join:room")


def _tasks(request: ParticipantRequest) -> HttpResponse:
    context = {
        "tasks": own_pace.task_list(request.participant),
        "workshop": request.participant.workshop,
        "participant": request.participant,
        "own_link": base_address(request)
        + reverse("join:personal", args=[request.COOKIES[COOKIE]]),
    }
    return page(request, "diagnostics/join/tasks.html", context, part="tasks")


def _room(
    request: ParticipantRequest, seat: rooms.Seat, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    own = seat.workshop.pace == Workshop.Pace.OWN
    tasks = own_pace.task_list(request.participant) if own else None
    form = None
    if seat.question is not None and seat.state == "open":
        form = _ballot_form(seat, seat.question)
    context = {
        "seat": seat,
        "vote": seat.vote,
        "refusal": refusal,
        "workshop": seat.workshop,
        "form": form,
        "anchors": anchors(seat.question) if seat.question else (),
        "tasks": tasks,
        "after": tasks.next_to(seat.question.pk) if tasks and seat.question else None,
    }
    return page(request, "diagnostics/join/room.html", context, part="room", status=status)


def _asked(request: ParticipantRequest, question: int) -> Question:
    workshop = request.participant.workshop
    held = Round.objects.filter(workshop=workshop, workshop__pace=Workshop.Pace.OWN)
    asked = Question.objects.filter(pk__in=held.values("question"))
    return get_object_or_404(asked.select_related("domain__questionnaire"), pk=question)


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
