"""Pages of the papers that a diagnostic leaves: minutes of a workshop, close-out report."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from diagnostics import rules
from diagnostics.models import Exercise, Workshop
from diagnostics.report import papers
from diagnostics.views.exercises import exercise_or_404
from diagnostics.views.workshops import workshop_of
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page


@require_http_methods(["GET", "POST"])
@member_required
def minutes(request: MemberRequest, pk: int) -> HttpResponse:
    held = workshop_of(request, pk)
    if request.method == "POST":
        papers.ask_for_minutes(held, by=request.member)
        return redirect(request.path)
    context = {
        "title": _("Minutes of the workshop"),
        "file_url": reverse("diagnostics:minutes_file", args=[held.administration.slug, pk]),
        "can_make": rules.can_make_minutes(request.member, held),
        "is_final": held.is_closed,
    }
    return _shown(request, held, context)


@require_http_methods(["GET", "POST"])
@member_required
def close_out(request: MemberRequest, pk: int) -> HttpResponse:
    held = _closing(request, pk)
    if request.method == "POST":
        papers.ask_for_close_out(held, by=request.member)
        return redirect(request.path)
    context = {
        "title": _("Close-out report of the diagnostic"),
        "file_url": reverse("diagnostics:close_out_file", args=[held.administration.slug, pk]),
        "can_make": rules.can_prepare(request.member),
        "is_final": True,
    }
    return _shown(request, held, context)


def _closing(request: MemberRequest, pk: int) -> Exercise:
    held = exercise_or_404(request, pk)
    require(rules.can_see_close_out(request.member, held))
    return held


def _shown(
    request: MemberRequest, row: Workshop | Exercise, context: dict[str, Any]
) -> HttpResponse:
    paper = papers.paper_of(row)
    fragment = papers.file_of(paper, papers.FRAGMENT).decode() if paper.is_kept else ""
    context |= {
        "row": row,
        "paper": paper,
        "formats": tuple(papers.TYPES),
        "fragment": mark_safe(fragment),  # noqa: S308 -- every text was escaped by the renderer
    }
    return page(request, "diagnostics/paper_shown.html", context, part="paper")


@require_GET
@member_required
def minutes_file(request: MemberRequest, pk: int) -> HttpResponse:
    return _handed_out(request, workshop_of(request, pk))


@require_GET
@member_required
def close_out_file(request: MemberRequest, pk: int) -> HttpResponse:
    return _handed_out(request, _closing(request, pk))


def _handed_out(request: MemberRequest, row: Workshop | Exercise) -> HttpResponse:
    wanted = request.GET.get("format", "docx")
    if wanted not in papers.TYPES:
        raise Http404
    try:
        data = papers.file_of(papers.paper_of(row), wanted)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        name = "diagnostics:minutes" if isinstance(row, Workshop) else "diagnostics:close_out"
        return redirect(name, row.administration.slug, row.pk)
    response = HttpResponse(data, content_type=papers.TYPES[wanted])
    name = papers.file_name(row, wanted)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
