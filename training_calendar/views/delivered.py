"""Pages of what was delivered against what was planned, and of what a session cost."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from competencies.rules import small_cell_limit
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from training_calendar import rules
from training_calendar.forms.delivered import CostForm, DeliveredFilter
from training_calendar.forms.pages import quarter_choices, quarter_span
from training_calendar.models import Budget
from training_calendar.usecases import delivered as use_cases
from training_calendar.views.sessions import session_of

LISTED = 50


@require_GET
@member_required
def delivered(request: MemberRequest) -> HttpResponse:
    member = request.member
    require(rules.can_see_outcome(member))
    quarters = list(Budget.objects.visible_to(member))
    form = DeliveredFilter(request.GET, quarter=quarter_choices(quarters))
    label = form.chosen()["quarter"]
    span = quarter_span(quarters, label) if label else None
    found = use_cases.delivered(member.administration, span)
    limit = small_cell_limit(member)
    context = {
        "form": form,
        "delivered": found,
        "totals": [
            (_("Seats"), found.seats, 0),
            (_("Person-hours"), found.hours, 0),
            (_("Cost (%(currency)s)") % {"currency": member.administration.currency},
             found.cost, 0),
        ],
        "shows_gap": not limit or not 0 < found.gap.n < limit,
        "page_obj": Paginator(found.lines, LISTED).get_page(request.GET.get("page")),
    }  # fmt: skip
    return page(request, "training_calendar/delivered.html", context, part="rows")


@require_POST
@member_required
def cost(request: MemberRequest, pk: int) -> HttpResponse:
    """What a session cost in the end."""
    require(rules.can_plan(request.member))
    session = session_of(request, pk)
    form = CostForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the cost as a number that is not below 0."))
    else:
        try:
            use_cases.note_cost(session, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            refused(request, refusal)
        else:
            messages.success(request, _("The cost is recorded."))
    return redirect("training_calendar:outcome", session.administration.slug, pk)
