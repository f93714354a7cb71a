"""Pages of a workshop's agenda: its sessions by day, and the form of one."""

from collections.abc import Callable
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from diagnostics import rules, wording
from diagnostics.forms.agenda import AgendaForm
from diagnostics.models import AgendaItem, Workshop
from diagnostics.usecases import agenda
from diagnostics.views.capture import capture_url
from diagnostics.views.workshops import workshop_of
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from hrplan.core.models import Member

Act = Callable[[AgendaItem, Member], object]
ACTS: dict[str, Act] = {
    "done": lambda item, by: agenda.change_item(item, by=by, is_done=True),
    "open": lambda item, by: agenda.change_item(item, by=by, is_done=False),
    "up": lambda item, by: agenda.move_item(item, up=True, by=by),
    "down": lambda item, by: agenda.move_item(item, up=False, by=by),
}


@require_http_methods(["GET", "POST"])
@member_required
def agenda_page(request: MemberRequest, pk: int) -> HttpResponse:
    held = workshop_of(request, pk)
    if request.method == "POST":
        return _acted(request, held)
    items = list(held.agenda.all())
    days = [
        (wording.agenda_day(day), [(item, capture_url(held.exercise, item)) for item in rows])
        for day, rows in groupby(items, key=lambda item: item.day)
    ]
    context = {
        "workshop": held,
        "days": days,
        "count": len(items),
        "done": sum(item.is_done for item in items),
        "can_keep": _can_keep(request, held),
    }
    return page(request, "diagnostics/agenda.html", context)


def _acted(request: MemberRequest, held: Workshop) -> HttpResponse:
    """Begin the agenda, or do what a button beside a session says."""
    name, number = request.POST.get("act", ""), request.POST.get("item", "")
    if name != "begin" and (name not in ACTS or not number.isdecimal()):
        require(rules.can_set_up(request.member, held))
        raise SuspiciousOperation("unknown act")
    try:
        if name == "begin":
            agenda.begin_agenda(held, by=request.member)
        else:
            ACTS[name](_item(held, int(number)), request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    address = reverse("diagnostics:agenda", args=[held.administration.slug, held.pk])
    return redirect(f"{address}#item-{number}" if number else address)


@require_http_methods(["GET", "POST"])
@member_required
def item_form(request: MemberRequest, pk: int, item: int | None = None) -> HttpResponse:
    held = workshop_of(request, pk)
    require(rules.can_set_up(request.member, held))
    row = _item(held, item) if item else None
    form = AgendaForm(request.POST or None, instance=row, administration=held.administration)
    back = reverse("diagnostics:agenda", args=[held.administration.slug, held.pk])
    if request.method == "POST" and form.is_valid():
        try:
            if row:
                agenda.change_item(row, by=request.member, **form.cleaned_data)
            else:
                agenda.add_item(held, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.show(refusal)
        else:
            messages.success(request, _("The agenda is saved."))
            return redirect(back)
    context = {"workshop": held, "form": form, "item": row, "back": back}
    return page(request, "diagnostics/agenda_form.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def item_remove(request: MemberRequest, pk: int, item: int) -> HttpResponse:
    held = workshop_of(request, pk)
    require(rules.can_set_up(request.member, held))
    row = _item(held, item)
    back = reverse("diagnostics:agenda", args=[held.administration.slug, held.pk])
    if request.method == "POST":
        try:
            agenda.remove_item(row, by=request.member)
        except ValidationError as refusal:
            refused(request, refusal)
        return redirect(back)
    context = {"workshop": held, "item": row, "back": back}
    return page(request, "diagnostics/agenda_remove.html", context)


def _can_keep(request: MemberRequest, held: Workshop) -> bool:
    return rules.can_set_up(request.member, held) and not held.is_closed


def _item(held: Workshop, pk: int) -> AgendaItem:
    rows = AgendaItem.objects.select_related("workshop__administration")
    return get_object_or_404(rows, pk=pk, workshop=held)
