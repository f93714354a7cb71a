"""The page of supply: money, trainers, venues, and dates: offers, closures, trips."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.figures import number
from hrplan.core.http import page
from training_calendar import rules
from training_calendar.usecases import accounts, funding_sources
from training_calendar.usecases import supply as supplies


@require_GET
@member_required
def supply(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_supply(request.member))
    owner = request.member.administration
    found = supplies.supply(owner)
    parts = {
        "money": _("Money"),
        "trainers": _("Trainers"),
        "venues": _("Venues"),
        "dates": _("Dates, closures, trips"),
    }
    part = request.GET.get("part", "")
    part = part if part in parts else "money"
    context = {
        "supply": found,
        "part": part,
        "tabs": [
            {"title": title, "url": f"?part={key}", "active": key == part}
            for key, title in parts.items()
        ]
        + [
            {
                "title": title,
                "url": reverse(f"training_calendar:{name}", args=[owner.slug]),
                "active": False,
            }
            for name, title in {
                "sources": _("Sources of funding"),
                "budget_lines": _("Chart of accounts"),
            }.items()
        ],
        "leave_words": _leave_words(found.people_with_leave),
    }
    return page(request, "training_calendar/supply.html", context)


@require_GET
@member_required
def source_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_supply(request.member))
    context = {
        "sources": funding_sources.sources(request.member.administration),
        "can_keep": rules.can_plan(request.member),
    }
    return page(request, "training_calendar/sources.html", context)


@require_GET
@member_required
def line_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_supply(request.member))
    owner = request.member.administration
    context = {
        "chart": accounts.chart(owner),
        "off_chart": accounts.off_chart(owner),
        "can_keep": rules.can_plan(request.member),
    }
    return page(request, "training_calendar/budget_lines.html", context)


def _leave_words(people: int) -> str:
    words = ngettext("of %(n)s person, not listed", "of %(n)s people, not listed", people)
    return words % {"n": number(people)}
