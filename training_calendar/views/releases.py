"""Pages of releases: the list, the form that makes one, differences, the weights of rules."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hrplan.core.access import INSIDE, OFFICE, MemberRequest, has_role, member_required, require
from hrplan.core.http import page, workbook_file
from training_calendar import rules, wording
from training_calendar.forms.releases import CompareForm, ReleaseForm, WeightsForm
from training_calendar.models import Release
from training_calendar.usecases import (
    calendars,
    differences_shown,
    invitations,
    releases,
    rule_weights,
)
from training_calendar.views.calendars import current

LISTED = 50
"""Sessions on a page of differences, releases on a page of the list."""


@require_GET
@member_required
def release_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_plan(request.member))
    rows = Release.objects.visible_to(request.member).select_related("by__user")
    calendar = calendars.current_calendar(request.member.administration)
    context = {
        "page_obj": Paginator(rows, LISTED).get_page(request.GET.get("page")),
        "calendar": calendar,
        "draft": _compared(request, "", "") if calendar else None,
        "is_office": has_role(request.member, OFFICE),
        "can_plan": rules.can_plan(request.member),
    }
    return page(request, "training_calendar/release_list.html", context)


def _compared(request: MemberRequest, before: str, after: str) -> differences_shown.Compared:
    return differences_shown.compare(request.member, before, after)


@require_http_methods(["GET", "POST"])
@member_required
def release(request: MemberRequest) -> HttpResponse:
    """What a release would change and what stands against it; the head makes it here."""
    require(has_role(request.member, OFFICE))
    found = current(request)
    form = ReleaseForm(request.POST or None)
    owner = request.member.administration
    if request.method == "POST" and form.is_valid():
        try:
            made = releases.release(found, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        else:
            messages.success(request, _("The calendar is released as “%(name)s”.") % {"name": made})
            return redirect("training_calendar:release_list", owner.slug)
    side = releases.draft_side(found)
    context = {
        "form": form,
        "calendar": found,
        "compared": differences_shown.since_release(owner, side),
        "can_release": rules.can_release_calendar(request.member, found),
        "foreseen": invitations.foreseen(owner, side),
        "sends_mail": invitations.sends_mail(owner),
    }
    findings = releases.last_findings(found)
    context |= {"findings": findings, "conflicts": findings.blocks}
    return page(request, "training_calendar/release_form.html", context)


@require_GET
@member_required
def differences(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_plan(request.member))
    form = CompareForm(request.GET, differences_shown.states(request.member))
    compared = _compared(request, **form.chosen())
    context = {
        "form": form,
        **shown_differences(request, compared),
        "is_inside": has_role(request.member, INSIDE),
        "sees_names": rules.can_see_nominees(request.member),
        "query": request.GET.urlencode(),
    }
    return page(request, "training_calendar/differences.html", context, part="difference-rows")


def shown_differences(
    request: MemberRequest, compared: differences_shown.Compared
) -> dict[str, Any]:
    """What a page shows of two states of the calendar: the counts, and one page of the lines."""
    shown = Paginator(compared.difference.lines, LISTED).get_page(request.GET.get("page"))
    lines = differences_shown.shown_lines(shown, member=request.member)
    return {"compared": compared, "page_obj": shown, "lines": [_line(one) for one in lines]}


def _line(one: differences_shown.ShownLine) -> dict[str, Any]:
    badges = [(wording.CHANGE_SHAPES[kind], words)
              for kind, words in zip(one.kinds, one.kind_words, strict=True)]  # fmt: skip
    return {"one": one, "stand": one.line.stand, "badges": badges}


@require_GET
@member_required
def differences_workbook(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_plan(request.member))
    form = CompareForm(request.GET, differences_shown.states(request.member))
    compared = _compared(request, **form.chosen())

    def write(path: Path) -> None:
        differences_shown.write_differences(compared, path, member=request.member)

    return workbook_file(write, "calendar-differences.xlsx")


@require_http_methods(["GET", "POST"])
@member_required
def weights(request: MemberRequest) -> HttpResponse:
    """What each rule does when it is broken; the HR officer sets it."""
    require(rules.can_plan(request.member))
    owner = request.member.administration
    held = rule_weights.weights(owner)
    form = WeightsForm(request.POST or None, held)
    if request.method == "POST" and form.is_valid():
        rule_weights.set_weights(owner, form.cleaned_data, by=request.member)
        messages.success(request, _("The rules are weighed so from now on."))
        return redirect("training_calendar:release_list", owner.slug)
    fixed = [wording.rule(code) for code in rule_weights.CODES if code not in rule_weights.USUAL]
    return page(request, "training_calendar/rule_weights.html", {"form": form, "fixed": fixed})
