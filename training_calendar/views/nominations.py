"""Pages of nominations: by when names are due, that they went out, the application to print."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from competencies.models import StaffMember
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from training_calendar import rules, wording
from training_calendar.analysis.nominating import STATES
from training_calendar.forms.nominations import NominationFilter, SentForm
from training_calendar.models import Calendar, Enrolment, Module
from training_calendar.usecases import applications
from training_calendar.usecases import nominations as use_cases

LISTED = 50


@require_GET
@member_required
def nomination_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_nominees(request.member))
    every = use_cases.courses(request.member)
    modules = sorted({(one.module_code, f"{one.module_code} {one.title}") for one in every})
    states = [(key, wording.nomination_state(key)) for key in STATES]
    form = NominationFilter(request.GET, state=states, module=modules)
    chosen = form.chosen()
    rows = [
        one
        for one in every
        if chosen["state"] in {"", one.state} and chosen["module"] in {"", one.module_code}
    ]
    shown = Paginator(rows, LISTED).get_page(request.GET.get("page"))
    waiting = use_cases.waiting_units(list(shown), request.member)
    context = {
        "form": form,
        "counts": [(words, sum(one.state == key for one in every)) for key, words in states],
        "page_obj": shown,
        "rows": [
            (one, wording.NOMINATION_SHAPES[one.state], wording.nomination_state(one.state),
             waiting.get(one.session or 0, []))
            for one in shown
        ],
        "can_plan": rules.can_plan(request.member),
    }  # fmt: skip
    return page(request, "training_calendar/nomination_list.html", context, part="rows")


@require_POST
@member_required
def sent(request: MemberRequest) -> HttpResponse:
    require(rules.can_plan(request.member))
    owner = request.member.administration
    form = SentForm(request.POST, Module.objects.visible_to(request.member))
    if not form.is_valid():
        raise Http404
    try:
        count = use_cases.note_sent(owner, by=request.member, **form.cleaned_data)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        words = ngettext("%(n)d name is noted as sent.", "%(n)d names are noted as sent.", count)
        messages.success(request, words % {"n": count})
    return redirect("training_calendar:nomination_list", owner.slug)


@require_GET
@member_required
def application(request: MemberRequest, pk: int) -> HttpResponse:
    """The application of one person for a course outside, to print and sign."""
    require(rules.can_see_nominees(request.member))
    people = StaffMember.objects.visible_to(request.member)
    rows = Enrolment.objects.filter(
        calendar__in=Calendar.objects.visible_to(request.member), staff_member__in=people
    )
    related = rows.select_related(
        *("module__provider", "session__offer", "staff_member__administration"),
        *("staff_member__unit", "staff_member__profile", "staff_member__post"),
        "staff_member__supervisor",
    )
    place = get_object_or_404(related, pk=pk)
    found = applications.application(place, member=request.member)
    return page(request, "training_calendar/application.html", {"application": found})
