"""Pages of feeds: making and revoking secret addresses, and the calendar behind one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from hrplan.core.lan import base_address
from hrplan.core.limits import Limit, address_of, unlisted
from training_calendar import rules
from training_calendar.forms.releases import FeedForm
from training_calendar.models import Feed
from training_calendar.usecases import feeds

GUESSES = Limit("feed-guess", most=20, seconds=600)
"""Wrong secrets from one address."""
READS = Limit("feed-read", most=60, seconds=3600)
"""Readings of one feed."""
LISTED = 50


@require_http_methods(["GET", "POST"])
@member_required
def feed_list(request: MemberRequest) -> HttpResponse:
    member = request.member
    require(rules.can_see_own_calendar(member))
    form = FeedForm(request.POST or None, feeds.targets(member))
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        kind, target = form.chosen()
        try:
            made = feeds.make_feed(kind, target, by=member)
        except ValidationError as refusal:
            refused(request, refusal)
        else:
            address = base_address(request) + reverse("feed", args=[made.token])
            context |= {"made": made.feed, "address": address}
    rows = Paginator(feeds.feeds_of(member), LISTED).get_page(request.GET.get("page"))
    return page(request, "training_calendar/feed_list.html", context | {"page_obj": rows})


@require_POST
@member_required
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_see_own_calendar(request.member))
    rows = Feed.objects.visible_to(request.member).select_related("administration")
    feeds.revoke_feed(get_object_or_404(rows, pk=pk), by=request.member)
    messages.success(request, _("The address is dead; programs that read it get nothing more."))
    return redirect("training_calendar:feed_list", request.member.administration.slug)


@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a secret address; nobody signs in here."""
    who = address_of(request)
    if GUESSES.is_reached(who):
        return GUESSES.refusal()
    found = feeds.live_feed(token)
    if found is None:
        GUESSES.count(who)
        raise Http404
    if READS.is_reached(found.digest):
        return READS.refusal()
    READS.count(found.digest)
    headers = unlisted() | {"Content-Disposition": 'inline; filename="training.ics"'}
    data = feeds.feed_bytes(found)
    return HttpResponse(data, content_type="text/calendar; charset=utf-8", headers=headers)
