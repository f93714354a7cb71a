"""Doing of two buttons: values that the records give become measurements."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.strategy import rules
from hrplan.strategy.models import Indicator
from hrplan.strategy.usecases import recording


@require_POST
@member_required
def record(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_change_strategy(request.member))
    seen = Indicator.objects.visible_to(request.member).select_related("administration")
    row = get_object_or_404(seen, pk=pk)
    try:
        recording.record_computed(row, by=request.member)
    except ValidationError as refusal:
        for words in refusal.messages:
            messages.error(request, words)
    else:
        messages.success(request, _("The computed value is recorded."))
    return redirect(row)


@require_POST
@member_required
def record_all(request: MemberRequest) -> HttpResponse:
    require(rules.can_change_strategy(request.member))
    owner = request.member.administration
    try:
        done = recording.record_all_computed(owner, by=request.member)
    except ValidationError as refusal:
        for words in refusal.messages:
            messages.error(request, words)
    else:
        words = _(
            "Recorded: %(recorded)d. On record for this day already: %(already)d. Not known: "
            "%(unknown)d."
        )
        counts = {"recorded": done.recorded, "already": done.already, "unknown": done.unknown}
        messages.success(request, words % counts)
    return redirect("strategy:computed_list", owner.slug)
