"""Pages of units and stations."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from competencies import rules
from competencies.models import StaffMember, Unit
from competencies.usecases import gaps, structure
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page


@require_GET
@member_required
def unit_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_figures(request.member))
    lines = structure.unit_lines(request.member.administration)
    return page(request, "competencies/unit_list.html", {"lines": lines})


@require_GET
@member_required
def unit(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_see_figures(request.member))
    seen = Unit.objects.visible_to(request.member).select_related("administration", "parent")
    row = get_object_or_404(seen, pk=pk)
    limit = rules.small_cell_limit(request.member)
    analysis = gaps.gap_analysis(row.administration)
    people = StaffMember.objects.visible_to(request.member).serving().filter(unit=row)
    context = {
        "unit": row,
        "overview": structure.unit_overview(row, analysis, limit=limit),
        "people": structure.staff_lines(people.select_related("profile"), analysis),
        "sees_people": rules.can_see_people(request.member),
        "top": analysis.top_level,
        "limit": limit,
    }
    return page(request, "competencies/unit.html", context)
