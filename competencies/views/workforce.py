"""Page of the workforce today."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from competencies import rules
from competencies.report import workforce as sections
from competencies.usecases import dense, workforce
from competencies.usecases import equity as figures
from competencies.views.showing import drawn, tabs
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page


@require_GET
@member_required
def profile(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_figures(request.member))
    limit = rules.small_cell_limit(request.member)
    seen = workforce.workforce_profile(request.member.administration, limit=limit)
    note = _("Bands without a figure are withheld.") if limit else ""
    context = {
        "seen": seen,
        "ages": drawn(sections.age_pyramid(seen), note=note, half=True),
        "services": drawn(sections.service_pyramid(seen), note=note, half=True),
        "tables": [
            (_("Rank and gender"), _("Rank"), seen.by_rank),
            (_("Staff level and gender"), _("Staff level"), seen.by_staff_level),
            (_("Education and gender"), _("Education"), seen.by_education),
        ],
        "tabs": tabs(request),
        "limit": limit,
    }
    return page(request, "competencies/workforce.html", context)


@require_GET
@member_required
def equity(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_figures(request.member))
    owner, limit = request.member.administration, rules.small_cell_limit(request.member)
    headings = {
        "gender": (_("By sex"), _("Sex")),
        "unit": (_("By station and unit"), _("Unit")),
        "grade": (_("By grade"), _("Grade")),
    }
    tables = figures.equity(owner, dense.gap_figures(owner), limit=limit)
    context = {
        "tables": [(*headings[table.by], table) for table in tables],
        "tabs": tabs(request),
        "limit": limit,
    }
    return page(request, "competencies/equity.html", context)
