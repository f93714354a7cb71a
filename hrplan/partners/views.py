"""Pages of the register of assistance: activities, recommendations, overlaps."""

from dataclasses import asdict
from functools import partial
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page
from hrplan.core.models import Administration
from hrplan.core.row_pages import RowKind
from hrplan.partners import forms, rules, wording
from hrplan.partners.models import Activity, AidRecommendation, Partner
from hrplan.partners.usecases import changes, register

LISTED = 40
"""Activities or pairs on a page."""


def _back(owner: Administration, row: Any) -> str:
    """The page on which a row is seen."""
    shown = row.activity if isinstance(row, AidRecommendation) else row
    if isinstance(shown, Activity):
        return shown.get_absolute_url()
    return reverse("partners:activity_list", args=[owner.slug])


def _kind(model: Any, form: Any, title: Promise, new: Promise) -> RowKind:
    return RowKind(
        model=model,
        form=form,
        title=title,
        new=new,
        may=rules.can_change_register,
        add=partial(changes.add_row, model),
        change=changes.change_row,
        back=_back,
        first=("activity",) if model is AidRecommendation else (),
        listed=_lazy("Partners and assistance"),
    )


KINDS = {
    "partners": _kind(Partner, forms.PartnerForm, _lazy("Partner"), _lazy("Add a partner")),
    "activities": _kind(Activity, forms.ActivityForm, _lazy("Activity"), _lazy("Add an activity")),
    "recommendations": _kind(
        AidRecommendation,
        forms.RecommendationForm,
        _lazy("Recommendation"),
        _lazy("Add a recommendation"),
    ),
}


@require_GET
@member_required
def activity_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_register(request.member))
    found = register.assistance_register(request.member.administration)
    form = forms.ActivityFilter(
        request.GET,
        status=Activity.Status.choices,
        partner=[(one.code, one.name) for one in found.partners],
    )
    rows = register.activities_narrowed(found, **form.chosen())
    context = {
        "register": found,
        "form": form,
        "rows": Paginator(rows, LISTED).get_page(request.GET.get("page")),
        "can_change": rules.can_change_register(request.member),
    }
    return page(request, "partners/activity_list.html", context, part="activity-rows")


@require_GET
@member_required
def overlap_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_register(request.member))
    owner = request.member.administration
    pairs = register.overlaps(owner)
    constants = asdict(register.overlap_constants(owner))
    shown = [one for one in pairs if one.is_shown]
    context = {
        "pairs": Paginator(shown, LISTED).get_page(request.GET.get("page")),
        "compared": len(pairs),
        "unknown": sum(one.score is None for one in pairs),
        "constants": [(wording.constant(key), value) for key, value in constants.items()],
    }
    return page(request, "partners/overlap_list.html", context)


def _activity(request: MemberRequest, pk: int) -> Activity:
    seen = Activity.objects.visible_to(request.member).select_related("administration")
    return get_object_or_404(seen, pk=pk)


def _shown(
    request: MemberRequest, row: Activity, ruling: django_forms.Form | None = None
) -> HttpResponse:
    context = {
        "line": register.activity_lines(Activity.objects.filter(pk=row.pk))[0],
        "pairs": register.overlaps_of(row),
        "ruling": ruling or forms.RulingForm(activity=row),
        "can_change": rules.can_change(request.member, row),
    }
    return page(request, "partners/activity.html", context)


@require_GET
@member_required
def activity(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_see_register(request.member))
    return _shown(request, _activity(request, pk))


@require_http_methods(["GET", "POST"])
@member_required
def conclude(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_change_register(request.member))
    row = _activity(request, pk)
    form = forms.RulingForm(request.POST or None, activity=row)
    if request.method == "POST" and form.is_valid():
        try:
            other = form.cleaned_data.pop("other")
            changes.conclude_overlap(row, other, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("The conclusion is on record."))
            return redirect(row)
    return _shown(request, row, form)


@require_http_methods(["GET", "POST"])
@member_required
def follow(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_change_register(request.member))
    seen = AidRecommendation.objects.visible_to(request.member)
    row = get_object_or_404(seen.select_related("administration", "activity"), pk=pk)
    first = {"done_on": request.member.administration.as_of, "evidence": row.evidence}
    form = forms.FollowForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            changes.follow_recommendation(row, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("The recommendation is marked as done."))
            return redirect(row.activity)
    return page(request, "partners/follow.html", {"form": form, "row": row})
