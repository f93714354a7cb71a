"""Pages of units and stations."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from competencies import rules
from competencies.forms.pages import UnitFilter
from competencies.models import StaffMember, Unit
from competencies.usecases import dense, structure, units
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page

LINES, PEOPLE = 100, 25


@require_GET
@member_required
def unit_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_figures(request.member))
    every = units.unit_lines(request.member.administration)
    form = UnitFilter(request.GET, regions=sorted({line.unit.region for line in every}))
    wanted = form.chosen()
    lines = units.narrowed_lines(every, **wanted) if any(wanted.values()) else every
    context = {
        "form": form,
        "page_obj": Paginator(lines, LINES).get_page(request.GET.get("page")),
        "sum": units.sum_of(lines),
        "filtered": any(wanted.values()),
        "can_keep": rules.can_keep_people(request.member),
    }
    return page(request, "competencies/unit_list.html", context, part="rows")


@require_GET
@member_required
def unit(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_see_figures(request.member))
    seen = Unit.objects.visible_to(request.member).select_related("administration", "parent")
    row = get_object_or_404(seen, pk=pk)
    limit = rules.small_cell_limit(request.member)
    figures = dense.gap_figures(row.administration)
    context = {
        "unit": row,
        "overview": units.unit_overview(row, figures, limit=limit),
        "can_keep": rules.can_keep_people(request.member),
        "sees_people": rules.can_see_people(request.member),
        "limit": limit,
        **_people(request, row, figures),
    }
    return page(request, "competencies/unit.html", context)


def _people(request: MemberRequest, row: Unit, figures: dense.GapFigures) -> dict[str, Any]:
    """A page of the people of the unit itself whom the member may see."""
    seen = StaffMember.objects.visible_to(request.member).serving().filter(unit=row)
    every = list(seen.select_related("profile"))
    shown = Paginator(every, PEOPLE).get_page(request.GET.get("page"))
    totals = figures.totals_of({person.pk: person.code for person in shown})
    return {"page_obj": shown, "people": structure.staff_lines(shown, totals)}
