"""Pages of the development plan: overview, a new plan, its interventions."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competencies.rules import small_cell_limit
from hrplan.core.access import INSIDE, MemberRequest, has_role, member_required, require
from hrplan.core.http import page, refused
from hrplan.core.models import Run
from training_calendar import rules
from training_calendar.forms.pages import FUNDING, KINDS, InterventionFilter, PlanForm
from training_calendar.models import Intervention, Plan
from training_calendar.usecases import (
    accounts,
    calendars,
    constants,
    interventions,
    interventions_list,
    needs_shown,
    obstacles,
    plan_overview,
    plans,
)

LISTED = 40


@require_GET
@member_required
def plan(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_plan(request.member))
    owner, can_plan = request.member.administration, rules.can_plan(request.member)
    found, waiting = plan_overview.current_and_proposed(owner)
    context = {"overview": None, "plan": found, "can_plan": can_plan}
    if found is not None:
        context |= _overview(request, found)
    if can_plan:
        context["waiting"] = waiting
    return page(request, "training_calendar/plan.html", context)


def _overview(request: MemberRequest, found: Plan) -> dict[str, Any]:
    overview, limit = plan_overview.plan_overview(found), small_cell_limit(request.member)
    return {
        "overview": overview,
        "reasons": needs_shown.need_lines(overview.reasons, limit=limit),
        "by_change": needs_shown.need_lines(overview.changes, limit=limit),
        "left_out": needs_shown.need_lines(overview.below_the_line, limit=limit),
        "off_chart": accounts.off_chart(found.administration),
        "sees_chart": rules.can_see_supply(request.member),
        "sees_ways": limit is None,
        "can_adopt": rules.can_adopt_plan(request.member, found),
    }


@require_http_methods(["GET", "POST"])
@member_required
def ask_for_plan(request: MemberRequest) -> HttpResponse:
    require(rules.can_plan(request.member))
    owner = request.member.administration
    usual = {"effort": constants.planning_constants(owner).effort}
    form = PlanForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        share = form.cleaned_data["budget_percent"] / 100
        try:
            run = plans.ask_for_plan(
                by=request.member, budget_share=share, effort=form.cleaned_data["effort"]
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            return redirect("core:run", owner.slug, run.pk)
    waiting = Run.objects.visible_to(request.member).filter(kind="plan", finished_at=None).first()
    context = {"form": form, "waiting": waiting, "looks": "look" in request.GET}
    current, context["proposal"] = plan_overview.current_and_proposed(owner)
    context["has_plan"] = current is not None
    if context["looks"]:
        context |= _in_the_way(request)
    part = "plan-obstacles" if context["looks"] else ""
    return page(request, "training_calendar/plan_form.html", context, part=part)


def _in_the_way(request: MemberRequest) -> dict[str, Any]:
    """What no plan could hold, or why there is no planning problem yet."""
    try:
        return {"obstacles": obstacles.before_planning(by=request.member)}
    except ValidationError as refusal:
        return {"refusal": refusal.messages}


@require_POST
@member_required
def adopt(request: MemberRequest) -> HttpResponse:
    found = plan_overview.current_plan(request.member.administration)
    try:
        if found is None:
            raise ValidationError(_("There is no plan to adopt yet."))
        calendars.adopt_plan(found, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("The plan is adopted."))
    return redirect("training_calendar:plan", request.member.administration.slug)


@require_GET
@member_required
def intervention_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_plan(request.member))
    found = plan_overview.current_plan(request.member.administration)
    form = InterventionFilter(request.GET, kind=KINDS, funding=FUNDING)
    rows = interventions_list.intervention_rows(found, **form.chosen()) if found else ()
    context = {
        "plan": found,
        "form": form,
        "rows": Paginator(rows, LISTED).get_page(request.GET.get("page")),
        "cost": sum(row.cost for row in rows),
        "closed": sum(row.closes_gap for row in rows),
    }
    return page(request, "training_calendar/intervention_list.html", context, part="rows")


@require_GET
@member_required
def intervention(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_see_plan(request.member))
    seen = Intervention.objects.visible_to(request.member)
    found = get_object_or_404(seen.select_related("module__provider", "finding", "plan"), pk=pk)
    context = {
        "detail": interventions.intervention_detail(found),
        "intervention": found,
        "sees_groups": has_role(request.member, INSIDE),
    }
    return page(request, "training_calendar/intervention.html", context)
