"""The page of the budget case: one table a reader at the ministry decides on."""

from decimal import Decimal

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from competencies.rules import small_cell_limit
from competencies.views.lists import wanted_file
from competencies.views.showing import drawn
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page
from hrplan.exchange.spec import Value
from training_calendar import rules
from training_calendar.report import budget_case as words
from training_calendar.usecases import plan_overview
from training_calendar.usecases.budget_case import CaseStep, budget_case


@require_GET
@member_required
def case(request: MemberRequest) -> HttpResponseBase:
    require(rules.can_see_plan(request.member))
    owner = request.member.administration
    plan = plan_overview.current_plan(owner)
    found = budget_case(plan, limit=small_cell_limit(request.member)) if plan else None
    steps = found.steps if found else ()
    if steps:
        cells = [_cells(step) for step in steps]
        file = wanted_file(request, "budget-case", _head(owner.currency), cells)
        if file is not None:
            return file
    context = {
        "plan": plan,
        "case": found,
        "rows": [(step, *words.reached_words(step, found)) for step in steps] if found else [],
        "summary": words.summary(found, owner.currency) if found and steps else "",
        "chart": drawn(words.case_chart(found)) if found and steps else None,
        "next": [step.then for step in steps if step.then],
        "missing": words.missing_words(found) if found and steps and found.missing else "",
        "not_worked_out": words.not_worked_out(),
        "notes": words.notes(found) if found else (),
    }
    return page(request, "training_calendar/budget_case.html", context)


def _head(currency: str) -> list[str]:
    return [
        *(_("Of the ask"), _("Budget (%(c)s)") % {"c": currency}),
        *(_("Cost (%(c)s)") % {"c": currency}, _("Points closed"), _("Gap closed")),
        *(_("People reached"), _("Most left open, and why")),
        *(_("More money to the next step"), _("More points"), _("Where it closes most")),
    ]


def _cells(step: CaseStep) -> list[Value]:
    then = step.then
    return [
        *(round(Decimal(step.share), 2), round(Decimal(step.budget), 2)),
        *(round(Decimal(step.cost), 2), round(Decimal(step.closed), 1)),
        *(round(Decimal(step.closed_share), 4), step.people),
        "; ".join(words.part_words(part) for part in step.left_out),
        *((round(Decimal(then.money), 2), round(Decimal(then.closed), 1)) if then else ("", "")),
        "; ".join(words.closes_words(part) for part in then.closes) if then else "",
    ]
