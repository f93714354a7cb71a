"""Pages of campaigns: the list, one campaign with its progress and tasks, a sheet to fill in."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competencies import rules
from competencies.forms.campaigns import HandInForm, SheetFilter, SheetForm
from competencies.models import Campaign
from competencies.usecases import campaigns, gaps, scopes, sheet_files, sheets, waiting
from competencies.views.staff import person_of
from competencies.wording import source_words
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.frames import Rows
from hrplan.core.http import page, refused, workbook_file

TASKS = 50  # on one page


@require_GET
@member_required
def campaign_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_people(request.member))
    context = {
        "campaigns": Campaign.objects.visible_to(request.member),
        "waiting": waiting.waiting_for(request.member),
        "can_keep": rules.can_keep_people(request.member),
    }
    return page(request, "competencies/campaign_list.html", context)


def _campaign(request: MemberRequest, pk: int) -> Campaign:
    require(rules.can_see_people(request.member))
    seen = Campaign.objects.visible_to(request.member).select_related("administration")
    return get_object_or_404(seen, pk=pk)


@require_GET
@member_required
def campaign(request: MemberRequest, pk: int) -> HttpResponse:
    row = _campaign(request, pk)
    analysis = gaps.gap_analysis(row.administration)
    table = campaigns.campaign_coverage(row, analysis)
    is_open = row.state == Campaign.State.OPEN
    form = SheetFilter(request.GET, analysis=analysis)
    shown = campaigns.narrowed(table, analysis, **form.chosen())
    mine = campaigns.own_part(request.member, analysis, shown if is_open else shown[:0])
    keeps = rules.can_keep_people(request.member)
    page_obj = Paginator(Rows(mine), TASKS).get_page(request.GET.get("page"))
    tasks = campaigns.tasks_of(analysis, page_obj)
    context = {
        "campaign": row,
        "sources": [source_words(source) for source in row.sources],
        "page_obj": page_obj,
        "tasks": [(source_words(task.source), task) for task in tasks],
        "form": form,
        "narrow": urlencode({name: told for name, told in form.chosen().items() if told}),
        "left": int((mine["done"] < mine["asked"]).sum()),
        "can_keep": keeps,
        "scope": scopes.titles_of(row),
        "sees_progress": rules.can_see_small_cells(request.member),
    }
    if context["sees_progress"]:
        seen = campaigns.campaign_progress(row, analysis, table)
        context["progress"] = seen
        context["parts"] = [(source_words(one.source), one) for one in seen.sources]
    return page(request, "competencies/campaign.html", context, part="tasks")


@require_POST
@member_required
def open_campaign(request: MemberRequest, pk: int) -> HttpResponse:
    words = _("The campaign is open; raters find it on their first page.")
    return _turn(request, pk, campaigns.open_campaign, words)


@require_POST
@member_required
def close_campaign(request: MemberRequest, pk: int) -> HttpResponse:
    return _turn(request, pk, campaigns.close_campaign, _("The campaign is closed."))


@require_POST
@member_required
def remind(request: MemberRequest, pk: int) -> HttpResponse:
    words = _("Everybody with something left to rate is reminded on their first page.")
    return _turn(request, pk, campaigns.remind, words)


def _turn(request: MemberRequest, pk: int, act: Callable[..., Any], words: str) -> HttpResponse:
    row = _campaign(request, pk)
    try:
        act(row, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, words)
    return redirect(row)


@require_http_methods(["GET", "POST"])
@member_required
def sheet(request: MemberRequest, pk: int, person: int, source: str) -> HttpResponse:
    """All that one source says of one person, saved as far as it is filled in."""
    row, who = _campaign(request, pk), person_of(request, person)
    held = sheets.sheet_for(row, who, source, by=request.member)
    form = SheetForm(request.POST or None, sheet=held)
    if request.method == "POST" and form.is_valid():
        try:
            written = sheets.fill_sheet(held, form.entries(), by=request.member)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Ratings recorded: %(n)d.") % {"n": written})
            return redirect(row)
    context = {
        "campaign": row, "person": who, "sheet": held, "form": form,
        "source": source_words(source), "is_open": row.state == Campaign.State.OPEN,
    }  # fmt: skip
    return page(request, "competencies/sheet.html", context)


@require_GET
@member_required
def forms_file(request: MemberRequest, pk: int) -> HttpResponse:
    """The sheets that the member has to fill in, as a workbook."""
    row = _campaign(request, pk)
    require(rules.can_rate(request.member))
    name = f"forms-{row.code}.xlsx"
    narrow = {key: request.GET.get(key, "") for key in SheetFilter.base_fields}
    return workbook_file(
        lambda out: sheet_files.forms_of(row, out, by=request.member, **narrow), name
    )


@require_http_methods(["GET", "POST"])
@member_required
def hand_in(request: MemberRequest, pk: int) -> HttpResponse:
    row = _campaign(request, pk)
    require(rules.can_rate(request.member))
    form = HandInForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            written = sheet_files.hand_in(row, form.cleaned_data["file"], by=request.member)
        except ValidationError as refusal:
            form.add_error("file", refusal)
        else:
            messages.success(request, _("Ratings recorded: %(n)d.") % {"n": written})
            return redirect(row)
    context = {
        "form": form,
        "parent": row,
        "title": _("Hand in forms"),
        "about": _("The workbook as it is had here, filled in. Rows without a level say nothing; "
                   "a file with a fault changes nothing."),
        "back": row.get_absolute_url(),
    }  # fmt: skip
    return page(request, "competencies/standing_form.html", context)
