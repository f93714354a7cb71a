"""The page of scenarios: a plan under other conditions, side by side, and the budget frontier."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from competencies.rules import small_cell_limit
from competencies.views.lists import wanted_file
from competencies.views.showing import drawn
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from hrplan.core.models import Run
from hrplan.exchange.spec import Value
from training_calendar import rules
from training_calendar.report.frontier import frontier_chart
from training_calendar.usecases import plan_overview, scenarios
from training_calendar.usecases.scenarios import ScenarioShown


@require_GET
@member_required
def scenario_list(request: MemberRequest) -> HttpResponseBase:
    require(rules.can_see_plan(request.member))
    owner = request.member.administration
    plan = plan_overview.current_plan(owner)
    rows = scenarios.shown(plan, limit=small_cell_limit(request.member)) if plan else ()
    if rows:
        file = wanted_file(request, "scenarios", _head(owner.currency), [_cells(r) for r in rows])
        if file is not None:
            return file
    steps = scenarios.budget_steps(plan) if plan else ()
    can_ask = rules.can_plan(request.member)
    runs = Run.objects.visible_to(request.member).filter(finished_at=None)
    context = {
        "plan": plan,
        "rows": rows,
        "steps": steps,
        "chart": drawn(frontier_chart(steps, owner.currency)),
        "can_ask": can_ask,
        "waiting": runs.filter(kind=scenarios.SCENARIOS).first() if can_ask else None,
    }
    return page(request, "training_calendar/scenarios.html", context)


@require_POST
@member_required
def work_out(request: MemberRequest) -> HttpResponse:
    slug = request.member.administration.slug
    try:
        plan = plan_overview.current_plan(request.member.administration)
        if plan is None:
            require(rules.can_plan(request.member))
            raise ValidationError(_("There is no plan to compare yet."))
        run = scenarios.ask_for_scenarios(plan, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
        return redirect("training_calendar:scenarios", slug)
    return redirect("core:run", slug, run.pk)


def _head(currency: str) -> list[str]:
    money = {"currency": currency}
    return [
        *(_("Scenario"), _("Share of the budget"), _("Budget (%(currency)s)") % money),
        *(_("Cost (%(currency)s)") % money, _("Gap closed"), _("Points closed")),
        *(_("People"), _("Sessions"), _("Places"), _("Most left open because of")),
        _("Left out most"),
    ]


def _cells(row: ScenarioShown) -> list[Value]:
    first = row.left_out[0] if row.left_out else None
    return [
        *(row.title, round(Decimal(row.share), 2), round(Decimal(row.budget), 2)),
        *(round(Decimal(row.cost), 2), round(Decimal(row.closed_share), 4)),
        *(round(Decimal(row.closed), 1), row.people, row.sessions, row.seats, row.reason),
        f"{first.title}: {first.reason}" if first else "",
    ]
