"""The page of supply: money, trainers, venues, closures, offers, leave."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page
from training_calendar import rules
from training_calendar.usecases import supply as supplies


@require_GET
@member_required
def supply(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_supply(request.member))
    found = supplies.supply(request.member.administration)
    context = {"supply": found, "can_plan": rules.can_plan(request.member)}
    return page(request, "training_calendar/supply.html", context)
