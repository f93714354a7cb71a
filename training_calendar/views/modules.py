"""Pages of the catalogue: modules and programmes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from hrplan.core.access import OFFICE, MemberRequest, has_role, member_required, require
from hrplan.core.http import page, refused
from training_calendar import rules
from training_calendar.forms.pages import MODES, ModuleFilter, competency_choices, provider_choices
from training_calendar.models import Module, Programme
from training_calendar.usecases import catalogue as shipped
from training_calendar.usecases import modules, suggesting

LISTED = 40


@require_GET
@member_required
def module_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_catalogue(request.member))
    owner = request.member.administration
    form = ModuleFilter(
        request.GET,
        provider=provider_choices(owner),
        mode=MODES,
        competency=competency_choices(owner),
    )
    rows = modules.module_rows(owner, **form.chosen())
    context = {
        "form": form,
        "rows": Paginator(rows, LISTED).get_page(request.GET.get("page")),
        "can_plan": rules.can_plan(request.member),
    }
    return page(request, "training_calendar/module_list.html", context, part="module-rows")


@require_http_methods(["GET", "POST"])
@member_required
def catalogue(request: MemberRequest) -> HttpResponse:
    """What comes with hrplan: at which rate its prices are exchanged, and to take it."""
    require(rules.can_plan(request.member))
    owner = request.member.administration
    if request.method == "POST":
        try:
            taken = shipped.adopt_catalogue(owner, by=request.member)
        except ValidationError as refusal:
            refused(request, refusal)
        else:
            messages.success(request, _taken_words(taken))
        return redirect("training_calendar:catalogue", owner.slug)
    return page(request, "training_calendar/catalogue.html", {"found": shipped.shipped(owner)})


def _taken_words(taken: shipped.Adopted) -> str:
    words = ngettext(
        "%(n)d module and %(programmes)d programmes are taken in.",
        "%(n)d modules and %(programmes)d programmes are taken in.",
        taken.modules,
    ) % {"n": taken.modules, "programmes": taken.programmes}
    if not taken.unknown_competencies:
        return words
    left = ngettext(
        "%(n)d outcome is left out: the framework in force lacks its competency.",
        "%(n)d outcomes are left out: the framework in force lacks their competencies.",
        taken.unknown_competencies,
    )
    return f"{words} {left % {'n': taken.unknown_competencies}}"


@require_GET
@member_required
def module(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_see_catalogue(request.member))
    seen = Module.objects.visible_to(request.member).select_related("provider", "administration")
    detail = modules.module_detail(get_object_or_404(seen, pk=pk))
    sees = rules.can_see_plan(request.member)
    context = {
        "detail": detail,
        "module": detail.module,
        "sees_plan": sees,
        "can_plan": rules.can_plan(request.member),
    }
    return page(request, "training_calendar/module.html", context)


@require_GET
@member_required
def module_suggestions(request: MemberRequest, pk: int) -> HttpResponse:
    """Competencies that the module may lift, by its words."""
    require(rules.can_plan(request.member))
    seen = Module.objects.visible_to(request.member).select_related("administration")
    row = get_object_or_404(seen, pk=pk)
    context = {"module": row, "suggestions": suggesting.suggested_outcomes(row)}
    return page(request, "training_calendar/module_suggestions.html", context)


@require_GET
@member_required
def programme_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_catalogue(request.member))
    rows = modules.programme_rows(request.member.administration)
    return page(request, "training_calendar/programme_list.html", {"rows": rows})


@require_GET
@member_required
def programme(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_see_catalogue(request.member))
    seen = Programme.objects.visible_to(request.member)
    found = get_object_or_404(seen.select_related("provider", "requires", "administration"), pk=pk)
    context = {
        "detail": modules.programme_detail(found),
        "programme": found,
        "sees_names": has_role(request.member, OFFICE),
        "sees_people": rules.can_see_nominees(request.member),
        "sees_tutors": rules.can_see_supply(request.member),
    }
    return page(request, "training_calendar/programme.html", context)
