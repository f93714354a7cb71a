"""Pages of the workforce: its structure today, and the years ahead."""

from typing import Any

from django.http import HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from competencies import rules, wording
from competencies.report import workforce as sections
from competencies.usecases import gaps, workforce
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page
from hrplan.documents import behind, charts
from hrplan.documents.nodes import Chart


def _drawn(chart: Chart | None) -> dict[str, Any] | None:
    """What the component of a chart shows: the drawing and the table behind it."""
    if chart is None:
        return None
    table = behind.table_behind(chart)
    drawing = mark_safe(charts.svg(chart))  # noqa: S308 -- drawn here, its words escaped
    return {"svg": drawing, "caption": chart.caption, "columns": table.columns, "rows": table.rows}


@require_GET
@member_required
def profile(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_figures(request.member))
    limit = rules.small_cell_limit(request.member)
    seen = workforce.workforce_profile(request.member.administration, limit=limit)
    context = {
        "seen": seen,
        "ages": _drawn(sections.age_pyramid(seen)),
        "services": _drawn(sections.service_pyramid(seen)),
        "tables": [
            (_("Rank and gender"), _("Rank"), seen.by_rank),
            (_("Staff level and gender"), _("Staff level"), seen.by_staff_level),
            (_("Education and gender"), _("Education"), seen.by_education),
        ],
        "limit": limit,
    }
    return page(request, "competencies/workforce.html", context)


@require_GET
@member_required
def outlook(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_figures(request.member))
    owner = request.member.administration
    seen = workforce.workforce_outlook(owner, gaps.gap_analysis(owner))
    context = {
        "seen": seen,
        "stock": [(line, wording.scenario_words(line.scenario)) for line in seen.stock],
        "years": range(1, seen.constants.outlook_years + 1),
        "limit": rules.small_cell_limit(request.member),
    }
    return page(request, "competencies/outlook.html", context)
