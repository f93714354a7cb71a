"""Pages of frameworks of other systems: files in, the preview, and the decision."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competencies import frames, rules
from competencies.forms.framework_imports import FrameworkFilesForm, HeadForm, NarrowForm
from competencies.models import FrameworkImport
from competencies.usecases import framework_imports
from competencies.wording import fault_words
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused

FILES, LINES = 20, 100  # on one page
UNDECIDED = (FrameworkImport.State.PREVIEWED, FrameworkImport.State.REFUSED)


@require_http_methods(["GET", "POST"])
@member_required
def framework_imports_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_change_framework(request.member))
    form = FrameworkFilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        files, narrowed = form.cleaned_data["file"], form.narrowed()
        return redirect(framework_imports.receive(files, by=request.member, narrowed=narrowed))
    seen = FrameworkImport.objects.visible_to(request.member).defer("content", "faults", "notes")
    rows = seen.select_related("by__user", "administration")
    shown = Paginator(rows, FILES).get_page(request.GET.get("page"))
    return page(request, "competencies/framework_imports.html", {"form": form, "page_obj": shown})


@require_GET
@member_required
def framework_import(request: MemberRequest, pk: int) -> HttpResponse:
    return _shown(request, _row(request, pk))


def _row(request: MemberRequest, pk: int) -> FrameworkImport:
    require(rules.can_change_framework(request.member))
    seen = FrameworkImport.objects.visible_to(request.member)
    return get_object_or_404(seen.select_related("administration", "framework"), pk=pk)


def _shown(
    request: MemberRequest,
    row: FrameworkImport,
    head: HeadForm | None = None,
    narrow: NarrowForm | None = None,
) -> HttpResponse:
    content = framework_imports.content_of(row)
    lines = content.competencies if content else ()
    titles = {group.code: group.title for group in content.groups} if content else {}
    shown = Paginator(lines, LINES).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "row": row,
        "content": content,
        "page_obj": shown,
        "lines": [(titles[one.group], one) for one in shown],
        "level_texts": sum(len(one.levels) for one in lines),
        "faults": [fault_words(one) for one in row.faults],
        "notes": [fault_words(one) for one in row.notes],
        "in_force": frames.current_framework(row.administration),
        "is_open": row.state in UNDECIDED,
    }
    if content and row.state == FrameworkImport.State.PREVIEWED:
        said = {name: getattr(content.head, name) for name in framework_imports.HEAD}
        context["head_form"] = head or HeadForm(initial=said)
    if row.form == FrameworkImport.Form.ESCO or _is_esco(row):
        said = {name: getattr(row, name) for name in NarrowForm.base_fields}
        context["narrow_form"] = narrow or NarrowForm(initial=said)
    return page(request, "competencies/framework_import.html", context)


def _is_esco(row: FrameworkImport) -> bool:
    """Refused, but by the reader of ESCO's files."""
    return any(fault["key"].startswith("esco_") for fault in row.faults)


@require_POST
@member_required
def framework_import_narrow(request: MemberRequest, pk: int) -> HttpResponse:
    row, form = _row(request, pk), NarrowForm(request.POST)
    if not form.is_valid():
        return _shown(request, row, narrow=form)
    try:
        framework_imports.narrow(row, form.narrowed(), by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    return redirect(row)


@require_POST
@member_required
def framework_import_decide(request: MemberRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    try:
        if "drop" in request.POST:
            framework_imports.drop(row, by=request.member)
            return redirect(row)
        form = HeadForm(request.POST)
        if not form.is_valid():
            return _shown(request, row, head=form)
        made = framework_imports.confirm(row, form.cleaned_data, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("The framework is taken in."))
        return redirect(made)
    return redirect(row)
