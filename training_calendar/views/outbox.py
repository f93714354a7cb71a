"""Pages of the outbox: who was told what, who must be told by hand, what failed."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from training_calendar import rules
from training_calendar.forms.releases import OutboxFilter
from training_calendar.models import Message
from training_calendar.usecases import outbox as use_cases
from training_calendar.usecases.nominations import pressing

LISTED = 50


@require_GET
@member_required
def outbox(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_outbox(request.member))
    found = use_cases.outbox(request.member.administration)
    form = OutboxFilter(request.GET, state=[(key, words) for key, words, _n in found.counts])
    rows = Message.objects.visible_to(request.member).select_related(
        "release", "invitation__staff_member__unit"
    )
    if state := form.chosen()["state"]:
        rows = rows.filter(state=state)
    context = {
        "form": form,
        "outbox": found,
        "nominations": pressing(request.member),
        "page_obj": Paginator(rows, LISTED).get_page(request.GET.get("page")),
    }
    return page(request, "training_calendar/outbox.html", context, part="message-rows")


def _done(request: MemberRequest, pk: int, do: Callable[..., Message], words: str) -> HttpResponse:
    require(rules.can_see_outbox(request.member))
    rows = Message.objects.visible_to(request.member).select_related(
        "administration", "invitation__staff_member"
    )
    try:
        do(get_object_or_404(rows, pk=pk), by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, words)
    return redirect("training_calendar:outbox", request.member.administration.slug)


@require_POST
@member_required
def told(request: MemberRequest, pk: int) -> HttpResponse:
    return _done(request, pk, use_cases.note_told, _("Written down: told by hand."))


@require_POST
@member_required
def again(request: MemberRequest, pk: int) -> HttpResponse:
    return _done(request, pk, use_cases.try_again, _("It is queued again."))
