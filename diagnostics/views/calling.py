"""Pages by which a workshop is called, changed and dropped, and its people are invited."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from diagnostics import rules
from diagnostics.forms.calling import InviteForm, ParticipantForm, WorkshopForm
from diagnostics.models import Participant, Workshop
from diagnostics.usecases import calling
from diagnostics.views.exercises import exercise_or_404
from diagnostics.views.workshops import workshop_of
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused


@require_http_methods(["GET", "POST"])
@member_required
def workshop_new(request: MemberRequest, pk: int) -> HttpResponse:
    exercise = exercise_or_404(request, pk)
    require(rules.can_prepare(request.member))
    form = WorkshopForm(request.POST or None, administration=exercise.administration)
    if request.method == "POST" and form.is_valid():
        try:
            made = calling.call_workshop(exercise, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.show(refusal)
        else:
            messages.success(request, _("The workshop is called; write down who takes part."))
            return redirect("diagnostics:people", exercise.administration.slug, made.pk)
    context = {"form": form, "exercise": exercise, "back": exercise.get_absolute_url()}
    return page(request, "diagnostics/workshop_call.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def workshop_edit(request: MemberRequest, pk: int) -> HttpResponse:
    held = _kept(request, pk)
    form = WorkshopForm(request.POST or None, instance=held, administration=held.administration)
    if request.method == "POST" and form.is_valid():
        try:
            calling.change_workshop(_kept(request, pk), by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.show(refusal)
        else:
            messages.success(request, _("The change is saved."))
            return redirect(held)
    back = held.get_absolute_url()
    context = {"form": form, "exercise": held.exercise, "workshop": held, "back": back}
    return page(request, "diagnostics/workshop_call.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def workshop_remove(request: MemberRequest, pk: int) -> HttpResponse:
    held = _kept(request, pk)
    if request.method == "POST":
        try:
            calling.drop_workshop(held, by=request.member)
        except ValidationError as refusal:
            refused(request, refusal)
            return redirect(held)
        messages.success(request, _("The workshop is taken away."))
        return redirect(held.exercise)
    return page(request, "diagnostics/workshop_remove.html", {"workshop": held})


@require_http_methods(["GET", "POST"])
@member_required
def people(request: MemberRequest, pk: int) -> HttpResponse:
    held = _kept(request, pk)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = calling.invite(held, form.cleaned_data["people"], by=request.member)
        except ValidationError as refusal:
            form.add_error("people", refusal.messages)
        else:
            words = ngettext("%(n)d person is added.", "%(n)d people are added.", len(made))
            messages.success(request, words % {"n": len(made)})
            return redirect(_people(held))
    rows = held.participants.select_related("member__user").order_by("code")
    context = {"workshop": held, "form": form, "rows": rows}
    return page(request, "diagnostics/people.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def person(request: MemberRequest, pk: int, participant: int) -> HttpResponse:
    held = _kept(request, pk)
    row = _person(held, participant)
    form = ParticipantForm(request.POST or None, instance=row, administration=held.administration)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        member = given.pop("member")
        try:
            calling.change_participant(
                _person(held, participant), calling.Invited(**given), member=member,
                by=request.member,
            )  # fmt: skip
        except ValidationError as refusal:
            form.show(refusal)
        else:
            messages.success(request, _("The change is saved."))
            return redirect(_people(held))
    context = {"workshop": held, "form": form, "person": row, "back": _people(held)}
    return page(request, "diagnostics/person.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def person_remove(request: MemberRequest, pk: int, participant: int) -> HttpResponse:
    held = _kept(request, pk)
    row = _person(held, participant)
    if request.method == "POST":
        try:
            calling.withdraw(row, by=request.member)
        except ValidationError as refusal:
            refused(request, refusal)
        return redirect(_people(held))
    context = {"workshop": held, "person": row, "back": _people(held)}
    return page(request, "diagnostics/person_remove.html", context)


def _kept(request: MemberRequest, pk: int) -> Workshop:
    """The workshop, for those who prepare it."""
    held = workshop_of(request, pk)
    require(rules.can_set_up(request.member, held))
    return held


def _person(held: Workshop, pk: int) -> Participant:
    rows = Participant.objects.select_related("workshop__administration")
    return get_object_or_404(rows, pk=pk, workshop=held)


def _people(held: Workshop) -> str:
    return reverse("diagnostics:people", args=[held.administration.slug, held.pk])
