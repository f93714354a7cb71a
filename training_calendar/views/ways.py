"""The page of ways of learning: the mode rules against the plan, make or buy, programmes."""

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from competencies.rules import can_see_small_cells
from competencies.views.lists import wanted_file
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page
from training_calendar import rules, wording
from training_calendar.usecases import plan_overview, ways

SHOWN = 20


@require_GET
@member_required
def way_list(request: MemberRequest) -> HttpResponseBase:
    require(rules.can_see_plan(request.member) and can_see_small_cells(request.member))
    plan = plan_overview.current_plan(request.member.administration)
    found = ways.ways(plan) if plan else None
    steps = []
    for line in found.steps if found else ():
        followed = {True: _("yes"), False: _("no"), None: ""}[line.is_followed]
        steps.append((line, wording.way(line.first), wording.way(line.second), followed))
    if steps:
        head = [
            *(_("Competency"), _("Title"), _("Up to level"), _("People"), _("Met by the plan")),
            *(_("Preferred way"), _("Second choice"), _("The plan goes one of them")),
            _("E-learning on offer"),
        ]
        cells = [
            (x.competency, x.title, x.level, x.people, x.met, first, second, goes, x.elearning)
            for x, first, second, goes in steps
        ]
        file = wanted_file(request, "ways-of-learning", head, cells)
        if file is not None:
            return file
    context = {
        "plan": plan,
        "found": found,
        "steps": steps[:SHOWN],
        "more": steps[SHOWN:],
    }
    return page(request, "training_calendar/ways.html", context)
