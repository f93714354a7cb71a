"""Pages of documents: the three, their versions and files, their outline, the checks."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from hrplan.core.wording import language_words, languages_of
from hrplan.deliverables import rules
from hrplan.deliverables.forms import PassageForm
from hrplan.deliverables.models import Comment, DocumentKind, DocumentVersion
from hrplan.deliverables.usecases import checks as kept
from hrplan.deliverables.usecases import comparing, documents, files, versions


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


def _kind(kind: str) -> str:
    if kind not in DocumentKind.values:
        raise Http404
    return kind


def seen_versions(request: MemberRequest) -> Any:
    """The versions that the member may see, without their content."""
    return DocumentVersion.objects.visible_to(request.member).defer("tree", "snapshot")


@require_GET
@member_required
def document(request: MemberRequest, kind: str) -> HttpResponse:
    require(rules.can_see_documents(request.member))
    versions = seen_versions(request).filter(kind=_kind(kind))
    first = languages_of(request.member.administration)[0]
    return _preview(request, kind, versions.foremost(first).first())


@require_GET
@member_required
def version(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(seen_versions(request), pk=pk)
    return _preview(request, found.kind, found)


def _comments(request: MemberRequest) -> Any:
    return Comment.objects.visible_to(request.member)


def _preview(request: MemberRequest, kind: str, found: DocumentVersion | None) -> HttpResponse:
    wanted = found and ("preview" in request.GET or files.is_kept(found, files.FRAGMENT))
    fragment = files.file_of(found, files.FRAGMENT).decode() if found and wanted else ""
    listed = list(seen_versions(request).filter(kind=kind).order_by("-number", "is_internal"))
    context = {
        "kind": kind,
        "title": DocumentKind(kind).label,
        "version": found,
        "languages": {one.language for one in listed},
        "formats": files.formats_of(kind),
        "fragment": mark_safe(fragment),  # noqa: S308 -- every text was escaped by the renderer
        "versions": listed,
        "can_freeze": rules.can_freeze(request.member),
        "comment_count": found
        and Comment.objects.visible_to(request.member).filter(version=found).count(),
        "can_compare": found and comparing.version_before(found, by=request.member) is not None,
    }
    return page(request, "deliverables/document.html", context)


@require_GET
@member_required
def version_file(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(seen_versions(request).select_related("administration"), pk=pk)
    wanted = request.GET.get("format", "docx")
    if wanted not in files.formats_of(found.kind):
        raise Http404
    response = HttpResponse(files.file_of(found, wanted), content_type=files.TYPES[wanted])
    name = files.file_name(found, wanted)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _language(request: MemberRequest) -> str:
    """The administration's language that the address names, or its first."""
    own = languages_of(request.member.administration)
    asked = request.GET.get("language", own[0])
    if asked not in own:
        raise Http404
    return asked


@require_GET
@member_required
def outline(request: MemberRequest, kind: str) -> HttpResponse:
    require(rules.can_freeze(request.member))
    owner = request.member.administration
    context = {
        "kind": _kind(kind),
        "title": DocumentKind(kind).label,
        "places": documents.outline(owner, kind, language := _language(request)),
        "language": language,
        "languages": [(code, language_words(code)) for code in languages_of(owner)],
    }
    return page(request, "deliverables/outline.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def passage(request: MemberRequest, kind: str) -> HttpResponse:
    require(rules.can_freeze(request.member))
    owner = request.member.administration
    language = _language(request)
    places = {place.key: place for place in documents.outline(owner, _kind(kind), language)}
    place = places.get(request.GET.get("section", next(iter(places))))
    if place is None:
        raise Http404
    form = PassageForm(request.POST or None, initial={"text": place.text})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        documents.write_passage(owner, kind, place.key, text, by=request.member, language=language)
        messages.success(request, _("The text is kept. It stands in the next version."))
        back = reverse("deliverables:outline", args=[owner.slug, kind])
        return redirect(f"{back}?language={language}")
    context = {
        "kind": kind,
        "title": DocumentKind(kind).label,
        "place": place,
        "form": form,
        "language": language,
        "language_name": language_words(language) if len(languages_of(owner)) > 1 else "",
    }
    return page(request, "deliverables/passage.html", context)


@require_GET
@member_required
def checks(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_checks(request.member))
    context = {
        "checks": kept.kept_checks(request.member.administration),
        "can_ask": rules.can_freeze(request.member),
    }
    return page(request, "deliverables/checks.html", context)


@require_POST
@member_required
def check_again(request: MemberRequest) -> HttpResponse:
    run = kept.ask_for_checks(by=request.member)
    return redirect("core:run", request.member.administration.slug, run.pk)
