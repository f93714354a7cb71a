"""Pages of submissions: put together, moved by the table, renewed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from hrplan.deliverables import rules, wording
from hrplan.deliverables.forms import DocumentsForm, MoveForm
from hrplan.deliverables.models import SENT, Submission
from hrplan.deliverables.usecases import choosing, documents, submissions
from hrplan.deliverables.views.links import link_lines, paper_lines
from hrplan.deliverables.views.seen import seen_submission


@require_GET
@member_required
def submission_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_documents(request.member))
    owner = request.member.administration
    context = {
        "submissions": documents.submissions(owner, by=request.member),
        "can_make": rules.can_make_submission(request.member),
        "can_delegate": rules.can_delegate(request.member),
    }
    return page(request, "deliverables/submission_list.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def new_submission(request: MemberRequest) -> HttpResponse:
    """Choose the documents: all that are free, unless told."""
    require(rules.can_make_submission(request.member))
    owner = request.member.administration
    offers = choosing.offers(owner)
    free = [one.kind for one in offers if one.is_free]
    asked = request.POST if request.method == "POST" else None
    form = DocumentsForm(asked, offers=offers, chosen=free)
    if form.is_valid():
        documents = form.cleaned_data["documents"]
        try:
            return redirect(submissions.make_submission(owner, documents, by=request.member))
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)  # type: ignore[arg-type]
    return page(request, "deliverables/submission_new.html", {"form": form})


@require_GET
@member_required
def submission(request: MemberRequest, pk: int) -> HttpResponse:
    found = seen_submission(request, pk)
    shown = submissions.submission_shown(found, by=request.member)
    way = [
        {
            "day": passage.at,
            "title": wording.move_word(passage.move),
            "text": passage.note,
            "state": passage.move,
            "words": wording.mover(passage),
        }
        for passage in shown.passages
    ]
    lines = [
        (Submission.State(one.state).label, shown.held_by(one.state), one) for one in shown.stays
    ]
    form = MoveForm(initial={"shown": shown.shown})
    context = {"lines": lines, "shown": shown, "submission": found, "way": way, "form": form}
    if shown.can_choose:
        offers = choosing.offers(found.administration, but=found)
        held = [version.kind for version in shown.versions]
        context["choosing"] = DocumentsForm(None, offers=offers, chosen=held)
    context |= _outside(request, found, any(one.state in SENT for one in shown.passages))
    return page(request, "deliverables/submission.html", context)


def _outside(request: MemberRequest, found: Submission, was_sent: bool) -> dict[str, Any]:
    """What the page shows of links to the office, and of papers to everybody inside."""
    member = request.member
    sees_links, sees_papers = rules.can_make_link(member), rules.can_see_papers(member)
    return {
        "links": link_lines(found, request) if sees_links and was_sent else (),
        "papers": paper_lines(found) if sees_papers and was_sent else (),
        "sees_links": sees_links,
        "can_record": rules.can_record_paper(member),
        "sees_papers": sees_papers,
        "is_sent": found.state in SENT,
    }


@require_POST
@member_required
def move(request: MemberRequest, pk: int) -> HttpResponse:
    found = seen_submission(request, pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the moves shown."))
        return redirect(found)
    try:
        wanted = form.cleaned_data
        submissions.move(
            found, wanted["move"], by=request.member, note=wanted["note"], shown=wanted["shown"]
        )
    except ValidationError as refusal:
        refused(request, refusal)
    return redirect(found)


@require_POST
@member_required
def renew(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the latest versions; of other documents where the page let them be chosen."""
    found = seen_submission(request, pk)
    documents = request.POST.getlist("documents") if "choose" in request.POST else None
    try:
        submissions.renew_versions(found, documents, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    return redirect(found)
