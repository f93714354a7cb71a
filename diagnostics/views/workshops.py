"""Pages of workshops: how far one is, who leads it, how it is set up, its close."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from diagnostics import rules
from diagnostics.forms.pages import FacilitatorForm, RoomForm
from diagnostics.models import Participant, Workshop
from diagnostics.usecases import joining, own_pace, workshops
from diagnostics.views.ways_in import way_in
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from hrplan.core.models import Member, Role


def workshop_of(request: MemberRequest, pk: int) -> Workshop:
    """The workshop, for those who may see the room."""
    require(rules.can_see_exercise(request.member))
    seen = Workshop.objects.visible_to(request.member)
    return get_object_or_404(
        seen.select_related("administration", "exercise", "facilitator__user"), pk=pk
    )


@require_GET
@member_required
def workshop(request: MemberRequest, pk: int) -> HttpResponse:
    held = workshop_of(request, pk)
    leads = rules.can_lead(request.member, held) and not held.is_closed
    context = {
        "workshop": held,
        "progress": workshops.workshop_progress(held),
        "people": own_pace.people_progress(held),
        "agenda": held.agenda.all(),
        "can_lead": leads,
        "can_name": rules.can_name_facilitator(request.member, held) and not held.is_closed,
        "way_in": way_in(request, held) if leads else None,
    }
    return page(request, "diagnostics/workshop.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def close(request: MemberRequest, pk: int) -> HttpResponse:
    held = workshop_of(request, pk)
    if request.method == "POST":
        try:
            workshops.close_workshop(held, by=request.member)
        except ValidationError as refusal:
            refused(request, refusal)
        else:
            messages.success(request, _("The workshop is closed."))
        return redirect(held)
    context = {"workshop": held, "progress": workshops.workshop_progress(held)}
    return page(request, "diagnostics/workshop_close.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def facilitator(request: MemberRequest, pk: int) -> HttpResponse:
    held = workshop_of(request, pk)
    people = Member.objects.filter(
        administration=held.administration, role=Role.FACILITATOR, ended_on=None
    )
    form = FacilitatorForm(request.POST or None, people=people.select_related("user"))
    if request.method == "POST" and form.is_valid():
        try:
            workshops.name_facilitator(held, form.cleaned_data["facilitator"], by=request.member)
        except ValidationError as refusal:
            refused(request, refusal)
        return redirect(held)
    return page(request, "diagnostics/workshop_form.html", {"workshop": held, "form": form})


@require_http_methods(["GET", "POST"])
@member_required
def set_up(request: MemberRequest, pk: int) -> HttpResponse:
    held = workshop_of(request, pk)
    require(rules.can_set_up(request.member, held))
    form = RoomForm(request.POST or None, instance=held)
    if request.method == "POST" and form.is_valid():
        try:
            workshops.set_up_room(held, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            refused(request, refusal)
        return redirect(held)
    return page(request, "diagnostics/room_form.html", {"workshop": held, "form": form})


@require_POST
@member_required
def open_joining(request: MemberRequest, pk: int) -> HttpResponse:
    held = workshop_of(request, pk)
    try:
        joining.open_joining(held, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    return redirect(held)


@require_POST
@member_required
def close_joining(request: MemberRequest, pk: int) -> HttpResponse:
    held = workshop_of(request, pk)
    joining.close_joining(held, by=request.member)
    messages.success(request, _("Nobody else can join; who is in stays in."))
    return redirect(held)


@require_POST
@member_required
def open_all(request: MemberRequest, pk: int) -> HttpResponse:
    return _all(request, pk, own_pace.open_all, _("%(n)d questions are open."))


@require_POST
@member_required
def close_all(request: MemberRequest, pk: int) -> HttpResponse:
    return _all(request, pk, own_pace.close_all, _("%(n)d questions take no answers any more."))


def _all(request: MemberRequest, pk: int, act: Callable[..., int], words: str) -> HttpResponse:
    held = workshop_of(request, pk)
    try:
        messages.success(request, words % {"n": act(held, by=request.member)})
    except ValidationError as refusal:
        refused(request, refusal)
    return redirect(held)


@require_POST
@member_required
def link(request: MemberRequest, pk: int, participant: int) -> HttpResponse:
    held = workshop_of(request, pk)
    people = Participant.objects.filter(workshop=held).select_related("workshop__administration")
    person = get_object_or_404(people, pk=participant)
    try:
        token = joining.relink(person, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
        return redirect(held)
    context = {"workshop": held, "person": person, "way_in": way_in(request, held, token)}
    return page(request, "diagnostics/link.html", context)
