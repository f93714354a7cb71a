"""Pages of links and papers: what the ministry says without an account, as the office sees it."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page
from hrplan.core.lan import base_address
from hrplan.core.pictures import qr_svg
from hrplan.deliverables import rules, wording
from hrplan.deliverables.forms import LinkForm, PaperForm
from hrplan.deliverables.models import Move, ReviewLink, Submission, SubmissionStep
from hrplan.deliverables.usecases import checklist as tests
from hrplan.deliverables.usecases import links, outside, papers, submissions
from hrplan.deliverables.views.seen import seen_submission


@require_http_methods(["GET", "POST"])
@member_required
def link_list(request: MemberRequest, pk: int) -> HttpResponse:
    """The links of a submission and the form for another; its address is shown this once."""
    require(rules.can_make_link(request.member))
    found = seen_submission(request, pk)
    form = LinkForm(request.POST or None, steps=outside.steps_left(found))
    context: dict[str, Any] = {"submission": found, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            made = links.make_link(found, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        else:
            context |= _shown_once(request, made)
            context["form"] = LinkForm(None, steps=outside.steps_left(found))
    context["links"] = link_lines(found, request)
    return page(request, "deliverables/link_list.html", context)


def _shown_once(request: MemberRequest, made: links.Made) -> dict[str, Any]:
    """The address with its picture and a letter to send it by."""
    address = base_address(request) + reverse("review:show", args=[made.secret])
    letter = wording.link_letter(made.link, address)
    mail = f"mailto:?subject={quote(str(made.link.submission))}&body={quote(letter)}"
    return {"made": made.link, "address": address, "picture": qr_svg(address), "mail": mail}


def link_lines(found: Submission, request: MemberRequest) -> list[tuple[Any, ...]]:
    """Each link with whether it still opens, and its last uses in words."""
    rows = links.links_of(found, by=request.member)
    return [(one, links.is_live(one), _uses(one)) for one in rows]


def _uses(link: ReviewLink) -> list[tuple[Any, str]]:
    return [(use.at, wording.use_word(use.what)) for use in link.uses.all()]


@require_POST
@member_required
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_make_link(request.member))
    rows = ReviewLink.objects.visible_to(request.member).select_related("submission")
    found = get_object_or_404(rows, pk=pk)
    links.revoke(found, by=request.member)
    messages.success(request, _("The link opens nothing any more. What was said by it stays."))
    slug = request.member.administration.slug
    return redirect("deliverables:link_list", slug, found.submission_id)


@require_http_methods(["GET", "POST"])
@member_required
def paper_list(request: MemberRequest, pk: int) -> HttpResponse:
    """What was answered on paper, and for the HR officer the form for another page."""
    require(rules.can_see_papers(request.member))
    found = seen_submission(request, pk)
    able = outside.open_moves(found)
    form = _paper_form(request, found, able)
    if request.method == "POST" and form.is_valid():
        try:
            papers.record(found, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        else:
            messages.success(request, _("It is recorded with the scanned page."))
            return redirect(found)
    context = {
        "submission": found,
        "papers": paper_lines(found),
        "can_record": rules.can_record_paper(request.member),
        "steps": able,
        "form": form,
    }
    return page(request, "deliverables/paper_list.html", context)


def _paper_form(
    request: MemberRequest,
    found: Submission,
    able: Iterable[tuple[SubmissionStep, tuple[Move, ...]]],
) -> PaperForm:
    if request.method == "POST":
        require(rules.can_record_paper(request.member))
    return PaperForm(
        request.POST or None,
        request.FILES or None,
        steps=[step for step, _moves in able],
        moves=dict.fromkeys(move for _step, moves in able for move in moves),
        shown=submissions.shown_hash(found),
    )


def paper_lines(found: Submission) -> list[tuple[Any, str]]:
    """Each paper with its move in words."""
    return [(one, wording.move_word(one.move)) for one in papers.papers(found)]


@require_GET
@member_required
def paper(request: MemberRequest, pk: int) -> HttpResponse:
    """The scan, to be kept and never opened in the page."""
    found = get_object_or_404(papers.seen(request.member), pk=pk)
    with found.paper.open("rb") as kept:
        data = kept.read()
    answer = HttpResponse(data, content_type=papers.TYPES[papers.ending(found)])
    answer["Content-Disposition"] = f'attachment; filename="{papers.file_name(found)}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_GET
@member_required
def checklist(request: MemberRequest, pk: int) -> HttpResponse:
    """The reviewer's tests on the documents of a submission."""
    found = seen_submission(request, pk)
    context = {"submission": found, "tests": tests.tested(found.versions.defer("tree", "snapshot"))}
    return page(request, "deliverables/checklist.html", context)
