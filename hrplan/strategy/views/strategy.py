"""Pages of the strategy itself: aims, costs, decisions asked for, duties, risks."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page
from hrplan.strategy import rules
from hrplan.strategy.forms import CostFilter
from hrplan.strategy.models import Objective, Risk, StrategyCost
from hrplan.strategy.usecases import contents, costs, proposals, read, ties
from hrplan.strategy.usecases.lines import CostSummary
from training_calendar.rules import can_see_supply

LISTED = 40
"""Cost lines on a page."""


@require_GET
@member_required
def strategy(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_strategy(request.member))
    found = read.current_strategy(request.member.administration)
    overview = read.overview_of(found, initiatives=False) if found else None
    glance = costs.cost_glance(request.member.administration) if found else None
    context = {
        "overview": overview,
        "loose": ties.loose_ends(overview.objectives) if overview else None,
        "sees_chart": can_see_supply(request.member),
        "costs": glance,
        "off_chart": glance.off_chart if glance else (),
        "can_change": rules.can_change_strategy(request.member),
    }
    return page(request, "strategy/strategy.html", context)


@require_GET
@member_required
def proposal_list(request: MemberRequest) -> HttpResponse:
    owner = request.member.administration
    context = {
        "proposals": proposals.proposals(owner, by=request.member),
        "can_change": rules.can_change_strategy(request.member),
    }
    return page(request, "strategy/proposal_list.html", context)


@require_GET
@member_required
def objective(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_see_strategy(request.member))
    seen = Objective.objects.visible_to(request.member)
    row = get_object_or_404(seen.select_related("strategy__exercise", "administration"), pk=pk)
    line = read.objective_line(row)
    context = {
        "line": line,
        "missing": ties.missing_words(line),
        "findings": read.findings_of(row),
        "can_change": rules.can_change_strategy(request.member),
    }
    return page(request, "strategy/objective.html", context)


@require_GET
@member_required
def cost_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_strategy(request.member))
    found = read.current_strategy(request.member.administration)
    summary = costs.cost_summary(found) if found else None
    context = {
        "costs": summary,
        "sees_chart": can_see_supply(request.member),
        "can_change": rules.can_change_strategy(request.member),
        **(_lines(request, summary) if summary else {}),
    }
    return page(request, "strategy/cost_list.html", context, part="cost-rows")


def _lines(request: MemberRequest, summary: CostSummary) -> dict[str, Any]:
    """The cost lines that the address asks for, and their sum."""
    years = sorted({row.fiscal_year for row in summary.rows})
    funding = StrategyCost.Funding.choices
    form = CostFilter(request.GET, year=[(year, year) for year in years], funding=funding)
    rows = costs.rows_narrowed(summary.rows, **form.chosen())
    return {
        "form": form,
        "rows": Paginator(rows, LISTED).get_page(request.GET.get("page")),
        "amount": sum(row.amount for row in rows),
    }


@require_GET
@member_required
def decision_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_strategy(request.member))
    found = read.current_strategy(request.member.administration)
    context = {
        "arrangements": contents.arrangements(found) if found else None,
        "can_change": rules.can_change_strategy(request.member),
    }
    return page(request, "strategy/decision_list.html", context)


@require_GET
@member_required
def risk_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_strategy(request.member))
    seen = Risk.objects.visible_to(request.member).filter(strategy__is_current=True)
    lines = read.risk_lines(seen)
    context = {
        "lines": lines,
        "matrix": read.risk_matrix(lines),
        "steps": range(1, 6),
        "medium_from": read.MEDIUM_FROM,
        "high_from": read.HIGH_FROM,
        "can_change": rules.can_change_strategy(request.member),
    }
    return page(request, "strategy/risk_list.html", context)


@require_GET
@member_required
def obligation_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_strategy(request.member))
    context = {
        "lines": read.obligation_lines(request.member.administration),
        "can_change": rules.can_change_strategy(request.member),
    }
    return page(request, "strategy/obligation_list.html", context)
