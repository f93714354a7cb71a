"""Pages of individual plans: agree one, read and print it, review it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from competencies import rules
from competencies.forms.plans import AgreeForm, ReviewForm
from competencies.models import IndividualPlan, StaffMember
from competencies.usecases import individual_plans, staff
from competencies.views.staff import person_of
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page

WIDEST = 10


@require_http_methods(["GET", "POST"])
@member_required
def agree(request: MemberRequest, pk: int) -> HttpResponse:
    person = person_of(request, pk)
    require(rules.can_agree(request.member, person))
    owner = person.administration
    form = AgreeForm(request.POST or None, administration=owner, initial={"agreed_on": owner.as_of})
    if request.method == "POST" and form.is_valid():
        try:
            made = individual_plans.agree(person, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.show(refusal)
        else:
            messages.success(request, _("The plan is written down; print it for the signatures."))
            return redirect("competencies:plan", owner.slug, person.pk, made.pk)
    context = {"form": form, **_gaps(person)}
    return page(request, "competencies/plan_form.html", context)


@require_GET
@member_required
def plan(request: MemberRequest, pk: int, plan: int) -> HttpResponse:
    person = person_of(request, pk)
    context = {"plan": _plan(person, plan), **_gaps(person)}
    context["can_agree"] = rules.can_agree(request.member, person)
    return page(request, "competencies/plan.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def review(request: MemberRequest, pk: int, plan: int) -> HttpResponse:
    person = person_of(request, pk)
    require(rules.can_agree(request.member, person))
    row = _plan(person, plan)
    form = ReviewForm(request.POST or None, instance=row, administration=person.administration)
    if request.method == "POST" and form.is_valid():
        try:
            individual_plans.review(_plan(person, plan), by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.show(refusal)
        else:
            messages.success(request, _("The review is written down."))
            return redirect("competencies:plan", person.administration.slug, pk, plan)
    context = {"form": form, "plan": row, "person": person}
    return page(request, "competencies/plan_form.html", context)


def _plan(person: StaffMember, pk: int) -> IndividualPlan:
    rows = IndividualPlan.objects.select_related("administration", "staff_member")
    return get_object_or_404(rows, pk=pk, staff_member=person)


def _gaps(person: StaffMember) -> dict[str, object]:
    """The person, the widest of what is missing, the critical first, and the levels known."""
    profile = staff.staff_profile(person)
    lines = [line for line in profile.lines if line.gap]
    lines.sort(key=lambda line: (not line.critical, -(line.gap or 0)))
    return {"person": person, "gaps": lines[:WIDEST], "known": profile.total.n}
