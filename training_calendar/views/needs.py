"""Pages of needs: what is met, what is not, and why."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from competencies.rules import small_cell_limit
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page
from training_calendar import rules, wording
from training_calendar.forms.pages import NeedFilter, competency_choices, unit_choices
from training_calendar.models import Plan
from training_calendar.solver.explain import KEYS
from training_calendar.usecases import causes, needs, needs_shown, plan_overview, remedies

PEOPLE = 50


@require_GET
@member_required
def need_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_plan(request.member))
    plan = plan_overview.current_plan(request.member.administration)
    if plan is None:
        context = {"plan": None, "can_plan": rules.can_plan(request.member)}
    else:
        context = _context(request, plan)
    return page(request, "training_calendar/needs.html", context, part="need-rows")


def _context(request: MemberRequest, plan: Plan) -> dict[str, Any]:
    limit = small_cell_limit(request.member)
    form = _form(request) if limit is None else None
    chosen = form.chosen() if form else {}
    overview = needs.needs_overview(plan, **chosen)
    names = ("by_reason", "by_change", "by_competency", "by_unit", "by_module")
    lines = (needs_shown.need_lines(getattr(overview, name), limit=limit) for name in names)
    return {
        "plan": plan,
        "form": form,
        "limit": limit,
        "total": overview.total,
        **dict(zip(names, lines, strict=True)),
        "people": _people(request, plan, form),
        **({f"{name}_filter": name for name in form.fields} if form else {}),
    }


def _form(request: MemberRequest) -> NeedFilter:
    owner = request.member.administration
    return NeedFilter(
        request.GET,
        competency=competency_choices(owner),
        unit=unit_choices(owner),
        reason=[(key, wording.reason(key)) for key in (*KEYS, "later", *causes.REASONS)],
        change=[(key, wording.remedy(key)) for key in remedies.KINDS],
    )


def _people(request: MemberRequest, plan: Plan, form: NeedFilter | None) -> Page | None:
    """The needs with names, for those who may see them."""
    if not rules.can_see_nominees(request.member):
        return None
    chosen = form.chosen() if form else {}
    rows = needs.needs_listed(plan, member=request.member, **chosen)
    found: Page[Any] = Paginator(rows, PEOPLE).get_page(request.GET.get("page"))
    units = dict(form.fields["unit"].choices) if form else None  # type: ignore[attr-defined]
    words = remedies.Words(plan.administration, units)
    for need in found:
        need.words = wording.reason(need.reason)
        need.shown = words.shown(need.remedy) if hasattr(need, "remedy") else None
    return found
