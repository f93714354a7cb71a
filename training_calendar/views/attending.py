"""Pages of a session attended: the list, the code in the room, sign-in, feedback, outcome."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hrplan.core.access import OFFICE, MemberRequest, has_role, member_required, require
from hrplan.core.http import page
from hrplan.core.lan import base_address
from hrplan.core.pictures import qr_svg
from training_calendar import rules
from training_calendar.forms.attending import AttendanceListForm, CodeForm, FeedbackForm
from training_calendar.forms.delivered import CostForm
from training_calendar.usecases import attending, certificates
from training_calendar.views.sessions import session_of


@require_http_methods(["GET", "POST"])
@member_required
def attendance_list(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_plan(request.member))
    session = session_of(request, pk)
    lines = attending.attendance_list(session, member=request.member)
    form = AttendanceListForm(request.POST or None, lines)
    if request.method == "POST" and form.is_valid():
        try:
            attending.record_list(session, form.said(), by=request.member)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        else:
            messages.success(request, _("The attendance of all is recorded."))
            return redirect("training_calendar:outcome", session.administration.slug, pk)
    rows = [(line, form.row(line) if line.may_record else None) for line in lines]
    context = {
        "session": session,
        "form": form,
        "rows": rows,
        "has_begun": session.starts_on <= session.administration.as_of,
    }
    return page(request, "training_calendar/attendance_list.html", context)


@require_GET
@member_required
def code(request: MemberRequest, pk: int) -> HttpResponse:
    """The code for the wall, with its picture; it is another one every ten minutes."""
    session = session_of(request, pk)
    found = attending.sign_in_code(session, by=request.member)
    context = {"session": session, "code": found}
    if found:
        path = reverse("training_calendar:sign_in", args=[session.administration.slug, pk])
        address = f"{base_address(request)}{path}"
        context |= {
            "address": address.removeprefix("https://").removeprefix("http://"),
            "spaced": f"{found[:4]} {found[4:]}",
            "picture": qr_svg(f"{address}?code={found}"),
        }
    return page(request, "training_calendar/sign_in_code.html", context, part="code")


@require_http_methods(["GET", "POST"])
@member_required
def here(request: MemberRequest, pk: int) -> HttpResponse:
    """A phone signs its owner in by the code."""
    require(rules.can_see_own_calendar(request.member))
    session = session_of(request, pk)
    form = CodeForm(request.POST or None, initial={"code": request.GET.get("code", "")[:20]})
    place = attending.own_place(session, request.member)
    if request.method == "POST" and form.is_valid():
        try:
            attending.sign_in(session, form.cleaned_data["code"], by=request.member)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        else:
            messages.success(request, _("You are signed in for today."))
            return redirect("training_calendar:sign_in", session.administration.slug, pk)
    context = {
        "session": session,
        "form": form,
        "place": place,
        "runs_today": attending.runs_today(session),
        "is_here": attending.is_signed_in(session, place),
    }
    return page(request, "training_calendar/sign_in.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def feedback(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_see_own_calendar(request.member))
    session = session_of(request, pk)
    place = attending.own_place(session, request.member)
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            attending.give_feedback(session, by=request.member, **form.answers())
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        else:
            messages.success(request, _("Thank you. Your answers are kept without your name."))
            return redirect("training_calendar:feedback", session.administration.slug, pk)
    held = getattr(place, "attendance", None) if place else None
    context = {
        "session": session,
        "form": form,
        "may_answer": attending.can_answer(session, place),
        "has_answered": bool(held and held.has_answered),
        "closes_on": attending.closes_on(session),
    }
    return page(request, "training_calendar/feedback.html", context)


@require_GET
@member_required
def outcome(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_see_outcome(request.member))
    session = session_of(request, pk)
    context = {
        "session": session,
        "outcome": attending.outcome(session),
        "limit": session.administration.small_cell_limit,
        "closes_on": attending.closes_on(session),
        "can_record": rules.can_plan(request.member),
        "cost": CostForm(initial={"cost_paid": session.cost_paid}),
        "uncertified": certificates.uncertified(session).count(),
        "sees_comments": has_role(request.member, OFFICE),
    }
    return page(request, "training_calendar/outcome.html", context)
