"""Pages of documents: the three, their versions and files, their outline, the checks."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from hrplan.core.wording import language_words, languages_of
from hrplan.deliverables import rules
from hrplan.deliverables.models import DocumentKind, DocumentVersion
from hrplan.deliverables.usecases import checks as kept
from hrplan.deliverables.usecases import comparing, documents, files, tracing, versions
from hrplan.deliverables.views import remarks
from hrplan.strategy.usecases import ties
from hrplan.strategy.usecases.contents import policy_rules, silent_areas
from hrplan.strategy.usecases.costs import cost_glance
from hrplan.strategy.usecases.read import current_strategy
from training_calendar.rules import can_see_supply


@require_GET
@member_required
def document_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_documents(request.member))
    owner = request.member.administration
    context = {
        "lines": documents.document_lines(owner, by=request.member),
        "can_freeze": rules.can_freeze(request.member),
        "languages": [(code, language_words(code)) for code in languages_of(owner)],
        "sees_internal": rules.can_see_internal(request.member),
    }
    return page(request, "deliverables/document_list.html", context)


@require_POST
@member_required
def freeze(request: MemberRequest) -> HttpResponse:
    internal = request.POST.get("edition") == "internal"
    language = request.POST.get("language", "")
    try:
        run = versions.ask_for_versions(by=request.member, internal=internal, language=language)
    except ValidationError as refusal:
        refused(request, refusal)
        return redirect("deliverables:document_list", request.member.administration.slug)
    return redirect("core:run", request.member.administration.slug, run.pk)


def known_kind(kind: str) -> str:
    """The document of an address; one that there is none of is not found."""
    if kind not in DocumentKind.values:
        raise Http404
    return kind


def seen_versions(request: MemberRequest) -> Any:
    """The versions that the member may see, without their content."""
    rows = DocumentVersion.objects.visible_to(request.member).select_related("administration")
    return rows.defer("tree", "snapshot")


@require_GET
@member_required
def document(request: MemberRequest, kind: str) -> HttpResponse:
    require(rules.can_see_documents(request.member))
    versions = seen_versions(request).filter(kind=known_kind(kind))
    first = languages_of(request.member.administration)[0]
    return _preview(request, kind, versions.foremost(first).first())


@require_GET
@member_required
def version(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(seen_versions(request), pk=pk)
    return _preview(request, found.kind, found)


def _preview(request: MemberRequest, kind: str, found: DocumentVersion | None) -> HttpResponse:
    wanted = found and ("preview" in request.GET or files.is_kept(found, files.FRAGMENT))
    fragment = files.file_of(found, files.FRAGMENT).decode() if found and wanted else ""
    rows = remarks.comments_on(request, found) if found else []
    linked = tracing.linked(fragment, by=request.member)
    shown, unplaced = remarks.with_comments(linked, found, rows, request) if found else ("", 0)
    listed = list(seen_versions(request).filter(kind=kind).order_by("-number", "is_internal"))
    context = {
        "kind": kind,
        "title": DocumentKind(kind).label,
        "version": found,
        "languages": {one.language for one in listed},
        "formats": files.formats_of(kind),
        "fragment": shown,
        "says": remarks.SAYING in request.GET,
        "unplaced": unplaced if fragment else 0,
        "versions": listed,
        "can_freeze": rules.can_freeze(request.member),
        "comment_count": len(rows),
        "can_compare": found and comparing.version_before(found, by=request.member) is not None,
    }
    return page(request, "deliverables/document.html", context)


@require_GET
@member_required
def version_file(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(seen_versions(request), pk=pk)
    wanted = request.GET.get("format", "docx")
    if wanted not in files.formats_of(found.kind):
        raise Http404
    try:
        data = files.file_of(found, wanted)
    except ValidationError as refusal:
        refused(request, refusal)
        return redirect(found)
    response = HttpResponse(data, content_type=files.TYPES[wanted])
    name = files.file_name(found, wanted)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
@member_required
def checks(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_checks(request.member))
    owner = request.member.administration
    context = {
        "checks": kept.kept_checks(owner),
        "loose": ties.loose_ends_of(owner),
        "off_chart": cost_glance(owner).off_chart,
        "sees_chart": can_see_supply(request.member),
        "silent": silent_areas(policy_rules(owner)) if current_strategy(owner) else (),
        "can_ask": rules.can_freeze(request.member),
        "can_override": rules.can_override(request.member),
    }
    return page(request, "deliverables/checks.html", context)


@require_POST
@member_required
def check_again(request: MemberRequest) -> HttpResponse:
    run = kept.ask_for_checks(by=request.member)
    return redirect("core:run", request.member.administration.slug, run.pk)
