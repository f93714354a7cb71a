"""Pages that compare two versions of a document, and the Word file with the changes tracked."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from hrplan.core.access import MemberRequest, member_required
from hrplan.core.http import key_asked, page
from hrplan.deliverables import wording
from hrplan.deliverables.models import DocumentVersion
from hrplan.deliverables.usecases import comparing, files

LISTED = 200  # changes and numbers on a page; the document has all of them


@require_GET
@member_required
def compare(request: MemberRequest, pk: int) -> HttpResponse:
    """What differs from another version: in sums, number by number, and in the text."""
    version = _version(request, pk)
    others = comparing.comparable(version, by=request.member)
    other = _other(request, version)
    context: dict[str, Any] = {"version": version, "others": others, "other": other}
    if other is not None:
        old, new = _in_order(version, other)
        found = comparing.comparison(old, new)
        context |= {
            "old": old,
            "new": new,
            "found": found,
            "counts": wording.change_counts(found),
            "numbers": found.numbers[:LISTED],
            "changes": [
                (wording.change_word(one), wording.block_word(one.what), one, _shown(one.words))
                for one in found.changes[:LISTED]
            ],
            "left": max(0, len(found.changes) - LISTED),
            "fragment": _fragment(request, old, new),
        }
    return page(request, "deliverables/compare.html", context)


@require_GET
@member_required
def compare_file(request: MemberRequest, pk: int) -> HttpResponse:
    """The newer version as a Word file with the changes tracked."""
    version = _version(request, pk)
    other = _other(request, version)
    if other is None:
        raise Http404
    old, new = _in_order(version, other)
    response = HttpResponse(comparing.docx_of(old, new), content_type=files.TYPES["docx"])
    name = comparing.file_name(old, new)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _version(request: MemberRequest, pk: int) -> DocumentVersion:
    seen = DocumentVersion.objects.visible_to(request.member).select_related("administration")
    return get_object_or_404(seen, pk=pk)


def _other(request: MemberRequest, version: DocumentVersion) -> DocumentVersion | None:
    """The version asked for; else the one before."""
    wanted = request.GET.get("with", "")
    if not wanted:
        return comparing.version_before(version, by=request.member)
    return _version(request, key_asked(wanted))


def _in_order(
    version: DocumentVersion, other: DocumentVersion
) -> tuple[DocumentVersion, DocumentVersion]:
    try:
        return comparing.in_order(version, other)
    except ValidationError as refusal:
        raise Http404 from refusal


def _fragment(request: MemberRequest, old: DocumentVersion, new: DocumentVersion) -> str:
    """The document with its marks, where it is asked for or was made before."""
    if "preview" not in request.GET and not comparing.is_kept(old, new):
        return ""
    return mark_safe(comparing.fragment_of(old, new).decode())  # noqa: S308 -- renderer's escapes


def _shown(words: str) -> str:
    return mark_safe(comparing.shown(words))  # noqa: S308 -- escaped there
