"""Pages of comments: those of a version, an answer, and the matrix of all with their answers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competencies.views.lists import wanted_file
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from hrplan.deliverables import rules, wording
from hrplan.deliverables.analysis.responses import Response
from hrplan.deliverables.forms import AnswerForm, CommentForm, ReturnedForm
from hrplan.deliverables.models import Comment, DocumentKind, DocumentVersion
from hrplan.deliverables.usecases import comments as use
from hrplan.deliverables.usecases import comparing, places, returned
from hrplan.documents.marks import marked

LISTED = 50


@require_http_methods(["GET", "POST"])
@member_required
def comments(request: MemberRequest, pk: int) -> HttpResponse:
    """The comments on a version, and the form for another one."""
    seen = DocumentVersion.objects.visible_to(request.member).select_related("administration")
    version = get_object_or_404(seen, pk=pk)
    at = request.GET.get("at", "")
    form = CommentForm(
        request.POST or None,
        places=places.offered(places.places_of(version), request.POST.get("anchor", at)),
        initial={"anchor": at},
    )
    if request.method == "POST" and form.is_valid():
        try:
            use.comment(version, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        else:
            messages.success(request, _("The comment is kept."))
            if at:
                return redirect(f"{version.get_absolute_url()}#{form.cleaned_data['anchor']}")
            return redirect("deliverables:comments", version.administration.slug, version.pk)
    rows = Comment.objects.visible_to(request.member).filter(version=version)
    context = {
        "version": version,
        "form": form,
        "at": at,
        "can_take_in": rules.can_take_back_file(request.member, version),
        "page_obj": (shown := _page_of(request, rows.select_related("author__user"))),
        "lines": [_line(request, row) for row in shown],
    }
    return page(request, "deliverables/comments.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def take_in(request: MemberRequest, pk: int) -> HttpResponse:
    """A Word file that came back: its comments and changes become comments on the version."""
    seen = DocumentVersion.objects.visible_to(request.member).select_related("administration")
    version = get_object_or_404(seen, pk=pk)
    require(rules.can_take_back_file(request.member, version))
    form = ReturnedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = returned.take_in(version, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error("file", refusal.messages)  # type: ignore[arg-type]
        else:
            messages.success(request, wording.taken_in_words(found))
            return redirect("deliverables:comments", version.administration.slug, version.pk)
    return page(request, "deliverables/returned.html", {"version": version, "form": form})


def _reads(one: Response) -> str:
    """What became of the words of a passage or row, marked; empty where they are as they were."""
    return mark_safe(comparing.shown(marked(one.became.was, one.became.now)))  # noqa: S308 -- escaped


def _page_of(request: MemberRequest, rows: Any) -> Any:
    return Paginator(rows, LISTED).get_page(request.GET.get("page"))


def _line(request: MemberRequest, row: Comment) -> tuple[Comment, bool, bool]:
    """A comment, and whether the member may answer it, or take it back."""
    member = request.member
    return row, rules.can_answer(member, row), rules.can_withdraw(member, row)


def _comment(request: MemberRequest, pk: int) -> Comment:
    seen = Comment.objects.visible_to(request.member)
    return get_object_or_404(seen.select_related("version__administration"), pk=pk)


@require_http_methods(["GET", "POST"])
@member_required
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    row = _comment(request, pk)
    require(rules.can_answer(request.member, row))
    given = {"outcome": row.outcome, "text": row.answer}
    form = AnswerForm(request.POST or None, initial=given if row.outcome else None)
    if request.method == "POST" and form.is_valid():
        try:
            use.answer(row, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        else:
            messages.success(request, _("The answer is kept. It is printed in the next version."))
            return redirect(
                "deliverables:responses", row.version.administration.slug, row.version.kind
            )
    return page(request, "deliverables/answer.html", {"comment": row, "form": form})


@require_POST
@member_required
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    row = _comment(request, pk)
    try:
        use.withdraw(row, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    return redirect("deliverables:comments", row.version.administration.slug, row.version_id)


@require_GET
@member_required
def responses(request: MemberRequest, kind: str) -> HttpResponseBase:
    """The response matrix of a document: each comment, its answer, what changed where."""
    require(rules.can_see_documents(request.member))
    if kind not in DocumentKind.values:
        raise Http404
    found = use.responses(request.member.administration, kind, by=request.member)
    head, rows = wording.response_rows(found)
    if (file := wanted_file(request, f"responses-{kind}", head, rows)) is not None:
        return file
    shown = _page_of(request, found)
    made = Comment.objects.visible_to(request.member).in_bulk([one.key for one in shown])
    context = {
        "kind": kind,
        "title": DocumentKind(kind).label,
        "page_obj": shown,
        "lines": [
            (
                one,
                rules.can_answer(request.member, made[one.key]),
                wording.from_words(one),
                wording.answer_words(one),
                wording.changed_words(one),
                _reads(one),
            )
            for one in shown
        ],
        "open": sum(not one.outcome for one in found),
    }
    return page(request, "deliverables/responses.html", context)
