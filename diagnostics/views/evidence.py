"""Pages of what was heard and read in an exercise, and the forms by which it is kept."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from diagnostics import rules
from diagnostics.forms import evidence as forms
from diagnostics.models import (
    CorporateObjective,
    DocumentReview,
    Exercise,
    Interview,
    SwotItem,
)
from diagnostics.usecases import evidence, evidence_rows
from diagnostics.views.exercises import exercise_or_404
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused


@dataclass(frozen=True, slots=True)
class Kind:
    """What is kept by a form: its model, its form, the words of its pages, its place."""

    model: type[Any]
    form: type[forms.EvidenceForm]
    title: str | Promise
    new: str | Promise
    gone: str | Promise
    anchor: str


KINDS = {
    "interviews": Kind(
        Interview, forms.InterviewForm, _("Interview"), _("Note an interview"),
        _("Remove this interview"), "interviews",
    ),
    "swot": Kind(
        SwotItem, forms.SwotForm, _("Strength, weakness, opportunity or threat"),
        _("Add what helps or hinders"), _("Remove this item"), "swot",
    ),
    "reviews": Kind(
        DocumentReview, forms.ReviewForm, _("Review of a document"), _("Review a document"),
        _("Remove this review"), "reviews",
    ),
    "corporate-objectives": Kind(
        CorporateObjective, forms.CorporateObjectiveForm, _("Corporate objective"),
        _("Add a corporate objective"), _("Remove this corporate objective"), "objectives",
    ),
}  # fmt: skip


@require_GET
@member_required
def evidence_page(request: MemberRequest, pk: int) -> HttpResponse:
    held = _inside(request, pk)
    context = {
        "exercise": held,
        "evidence": evidence.collected(held),
        "can_prepare": rules.can_prepare(request.member),
    }
    return page(request, "diagnostics/evidence.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def add(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    held, known = _prepared(request, pk), KINDS[kind]
    first = {name: request.GET.get(name) for name in ("kind", "guide", "document", "source")}
    form = known.form(request.POST or None, exercise=held, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            own = {} if known.model is CorporateObjective else {"exercise": held}
            owner, fields = held.administration, {**own, **form.cleaned_data}
            evidence_rows.add_row(known.model, owner, by=request.member, **fields)
        except ValidationError as refusal:
            form.show(refusal)
        else:
            messages.success(request, gettext("It is written down."))
            return redirect(_back(held, known))
    return page(request, "diagnostics/evidence_form.html", _around(held, known) | {"form": form})


@require_http_methods(["GET", "POST"])
@member_required
def change(request: MemberRequest, pk: int, row: int, kind: str) -> HttpResponse:
    held, known = _prepared(request, pk), KINDS[kind]
    found = _row(held, known, row)
    form = known.form(request.POST or None, exercise=held, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            evidence_rows.change_row(found, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.show(refusal)
        else:
            messages.success(request, gettext("The change is saved."))
            return redirect(_back(held, known))
    remove = reverse(f"diagnostics:{kind}_remove", args=[held.administration.slug, pk, row])
    context = {"form": form, "row": found, "remove": remove}
    return page(request, "diagnostics/evidence_form.html", _around(held, known) | context)


@require_http_methods(["GET", "POST"])
@member_required
def remove(request: MemberRequest, pk: int, row: int, kind: str) -> HttpResponse:
    held, known = _prepared(request, pk), KINDS[kind]
    found = _row(held, known, row)
    if request.method == "POST":
        try:
            evidence_rows.remove_row(found, by=request.member)
        except ValidationError as refusal:
            refused(request, refusal)
        else:
            messages.success(request, gettext("It is removed."))
        return redirect(_back(held, known))
    return page(request, "diagnostics/evidence_remove.html", _around(held, known) | {"row": found})


def _inside(request: MemberRequest, pk: int) -> Exercise:
    held = exercise_or_404(request, pk)
    require(rules.can_see_exercise(request.member))
    return held


def _prepared(request: MemberRequest, pk: int) -> Exercise:
    held = exercise_or_404(request, pk)
    require(rules.can_prepare(request.member))
    return held


def _row(held: Exercise, known: Kind, pk: int) -> Any:
    rows = known.model.objects.of(held.administration)
    own = rows if known.model is CorporateObjective else rows.filter(exercise=held)
    return get_object_or_404(own.select_related("administration"), pk=pk)


def _back(held: Exercise, known: Kind) -> str:
    address = reverse("diagnostics:evidence", args=[held.administration.slug, held.pk])
    return f"{address}#{known.anchor}"


def _around(held: Exercise, known: Kind) -> dict[str, Any]:
    guides = evidence_rows.guides(held) if known.model is Interview else []
    return {"exercise": held, "kind": known, "back": _back(held, known), "guides": guides}
