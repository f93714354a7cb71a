"""Pages by which an exercise is begun and changed, and its steps get dates and owners."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from diagnostics import rules
from diagnostics.forms.exercises import ExerciseForm, StepsForm
from diagnostics.models import Exercise, Questionnaire
from diagnostics.usecases import beginning, exercises
from diagnostics.views.exercises import exercise_or_404
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page


@require_http_methods(["GET", "POST"])
@member_required
def exercise_new(request: MemberRequest) -> HttpResponse:
    require(rules.can_prepare(request.member))
    owner = request.member.administration
    form = ExerciseForm(request.POST or None, administration=owner)
    if request.method == "POST" and form.is_valid():
        try:
            made = beginning.begin_exercise(owner, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.show(refusal)
        else:
            messages.success(request, _("The exercise is begun; give its steps their dates."))
            return redirect("diagnostics:steps", owner.slug, made.pk)
    known = Questionnaire.objects.of(owner).filter(is_draft=False).exists()
    return page(request, "diagnostics/exercise_form.html", {"form": form, "known": known})


@require_http_methods(["GET", "POST"])
@member_required
def exercise_edit(request: MemberRequest, pk: int) -> HttpResponse:
    held = exercise_or_404(request, pk)
    require(rules.can_prepare(request.member))
    owner, shown = held.administration, str(held)
    form = ExerciseForm(request.POST or None, administration=owner, instance=held)
    if request.method == "POST" and form.is_valid():
        try:
            beginning.change_exercise(_fresh(held), by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.show(refusal)
        else:
            messages.success(request, _("The change is saved."))
            return redirect(held)
    context = {"form": form, "exercise": held, "title": shown, "known": True}
    return page(request, "diagnostics/exercise_form.html", context)


def _fresh(held: Exercise) -> Exercise:
    """The row as it stands; the form has written on the other one."""
    return Exercise.objects.select_related("administration").get(pk=held.pk)


@require_http_methods(["GET", "POST"])
@member_required
def steps(request: MemberRequest, pk: int) -> HttpResponse:
    held = exercise_or_404(request, pk)
    require(rules.can_prepare(request.member))
    form = StepsForm(request.POST or None, steps=exercises.exercise_steps(held))
    if request.method == "POST" and form.is_valid() and _dated(request, held, form):
        messages.success(request, _("The steps have their dates and owners."))
        return redirect(held)
    return page(request, "diagnostics/steps.html", {"form": form, "exercise": held})


def _dated(request: MemberRequest, held: Exercise, form: StepsForm) -> bool:
    try:
        dates: dict[str, Any] = form.dates()
        given = {state: beginning.StepDates(**one) for state, one in dates.items()}
        beginning.date_steps(held, given, by=request.member)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True
