"""Pages behind a link: the submission for somebody of the ministry who has no account."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hrplan.core.http import page, refused
from hrplan.core.limits import Limit, address_of, unlisted
from hrplan.deliverables import wording
from hrplan.deliverables.forms import CommentForm, MoveForm
from hrplan.deliverables.models import DocumentVersion, ReviewLink
from hrplan.deliverables.usecases import checklist as tests
from hrplan.deliverables.usecases import files, links, places
from hrplan.deliverables.views import lines as ruling
from hrplan.deliverables.views import remarks

GUESSES = Limit("review-guess", most=20, seconds=600)
"""Wrong secrets from one address."""
CALLS = Limit("review-call", most=300, seconds=3600)
"""Calls by one link."""
FORMATS = ("docx", "pdf")
"""What is handed out by a link."""


class LinkRequest(HttpRequest):
    """A request that came through `link_required`."""

    link: ReviewLink
    secret: str


def link_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Set `request.link` from the secret in the address, or answer 404, whatever is wrong with it.

    Nothing of these pages is kept or found; under `no-referrer` browsers would send forms without
    their origin, which Django refuses.
    """

    @wraps(view)
    def inner(request: Any, token: str, **kwargs: Any) -> HttpResponse:
        who = address_of(request)
        if GUESSES.is_reached(who):
            return GUESSES.refusal()
        found = links.live(token)
        if found is None:
            GUESSES.count(who)
            raise Http404
        if CALLS.is_reached(found.secret):
            return CALLS.refusal()
        CALLS.count(found.secret)
        request.link, request.secret = found, token
        answer = view(request, **kwargs)
        for name, value in (unlisted() | {"Referrer-Policy": "same-origin"}).items():
            answer.headers[name] = value
        return answer

    return inner


def _page(request: LinkRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    told = {
        "administration": request.link.administration,
        "link": request.link,
        "submission": request.link.submission,
        "secret": request.secret,
    }
    return page(request, template, context | told)


@require_GET
@link_required
def show(request: LinkRequest) -> HttpResponse:
    """The documents, what the ministry remarked, and what the link may say."""
    links.note_use(request.link, links.OPENED)
    shown = links.link_shown(request.link)
    form = MoveForm(initial={"shown": shown.shown})
    words = wording.link_words(request.link.step, shown.can_comment, bool(shown.moves))
    context = {"shown": shown, "form": form, "formats": FORMATS, "words": words}
    return _page(request, "deliverables/review.html", context)


@require_POST
@link_required
def say(request: LinkRequest) -> HttpResponse:
    """A move by the link."""
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the moves shown."))
        return redirect("review:show", request.secret)
    wanted = form.cleaned_data
    try:
        links.say(request.link, wanted["move"], note=wanted["note"], shown=wanted["shown"])
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("It is kept with your name and the hashes of the documents."))
    return redirect("review:show", request.secret)


@require_http_methods(["GET", "POST"])
@link_required
def lines(request: LinkRequest) -> HttpResponse:
    """The lines with what was decided on each; POST rules on one by the link."""
    if request.method == "POST":
        ruling.ruled(request, partial(links.rule, request.link))
        return redirect(request.get_full_path())
    if not links.versions_of(request.link).exists():
        raise Http404
    can_rule = links.can_rule(request.link)
    context = ruling.listed(request, request.link.submission, can_rule=can_rule)
    return _page(request, "deliverables/review_lines.html", context)


@require_GET
@link_required
def checklist(request: LinkRequest) -> HttpResponse:
    """The reviewer's tests on the documents that the link reads."""
    versions = links.versions_of(request.link).defer("tree", "snapshot")
    context = {"tests": tests.tested(versions)}
    return _page(request, "deliverables/review_checklist.html", context)


def _version(request: LinkRequest, pk: int) -> DocumentVersion:
    return get_object_or_404(links.versions_of(request.link).defer("tree", "snapshot"), pk=pk)


@require_http_methods(["GET", "POST"])
@link_required
def document(request: LinkRequest, pk: int) -> HttpResponse:
    """One document as a page; POST keeps a comment on one of its places."""
    version = _version(request, pk)
    at = request.GET.get("at", "")
    form = CommentForm(
        request.POST or None,
        places=places.offered(places.places_of(version), request.POST.get("anchor", at)),
        initial={"anchor": at},
    )
    if request.method == "POST" and form.is_valid():
        try:
            links.comment(request.link, version, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        else:
            messages.success(request, _("The comment is kept."))
            return redirect("review:show", request.secret)
    links.note_use(request.link, links.READ)
    fragment = files.file_of(version, files.FRAGMENT).decode()
    can_comment = links.can_speak(request.link)
    shown, _unplaced = remarks.placed(fragment, version, (), request.path if can_comment else "")
    context = {
        "version": version,
        "form": form,
        "formats": FORMATS,
        "can_comment": can_comment,
        "is_chosen": bool(at),
        "fragment": shown,
    }
    return _page(request, "deliverables/review_document.html", context)


@require_GET
@link_required
def document_file(request: LinkRequest, pk: int) -> HttpResponse:
    """One document as a file."""
    version = _version(request, pk)
    wanted = request.GET.get("format", FORMATS[0])
    if wanted not in FORMATS:
        raise Http404
    links.note_use(request.link, links.FILE)
    answer = HttpResponse(files.file_of(version, wanted), content_type=files.TYPES[wanted])
    name = files.file_name(version, wanted)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
