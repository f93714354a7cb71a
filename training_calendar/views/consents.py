"""Pages of the station release plan: approve, refuse and swap places, and the waiting list."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competencies.models import StaffMember
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import key_asked, page, refused
from training_calendar import rules
from training_calendar.forms.consents import PersonForm, PlaceFilter, RefuseForm
from training_calendar.models import Calendar, Consent, Enrolment, TrainingSession
from training_calendar.usecases import calendars, consents, station_plan, waiting
from training_calendar.views.sessions import session_of

LISTED = 100
STATES = [
    (station_plan.OPEN, _lazy("not answered")),
    (Consent.State.APPROVED, _lazy("may go")),
    (Consent.State.REFUSED, _lazy("refused, and seated again")),
]


@require_GET
@member_required
def plan(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_release_plan(request.member))
    calendar = calendars.current_calendar(request.member.administration)
    context: dict[str, Any] = {"calendar": calendar}
    if calendar is not None:
        found = station_plan.station_plan(calendar, _month(request), member=request.member)
        form = PlaceFilter(request.GET, unit=list(found.units.items()), state=STATES)
        wanted = form.chosen()
        places = station_plan.places_of(found.sessions, unit=wanted["unit"], state=wanted["state"])
        shown = Paginator(places, LISTED).get_page(request.GET.get("page"))
        listed = station_plan.by_session(shown)
        context |= {"plan": found, "form": form, "page_obj": shown, "sessions": listed}
    return page(request, "training_calendar/station_plan.html", context, part="places")


def _month(request: MemberRequest) -> date | None:
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return None


def place_of(request: MemberRequest, pk: int) -> Enrolment:
    """A place of somebody whom the member may release."""
    people = StaffMember.objects.visible_to(request.member)
    rows = Enrolment.objects.filter(
        calendar__in=Calendar.objects.visible_to(request.member), staff_member__in=people
    )
    related = rows.select_related(
        *("session__administration", "session__calendar__plan", "session__module"),
        "staff_member__administration",
    )
    found = get_object_or_404(related, pk=pk)
    require(rules.can_release_person(request.member, found.staff_member))
    return found


def _back(request: MemberRequest, on: date) -> HttpResponse:
    answer = redirect("training_calendar:station_plan", request.member.administration.slug)
    answer["Location"] += f"?month={on:%Y-%m}"
    return answer


@require_POST
@member_required
def approve(request: MemberRequest, pk: int) -> HttpResponse:
    place = place_of(request, pk)
    try:
        consents.approve(place, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    return _back(request, place.starts_on)


@require_POST
@member_required
def approve_all(request: MemberRequest, pk: int) -> HttpResponse:
    """All of the session whom the member may release."""
    require(rules.can_see_release_plan(request.member))
    session = session_of(request, pk)
    try:
        count = consents.approve_all(session, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(
            request, ngettext("%(n)d person may go.", "%(n)d people may go.", count) % {"n": count}
        )
    return _back(request, session.starts_on)


@require_http_methods(["GET", "POST"])
@member_required
def refuse(request: MemberRequest, pk: int) -> HttpResponse:
    place = place_of(request, pk)
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = consents.refuse(place, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        else:
            messages.success(request, _given(done))
            return _back(request, place.starts_on)
    return page(request, "training_calendar/place_refuse.html", {"form": form, "place": place})


def _given(done: consents.Refused) -> str:
    if done.given is None:
        return _("The place is free; nobody who waits could take it.")
    return _("The place went to the first who waits and can take it.")


@require_http_methods(["GET", "POST"])
@member_required
def swap(request: MemberRequest, pk: int) -> HttpResponse:
    place = place_of(request, pk)
    others = consents.swappable(place, by=request.member)
    form = PersonForm(request.POST or None, others)
    if request.method == "POST" and form.is_valid():
        try:
            consents.swap(place, form.person(), by=request.member)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        else:
            messages.success(request, _("The two have changed places."))
            return _back(request, place.starts_on)
    context = {"form": form, "place": place, "others": others}
    return page(request, "training_calendar/place_swap.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def waiting_list(request: MemberRequest, pk: int) -> HttpResponse:
    """Who waits for a session, in order; the HR officer gives a free place."""
    require(rules.can_see_nominees(request.member))
    session = session_of(request, pk)
    if request.method == "POST":
        return _give(request, session)
    free = session.places - session.enrolments.count()
    every = waiting.seen_waiting(session, request.member)
    shown = Paginator(every, LISTED).get_page(request.GET.get("page"))
    context = {
        "session": session,
        "page_obj": shown,
        "rows": waiting.named(shown),
        "free": free,
        "can_give": free > 0 and rules.can_change_calendar(request.member, session.calendar),
    }
    return page(request, "training_calendar/waiting_list.html", context)


def _give(request: MemberRequest, session: TrainingSession) -> HttpResponse:
    require(rules.can_change_calendar(request.member, session.calendar))
    seen = StaffMember.objects.visible_to(request.member)
    person = get_object_or_404(seen, pk=key_asked(request.POST.get("person", "")))
    try:
        consents.give_place(session, person, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("The place is given."))
    return redirect("training_calendar:waiting_list", session.administration.slug, session.pk)
