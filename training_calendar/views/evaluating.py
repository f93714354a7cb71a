"""Pages of evaluation: what is due and what came of it, and the forms behind each line."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from competencies.models import Proposal, StaffMember
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.figures import number, percent
from hrplan.core.http import page
from training_calendar import rules, wording
from training_calendar.analysis.evaluating import TARGETS
from training_calendar.forms.evaluating import BehaviourForm, TeachBackForm
from training_calendar.models import Enrolment
from training_calendar.usecases import evaluating
from training_calendar.usecases.attendance import proposed
from training_calendar.usecases.evaluation_figures import EvaluationFigures, evaluation_figures
from training_calendar.views.paths import place_of

LISTED = 12
NEXT = 12
"""Dates ahead that are shown at once."""


@require_GET
@member_required
def evaluation(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_evaluation(request.member))
    member = request.member
    people = StaffMember.objects.visible_to(member)
    asked = evaluating.behaviour_due(member, people)
    ahead = evaluating.dates_ahead(member.administration)
    figures = evaluation_figures(member)
    context = {
        "figures": figures,
        "heads": _heads(figures),
        "limit": member.administration.small_cell_limit,
        "asked": len(asked),
        "page_obj": Paginator(asked, LISTED).get_page(request.GET.get("page")),
        "back": evaluating.teach_back_due(member, people),
        "untested": evaluating.tests_due(member.administration) if rules.can_plan(member) else (),
        "ahead": [(row, wording.evaluation_level(row.level)) for row in ahead[:NEXT]],
    }
    return page(request, "training_calendar/evaluation.html", context)


def _heads(figures: EvaluationFigures) -> list[dict[str, Any]]:
    """Each level in words, unknown as None, with n, missing and target."""
    reaction, back = figures.reaction, figures.back
    words = _("%(held)d of %(all)d held, %(late)d overdue")
    shares = (
        (_("Learning: gain of the possible"), figures.learning, 2),
        (_("Behaviour: used at work"), figures.behaviour, 3),
    )
    return [
        {
            "label": _("Reaction: mean of 5"),
            "value": None if reaction.value is None else number(reaction.value, 1),
            "n": reaction.n,
            "missing": reaction.missing,
            "note": _("target %(target)s") % {"target": number(TARGETS[1], 1)},
        },
        *(
            {
                "label": label,
                "value": None if one.value is None else percent(one.value),
                "n": one.n,
                "missing": one.missing,
                "note": _("target %(target)s") % {"target": percent(TARGETS[level])},
            }
            for label, one, level in shares
        ),
        {
            "label": _("Taught back within 30 days"),
            "value": None if back.share is None else percent(back.share),
            "n": back.held + back.overdue,
            "missing": None,
            "note": words % {"held": back.held, "all": back.returned, "late": back.overdue},
        },
    ]


@require_http_methods(["GET", "POST"])
@member_required
def behaviour(request: MemberRequest, pk: int) -> HttpResponse:
    """What a supervisor says of one person."""
    place = place_of(request, pk)
    held = getattr(place, "behaviour", None)
    first = {"use": held.use, "has_sample": held.has_sample, "words": held.words} if held else {}
    form = BehaviourForm(request.POST or None, initial=first)
    return _answered(
        request,
        place,
        form,
        evaluating.report_behaviour,
        template="training_calendar/behaviour_form.html",
        done=_("The answer is recorded."),
        proposals=proposed(place).filter(state=Proposal.State.OPEN).select_related("competency"),
    )


@require_http_methods(["GET", "POST"])
@member_required
def teach_back(request: MemberRequest, pk: int) -> HttpResponse:
    """That somebody taught a course outside to colleagues."""
    place = place_of(request, pk)
    held = getattr(place, "teach_back", None)
    first = {"held_on": held.held_on, "people": held.people} if held else {}
    form = TeachBackForm(request.POST or None, initial=first)
    return _answered(
        request,
        place,
        form,
        evaluating.note_teach_back,
        template="training_calendar/teach_back_form.html",
        done=_("The session for colleagues is recorded."),
    )


def _answered(
    request: MemberRequest,
    place: Enrolment,
    form: forms.Form,
    do: Callable[..., Any],
    *,
    template: str,
    done: str,
    **more: Any,
) -> HttpResponse:
    require(rules.can_report_use(request.member, place.staff_member))
    if request.method == "POST" and form.is_valid():
        try:
            do(place, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            faults = getattr(refusal, "error_dict", None) or {None: refusal}
            for name, fault in faults.items():
                form.add_error(name, fault)
        else:
            messages.success(request, done)
            return redirect("training_calendar:evaluation", request.member.administration.slug)
    context = {"form": form, "place": place, "person": place.staff_member, **more}
    return page(request, template, context)
