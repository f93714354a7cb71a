"""Pages of an outline: the order of the sections, each on or off, and one's own texts in them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from hrplan.deliverables import rules
from hrplan.deliverables.analysis.arrangement import Step
from hrplan.deliverables.contents.documents import PARTS
from hrplan.deliverables.forms import PassageForm
from hrplan.deliverables.models import DocumentKind
from hrplan.deliverables.usecases import outlines, passages
from hrplan.deliverables.usecases.drafts import checked_language
from hrplan.deliverables.usecases.outlines import Place
from hrplan.deliverables.views.documents import known_kind


@require_GET
@member_required
def outline(request: MemberRequest, kind: str) -> HttpResponse:
    require(rules.can_freeze(request.member))
    owner = request.member.administration
    language = _language(request)
    places = outlines.outline(owner, known_kind(kind), language)
    stale = passages.stale_counts(owner)
    context = {
        "kind": kind,
        "title": DocumentKind(kind).label,
        "places": places,
        "always": [title for _key, title in outlines.ALWAYS],
        "stale": sum(bool(place.stale) for place in places),
        "reading": passages.reading_of(owner),
        "language": language,
        "languages": [_tab(code, language, stale[kind, code]) for code in owner.languages],
    }
    return page(request, "deliverables/outline.html", context)


@require_POST
@member_required
def move_section(request: MemberRequest, kind: str) -> HttpResponse:
    owner, section = request.member.administration, request.POST.get("section", "")
    step: Step = "down" if request.POST.get("step") == "down" else "up"
    try:
        outlines.move_section(owner, known_kind(kind), section, step, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    return _to_section(request, kind, section, _language(request))


@require_POST
@member_required
def turn_section(request: MemberRequest, kind: str) -> HttpResponse:
    owner, section = request.member.administration, request.POST.get("section", "")
    is_on = request.POST.get("on") == "1"
    try:
        outlines.turn_section(owner, known_kind(kind), section, is_on=is_on, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    return _to_section(request, kind, section, _language(request))


def _language(request: MemberRequest) -> str:
    """The language asked for, the administration's first without one; another is not found."""
    try:
        return checked_language(request.member.administration, request.GET.get("language", ""))
    except ValidationError as refusal:
        raise Http404 from refusal


def _name_of(language: str) -> str:
    """The language in its own name; its code where it has none here."""
    try:
        return str(get_language_info(language)["name_local"])
    except KeyError:
        return language


def _tab(code: str, language: str, stale: int) -> dict[str, Any]:
    return {
        "title": _name_of(code),
        "url": f"?language={code}",
        "active": code == language,
        "count": stale or None,
    }


def _to_section(request: MemberRequest, kind: str, section: str, language: str) -> HttpResponse:
    """Back to the outline, at the section's row where it has one."""
    owner = request.member.administration
    known = section in {part.key for part in PARTS[kind]}
    address = reverse("deliverables:outline", args=[owner.slug, kind])
    row = f"#{section}" if known else ""
    return redirect(f"{address}?language={language}{row}")


@require_http_methods(["GET", "POST"])
@member_required
def passage(request: MemberRequest, kind: str) -> HttpResponse:
    """One's own text in a section: kept, or only looked at as it will stand."""
    require(rules.can_freeze(request.member))
    owner, language = request.member.administration, _language(request)
    place = _place_asked(request, known_kind(kind), language)
    form = PassageForm(request.POST or None, initial={"text": place.text})
    if request.method == "POST" and _kept(request, form, kind, place.key, language):
        messages.success(request, _("The text is kept. It stands in the next version."))
        return _to_section(request, kind, place.key, language)
    text = request.POST.get("text", place.text).replace("\r\n", "\n")
    shown, reading = passages.preview(owner, text, language=language), passages.reading_of(owner)
    context: dict[str, Any] = {
        "kind": kind,
        "title": DocumentKind(kind).label,
        "place": place,
        "form": form,
        "reading": reading,
        "figures": passages.figure_lines(owner, reading),
        "preview": mark_safe(shown),  # noqa: S308 -- every text was escaped by the renderer
        "is_kept": text == place.text,
        "language": language,
        "language_name": _name_of(language) if len(owner.languages) > 1 else "",
    }
    return page(request, "deliverables/passage.html", context)


def _kept(request: MemberRequest, form: PassageForm, kind: str, key: str, language: str) -> bool:
    """Whether the text was kept; a preview is not, and a refusal is shown at its field."""
    if not form.is_valid() or "preview" in request.POST:
        return False
    owner, text = request.member.administration, form.cleaned_data["text"]
    try:
        passages.write_passage(owner, kind, key, text, by=request.member, language=language)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


@require_POST
@member_required
def confirm(request: MemberRequest, kind: str) -> HttpResponse:
    """The text still holds with its figures as they are."""
    owner, section = request.member.administration, request.POST.get("section", "")
    seen = parse_datetime(request.POST.get("seen", "")) if request.POST.get("seen") else None
    language = _language(request)
    try:
        passages.confirm_passage(
            owner, known_kind(kind), section, by=request.member, language=language, seen=seen
        )
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("The text holds with its figures as they are now."))
    return _to_section(request, kind, section, language)


def _place_asked(request: MemberRequest, kind: str, language: str) -> Place:
    """The section of the address, the first without one."""
    found = outlines.outline(request.member.administration, kind, language)
    places = {place.key: place for place in found}
    place = places.get(request.GET.get("section", next(iter(places))))
    if place is None:
        raise Http404
    return place
