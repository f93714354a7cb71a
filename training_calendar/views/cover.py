"""The page of cover: weeks by stations, and the days on which nobody more may go."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from hrplan.core.access import INSIDE, MemberRequest, has_role, member_required, require
from hrplan.core.http import page
from training_calendar import rules
from training_calendar.forms.pages import CoverFilter, quarter_choices, quarter_span, with_quarter
from training_calendar.models import Budget, Calendar
from training_calendar.usecases import calendars, constants, cover_windows

MANY = 20
"""Stations from which on the table scrolls under its own head."""


@require_GET
@member_required
def cover(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_plan(request.member))
    calendar = calendars.current_calendar(request.member.administration)
    context = {
        "calendar": calendar,
        "can_plan": rules.can_plan(request.member),
        "sees_plan": rules.can_see_release_plan(request.member),
        "is_inside": has_role(request.member, INSIDE),
    }
    if calendar is not None:
        context |= _window(request, calendar)
    return page(request, "training_calendar/cover.html", context, part="cover-rows")


def _window(request: MemberRequest, calendar: Calendar) -> dict[str, Any]:
    owner = request.member.administration
    quarters = list(Budget.objects.filter(administration=owner))
    data = with_quarter(request.GET, quarters, calendar.starts_on)
    form = CoverFilter(data, quarter=quarter_choices(quarters))
    span = quarter_span(quarters, form.chosen()["quarter"])
    first, last = span or (calendar.starts_on, calendar.ends_on)
    window = cover_windows.cover_window(calendar, first, last)
    return {
        "form": form,
        "window": window,
        "kind": "tall" if len(window.cover.stations) > MANY else "",
        "duty": constants.planning_constants(owner).duty,
    }
