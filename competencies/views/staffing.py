"""Pages of the staff needed: of all units whose work is written down, and of one unit."""

from decimal import Decimal

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from competencies import rules, wording
from competencies.models import Unit
from competencies.usecases import constants, gaps, staffing
from competencies.views.lists import wanted_file
from competencies.views.showing import tabs
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.figures import percent
from hrplan.core.http import page


@require_GET
@member_required
def needs(request: MemberRequest) -> HttpResponseBase:
    require(rules.can_see_figures(request.member))
    owner = request.member.administration
    analysis = gaps.gap_analysis(owner)
    found = staffing.staff_needs(owner, analysis)
    head = [
        *(_("Unit"), _("Job profile"), _("Required"), _("Posts"), _("In service")),
        *(_("Ratio"), _("Too few or too many")),
    ]
    rows = [
        (x.unit_title, x.title, x.whole, x.posts, x.people, _rounded(x.ratio), x.difference)
        for x in found
    ]
    if file := wanted_file(request, "staff-needed", head, rows):
        return file
    sizes = analysis.staff.groupby("unit").size()
    time = constants.working_time(owner)
    stations = [
        (unit, need)
        for unit in Unit.objects.visible_to(request.member)
        if (need := staffing.cover_need(unit, time, int(sizes.get(unit.code, 0))))
    ]
    context = {
        "needs": found,
        "stations": stations,
        "time": time,
        "can_keep": rules.can_keep_people(request.member),
        "tabs": tabs(request),
    }
    return page(request, "competencies/staffing.html", context)


def _rounded(ratio: float | None) -> Decimal | None:
    return None if ratio is None else round(Decimal(ratio), 2)


@require_GET
@member_required
def unit_needs(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_see_figures(request.member))
    rows = Unit.objects.visible_to(request.member).select_related("administration")
    unit = get_object_or_404(rows, pk=pk)
    seen = staffing.unit_staffing(unit, gaps.gap_analysis(unit.administration))
    names = ("leave_days", "holiday_days", "sick_days", "training_days")
    context = {
        "seen": seen,
        "unit": unit,
        "absences": [
            (wording.constant_words(f"staffing.{name}"), getattr(seen.time, name)) for name in names
        ],
        "longer": [(days, officers, percent(more, 1)) for days, officers, more in seen.cover.longer]
        if seen.cover
        else [],
        "can_keep": rules.can_keep_people(request.member),
    }
    return page(request, "competencies/unit_staffing.html", context)
